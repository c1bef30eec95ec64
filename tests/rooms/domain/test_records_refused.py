"""What a data set cannot say exactly is refused, with its line and column."""

import pytest

from respite.domain import RecordsNotUnderstood, read_data_set, record_meaning, record_table

HEADER = "ID,TIME,EVID,AMT,RATE,ADDL,II,SS,CMT,DV,MDV,WT,AGE,MED_X,CRCL"
COLUMNS = HEADER.split(",")
DOSE = {"ID": "1", "TIME": "0", "EVID": "1", "AMT": "35", "CMT": "2"}
LEVEL = {"ID": "1", "TIME": "0", "EVID": "0", "DV": "88"}
INFUSED = {**DOSE, "RATE": "1"}


def row(cells: dict[str, str]) -> str:
    return ",".join(cells.get(column, ".") for column in COLUMNS)


def read(*rows: dict[str, str]) -> None:
    table = "\n".join([HEADER, *map(row, rows)]) + "\n"
    read_data_set(table, compartments="1=oral,2=iv", drug="ketamine")


CELLS = [
    (DOSE, {"AMT": "lots"}, "AMT", '"lots" is not a number'),
    (DOSE, {"AMT": "NA"}, "AMT", 'write "."'),
    (DOSE, {"AMT": "nan"}, "AMT", "not a number"),
    (DOSE, {"AMT": "inf"}, "AMT", "not a number"),
    (DOSE, {"AMT": "1e400"}, "AMT", "check its exponent"),
    (DOSE, {"AMT": "1e999999"}, "AMT", "not a number"),
    (DOSE, {"AMT": "٣٥"}, "AMT", "not a number"),
    (DOSE, {"AMT": "1_0"}, "AMT", "not a number"),
    (DOSE, {"AMT": "0"}, "AMT", "a dose of 0"),
    (DOSE, {"AMT": "-35"}, "AMT", "below zero"),
    (DOSE, {"AMT": "35000"}, "AMT", "RATE in mg/h"),
    (DOSE, {"RATE": "-1"}, "RATE", "work out the rate"),
    (DOSE, {"RATE": "-2"}, "RATE", "work out the rate"),
    (DOSE, {"RATE": "-3"}, "RATE", "below zero"),
    (DOSE, {"RATE": "0.001"}, "AMT", "60 days"),
    (DOSE, {"AMT": "0", "RATE": "5", "SS": "1", "II": "0"}, "SS", "without end"),
    (DOSE, {"EVID": "0", "AMT": ".", "RATE": "5", "SS": "1"}, "SS", "without end"),
    (DOSE, {"SS": "1"}, "SS", "II says no interval"),
    (DOSE, {"SS": "2"}, "SS", "II says no interval"),
    (DOSE, {"SS": "3", "II": "12"}, "SS", "SS 3"),
    (DOSE, {"SS": "-1", "II": "12"}, "SS", "SS -1"),
    (DOSE, {"SS": "1", "II": "12", "RATE": "1"}, "SS", "an infusion of 35 h"),
    (DOSE, {"ADDL": "3"}, "ADDL", "II says no interval"),
    (DOSE, {"ADDL": "-1", "II": "24"}, "ADDL", "below zero"),
    (DOSE, {"ADDL": "1.5", "II": "24"}, "ADDL", "not a whole number"),
    (DOSE, {"ADDL": "1e9", "II": "24"}, "ADDL", "20,000"),
    (DOSE, {"ADDL": "1e30", "II": "24"}, "ADDL", "not a whole number"),
    (DOSE, {"ADDL": "20000", "II": "24"}, "ADDL", "ten years"),
    (DOSE, {"ADDL": "3", "II": "-24"}, "II", "below zero"),
    (DOSE, {"ADDL": "3", "II": "0.001"}, "II", "one minute"),
    (DOSE, {"ADDL": "1", "II": "20000"}, "II", "731 days"),
    (DOSE, {"II": "24"}, "II", "neither ADDL nor SS"),
    (DOSE, {"EVID": "7"}, "EVID", "EVID 7"),
    (DOSE, {"EVID": "-1"}, "EVID", "EVID -1"),
    (DOSE, {"EVID": "0.5"}, "EVID", "not a whole number"),
    (DOSE, {"EVID": "0"}, "AMT", "only observes (EVID 0)"),
    (DOSE, {"EVID": "2"}, "AMT", "only carries covariates"),
    (DOSE, {"EVID": "3"}, "AMT", "only resets"),
    (DOSE, {"CMT": "3"}, "CMT", "which route CMT 3 is"),
    (DOSE, {"CMT": "-2"}, "CMT", "switches a compartment off"),
    (DOSE, {"CMT": "0"}, "CMT", "by which route"),
    (DOSE, {"CMT": "."}, "CMT", "by which route"),
    (DOSE, {"DV": "88"}, "DV", "rows of their own"),
    (DOSE, {"MDV": "0"}, "MDV", "rows of their own"),
    (DOSE, {"EVID": "4", "DV": "88"}, "DV", "EVID 4"),
    (LEVEL, {"EVID": "3"}, "DV", "EVID 3"),
    (LEVEL, {"EVID": "2"}, "DV", "EVID 2"),
    (LEVEL, {"RATE": "5"}, "RATE", "only observes"),
    (LEVEL, {"ADDL": "5"}, "ADDL", "only observes"),
    (LEVEL, {"II": "5"}, "II", "only observes"),
    (LEVEL, {"SS": "1"}, "SS", "only observes"),
    (LEVEL, {"DV": "-2.3"}, "DV", "no logarithm"),
    (LEVEL, {"DV": "<5"}, "DV", "not a number"),
    (LEVEL, {"DV": ".", "MDV": "0"}, "DV", "MDV 0 says"),
    (LEVEL, {"MDV": "2"}, "MDV", "MDV 2"),
    (LEVEL, {"TIME": "9:30"}, "TIME", "9.5"),
    (LEVEL, {"TIME": "."}, "TIME", "nothing is written"),
    (LEVEL, {"TIME": "1e6"}, "TIME", "ten years"),
    (LEVEL, {"TIME": "-1e6"}, "TIME", "ten years"),
    (LEVEL, {"ID": "."}, "ID", "nothing is written"),
    (LEVEL, {"ID": "-1"}, "ID", "below zero"),
    (LEVEL, {"ID": "1.5"}, "ID", "not a whole number"),
    (LEVEL, {"ID": "C"}, "ID", "begin with #"),
    (LEVEL, {"ID": "@"}, "ID", "begin with #"),
    (LEVEL, {"WT": "-99"}, "WT", "weight in kg"),
    (LEVEL, {"WT": "0"}, "WT", "weight in kg"),
    (LEVEL, {"WT": "70000"}, "WT", "weight in kg"),
    (LEVEL, {"AGE": "121"}, "AGE", "age in years"),
    (LEVEL, {"MED_X": "2"}, "MED_X", "1 where"),
    (LEVEL, {"CRCL": "high"}, "CRCL", "not a number"),
]


