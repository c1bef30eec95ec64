"""What a device kept while it could not reach the clinic: read with doubt, kept once, answered.

A device sends its entries as JSON and leaves none out of its outbox before the clinic says of its
number that it is kept. What cannot be kept is answered with a sentence, and stays on the device.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from respite.clinic.diaries import actions, queries
from respite.clinic.diaries.flood import TooMany
from respite.clinic.diaries.forms import ClockField, EntryForm, day_that_may_be
from respite.clinic.diaries.words import bladder_words
from respite.clinic.patients.actions import Stale
from respite.domain import WORST_PAIN
from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.clinic.accounts.models import Clinic, User
    from respite.clinic.diaries.models import Entry
    from respite.clinic.patients.models import PatientRecord

LARGEST_BYTES = 256 * 1024
"""The largest batch that is read; ours."""

ENTRIES_IN_A_BATCH = 20
"""How many entries are taken at once; ours."""

IDS_IN_A_CHECK = 500
"""How many numbers may be asked for at once; ours."""

EARLIER_NUMBERS = 10
"""How many earlier numbers of one entry are looked for; ours."""

FARTHEST = timedelta(days=400)
"""Farther from now, what a device says of a moment is not even looked at."""

Json = dict[str, Any]


class BatchNotUnderstood(Exception):
    """What was sent is no batch of entries; nothing was kept.

    Attributes
    ----------
    words
        What is wrong, in words.
    """

    def __init__(self, words: str) -> None:
        """Keep the words."""
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Batch:
    """What a device sends at once.

    ``entries`` are to be kept, whatever they are; ``check`` are numbers of which the device wants
    to know whether the clinic has them still, as it may not after a restore; ``opens`` is the
    entry that the person is about to look at.
    """

    entries: list[Any] = field(default_factory=list)
    check: list[UUID] = field(default_factory=list)
    opens: str = ""


@dataclass
class Answer:
    """What a device is told: of each entry whether it is kept, and of which none is here."""

    answers: list[Json] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    too_many: TooMany | None = None
    opened: bool = False


class OutboxForm(EntryForm):
    """One entry of an outbox, with its day."""

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        """Ask for what the page asks, and for the day and how the device's clock stood."""
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        self.fields["offset_minutes"] = ClockField()
        self.fields["day"] = forms.DateField(
            input_formats=["%Y-%m-%d"],
            error_messages={
                "required": _("Please choose the day."),
                "invalid": _("Please choose the day."),
            },
        )
        self.order_fields(["client_id", "offset_minutes", "day", "pain"])

    def clean_day(self) -> date:
        """Refuse days to come, and those too far back to remember."""
        told = self.cleaned_data.get("offset_minutes")
        return day_that_may_be(self.cleaned_data["day"], told, self.clinic)


def owner_key(user: User) -> str:
    """Give the name under which devices keep what one person wrote; it tells nothing of them."""
    whose = f"{user.pk}:{user.date_joined.isoformat()}"
    return salted_hmac("respite.diary.outbox", whose, algorithm="sha256").hexdigest()[:32]


def read_batch(body: bytes) -> Batch:
    """Read what a device sent.

    Raises
    ------
    BatchNotUnderstood
        Where it is not a batch, or is larger than any outbox sends at once.
    """
    if len(body) > LARGEST_BYTES:
        raise BatchNotUnderstood(_("That is more than is taken at once. Nothing was kept."))
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BatchNotUnderstood(_("That did not arrive whole. Nothing was kept.")) from error
    if not isinstance(told, dict):
        raise BatchNotUnderstood(_("That did not arrive whole. Nothing was kept."))
    entries, check = told.get("entries", []), told.get("check", [])
    if not isinstance(entries, list) or not isinstance(check, list):
        raise BatchNotUnderstood(_("That did not arrive whole. Nothing was kept."))
    if len(entries) > ENTRIES_IN_A_BATCH or len(check) > IDS_IN_A_CHECK:
        raise BatchNotUnderstood(_("That is more than is taken at once. Nothing was kept."))
    numbers = [one for one in map(_number, check) if one is not None]
    return Batch(entries, numbers, _text(told.get("open")))


