"""Pages and figures: whole, self-contained, and readable without seeing."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest
import sample_answers as answers
import sample_diaries as diaries

from respite.literature import load_library
from respite.population import CORE, Comparison, predict_observation, why_not_covered
from respite.report import draw_comparison
from respite.report.figure_marks import pain_threshold
from respite.report.figures import forecast_pictures, level_picture, pain_picture
from respite.report.folder import write_folder
from respite.report.html import forecast_fragment, forecast_page, simulation_fragment
from respite.report.relief_figure import held

VOID = {"meta", "img", "br", "hr", "link", "input"}
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}"


class Reader(HTMLParser):
    """Reads a page, and holds it to what a browser and a reader need."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pictures():
    return forecast_pictures(answers.forecast(), {"published": 41, "assumed": 12})


@pytest.fixture(scope="module")
def page(pictures):
    return forecast_page(answers.forecast(), pictures=pictures, citations=["Doe J (2099)."])


def test_a_page_is_well_formed(page):
    assert Reader(page).open == []


def test_a_page_with_a_diary_is_well_formed_and_shows_what_was_learnt():
    answer = diaries.forecast(learnt=diaries.learnt(beats_placebo=diaries.beats_placebo()))
    drawn = forecast_page(answer, pictures=forecast_pictures(answer, {}))
    assert Reader(drawn).open == []
    for caption in ("What the diary changed", "Scores that moved the answer most", "Course"):
        assert f"<caption>{caption}" in drawn or f">{caption}<" in drawn
    assert [tag for tag, _ in Reader(drawn).tags].count("img") == 4


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Reader(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_image_has_words_and_every_table_its_headings(page):
    tags = Reader(page).tags
    images = [attributes for tag, attributes in tags if tag == "img"]
    assert len(images) == 4
    assert all(len(image["alt"]) > 40 for image in images)
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert [tag for tag, _ in tags].count("caption") == [tag for tag, _ in tags].count("table")


def test_a_page_loads_nothing_from_elsewhere(page):
    for tag, attributes in Reader(page).tags:
        assert tag not in {"script", "link", "iframe", "object"}
        assert (attributes.get("src") or "data:").startswith("data:")
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_names_its_language(page):
    assert dict(Reader(page).tags)["html"] == {"lang": "en"}


def test_hostile_text_is_shown_and_never_run():
    answer = answers.forecast(
        regimen=HOSTILE,
        people=HOSTILE,
        assumed=(HOSTILE,),
        certainty={"grade": HOSTILE, "why": HOSTILE},
        scope=({"fact": "x", "status": "outside", "message": HOSTILE},),
    )
    for drawn in (forecast_page(answer, citations=[HOSTILE]), forecast_fragment(answer)):
        assert "<script" not in drawn
        assert "{{ 7*7 }}" in drawn
        assert Reader(drawn).open == []


def test_figures_are_drawn_with_size_words_and_numbers(pictures):
    assert [picture.name for picture in pictures] == ["pain", "relief", "levels", "sources"]
    for picture in pictures:
        assert picture.png.startswith(b"\x89PNG")
        assert len(picture.png) > 10_000
        assert picture.alt.endswith(".")
        assert picture.table.rows


def test_the_same_answer_gives_the_same_bytes(forecast, monkeypatch):
    first = pain_picture(forecast).png
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert pain_picture(forecast).png == first


def test_figures_can_be_drawn_where_nobody_is_relieved():
    answer = answers.forecast(
        time_to_pain_return=answers.nothing(), drug_only=answers.nothing(), levels=(), doses=()
    )
    assert [picture.name for picture in forecast_pictures(answer, {})] == ["pain", "relief"]


def test_levels_without_a_trough_and_of_nothing_can_be_drawn(simulation):
    flat = answers.level_curve("ketamine", 0.0, 0.3)
    assert level_picture((flat,)).png
    assert level_picture(simulation.curves).table.rows[0][0] == "ketamine, venous"


def test_the_line_of_relief_starts_with_everyone_relieved_at_the_last_dose(forecast):
    shares = held(forecast.time_to_pain_return, 180)
    assert list(shares) == [0, 1, 7, 14, 28, 56, 84, 180]
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert max(held(forecast.time_to_pain_return, 30)) == 30


def test_the_threshold_is_drawn_below_the_pain_it_starts_from():
    assert pain_threshold(7.0, "30%") == pytest.approx(4.9)
    assert pain_threshold(7.0, "2points") == pytest.approx(5.0)


def test_a_notebook_draws_a_fragment(forecast, simulation):
    drawn = forecast_fragment(forecast, pictures=[pain_picture(forecast)])
    assert "<html" not in drawn
    assert Reader(drawn).open == []
    assert Reader(simulation_fragment(simulation)).open == []


def test_files_are_all_written_into_a_new_folder(tmp_path):
    write_folder(tmp_path / "a" / "b", {"one": b"1", "two": b"2"})
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["one", "two"]
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_files_of_others_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "notes").write_text("mine")
    (tmp_path / "one").write_text("old")
    write_folder(tmp_path, {"one": b"new"})
    assert (tmp_path / "notes").read_text() == "mine"
    assert (tmp_path / "one").read_text() == "new"


def test_a_write_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        write_folder(tmp_path / "a" / "b", {"one": b"1", "two": None})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_refused_in_words(tmp_path):
    from respite.domain import FileNotUnderstood

    (tmp_path / "taken").write_text("")
    with pytest.raises(FileNotUnderstood, match="it is a file"):
        write_folder(tmp_path / "taken", {"one": b"1"})


@pytest.mark.thorough
def test_a_picture_of_a_comparison_says_in_words_and_numbers_what_it_shows():
    library = load_library()
    core = library.assembled(CORE)
    rows = [row for study in ("chong2006", "singh2022") for row in library.observed(study)]
    covered = [row for row in rows if not why_not_covered(library, core, row)]
    comparison = Comparison(tuple(predict_observation(library, core, row) for row in covered), ())
    picture = draw_comparison(comparison)
    assert picture.png.startswith(b"\x89PNG")
    assert draw_comparison(comparison).png == picture.png
    assert f"of {len(comparison.predictions)} lie within" in picture.alt
    assert len(picture.table.rows) == len(comparison.predictions)
