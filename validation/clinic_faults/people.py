"""Patients who will write diaries, patients who will be treated, and a nurse; printed as JSON."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date, timedelta
from typing import Any


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m validation.clinic_faults.people")
    words.add_argument("--writers", type=int, required=True)
    words.add_argument("--treated", type=int, required=True)
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "respite.clinic.settings")
    import django

    django.setup()
    print(json.dumps(made(asked.writers, asked.treated)))


def made(writers: int, treated: int) -> dict[str, Any]:
    """Make them.

    Parameters
    ----------
    writers, treated
        How many.

    Returns
    -------
    Names of their sessions at a browser, and numbers of those who are treated.
    """
    from allauth.mfa.models import Authenticator
    from benchmarks.clinic_load.people import session_of
    from django.utils import timezone

    from respite.clinic.accounts.models import Clinic, Role, User
    from respite.clinic.patients.models import FactAnswer, PatientRecord
    from respite.clinic.running.tables import make_tables
    from respite.clinic.treatments.models import DoseRecord, PlanRecord, PlanState

    make_tables()
    clinic = Clinic.objects.create(name="North", phone="1", urgent_phone="2")
    nurse = User.objects.create(
        username="nils", password="!", role=Role.NURSE, clinic=clinic, full_name="Nils"
    )
    Authenticator.objects.create(
        user=nurse, type=Authenticator.Type.TOTP, data={"secret": "unused"}
    )
    now = timezone.now()

    def patient(name: str, user: Any = None) -> PatientRecord:
        return PatientRecord.objects.create(
            clinic=clinic, made_by=nurse, name=name, user=user, born=date(1980, 5, 17), sex="male",
            weight_kg=70, condition="crps", usual_pain=7, has_all_medicines=True,
        )  # fmt: skip

    sessions: list[str] = []
    for number in range(writers):
        user = User.objects.create(
            username=f"patient{number}", password="!", role=Role.PATIENT, clinic=clinic
        )
        one = patient(f"Writer {number}", user)
        DoseRecord.objects.create(
            patient=one, start=now - timedelta(days=3), drug="ketamine", amount=35, unit="mg",
            route="iv", duration_min=40, written_by=nurse,
        )  # fmt: skip
        sessions.append(session_of(user))
    patients: list[int] = []
    for number in range(treated):
        one = patient(f"Treated {number}")
        PlanRecord.objects.create(
            patient=one, regimen="ketamine 0.5 mg/kg iv over 40 min", state=PlanState.SIGNED,
            made_by=nurse, signed_by=nurse, signed_at=now, meaning="Signed.",
        )  # fmt: skip
        for fact in FACTS:
            FactAnswer.objects.create(
                patient=one, fact=fact, told=fact in YES, on=now.date(), written_by=nurse
            )
        patients.append(one.pk)
    return {"writers": sessions, "nurse": session_of(nurse), "treated": patients}


YES = ("patient.consent.off_label_signed",)
FACTS = (
    *YES, "patient.allergy.ketamine", "patient.psych.active_psychosis",
    "patient.psych.active_mania", "patient.psych.delirium", "patient.psych.psychosis_history",
    "patient.substance.active_use_disorder",
)  # fmt: skip

if __name__ == "__main__":
    main()
