"""What is not known about the patient, and what knowing it would change."""

from __future__ import annotations

from respite.domain import UNKNOWN, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Model


def what_knowing_would_change(patient: Patient, pain: Model, regimen: Regimen) -> tuple[str, ...]:
    """Say, for each missing fact that the answer depends on, what it would change.

    Parameters
    ----------
    patient
        What is known.
    pain
        The pain model, whose chances differ between conditions.
    regimen
        What is planned; weight matters more to a dose per kilogram.

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
            if regimen.needs_weight
            else _("weight: how large a level the dose gives")
        )
    if patient.medicines is UNKNOWN:
        lines.append(_("medicines: a few change how large a level the dose gives"))
    if patient.baseline_pain is UNKNOWN:
        lines.append(_("baseline pain: the pain scores, though not the shares with relief"))
    lines.append(_("a pain diary: more than any other fact, once treatment has begun"))
    return tuple(lines)
