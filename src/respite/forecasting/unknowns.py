"""What is not known about the patient, and what knowing it would change."""

from __future__ import annotations

from collections.abc import Sequence

from respite.domain import UNKNOWN, DoseEvent, Patient
from respite.domain import translate as _
from respite.literature import Model

UNKNOWN_CONDITION = "mixed"
"""Chances of response where the condition is not said."""


def condition_of(patient: Patient) -> str:
    """Name the condition by which the pain model is asked.

    Parameters
    ----------
    patient
        What is known; where no condition is, pains of all kinds stand for it.
    """
    return UNKNOWN_CONDITION if patient.condition is UNKNOWN else patient.condition.value


def what_knowing_would_change(
    patient: Patient, pain: Model, events: Sequence[DoseEvent], *, has_diary: bool
) -> tuple[str, ...]:
    """Say, for each missing fact that the answer depends on, what it would change.

    Parameters
    ----------
    patient
        What is known.
    pain
        The pain model, whose chances differ between conditions.
    events
        The doses; weight matters more to one per kilogram.
    has_diary
        Whether a diary already teaches about the person.

    Returns
    -------
    Sentences, the weightiest first.
    """
    lines: list[str] = []
    if patient.condition is UNKNOWN:
        chances = [
            condition.parameters["response_chance"].value for condition in pain.conditions.values()
        ]
        lines.append(
            _(
                "condition: the chance of lasting response to the drug runs from"
                " {lowest:.0%} to {highest:.0%} between conditions"
            ).format(lowest=min(chances), highest=max(chances))
        )
    if patient.weight is UNKNOWN:
        lines.append(
            _("weight: the dose in milligrams, and so every level")
            if any(event.is_per_kg for event in events)
            else _("weight: how large a level the dose gives")
        )
    if patient.medicines is UNKNOWN:
        lines.append(_("medicines: a few change how large a level the dose gives"))
    if patient.baseline_pain is UNKNOWN:
        lines.append(_("baseline pain: the pain scores, though not the shares with relief"))
    if not has_diary:
        lines.append(_("a pain diary: more than any other fact, once treatment has begun"))
    return tuple(lines)
