"""Makes the demo: two clinics, their staff, and patients in all phases."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.audit.actions import Program, record
from respite.clinic.demo.afterwards import tell_what_came_after
from respite.clinic.demo.contacts import tell_contacts
from respite.clinic.demo.drawing import draw_diary
from respite.clinic.demo.laboratory import tell_tests
from respite.clinic.demo.numbers import agree, forecast_earlier, foretold
from respite.clinic.demo.stories import MEDICINES, TRIED, Story, invent
from respite.clinic.demo.waiting import make_work
from respite.clinic.diaries.models import Entry
from respite.clinic.forecasts.actions import forecast_now
from respite.clinic.home import DEMO_FILE, clinic_home, make_demo_password
from respite.clinic.numbers.actions import work_out
from respite.clinic.patients.models import FactAnswer, Medicine, PatientRecord, TriedTreatment
from respite.clinic.patients.queries import history_of
from respite.clinic.running.tables import is_on_sqlite, make_tables
from respite.clinic.treatments.models import (
    DoseRecord,
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.plans.signature import digest_of
from respite.domain import RespiteError
from respite.domain import translate as _

SEED = 20261123
ZONE = "Europe/Amsterdam"
MORNING = time(9)
MINUTES = 40
MG_PER_KG = 0.5

STAFF = (
    ("clara", Role.CLINICIAN, "Clara Holm"),
    ("nils", Role.NURSE, "Nils Brandt"),
    ("nora", Role.NURSE, "Nora Feld"),
    ("ada", Role.ADMINISTRATOR, "Ada Lund"),
    ("remi", Role.RESEARCHER, "Remi Sand"),
)
ELSEWHERE = (("stella", Role.CLINICIAN, "Stella Roth"), ("arne", Role.ADMINISTRATOR, "Arne Vik"))


class DemoNotMade(RespiteError):
    """A demo that would take the place of a real clinic."""

    page = "clinic-not-in-order"


def make_demo(patients: int) -> str:
    """Make the demo afresh.

    Parameters
    ----------
    patients
        How many to invent.

    Returns
    -------
    Its logins, in words; shown once.

    Raises
    ------
    DemoNotMade
        Where the folder or database holds anything that no demo made.
    """
    _clear()
    make_tables()
    password = make_demo_password()
    zone, today = ZoneInfo(ZONE), timezone.localdate(timezone=ZoneInfo(ZONE))
    with transaction.atomic():
        north = _clinic("North pain clinic", "010 100 100")
        south = _clinic("South pain clinic", "020 200 200")
        hashed = make_password(password)
        staff = [_staff(north, hashed, *one) for one in STAFF]
        there = [_staff(south, hashed, *one) for one in ELSEWHERE]
        stories = list(invent(patients, today, SEED))
        kept = [_patient(staff, story, hashed, zone, place) for place, story in enumerate(stories)]
        tell_contacts(staff, [one for one in kept if one.entries.exists()])
        for story in invent(2, today, SEED + patients):
            _patient(there, story, hashed, zone, None)
    for one in foretold(kept):
        forecast_earlier(one)
    for one in kept:
        forecast_now(one.pk)
    with timezone.override(zone):
        tell_what_came_after(staff[0], staff[1], kept, password)
    agree(kept, staff[0])
    work_out(north.pk)
    make_work(kept)
    names = ", ".join(f"{name} ({role.label})" for name, role, _full in (*STAFF, *ELSEWHERE))
    return _(
        "A demo of {n} invented patients is ready in {folder}.\n"
        "Logins: {names}, and patient1 to patient{n}.\n"
        "Password of everybody, shown once: {password}\n"
        "Codes for the second way of signing in stand on the page /demo/.\n"
    ).format(n=len(kept), folder=clinic_home(), names=names, password=password)


def _clear() -> None:
    """Remove an older demo; refuse to touch anything else."""
    home = clinic_home()
    file = home / "clinic.sqlite3"
    if not is_on_sqlite():
        make_tables()
        if User.objects.exists():
            raise _refusal()
        return
    if file.exists() and not (home / DEMO_FILE).exists():
        raise _refusal()
    for one in home.glob("clinic.sqlite3*"):
        one.unlink()


def _refusal() -> DemoNotMade:
    return DemoNotMade(
        _("There is a clinic already, and no demo made it."),
        _("an empty folder or database, or one with an older demo."),
        _("set RESPITE_CLINIC_HOME to another folder."),
    )


def _clinic(name: str, phone: str) -> Clinic:
    return Clinic.objects.create(
        name=name, phone=phone, urgent_phone="112", time_zone=ZONE, systolic_highest=180,
        diastolic_highest=110, pulse_highest=130, pulse_lowest=45, saturation_lowest=92,
        breaths_lowest=9,
    )  # fmt: skip


def _staff(clinic: Clinic, hashed: str, login: str, role: Role, name: str) -> User:
    user = User.objects.create(
        username=login, password=hashed, role=role, clinic=clinic, full_name=name
    )
    TOTP.activate(user, generate_totp_secret())
    return user


def _patient(
    staff: list[User], story: Story, hashed: str, zone: ZoneInfo, place: int | None
) -> PatientRecord:
    doctor = staff[0]
    user = None
    if place is not None:
        user = User.objects.create(
            username=f"patient{place + 1}", password=hashed, role=Role.PATIENT,
            clinic=doctor.clinic, full_name=story.name,
        )  # fmt: skip
    patient = PatientRecord.objects.create(
        clinic=doctor.clinic, user=user, name=story.name, number=f"{1000 + (place or 0)}",
        phone=f"06 0000 {1000 + (place or 0)}", born=story.born, sex=story.sex,
        weight_kg=story.weight_kg, condition=story.condition,
        usual_pain=story.usual_pain, pain_since=story.born + timedelta(days=23 * 365),
        has_all_medicines=story.phase != "new", made_by=doctor,
    )  # fmt: skip
    record(Program(), "patient.added", patient, patient_id=patient.pk)
    chance = Random(story.seed)
    if story.phase != "new":
        _tell_history(doctor, patient, chance)
    if story.regimen:
        plan = _plan(doctor, patient, story, zone)
        for day in story.session_days:
            _session(staff[:2], patient, plan, datetime.combine(day, MORNING, zone), chance)
    _diary(patient, story, zone)
    tell_tests(doctor, patient, story, timezone.localdate(timezone=zone), zone)
    return patient


def _tell_history(doctor: User, patient: PatientRecord, chance: Random) -> None:
    today = timezone.localdate()
    for name, dose in chance.sample(MEDICINES, 2):
        Medicine.objects.create(patient=patient, name=name, dose=dose, written_by=doctor)
    for name, outcome in chance.sample(TRIED, 3):
        TriedTreatment.objects.create(
            patient=patient, name=name, outcome=outcome, written_by=doctor
        )
    told: dict[str, Any] = {
        "patient.pregnant": False,
        "patient.breastfeeding": False,
        "patient.allergy.ketamine": False,
        "patient.conditions": [],
        "patient.consent.off_label_signed": True,
        "patient.psych.active_psychosis": False,
        "patient.psych.active_mania": False,
        "patient.psych.delirium": False,
        "patient.psych.psychosis_history": False,
        "patient.substance.active_use_disorder": False,
    }
    if patient.sex == "male":
        told = {
            name: told[name] for name in told if "pregnant" not in name and "feeding" not in name
        }
    for fact, answer in told.items():
        FactAnswer.objects.create(
            patient=patient, fact=fact, told=answer, on=today, written_by=doctor
        )


def _plan(doctor: User, patient: PatientRecord, story: Story, zone: ZoneInfo) -> PlanRecord:
    first = story.session_days[0] if story.session_days else timezone.localdate()
    plan = PlanRecord.objects.create(
        patient=patient, regimen=story.regimen, starts=first, made_by=doctor,
        state=PlanState.ENDED if story.phase == "stopped" else PlanState.SIGNED,
        signed_by=doctor, signed_at=datetime.combine(first, time(8), zone),
        meaning=_("Signed when the demo was made."),
        ended_at=timezone.now() if story.phase == "stopped" else None,
    )  # fmt: skip
    plan.signed_digest = digest_of(plan)
    plan.save(update_fields=("signed_digest",))
    record(Program(), "plan.signed", plan, patient_id=patient.pk)
    return plan


def _session(
    staff: list[User], patient: PatientRecord, plan: PlanRecord, start: datetime, chance: Random
) -> None:
    _doctor, nurse = staff
    stop = start + timedelta(minutes=MINUTES)
    weight = float(patient.weight_kg or 70)
    session = SessionRecord.objects.create(
        patient=patient, plan=plan, day=start.date(), state=SessionState.ENDED, started_at=start,
        stopped_at=stop, weight_kg=patient.weight_kg, made_by=nurse,
        relief_percent=chance.choice((20, 30, 40, 50)), relief_hours=chance.choice((6, 12, 24, 48)),
    )  # fmt: skip
    usual = chance.randint(118, 142)

    def line(kind: EntryKind, minutes: int, **data: Any) -> SessionEntry:
        return SessionEntry(
            session=session, client_id=uuid.uuid4(), kind=kind,
            at=start + timedelta(minutes=minutes), data=data, written_by=nurse,
        )  # fmt: skip

    rate = {"drug": "ketamine", "route": "iv", "rate": "0.75", "unit": "mg/kg/h"}
    SessionEntry.objects.bulk_create(
        [
            line(EntryKind.CHECK, -20, fact="own.weight_kg", told=f"{weight:g}"),
            line(EntryKind.CHECK, -18, fact="own.pain_before", told=str(patient.usual_pain)),
            line(EntryKind.VITALS, -15, **_vitals(usual, 0, chance)),
            line(EntryKind.START, 0, **rate),
            line(EntryKind.VITALS, 20, **_vitals(usual, 9, chance)),
            line(
                EntryKind.EFFECT,
                25,
                effect="dissociation",
                severity=chance.choice(("none", "mild", "mild", "moderate")),
            ),
            line(
                EntryKind.EFFECT,
                30,
                effect="nausea",
                severity=chance.choice(("none", "none", "none", "mild")),
            ),
            line(EntryKind.VITALS, 40, **_vitals(usual, 12, chance)),
            line(EntryKind.STOP, MINUTES),
            line(EntryKind.VITALS, 70, **_vitals(usual, 4, chance)),
            line(EntryKind.DISCHARGE, 100, ended=True),
        ]
    )
    DoseRecord.objects.create(
        patient=patient, session=session, start=start, drug="ketamine", route="iv", unit="mg",
        amount=round(MG_PER_KG * weight, 3), duration_min=MINUTES, pain_before=patient.usual_pain,
        written_by=nurse,
    )  # fmt: skip


def _vitals(usual: int, rise: int, chance: Random) -> dict[str, int]:
    return {
        "systolic": usual + rise + chance.randint(-3, 3),
        "diastolic": usual - 52 + rise + chance.randint(-3, 3),
        "pulse": 70 + rise + chance.randint(-5, 5),
        "saturation": chance.randint(95, 99),
        "breaths": chance.randint(12, 18),
        "sedation": 1 if rise else 0,
        "dissociation": 2 if rise > 8 else 0,
        "nausea": 0,
    }


def _diary(patient: PatientRecord, story: Story, zone: ZoneInfo) -> None:
    if not story.diary_days or patient.user is None:
        return
    days = draw_diary(
        patient.to_patient(date.today()), history_of(patient), story.diary_days, zone,
        relieved=story.is_relieved, seed=story.seed,
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            patient=patient, day=day.at.date(), felt_at=day.at, written_at=day.at,
            offset_minutes=int((day.at.utcoffset() or timedelta()).total_seconds() // 60),
            pain=day.pain,
            written_by=patient.user,
        )
        for day in days
    )  # fmt: skip
