"""The work-list in a browser: an urgent entry on a phone is on the list within seconds, is taken,
and is closed with a word on what was done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

WITHIN_MS = 60_000
"""Far longer than a tick takes, for machines that are busy."""


@pytest.fixture(scope="module")
def nurse(walk):
    return walk("nils")


@pytest.fixture(scope="module")
def patient(walk):
    return walk("patient4", width="phone")


def test_the_list_is_where_a_nurse_begins_and_has_no_hurdle(nurse):
    page = nurse.page
    expect(page).to_have_url(re.compile("/worklist/$"))
    expect(page.get_by_role("heading", name="Now")).to_be_visible()
    nurse.seen("work-list")


def test_an_urgent_entry_is_on_the_list_within_seconds(nurse, patient):
    page = patient.page
    page.goto("/diary/")
    page.get_by_role("button", name="8 of 10").click()
    page.get_by_label("Pain in the chest").check()
    page.get_by_role("button", name="Keep this too").click()
    expect(page.get_by_role("heading", name="Please call us now")).to_be_visible()
    work = nurse.page
    rows = work.locator(".work", has_text="Pain in the chest")
    before = rows.count()
    assert before <= 1
    for _try in range(WITHIN_MS // 1000):
        work.goto("/worklist/?kind=urgent")
        if rows.count() == 2:
            break
        work.wait_for_timeout(1000)
    expect(rows).to_have_count(2)


def test_it_is_taken_and_closed_with_a_word_on_what_was_done(nurse):
    page = nurse.page
    page.goto("/worklist/?kind=urgent")
    count = page.locator(".work").count()
    page.locator(".work").last.get_by_role("button", name="Mine").click()
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    page.locator(".work").last.get_by_role("link", name="Done, or put off").click()
    nurse.seen("work-item")
    page.get_by_label("Because").fill("Called; the heart was checked.")
    page.get_by_role("button", name="Done").click()
    expect(page).to_have_url(re.compile(r"/worklist/\?kind=urgent"))
    expect(page.locator(".work")).to_have_count(count - 1)
    page.goto("/worklist/?state=done")
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    nurse.seen("work-done")
