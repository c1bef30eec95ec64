"""A dosing history: what is read from a table, and what is refused."""

from datetime import datetime
from pathlib import Path

import pytest

from respite.domain import (
    DoseEvent,
    Drug,
    FileNotUnderstood,
    Form,
    PatientNotUnderstood,
    RegimenNotUnderstood,
    Route,
    Salt,
    read_dosing_history,
    write_dosing_history,
)

HEADER = "start,drug,amount,unit,route,duration_min"
LINE = "2026-03-02T09:00,ketamine,35,mg,iv,40"


def test_doses_are_timed_from_the_first_whatever_their_order() -> None:
    history = read_dosing_history(
        f"{HEADER}\n2026-03-04T10:30,ketamine HCl,0.5,mg/kg,IM,\n{LINE}\n\n"
    )
    first, second = history.events()
    assert history.first_dose_start == datetime(2026, 3, 2, 9)
    assert first.duration_h == pytest.approx(40 / 60)
    assert (second.time_h, second.amount, second.is_per_kg) == (49.5, 0.5, True)
    assert (second.salt, second.route, second.duration_h) == (Salt.HYDROCHLORIDE, Route.IM, 0)
    assert history.last_dose_end_h == 49.5
    assert history.needs_weight


def test_semicolons_byte_order_marks_and_zones_are_read(tmp_path: Path) -> None:
    path = tmp_path / "doses.csv"
    lines = [HEADER, "2026-03-29T01:00+01:00,ketamine,35,mg,iv,0"]
    lines += ["2026-03-29T04:00+02:00,placebo,,,iv,40"]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).replace(",", ";").encode())
    history = read_dosing_history(path)
    assert [event.time_h for event in history.events()] == [0, 2]
    assert history.events()[1].drug is Drug.PLACEBO
    assert read_dosing_history(write_dosing_history(history)) == history
    assert read_dosing_history(str(path)) == history


def test_the_form_of_an_oral_dose_is_read_with_its_route() -> None:
    cells = ["oral", "PO  Solution", "oral cr tablet"]
    lines = [f"2026-03-0{day},ketamine,35,mg,{{}}," for day in (1, 2, 3)]
    lines = [line.replace(",", "T09:00,", 1) for line in lines]
    table = "\n".join(
        [HEADER, *(line.format(cell) for line, cell in zip(lines, cells, strict=True))]
    )
    history = read_dosing_history(f"{table}\n")
    told = [Form.PLAIN, Form.SOLUTION, Form.CONTROLLED_RELEASE]
    assert [event.form for event in history.events()] == told
    written = write_dosing_history(history)
    assert ",oral,0\n" in written
    assert ",oral solution,0\n" in written
    assert ",oral controlled-release,0\n" in written
    assert read_dosing_history(written) == history


REFUSED = [
    ("2026-03-02,ketamine,35,mg,iv,40", "line 2, column start", "add the time"),
    ("02/03/2026 09:00,ketamine,35,mg,iv,40", "column start", "2026-03-02T09:00"),
    ("2026-13-02T09:00,ketamine,35,mg,iv,40", "column start", "2026-13-02"),
    ("0026-03-02T09:00,ketamine,35,mg,iv,40", "column start", "a year"),
    ("2026-03-02T09:00,morphine,35,mg,iv,40", "column drug", "ketamine"),
    ("2026-03-02T09:00,placebo HCl,35,mg,iv,40", "column drug", "placebo"),
    ("2026-03-02T09:00,ketamine,lots,mg,iv,40", 'column amount: "lots"', "a plain number"),
    ("2026-03-02T09:00,ketamine,,mg,iv,40", "column amount", "nothing is written"),
    ("2026-03-02T09:00,ketamine,-35,mg,iv,40", 'column amount: "-35"', "without a sign"),
    ('2026-03-02T09:00,ketamine,"0,5",mg,iv,40', 'column amount: "0,5"', "write 0.5"),
    ("2026-03-02T09:00,ketamine,0,mg,iv,40", "column amount", "remove the line"),
    ("2026-03-02T09:00,ketamine,35000,mg,iv,40", "column amount", "within an hour"),
    ("2026-03-02T09:00,ketamine,35,ml,iv,40", 'column unit: "ml"', "mg, ug, g"),
    ("2026-03-02T09:00,ketamine,35,mg/h,iv,40", 'column unit: "mg/h"', "a rate"),
    ("2026-03-02T09:00,ketamine,35,mg,vein,40", 'column route: "vein"', "one of iv"),
    ("2026-03-02T09:00,ketamine,35,mg,,40", 'column route: ""', "one of iv"),
    ("2026-03-02T09:00,ketamine,35,mg,iv tablet,40", '"iv tablet" is not', 'write "iv"'),
    ("2026-03-02T09:00,ketamine,35,mg,oral tabet,", '"tabet" is not', 'write "oral tablet"'),
    ("2026-03-02T09:00,ketamine,35,mg,oral delayed release,", "a form", "or none"),
    ("2026-03-02T09:00,ketamine,35,mg,iv,", "column duration_min", "0 for a bolus"),
    ("2026-03-02T09:00,ketamine,35,mg,iv,-1", "column duration_min", "-1"),
    (f"{LINE}\n{LINE}", "line 3 repeats line 2", "remove one"),
    (f"{LINE}\n2026-03-02T09:00Z,ketamine,35,mg,im,0", "line 3, column start", "time zone"),
]


@pytest.mark.parametrize(("lines", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_a_doubtful_line_is_told_with_its_column(lines: str, found: str, told: str) -> None:
    with pytest.raises(RegimenNotUnderstood) as refusal:
        read_dosing_history(f"{HEADER}\n{lines}\n")
    assert found.lower() in refusal.value.found.lower()
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n", "no dose"),
        (f"{HEADER}\n", "no dose"),
        ("start,drug,amount\n", "lacks unit"),
        (f"{HEADER},note\n", '"note"'),
        (HEADER.replace("amount", "amuont") + "\n", 'write "amount"'),
        (f"{HEADER},start\n", "twice"),
        (f"{HEADER}\n{LINE},5\n", "7 cells"),
        (f'{HEADER}\n"{LINE}\n', "not a line of a table"),
    ],
    ids=range(8),
)
def test_what_is_no_table_of_doses_is_told(text: str, told: str) -> None:
    with pytest.raises(FileNotUnderstood) as refusal:
        read_dosing_history(text)
    assert told in str(refusal.value)


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotUnderstood, match="cannot be opened"):
        read_dosing_history(tmp_path / "none.csv")
    (tmp_path / "wide.csv").write_text(HEADER, encoding="utf-16")
    with pytest.raises(FileNotUnderstood, match="UTF-8"):
        read_dosing_history(tmp_path / "wide.csv")


def test_a_very_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(FileNotUnderstood, match="larger"):
        read_dosing_history(path)


def test_a_dose_per_kilogram_asks_for_the_weight() -> None:
    event = DoseEvent(time_h=0, drug=Drug.KETAMINE, route=Route.IM, amount=0.5, is_per_kg=True)
    assert event.amount_mg(70) == 35
    for weight in (None, 0, float("nan")):
        with pytest.raises(PatientNotUnderstood, match="weight"):
            event.amount_mg(weight)


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf")])
def test_an_impossible_dose_event_is_never_made(amount: float) -> None:
    with pytest.raises(RegimenNotUnderstood, match="amount"):
        DoseEvent(time_h=0, drug=Drug.KETAMINE, route=Route.IV, amount=amount)
