"""The figures of one trial: which arms are placebo, and when it reports what can be pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.evidence.trials.rows import TrialRow
    from respite.literature import Library

Measure = Literal["mean_pain", "responders"]
"""What can be pooled."""

PLACEBOS = frozenset({"placebo", "active_placebo"})

FALLS = {"mean_pain": 1, "mean_fall": -1}
"""Measures of pain in points, and which way a fall of pain points in them."""


@dataclass(frozen=True)
class Trial:
    """Every row of one trial, and which of its arms are placebo."""

    rows: tuple[TrialRow, ...]
    placebo_arms: frozenset[str]
    people: dict[str, int]

    @property
    def first(self) -> TrialRow:
        """Any row: it names the trial."""
        return self.rows[0]


def reported_days(trial: Trial, measure: Measure) -> tuple[float, ...]:
    """Give the days at which a trial gives a figure that could be pooled.

    Parameters
    ----------
    trial
        Its figures.
    measure
        What is pooled.
    """
    wanted = FALLS if measure == "mean_pain" else (measure,)
    seen = {
        row.days
        for row in trial.rows
        if row.measure in wanted
        and row.value is not None
        and row.days is not None
        and row.days > 0
        and (row.against in trial.placebo_arms or _has_placebo(trial, row))
    }
    return tuple(sorted(seen))


def _has_placebo(trial: Trial, row: TrialRow) -> bool:
    return not row.against and any(
        other.part in PLACEBOS
        and other.measure == row.measure
        and other.days == row.days
        and other.value is not None
        for other in trial.rows
    )


def in_days(days: float) -> str:
    """Write a time in days, hours or minutes.

    Examples
    --------
    >>> in_days(7.0), in_days(0.125), in_days(0.03125)
    ('7 days', '3 hours', '45 minutes')
    """
    hours = days * 24
    if days >= 1:
        return _("{days} days").format(days=f"{days:.4g}")
    if hours >= 1:
        return _("{hours} hours").format(hours=f"{hours:.3g}")
    return _("{minutes} minutes").format(minutes=f"{hours * 60:.2g}")


def trials_of(rows: Sequence[TrialRow], library: Library) -> tuple[Trial, ...]:
    """Gather rows by trial, with the arms that the library knows of each.

    Parameters
    ----------
    rows
        Figures of any studies.
    library
        Where the arms of its own studies stand.
    """
    by_study: dict[str, list[TrialRow]] = {}
    for row in rows:
        by_study.setdefault(row.study, []).append(row)
    return tuple(_trial(study, tuple(own), library) for study, own in by_study.items())


def _trial(study: str, rows: tuple[TrialRow, ...], library: Library) -> Trial:
    placebos = {row.arm for row in rows if row.part in PLACEBOS}
    people = {row.arm: row.n for row in rows if row.n is not None and not row.against}
    if study in library.studies:
        for arm in library.studies[study].arms:
            placebos |= {arm.name} if arm.part in PLACEBOS else set()
            if not isinstance(arm.n, str):
                people.setdefault(arm.name, arm.n)
    return Trial(rows, frozenset(placebos), people)
