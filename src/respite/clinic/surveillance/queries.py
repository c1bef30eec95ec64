"""What is due, and what was found, in words of the clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance.due import LastDone, done_of, plan_of
from respite.clinic.surveillance.findings import FoundOn, findings_of
from respite.domain import translate as _
from respite.literature import load_library
from respite.report import whose
from respite.safety import SurveillancePlan


@dataclass(frozen=True)
class DueTest:
    """One thing to do for a patient, and by when.

    Attributes
    ----------
    item
        Its name in the library, such as ``liver_tests``.
    title
        It in a few words.
    due
        The day by which it should be done.
    is_overdue
        Whether that day has passed.
    reason
        Why it is due then: one sentence.
    last_done
        When it was last done; ``None`` where nobody said.
    """

    item: str
    title: str
    due: date
    is_overdue: bool
    reason: str
    last_done: date | None = None


@dataclass(frozen=True)
class Alarm:
    """Something found that a person must look at: a result past a limit, a sign, a trend.

    Attributes
    ----------
    key
        What tells it from every other of this patient, such as ``lab:17`` (a row) or ``phq9:4``.
    title, reason, action
        What was found, why it matters, and what the rule says to do: sentences.
    found_on
        The day of the finding.
    is_grave
        Whether it may not wait for the next visit.
    """

    key: str
    title: str
    reason: str
    action: str
    found_on: date
    is_grave: bool


def due_of(patient: PatientRecord, today: date) -> tuple[DueTest, ...]:
    """Give what is due or will be within the clinic's outlook, the earliest first."""
    done = done_of(patient, today)
    plan = plan_of(patient, today, done)
    return () if plan is None else due_tests(plan, done)


def due_tests(plan: SurveillancePlan, done: Mapping[str, LastDone]) -> tuple[DueTest, ...]:
    """Give what of a schedule is due or soon will be, each item once, the earliest first.

    Parameters
    ----------
    plan
        The schedule.
    done
        When each item was last done.
    """
    outlook = timedelta(days=int(load_library().convention("surveillance.outlook").typical.value))
    last_dose = plan.exposure.last_dose
    found: dict[str, DueTest] = {}
    for one in plan.due:
        is_reviewed = one.item in done and last_dose is not None and done[one.item].day >= last_dose
        is_sign = one.last_done is None and one.item in done
        if one.due > plan.on + outlook or (is_sign and is_reviewed):
            continue
        found.setdefault(
            one.item,
            DueTest(
                item=one.item, title=one.title, due=one.due, is_overdue=one.is_overdue,
                reason=one.reason, last_done=one.last_done,
            ),
        )  # fmt: skip
    return tuple(found.values())


def alarms_of(patient: PatientRecord, today: date) -> tuple[Alarm, ...]:
    """Give findings that nobody has dealt with yet, the gravest first."""
    found = findings_of(patient, today)
    if not found:
        return ()
    looked = set(patient.looked_at.values_list("key", flat=True))
    return tuple(alarm_of(one) for one in found if one.key not in looked)


def alarm_of(found: FoundOn) -> Alarm:
    """Say a finding in words."""
    item, trigger = found.found.item, found.found.trigger
    parts = [_("{what}.").format(what="; ".join(found.words))] if found.words else []
    if found.is_gone:
        parts.append(_("A later result shows it no longer, and nobody has looked at it."))
    parts.append(_("Why it is watched: {why}.").format(why=item.why))
    return Alarm(
        key=found.key,
        title=_("{item}: {threshold}").format(item=item.title, threshold=trigger.threshold),
        reason=" ".join(parts),
        action=_("{action} (number: {whose}).").format(
            action=_opened(trigger.action), whose=whose(trigger.number_is)
        ),
        found_on=found.day,
        is_grave=trigger.grave,
    )


def _opened(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
