"""One question about the next step: everything that bounds the answer."""

from __future__ import annotations

from dataclasses import dataclass

from respite.domain import UNKNOWN, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Library
from respite.planning.titration.protocols import Sources


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is given, to whom, and what the library says of it.

    Parameters
    ----------
    regimen, patient
        The plan, and the patient.
    library, sources
        The library, and what of it applies.
    """

    regimen: Regimen
    patient: Patient
    library: Library
    sources: Sources

    @property
    def weight_kg(self) -> float | None:
        """Body weight [kg], where it is known."""
        weight = self.patient.weight
        return None if weight is UNKNOWN else float(weight)

    def condition_asked(self) -> tuple[str, ...]:
        """Ask for the condition where it decides which sources apply."""
        if self.patient.condition is UNKNOWN and len(self.sources.every) > len(
            self.sources.certain
        ):
            return (_("What is treated? Some sources are of one condition only."),)
        return ()


def capital(text: str) -> str:
    """Give a text a capital at its start."""
    return f"{text[:1].upper()}{text[1:]}"


def weight_asked() -> str:
    """Ask for the weight."""
    return _("What does the patient weigh?")
