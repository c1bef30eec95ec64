"""A data set: what each kind of record means."""

from datetime import datetime
from pathlib import Path

import pytest

from respite.domain import (
    DataSet,
    DosingHistory,
    Drug,
    FileNotUnderstood,
    PatientNotUnderstood,
    RecordsNotUnderstood,
    Regimen,
    Route,
    Salt,
    Subject,
    data_set_of,
    dosing_history_of,
    read_data_set,
    read_dosing_history,
    read_records,
    write_data_set,
)

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"


def the_subject(*rows: str, header: str = "ID,TIME,EVID,AMT,ADDL,II,SS,DV") -> Subject:
    table = "\n".join([header, *rows]) + "\n"
    (subject,) = read_data_set(table, compartments="iv", drug="ketamine").subjects
    return subject


def hours(subject: Subject, episode: int = 0) -> list[float]:
    return [event.time_h for event in subject.episodes[episode].events]


def test_a_rate_makes_an_infusion_and_no_rate_a_bolus() -> None:
    subject = the_subject("1,0,35,52.5", "1,1,35,0", "1,2,35,.", header="ID,TIME,AMT,RATE")
    infusion, *boluses = subject.doses
    assert (infusion.amount, infusion.duration_h) == (35, pytest.approx(40 / 60))
    assert [dose.duration_h for dose in boluses] == [0, 0]
    assert {dose.route for dose in subject.doses} == {Route.IV}


def test_additional_doses_are_counted_in_decimal_and_stand_before_rows_of_their_time() -> None:
    subject = the_subject("1,0,1,35,3,24.1,.,.", "1,72.3,0,.,.,.,.,88")
    assert hours(subject) == [0, 24.1, 48.2, 72.3]
    assert subject.observations[0].events_before == 4


def test_rows_of_one_time_count_in_their_order() -> None:
    subject = the_subject("1,0,0,.,.,.,.,1", "1,0,1,35,.,.,.,.", "1,0,0,.,.,.,.,2")
    assert [one.events_before for one in subject.observations] == [0, 1]
    assert [one.row for one in subject.observations] == [2, 4]


def test_a_reset_ends_an_episode_and_cancels_additional_doses() -> None:
    subject = the_subject("1,0,1,35,9,24,.,.", "1,36,3,.,.,.,.,.", "1,48,0,.,.,.,.,0")
    assert [(one.start_h, one.end_h) for one in subject.episodes] == [(0, 36), (36, 48)]
    assert hours(subject) == [0, 24]
    assert (subject.observations[0].episode, subject.observations[0].events_before) == (1, 0)


def test_a_reset_that_doses_resets_once_and_its_additional_doses_are_plain() -> None:
    subject = the_subject("1,0,1,10,.,.,.,.", "1,24,4,35,2,24,.,.")
    assert [len(one.events) for one in subject.episodes] == [1, 3]
    assert hours(subject, 1) == [24, 48, 72]


def test_steady_state_alone_resets_and_steady_state_on_top_does_not() -> None:
    subject = the_subject("1,0,1,10,.,.,.,.", "1,24,1,35,2,12,1,.", "1,30,1,20,.,24,2,.")
    first, second = subject.episodes
    assert (first.end_h, second.start_h) == (24, 24)
    assert [(one.event.amount, one.interval_h) for one in second.steady] == [(35, 12), (20, 24)]
    assert hours(subject, 1) == [36, 48]
    assert [event.time_h for event in second.doses] == [24, 30, 36, 48]


def test_a_first_record_that_resets_has_nothing_to_reset() -> None:
    assert the_subject("1,0,4,10,.,.,.,.") == the_subject("1,0,1,10,.,.,.,.")
    assert len(the_subject("1,0,1,10,.,12,1,.").episodes) == 1


def test_without_a_kind_an_amount_makes_a_dose() -> None:
    subject = the_subject("1,0,35,.", "1,1,0,88", "1,2,.,.", header="ID,TIME,AMT,DV")
    assert len(subject.doses) == 1
    assert [one.value for one in subject.observations] == [88, None]
    assert [one.is_missing for one in subject.observations] == [False, True]


