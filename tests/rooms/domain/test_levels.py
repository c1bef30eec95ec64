"""Measured levels: what is read from a table, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from respite.domain import (
    Analyte,
    FileNotUnderstood,
    LevelsNotUnderstood,
    MeasuredLevel,
    SamplingSite,
    read_levels,
)

HEADER = "time,analyte,value,unit,site"
LINE = "2026-03-02T10:30,ketamine,88,ng/mL,venous"


def test_levels_are_read_in_order_of_time() -> None:
    measured = read_levels(
        "site;unit;value;analyte;time\r\n"
        "Arterial;µg/L;40,5;Norketamine;2.3.2026 10:30\r\n"
        "venous;mg/L;0,125;S-ketamine;2.3.2026 9:15\r\n"
    )
    early, late = measured.levels
    assert early == MeasuredLevel(
        at=datetime(2026, 3, 2, 9, 15),
        analyte=Analyte.S_KETAMINE,
        value=0.125,
        unit="mg/L",
        site=SamplingSite.VENOUS,
    )
    assert (late.analyte, late.site) == (Analyte.NORKETAMINE, SamplingSite.ARTERIAL)
    assert [level.mg_per_l for level in measured.levels] == [0.125, 0.0405]
    assert measured.hours_after(datetime(2026, 3, 2, 9)) == (0.25, 1.5)
    with pytest.raises(LevelsNotUnderstood, match="has a time zone"):
        measured.hours_after(datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_one_sample_may_have_several_analytes() -> None:
    lines = [LINE, LINE.replace("ketamine", "norketamine"), LINE.replace("venous", "arterial")]
    lines.append(LINE.replace("ketamine", "esketamine"))
    analytes = [level.analyte for level in read_levels("\n".join([HEADER, *lines])).levels]
    assert analytes == ["ketamine", "norketamine", "ketamine", "s-ketamine"]


REFUSED = [
    (LINE.replace("T10:30", ""), "line 2, column time", "has no time of day"),
    (LINE.replace("2026-03-02T", "3/2/2026 "), "column time", "2026-02-03 or 2026-03-02"),
    (LINE.replace("ketamine", "ketamin"), "column analyte", 'write "ketamine"'),
    (LINE.replace("ketamine", ""), "column analyte: nothing is written", "norketamine"),
    (LINE.replace("88", "<5"), 'column value: "<5"', "leave out the line"),
    (LINE.replace("88", "0"), "column value", "leave out the line"),
    (LINE.replace("88", "-8"), 'column value: "-8"', "leave out the line"),
    (LINE.replace("88", ""), "column value: nothing is written", "such as 88"),
    (LINE.replace("ng/mL", "mg/kg"), "column unit", "mass in a volume"),
    (LINE.replace("ng/mL", "nmol/L"), "column unit", "convert moles"),
    (LINE.replace("ng/mL", "ng"), "column unit", "mass in a volume"),
    (LINE.replace("ng/mL", ""), "column unit", "mass in a volume"),
    (LINE.replace("ng/mL", "g/L"), "column value", "more than anyone has had"),
    (LINE.replace("venous", "capillary"), "column site", "venous, arterial"),
    (f"{LINE}\n{LINE}", "line 3 repeats line 2", "remove one"),
    (f"{LINE}\n{LINE.replace('88', '90')}", "analyte and site of line 2", "remove one"),
    (f"{LINE}\n{LINE.replace(':30', ':31Z')}", "line 3, column time", "time zone"),
    (f"{LINE}\nx,x,x,x,x\ny,ketamine", "line 3, column time", "1 other line has a fault"),
]


@pytest.mark.parametrize(("lines", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_a_doubtful_line_is_told_with_its_column(lines: str, found: str, told: str) -> None:
    with pytest.raises(LevelsNotUnderstood) as refusal:
        read_levels(f"{HEADER}\n{lines}\n")
    assert found.lower() in refusal.value.found.lower()
    assert told in str(refusal.value)


def test_a_point_that_may_part_thousands_is_refused_and_others_settle_it() -> None:
    lines = [HEADER, LINE.replace("88", "1.234")]
    other = LINE.replace("10:30", "11:30").replace("88", "0.5")
    with pytest.raises(LevelsNotUnderstood, match="whole number or a decimal"):
        read_levels("\n".join(lines).replace(",", ";"))
    settled = read_levels("\n".join([*lines, other]).replace(",", ";"))
    assert [level.value for level in settled.levels] == [1.234, 0.5]
    assert read_levels("\n".join(lines)).levels[0].value == 1.234


def test_what_is_no_table_of_levels_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(FileNotUnderstood, match="no entries"):
        read_levels(tmp_path / "empty.csv")
    with pytest.raises(FileNotUnderstood, match="lacks site"):
        read_levels("time,analyte,value,unit\n")
    lines = (LINE.replace("88", f"{value + 1}") for value in range(20_001))
    with pytest.raises(FileNotUnderstood, match="more than 20,000 lines"):
        read_levels("\n".join([HEADER, *lines]))
