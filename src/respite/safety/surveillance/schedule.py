"""From exposure to dates: what is due for one patient, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from respite.domain import (
    UNKNOWN,
    DosingHistory,
    Patient,
    PatientNotUnderstood,
    Regimen,
    Sex,
    closest_word,
    quoted,
)
from respite.domain import translate as _
from respite.literature import Library, SurveillanceItem, load_library
from respite.safety.surveillance.due import (
    Due,
    OnTrigger,
    SurveillancePlan,
    Tier,
    as_sentence,
)
from respite.safety.surveillance.exposure import Exposure, exposure_of
from respite.safety.surveillance.occasions import Case, Occasioned, occasions_of
from respite.safety.surveillance.remarks import remarks_of
from respite.safety.surveillance.signs import signs_of

NEVER_DATED = frozenset({"trigger", "in_session"})
"""Occasions that no exposure sets a day for."""


def surveillance_of(
    patient: Patient,
    *,
    on: date,
    regimen: Regimen | None = None,
    history: DosingHistory | None = None,
    done: Mapping[str, date] | None = None,
) -> tuple[Due, ...]:
    """Say what is due for a patient, the earliest first.

    Parameters
    ----------
    patient, on, regimen, history, done
        As for :func:`surveillance_plan`.

    Examples
    --------
    >>> plan = Regimen.parse("ketamine 35 mg iv over 40 min weekly x4")
    >>> due = surveillance_of(Patient(), on=date(2026, 3, 2), regimen=plan)
    >>> next(one.due.isoformat() for one in due if one.item == "liver")
    '2026-03-02'
    """
    return surveillance_plan(patient, on=on, regimen=regimen, history=history, done=done).due


def surveillance_plan(  # noqa: PLR0913 the parts of one question
    patient: Patient,
    *,
    on: date,
    regimen: Regimen | None = None,
    history: DosingHistory | None = None,
    done: Mapping[str, date] | None = None,
    starts: date | None = None,
    library: Library | None = None,
) -> SurveillancePlan:
    """Say what must be watched in a patient, from when on, and why.

    Parameters
    ----------
    patient
        The patient; the weight turns doses per kilogram into milligrams.
    on
        The day from which it is looked.
    regimen
        What is planned; ``None`` where nothing is.
    history
        What was given; ``None`` where nobody says, which is then said.
    done
        When each item was last done, by the name of its file in
        ``library/surveillance``. An item that is not there was never done, or
        nobody knows when: it is due now.
    starts
        The day of the first planned dose; ``on`` by default.
    library
        Where the schedule comes from; the one that comes with Respite by default.

    Raises
    ------
    PatientNotUnderstood
        Where ``done`` names no item, or a day still to come, or the plan
        starts before ``on``.
    """
    library = library or load_library()
    done = done or {}
    starts = starts or on
    _check(done, on, starts, library)
    weight = None if patient.weight is UNKNOWN else float(patient.weight)
    exposure = exposure_of(history, on=on, weight_kg=weight, library=library)
    end = _end_of_plan(regimen, starts)
    at_end = end and exposure_of(
        history, regimen, on=end, starts=starts, weight_kg=weight, library=library
    )
    case = Case(
        on=on,
        starts=None if regimen is None else starts,
        tier=_tier(at_end, exposure, library),
        exposure=exposure,
        at_end=at_end,
        window=int(library.convention("surveillance.window").typical.value),
        soon_again=int(library.convention("surveillance.soon_again").typical.value),
    )
    items = [item for item in library.surveillance.values() if _concerns(item, patient)]
    due = [
        *(one for item in items for one in _due_of(item, case, done.get(item.id))),
        *signs_of(case, library),
    ]
    return SurveillancePlan(
        on=on,
        tier=case.tier,
        exposure=exposure,
        at_end_of_plan=at_end,
        due=tuple(sorted(due, key=lambda one: (one.due, one.title))),
        on_trigger=tuple(
            OnTrigger(item=item.id, title=item.title, what=item.does, triggers=item.triggers)
            for item in items
            if item.timing("trigger")
        ),
        remarks=remarks_of(case, patient, history, library),
    )


def last_done(
    facts: Mapping[str, object], *, on: date, library: Library | None = None
) -> dict[str, date]:
    """Say when items were last done, from facts that tell how many days ago that was.

    Parameters
    ----------
    facts
        Facts by name, such as ``labs.lft_age_days``; others, and those that
        are no number of days, say nothing here.
    on
        The day from which they count.
    library
        Where the names of facts come from; the one that comes with Respite by default.

    Returns
    -------
    What :func:`surveillance_plan` takes as ``done``.

    Examples
    --------
    >>> last_done({"labs.lft_age_days": 30}, on=date(2026, 3, 31))
    {'liver': datetime.date(2026, 3, 1)}
    """
    library = library or load_library()
    ages = {item.id: facts.get(item.age_fact) for item in library.surveillance.values()}
    return {
        name: on - timedelta(days=int(age))
        for name, age in ages.items()
        if isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age < on.toordinal()
    }


def _due_of(item: SurveillanceItem, case: Case, last: date | None) -> list[Due]:
    """Give every day on which one item is due; of several reasons for one day, the first."""
    found: dict[date, Due] = {}
    for timing in item.when:
        if timing.occasion in NEVER_DATED:
            continue
        told: Occasioned | None = occasions_of(timing, case, last)
        if told is None:
            continue
        found.setdefault(
            told.due,
            Due(
                item=item.id,
                title=item.title,
                what=item.does,
                due=told.due,
                is_overdue=told.due < case.on,
                last_done=last,
                reason=told.because,
                harm=as_sentence(item.why),
                triggers=item.triggers,
                number_is=timing.number_is,
                status=timing.status,
                source=timing.source or item.source,
            ),
        )
    return list(found.values())


def _end_of_plan(regimen: Regimen | None, starts: date) -> date | None:
    if regimen is None:
        return None
    # A day more than the hours say, so that no clock of the first dose can cut the last one off.
    return starts + timedelta(days=1, hours=regimen.last_dose_end_h)


def _tier(at_end: Exposure | None, exposure: Exposure, library: Library) -> Tier:
    days = max(exposure.days_in_180, at_end.days_in_180 if at_end else 0)
    if days >= library.convention("surveillance.near_daily").typical.value:
        return "near_daily"
    if days >= library.convention("surveillance.intermittent").typical.value:
        return "intermittent"
    return "single" if days else "none"


def _concerns(item: SurveillanceItem, patient: Patient) -> bool:
    return item.whom == "everyone" or patient.sex is not Sex.MALE


def _check(done: Mapping[str, date], on: date, starts: date, library: Library) -> None:
    for name, day in done.items():
        if name not in library.surveillance:
            near = closest_word(name, library.surveillance)
            raise PatientNotUnderstood(
                found=_("{name} is nothing that is watched.").format(name=quoted(name)),
                expected=_("one of {names}.").format(names=", ".join(library.surveillance)),
                remedy=_("write {word}.").format(word=quoted(near))
                if near
                else _("use one of these names."),
            )
        if day > on:
            raise PatientNotUnderstood(
                found=_("{name} was last done on {day}, which is after {on}.").format(
                    name=quoted(name), day=day.isoformat(), on=on.isoformat()
                ),
                expected=_("a day that has been."),
                remedy=_("correct the date, or leave it out where nobody knows."),
            )
    if starts < on:
        raise PatientNotUnderstood(
            found=_("The plan starts on {day}, which is before {on}.").format(
                day=starts.isoformat(), on=on.isoformat()
            ),
            expected=_("a plan that is still to come."),
            remedy=_("put doses that were given into the dosing history."),
        )
