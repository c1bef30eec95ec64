"""What staff see of a forecast, and who shows it to the patient; patients see no other number."""

import json
import re
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from clinic_diaries import LAST_DOSE, an_answer, gave_course, kept, wrote
from clinic_people import made_patient, signed_in
from django.utils import timezone

from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries.actions import Told, add_entry, change_entry
from respite.clinic.forecasts.inputs import asked_of
from respite.clinic.forecasts.queries import released_forecast
from respite.clinic.forecasts.views import MOST_LOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def record(patient):
    """Give a forecast of the patient, as the worker keeps one of what stands now."""
    gave_course(patient)
    wrote(patient, 3)
    asked = asked_of(patient, timezone.now())
    return kept(patient, an_answer(), digest=asked.digest, inputs=asked.inputs)


def page_of(user, patient):
    return signed_in(user).get(f"/patients/{patient.pk}/forecast/").content.decode()


def release(user, record, *, word="release"):
    return signed_in(user).post(f"/forecasts/{record.pk}/{word}/")


def test_the_page_says_what_the_report_says(clinician, patient, record):
    page = page_of(clinician, patient)
    for line in (*record.words["headline"], record.words["method"], record.words["next_dose"]):
        assert line.replace("<", "&lt;").replace(">", "&gt;") in page
    for words in ("Certainty:", record.digest[:12], "seed 7", "7 days", "56 days"):
        assert words in page
    assert "being worked out" not in page
    assert AuditEvent.objects.filter(action="patient.read", note={"page": "forecast"}).exists()


def test_what_is_new_since_is_being_worked_out_and_the_page_looks_again(
    nurse, patient, record, monkeypatch
):
    wrote(patient, 5, 2)
    page = page_of(nurse, patient)
    assert "being worked out" in page
    assert f'hx-get="/patients/{patient.pk}/forecast/state/1/"' in page
    assert "<noscript><meta" in page
    browser = signed_in(nurse)
    state = browser.get(f"/patients/{patient.pk}/forecast/state/1/")
    assert "/state/2/" in state.content.decode()
    asked = asked_of(patient, timezone.now())
    kept(patient, an_answer(), digest=asked.digest, inputs=asked.inputs)
    done = browser.get(f"/patients/{patient.pk}/forecast/state/2/")
    assert done["HX-Redirect"] == f"/patients/{patient.pk}/forecast/"


def test_a_page_does_not_look_for_ever(nurse, patient, record):
    wrote(patient, 5, 2)
    state = (
        signed_in(nurse)
        .get(f"/patients/{patient.pk}/forecast/state/{MOST_LOOKS}/")
        .content.decode()
    )
    assert "hx-get" not in state
    assert "worker may be away" in state


def test_what_moved_it_is_shown_beside_the_one_before(clinician, patient, record):
    wrote(patient, 5, 2)
    asked = asked_of(patient, timezone.now())
    kept(patient, an_answer(7, (7, 7, 3, 2, 8, 8)), digest=asked.digest, inputs=asked.inputs)
    page = page_of(clinician, patient)
    assert "1 new score: pain 5 on 2026-10-11." in page
    assert '<tr class="differs"><th scope="row">Relief holds at 28 days' in page


def test_staff_see_the_diary_and_urgent_answers_even_when_taken_back(clinician, patient):
    entry = add_entry(patient.user, patient, Told(effects=("chest_pain",)), client_id=uuid4())
    page = page_of(clinician, patient)
    assert "Urgent answers" in page
    assert "Pain in the chest" in page
    change_entry(patient.user, entry, Told(), client_id=uuid4())
    assert "(changed or taken out later)" in page_of(clinician, patient)


def test_a_clinician_shows_a_forecast_and_takes_it_back(clinician, patient, record):
    for word, seen in (("release", record), ("release", record), ("withdraw", None)):
        answer = release(clinician, record, word=word)
        assert answer.url == f"/patients/{patient.pk}/forecast/"
        assert released_forecast(patient) == seen
    actions = AuditEvent.objects.filter(action__startswith="forecast.")
    assert list(actions.values_list("action", flat=True)) == [
        "forecast.released",
        "forecast.withdrawn",
    ]


def test_only_a_clinician_of_the_clinic_shows_a_forecast(nurse, stranger, patient, record):
    assert release(nurse, record).status_code == 403
    assert release(patient.user, record).status_code == 403
    assert release(stranger, record).status_code == 404
    assert release(stranger, record, word="withdraw").status_code == 404
    assert released_forecast(patient) is None
    assert "Show this forecast" not in page_of(nurse, patient)


