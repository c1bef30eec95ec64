"""What is written about a patient asks for a forecast, and each is kept with what made it."""

import contextlib
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from clinic_diaries import LAST_DOSE, an_answer, gave, gave_course, kept, tap, wrote
from clinic_people import made_patient, signed_in
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from respite.clinic.audit.actions import record
from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries import actions as diary_actions
from respite.clinic.forecasts import actions, asking_actions, inputs, queries, working_out
from respite.clinic.forecasts.inputs import asked_of
from respite.clinic.forecasts.models import Asking, ForecastRecord, WorkerSeen
from respite.clinic.patients.actions import change_patient, read
from respite.clinic.running import working
from respite.clinic.treatments.models import PlanRecord, PlanState

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def worked_out(monkeypatch):
    """Answer at once with what was worked out before, and give the questions."""
    found = []

    def answer(question, _past, _at):
        found.append(question)
        return an_answer()

    monkeypatch.setattr(actions, "work_out", answer)
    return found


def question_now(patient):
    return asked_of(patient, timezone.now()).question


def owed():
    """Read the trail, and give the patients who are owed a forecast."""
    asking_actions.listen()
    return list(Asking.objects.order_by("pk").values_list("pk", flat=True))


def test_an_entry_asks_for_a_forecast(patient):
    tap(signed_in(patient.user), 5)
    assert owed() == [patient.pk]


def test_an_entry_that_is_not_kept_asks_for_nothing(patient):
    with contextlib.suppress(DatabaseError), transaction.atomic():
        tap(signed_in(patient.user), 5)
        raise DatabaseError
    assert owed() == []


def test_a_change_of_facts_asks_and_a_read_does_not(patient, clinician):
    read(clinician, patient, "overview")
    record(clinician, "forecast.released", patient, patient_id=patient.pk)
    assert owed() == []
    change_patient(clinician, patient, {"weight_kg": Decimal(81)}, patient.version)
    assert owed() == [patient.pk]
    assert asking_actions.listen() == 0


def test_many_entries_make_one_forecast(patient, worked_out):
    gave_course(patient)
    for pain in (4, 5, 6):
        tap(signed_in(patient.user), pain)
    while working.work_once("w"):
        pass
    assert len(worked_out) == 1
    assert owed() == []


def test_an_entry_that_comes_while_one_is_worked_out_makes_another(patient, monkeypatch):
    gave_course(patient)
    found = []

    def answer(question, _past, _at):
        found.append(len(question.diary.entries))
        if len(found) == 1:
            tap(signed_in(patient.user), 6)
            asking_actions.listen()
            assert asking_actions.take("another worker") is None
        return an_answer()

    monkeypatch.setattr(actions, "work_out", answer)
    tap(signed_in(patient.user), 4)
    while working.work_once("w"):
        pass
    assert found == [1, 2]
    assert owed() == []


def test_whoever_looks_at_a_page_waits_for_nobody_else(clinician):
    first, second, third = (made_patient(clinician, name) for name in ("Ann", "Bob", "Cyd"))
    for one in (first, second, third):
        gave_course(one)
        change_patient(clinician, one, {"weight_kg": Decimal(80)}, one.version)
    assert len(owed()) == 3
    page = reverse("forecasts:forecast", args=[third.pk])
    assert "is being worked out" in signed_in(clinician).get(page).text
    assert [asking_actions.take("w").pk for _time in range(3)] == [third.pk, first.pk, second.pk]


def test_what_a_dead_worker_had_taken_is_taken_up(patient, worked_out):
    gave_course(patient)
    tap(signed_in(patient.user), 4)
    asking_actions.listen()
    asking_actions.is_alive("w")
    assert asking_actions.take("w").pk == patient.pk
    assert asking_actions.free_the_dead() == 0
    WorkerSeen.objects.update(seen_at=timezone.now() - 2 * asking_actions.DEAD_AFTER)
    assert asking_actions.take("v") is None
    assert asking_actions.free_the_dead() == 1
    assert working.work_once("v")
    assert len(worked_out) == 1