@pytest.mark.parametrize(("before", "change", "column", "told"), CELLS, ids=range(len(CELLS)))
def test_a_doubtful_cell_is_told_with_its_line_and_column(before, change, column, told) -> None:
    read(before)
    with pytest.raises(RecordsNotUnderstood) as refusal:
        read({**LEVEL, "ID": "0"}, {**before, **change})
    assert f"Line 3, column {column}:" in refusal.value.found
    assert told in str(refusal.value)
    assert refusal.value.remedy


ROWS = [
    (({**LEVEL, "TIME": "2"}, {**LEVEL, "TIME": "1"}), "TIME", "hour 1 comes after hour 2"),
    (
        ({**LEVEL, "TIME": "2"}, {**DOSE, "TIME": "1", "EVID": "4"}),
        "TIME",
        "one clock for each subject, also after a reset",
    ),
    ((LEVEL, {**LEVEL, "ID": "2"}, LEVEL), "ID", "comes back"),
    (({**DOSE, "ADDL": "15000", "II": "1"},) * 2, "ADDL", "20,000 doses"),
]


@pytest.mark.parametrize(("rows", "column", "told"), ROWS, ids=range(len(ROWS)))
def test_rows_that_do_not_fit_each_other_are_told(rows, column, told) -> None:
    with pytest.raises(RecordsNotUnderstood) as refusal:
        read(*rows)
    assert f"Line {len(rows) + 1}, column {column}:" in refusal.value.found
    assert told in str(refusal.value)


TABLES = [
    ("\n", "holds no record"),
    ("# nothing\n", "holds no record"),
    ("ID,TIME,AMT\n", "holds no record"),
    ("1,0,35\n", "names the columns"),
    ("ID,TIME\n1,0\n", "lacks the column AMT or DV"),
    ("TIME,AMT\n0,35\n", "lacks the column ID"),
    ("#ID,TIME,DV\n1,0,88\n", "names the columns"),
    ("ID TIME DV\n1 0 88\n", "not a name of a column"),
    ("ID,TIME,DV,dv\n1,0,88,88\n", "DV twice"),
    ("ID,TIME,DV,DUR\n1,0,88,1\n", "RATE for the length"),
    ("C,ID,TIME,DV\n.,1,0,88\n", "the column C would change"),
    ("ID,TIME,DV,CENS\n1,0,88,1\n", "CENS would change"),
    ("ID,TIME,DV,DATE\n1,0,88,1\n", "DATE would change"),
    ("ID,TIME,DV,\n1,0,88,1\n", "not a name of a column"),
    ("ID,TIME,DV\n1,0,88,5\n", "Line 2 has 4 cells, not 3"),
    ("ID,TIME,DV\n1,0,8,5\n", "a point in numbers"),
    ("ID;TIME;DV\n1;0;8,5\n", "write 8.5"),
    ('ID,TIME,DV\n1,0,"88\n', "not a line of a table"),
    ("ID,TIME,DV," + ",".join(f"X{n}" for n in range(300)) + "\n1\n", "at most 200 columns"),
    ("ID,TIME,DV\n1,0," + "8" * 200_000 + "\n", "longer than 100,000"),
    ("ID,TIME,DV\n1,0," + "8" * 90_000 + "\n", "not a number"),
]


