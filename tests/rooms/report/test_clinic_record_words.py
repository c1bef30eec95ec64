"""How forecasts for many people came true, and nothing about any one of them."""

from __future__ import annotations

from respite.forecasting import LeadRow, Measures, PersonScore, TrackRecord, over_persons
from respite.report import clinic_record_words


def person(name, held):
    told = Measures(
        comparisons=20, coverage50=held - 0.3, coverage80=held, coverage95=held + 0.1, crps=1.0,
        bias=0.5, pit=(0.1,) * 10,
    )  # fmt: skip
    row = LeadRow(lead="all", forecasts=3, scores=20, measures=told, beside=None)
    return PersonScore(
        name=name, forecasts=3, last_digest="d", rows=(row,), pain_return=(),
        left_out=dict.fromkeys(
            ("known", "missing", "before_first_dose", "other_plan", "beyond", "undated"), 0
        ),
        order_checked=True, plan_checked=True,
    )  # fmt: skip


def words(*held):
    persons = tuple(person(f"person {n}", one) for n, one in enumerate(held))
    return clinic_record_words(TrackRecord(persons=persons, over_persons=over_persons(persons)))


def test_a_band_that_is_too_narrow_is_said_to_be():
    told = words(0.4, 0.42, 0.45, 0.38, 0.41, 0.43)
    assert "The 80% band held 42%: it was too narrow." in told["verdicts"]
    assert told["persons"] == 6


def test_a_band_that_holds_is_not_praised():
    told = words(0.7, 0.9, 0.85, 0.75, 0.8, 0.82)
    assert "The 80% band held 80%: nothing says that it is off." in told["verdicts"]


def test_few_persons_are_said_to_be_few():
    (only,) = words(0.9, 0.8)["verdicts"]
    assert "too few" in only


def test_nobody_is_named_and_nothing_is_nothing():
    assert "person 1" not in str(words(0.7, 0.9, 0.85))
    none = words()
    assert none["persons"] == 0
    assert none["tables"] == ()
    assert "No score has been written yet" in none["headline"][0]
