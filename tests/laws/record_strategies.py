"""Tables of records of every kind that can be honoured."""

from __future__ import annotations

from hypothesis import strategies as st

COLUMNS = ("ID", "TIME", "EVID", "AMT", "RATE", "ADDL", "II", "SS", "CMT", "DV", "MDV", "WT")
ROUTES = "1=oral,2=iv"

Row = dict[str, str]

# Eighths of an hour, so that shifting them by eighths is exact.
STEPS = st.integers(0, 96).map(lambda eighths: eighths / 8)
AMOUNTS = st.sampled_from(["0.5", "10", "35", "84.25"])
INTERVALS = st.sampled_from(["6", "8", "12", "24", "0.5"])
WEIGHTS = st.sampled_from([".", ".", "70", "71.5", "80"])


@st.composite
def doses(draw: st.DrawFn) -> Row:
    amount = draw(AMOUNTS)
    cells = {
        "EVID": draw(st.sampled_from("114")),
        "AMT": amount,
        "CMT": draw(st.sampled_from("12")),
    }
    if draw(st.booleans()):
        hours = draw(st.sampled_from([0.25, 0.5, 2 / 3]))
        cells["RATE"] = repr(float(amount) / hours)
    steady, more = draw(st.sampled_from("001")), draw(st.integers(0, 6))
    if steady != "0":
        cells |= {"SS": draw(st.sampled_from("12"))}
    if more:
        cells["ADDL"] = str(more)
    if more or steady != "0":
        cells["II"] = draw(INTERVALS.filter(lambda text: float(text) >= 1))
    return cells


@st.composite
def levels(draw: st.DrawFn) -> Row:
    cells = {"EVID": "0", "DV": draw(st.sampled_from([".", "0", "88.5", "0.125"]))}
    if draw(st.integers(0, 4)) == 0:
        cells["MDV"] = "1"
    if draw(st.booleans()):
        cells["CMT"] = "2"
    return cells


OTHERS = st.sampled_from([{"EVID": "2"}, {"EVID": "3"}])


@st.composite
def subjects(draw: st.DrawFn) -> list[Row]:
    """Rows of one subject, without its number."""
    kinds = st.one_of(doses(), doses(), levels(), levels(), OTHERS)
    time_h = draw(STEPS) - 6
    rows: list[Row] = []
    for cells in draw(st.lists(kinds, min_size=1, max_size=8)):
        rows.append({**cells, "TIME": repr(time_h), "WT": draw(WEIGHTS)})
        time_h += draw(st.one_of(st.just(0), STEPS))
    return rows


tables = st.lists(subjects(), min_size=1, max_size=3)


def text_of(table: list[list[Row]], ids: list[int] | None = None) -> str:
    """Write a table of subjects, numbered as they stand."""
    numbers = ids or range(1, len(table) + 1)
    lines = [",".join(COLUMNS)]
    for number, rows in zip(numbers, table, strict=True):
        for row in rows:
            cells = {**row, "ID": str(number)}
            lines.append(",".join(cells.get(column, ".") for column in COLUMNS))
    return "\n".join(lines) + "\n"
