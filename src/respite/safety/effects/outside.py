"""In which respects a plan is outside what the studies of acute effects saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from respite.domain import DoseEvent, Patient
from respite.domain import translate as _
from respite.literature import Model
from respite.population import scope_of_doses
from respite.safety.effects.levels import SessionLevels

NG_PER_ML = 1000


def outside_of(
    model: Model, patient: Patient, events: Sequence[DoseEvent], levels: SessionLevels
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

    Raises
    ------
    OutOfScope
        If the model may not be asked about this patient at all.
    """
    return (*_of_scope(model, patient, events), *_of_levels(model, events, levels))


def _of_scope(model: Model, patient: Patient, events: Sequence[DoseEvent]) -> Iterator[str]:
    for line in scope_of_doses((model,), patient, events):
        # That effects follow the level and not the condition is said once, on the page.
        if line["status"] == "outside" and line["fact"] != "condition":
            yield line["message"]


def _of_levels(model: Model, events: Sequence[DoseEvent], levels: SessionLevels) -> Iterator[str]:
    numbers = model.parameters
    seen = numbers["highest_level_seen"].value
    highest = float(levels.peaks.mean(axis=0).max())
    if round(highest * NG_PER_ML) > round(seen * NG_PER_ML):
        yield _(
            "The mean highest level is {level:.0f} ng/mL of S-ketamine or what does the same; in"
            " the studies it was at most {seen:.0f}."
        ).format(level=highest * NG_PER_ML, seen=seen * NG_PER_ML)
    longest_h = max((event.duration_h for event in events), default=0)
    run_h = max(longest_h, _longest_run_h(levels))
    seen_h = numbers["longest_dose_seen"].value
    if run_h > seen_h:
        yield _("An infusion lasts {hours:.0f} hours; in the studies {seen:.0f} at most.").format(
            hours=run_h, seen=seen_h
        )


def _longest_run_h(levels: SessionLevels) -> float:
    """Give how long the longest infusion lasts that goes on over several sessions [h]."""
    longest = start = 0.0
    for session in levels.sessions:
        if not session.is_continued:
            start = session.start_h
        end = max((event.end_h for event in session.events), default=session.start_h)
        if session.is_continued:
            longest = max(longest, end - start)
    return longest