def test_a_forecast_that_fails_stays_owed_and_is_put_off(patient, monkeypatch, caplog):
    gave_course(patient)
    tap(signed_in(patient.user), 4)

    def fail(*_told):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "work_out", fail)
    assert working.work_once("w")
    assert not working.work_once("w")
    assert owed() == [patient.pk]
    assert Asking.objects.get().not_before > timezone.now()


def test_what_killed_many_workers_is_put_off(patient):
    gave_course(patient)
    asking_actions.ask(patient.pk)
    for _death in range(asking_actions.MOST_DEATHS):
        assert asking_actions.take("w")
        assert asking_actions.free_the_dead() == 1
    assert asking_actions.take("w") is None
    assert owed() == [patient.pk]


def test_the_same_question_is_worked_out_once(patient, worked_out):
    gave_course(patient)
    first = actions.forecast_now(patient.pk)
    assert actions.forecast_now(patient.pk) is None
    assert len(worked_out) == 1
    assert first.seed == inputs.seed_of(patient)
    assert AuditEvent.objects.filter(action="forecast.made", role="program").count() == 1


def test_an_answer_that_is_asked_for_again_is_kept_anew_and_not_worked_out(patient, worked_out):
    gave_course(patient)
    first = actions.forecast_now(patient.pk)
    entry = wrote(patient, 4)
    second = actions.forecast_now(patient.pk)
    diary_actions.remove_entry(patient.user, entry, client_id=uuid4())
    third = actions.forecast_now(patient.pk)
    assert (first.digest, first.answer) == (third.digest, third.answer)
    assert second.digest != first.digest
    assert len(worked_out) == 2
    assert queries.latest_forecast(patient) == third


@pytest.mark.parametrize(
    "change",
    [
        lambda patient: wrote(patient, 4),
        lambda patient: gave(patient, LAST_DOSE + timedelta(days=1)),
        lambda patient: patient.__class__.objects.update(weight_kg=82),
        lambda patient: patient.__class__.objects.update(threshold="50%"),
    ],
)
def test_whatever_a_forecast_is_made_from_makes_another_question(patient, change):
    gave_course(patient)
    before = asked_of(patient, timezone.now()).digest
    change(patient)
    patient.refresh_from_db()
    assert asked_of(patient, timezone.now()).digest != before


def test_a_new_name_is_not_another_question(patient):
    gave_course(patient)
    before = asked_of(patient, timezone.now()).digest
    patient.name = "Somebody else"
    patient.save()
    assert asked_of(patient, timezone.now()).digest == before


def test_without_a_dose_and_a_plan_there_is_nothing_to_forecast(patient, clinician, worked_out):
    wrote(patient, 5)
    assert asked_of(patient, timezone.now()).is_empty
    assert actions.forecast_now(patient.pk) is None
    page = signed_in(clinician).get(f"/patients/{patient.pk}/forecast/").content.decode()
    assert "nothing to forecast yet" in page
    assert not worked_out


def test_what_the_library_refuses_is_kept_and_shown_in_words(patient, clinician):
    patient.usual_pain, patient.threshold = Decimal(1), "2points"
    patient.save()
    gave_course(patient)
    made = actions.forecast_now(patient.pk)
    assert set(made.refusal) == {"found", "expected", "remedy"}
    assert actions.forecast_now(patient.pk) is None
    assert queries.latest_forecast(patient) is None
    page = signed_in(clinician).get(f"/patients/{patient.pk}/forecast/").content.decode()
    assert "No forecast could be made" in page
    assert "being worked out" not in page


def test_a_patient_that_makes_no_sense_is_refused_in_words_too(patient):
    gave_course(patient)
    patient.weight_kg = Decimal("9000")
    asked = asked_of(patient, timezone.now())
    assert asked.question is None
    assert asked.refusal["found"]


def plan_of(patient, regimen, **told):
    facts = {"state": PlanState.SIGNED, "signed_at": timezone.now(), "made_by": patient.made_by}
    return PlanRecord.objects.create(patient=patient, regimen=regimen, **facts | told)


