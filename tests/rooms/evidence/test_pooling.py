"""What is pooled, what is not, and what the answer says of it."""

import json
from dataclasses import replace

import pytest

from respite.domain import RespiteError
from respite.evidence import certainty, pool
from respite.evidence.trials.rows import trial_rows
from respite.literature import load_library

LIBRARY = load_library()
SEEN = [
    row
    for row in trial_rows(LIBRARY, studies=["sigtermans2009"])
    if row.measure == "mean_pain" and not row.against
]


def _trial(name, ketamine, placebo, **changed):
    """Give the rows of a made-up trial: means before treatment and on day 12, SD 2, 25 a group."""
    made = {"study": name, "se": None, "sd": 2.0, "n": 25, "spread_status": "published"}
    day = changed.pop("day", 12.0)
    means = {"ketamine": ketamine, "placebo": placebo}
    return [
        replace(row, value=7.0, days=0.0, **made | changed)
        if row.days == 0
        else replace(row, value=means[row.part], days=day, **made | changed)
        for row in SEEN
    ]


FOUR = [*_trial("a", 4, 5), *_trial("b", 5.2, 5), *_trial("c", 3.5, 5.9)]


def test_one_trial_is_shown_as_it_is_and_predicts_nothing():
    found = pool(at="7d", condition="crps")
    assert (found.k, found.tau, found.prediction95, found.restricted) == (1, None, None, None)
    assert found.estimate == pytest.approx(2.68 - 5.45)
    assert found.prediction_because is not None
    assert "single trial" in found.prediction_because
    assert found.rows[0].imputed
    assert found.certainty["grade"] == "low"


def test_cohorts_are_never_mixed_in_and_every_trial_left_out_says_why():
    found = pool(at="14d")
    left = {one.study: one for one in found.left_out}
    assert not left["corriger2022"].randomised
    assert left["fallon2018"].randomised
    assert "No difference" in left["fallon2018"].because
    assert "42 days" in left["gewandter2014"].because
    assert not set(left) & {row.study for row in found.rows}


def test_trials_of_ones_own_are_added_and_predict():
    found = pool(at="14d", trials=FOUR)
    assert found.k == 4
    assert found.prediction95 is not None
    assert found.restricted is not None
    assert found.prediction95[0] < found.interval95[0]
    assert found.prediction95[1] > 0 > found.estimate
    assert found.restricted.prediction95 is not None
    assert sum(row.weight for row in found.rows) == pytest.approx(1)


def test_two_trials_predict_nothing():
    found = pool(at="14d", trials=_trial("a", 4, 5))
    assert (found.k, found.prediction95) == (2, None)
    assert found.tau is not None


def test_an_uncontrolled_trial_of_ones_own_stays_out():
    found = pool(at="14d", trials=_trial("mine", 1, 9, kind="cohort"))
    assert {one.study: one.randomised for one in found.left_out}["mine"] is False


def test_a_spread_that_nobody_printed_is_made_up_for_and_marked():
    rows = [row if row.days == 0 else replace(row, sd=None) for row in _trial("a", 4, 5)]
    (mine,) = [row for row in pool(at="14d", trials=rows).rows if row.study == "a"]
    assert "before treatment" in mine.imputed[0]
    assert mine.standard_error == pytest.approx((2 * 2.0**2 / 25) ** 0.5)
    bare = [replace(row, sd=None) for row in rows]
    found = pool(at="14d", trials=bare)
    (mine,) = [row for row in found.rows if row.study == "a"]
    assert "assumed" in mine.imputed[0]
    assert mine.standard_error is not None
    assert mine.standard_error > (2 * 2.2**2 / 25) ** 0.5
    assert any("spread of pain scores" in line for line in found.assumed)


def test_without_people_there_is_no_error_and_the_trial_says_so():
    rows = [replace(row, sd=None, n=None) for row in _trial("a", 4, 5)]
    left = {one.study: one.because for one in pool(at="14d", trials=rows).left_out}
    assert "numbers of people" in left["a"]


def test_people_who_were_given_both_are_alike():
    (both,) = [
        r for r in pool(at="14d", trials=_trial("x", 4, 5, crossover=True)).rows if r.study == "x"
    ]
    (apart,) = [r for r in pool(at="14d", trials=_trial("x", 4, 5)).rows if r.study == "x"]
    assert apart.standard_error is not None
    assert both.standard_error == pytest.approx(apart.standard_error / 2**0.5)
    assert any("likeness" in words for words in both.imputed)


