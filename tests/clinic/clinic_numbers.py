"""A clinic whose patients were treated and wrote, as tests of its numbers and exports need it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from clinic_people import made_patient, made_user

from respite.clinic.accounts.models import Role
from respite.clinic.diaries.models import Entry
from respite.clinic.numbers.actions import tell_consent
from respite.clinic.treatments.models import (
    DoseRecord,
    EntryKind,
    PlanRecord,
    SessionEntry,
    SessionRecord,
    SessionState,
)

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def treated(  # noqa: PLR0913 - each is something that happened
    doctor, name, pains=(), *, before=(7, 7, 7), doses=3, effects=(), **told
):
    """Make a patient with sessions on days 0, 1 and so on, and a score each evening.

    Parameters
    ----------
    doctor, name
        Who treats whom.
    pains
        Scores of the evenings from the day of the first dose on; ``None`` for a gap.
    before
        Scores of the evenings before.
    doses
        Sessions.
    effects
        How strong nausea was in each session; nothing is written where it is ``None``.
    """
    patient = made_patient(doctor, name, **told)
    plan = PlanRecord.objects.create(
        patient=patient, regimen="ketamine 35 mg iv over 40 min daily x3", made_by=doctor
    )
    for place in range(doses):
        start = FIRST + timedelta(days=place)
        session = SessionRecord.objects.create(
            patient=patient, plan=plan, day=start.date(), state=SessionState.ENDED,
            started_at=start, made_by=doctor,
        )  # fmt: skip
        DoseRecord.objects.create(
            patient=patient, session=session, start=start, drug="ketamine", amount="36.45",
            unit="mg", route="iv", duration_min=40, written_by=doctor,
        )  # fmt: skip
        if place < len(effects) and effects[place] is not None:
            SessionEntry.objects.create(
                session=session, kind=EntryKind.EFFECT, at=start, written_by=doctor,
                data={"effect": "nausea", "severity": effects[place], "words": "as on the boat"},
            )  # fmt: skip
    scores = [*((place - len(before), pain) for place, pain in enumerate(before))]
    scores += list(enumerate(pains))
    Entry.objects.bulk_create(
        Entry(
            patient=patient, day=(at := FIRST + timedelta(days=day, hours=11)).date(), felt_at=at,
            written_at=at, pain=pain, written_by=doctor,
        )
        for day, pain in scores
        if pain is not None
    )  # fmt: skip
    return patient


def agreed(doctor, patients):
    for one in patients:
        tell_consent(doctor, one, is_given=True, client_id=uuid4())


def fifteen(doctor):
    """Make fifteen patients of ages, sexes and conditions that hardly two share."""
    conditions = ("crps", "neuropathic", "fibromyalgia")
    return [
        treated(
            doctor, f"Zebedee Quill-{place}", [3] * 10 + [8] * 10, number=f"NR-77{place:02d}",
            born=date(1931 + 4 * place, 5, 17), sex=("female", "male")[place % 2],
            condition=conditions[place % 3], weight_kg=52 + 3 * place,
        )
        for place in range(15)
    ]  # fmt: skip


def admin_of(clinic, name="ada"):
    return made_user(clinic, Role.ADMINISTRATOR, name)


def researcher_of(clinic, name="remi"):
    return made_user(clinic, Role.RESEARCHER, name)


def all_of(answer) -> bytes:
    """Give all of an answer. A file that was read to its end is closed, and no connection is."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def unpacked(answer) -> dict[str, bytes]:
    """Give the files of an archive that was sent."""
    with zipfile.ZipFile(io.BytesIO(all_of(answer))) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def record_in(files) -> dict:
    return json.loads(files["record.json"])
