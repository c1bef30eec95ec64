"""A person who takes other medicines asks what to expect, and reads on what it rests."""

from __future__ import annotations

import json

QUESTION = ("--regimen", "esketamine 20 mg iv over 40 min", "--weight", "70", "--age", "45")


def test_what_a_medicine_does_is_read_at_the_terminal(typed):
    ended = typed("simulate", *QUESTION, "--medicine", "clarithromycin", "--patients", "50")
    assert ended.status == 0
    said = " ".join(ended.out.split())
    assert "clarithromycin, as measured: exposure ×2.6 by mouth in 10 people" in said
    assert "The model expects ×1.39 of ketamine into a vein" in said


def test_a_forecast_names_what_it_could_not_take_into_account(typed):
    ended = typed(
        "forecast", *QUESTION, "--condition", "crps", "--medicine", "amitriptyline",
        "--medicine", "rifampin", "--draws", "100", "--horizon", "20", "--format", "json",
    )  # fmt: skip
    assert ended.status == 0
    told = [line for line in json.loads(ended.out)["scope"] if line["fact"] == "medicine"]
    assert [line["status"] for line in told] == ["inside", "unknown"]
    assert told[0]["message"].startswith("rifampicin, as measured: exposure ×0.14 by mouth")
    assert told[1]["message"].startswith("amitriptyline: nothing")