def test_falls_of_pain_count_with_their_sign_turned():
    rows = [replace(row, measure="mean_fall") for row in _trial("a", 3, 1) if row.days != 0]
    (mine,) = [row for row in pool(at="14d", trials=rows).rows if row.study == "a"]
    assert mine.effect == pytest.approx(-2)
    assert "from falls of pain" in mine.notes


def test_a_difference_with_a_p_is_pooled_by_its_p():
    found = pool(at="42d")
    (row,) = found.rows
    assert row.study == "gewandter2014"
    assert row.effect == pytest.approx(-0.17)
    assert "P = 0.363" in row.imputed[0]


def test_the_nearest_time_within_the_window_is_taken():
    rows = [*_trial("a", 4, 5, day=8), *_trial("a", 3, 5, day=15)]
    rows = list(dict.fromkeys(rows))
    (mine,) = [row for row in pool(at="14d", trials=rows).rows if row.study == "a"]
    assert (mine.days, mine.effect) == (15, pytest.approx(-2))


def test_responders_are_pooled_with_an_empty_cell():
    found = pool("responders", at="7d")
    studies = {row.study: row for row in found.rows}
    assert set(studies) == {"hardy2012", "noppers2011"}
    assert any("empty cell" in note for note in studies["noppers2011"].notes)
    assert found.interval95[0] < 1 < found.interval95[1]
    assert found.risk_ratio is not None
    assert found.risk_ratio.estimate == pytest.approx(1.23, abs=0.01)
    assert found.peto_odds_ratio is not None


def test_published_syntheses_stand_beside_and_are_not_pooled():
    found = pool(at="14d")
    beside = {(one.study, one.days): one for one in found.published}
    assert beside["michelet2018", 14].estimate == -1.66
    assert beside["michelet2018", 14].interval95 == (-2.96, -0.36)
    assert beside["orhurhu2019", 14].estimate == -1.83
    assert not {one.study for one in found.published} & {row.study for row in found.rows}
    weeks = {(one.study, one.days): one for one in pool(at="28d").published}
    assert weeks["mcmaster2024", 28].estimate == pytest.approx(-0.99)
    assert weeks["michelet2018", 28].interval95 == (-2.33, 0.09)
    assert pool("responders", at="5d", condition="cancer").published == ()


def test_the_same_question_has_the_same_answer():
    assert pool(at="14d", trials=FOUR).to_dict() == pool(at="14d", trials=FOUR).to_dict()


@pytest.mark.parametrize("asked", [{"at": "7d"}, {"at": "14d", "trials": FOUR},
                                   {"measure": "responders", "at": "7d"}])  # fmt: skip
def test_the_plain_form_is_plain(asked):
    told = json.loads(json.dumps(pool(**asked).to_dict()))
    assert told["schema"] == "respite.pool/1"
    assert told["k"] == len(told["rows"])
    assert told["left_out"]["count"] == len(told["left_out"]["studies"])
    assert {"estimate", "interval95", "prediction95", "tau", "certainty"} <= set(told)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"at": "300d"}, "7 days and 42 days"),
        ({"condition": "crp"}, "--condition crps"),
        ({"measure": "mean pain"}, "--measure mean_pain"),
        ({"at": "0d"}, "--at 14d"),
        ({"at": "soon"}, "0.25h"),
        ({"condition": "migraine"}, "respite evidence trials"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_what_can(asked, word):
    with pytest.raises(RespiteError) as caught:
        pool(**asked)
    assert word in str(caught.value)


def test_trials_in_which_nobody_responded_say_nothing_together():
    rows = [
        replace(row, study="none", measure="responders", condition="migraine", value=0.0,
                unit="share", count=0, of=10, threshold="50 %", days=14.0)
        for row in SEEN if row.days
    ]  # fmt: skip
    with pytest.raises(RespiteError, match="Nobody or everybody"):
        pool("responders", condition="migraine", trials=rows)


def test_certainty_is_listed_by_condition():
    everywhere, cancer = certainty(), certainty("cancer")
    assert len(everywhere) == len(LIBRARY.claims)
    assert cancer[0].conditions == ("cancer",)
    with pytest.raises(RespiteError, match="cancer"):
        certainty("cancr")
