"""Fills an empty clinic: many patients with plans, doses, sessions, diaries and forecasts.

Everything is made in bulk, past the actions of the clinic: entries by one statement of the
database with its checks of references switched off, forecasts as copies of a few real ones. The
trail holds one line for each patient and for the latest entries, chained as it should be.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.clinic_load.size import Size

AT_ONCE = 5000
REAL_LOOKS = 200
"""So many patients are looked at for the work-list; the others get items like theirs."""

DAY = timedelta(days=1)
LINES_SHARE = 0.1
"""The share of entries that have a line on the trail."""

DOSES, REAL_FORECASTS = 6, 8
CONDITIONS = ("crps", "neuropathic", "fibromyalgia", "mixed")

ENTRIES = """
INSERT INTO diaries_entry (client_id, day, felt_at, offset_minutes, pain, effects, bladder, note,
  is_urgent, is_removed, replaces_id, patient_id, written_by_id, written_at)
SELECT gen_random_uuid(), at::date, at, 0,
  greatest(0, least(10, round(6.5 - 3 * exp(-((n + p.id) %% 30) / 12.0)
    + 2.4 * (random() + random() + random() - 1.5)))),
  '[]', '{}', '', false, false, NULL, p.id, p.user_id, at + interval '5 minutes'
FROM patients_patientrecord p, generate_series(1, %(days)s) n,
  LATERAL (SELECT date_trunc('day', now()) - n * interval '1 day'
    + (68400 + 3600 * random()) * interval '1 second' AS at) t
WHERE p.user_id IS NOT NULL
"""

FORECASTS = """
INSERT INTO forecasts_forecastrecord (patient_id, inputs, digest, answer, words, line, refusal,
  library_digest, made_with, seed, made_at)
SELECT p.id, f.inputs, md5(p.id::text) || md5('x' || p.id), f.answer, f.words, f.line, f.refusal,
  f.library_digest, f.made_with, p.id, now()
FROM patients_patientrecord p JOIN (
  SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many
  FROM forecasts_forecastrecord WHERE refusal = '{}') f ON p.id %% f.many = f.place
WHERE NOT EXISTS (SELECT 1 FROM forecasts_forecastrecord o WHERE o.patient_id = p.id)
"""


def main() -> None:
    """Run from the command line, with ``DATABASE_URL`` set."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.clinic_load.fill")
    words.add_argument("--patients", type=int, default=Size.patients)
    words.add_argument("--entries", type=int, default=Size.entries)
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "respite.clinic.settings")
    import django

    django.setup()
    fill(Size(patients=asked.patients, entries=asked.entries))


def fill(size: Size) -> None:
    """Fill the clinic."""
    from django.db import connection

    from respite.clinic.running.tables import make_tables

    make_tables()
    chance = Random(20261123)
    staff = _staff()
    _patients(staff, size, chance)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(ENTRIES, {"days": size.days})
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    _real_forecasts()
    with connection.cursor() as cursor:
        cursor.execute(FORECASTS, {})
    _trail(size)
    _has_run_for_long()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        # Else the filling would still be written down while the first round is pressed.
        cursor.execute("CHECKPOINT")


def _staff() -> list[Any]:
    from allauth.mfa.models import Authenticator

    from respite.clinic.accounts.models import Clinic, Role, User

    clinic = Clinic.objects.create(
        name="North", phone="0100 100", urgent_phone="0100 999", time_zone="UTC",
        systolic_highest=180, diastolic_highest=110, saturation_lowest=92,
    )  # fmt: skip
    made = [
        User.objects.create(
            username=f"clinician{n}", password="!", role=Role.CLINICIAN, clinic=clinic,
            full_name=f"Clinician {n}",
        )
        for n in range(20)
    ]  # fmt: skip
    for one in made:
        Authenticator.objects.create(
            user=one, type=Authenticator.Type.TOTP, data={"secret": "unused"}
        )
    return made


