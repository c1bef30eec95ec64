"""From an unwanted effect that a patient reports to the letter that tells the GP of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

A_PAGE = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture(scope="module")
def clara(walk):
    return walk("clara")


@pytest.fixture(scope="module")
def phone(walk):
    return walk("patient5", width="phone")


@pytest.fixture(scope="module")
def relieved(clara):
    """Give the address of the record of that patient."""
    page = clara.page
    page.goto("/patients/")
    page.get_by_role("row", name=re.compile("1004")).get_by_role("link").first.click()
    return re.sub(r"(/patients/\d+/).*", r"\1", page.url)


def test_a_patient_reports_an_effect_and_an_urgent_tick_shows_the_number(phone):
    page = phone.page
    page.goto("/report-effect/")
    phone.seen("report-effect")
    number = page.locator(".if-urgent").get_by_role("link", name=re.compile("Call"))
    expect(number).to_be_hidden()
    page.get_by_label("Pain in the chest").check()
    expect(number).to_be_visible()
    page.get_by_label("Pain in the chest").uncheck()
    page.get_by_label("Feeling sick").check()
    page.get_by_label("What happened, in your own words?").fill("Sick all evening.")
    page.get_by_role("button", name="Send it to my clinic").click()
    expect(page.get_by_text("waits for your clinic to read it")).to_be_visible()


def test_a_clinician_judges_it_and_prints_the_report(clara, relieved, phone):
    page = clara.page
    page.goto(f"{relieved}events/")
    clara.seen("events")
    page.get_by_role("link", name="Nausea").click()
    page.get_by_role("link", name="Assess or change").click()
    page.get_by_label("no", exact=True).check()
    page.get_by_label("probable:").check()
    page.get_by_label("Why this judgement").fill("Known of ketamine.")
    page.get_by_label("Why it is changed").fill("Assessed.")
    clara.seen("event-form")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("To do:")).to_have_count(0)
    clara.seen("event")
    page.get_by_role("link", name="Report to print").click()
    clara.seen("event-report")


def test_a_letter_takes_one_page_and_goes_to_the_patient_as_well(clara, relieved, phone):
    page = clara.page
    page.goto(f"{relieved}letters/")
    clara.seen("letters")
    page.get_by_role("link", name="Write to the GP").click()
    expect(page.get_by_label(re.compile("Name of the GP"))).to_have_value("Dr Marit Vos")
    page.get_by_label("Your remarks").fill("A longer remark than most. " * 29)
    clara.seen("letter-form")
    page.get_by_role("button", name="Keep the draft and see it").click()
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_label("I have read this letter, it is about this patient, and I send it.").check()
    page.get_by_label("Your password, once more").fill(clara.served.password)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("The letter is signed.")).to_be_visible()
    clara.seen("letter")
    assert len(A_PAGE.findall(page.pdf(prefer_css_page_size=True))) == 1
    file = clara.context.request.get(f"{page.url}letter.pdf")
    assert file.headers["content-type"] == "application/pdf"
    page.get_by_role("button", name="Show it to the patient").click()
    expect(page.get_by_text("The patient can see this letter.")).to_be_visible()
    mine = phone.page
    mine.goto("/my-letters/")
    mine.get_by_role("link", name=re.compile("Letter of")).first.click()
    expect(mine.get_by_role("heading", name="In short")).to_be_visible()
    phone.seen("own-letter")
