"""The only writer of how a patient wishes to be reached, and of calls."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.contact.queries import silence_of
from respite.clinic.contact.reminders.codes import code_of
from respite.clinic.contact.reminders.hours import next_hour
from respite.clinic.contact.reminders.models import CallRecord, Mail, MailKind, MailState, Reach
from respite.clinic.contact.reminders.notice_actions import put
from respite.clinic.contact.reminders.queries import codes_since
from respite.clinic.contact.reminders.sending_actions import send_due as send_due
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord

CODE_HOURS = 24
"""How long a code is good; ours."""

MOST_TRIES = 5
"""How often a code may be mistyped; ours."""

MOST_CODES_A_DAY = 5
"""How many codes are sent within a day; ours."""

AT_REST_S = 60
"""How long after a code the same wish is taken for a second click [s]; ours."""


class TooManyCodes(Exception):
    """More codes within a day than one person needs: the address may be somebody else's."""


class CodeNotRight(Exception):
    """The code is mistyped, too old, or was tried too often."""


def set_address(by: User, patient: PatientRecord, email: str) -> Reach:
    """Keep an e-mail address, and send a code to it; until that comes back nothing else goes there.

    Raises
    ------
    TooManyCodes
        Where too many codes were asked for within a day; nothing is written.
    """
    now = timezone.now()
    with transaction.atomic():
        reach = _taken(patient)
        is_same = reach.email == email
        if is_same and (reach.is_usable or _was_just_asked(patient)):
            return reach
        if codes_since(patient, now - timedelta(days=1)) >= MOST_CODES_A_DAY:
            raise TooManyCodes
        _drop_waiting(patient)
        _save(reach, email=email, confirmed_at=None, refused_at=None, next_at=None,
              code_nonce=uuid.uuid4(), code_until=now + timedelta(hours=CODE_HOURS),
              code_tries=0)  # fmt: skip
        put(patient, MailKind.CODE, reach.code_until)
        record(by, "address.told", reach, patient_id=patient.pk)
    return reach


def confirm(by: User, patient: PatientRecord, code: str) -> Reach:
    """Take the code that was sent; from now on what the patient wishes goes to the address.

    Raises
    ------
    CodeNotRight
        Where it is mistyped, too old, or was tried too often.
    """
    now = timezone.now()
    with transaction.atomic():
        reach = _taken(patient)
        if reach.confirmed_at is not None:
            return reach
        is_open = (
            reach.code_nonce is not None
            and reach.code_until is not None
            and reach.code_until > now
            and reach.code_tries < MOST_TRIES
        )
        is_right = is_open and constant_time_compare(code_of(reach), code)
        if is_right:
            _save(reach, confirmed_at=now, code_nonce=None, code_until=None, code_tries=0)
            if reach.hour is not None:
                _begin(reach)
            record(by, "address.confirmed", reach, patient_id=patient.pk)
        else:
            _save(reach, code_tries=min(reach.code_tries + 1, MOST_TRIES))
            record(by, "address.code_refused", reach, patient_id=patient.pk)
    # What was tried is counted, also where it is refused.
    if not is_right:
        raise CodeNotRight
    return reach


def forget_address(by: User, patient: PatientRecord) -> None:
    """Take the address and every wish back."""
    with transaction.atomic():
        reach = _taken(patient)
        if not reach.email:
            return
        _drop_waiting(patient)
        _save(reach, email="", confirmed_at=None, refused_at=None, code_nonce=None,
              code_until=None, wants_messages=False, hour=None, began=None, next_at=None,
              paused_until=None)  # fmt: skip
        record(by, "address.forgotten", reach, patient_id=patient.pk)


def set_wishes(by: User, patient: PatientRecord, told: Mapping[str, Any]) -> Reach:
    """Keep the hour of the reminder, none for no reminder, and whether messages are told of."""
    with transaction.atomic():
        reach = _taken(patient)
        had_none = reach.hour is None
        changed = sorted(name for name in told if getattr(reach, name) != told[name])
        if not changed:
            return reach
        _save(reach, **told)
        if reach.hour is None:
            _save(reach, next_at=None, began=None, paused_until=None)
        elif had_none:
            _begin(reach)
        else:
            _look_again(reach)
        record(by, "reminder.set", reach, patient_id=patient.pk, note={"fields": changed})
    return reach


def pause(by: User, patient: PatientRecord, days: int) -> Reach:
    """Be quiet for some days from today on; nobody is called for them either."""
    with transaction.atomic():
        reach = _taken(patient)
        until = today_of(patient) + timedelta(days=days - 1)
        if reach.hour is not None and reach.paused_until != until:
            _save(reach, paused_until=until)
            record(by, "reminder.paused", reach, patient_id=patient.pk, note={"days": days})
    return reach


def resume(by: User, patient: PatientRecord) -> Reach:
    """End a pause, or begin anew after the last reminder of a row."""
    with transaction.atomic():
        reach = _taken(patient)
        if reach.hour is not None:
            _save(reach, paused_until=None)
            _begin(reach)
            record(by, "reminder.resumed", reach, patient_id=patient.pk)
    return reach


def record_call(  # noqa: PLR0913 - each is a fact of the call
    by: User,
    patient: PatientRecord,
    outcome: str,
    *,
    note: str,
    again_on: date | None,
    client_id: uuid.UUID,
) -> CallRecord:
    """Write down what came of a call; it closes the silence for which somebody was to call.

    Raises
    ------
    Http404
        Where the number belongs to somebody else's call.
    """
    with transaction.atomic():
        hold(patient.pk)
        kept = CallRecord.objects.filter(client_id=client_id).first()
        if kept is not None:
            if (kept.patient_id, kept.by_id) != (patient.pk, by.pk):
                raise Http404
            return kept
        made = CallRecord.objects.create(
            patient=patient, client_id=client_id, outcome=outcome, note=note, again_on=again_on,
            silence_from=silence_of(patient), by=by, at=timezone.now(),
        )  # fmt: skip
        record(by, "call.made", made, patient_id=patient.pk, note={"outcome": outcome})
    return made


def _taken(patient: PatientRecord) -> Reach:
    """Take hold of the wishes of a patient: those who change them take turns."""
    hold(patient.pk)
    reach, _made = Reach.objects.get_or_create(patient=patient)
    return reach


def _save(reach: Reach, **told: Any) -> None:
    for name, value in told.items():
        setattr(reach, name, value)
    reach.save(update_fields=tuple(told))


def _begin(reach: Reach) -> None:
    """Let the ladder begin with the next reminder."""
    _look_again(reach)
    zone = reach.patient.clinic.time_zone
    if reach.next_at is not None:
        _save(reach, began=reach.next_at.astimezone(ZoneInfo(zone)).date())


def _look_again(reach: Reach) -> None:
    """Find the next hour at which to look, where anything may be sent at all."""
    if reach.hour is None or not reach.is_usable:
        _save(reach, next_at=None)
        return
    zone = reach.patient.clinic.time_zone
    _save(reach, next_at=next_hour(reach.hour, zone, timezone.now()))


def _was_just_asked(patient: PatientRecord) -> bool:
    return codes_since(patient, timezone.now() - timedelta(seconds=AT_REST_S)) > 0


def _drop_waiting(patient: PatientRecord) -> None:
    """Let nothing that waits go to another address than it was meant for."""
    Mail.objects.filter(patient=patient, state=MailState.WAITING).update(
        state=MailState.DROPPED, done_at=timezone.now()
    )
