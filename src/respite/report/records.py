"""Records of doses and levels: read, said back, and turned into another form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from respite.domain import (
    DataSet,
    DoseEvent,
    DosingHistory,
    Episode,
    Observation,
    Regimen,
    RespiteError,
    Subject,
    data_set_of,
    dosing_history_of,
    read_records,
    write_data_set,
    write_dosing_history,
)
from respite.domain import translate as _
from respite.report.plain import csv_text

if TYPE_CHECKING:
    from respite.domain import SteadyDose
    from respite.population import Progress, RecordLevels

Target = Literal["summary", "nonmem", "doses", "levels"]
"""What records can be turned into: words, a data set, a dosing history, or expected levels."""

MOST_LEVELS = 20_000_000
"""Observations times draws: so many take about a minute; ours."""


@dataclass(frozen=True, kw_only=True)
class ReadBack:
    """What was understood of some records, and the table made of them.

    Parameters
    ----------
    kind
        What was read: ``data set``, ``dosing history`` or ``regimen``.
    data
        Its doses, levels and covariates.
    table
        The data set, dosing history or levels made of it, where they were asked for.
    levels
        What a model expects at each observation, where that was asked for.
    """

    kind: Literal["data set", "dosing history", "regimen"]
    data: DataSet
    table: str | None = None
    levels: RecordLevels | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data."""
        return {
            "schema": "respite.records/1",
            "kind": self.kind,
            "subjects": [_subject(subject) for subject in self.data.subjects],
            "table": self.table,
            "levels": None if self.levels is None else self.levels.to_dict(),
        }


def read_back(  # noqa: PLR0913 - each is a question a reader may ask by name
    source: str | Path | None = None,
    *,
    regimen: str | None = None,
    weight_kg: float | None = None,
    compartments: str | None = None,
    drug: str | None = None,
    to: Target = "summary",
    compress: bool = False,
    start: datetime | None = None,
    model: str | None = None,
    site: str | None = None,
    draws: int = 200,
    seed: int = 1,
    progress: Progress | None = None,
) -> ReadBack:
    """Read records of doses and levels, and turn them into another form.

    Parameters
    ----------
    source
        A data set or a dosing history: a path, or the text of the table.
    regimen
        A regimen as it is written, in place of a source.
    weight_kg
        Body weight, where doses are per kilogram.
    compartments, drug
        Which route each CMT is, and what is given, where the table leaves it unsaid.
    to
        ``summary`` only reads; ``nonmem`` and ``doses`` also make that table;
        ``levels`` simulates the level at every observation.
    compress
        Whether a data set says equal doses at equal intervals in one row.
    start
        Date and time of hour zero, for a dosing history.
    model, site, draws, seed, progress
        For levels: the kinetic model, where blood is drawn, how many virtual
        people stand for each subject, the seed, and who is told how far it is.

    Raises
    ------
    RespiteError
        Where the records cannot be honoured exactly, or the form cannot hold them.
    """
    given = _given(source, regimen, compartments, drug)
    if isinstance(given, DataSet) and weight_kg is not None:
        raise RespiteError(
            _("A weight is given beside a data set."),
            _("a data set that says weights itself, in the column WT."),
            _("leave out --weight."),
        )
    data = given if isinstance(given, DataSet) else data_set_of(given, weight_kg=weight_kg)
    table = None
    if to == "nonmem":
        table = write_data_set(data, compartments=compartments, compress=compress)
    elif to == "doses":
        table = write_dosing_history(_history(given, data, start))
    levels = None
    if to == "levels":
        levels = _levels(data, model=model, site=site, draws=draws, seed=seed, progress=progress)
        table = csv_text([_level_row(level) for level in levels.to_dict()["levels"]])
    kind = "data set" if isinstance(given, DataSet) else "dosing history"
    return ReadBack(
        kind="regimen" if isinstance(given, Regimen) else kind,
        data=data,
        table=table,
        levels=levels,
    )


def _levels(data: DataSet, *, draws: int, **asked: Any) -> RecordLevels:
    """Simulate the level at every observation, if there is any and they are not too many."""
    from respite.population import simulate_records

    seen = sum(len(subject.observations) for subject in data.subjects)
    if not seen:
        raise RespiteError(
            _("The records ask for no level."),
            _("rows with EVID 0, or a column DV."),
            _("add a row for each time at which a level is wanted."),
        )
    if not 1 <= draws <= MOST_LEVELS // seen:
        raise RespiteError(
            _("--draws is {draws}, for {seen} observations.").format(draws=draws, seen=seen),
            _("1 to {most}.").format(most=MOST_LEVELS // seen),
            _("--draws {most}, or fewer rows.").format(most=min(200, MOST_LEVELS // seen)),
        )
    return simulate_records(data, draws=draws, **asked)


def _level_row(level: dict[str, Any]) -> dict[str, Any]:
    """Name the columns of a level as a data set would."""
    return {
        "ID": level["subject"],
        "ROW": level["row"],
        "TIME": level["time_h"],
        "DV": level["observed"],
        "ANALYTE": level["analyte"],
        "TYPICAL": level["typical"],
        "Q05": level["q05"],
        "Q50": level["q50"],
        "Q95": level["q95"],
    }


def _given(
    source: str | Path | None, regimen: str | None, compartments: str | None, drug: str | None
) -> DataSet | DosingHistory | Regimen:
    if source is not None and regimen is None:
        return read_records(source, compartments=compartments, drug=drug)
    if regimen is not None and source is None:
        return Regimen.parse(regimen)
    raise RespiteError(
        _("Both a file and a regimen are given.")
        if regimen is not None
        else _("Neither a file nor a regimen is given."),
        _("one of the two."),
        _("respite records FILE, or respite records --regimen TEXT."),
    )


def _history(
    given: DataSet | DosingHistory | Regimen, data: DataSet, start: datetime | None
) -> DosingHistory:
    if start is not None:
        return dosing_history_of(data, start)
    if isinstance(given, DosingHistory):
        return given
    raise RespiteError(
        _("A dosing history has dates, and these records have hours only."),
        _("the date and time of hour zero."),
        _("add --start 2026-03-02T09:00:00."),
    )


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "id": subject.id,
        "episodes": [_episode(episode) for episode in subject.episodes],
        "observations": [_observation(one) for one in subject.observations],
        "covariate_changes": [
            {"time_h": change.time_h, "values": dict(change.values)}
            for change in subject.covariate_changes
        ],
    }


def _episode(episode: Episode) -> dict[str, Any]:
    return {
        "start_h": episode.start_h,
        "end_h": episode.end_h,
        "events": [_event(event) for event in episode.events],
        "steady": [_steady(dose) for dose in episode.steady],
    }


def _event(event: DoseEvent) -> dict[str, Any]:
    return {
        "time_h": event.time_h,
        "drug": str(event.drug),
        "salt": str(event.salt),
        "route": str(event.way),
        "amount_mg": event.amount,
        "duration_h": event.duration_h,
    }


def _steady(dose: SteadyDose) -> dict[str, Any]:
    return {**_event(dose.event), "interval_h": dose.interval_h}


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "time_h": one.time_h,
        "value_ng_ml": one.value,
        "episode": one.episode,
        "events_before": one.events_before,
        "steady_before": one.steady_before,
        "compartment": one.compartment,
        "row": one.row,
    }
