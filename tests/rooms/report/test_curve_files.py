"""Files of curves: the same numbers in every form, labelled, and whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas
import pyarrow.parquet
import pytest
import xarray

import respite
from respite.domain import FileNotUnderstood, RespiteError
from respite.report import plan_curves, require_curve_file, write_curves

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x2"
FACTS = {"weight": 70, "condition": "crps"}
QUESTION = {"patients": 7, "every": "1h", "seed": 3}
ENDINGS = (".csv", ".parquet", ".nc")


@pytest.fixture
def asked(monkeypatch):
    """Curves that come in several chunks."""
    monkeypatch.setattr("respite.population.curves.ROWS_AT_ONCE", 150)
    return plan_curves(FACTS, REGIMEN, **QUESTION)


def columns_of(curves) -> dict[str, np.ndarray]:
    chunks = list(curves)
    return {
        column.name: np.concatenate([chunk.columns[column.name] for chunk in chunks])
        for column in curves.columns
    }


def test_three_forms_and_the_notebook_hold_the_same_numbers(asked, tmp_path):
    values = columns_of(asked)
    shape = (7, len(asked.times_h))
    files = {ending: write_curves(asked, tmp_path / f"curves{ending}") for ending in ENDINGS}
    for table in (pandas.read_csv(files[".csv"]), pandas.read_parquet(files[".parquet"])):
        assert list(table.columns[:2]) == ["patient", "time_h"]
        assert table.patient.tolist() == np.repeat(np.arange(1, 8), shape[1]).tolist()
        np.testing.assert_array_equal(table.time_h, np.tile(asked.times_h, 7))
        for column, heading in zip(asked.columns, table.columns[2:], strict=True):
            assert heading.startswith(column.name)
            written = table[heading].to_numpy().reshape(shape)
            np.testing.assert_allclose(written, values[column.name], rtol=1e-12, atol=0)
    written = xarray.load_dataset(files[".nc"])
    for column in asked.columns:
        np.testing.assert_array_equal(written[column.name], values[column.name])
    dataset = respite.curves(FACTS, REGIMEN, **QUESTION)
    xarray.testing.assert_identical(dataset, written)
    assert sorted(tmp_path.iterdir()) == sorted(files.values())


def test_csv_is_read_back_to_the_last_digit(asked, tmp_path):
    with write_curves(asked, tmp_path / "curves.csv").open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    assert head[:3] == ["patient", "time_h", "ketamine_venous_ng_per_ml"]
    assert head[-3:] == ["pain", "relief", "relief_by_drug"]
    levels = np.array([float(row[2]) for row in rows])
    np.testing.assert_array_equal(levels, columns_of(asked)["ketamine"].ravel())


def test_parquet_says_its_units_sources_and_question(asked, tmp_path):
    file = pyarrow.parquet.ParquetFile(write_curves(asked, tmp_path / "curves.parquet"))
    assert file.metadata.num_row_groups == len(list(asked))
    level = file.schema_arrow.field("ketamine_venous_ng_per_ml").metadata
    assert (level[b"units"], level[b"site"]) == (b"ng/mL", b"venous")
    assert b"otto2021" in level[b"source"]
    assert b"venous plasma" in level[b"long_name"]
    about = file.schema_arrow.metadata
    assert about[b"schema"] == b"respite.curves/1"
    assert about[b"regimen"].decode() == REGIMEN
    assert about[b"seed"] == b"3"
    assert about[b"model"] == b"ketamine_respite1"
    assert len(about[b"library_digest"]) >= 8
    assert b"dahan2011" in about[b"sources"]


def test_netcdf_is_labelled_for_xarray(asked, tmp_path):
    data = xarray.load_dataset(write_curves(asked, tmp_path / "curves.nc"))
    assert dict(data.sizes) == {"patient": 7, "time": len(asked.times_h)}
    assert data.patient.values.tolist() == list(range(1, 8))
    np.testing.assert_array_equal(data.time, asked.times_h)
    assert data.time.attrs["units"] == "h"
    assert data.s_ketamine.attrs["units"] == "ng/mL"
    assert data.s_ketamine.attrs["site"] == "venous"
    assert "S-ketamine" in data.s_ketamine.attrs["long_name"].replace("s-", "S-")
    assert data.relief.attrs["units"] == "1"
    assert data.attrs["regimen"] == REGIMEN
    assert data.attrs["seed"] == 3
    assert float(data.ketamine.sel(time=1, patient=2)) > 0


def test_a_file_of_that_name_is_replaced(asked, tmp_path):
    file = tmp_path / "curves.csv"
    file.write_text("old")
    assert write_curves(asked, file).read_text("utf-8").startswith("patient,")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_breaks_half_way_leaves_nothing_and_the_old_file(
    asked, tmp_path, monkeypatch, ending, error
):
    file = tmp_path / f"curves{ending}"
    file.write_text("old")

    def interrupted(share: float) -> None:
        if share > 0.5:
            raise error

    with pytest.raises(error):
        write_curves(asked, file, progress=interrupted)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_text() == "old"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from respite.domain import RespiteError
from respite.report import plan_curves, write_curves
curves = plan_curves({}, "ketamine 20 mg iv", patients=100)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write_curves(curves, Path(sys.argv[1]))
except RespiteError as error:
    print(error.found)
"""


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing(tmp_path, ending):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / f"curves{ending}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be written" in done.stdout
    assert "too large" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["curves.txt", "curves", ".csv", "curves.csv.gz"])
