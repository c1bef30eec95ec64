"""A clinic with one of everything, as tests of every page need it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from clinic_people import made_patient, made_user
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.contact.messages.actions import reply, send
from respite.clinic.diaries.models import Entry
from respite.clinic.events.models import EventRecord, EventVersion
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.letters.models import LetterRecord, LetterRelease
from respite.clinic.letters.signature import digest_of
from respite.clinic.patients.models import (
    EmergencyAccess,
    FactAnswer,
    Medicine,
    PatientRecord,
    Score,
)
from respite.clinic.surveillance.models import DoneElsewhere, LabResult
from respite.clinic.treatments.models import (
    DoseRecord,
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
)
from respite.clinic.treatments.plans.models import AdviceQuestion
from respite.clinic.worklist.models import WorkItem

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"


def furnished(doctor: User, guest: User, login: str) -> dict[str, int]:
    """Make one of everything for a new patient, and give its numbers by the words of addresses.

    Parameters
    ----------
    doctor
        Who treats.
    guest
        Somebody of another clinic, who broke the glass once.
    login
        Login of the patient.
    """
    user = made_user(doctor.clinic, Role.PATIENT, login)
    patient = made_patient(doctor, f"Patient {login}", user=user, number=login)
    today, now = timezone.localdate(), timezone.now()
    by = {"written_by": doctor}
    of = {"patient": patient}
    plan = PlanRecord.objects.create(
        **of, regimen=REGIMEN, starts=today, made_by=doctor, state=PlanState.DRAFT
    )
    signed = PlanRecord.objects.create(
        **of, regimen=REGIMEN, starts=today, made_by=doctor, state=PlanState.SIGNED,
        signed_by=doctor, signed_at=now,
    )  # fmt: skip
    session = SessionRecord.objects.create(**of, plan=signed, day=today, made_by=doctor)
    line = SessionEntry.objects.create(
        session=session, kind=EntryKind.NOTE, at=now, data={"text": "calm"}, **by
    )
    asked = send(user, patient, "May I swim?", client_id=uuid4())
    reply(doctor, patient, "You may.", client_id=uuid4(), seen=asked.pk)
    send(user, patient, "Thank you.", client_id=uuid4())
    long_ago = datetime(2026, 3, 2, 9, tzinfo=UTC)
    event = EventRecord.objects.create(**of, made_by=doctor)
    EventVersion.objects.create(event=event, terms=["nausea"], words="Felt sick.", **by)
    return {
        "patient_id": patient.pk,
        "plan_id": plan.pk,
        "session_id": session.pk,
        "line_id": line.pk,
        "dose_id": DoseRecord.objects.create(
            **of, start=long_ago, drug="ketamine", amount=35, unit="mg", route="iv", **by
        ).pk,
        "answer_id": FactAnswer.objects.create(
            **of, fact="patient.pregnant", told=False, on=date(2026, 3, 1), **by
        ).pk,
        "medicine_id": Medicine.objects.create(**of, name="tramadol", **by).pk,
        "score_id": Score.objects.create(**of, instrument="nrs", total=6, on=today, **by).pk,
        "access_id": EmergencyAccess.objects.create(
            **of, user=guest, reason="found unwell", since=now - timedelta(days=2),
            until=now - timedelta(days=1),
        ).pk,
        "entry_id": Entry.objects.create(
            **of, day=today, felt_at=now, written_at=now, pain=6, written_by=user
        ).pk,
        "forecast_id": ForecastRecord.objects.create(
            **of, inputs={}, digest="0", answer={}, refusal={"found": "No dose is on record."},
            library_digest="0", made_with="0", seed=1,
        ).pk,
        "question_id": AdviceQuestion.objects.create(
            **of, kind="comparison", inputs={}, digest="0", asked_by=doctor
        ).pk,
        "event_id": event.pk,
        "letter_id": letter_to_a_gp(patient, doctor).pk,
        "result_id": LabResult.objects.create(
            **of, analyte="alt", typed="150", unit="U/L", value=150, day=today, **by
        ).pk,
        "done_id": DoneElsewhere.objects.create(
            **of, item="liver", day=today, told_by="the GP", **by
        ).pk,
        "item_id": WorkItem.objects.create(
            clinic=doctor.clinic, **of, kind="urgent", key="entry:1", need=1, says="urgent_entry",
            since=now, opened_at=now,
        ).pk,
        "user_id": made_user(doctor.clinic, Role.NURSE, f"nurse-of-{login}").pk,
    }  # fmt: skip


def letter_to_a_gp(patient: PatientRecord, doctor: User) -> LetterRecord:
    """Make a signed letter that its patient may see."""
    letter = LetterRecord(
        patient=patient, made_by=doctor, to_name="Dr Moor", signed_by=doctor,
        signed_name=str(doctor), signed_at=timezone.now(), meaning="I send it.",
        words={"title": "Treatment with ketamine", "parts": [], "patient": {}, "clinic": {}},
    )  # fmt: skip
    letter.signed_digest = digest_of(letter)
    letter.save()
    LetterRelease.objects.create(letter=letter, by=doctor)
    return letter


def pages() -> dict[str, URLPattern]:
    """Give every page of ours by its name; those of the library that signs people in left out."""
    found: dict[str, URLPattern] = {}
    every = [("", get_resolver().url_patterns)]
    while every:
        space, patterns = every.pop()
        for one in patterns:
            if isinstance(one, URLPattern):
                found[f"{space}{one.name}"] = one
            elif str(one.pattern) != "accounts/":
                inner = f"{one.namespace}:" if one.namespace else space
                every.append((inner, one.url_patterns))
    return found


def arguments(name: str, page: URLPattern, numbers: dict[str, int]) -> dict[str, object]:
    """Fill the places of an address."""
    told: dict[str, object] = {"number": 1, "looks": 1, "state": "checks", "secret": "made-up"}
    told |= {"stamp": "old", "topic": "limits", "figure": "none", "condition": "crps"}
    told |= numbers
    if name == "treatments:session_correct":
        told["entry_id"] = numbers["line_id"]
    return {one: told[one] for one in page.pattern.converters}