def test_a_refusal_is_never_shown_to_the_patient(clinician, patient):
    refusal = {"found": "f", "expected": "e", "remedy": "r"}
    row = kept(patient, an_answer(), answer={}, words={}, line={}, refusal=refusal)
    release(clinician, row)
    assert released_forecast(patient) is None


@pytest.mark.parametrize("path", ["", "3/", "state/3/"])
def test_a_forecast_is_for_those_who_treat(stranger, patient, record, path):
    url = f"/patients/{patient.pk}/forecast/{path}"
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(patient.user).get(url).status_code == 403


def test_my_relief_is_for_patients_alone(clinician, nurse, patient):
    for user in (clinician, nurse):
        assert signed_in(user).get("/relief/").status_code == 403
    assert signed_in(patient.user).get("/relief/").status_code == 200


def numbers_of(record):
    """Give every number of a forecast that a page could betray, as it would be written."""
    times = record.answer["time_to_pain_return"]
    low, high = times["interval80_days"]
    days = {f"{round(each)} days" for each in (low, high, times["median_days"])}
    curve = {f"{value:.1f} (" for value in record.answer["pain"]["q50"][10:60]}
    return days | curve | set(record.words["for_patient"]) | set(record.words["headline"])


def test_patients_never_see_a_number_that_was_not_released(clinician, patient, record):
    browser = signed_in(patient.user)
    pages = [browser.get(url).content.decode() for url in ("/relief/", "/diary/")]
    release(clinician, record)
    release(clinician, record, word="withdraw")
    pages.append(browser.get("/relief/").content.decode())
    for page in pages:
        assert not [number for number in numbers_of(record) if number in page]
        assert "median" not in page
        assert 'class="band"' not in page
    assert "not shared a forecast" in pages[0]


def test_patients_see_the_one_that_was_released_and_not_a_later_one(clinician, patient, record):
    release(clinician, record)
    later = kept(patient, an_answer(9, (7, 7, 6, 7, 8, 8)))
    page = signed_in(patient.user).get("/relief/").content.decode()
    for line in record.words["for_patient"]:
        assert line in page
    only_later = set(later.words["for_patient"]) - set(record.words["for_patient"])
    assert only_later
    assert not [line for line in only_later if line in page]
    assert "This was made on" in page
    assert "Ask your clinic" in page


def syllables(word):
    return max(len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))), 1)


def grade(text):
    """Give the school grade of Flesch and Kincaid."""
    sentences = [part for part in re.split(r"[.?!:]\s", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


def test_twelve_years_of_age_are_enough_to_read_it(clinician, patient, record):
    release(clinician, record)
    page = signed_in(patient.user).get("/relief/").content.decode()
    section = page[page.index('<section class="card" aria-labelledby="ahead"') :]
    text = " ".join(re.sub(r"<[^>]+>", " ", section[: section.index("</section>")]).split())
    assert grade(text) < 7
    assert grade(" ".join(record.words["for_patient"])) < 7


def test_the_picture_is_drawn_on_the_page_with_a_title_and_a_table(clinician, patient, record):
    page = page_of(clinician, patient)
    for svg in re.findall(r"<svg class=\"picture.*?</svg>", page, flags=re.DOTALL):
        drawn = ElementTree.fromstring(svg)
        assert drawn.find("title").text
        assert drawn.find("desc").text
        assert drawn.find("path").get("d").count("M") >= 1
        assert drawn.find("polygon").get("points").count(",") > 20
    assert " style=" not in page
    assert "The same as a table" in page


def test_names_and_notes_of_any_script_are_shown_as_text(clinician):
    name = "<b>مريم</b> & \u202e ‮ Ω"
    other = made_patient(clinician, name)
    page = page_of(clinician, other)
    assert "<b>مريم" not in page
    assert "&lt;b&gt;مريم" in page


def test_what_is_kept_is_plain_data(record):
    for part in (record.answer, record.words, record.line, record.inputs):
        assert json.loads(json.dumps(part, allow_nan=False)) == part


def test_nothing_is_kept_twice_and_curves_without_idle_digits(record):
    assert "claims" in record.answer
    assert "claims" not in record.line["forecast"]
    curves = [values for name, values in record.answer["pain"].items() if name != "day"]
    assert all(len(str(value)) <= len("10.1234") for values in curves for value in values)
    assert record.answer["pain"]["mean"] != [round(one, 3) for one in record.answer["pain"]["mean"]]


def test_a_plan_and_medicines_are_marked(clinician, patient, record):
    day = (LAST_DOSE + timedelta(days=3)).date()
    patient.medicines.create(name="pregabalin", since=day, written_by=clinician)
    page = page_of(clinician, patient)
    assert f"{day:%Y-%m-%d}: pregabalin begun" in page
