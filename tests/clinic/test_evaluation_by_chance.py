"""Whatever is typed is answered: no page fails, and no script comes back."""

from __future__ import annotations

import pytest
from clinic_people import signed_in
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.patients.instruments import instruments
from respite.clinic.patients.questions import families, vocabulary

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

ANSWERED = {200, 302, 403, 404, 409, 422}
ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "", "0", "-1", "1e999", "NaN", "9" * 400, "\x00", "\u202e", "<script>alert(1)</script>",
            "2026-02-30", "0001-01-01", "9999-12-31", "yes", "no", "never", "5 mg/day", "١٢",
        ]
    ),
)  # fmt: skip
quick = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def is_sound(response):
    assert response.status_code in ANSWERED
    assert b"<script>alert" not in response.content


def names(*known):
    return st.dictionaries(st.sampled_from(known), ODD, max_size=12)


@quick
@given(
    names(
        "name", "number", "born", "sex", "condition", "pain_since", "usual_pain", "weight_kg",
        "height_cm", "liver", "egfr", "opioid_mg", "cyp2b6", "threshold", "version", "client_id",
    )
)  # fmt: skip
def test_any_record(clinician, patient, sent):
    client = signed_in(clinician)
    whole = {"name": "Ann", "born": "1980-01-01", "threshold": "30%"} | sent
    for page in (reverse("patients:new"), reverse("patients:edit", args=[patient.pk])):
        is_sound(client.post(page, whole))
    is_sound(client.get(reverse("patients:list")))
    is_sound(client.get(reverse("patients:overview", args=[patient.pk])))


@quick
@given(st.data())
def test_any_answers(clinician, patient, data):
    facts = data.draw(st.lists(st.sampled_from(sorted(vocabulary())), max_size=6))
    fields = [
        name
        for fact in facts
        for name in (fact, f"{fact}.never", f"{fact}.complete", f"{fact}.unit", *_stand_ins(fact))
    ]
    sent = {name: data.draw(ODD) for name in fields}
    sent |= {"asked": facts, "taken": data.draw(ODD), "seen": data.draw(ODD), "group": "mind"}
    client, page = signed_in(clinician), reverse("patients:questions", args=[patient.pk])
    is_sound(client.post(page, sent))
    is_sound(client.get(page))
    is_sound(client.get(reverse("patients:overview", args=[patient.pk])))


def _stand_ins(fact):
    return families()[fact].stand_ins


@quick
@given(names("name", "dose", "since", "outcome", "note", "client_id", "is_complete", "version"))
def test_any_medicine_or_treatment(clinician, patient, sent):
    client = signed_in(clinician)
    for page in ("medicines", "tried", "all_medicines"):
        is_sound(client.post(reverse(f"patients:{page}", args=[patient.pk]), sent))
    is_sound(client.get(reverse("patients:overview", args=[patient.pk])))


@quick
@given(st.integers(-1, 10**20), names("on", "total", "extra", *(f"item_{n}" for n in range(1, 11))))
def test_any_score(clinician, patient, number, sent):
    client = signed_in(clinician)
    for one in (abs(number), 1 + number % len(instruments())):
        is_sound(client.post(reverse("patients:new_score", args=[patient.pk, one]), sent))
    is_sound(client.get(reverse("patients:scores", args=[patient.pk])))


@quick
@given(
    st.dictionaries(
        st.sampled_from(
            ["day", "time", "drug", "amount", "unit", "route", "minutes", "pain", "relief"]
        ),
        st.lists(ODD, max_size=3),
    ),
    st.text(max_size=200),
)
def test_any_dose(clinician, patient, sent, block):
    client, page = signed_in(clinician), reverse("treatments:doses", args=[patient.pk])
    is_sound(client.post(page, sent))
    is_sound(client.post(page, {"block": block}))
    is_sound(client.get(page))


@quick
@given(names("words", "clinic", "number", "reason"))
def test_any_search_or_emergency(clinician, patient, stranger, sent):
    is_sound(signed_in(clinician).post(reverse("patients:list"), sent))
    is_sound(signed_in(stranger).post(reverse("patients:emergency"), sent))
