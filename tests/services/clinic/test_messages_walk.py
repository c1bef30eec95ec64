"""A message there and back, and a reminder by e-mail, on a phone and at a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

ASKED = "May I swim on the day after?"
SOON_MS = 20_000


@pytest.fixture(scope="module")
def phone(walk):
    return walk("patient6", width="phone")


@pytest.fixture(scope="module")
def nora(walk):
    return walk("nora")


@pytest.fixture(scope="module")
def thread(nora):
    """Give the address of the thread of the patient at the phone."""
    page = nora.page
    page.goto("/patients/")
    page.get_by_role("row", name=re.compile("1005")).get_by_role("link").first.click()
    return re.sub(r"(/patients/\d+/).*", r"\1messages/", page.url)


def test_a_patient_writes_and_is_told_by_when_and_whom_to_call(phone):
    page = phone.page
    page.goto("/messages/")
    expect(page.get_by_role("link", name="Call 112").first).to_be_visible()
    page.get_by_label("Your message").fill(ASKED)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(re.compile("Sent. We answer by .*day"))).to_be_visible()
    phone.seen("messages-mine")


def test_the_clinic_reads_and_answers_and_the_patient_sees_both(phone, nora, thread):
    page = nora.page
    page.goto(thread)
    expect(page.get_by_text(ASKED)).to_be_visible()
    nora.seen("messages-thread")
    page.get_by_label("Your message").fill("Yes, but not alone.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The patient has not read this yet").first).to_be_visible()
    phone.page.goto("/diary/")
    expect(phone.page.locator(".unread")).to_be_visible()
    phone.page.get_by_role("link", name=re.compile("Messages")).click()
    expect(phone.page.get_by_text("Yes, but not alone.")).to_be_visible()
    expect(phone.page.get_by_text(re.compile("Read by Nora Feld")).first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Read by the patient").first).to_be_visible()


def test_an_address_is_confirmed_by_the_code_that_came(phone, served):
    page = phone.page
    page.goto("/reminders/")
    if page.get_by_role("button", name="Remove my address").count():
        page.get_by_role("button", name="Remove my address").click()
    page.get_by_label("Your e-mail address").first.fill("somebody@demo.invalid")
    page.get_by_role("button", name="Send me a code").first.click()
    expect(page.get_by_label("The code")).to_be_visible()
    phone.seen("reminders-code")
    page.get_by_label("The code").fill(_code(phone, served))
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_text("confirmed", exact=True)).to_be_visible()
    page.get_by_label("One reminder a day").select_option("20:00")
    page.get_by_role("button", name="Keep").click()
    phone.seen("reminders")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused until")).to_be_visible()


def _code(phone, served) -> str:
    """Read the last code off the files that a demo writes in place of e-mails."""
    outbox = Path(served.environment["RESPITE_CLINIC_HOME"]) / "outbox"
    for _look in range(SOON_MS // 500):
        for file in sorted(outbox.glob("*.log"), reverse=True):
            found = re.search(r"Your code is (\d{4} \d{4})", file.read_text("utf-8"))
            if found:
                return found[1]
        phone.page.wait_for_timeout(500)
    raise AssertionError("no code came")


def test_a_call_is_written_down(nora, thread):
    page = nora.page
    page.goto(thread)
    page.locator("summary", has_text="Write down a call").click()
    page.get_by_label("Reached, all well").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The call is on record.")).to_be_visible()
    nora.seen("messages-call")
