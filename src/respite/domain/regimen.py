"""A regimen: what is planned to be given, written in one language for people and program.

Examples
--------
>>> regimen = Regimen.parse("Ketamine 0.5mg/kg i.v. over 40 minutes daily x10")
>>> print(regimen)
ketamine 0.5 mg/kg iv over 40 min daily x10
>>> len(regimen.events()), regimen.events()[-1].time_h
(10, 216.0)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from respite.domain.dosing import DoseEvent, Drug, Route

if TYPE_CHECKING:
    from respite.domain.regimen_structure import Part


@dataclass(frozen=True, repr=False)
class Regimen:
    """Ordered dose events that are planned, as they were written.

    Made by :meth:`parse`. Two regimens are equal where they print the same.

    Parameters
    ----------
    parts
        Parts that all start at time zero.
    """

    parts: tuple[Part, ...]

    @staticmethod
    def parse(text: str) -> Regimen:
        """Read a regimen.

        Raises
        ------
        RegimenNotUnderstood
            With the place, the word, and what should have stood there.
        """
        # Imported here, so that those who read no regimen do not pay for the language.
        from respite.domain.regimen_language import read_regimen

        regimen = Regimen(read_regimen(text))
        # Unfolded at once, so that a regimen that makes no sense is never made.
        regimen.events()
        return regimen

    def events(self) -> tuple[DoseEvent, ...]:
        """Give every administration, in order of time."""
        return self._events

    @cached_property
    def _events(self) -> tuple[DoseEvent, ...]:
        from respite.domain.regimen_events import unfold

        return unfold(self.parts)

    @property
    def needs_weight(self) -> bool:
        """Whether any dose is per kilogram of body weight."""
        return any(event.is_per_kg for event in self.events())

    @property
    def last_dose_end_h(self) -> float:
        """End of the dose that ends last, in hours from time zero."""
        return max(event.end_h for event in self.events())

    @property
    def drugs(self) -> tuple[Drug, ...]:
        """Drugs given, each once, in order of first use."""
        return tuple(dict.fromkeys(event.drug for event in self.events()))

    @property
    def routes(self) -> tuple[Route, ...]:
        """Routes used, each once, in order of first use."""
        return tuple(dict.fromkeys(event.route for event in self.events()))

    def as_placebo(self) -> Regimen:
        """Give the same schedule with a placebo in place of every drug."""
        return Regimen(tuple(part.as_placebo() for part in self.parts))

    def __str__(self) -> str:
        """Print the regimen in its language; reading it back gives an equal regimen."""
        return "; ".join(map(str, self.parts))

    def __repr__(self) -> str:
        """Show how to make this regimen."""
        return f"Regimen.parse({str(self)!r})"
