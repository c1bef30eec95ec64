"""A tablet at the bedside, as tests of sessions use it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from clinic_people import PASSWORD, signed_in
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
)

INFUSION = "ketamine 0.5 mg/kg iv over 40 min daily x10"
NASAL = "esketamine 56 mg intranasal weekly x4"

GOOD_ANSWERS = {
    "own.weight_kg": "70",
    "own.new_medicines": False,
    "own.pain_before": "8",
    "patient.pregnant": False,
    "session.pre.sbp": "128 mmHg",
    "session.pre.dbp": "82 mmHg",
    "session.pre.hr": "72 beats/min",
    "session.pre.spo2": "98 percent",
    "session.pre.escort_confirmed": True,
    "session.pre.new_urinary_symptoms": False,
    "session.pre.new_jaundice_or_itch": False,
    "session.pre.new_psychosis": False,
    "session.pre.two_person_dose_check": True,
}
"""Answers after which nothing stands against a start, as they are kept."""

READY_TO_LEAVE = {
    "session.bp_falling": "yes",
    "session.oriented": "yes",
    "session.gait_steady": "yes",
    "session.dissociation_resolved": "yes",
    "session.escort_present": "yes",
    "session.advice_given.no_driving": "yes",
    "session.advice_given.contact_number": "yes",
    "session.padss": "10",
    "own.pain_after": "2",
}


def signed_plan(by: User, patient: PatientRecord, regimen: str = INFUSION) -> PlanRecord:
    return PlanRecord.objects.create(
        patient=patient, regimen=regimen, state=PlanState.SIGNED, made_by=by, signed_by=by,
        signed_at=timezone.now(), meaning="I am responsible",
    )  # fmt: skip


class Tablet:
    """Somebody who is signed in at a tablet, with one session open."""

    def __init__(self, user: User, session: SessionRecord) -> None:
        self.user, self.session = user, session
        self.client = signed_in(user)
        self.path = f"/sessions/{session.pk}/"

    @property
    def page(self) -> str:
        return self.client.get(self.path).content.decode()

    def send(self, what: str, *, minutes_ago: float = 0, key: uuid.UUID | None = None, **told):
        data = {"what": what, "client_id": str(key or uuid.uuid4())}
        data |= {name: str(value) for name, value in told.items()}
        if minutes_ago:
            data["seconds_ago"] = str(round(minutes_ago * 60))
        answer = self.client.post(self.path, data)
        self.session.refresh_from_db()
        return answer

    def answer(self, fact: str, told: str):
        return self.send("answer", about=fact, told=told)

    def check(self, **other: str) -> None:
        """Keep every answer at once; others are sent one by one."""
        at = timezone.now() - timedelta(hours=3)
        SessionEntry.objects.bulk_create(
            SessionEntry(session=self.session, kind=EntryKind.CHECK, at=at, written_by=self.user,
                         data={"fact": fact, "told": told})
            for fact, told in GOOD_ANSWERS.items()
        )  # fmt: skip
        self.session.weight_kg = GOOD_ANSWERS["own.weight_kg"]
        self.session.save()
        for fact, told in other.items():
            assert self.answer(fact, told).status_code == 302, fact

    def start(self, minutes_ago: float = 0, **told):
        told = {"way": "ketamine iv", "rate": "0.75", "unit": "mg/kg/h"} | told
        return self.send("start", minutes_ago=minutes_ago, **told)

    def correct(self, entry, what: str = "right", **told):
        data = {"what": what, "client_id": str(told.pop("key", uuid.uuid4()))}
        data |= {name: str(value) for name, value in told.items()}
        answer = self.client.post(f"{self.path}lines/{entry.pk}/", data)
        self.session.refresh_from_db()
        return answer

    def amounts(self) -> list[tuple[float, int]]:
        """Give milligrams and minutes of each dose; a second more or less does not matter."""
        return [(round(float(mg), 1), round(float(minutes))) for _d, mg, minutes in self.doses()]

    def doses(self) -> list[tuple[str, str, str]]:
        kept = self.session.doses.filter(is_withdrawn=False)
        return [(one.drug, str(one.amount), str(one.duration_min)) for one in kept]


def signatures(signer: str, **told: str) -> dict[str, str]:
    return {"signer": signer, "signer_password": PASSWORD} | told


def opened(user: User, plan: PlanRecord) -> SessionRecord:
    client = signed_in(user)
    client.post(f"/patients/{plan.patient_id}/sessions/")
    return SessionRecord.objects.get(plan=plan)
