"""A researcher reads the clinic's numbers and takes records; a patient decides and takes theirs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

SOON = 90_000
"""Longer than the worker takes, on a machine that is busy [ms]."""


def fetched(page, button) -> dict[str, bytes]:
    """Fetch a file by a button, and give what is in it."""
    with page.expect_download(timeout=SOON) as one:
        page.get_by_role("button", name=button).click()
    with zipfile.ZipFile(one.value.path()) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def remi(walk):
    return walk("remi")


def test_a_clinician_sees_the_curve_and_who_is_missing(walk):
    one = walk("clara")
    one.page.goto("/numbers/")
    expect(one.page.locator("svg.broad .band")).to_be_visible(timeout=SOON)
    expect(one.page.get_by_text("Who could be assessed")).to_be_visible()
    one.seen("numbers-clinician")


def test_a_researcher_begins_with_numbers_and_sees_no_curve(remi):
    remi.page.goto("/")
    expect(remi.page).to_have_url(re.compile("/numbers/$"))
    expect(remi.page.get_by_text("Counts of fewer than 5 people are not shown.")).to_be_visible()
    expect(remi.page.locator("svg.picture")).to_have_count(0)
    remi.seen("numbers-researcher")


def test_a_researcher_takes_records_without_names(remi):
    page = remi.page
    page.get_by_role("main").get_by_role("link", name="Records for research").click()
    page.locator("input[name=password]").fill(remi.served.password)
    page.get_by_role("button", name="Write the file").click()
    expect(page.get_by_role("button", name="Fetch the file")).to_be_visible(timeout=SOON)
    remi.seen("numbers-export-ready")
    files = fetched(page, "Fetch the file")
    people = list(csv.DictReader(io.StringIO(files["patients.csv"].decode("utf-8-sig"))))
    assert len(people) >= 5
    assert b"Ekholm" not in b"".join(files.values())
    assert page.goto(page.url).status == 410
    remi.faults = [fault for fault in remi.faults if "410" not in fault]


def test_a_patient_agrees_takes_the_record_and_sees_who_looked(walk):
    one = walk("patient5", width="phone")
    page = one.page
    page.goto("/my-data/")
    page.get_by_role("button", name="I agree to research").click()
    expect(page.get_by_text("You agreed to research.", exact=True)).to_be_visible()
    one.seen("my-data")
    page.locator("input[name=password]").fill(one.served.password)
    files = fetched(page, "Get my data")
    told = json.loads(files["record.json"])
    assert len(told["tables"]["patients.patientrecord"]) == 1
    page.goto("/my-data/")
    expect(page.get_by_text("took a copy of the whole record")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name="I agree to research")).to_be_visible()


def test_an_administrator_has_all_of_it_written(walk):
    one = walk("ada")
    page = one.page
    page.goto("/")
    page.get_by_role("link", name="Export").click()
    one.seen("export-clinic")
    page.locator("input[name=password]").fill(one.served.password)
    page.get_by_role("button", name="Write the file").click()
    expect(page.get_by_role("button", name="Fetch the file")).to_be_visible(timeout=SOON)
    told = json.loads(fetched(page, "Fetch the file")["record.json"])
    assert len(told["tables"]["patients.patientrecord"]) >= 12
