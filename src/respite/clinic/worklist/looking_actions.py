"""Looks at patients and keeps their items: opens, brings up to date, closes.

The law: looking twice changes nothing, and looking after each event gives the same items as looking
once at the end. It holds because an item is its reason and what people did with it, and nothing
else: there is one row for each key, a reason that holds opens it, one that no longer holds closes
it, and one that a person marked as done stays closed for its key. What is news has a new key; the
file of each kind says what its key is.

Nobody is asked to remember whom to look at. Every line of the trail that tells of a write marks its
patient (:func:`listen`), and every look says when the clock alone could change something. Reading
the trail costs those who write nothing, and a program that is killed between the two loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from respite.clinic.audit.queries import is_read, last_line, lines_after
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.worklist.models import Closed, Heard, Look, WorkItem
from respite.clinic.worklist.reasons import FINDERS, Kind, Looked, Reason

logger = logging.getLogger(__name__)

OURS = "work."
"""How the names of this app's own actions begin: they are no news to it."""

SETTINGS_CHANGED = "clinic.changed"
"""The write after which everybody of a clinic is looked at: how patients are followed changed."""

THE_ONE = 1
"""The one row that holds how far the trail was read."""

LINES_AT_ONCE = 2000
"""How many lines of the trail are read at a time; ours."""

MARKED_AT_ONCE = 1000
"""How many patients are marked in one statement; ours."""

PATIENTS_AT_ONCE = 20
"""How many patients are taken at a time: those who are marked meanwhile come next; ours."""

LEASE = timedelta(minutes=2)
"""After which time another worker takes a patient whom somebody took and never came back to; ours.
"""

AGAIN_AFTER = timedelta(minutes=10)
"""When a look that could not find every reason is tried again; ours."""

Found = tuple[dict[tuple[str, str], Reason], dict[Kind, str]]


def listen(now: datetime) -> int:
    """Read the trail on from where it was read last, and mark those whom writes are about.

    The first time, everybody is marked.

    Parameters
    ----------
    now
        The moment.

    Returns
    -------
    How many lines were read.
    """
    heard = Heard.objects.filter(pk=THE_ONE).first()
    if heard is None:
        line = last_line()
        mark_missing(now)
        Heard.objects.get_or_create(pk=THE_ONE, defaults={"line": line})
        return 0
    lines = lines_after(heard.line, LINES_AT_ONCE)
    if not lines:
        return 0
    writes = [one for one in lines if not is_read(one.action) and not one.action.startswith(OURS)]
    patients = {one.patient_id for one in writes if one.patient_id is not None}
    clinics = {one.clinic_id for one in writes if one.action == SETTINGS_CHANGED}
    with transaction.atomic():
        mark(patients, now)
        if clinics:
            Look.objects.filter(patient__clinic_id__in=clinics).update(at=now)
        # Another worker may have read further meanwhile.
        Heard.objects.filter(pk=THE_ONE, line__lt=lines[-1].line).update(line=lines[-1].line)
    return len(lines)


def mark(patient_ids: Iterable[int], now: datetime) -> None:
    """Have patients looked at next, before those whom only the clock brings up."""
    wanted = sorted(patient_ids)
    if not wanted:
        return
    known = PatientRecord.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    Look.objects.bulk_create(
        (Look(patient_id=one, at=now) for one in sorted(known)),
        update_conflicts=True, unique_fields=("patient",), update_fields=("at", "is_marked"),
    )  # fmt: skip


def mark_missing(now: datetime) -> int:
    """Have everybody looked at for whom nobody ever set a time.

    Parameters
    ----------
    now
        The moment.

    Returns
    -------
    How many there were.
    """
    unseen = PatientRecord.objects.filter(look=None).order_by("pk").values_list("pk", flat=True)
    count = 0
    while missing := list(unseen[:MARKED_AT_ONCE]):
        mark(missing, now)
        count += len(missing)
    return count


def look_at_due(now: datetime, most: int = 200) -> int:
    """Look at patients whose time has come, those first of whom something was written.

    Several workers may do this at once: each takes some, and none takes those of another.

    Parameters
    ----------
    now
        The moment.
    most
        How many at most.

    Returns
    -------
    How many were looked at.
    """
    count = 0
    while count < most:
        taken = _take(now, min(PATIENTS_AT_ONCE, most - count))
        for look in taken:
            _look_in_turn(look, now)
        count += len(taken)
        if not taken:
            break
    return count


