"""Keeps forecasts in a log, and asks later whether they came true."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory, MeasuredLevels, Patient, Regimen, RespiteError
    from respite.forecasting import ChainEnd, Forecast, PersonScore, TrackRecord

DOSES = ".doses.csv"
"""Behind a person's name: the doses that were given, in a folder of logs."""


def require_log(path: Path) -> None:
    """Refuse a log that nothing can be added to, before the question is worked out."""
    from respite.forecasting import check_log

    check_log(path)


def known_until_h(path: Path, history: DosingHistory | None = None) -> float | None:
    """Give the time of the last score that the latest forecast of a log knew.

    Parameters
    ----------
    path
        The log.
    history
        Doses that were given since, from the first of which hours are counted now.

    Returns
    -------
    Hours from the first dose. ``None`` where there is no log yet, where its
    latest forecast knew no score, or where its clock is not that of the doses.
    """
    from respite.domain import hours_between, is_zoned
    from respite.forecasting import read_log

    if not path.exists() or not path.stat().st_size:
        return None
    latest = read_log(path)[-1]
    if history is None or not isinstance(latest.last_entry, str):
        return latest.last_entry_h
    first, known = history.first_dose_start, datetime.fromisoformat(latest.last_entry)
    return hours_between(first, known) if is_zoned(first) == is_zoned(known) else None


def log_forecast(  # noqa: PLR0913 - everything that a forecast was made from
    answer: Forecast,
    path: Path,
    *,
    made_at: datetime,
    patient: Patient,
    regimen: Regimen | None = None,
    history: DosingHistory | None = None,
    diary: Diary | None = None,
    levels: MeasuredLevels | None = None,
) -> ChainEnd:
    """Add a forecast to a log, and return when it is safe on disk.

    Parameters
    ----------
    answer
        The forecast.
    path
        The log; made where it does not exist.
    made_at
        Now, with the time zone of the clock on the wall.
    patient, regimen, history, diary, levels
        What the forecast was made from; their fingerprint is kept.

    Returns
    -------
    How many lines the log has, and the fingerprint of the new one.

    Raises
    ------
    LogNotUnderstood, FileNotUnderstood
        Where the log was changed, or cannot be written.
    """
    from respite.forecasting import append_line

    line = logged(
        answer, made_at=made_at, patient=patient, regimen=regimen, history=history,
        diary=diary, levels=levels,
    )  # fmt: skip
    return append_line(path, line)


def logged(  # noqa: PLR0913 - everything that a forecast was made from
    answer: Forecast,
    *,
    made_at: datetime,
    patient: Patient,
    regimen: Regimen | None = None,
    history: DosingHistory | None = None,
    diary: Diary | None = None,
    levels: MeasuredLevels | None = None,
) -> dict[str, Any]:
    """Give what a line of a log says of a forecast, for whoever keeps it elsewhere than in a file.

    Parameters
    ----------
    answer, made_at, patient, regimen, history, diary, levels
        See :func:`log_forecast`.
    """
    from respite.domain import UNKNOWN, write_diary, write_dosing_history
    from respite.forecasting import digest_of_inputs, line_of

    digest = digest_of_inputs(
        patient=_patient_text(patient),
        regimen=None if regimen is None else str(regimen),
        history=None if history is None else write_dosing_history(history),
        diary=None if diary is None else write_diary(diary),
        levels=None if levels is None else repr(levels),
    )
    usual = patient.baseline_pain
    when, hours = _last_entry(answer, diary)
    return line_of(
        answer,
        made_at=made_at,
        inputs_digest=digest,
        first_dose=answer.start if history is None else answer.first_dose,
        last_entry=when,
        last_entry_h=hours,
        baseline_pain=None if usual is UNKNOWN else float(usual),
    )