def keep_batch(by: User, patient: PatientRecord, batch: Batch) -> Answer:
    """Keep each entry of a batch once, and answer for each; one that is refused stops no other."""
    answer = Answer()
    for sent in batch.entries:
        number = _number(sent.get("client_id")) if isinstance(sent, dict) else None
        if number is None:
            answer.answers.append(_refused(None, _("This entry has no number of its own."), ""))
            continue
        try:
            said = _keep(by, patient, number, sent)
        except TooMany as flood:
            answer.too_many = flood
            break
        answer.answers.append(said)
        answer.opened |= said["state"] == "kept" and batch.opens == str(number)
    here = queries.kept_numbers(patient, batch.check)
    answer.missing = [str(number) for number in batch.check if number not in here]
    return answer


def _keep(by: User, patient: PatientRecord, number: UUID, sent: Json) -> Json:
    # What is here already is answered first: however old it is by now, it was in time once.
    kept = queries.kept_as(patient, [number])
    if kept is not None:
        return _kept(number, kept)
    form = OutboxForm(_as_form(sent), clinic=patient.clinic)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        return _refused(number, str(errors[0]), name)
    told, day = form.to_told(), form.cleaned_data["day"]
    offset, felt_at = form.cleaned_data["offset_minutes"], _moment(sent.get("felt_at"))
    when: dict[str, Any] = {
        "day": day,
        "offset_min": offset,
        "day_offset_min": offset,
        "felt_at": felt_at,
    }
    before = sent.get("before")
    earlier = [_number(one) for one in before[:EARLIER_NUMBERS]] if isinstance(before, list) else []
    try:
        first = queries.kept_as(patient, [one for one in earlier if one is not None])
        if first is not None:
            return _kept(number, actions.mend_entry(by, first, told, client_id=number, **when))
        return _kept(number, actions.add_entry(by, patient, told, client_id=number, **when))
    except Stale:
        words = _("You changed this entry elsewhere since, and that stands. Look at your diary.")
        return _refused(number, words, "")
    except Http404:
        return _refused(number, _("This entry cannot be kept. Please write it again."), "client_id")


def _as_form(sent: Json) -> MultiValueDict[str, Any]:
    """Give an entry as a page would send it; what has the wrong shape was not told."""
    pain = sent.get("pain")
    is_score = isinstance(pain, int) and not isinstance(pain, bool) and 0 <= pain <= WORST_PAIN
    effects, bladder, offset = sent.get("effects"), sent.get("bladder"), sent.get("offset_minutes")
    is_clock = isinstance(offset, int) and not isinstance(offset, bool)
    told: dict[str, list[Any]] = {
        "client_id": [_text(sent.get("client_id"))],
        "offset_minutes": [offset if is_clock else ""],
        "day": [_text(sent.get("day"))],
        "pain": [str(pain) if is_score else ""],
        "effects": [_text(one) or "?" for one in effects] if isinstance(effects, list) else [],
        "note": [_text(sent.get("note"))],
    }
    answers = bladder if isinstance(bladder, dict) else {}
    for name in bladder_words():
        said = answers.get(name)
        told[f"bladder_{name}"] = ["yes" if said is True else "no" if said is False else ""]
    return MultiValueDict(told)


def _text(told: Any) -> str:
    """Give a text that any database can keep; half a sign becomes a sign of doubt."""
    if not isinstance(told, str):
        return ""
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(told: Any) -> UUID | None:
    try:
        return UUID(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _moment(told_ms: Any) -> datetime | None:
    """Give the moment that a device tells in thousandths of a second since 1970."""
    if isinstance(told_ms, bool) or not isinstance(told_ms, (int, float)):
        return None
    now = timezone.now()
    if not abs(told_ms - now.timestamp() * 1000) < FARTHEST.total_seconds() * 1000:
        return None
    return datetime.fromtimestamp(told_ms / 1000, UTC)


def _kept(number: UUID, entry: Entry) -> Json:
    url = reverse("diaries:entry", args=[entry.pk])
    return {"client_id": str(number), "state": "kept", "url": url}


def _refused(number: UUID | None, why: str, about: str) -> Json:
    told = None if number is None else str(number)
    return {"client_id": told, "state": "refused", "why": why, "about": about}
