"""Watching in the long run: a result in the wrong unit, a rising test, and what a patient reads."""

from __future__ import annotations


def test_a_clinician_enters_results_and_deals_with_a_rising_liver_test(walk):
    clara = walk("clara")
    page = clara.page
    page.goto("/patients/")
    # In the demo ALT rises in whoever is maintained: the seventh of the stories.
    page.goto("/patients/7/tests/")
    page.get_by_role("heading", name="Tests and what is watched").wait_for()
    clara.seen("tests-table")
    rising = page.get_by_role("article").filter(has_text="rose from result to result")
    rising.get_by_label("What was decided").fill("Repeat in a week; no higher dose.")
    rising.get_by_role("button", name="I dealt with it").click()
    page.get_by_text("It comes back only with a later finding").wait_for()
    page.get_by_role("link", name="Enter results").click()
    page.get_by_label("Paste results, one line each").fill("ALT 0.5 U/L (10-40)\nGGT <5 U/L")
    page.get_by_role("button", name="Show as a grid").click()
    page.get_by_text("0.5 is usual in µkat/L").wait_for()
    clara.seen("tests-grid")
    page.get_by_label("Unit, row 1").fill("µkat/L")
    page.get_by_label("Lower limit of the laboratory, row 1").fill("")
    page.get_by_label("Upper limit of the laboratory, row 1").fill("0.7")
    page.get_by_label("Day taken, for every row without one").fill("2026-11-01")
    page.get_by_role("button", name="Keep these results").click()
    page.get_by_text("2 results kept.").wait_for()
    page.get_by_text("0.5 µkat/L").first.wait_for(state="attached")


def test_a_patient_reads_what_is_due_and_whom_to_call(walk):
    pia = walk("patient7", width="phone")
    pia.page.goto("/my-tests/")
    pia.page.get_by_role("heading", name="Watch your bladder").wait_for()
    pia.seen("my-tests")
    assert pia.page.get_by_role("link", name="Call 112").count() == 2
