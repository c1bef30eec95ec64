"""Levels of data sets: every way to write the same doses gives the same levels."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from msgspec.structs import replace

from respite.domain import OutOfScope, Patient, read_data_set
from respite.literature import Library, load_library
from respite.population import CORE, simulate, simulate_records

COMPARED = 1e-9
DRAWS = 12
TIMES = (0.5, 1.0, 3.0, 7.9, 8.0, 9.5, 20.0, 31.0)


def library_with(lag_h: float, share: float) -> Library:
    """Give the shipped library with a lag on tablets, and a share of them that gets through."""
    library = load_library(load_library().folder)
    core = load_library().assembled(CORE)
    fixed = core.parameters["oral_solution_time"]
    typical = fixed.typical
    numbers = {
        **core.parameters,
        "a_lag": replace(fixed, typical=replace(typical, value=lag_h, unit="h")),
        "a_share": replace(fixed, typical=replace(typical, value=share, unit="fraction")),
    }
    (path,) = core.routes["oral tablet"]
    tablet = (replace(path, lag="a_lag", available="a_share"),)
    changed = replace(core, parameters=numbers, routes={**core.routes, "oral tablet": tablet})
    library._assembled[CORE] = changed
    return library


def table(rows: list[str], observed: tuple[float, ...] = TIMES) -> str:
    """Put observations among doses, each in its place in time; doses first."""
    lines = [(float(row.split(",")[1]), 0, row) for row in rows]
    lines += [(time, 1, f"1,{time},0,0,0,0,0,0,1,.,1") for time in observed]
    head = "ID,TIME,AMT,RATE,ADDL,II,SS,EVID,CMT,DV,MDV"
    return "\n".join([head, *(row for _, _, row in sorted(lines))]) + "\n"


def dose(time: float, rate: float, addl: int, ii: float, ss: int, cmt: int) -> str:  # noqa: PLR0913
    return f"1,{time},20,{rate},{addl},{ii},{ss},{4 if ss == 1 and time > 0 else 1},{cmt},.,1"


def levels(text: str, library: Library) -> np.ndarray:
    data = read_data_set(text, compartments="1=oral tablet,2=iv,3=sc", drug="ketamine")
    found = simulate_records(data, patient=Patient(weight=70, age=40), draws=DRAWS, library=library)
    return np.array([[one.typical, one.q05, one.q50, one.q95] for one in found.levels])


WAYS = list(product([0.0, 0.7], [1.0, 0.6], [0.0, 10.0], [1, 2, 3]))
"""Lag [h], share, rate of infusion [mg/h], and compartment."""


@pytest.mark.parametrize(("lag", "share", "rate", "cmt"), WAYS)
def test_additional_doses_are_the_rows_they_stand_for(lag, share, rate, cmt) -> None:
    library = library_with(lag, share)
    short = table([dose(0, rate, 3, 8, 0, cmt)])
    long = table([dose(8 * k, rate, 0, 0, 0, cmt) for k in range(4)])
    got, want = levels(short, library), levels(long, library)
    np.testing.assert_allclose(got, want, rtol=COMPARED, atol=COMPARED * want.max())


@pytest.mark.parametrize(("lag", "share", "rate", "cmt"), WAYS)
@pytest.mark.parametrize("additional", [0, 2])
def test_a_steady_state_is_a_very_long_series(lag, share, rate, cmt, additional) -> None:
    library = library_with(lag, share)
    past = 60
    short = table([dose(0, rate, additional, 8, 1, cmt)])
    later = [8.0 * past + time for time in TIMES]
    long = table(
        [dose(8 * k, rate, 0, 0, 0, cmt) for k in range(past + 1 + additional)], tuple(later)
    )
    got, want = levels(short, library), levels(long, library)
    np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-7 * want.max())


@pytest.mark.parametrize(("lag", "share"), [(0.0, 1.0), (0.7, 0.6)])
def test_a_steady_state_on_top_adds_to_what_is_there(lag, share) -> None:
    library = library_with(lag, share)
    both = table([dose(0, 0, 0, 0, 0, 2), dose(4, 0, 0, 8, 2, 1)])
    alone = table([dose(0, 0, 0, 0, 0, 2)]), table([dose(4, 0, 0, 8, 1, 1)])
    drip, steady = (levels(text, library) for text in alone)
    late = np.repeat(np.array(TIMES) >= 4, 2)
    # The typical person's levels add; quantiles over people need not.
    got = levels(both, library)[late, 0]
    np.testing.assert_allclose(got, (drip + steady)[late, 0], rtol=1e-9)


def test_a_reset_empties_the_body_and_stops_what_runs() -> None:
    library = load_library()
    rows = [dose(0, 2, 0, 0, 0, 2), "1,5,0,0,0,0,0,3,2,.,1", dose(6, 0, 0, 0, 0, 2)]
    after = levels(table(rows, (5.5, 7.0)), library)
    plain = levels(table([dose(6, 0, 0, 0, 0, 2)], (7.0,)), library)
    assert np.all(after[:1] == 0)
    np.testing.assert_allclose(after[-2:], plain, rtol=COMPARED)


def test_a_level_above_its_dose_is_read_before_it() -> None:
    rows = ["1,0,20,0,1,0,2,.,1", "1,8,0,0,0,0,2,.,1", "1,8,20,0,1,0,2,.,1", "1,8,0,0,0,0,2,.,1"]
    text = "ID,TIME,AMT,RATE,EVID,SS,CMT,DV,MDV\n" + "\n".join(rows) + "\n"
    before, _nk, after, _nk2 = levels(text, load_library())[:, 0]
    alone = levels(table([dose(0, 0, 0, 0, 0, 2)], (8.0,)), load_library())[0, 0]
    assert before == pytest.approx(alone, rel=1e-12)
    assert after > 5 * before


def test_levels_are_those_of_the_same_regimen() -> None:
    text = table([dose(0, 30, 0, 0, 0, 2)], (2.0,))
    data = read_data_set(text, compartments="2=iv", drug="ketamine")
    who = Patient(weight=70, age=40)
    found = simulate_records(data, patient=who, draws=200).levels
    from respite.domain import Regimen

    answer = simulate(who, Regimen.parse("ketamine 20 mg iv over 40 min"), patients=200, at=["2h"])
    for one in found:
        (row,) = [
            row for row in answer.exposures
            if (row.analyte, row.metric) == (one.analyte, "concentration")
        ]  # fmt: skip
        assert (one.q05, one.q50, one.q95) == pytest.approx((row.q05, row.q50, row.q95), rel=1e-12)


HEAD = "ID,TIME,AMT,EVID,CMT,DV,MDV,WT,MED_CLARITHROMYCIN\n"


def changing(weight: float, medicine: int) -> str:
    return HEAD + (
        "1,0,40,1,1,.,1,70,0\n"
        "1,2,0,0,1,.,1,70,0\n"
        f"1,4,0,2,1,.,1,{weight},{medicine}\n"
        f"1,6,0,0,1,.,1,{weight},{medicine}\n"
    )


def typical(text: str) -> list[float]:
    data = read_data_set(text, compartments="1=iv", drug="esketamine")
    found = simulate_records(data, patient=Patient(age=40), draws=5).levels
    return [one.typical for one in found if one.analyte == "ketamine"]


def test_a_fact_that_changes_changes_only_what_comes_after() -> None:
    same, slower = typical(changing(70, 0)), typical(changing(70, 1))
    assert slower[0] == pytest.approx(same[0], rel=1e-9)
    # Clarithromycin slows clearance, and amounts in the body carry over.
    assert same[1] < slower[1] < same[0]


def test_facts_that_stay_the_same_may_be_said_again() -> None:
    np.testing.assert_allclose(typical(changing(70, 0)), typical(
        HEAD + "1,0,40,1,1,.,1,70,0\n1,2,0,0,1,.,1,70,0\n1,6,0,0,1,.,1,70,0\n"
    ), rtol=1e-12)  # fmt: skip


def test_a_steady_state_with_facts_that_change_is_refused() -> None:
    text = "ID,TIME,AMT,II,SS,EVID,CMT,DV,MDV,WT\n1,0,40,8,1,1,1,.,1,70\n1,6,0,0,0,0,1,.,1,90\n"
    data = read_data_set(text, compartments="1=iv", drug="ketamine")
    with pytest.raises(OutOfScope, match="subject 1 change after a steady state"):
        simulate_records(data, draws=3)


def test_a_subject_outside_what_a_model_covers_is_named() -> None:
    text = "ID,TIME,AMT,EVID,CMT,DV,MDV,WT\n7,0,40,1,1,.,1,12\n7,6,0,0,1,.,1,12\n"
    data = read_data_set(text, compartments="1=iv", drug="ketamine")
    with pytest.raises(OutOfScope, match="Subject 7: The weight is 12 kg"):
        simulate_records(data, draws=3)


def test_columns_that_nobody_knows_are_named() -> None:
    text = "ID,TIME,AMT,EVID,CMT,DV,MDV,WT,CRCL\n1,0,40,1,1,.,1,70,90\n1,6,0,0,1,.,1,70,90\n"
    found = simulate_records(read_data_set(text, compartments="1=iv", drug="ketamine"), draws=3)
    assert found.covariates_used == ("WT",)
    assert found.covariates_not_used == ("CRCL",)


def test_a_steady_state_of_a_model_that_is_not_linear_is_refused() -> None:
    data = read_data_set(table([dose(0, 40, 0, 8, 1, 2)]), compartments="2=iv", drug="ketamine")
    with pytest.raises(OutOfScope, match="is not linear, and a dose stands at steady state"):
        simulate_records(data, draws=3, model="ketamine_respite1_long")


@pytest.mark.parametrize(
    ("medicine", "said"), [("CLARITHROMYCIN", "×2.6 by mouth"), ("WATER", "nothing about it")]
)
def test_a_medicine_of_a_data_set_is_told_with_its_evidence(medicine: str, said: str) -> None:
    text = changing(70, 1).replace("CLARITHROMYCIN", medicine)
    data = read_data_set(text, compartments="1=iv", drug="esketamine")
    found = simulate_records(data, patient=Patient(age=40), draws=3)
    told = [line["message"] for line in found.scope if line["fact"] == "medicine"]
    assert any(said in message for message in told)
    is_sourced = "hagelberg2010" in found.provenance["sources"]
    assert is_sourced == (medicine == "CLARITHROMYCIN")