def _patients(staff: list[Any], size: Size, chance: Random) -> None:
    """Make patients with what is known of them, a plan, doses, and one session."""
    from django.utils import timezone

    from respite.clinic.accounts.models import Role, User
    from respite.clinic.patients.models import FactAnswer, Medicine, PatientRecord
    from respite.clinic.treatments.models import (
        DoseRecord,
        PlanRecord,
        PlanState,
        SessionRecord,
        SessionState,
    )

    clinic, doctor, now = staff[0].clinic, staff[0], timezone.now()
    users = User.objects.bulk_create(
        (User(username=f"patient{n}", password="!", role=Role.PATIENT, clinic=clinic)
         for n in range(size.patients)), AT_ONCE,
    )  # fmt: skip
    patients = PatientRecord.objects.bulk_create(
        (
            PatientRecord(
                clinic=clinic, user=user, name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                number=str(100_000 + n), born=date(1950, 1, 1) + timedelta(chance.randrange(18000)),
                sex=chance.choice(("female", "male")), weight_kg=chance.randint(50, 110),
                condition=chance.choice(CONDITIONS), usual_pain=chance.randint(5, 9),
                has_all_medicines=True, made_by=doctor,
            )
            for n, user in enumerate(users)
        ), AT_ONCE,
    )  # fmt: skip
    Medicine.objects.bulk_create(
        (Medicine(patient=one, name=chance.choice(MEDICINES), written_by=doctor)
         for one in patients), AT_ONCE,
    )  # fmt: skip
    FactAnswer.objects.bulk_create(
        (FactAnswer(patient=one, fact=fact, told=False, on=now.date(), written_by=doctor)
         for one in patients for fact in FACTS), AT_ONCE,
    )  # fmt: skip
    plans = PlanRecord.objects.bulk_create(
        (
            PlanRecord(
                patient=one, regimen="ketamine 0.5 mg/kg iv over 40 min every 4 weeks x12",
                starts=now.date() - timedelta(days=28 * DOSES - 20), state=PlanState.SIGNED,
                made_by=doctor, signed_by=doctor, signed_at=now, meaning="Signed for a trial.",
            )
            for one in patients
        ), AT_ONCE,
    )  # fmt: skip
    day = now.replace(hour=9, minute=0, second=0, microsecond=0)
    starts = [day - timedelta(days=20 + 28 * back) for back in reversed(range(DOSES))]
    SessionRecord.objects.bulk_create(
        (
            SessionRecord(
                patient=one, plan=plan, day=starts[-1].date(), state=SessionState.ENDED,
                started_at=starts[-1], stopped_at=starts[-1] + timedelta(minutes=40),
                made_by=doctor,
            )
            for one, plan in zip(patients, plans, strict=True)
        ), AT_ONCE,
    )  # fmt: skip
    DoseRecord.objects.bulk_create(
        (
            DoseRecord(
                patient=one, start=start, drug="ketamine", route="iv", unit="mg",
                amount=Decimal(one.weight_kg or 70) / 2, duration_min=40, written_by=doctor,
            )
            for one in patients
            for start in starts
        ), AT_ONCE,
    )  # fmt: skip


def _real_forecasts() -> None:
    from respite.clinic.forecasts.actions import forecast_now
    from respite.clinic.patients.models import PatientRecord

    for one in PatientRecord.objects.order_by("pk")[:REAL_FORECASTS]:
        forecast_now(one.pk)


