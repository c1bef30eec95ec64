"""Whole curves to a file, or to a labelled array for a notebook."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.report.curve_formats import FORMS
from respite.report.curve_labels import about, labels, patient_labels, time_labels
from respite.report.front import to_patient, to_regimen

if TYPE_CHECKING:
    from xarray import Dataset

    from respite.domain import Patient, Regimen, RespiteError
    from respite.population import Curves, Progress

GB = 10**9

MOST_IN_FILE = 20 * GB
"""Bytes of one file; more is the work of hours, and fills most disks. Ours."""

MOST_IN_MEMORY = GB
"""Bytes of the curves that a notebook may hold; ours."""

_BYTES = 8
"""Bytes of one number in memory."""


def plan_curves(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str,
    *,
    patients: int = 1000,
    model: str | None = None,
    site: str | None = None,
    every: str = "15min",
    until: str | None = None,
    seed: int = 1,
) -> Curves:
    """Ask for whole curves of every virtual patient; they are worked out as they are taken.

    Parameters
    ----------
    patient
        Whom the group resembles, or the facts known about the person by name.
        Where the condition is among them, pain and relief are followed too.
    regimen
        The doses, as a regimen or as it is written.
    patients
        How many virtual patients.
    model
        Which kinetic model of the library; by default the core.
    site
        Where the blood is drawn: ``venous`` or ``arterial``; by default as in the model.
    every
        How far apart the times are, such as ``15min`` or ``1h``.
    until
        Last time from the start of the first dose, such as ``7d``; by default
        a day after the end of the last dose.
    seed
        Same seed, same people as in a simulation.

    Returns
    -------
    The curves: go over them for one chunk of people after another, or give
    them to :func:`write_curves`.
    """
    from respite import population

    return population.simulate_curves(
        to_patient(patient),
        to_regimen(regimen),
        patients=patients,
        model=model,
        site=site,
        every=every,
        until=until,
        seed=seed,
    )


def curves(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str,
    *,
    patients: int = 1000,
    model: str | None = None,
    site: str | None = None,
    every: str = "15min",
    until: str | None = None,
    seed: int = 1,
) -> Dataset:
    """Simulate whole curves into a labelled array; the question is that of :func:`plan_curves`.

    Parameters
    ----------
    patient, regimen, patients, model, site, every, until, seed
        The question.

    Returns
    -------
    An xarray ``Dataset`` over ``patient`` and ``time`` [h], the same that
    reading a NetCDF file of these curves gives.

    Raises
    ------
    RespiteError
        Where xarray is not installed, or the curves are too many for the memory.
    """
    _require(("xarray",), _("Curves are asked for"), _("install that part."))
    asked = plan_curves(
        patient, regimen, patients=patients, model=model, site=site,
        every=every, until=until, seed=seed,
    )  # fmt: skip
    _refuse_large(
        asked.cells * _BYTES, MOST_IN_MEMORY, _("or write the curves to a file, chunk by chunk.")
    )
    return _dataset(asked)


def _dataset(asked: Curves) -> Dataset:
    import numpy as np
    import xarray

    shape = (asked.patients, len(asked.times_h))
    values = {column.name: np.empty(shape) for column in asked.columns}
    for chunk in asked:
        rows = slice(chunk.first - 1, chunk.first - 1 + chunk.people)
        for name, part in chunk.columns.items():
            values[name][rows] = part
    numbers = np.arange(1, asked.patients + 1, dtype=np.int32)
    return xarray.Dataset(
        {
            column.name: (("patient", "time"), values[column.name], labels(column))
            for column in asked.columns
        },
        coords={
            "patient": ("patient", numbers, patient_labels()),
            "time": ("time", asked.times_h, time_labels()),
        },
        attrs=about(asked),
    )


def write_curves(asked: Curves, file: Path, *, progress: Progress | None = None) -> Path:
    """Write curves to a file, whole or not at all, one chunk of people after another.

    Parameters
    ----------
    asked
        The curves, from :func:`plan_curves`.
    file
        Where they go; the ending chooses the form: ``.csv``, ``.parquet`` or ``.nc``.
        A file of that name is replaced.
    progress
        Told after each chunk what share of the work is done.

    Returns
    -------
    The file.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be written.
    RespiteError
        Where a library is missing, or the file would be too large.
    """
    require_curve_file(asked, file)
    open_form = FORMS[file.suffix.lower()][0]
    draft = _draft_beside(file)
    try:
        with open_form(draft, asked) as write, closing(asked.chunks(progress)) as chunks:
            for chunk in chunks:
                write(chunk)
        draft.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        _discard(draft)
    return file


def require_curve_file(asked: Curves, file: Path) -> None:
    """Refuse in words a file of curves that cannot be written, before anything is worked out.

    Parameters
    ----------
    asked
        The curves.
    file
        Where they would go.

    Raises
    ------
    FileNotUnderstood
        Where the ending is unknown or the file cannot be written.
    RespiteError
        Where a library is missing, or the file would be too large.
    """
    from respite.domain import FileNotUnderstood

    if file.suffix.lower() not in FORMS:
        raise FileNotUnderstood(
            _("The file of curves is {file}.").format(file=file),
            _("a name that ends in one of {endings}.").format(endings=", ".join(FORMS)),
            _("--curves curves.csv."),
        )
    _open, libraries, size = FORMS[file.suffix.lower()]
    _require(
        libraries,
        _("A file that ends in {ending} is asked for").format(ending=file.suffix),
        _("install that part, or end the name in .csv."),
    )
    _refuse_large(asked.cells * size, MOST_IN_FILE, _("or fewer --patients."))
    draft = _draft_beside(file)
    try:
        if file.is_dir():
            raise IsADirectoryError(None, _("it is a folder"))
        draft.touch(exist_ok=False)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        _discard(draft)


def _draft_beside(file: Path) -> Path:
    import uuid

    return file.with_name(f".{file.name}-{uuid.uuid4().hex}")


def _discard(draft: Path) -> None:
    """Take away what is left of a draft, if anything; where none could be made, nothing is."""
    with suppress(OSError):
        draft.unlink()


def _unwritable(file: Path, error: OSError) -> RespiteError:
    from respite.domain import FileNotUnderstood

    reason = os.strerror(error.errno) if error.errno else error.strerror or str(error)
    return FileNotUnderstood(
        _("The curves cannot be written to {file}: {reason}.").format(file=file, reason=reason),
        _("a file in a folder that exists, that you may write to and that has room."),
        _("another folder, such as --curves curves{ending}.").format(ending=file.suffix),
    )


def _require(libraries: tuple[str, ...], asked: str, remedy: str) -> None:
    """Refuse in words what needs a library that is not installed."""
    if all(find_spec(name) is not None for name in libraries):
        return
    from respite.domain import RespiteError, listed

    raise RespiteError(
        _("{asked}, but the libraries for it are not installed.").format(asked=asked),
        _("{libraries}, which come with the optional part 'curves' of Respite.").format(
            libraries=listed(libraries)
        ),
        remedy,
    )


def _refuse_large(size: int, most: int, other: str) -> None:
    """Refuse curves of an absurd size."""
    if size <= most:
        return
    from respite.domain import RespiteError

    raise RespiteError(
        _("The curves would fill about {size:,.1f} GB.").format(size=size / GB),
        _("at most {most:.0f} GB.").format(most=most / GB),
        _("a longer --every, an earlier --until, {other}").format(other=other),
    )
