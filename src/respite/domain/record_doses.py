"""Turns doses of one subject into a data set, and a data set into a dosing history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from respite.domain.data_set import CovariateChange, DataSet, Episode, Subject
from respite.domain.dosing import DoseEvent, Drug
from respite.domain.errors import RecordsNotUnderstood
from respite.domain.history import DosingHistory, GivenDose
from respite.domain.patient_checks import checked_fact
from respite.domain.words import translate as _
from respite.domain.written_times import FIRST_YEAR, LAST_YEAR

KEPT_DIGITS = 12
"""Digits of an amount or a length in a dosing history, which is written for people."""


def data_set_of_events(events: Sequence[DoseEvent], weight_kg: float | None) -> DataSet:
    """Give dose events of one subject as a data set, with amounts in milligrams."""
    if weight_kg is not None:
        checked_fact("weight", weight_kg)
    if any(event.drug is Drug.PLACEBO for event in events):
        raise RecordsNotUnderstood(
            _("A placebo is given, and a data set has no record for it."),
            _("doses of ketamine or esketamine."),
            _("leave the placebo out."),
        )
    given = tuple(
        replace(event, amount=event.amount_mg(weight_kg), is_per_kg=False) for event in events
    )
    episode = Episode(
        start_h=min(event.time_h for event in given),
        end_h=max(event.end_h for event in given),
        events=given,
    )
    known = {} if weight_kg is None else {"WT": float(weight_kg)}
    changes = (CovariateChange(time_h=episode.start_h, values=known),) if known else ()
    return DataSet((Subject(id=1, episodes=(episode,), covariate_changes=changes),))


def history_of(data: DataSet, start: datetime) -> DosingHistory:
    """Give the doses of one subject as a dosing history."""
    if len(data.subjects) != 1:
        raise _not_a_history(
            _("The data set has {count} subjects.").format(count=len(data.subjects)),
            _("write a file with one subject."),
        )
    subject = data.subjects[0]
    if len(subject.episodes) != 1 or subject.episodes[0].steady:
        raise _not_a_history(
            _("The data set resets a subject, or begins at steady state."),
            _("write the doses out, one row for each, without EVID 3 or 4 and without SS."),
        )
    if not subject.doses:
        raise _not_a_history(_("The data set has no dose."), _("another file."))
    try:
        doses = tuple(_given(event, start) for event in subject.doses)
    except OverflowError:
        raise _far_from_now(start) from None
    if not all(FIRST_YEAR <= dose.start.year <= LAST_YEAR for dose in doses):
        raise _far_from_now(start)
    return DosingHistory(doses)


def _far_from_now(start: datetime) -> RecordsNotUnderstood:
    return RecordsNotUnderstood(
        _("With the start {start} some dose is out of reach.").format(start=start.isoformat()),
        _("a year from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR),
        _("check it."),
    )


def _given(event: DoseEvent, start: datetime) -> GivenDose:
    return GivenDose(
        start=start + timedelta(hours=event.time_h),
        drug=event.drug,
        amount=_decimal(event.amount),
        unit="mg",
        route=event.route,
        form=event.form,
        duration_min=_decimal(event.duration_h * 60),
        salt=event.salt,
    )


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{KEPT_DIGITS}g}")


def _not_a_history(found: str, remedy: str) -> RecordsNotUnderstood:
    return RecordsNotUnderstood(
        found, _("one subject, with every dose that was given and nothing else."), remedy
    )
