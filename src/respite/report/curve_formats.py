"""Files of curves in three forms, each written chunk by chunk.

Each form is opened by a function that gives what writes one chunk, and the
file is complete when that function is left.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# The libraries that write these forms carry no types.
from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.report.curve_labels import about, heading, labels, patient_labels, time_labels
from respite.report.patient_disk import PatientDisk

if TYPE_CHECKING:
    from respite.population import CurveChunk, Curves

Write = Callable[["CurveChunk"], None]

PATIENT, TIME = "patient", "time_h"
"""The first two columns of every table: number of the person from 1, and hours."""


@contextmanager
def open_csv(draft: Path, curves: Curves) -> Generator[Write]:
    """Write one row for each patient and time, in UTF-8, with every digit that counts."""
    import csv

    with draft.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([PATIENT, TIME, *map(heading, curves.columns)])

        def write(chunk: CurveChunk) -> None:
            times = chunk.times_h.tolist()
            for row in range(chunk.people):
                values = [chunk.columns[column.name][row].tolist() for column in curves.columns]
                patient = [chunk.first + row] * len(times)
                rows.writerows(zip(patient, times, *values, strict=True))

        yield write


@contextmanager
def open_parquet(draft: Path, curves: Curves) -> Generator[Write]:
    """Write one row for each patient and time, and a row group for each chunk of people."""
    import numpy as np
    import pyarrow
    from pyarrow import parquet

    pa: Any = pyarrow
    writer: Any = parquet.ParquetWriter
    schema = _schema(pa, curves)

    with writer(draft, schema, use_dictionary=[PATIENT, TIME]) as file:

        def write(chunk: CurveChunk) -> None:
            numbers = np.arange(chunk.first, chunk.first + chunk.people, dtype=np.int32)
            columns = [
                np.repeat(numbers, len(chunk.times_h)),
                np.tile(chunk.times_h, chunk.people),
                *(chunk.columns[column.name].ravel() for column in curves.columns),
            ]
            table = pa.table([pa.array(values) for values in columns], schema=schema)
            file.write_table(table, row_group_size=table.num_rows)

        yield write


def _schema(pa: Any, curves: Curves) -> Any:
    fields = [
        pa.field(PATIENT, pa.int32(), nullable=False, metadata=patient_labels()),
        pa.field(TIME, pa.float64(), nullable=False, metadata=time_labels()),
        *(
            pa.field(heading(column), pa.float64(), nullable=False, metadata=labels(column))
            for column in curves.columns
        ),
    ]
    return pa.schema(fields, metadata={name: str(said) for name, said in about(curves).items()})


@contextmanager
def open_netcdf(draft: Path, curves: Curves) -> Generator[Write]:
    """Write one variable for each column, over the dimensions ``patient`` and ``time``."""
    import h5netcdf
    import numpy as np

    count = len(curves.times_h)
    new: Any = h5netcdf.File
    with PatientDisk(draft) as disk, new(disk, "w") as file:
        file.attrs.update(about(curves))
        file.dimensions = {"patient": curves.patients, "time": count}
        numbers = np.arange(1, curves.patients + 1, dtype=np.int32)
        _label(file.create_variable("patient", ("patient",), data=numbers), patient_labels())
        _label(file.create_variable("time", ("time",), data=curves.times_h), time_labels())
        for column in curves.columns:
            _label(
                file.create_variable(
                    column.name, ("patient", "time"), np.float64, chunks=(1, count)
                ),
                labels(column),
            )

        def write(chunk: CurveChunk) -> None:
            rows = slice(chunk.first - 1, chunk.first - 1 + chunk.people)
            for name, values in chunk.columns.items():
                file.variables[name][rows, :] = values
            disk.raise_if_failed()

        yield write
        file.flush()
        disk.raise_if_failed()


def _label(variable: Any, said: dict[str, str]) -> None:
    variable.attrs.update(said)


Open = Callable[[Path, "Curves"], AbstractContextManager[Write]]

FORMS: dict[str, tuple[Open, tuple[str, ...], int]] = {
    ".csv": (open_csv, (), 20),
    ".parquet": (open_parquet, ("pyarrow",), 8),
    ".nc": (open_netcdf, ("h5netcdf", "h5py"), 8),
}
"""For each ending: what opens such a file, the libraries it needs, and about how many bytes one
number takes in it."""