def test_a_plan_that_has_yet_to_begin_is_asked_with_its_day(patient):
    day = timezone.localdate() + timedelta(days=5)
    plan_of(patient, "ketamine 80 mg iv over 2 h", starts=day)
    question = question_now(patient)
    assert (str(question.regimen), question.start) == (
        "ketamine 80 mg iv over 2 h",
        day.isoformat(),
    )


def test_a_plan_whose_day_has_passed_without_a_dose_begins_today(patient):
    plan_of(patient, "ketamine 80 mg iv over 2 h", starts=timezone.localdate() - timedelta(days=9))
    assert question_now(patient).start == timezone.localdate().isoformat()


def test_of_a_plan_under_way_only_the_doses_to_come_are_added(patient):
    now = timezone.now()
    plan_of(patient, "ketamine 35 mg iv over 40 min daily x10", starts=timezone.localdate(now))
    gave(patient, now)
    question = question_now(patient)
    assert question.regimen is None
    assert len(question.to_come) == 9
    assert len(question.history.doses) == 10
    days = [dose.start.date() for dose in question.to_come]
    assert days[0] == timezone.localdate(now) + timedelta(days=1)


def test_days_of_a_plan_that_passed_without_a_dose_do_not_come(patient):
    now = timezone.now()
    starts = timezone.localdate(now) - timedelta(days=6)
    plan_of(patient, "ketamine 35 mg iv over 40 min daily x10", starts=starts)
    gave(patient, now - timedelta(days=6))
    assert len(question_now(patient).to_come) == 4


def test_a_plan_that_is_done_leaves_the_doses_that_were_given(patient):
    plan_of(patient, "ketamine 35 mg iv over 40 min daily x5", starts=LAST_DOSE.date())
    gave(patient, LAST_DOSE)
    question = question_now(patient)
    assert (question.regimen, question.to_come) == (None, ())


def test_a_withdrawn_dose_and_a_draft_count_for_nothing(patient):
    gave(patient, is_withdrawn=True)
    plan_of(patient, "ketamine 80 mg iv over 2 h", state=PlanState.DRAFT)
    assert asked_of(patient, timezone.now()).is_empty


@pytest.mark.parametrize("statement", ["UPDATE {t} SET seed = 1", "DELETE FROM {t}"])
def test_the_database_refuses_to_change_or_remove_a_forecast(patient, statement):
    kept(patient, an_answer())
    table = ForecastRecord._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(t=table))
    assert ForecastRecord.objects.count() == 1


def test_the_same_inputs_give_the_identical_answer():
    one, other = an_answer(), an_answer.__wrapped__()
    assert (one.answer, one.words, one.line) == (other.answer, other.words, other.line)


@pytest.mark.thorough
def test_two_workers_give_the_identical_answer():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as workers:
        found = list(workers.map(lambda _n: an_answer.__wrapped__(), range(4)))
    assert all(each.answer == an_answer().answer for each in found)


@pytest.mark.thorough
def test_the_loop_from_an_entry_to_the_page(patient, clinician):
    gave_course(patient)
    for day, pain in enumerate((3, 3, 2, 4), start=1):
        wrote(patient, pain, day)
    browser = signed_in(patient.user)
    for pain in (4, 5):
        tap(browser, pain)
        while working.work_once("w"):
            pass
    assert patient.forecasts.count() == 2
    page = signed_in(clinician).get(f"/patients/{patient.pk}/forecast/").content.decode()
    assert "Given this diary" in page
    assert "1 new score: pain 5" in page
    assert "1 written score is compared with 1 forecast" in page
    assert "being worked out" not in page


@pytest.mark.thorough
def test_a_plan_under_way_is_forecast_with_what_is_to_come(patient):
    now = timezone.now()
    plan_of(patient, "ketamine 35 mg iv over 40 min daily x5", starts=timezone.localdate(now))
    gave(patient, now)
    words = actions.forecast_now(patient.pk).words
    told = dict(words["question"])
    assert "(4 doses to come)" in told["Regimen"]
    assert told["Given"].startswith("1 dose on")


def test_the_library_is_asked_for_as_many_draws_as_the_inputs_say(patient):
    gave_course(patient)
    assert asked_of(patient, timezone.now()).inputs["draws"] == working_out.DRAWS
