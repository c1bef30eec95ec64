"""A regimen of equal doses at equal intervals, of which one thing at a time can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isclose

from respite.domain import (
    Drug,
    OutOfScope,
    Regimen,
    Route,
    Salt,
)
from respite.domain import translate as _

DAY_H = 24


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Equal sessions at equal intervals.

    Attributes
    ----------
    drug, salt, route, form
        What is given, and how.
    amount
        Milligrams, or milligrams per kilogram, of one session.
    is_per_kg
        Whether ``amount`` is per kilogram.
    duration_h
        Length of one session [h]; zero where it is given at once.
    sessions
        How many.
    interval_h
        From start to start [h]; a day where there is only one session.
    """

    drug: Drug
    salt: Salt
    route: Route
    form: str
    amount: float
    is_per_kg: bool
    duration_h: float
    sessions: int
    interval_h: float

    @staticmethod
    def of(regimen: Regimen) -> Pattern:
        """Read the pattern of a regimen.

        Raises
        ------
        OutOfScope
            If nothing is given, or its doses are not equal or not evenly spaced.
        """
        events = regimen.events()
        first = events[0]
        gaps = [later.time_h - event.time_h for event, later in pairwise(events)]
        is_even = all(isclose(gap, gaps[0]) and gap > 0 for gap in gaps)
        is_same = all(
            (event.drug, event.salt, event.way, event.is_per_kg, event.amount, event.duration_h)
            == (first.drug, first.salt, first.way, first.is_per_kg, first.amount, first.duration_h)
            for event in events
        )
        if first.drug is Drug.PLACEBO or not (is_even and is_same) or not first.amount:
            raise OutOfScope(
                _("One thing at a time cannot be varied around {regimen}.").format(regimen=regimen),
                _("one drug in equal doses at equal intervals."),
                _('--base "ketamine 0.5 mg/kg iv over 40 min daily x10".'),
            )
        return Pattern(
            drug=first.drug,
            salt=first.salt,
            route=first.route,
            form=first.form.value,
            amount=first.amount,
            is_per_kg=first.is_per_kg,
            duration_h=first.duration_h,
            sessions=len(events),
            interval_h=gaps[0] if gaps else DAY_H,
        )

    @property
    def fits(self) -> bool:
        """Whether a session ends before the next one starts."""
        return self.sessions == 1 or self.duration_h < self.interval_h

    def regimen(self) -> Regimen:
        """Write the pattern as a regimen."""
        return Regimen.parse(" ".join(word for word in self._words() if word))

    def _words(self) -> tuple[str, ...]:
        salt = "HCl" if self.salt is Salt.HYDROCHLORIDE else ""
        unit = "mg/kg" if self.is_per_kg else "mg"
        over = f"over {_span(self.duration_h)}" if self.duration_h else ""
        given = (self.drug.value, salt, _plain(self.amount), unit, self.route.value, self.form)
        return (*given, over, self._schedule())

    def _schedule(self) -> str:
        if self.sessions == 1:
            return ""
        if self.interval_h == DAY_H:
            return f"daily x{self.sessions}"
        return f"every {_span(self.interval_h)} x{self.sessions}"


def _span(hours: float) -> str:
    """Write a length of time as the language of regimens does."""
    if hours % DAY_H == 0:
        days = hours / DAY_H
        return f"{_plain(days)} {'day' if days == 1 else 'days'}"
    if hours < 2 or hours % 1:
        return f"{_plain(hours * 60)} min"
    return f"{_plain(hours)} h"


def _plain(number: float) -> str:
    """Write a number without an exponent and without the dust of rounding."""
    return f"{round(number, 4):.4f}".rstrip("0").rstrip(".")