def _trail(size: Size) -> None:
    """Add lines to the trail, each with the digest of the one before."""
    from respite.clinic.audit.actions import THE_HEAD
    from respite.clinic.audit.chain import digest_of
    from respite.clinic.audit.models import AuditEvent, AuditHead
    from respite.clinic.diaries.models import Entry
    from respite.clinic.forecasts.asking_actions import THE_ONE
    from respite.clinic.forecasts.models import Heard
    from respite.clinic.patients.models import PatientRecord

    head, _made = AuditHead.objects.get_or_create(pk=THE_HEAD)

    def lines() -> Iterator[AuditEvent]:
        for one in PatientRecord.objects.order_by("pk").iterator():
            yield line("patient.added", "patients.patientrecord", one.pk, one.pk, one.made_at)
        latest = Entry.objects.order_by("-pk")[: int(size.entries * LINES_SHARE)]
        told = latest.values_list("pk", "patient_id", "written_at")
        for pk, patient, at in sorted(told):
            yield line("entry.added", "diaries.entry", pk, patient, at)

    def line(action: str, kind: str, pk: int, patient: int, at: Any) -> AuditEvent:
        event = AuditEvent(
            at=at, actor_id=None, actor_name="respite", role="program", clinic_id=None,
            action=action, subject_type=kind, subject_id=str(pk), patient_id=patient, note={},
            previous=head.digest,
        )  # fmt: skip
        event.digest = head.digest = digest_of(event)
        head.count += 1
        return event

    batch: list[AuditEvent] = []
    for one in lines():
        batch.append(one)
        if len(batch) == AT_ONCE:
            AuditEvent.objects.bulk_create(batch)
            batch = []
    AuditEvent.objects.bulk_create(batch)
    head.save()
    last = AuditEvent.objects.order_by("-pk").first()
    Heard.objects.update_or_create(pk=THE_ONE, defaults={"line": last.pk if last else 0})


def _has_run_for_long() -> None:
    """Leave the work-list as workers would: some patients really looked at, the others like them.

    What is done once a day was done just now, as in a clinic that did not begin this minute.
    """
    from django.utils import timezone

    from respite.clinic.patients.models import PatientRecord
    from respite.clinic.running.ticking import SCHEDULES
    from respite.clinic.worklist import schedule_actions
    from respite.clinic.worklist.looking_actions import listen, look_at
    from respite.clinic.worklist.models import Look, WorkItem

    now = timezone.now()
    listen(now)  # from here on: what was kept before is no news
    every = list(PatientRecord.objects.order_by("pk").values_list("pk", flat=True))
    real = every[:REAL_LOOKS]
    for one in real:
        look_at(one, now)
    items = [list(WorkItem.objects.filter(patient_id=one)) for one in real]
    copies = [
        _copied(item, one) for place, one in enumerate(every[len(real) :])
        for item in items[place % len(real)]
    ]  # fmt: skip
    WorkItem.objects.bulk_create(copies, batch_size=AT_ONCE)
    Look.objects.all().delete()
    Look.objects.bulk_create(
        [
            Look(patient_id=one, at=now + DAY * (1 + place / len(every)), is_marked=False,
                 looked_at=now)
            for place, one in enumerate(every)
        ], batch_size=AT_ONCE,
    )  # fmt: skip
    for one in SCHEDULES:
        schedule_actions.take(one.name, now)
        schedule_actions.succeeded(one.name, now, one.every)


def _copied(item: Any, patient: int) -> Any:
    """Give a new row that says of another patient what an item says of its own."""
    from respite.clinic.worklist.models import WorkItem

    kept = {one.attname: getattr(item, one.attname) for one in WorkItem._meta.concrete_fields}
    return WorkItem(**kept | {"id": None, "patient_id": patient})


FIRST = ("Ada", "Bo", "Cem", "Dina", "Edda", "Finn", "Gita", "Hugo", "Ines", "Jon", "Kaya", "Leo")
LAST = ("Berg", "Lund", "Holm", "Sand", "Vik", "Roth", "Feld", "Brandt", "Moor", "Dahl", "Stein")
MEDICINES = ("gabapentin", "duloxetine", "amitriptyline", "pregabalin")
FACTS = (
    "patient.allergy.ketamine", "patient.psych.active_psychosis", "patient.psych.active_mania",
    "patient.psych.delirium", "patient.psych.psychosis_history",
    "patient.substance.active_use_disorder",
)  # fmt: skip

if __name__ == "__main__":
    main()
