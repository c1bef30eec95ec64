"""In which respects a plan is outside what the studies of acute effects saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from respite.domain import DoseEvent, Patient
from respite.domain import translate as _
from respite.literature import Model
from respite.population import scope_of_doses
from respite.safety.effects.levels import SessionLevels

NG_PER_ML = 1000
MINUTES_IN_HOUR = 60


def outside_of(
    model: Model,
    patient: Patient,
    events: Sequence[DoseEvent],
    levels: SessionLevels,
    *,
    of_pressure: bool = False,
) -> tuple[str, ...]:
    """Say, in sentences, what nobody studied.

    Parameters
    ----------
    model
        The model of acute effects.
    patient
        What is known.
    events
        The doses.
    levels
        The levels that they give.
    of_pressure
        Whether pressure and heart rate are asked about, which fewer studies measured.

    Raises
    ------
    OutOfScope
        If the model may not be asked about this patient at all.
    """
    return (*_of_scope(model, patient, events), *_of_levels(model, levels, of_pressure))


def _of_scope(model: Model, patient: Patient, events: Sequence[DoseEvent]) -> Iterator[str]:
    for line in scope_of_doses((model,), patient, events):
        # That effects follow the level and not the condition is said once, on the page.
        if line["status"] == "outside" and line["fact"] != "condition":
            yield line["message"]


def _of_levels(model: Model, levels: SessionLevels, of_pressure: bool) -> Iterator[str]:
    part = "pressure_" if of_pressure else ""
    seen = model.parameters[f"highest_{part}level_seen"].value
    highest = float(levels.peaks.mean(axis=0).max())
    if round(highest * NG_PER_ML) > round(seen * NG_PER_ML):
        text = _(
            "The mean highest level is {level:.0f} ng/mL of S-ketamine or what does the same; in"
            " the studies it was at most {seen:.0f}."
        )
        if of_pressure:
            text = _(
                "The mean highest level is {level:.0f} ng/mL of S-ketamine or what does the same;"
                " where pressure was measured it was at most {seen:.0f}, and beyond that a rise"
                " may be far smaller than said."
            )
        yield text.format(level=highest * NG_PER_ML, seen=seen * NG_PER_ML)
    seen_h = model.parameters[f"longest_{part}dose_seen"].value
    longest_h = _longest_h(levels)
    if round(longest_h * MINUTES_IN_HOUR) > round(seen_h * MINUTES_IN_HOUR):
        text = _("An infusion lasts {time}; in the studies {seen} at most.")
        if of_pressure:
            text = _("An infusion lasts {time}; where pressure was measured {seen} at most.")
        yield text.format(time=_time(longest_h), seen=_time(seen_h))


def _time(hours: float) -> str:
    if hours < 2:
        return _("{minutes:.0f} minutes").format(minutes=hours * MINUTES_IN_HOUR)
    return _("{hours:.0f} hours").format(hours=hours)


def _longest_h(levels: SessionLevels) -> float:
    """Give how long the longest infusion lasts, rates that follow each other as one [h]."""
    begun = ended = longest = 0.0
    events = {event for session in levels.sessions for event in session.events}
    for event in sorted(events, key=lambda event: event.time_h):
        begun = begun if event.time_h <= ended else event.time_h
        ended = max(ended, event.end_h)
        longest = max(longest, ended - begun if event.duration_h else 0)
    return longest
