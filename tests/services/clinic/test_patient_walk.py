"""The first hour of a patient, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Response, expect

SOON = 60_000
"""Longer than any answer of the worker takes, on a machine that is busy [ms]."""

WEIGHT_KB = 60


@pytest.fixture(scope="module")
def clara(walk):
    return walk("clara")


@pytest.fixture(scope="module")
def relieved(clara):
    """Give the address of a patient whose course is over, and the login."""
    page = clara.page
    page.goto("/patients/")
    row = page.get_by_role("row", name=re.compile("1004"))
    row.get_by_role("link").first.click()
    return re.sub(r"(/patients/\d+/).*", r"\1", page.url), "patient5"


@pytest.fixture(scope="module")
def phone(walk, relieved):
    return walk(relieved[1], width="phone")


def test_step_1_a_link_opens_an_account_without_an_app_store(walk, clara):
    page = clara.page
    page.goto("/patients/new/")
    page.locator("input[name=name]").fill("ليلى نور")
    page.locator("input[name=born]").fill("1990-01-09")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/patients/\d+/"))
    page.goto(f"{page.url}invite/")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("code").inner_text()
    guest = walk(width="phone")
    guest.page.goto(link)
    guest.seen("join")
    guest.page.locator("input[name=username]").fill("layla.n")
    guest.page.locator("input[name=password]").fill("three quiet rivers")
    guest.page.locator("input[name=again]").fill("three quiet rivers")
    guest.page.get_by_role("button", name="Make the account").click()
    expect(guest.page.get_by_role("heading", name="How is your pain now?")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    clara.faults.clear()  # the browser says of the page of a used link that it is gone: 410


def test_step_2_one_tap_is_an_entry_that_can_be_changed_and_taken_out(phone):
    page = phone.page
    page.goto("/diary/")
    phone.seen("diary")
    loaded: list[Response] = []

    def note(answer: Response) -> None:
        loaded.append(answer)

    page.on("response", note)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    assert sum(len(answer.body()) for answer in loaded) < WEIGHT_KB * 1024
    assert not page.locator("input:checked").count()
    page.get_by_role("button", name="6 of 10").click()
    expect(page.get_by_role("heading", name=re.compile("Pain 6"))).to_be_visible()
    phone.seen("diary-entry")
    page.locator("details summary", has_text="Change the number").click()
    page.locator("label.score", has_text="5").first.click()
    page.get_by_role("button", name="Keep this too").click()
    page.goto("/diary/")
    expect(page.get_by_role("link", name="pain 5").first).to_be_visible()
    page.get_by_role("link", name="pain 5").first.click()
    page.get_by_role("button", name="Take this entry out").click()
    expect(page.get_by_role("heading", name="How is your pain now?")).to_be_visible()


def test_step_3_a_forecast_is_seen_once_it_is_released_and_not_before(phone, clara, relieved):
    page, staff = phone.page, clara.page
    page.goto("/relief/")
    expect(page.get_by_text("has not shared a forecast")).to_be_visible()
    staff.goto(f"{relieved[0]}forecast/")
    expect(staff.get_by_text("Chance that relief still holds")).to_be_visible(timeout=SOON)
    staff.get_by_role("button", name="Show this forecast to the patient").click()
    page.goto("/relief/")
    expect(page.get_by_text("has not shared a forecast")).to_have_count(0)
    expect(page.locator("svg").first).to_be_visible()
    phone.seen("my-relief")


def test_step_4_a_reminder_goes_into_the_own_calendar(phone):
    page = phone.page
    page.goto("/reminders/")
    phone.seen("reminder")
    with page.expect_download() as file:
        page.get_by_role("button", name="Get the reminder").click()
    assert file.value.suggested_filename == "reminder.ics"


def test_step_5_an_urgent_sign_shows_the_number_at_once(phone):
    page = phone.page
    page.goto("/diary/")
    page.get_by_role("button", name="7 of 10").click()
    urgent = page.locator(".if-urgent")
    expect(urgent).to_be_hidden()
    page.locator("label.cannot-wait").first.click()
    expect(urgent).to_be_visible()
    expect(urgent.get_by_role("link", name=re.compile("112")).first).to_be_visible()
    phone.seen("diary-urgent")
    page.get_by_role("button", name="Keep this too").click()
    expect(page.get_by_role("heading", name="Please call us now")).to_be_visible()


def test_step_8_the_plan_says_what_comes_next_and_how_to_get_ready(phone):
    page = phone.page
    page.get_by_role("link", name="My plan").click()
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible()
    for words in ("stop eating and drinking", "do not drive", "Call at once"):
        expect(page.get_by_text(words).first).to_be_visible()
    phone.seen("my-plan")


def test_an_entry_reaches_the_forecast_on_the_screen_of_the_clinic(phone, clara, relieved):
    staff = clara.page
    staff.goto(f"{relieved[0]}forecast/")
    expect(staff.get_by_text("Chance that relief still holds")).to_be_visible(timeout=SOON)
    made_from = staff.get_by_text(re.compile("inputs [0-9a-f]{12}")).first.inner_text()
    phone.page.goto("/diary/")
    phone.page.get_by_role("button", name="3 of 10").click()
    expect(phone.page.get_by_role("heading", name=re.compile("Pain 3"))).to_be_visible()
    # The page that is open may be about to open itself again: another is opened beside it.
    beside = clara.context.new_page()
    beside.goto(f"{relieved[0]}forecast/")
    expect(beside.get_by_text(made_from)).to_have_count(0, timeout=SOON)
    expect(beside.get_by_text(re.compile("inputs [0-9a-f]{12}")).first).to_be_visible(timeout=SOON)