def score(log: Path, diary: Diary, history: DosingHistory | None = None) -> TrackRecord:
    """Compare the forecasts of one log with the diary of the person.

    Parameters
    ----------
    log
        What ``respite forecast --log`` has written.
    diary
        The diary as it is now; entries that a forecast knew do not count for it.
    history
        Doses that were given; without them the plan is taken to have been kept.

    Raises
    ------
    LogNotUnderstood
        Where the log was changed after it was written, or cannot be read.
    NothingToScore
        Where log and diary cannot be held against each other.
    """
    from respite.forecasting import TrackRecord, read_log, score_forecasts

    person = score_forecasts(read_log(log), diary, history, name=log.stem)
    return TrackRecord(persons=(person,))


def score_lines(
    lines: Sequence[Mapping[str, Any]],
    diary: Diary,
    history: DosingHistory | None = None,
    *,
    name: str = "",
) -> TrackRecord:
    """Compare forecasts that were kept elsewhere than in a file with the diary of the person.

    Parameters
    ----------
    lines
        What :func:`logged` gave, each with the ``digest`` that was kept for it; the earliest first.
    diary, history
        See :func:`score`.
    name
        Whom they are about.

    Raises
    ------
    LogNotUnderstood
        Where a line does not say what it must.
    NothingToScore
        Where lines and diary cannot be held against each other.
    """
    from respite.forecasting import TrackRecord, read_line, score_forecasts

    log = [read_line(json.dumps(line).encode(), n) for n, line in enumerate(lines, start=1)]
    return TrackRecord(persons=(score_forecasts(log, diary, history, name=name),))


def score_folder(folder: Path) -> TrackRecord:
    """Compare the logs of a folder with the diaries beside them.

    Parameters
    ----------
    folder
        Holds ``NAME.jsonl`` and ``NAME.csv`` for each person, and perhaps ``NAME.doses.csv``.

    Raises
    ------
    NothingToScore
        Where no log has a diary beside it.
    RespiteError
        Where a file cannot be read; with its name.
    """
    from respite.forecasting import NothingToScore, TrackRecord, over_persons

    logs = {path.stem: path for path in sorted(folder.glob("*.jsonl"))}
    tables = sorted(folder.glob("*.csv"))
    diaries = {path.stem: path for path in tables if not path.name.endswith(DOSES)}
    doses = {path.name.removesuffix(DOSES): path for path in tables if path.name.endswith(DOSES)}
    both = [name for name in logs if name in diaries]
    if not both:
        raise NothingToScore(
            _("The folder {folder} holds no log with a diary beside it.").format(folder=folder),
            _("files such as ana.jsonl and ana.csv."),
            _("give a log and a diary the same name."),
        )
    persons = tuple(_person(logs[name], diaries[name], doses.get(name)) for name in both)
    alone = [
        path.name
        for files in (logs, diaries, doses)
        for name, path in files.items()
        if name not in both
    ]
    return TrackRecord(
        persons=persons, over_persons=over_persons(persons), without_partner=tuple(sorted(alone))
    )


def _person(log: Path, diary: Path, doses: Path | None) -> PersonScore:
    from respite.domain import RespiteError, read_diary, read_dosing_history
    from respite.forecasting import read_log, score_forecasts

    try:
        return score_forecasts(
            read_log(log),
            read_diary(diary),
            None if doses is None else read_dosing_history(doses),
            name=log.stem,
        )
    except RespiteError as error:
        raise _named(log.stem, error) from error


def _named(name: str, error: RespiteError) -> RespiteError:
    """Say for whom something could not be read; a folder holds many."""
    found = _("{name}: {found}").format(name=name, found=error.found)
    return type(error)(found, error.expected, error.remedy)


def _patient_text(patient: Patient) -> str:
    facts = patient.known()
    settled: dict[str, Any] = {
        name: float(value) if isinstance(value, int | float) else value
        for name, value in facts.items()
    }
    return json.dumps(settled, sort_keys=True)


def _last_entry(answer: Forecast, diary: Diary | None) -> tuple[str | float | None, float | None]:
    """Give the last entry that a forecast knew: as it is dated, and in hours."""
    if diary is None:
        return None, None
    last = diary.entries[-1]
    when = last.at.isoformat() if last.at is not None else float(last.day or 0)
    if answer.first_dose is not None:
        return when, max(diary.hours_after(datetime.fromisoformat(answer.first_dose)))
    return when, None if diary.is_dated else max(diary.hours_after())