def test_a_level_that_is_declared_missing_is_missing() -> None:
    subject = the_subject("1,0,88,1", "1,1,88,0", header="ID,TIME,DV,MDV")
    assert [one.value for one in subject.observations] == [None, 88]
    assert subject.doses == ()


def test_covariates_hold_until_another_value_is_said() -> None:
    rows = ("1,0,35,70,0", "1,24,.,.,1", "1,48,.,71,1", "1,48,.,72,.")
    subject = the_subject(*rows, header="id,time,amt,wt,Med_clarithromycin")
    changes = [(one.time_h, one.values) for one in subject.covariate_changes]
    assert changes == [
        (0, {"WT": 70, "MED_CLARITHROMYCIN": 0}),
        (24, {"MED_CLARITHROMYCIN": 1}),
        (48, {"WT": 72}),
    ]
    assert subject.covariates_at(30) == {"WT": 70, "MED_CLARITHROMYCIN": 1}
    assert subject.covariates_at(-1) == {}


def test_compartments_and_words_say_the_route_and_the_drug() -> None:
    table = "ID;TIME;AMT;CMT;DV\n1;0;50;1;.\n1;1;.;2;88\n"
    for told in ("1=oral,2=iv", {1: Route.ORAL, 2: Route.IV}, {1: "PO", 2: "i.v."}):
        (subject,) = read_data_set(table, compartments=told, drug=Drug.ESKETAMINE).subjects
        assert [(dose.drug, dose.route) for dose in subject.doses] == [("esketamine", "oral")]
        assert subject.observations[0].compartment == 2
    words = "\ufeffID,TIME,AMT,DRUG,ROUTE\r\n1,0,50,ketamine HCl,p.o.\r\n1,1,.,.,.\r\n"
    (dose,) = read_data_set(words).subjects[0].doses
    assert (dose.drug, dose.salt, dose.route) == (Drug.KETAMINE, Salt.HYDROCHLORIDE, Route.ORAL)


def test_comments_and_blank_lines_are_left_out_and_lines_still_counted() -> None:
    table = "# don't; mind\n\nID,TIME,DV\n# another\n1,0,88\n"
    (subject,) = read_data_set(table).subjects
    assert subject.observations[0].row == 5


def test_numbers_that_programs_write_are_read() -> None:
    subject = the_subject("1,.5,1e+02,1.2345678901234567", header="ID,TIME,DV,AGE")
    assert (subject.observations[0].time_h, subject.observations[0].value) == (0.5, 100)


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "levels.csv"
    path.write_bytes(b"\xef\xbb\xbfID,TIME,DV\n1,0,88\n")
    assert read_data_set(path) == read_data_set(str(path)) == read_data_set("ID,TIME,DV\n1,0,88")
    with pytest.raises(FileNotUnderstood, match="cannot be opened"):
        read_data_set(tmp_path / "none.csv")


def test_a_table_of_either_kind_is_known_by_its_first_line(tmp_path: Path) -> None:
    line = "2026-03-02T09:00,ketamine,35,mg,iv,40"
    path = tmp_path / "doses.csv"
    path.write_text(f"start,drug,amount,unit,route,duration_min\n{line}", "utf-8")
    assert isinstance(read_records(path), DosingHistory)
    assert isinstance(read_records("ID,TIME,DV\n1,0,88\n"), DataSet)


