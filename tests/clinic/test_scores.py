"""Questionnaires: licences are kept, totals are right, and what must not wait is said at once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from clinic_people import signed_in
from django.urls import reverse

from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.instruments import instruments, numbered
from respite.clinic.patients.models import Score
from respite.clinic.patients.queries import facts_told
from respite.clinic.patients.questions import families
from respite.clinic.patients.score_forms import ScoreForm

pytestmark = pytest.mark.django_db

EVERY = list(instruments().values())
OWNED = {"bpi-interference", "bpi-severity", "promis-interference", "dn4", "paindetect", "icsi"}
"""Forms whose owners let nobody show their items without leave."""


def at(name, *args):
    return reverse(f"patients:{name}", args=args)


def read(response):
    return response.content.decode()


@pytest.fixture
def fill(patient, clinician):
    """Fill in a form, each item with the same answer but for some."""

    def send(name, points=0, client_id="", on=None, **told):
        form = instruments()[name]
        sent = {f"item_{n}": str(points) for n in range(1, len(form.items) + 1)}
        sent |= {"client_id": client_id, "on": on or today_of(patient).isoformat()} | told
        sent = {field: value for field, value in sent.items() if value is not None}
        return signed_in(clinician).post(at("new_score", patient.pk, form.number), sent)

    return send


@pytest.mark.parametrize("form", EVERY, ids=lambda one: one.id)
def test_a_form_whose_licence_forbids_it_never_shows_an_item(form, patient, clinician):
    shown = read(signed_in(clinician).get(at("new_score", patient.pk, form.number)))
    has_items = 'name="item_' in shown
    assert has_items == form.may_be_shown
    assert form.may_be_shown == bool(form.items)
    assert form.licence
    assert ('name="total"' in shown) != form.may_be_shown


def test_forms_that_have_owners_are_not_embedded():
    assert not [one for one in OWNED if instruments()[one].may_be_shown]


def test_even_a_form_with_items_shows_none_where_it_may_not(patient):
    from msgspec.structs import replace

    held_back = replace(instruments()["phq9"], embed="no")
    assert not ScoreForm(held_back, today_of(patient)).items()


@pytest.mark.parametrize("form", EVERY, ids=lambda one: one.id)
def test_every_fact_that_a_form_tells_is_one_that_rules_ask(form):
    told = [form.facts.total, form.facts.any, form.facts.day, *form.facts.items.values()]
    assert {one for one in told if one} <= set(families())


@pytest.mark.parametrize("form", [one for one in EVERY if one.may_be_shown], ids=lambda one: one.id)
def test_totals_reach_from_the_lowest_to_the_highest(form):
    reached = []
    for pick in (min, max):
        answers = {
            n: pick(int(points) for points, _words in form.choices_of(n))
            for n in range(1, len(form.items) + 1)
        }
        reached.append(form.total_of(answers))
    assert reached == [form.lowest, form.highest]


def test_thoughts_of_death_are_answered_at_once_with_the_urgent_number(patient, fill, clinician):
    response = fill("phq9", 0, item_9="1")
    shown = read(signed_in(clinician).get(response.url))
    assert "Talk with the patient today" in shown
    assert "0100 999" in shown
    known = facts_told(patient, today_of(patient)).known
    assert (known["patient.phq9"], known["patient.phq9_item9"]) == (1, 1)
    assert "asks for a talk today" in read(signed_in(clinician).get(at("overview", patient.pk)))


def test_no_alarm_where_nothing_was_told(fill, clinician):
    response = fill("phq9", 1, item_9="0")
    assert "Talk with the patient today" not in read(signed_in(clinician).get(response.url))
    assert Score.objects.get().total == 8


def test_blood_in_urine_asks_for_a_call_and_reaches_the_rules(patient, fill, clinician):
    response = fill("bladder", 0, item_1="1", extra="12")
    shown = read(signed_in(clinician).get(response.url))
    assert "call the clinician today" in shown
    assert ">12<" in shown
    known = facts_told(patient, today_of(patient)).known
    assert known["labs.visible_haematuria"] is True
    assert known["course.new_luts"] is True
    assert known["course.bladder_check_age_days"] == 0


def test_an_older_form_does_not_hide_a_newer_answer(patient, fill):
    fill("phq9", 2)
    fill("phq9", 0, on=(today_of(patient) - timedelta(days=30)).isoformat())
    assert facts_told(patient, today_of(patient)).known["patient.phq9"] == 18


def test_drinking_that_never_happens_needs_no_more_answers(patient, fill):
    assert fill("audit-c", 0, item_2=None, item_3=None).status_code == 302
    assert facts_told(patient, today_of(patient)).known["patient.audit_c"] == 0
    assert fill("audit-c", 2, item_3=None).status_code == 422


@pytest.mark.parametrize(
    ("told", "seen", "is_met"),
    [((1, 1, 1, 0), (1, 1, 0, 0), True), ((1, 1, 0, 0), (1, 1, 1, 1), False)],
)
def test_the_crps_checklist_counts_what_is_told_and_seen(fill, clinician, told, seen, is_met):
    items = dict(enumerate((1, *told, *seen, 1), start=1))
    response = fill("budapest", **{f"item_{n}": str(v) for n, v in items.items()})
    shown = read(signed_in(clinician).get(response.url))
    assert ("criteria met" in shown) == is_met
    assert Score.objects.get().total == sum(told) + sum(seen)


def test_the_mean_of_three_is_rounded(fill):
    fill("peg", 5, item_1="6")
    assert Score.objects.get().total == Decimal("5.33")


@pytest.mark.parametrize(
    "wrong", [{"item_1": None}, {"item_9": None}, {"item_9": "4"}, {"on": "soon"}]
)
def test_a_form_that_is_not_whole_is_refused(fill, wrong):
    assert fill("phq9", 1, **wrong).status_code == 422
    assert not Score.objects.exists()


@pytest.mark.parametrize("total", ["", "11", "-1", "NaN", "1e9", "2.5", "x", "9" * 40])
def test_a_total_that_cannot_be_is_refused(fill, total):
    assert fill("dn4", total=total).status_code == 422
    assert not Score.objects.exists()


def test_a_form_sent_twice_is_kept_once(fill):
    once = str(uuid.uuid4())
    first, again = fill("gad7", 1, client_id=once), fill("gad7", 1, client_id=once)
    assert first.url == again.url
    assert Score.objects.count() == 1
    assert AuditEvent.objects.filter(action="score.added").count() == 1


def test_a_form_of_days_to_come_is_refused(patient, fill):
    later = (today_of(patient) + timedelta(days=1)).isoformat()
    assert fill("nrs", 4, on=later).status_code == 422


def test_a_score_is_for_carers_of_the_clinic(patient, fill, stranger):
    response = fill("nrs", 4)
    assert signed_in(stranger).get(response.url).status_code == 404
    assert signed_in(patient.user).get(response.url).status_code == 403
    page = at("new_score", patient.pk, 1)
    assert signed_in(stranger).get(page).status_code == 404


def test_there_is_no_form_beyond_the_last():
    assert numbered(0) is None
    assert numbered(len(EVERY) + 1) is None
