"""What trials say together: the same in sentences, tables, pages and pictures."""

from dataclasses import replace

import pytest

from respite.evidence import pool
from respite.report import pool as ask
from respite.report.forest_figure import forest_picture
from respite.report.html import pool_page
from respite.report.layout import Page
from respite.report.pooling_sentences import headline, notes
from respite.report.pooling_tables import pool_rows, pool_tables, trials_table
from respite.report.pooling_text import pool_text

MEANS, COUNTS = pool(at="14d"), pool("responders", at="7d")


@pytest.fixture(params=[MEANS, COUNTS], ids=["means", "counts"])
def answer(request):
    return request.param


def test_lines_stay_within_the_width(answer):
    assert max(map(len, pool_text(answer, page=Page()).splitlines())) <= 88


def test_a_row_that_was_made_up_for_has_a_star_and_a_note():
    (row,) = trials_table(MEANS).rows
    assert row[0].endswith("*")
    assert any(line.startswith("* sigtermans2009") for line in notes(MEANS))


def test_every_trial_of_the_pool_is_in_the_figure_and_its_table(answer):
    picture = forest_picture(answer)
    names = " ".join(row[0] for row in picture.table.rows)
    assert all(row.study in names for row in answer.rows)
    assert picture.png.startswith(b"\x89PNG")
    assert headline(answer)[0] in picture.alt


def test_the_picture_is_the_same_every_time(answer):
    assert forest_picture(answer).png == forest_picture(answer).png


def test_a_single_trial_has_no_diamond():
    names = [row[0] for row in forest_picture(MEANS).table.rows]
    assert "pooled" not in names
    assert "pooled" in [row[0] for row in forest_picture(COUNTS).table.rows]


def test_a_page_says_what_the_text_says(answer):
    page = pool_page(answer, pictures=(forest_picture(answer),))
    assert headline(answer)[1].replace("'", "&#39;") in page
    for table in pool_tables(answer):
        assert table.caption in page


def test_the_rows_hold_every_line_with_the_same_columns(answer):
    rows = pool_rows(answer)
    assert len({tuple(row) for row in rows}) == 1
    assert sum(row["line"] == "trial" for row in rows) == answer.k


def test_a_notebook_draws_the_answer():
    assert "Forest plot" in ask(at="7d", condition="crps")._repr_html_()


def test_an_effect_on_the_side_of_placebo_is_said_as_loudly():
    turned = replace(MEANS, estimate=1.2, interval95=(0.4, 2.0))
    assert "The interval lies on the side of placebo." in headline(turned)
