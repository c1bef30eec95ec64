"""What studies saw: rows, a user's own table, and the questions asked of them."""

from contextlib import suppress
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import RespiteError
from respite.evidence import TrialsNotUnderstood, find_trials, read_own_trials, trial_rows
from respite.literature import load_library

HEAD = "study,condition,arm,part,regimen,n,measure,time_days,value,sd,se,count,of,threshold"
LINE = "ours,crps,drug,ketamine,ketamine 40 mg iv over 1 h,20,mean_pain,7,4.5,2,,,,"
CELLS = st.sampled_from(
    ["ours", "crps", "ketamine", "placebo iv", "20", "0", "-1", "mean_pain", "responders", "1e9",
     "2 points", "30 %", "", "nan", "ketamine 40 mg iv", "é;", '"', "comparator"]
)  # fmt: skip


def test_every_figure_of_the_library_becomes_one_row():
    library = load_library()
    figures = sum(
        len(study.contrasts) + sum(len(arm.outcomes) for arm in study.arms)
        for study in library.studies.values()
    )
    rows = trial_rows(library)
    assert len(rows) == figures
    assert all(row.unit != "%" and (row.days is None or row.days >= 0) for row in rows)


def test_rows_choose_by_condition_and_by_study():
    library = load_library()
    assert {row.condition for row in trial_rows(library, "cancer")} == {"cancer"}
    assert {row.study for row in trial_rows(library, studies=["kim2015"])} == {"kim2015"}


def test_a_time_after_the_last_dose_counts_from_the_first_by_the_regimen():
    rows = trial_rows(load_library(), studies=["kim2015"])
    # Three hours of infusion, the last begun 96 hours after the first; then 14 days.
    assert all(row.days == pytest.approx((97 + 14 * 24) / 24) for row in rows)


def test_errors_follow_from_what_is_printed():
    rows = trial_rows(load_library(), studies=["sigtermans2009", "hardy2012"])
    week = next(row for row in rows if row.study == "sigtermans2009" and row.value == 2.68)
    assert week.sd == pytest.approx(0.51 * sqrt(30))
    share = next(row for row in rows if row.count == 29)
    assert share.value == 29 / 93
    assert share.se == pytest.approx(sqrt(29 / 93 * 64 / 93 / 93))


def test_nobody_of_a_few_people_has_no_error_of_zero():
    rows = trial_rows(load_library(), studies=["kiefer2008pilot"])
    assert [(row.value, row.se) for row in rows] == [(0, None)]


def test_an_own_table_reads_alike_with_either_separator_and_a_byte_order_mark(tmp_path):
    place = tmp_path / "mine.csv"
    place.write_bytes(b"\xef\xbb\xbf" + f"{HEAD}\n{LINE}\n".replace(",", ";").encode())
    (row,) = read_own_trials(place)
    assert (row,) == read_own_trials(f"{HEAD}\n{LINE}\n")
    assert (row.value, row.sd, row.status) == (4.5, 2, "own")
    assert row.se == pytest.approx(2 / sqrt(20))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ketamine 40 mg iv over 1 h", "", ('"drug" has no regimen', "Line 2")),
        ("ketamine 40 mg iv over 1 h", "ketamine lots", ('"drug" cannot be read', "Line 2")),
        ("crps", "crsp", ('did you mean "crps"',)),
        ("mean_pain", "mean_pian", ('did you mean "mean_pain"',)),
        ("4.5", "45", ("out of reach", "value")),
        ("4.5,2,", ",2,", ("nothing is written",)),
        (",20,", ",0,", ("number of people",)),
        (",7,", ",20240101,", ("time_days",)),
    ],
)
def test_a_line_that_leaves_a_doubt_is_refused_in_words(old, new, words):
    with pytest.raises(TrialsNotUnderstood) as refused:
        read_own_trials(f"{HEAD}\n{LINE.replace(old, new, 1)}\n")
    assert all(word in str(refused.value) for word in words), str(refused.value)


@given(st.lists(st.lists(CELLS, min_size=14, max_size=14), min_size=1, max_size=3))
def test_any_table_is_read_or_refused_in_words(lines):
    text = "\n".join([HEAD, *(",".join(line) for line in lines)])
    with suppress(RespiteError):
        read_own_trials(text)


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text):
    with suppress(RespiteError):
        read_own_trials(f"{HEAD}\n{text}")


def test_a_question_counts_and_names_what_is_left_out():
    answer = find_trials(condition="crps")
    data = answer.to_dict()
    assert data["schema"] == "respite.trials/1"
    assert any("schwartzman2009" in entry["studies"] for entry in data["left_out"])
    assert {row.kind for row in find_trials(kind="against_placebo").rows} == {"randomised_placebo"}
    assert len(find_trials(trials=f"{HEAD}\n{LINE}\n").rows) == len(find_trials().rows) + 1


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ({"condition": "crsp"}, "crps"),
        ({"study": "noppers"}, "noppers2011"),
        ({"kind": "x"}, "--kind"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(asked, near):
    with pytest.raises(RespiteError, match=near):
        find_trials(**asked)