def test_a_regimen_is_written_out_or_in_one_row() -> None:
    regimen = Regimen.parse(REGIMEN)
    out = write_data_set(regimen, weight_kg=70)
    assert len(out.splitlines()) == 11
    short = write_data_set(regimen, weight_kg=70, compress=True)
    assert short.splitlines()[1] == "1,0,1,35,52.5,9,24,.,ketamine,iv,.,1,70"
    assert read_data_set(out) == read_data_set(short)
    numbers = write_data_set(regimen, weight_kg=70, compartments="2=iv")
    assert numbers.splitlines()[:2] == [
        "ID,TIME,EVID,AMT,RATE,ADDL,II,SS,CMT,DV,MDV,WT",
        "1,0,1,35,52.5,.,.,.,2,.,1,70",
    ]
    with pytest.raises(PatientNotUnderstood, match="weight"):
        write_data_set(regimen)
    with pytest.raises(PatientNotUnderstood, match="weight"):
        write_data_set(regimen, weight_kg=-70)


def test_a_dose_that_follows_a_level_of_its_time_is_never_hidden_in_another_row() -> None:
    rows = ("1,0,1,35,.,.,.,.", "1,24,0,.,.,.,.,9", "1,24,1,35,.,.,.,.", "1,48,1,35,.,.,.,.")
    subject = the_subject(*rows)
    written = write_data_set(DataSet((subject,)), compress=True)
    assert [row.split(",")[5] for row in written.splitlines()[1:]] == [".", ".", "1"]
    assert read_data_set(written).subjects == (subject,)


def test_a_dosing_history_and_its_data_set_say_the_same() -> None:
    start = datetime(2026, 3, 2, 9)
    data = data_set_of(Regimen.parse(REGIMEN), weight_kg=70)
    history = dosing_history_of(data, start)
    assert history.first_dose_start == start
    again = data_set_of(history, weight_kg=70)
    assert [dose.time_h for dose in again.subjects[0].doses] == [24 * day for day in range(10)]
    assert again.subjects[0].doses[3].amount == 35


def test_what_a_form_cannot_hold_is_refused() -> None:
    start = datetime(2026, 3, 2, 9)
    line = "2026-03-02T09:00,placebo,,,iv,40"
    placebo = read_dosing_history(f"start,drug,amount,unit,route,duration_min\n{line}\n")
    with pytest.raises(RecordsNotUnderstood, match="placebo"):
        write_data_set(placebo)
    steady = DataSet((the_subject("1,0,1,10,.,12,1,."),))
    reset = DataSet((the_subject("1,0,1,10,.,.,.,.", "1,1,3,.,.,.,.,."),))
    for data in (steady, reset):
        with pytest.raises(RecordsNotUnderstood, match="steady state"):
            dosing_history_of(data, start)
    with pytest.raises(RecordsNotUnderstood, match="no dose"):
        dosing_history_of(read_data_set("ID,TIME,DV\n1,0,88\n"), start)
    with pytest.raises(RecordsNotUnderstood, match="2 subjects"):
        dosing_history_of(DataSet(steady.subjects * 2), start)
    plain = DataSet((the_subject("1,0,1,10,.,.,.,."),))
    for year in (1066, 9999):
        with pytest.raises(RecordsNotUnderstood, match="out of reach"):
            dosing_history_of(plain, datetime(year, 12, 31, 23))
    with pytest.raises(RecordsNotUnderstood, match="No compartment is named for iv"):
        write_data_set(plain, compartments="1=oral")
    with pytest.raises(RecordsNotUnderstood, match="No compartment is named for iv"):
        write_data_set(plain, compartments="oral")
    two = read_data_set("ID,TIME,AMT,DRUG,ROUTE\n1,0,5,ketamine,iv\n1,1,5,esketamine,iv\n")
    with pytest.raises(RecordsNotUnderstood, match="several drugs"):
        write_data_set(two, compartments="1=iv")


def test_an_old_covariate_reaches_to_its_change_in_either_reading() -> None:
    data = DataSet((the_subject("1,0,88,70", "1,24,88,72", header="ID,TIME,DV,WT"),))
    written = [row.split(",") for row in write_data_set(data).splitlines()[1:]]
    # Time, kind and weight: read backwards too, 70 kg holds until hour 24.
    assert [(row[1], row[2], row[-1]) for row in written] == [
        ("0", "0", "70"),
        ("24", "2", "70"),
        ("24", "0", "72"),
    ]