def test_an_ending_nobody_writes_is_refused(asked, tmp_path, name):
    with pytest.raises(FileNotUnderstood, match="ends in one of"):
        require_curve_file(asked, tmp_path / name)


def test_a_place_that_cannot_be_written_is_refused(asked, tmp_path):
    taken = tmp_path / "taken.csv"
    taken.mkdir()
    (tmp_path / "a file").write_text("")
    places = (taken, tmp_path / "nowhere" / "x.nc", tmp_path / "a file" / "x.parquet")
    for place in places:
        with pytest.raises(FileNotUnderstood, match="cannot be written") as refused:
            require_curve_file(asked, place)
        assert str(place) in refused.value.found
        with pytest.raises(FileNotUnderstood):
            write_curves(asked, place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "taken.csv"]
    assert list(taken.iterdir()) == []


def test_an_absurd_size_is_refused_in_gigabytes(tmp_path):
    asked = plan_curves(FACTS, REGIMEN, patients=100_000, every="1min")
    with pytest.raises(RespiteError, match=r"21\.0 GB.*at most 20 GB"):
        require_curve_file(asked, tmp_path / "curves.nc")
    with pytest.raises(RespiteError, match=r"52\.6 GB.*at most 20 GB"):
        require_curve_file(asked, tmp_path / "curves.csv")
    with pytest.raises(RespiteError, match="at most 1 GB"):
        respite.curves(FACTS, REGIMEN, patients=100_000)


def test_a_missing_library_is_named_with_the_part_that_brings_it(asked, tmp_path, monkeypatch):
    monkeypatch.setattr("respite.report.curve_files.find_spec", lambda name: None)
    for ending, library in ((".parquet", "pyarrow"), (".nc", "h5netcdf and h5py")):
        with pytest.raises(RespiteError, match=rf"{library}.*'curves'"):
            require_curve_file(asked, tmp_path / f"curves{ending}")
    with pytest.raises(RespiteError, match=r"xarray.*'curves'"):
        respite.curves(FACTS, REGIMEN)
    require_curve_file(asked, tmp_path / "curves.csv")
    assert os.listdir(tmp_path) == []


def test_asking_loads_no_library_of_files():
    code = (
        "import sys; from respite.report import plan_curves;"
        "plan_curves({}, 'ketamine 20 mg iv', patients=1);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pyarrow", "xarray", "h5netcdf", "h5py", "pandas"} & set(done.stdout.split())


def test_a_name_without_a_folder_is_written_here(asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_curves(asked, Path("curves.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["curves.csv"]