def _take(now: datetime, most: int) -> list[Look]:
    due = Look.objects.filter(at__lte=now)
    if not due.exists():
        return []
    with transaction.atomic():
        ordered = due.select_for_update(skip_locked=True).order_by("-is_marked", "at")
        taken = list(ordered[:most])
        Look.objects.filter(pk__in=[one.pk for one in taken]).update(
            at=now + LEASE, is_marked=False, turn=F("turn") + 1
        )
    for one in taken:
        one.at, one.turn = now + LEASE, one.turn + 1
    return taken


def _look_in_turn(look: Look, now: datetime) -> None:
    """Look at a patient who was taken; drop what was seen where somebody took them since."""
    looked = _looked(look.patient_id, now)
    held, failed = found_for(looked)
    with transaction.atomic():
        mine = Look.objects.select_for_update().filter(pk=look.pk, turn=look.turn).first()
        if mine is None:
            return
        _keep(looked, held, failed)
        mine.looked_at, mine.failed_with = now, _failure(failed)
        fields = ["looked_at", "failed_with"]
        if mine.at == look.at:  # else something was written meanwhile: look again at once
            mine.at = now + AGAIN_AFTER if failed else next_look(looked, held.values())
            fields.append("at")
        mine.save(update_fields=fields)


def look_at(patient_id: int, now: datetime) -> None:
    """Look at one patient now, and keep what was found."""
    looked = _looked(patient_id, now)
    held, failed = found_for(looked)
    with transaction.atomic():
        hold(patient_id)
        _keep(looked, held, failed)


def _looked(patient_id: int, now: datetime) -> Looked:
    patients = PatientRecord.objects.select_related("clinic", "user")
    return Looked(patients.get(pk=patient_id), now)


def found_for(looked: Looked) -> Found:
    """Find the reasons that hold now, and the kinds that could not be looked for.

    What one kind cannot do keeps no other from being found; it is logged and said.
    """
    held: dict[tuple[str, str], Reason] = {}
    failed: dict[Kind, str] = {}
    for kind, find in FINDERS.items():
        try:
            found = {(one.kind.value, one.key): one for one in find(looked)}
        except Exception as error:  # a patient must not be missed for the fault of one kind
            logger.exception("A kind of reason could not be looked for.")
            failed[kind] = type(error).__name__
        else:
            held |= found
    return held, failed


def _failure(failed: Mapping[Kind, str]) -> str:
    return ", ".join(f"{kind}: {name}" for kind, name in failed.items())[:120]


def next_look(looked: Looked, held: Iterable[Reason]) -> datetime:
    """Say when the clock alone could next change something: at midnight, or where something is due.

    Parameters
    ----------
    looked, held
        Who was looked at when, and the reasons that hold.
    """
    midnight = looked.start_of(looked.today + timedelta(days=1))
    ahead = [one.due for one in held if one.due is not None and one.due > looked.now]
    soonest = min((at + timedelta(seconds=1) for at in ahead), default=midnight)
    return min(midnight, soonest)


def _keep(looked: Looked, held: dict[tuple[str, str], Reason], failed: Mapping[Kind, str]) -> None:
    """Open, bring up to date and close, so that the items are those of the reasons that hold."""
    patient = looked.patient
    keys = [key for _kind, key in held]
    rows = patient.work.filter(Q(closed_at=None) | Q(key__in=keys))
    known = {(row.kind, row.key): row for row in rows}
    for place, row in known.items():
        reason = held.get(place)
        if reason is not None:
            _bring_up_to_date(row, reason, looked.now)
        elif row.closed_at is None and row.kind not in failed:
            row.closed_at, row.closed_because = looked.now, Closed.NO_LONGER
            row.save(update_fields=("closed_at", "closed_because"))
    WorkItem.objects.bulk_create(
        WorkItem(
            clinic_id=patient.clinic_id, patient=patient, kind=reason.kind.value, key=reason.key,
            opened_at=looked.now, **_said(reason),
        )
        for place, reason in held.items()
        if place not in known
    )  # fmt: skip


def _bring_up_to_date(row: WorkItem, reason: Reason, now: datetime) -> None:
    changed = {name: told for name, told in _said(reason).items() if getattr(row, name) != told}
    if row.closed_because == Closed.NO_LONGER:
        changed |= {"closed_at": None, "closed_because": "", "opened_at": now}
    for name, told in changed.items():
        setattr(row, name, told)
    if changed:
        row.save(update_fields=list(changed))


def _said(reason: Reason) -> dict[str, object]:
    return {
        "need": int(reason.need),
        "says": reason.says,
        "values": dict(reason.values),
        "since": reason.since,
        "due": reason.due,
    }