@pytest.mark.parametrize(("text", "told"), TABLES, ids=range(len(TABLES)))
def test_what_is_no_data_set_is_told(text, told) -> None:
    with pytest.raises(RecordsNotUnderstood) as refusal:
        read_data_set(text)
    assert told in str(refusal.value)
    assert len(str(refusal.value)) < 600


TOLD = [
    ({}, "AMT", "nobody says which drug"),
    ({"drug": "ketamine"}, "AMT", "by which route"),
    ({"drug": "ketamine", "compartments": "1=oral,2=iv"}, "AMT", "by which route"),
]


@pytest.mark.parametrize(("told", "column", "said"), TOLD, ids=range(len(TOLD)))
def test_a_dose_of_which_nobody_says_what_or_how_is_refused(told, column, said) -> None:
    with pytest.raises(RecordsNotUnderstood) as refusal:
        read_data_set("ID,TIME,AMT\n1,0,35\n", **told)
    assert f"Line 2, column {column}:" in refusal.value.found
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("column", "word", "told"),
    [
        ("DRUG", "esketamine", "one drug"),
        ("DRUG", "placebo", "leave one of the two out"),
        ("DRUG", "ketamin", 'write "ketamine"'),
        ("ROUTE", "oral", "one route"),
        ("ROUTE", "vein", "one of iv"),
    ],
)
def test_words_that_contradict_the_caller_are_refused(column, word, told) -> None:
    with pytest.raises(RecordsNotUnderstood) as refusal:
        read_data_set(f"ID,TIME,AMT,{column}\n1,0,35,{word}\n", drug="ketamine", compartments="iv")
    assert f"Line 2, column {column}:" in refusal.value.found
    assert told in str(refusal.value)


def test_a_placebo_has_no_record() -> None:
    with pytest.raises(RecordsNotUnderstood, match="a placebo has no dose record"):
        read_data_set("ID,TIME,AMT,DRUG,ROUTE\n1,0,35,placebo,iv\n")


def test_a_numbered_compartment_needs_its_own_route() -> None:
    table = "ID,TIME,AMT,CMT\n1,0,35,2\n"
    with pytest.raises(RecordsNotUnderstood, match="which route CMT 2 is"):
        read_data_set(table, compartments="iv", drug="ketamine")


@pytest.mark.parametrize(
    "told", ["", "iv,", "1=iv,1=oral", "0=iv", "x=iv", "1=vein", "1=", "1=iv;2=oral", "99999=iv"]
)
def test_a_list_of_compartments_that_says_too_little_is_refused(told) -> None:
    with pytest.raises(RecordsNotUnderstood):
        read_data_set("ID,TIME,DV\n1,0,88\n", compartments=told)


@pytest.mark.parametrize("drug", ["", "placebo", "morphine", "norketamine"])
def test_a_drug_that_no_dose_can_be_is_refused(drug) -> None:
    with pytest.raises(RecordsNotUnderstood, match="cannot be that of a data set"):
        read_data_set("ID,TIME,DV\n1,0,88\n", drug=drug)


def test_reading_stops_at_a_bound_that_is_said(monkeypatch) -> None:
    monkeypatch.setattr(record_table, "MOST_ROWS", 10)
    with pytest.raises(RecordsNotUnderstood, match="Line 12: the table holds more than 10 rows"):
        # The row behind the bound would be refused otherwise, if it were read.
        read_data_set("ID,TIME,DV\n" + "1,0,88\n" * 11 + "1,0,lots\n")


def test_the_doses_of_all_subjects_together_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(record_meaning, "MOST_DOSES_IN_ALL", 10)
    rows = "".join(f"{subject},0,1,4,1\n" for subject in range(3))
    with pytest.raises(RecordsNotUnderstood, match="Line 4, column ADDL: with this row"):
        read_data_set(f"ID,TIME,AMT,ADDL,II\n{rows}", compartments="iv", drug="ketamine")


def test_a_table_longer_than_memory_should_hold_is_refused() -> None:
    with pytest.raises(RecordsNotUnderstood, match="characters long"):
        read_data_set("\n" * 100_000_001)
