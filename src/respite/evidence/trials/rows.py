"""Every figure of every study as one flat row, in units that can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respite.domain import Regimen, convert, parse_unit
from respite.evidence.trials.spreads import Errors, errors_of

if TYPE_CHECKING:
    from respite.literature import Arm, Contrast, Library, Outcome, Quantity, Study

SHARE, POINTS, DAYS = "share", "points", "days"
"""Units of a row: a share of one, points from 0 to 10, and days; any other is as printed."""

OWN = "own"
"""Status of a figure from a table of the user."""


@dataclass(frozen=True, kw_only=True)
class TrialRow:
    """One figure of one arm at one time, or of one arm less another.

    Attributes
    ----------
    study, kind, condition, role, crossover
        Which study, how people came to what they were given, what they had, what the study is
        used for when models meet trials, and whether everybody was given everything.
    arm, part, against
        The arm and what it stands for; ``against`` is the arm it is compared with, and empty
        where the figure is of one arm.
    against_regimen, against_n
        What the other arm was given, and how many people it had.
    regimen, regimen_status, not_writable
        What was given, in the regimen language, or why it cannot be written.
    n
        People measured; ``None`` where not reported.
    what, measure, scale
        What the figure is, in words and as the library sorts it.
    threshold
        Fall of pain that makes somebody a responder, ``"50 %"`` or ``"2 points"``;
        ``"not_reported"`` where nobody says; ``None`` where there is none.
    days, time
        Days from the first dose where they are known, and the time as the source says it.
    value, unit
        The figure: points on 0-10, a share of one, or as printed; ``None`` where not reported.
    sd, se, spread_kind, spread_status
        Standard deviation between people and standard error of the figure, where either is
        printed or follows; what was printed, or ``binomial``; and how the spread is known.
    count, of, p_value, found
        Responders among how many; the chance of such a difference by chance alone; and what the
        study concluded of it.
    status, read, source, at, because, note
        How the figure is known, and where it was seen.
    """

    study: str
    kind: str
    condition: str
    role: str
    crossover: bool
    arm: str
    part: str
    against: str
    against_regimen: str
    against_n: int | None
    regimen: str
    regimen_status: str
    not_writable: str
    n: int | None
    what: str
    measure: str
    scale: str
    threshold: str | None
    days: float | None
    time: str
    value: float | None
    unit: str
    sd: float | None
    se: float | None
    spread_kind: str
    spread_status: str
    count: int | None
    of: int | None
    p_value: float | None
    found: str
    status: str
    read: str
    source: str
    at: str
    because: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Give the row as plain data."""
        return vars(self).copy()


def trial_rows(
    library: Library, condition: str | None = None, studies: Collection[str] | None = None
) -> tuple[TrialRow, ...]:
    """Give every figure of the studies of a library.

    Parameters
    ----------
    library
        Where the studies are.
    condition
        Only studies of this condition.
    studies
        Only these studies, by their keys.

    Returns
    -------
    Rows in the order of studies, arms and figures; comparisons after the arms of their study.
    """
    return tuple(
        row
        for key, study in library.studies.items()
        if condition in (None, study.condition) and (studies is None or key in studies)
        for row in rows_of_study(study)
    )


def rows_of_study(study: Study) -> Iterator[TrialRow]:
    """Go through the figures of one study, arms first.

    Parameters
    ----------
    study
        One file of the library.
    """
    for arm in study.arms:
        for outcome in arm.outcomes:
            yield _outcome_row(study, arm, outcome)
    arms = {arm.name: arm for arm in study.arms}
    for contrast in study.contrasts:
        first, second = (arms[name] for name in contrast.between)
        yield _contrast_row(study, first, second, contrast)


def _outcome_row(study: Study, arm: Arm, outcome: Outcome) -> TrialRow:
    value, unit, factor = _comparable(outcome.value, outcome.unit, outcome.measure)
    if unit == SHARE and outcome.count is not None and outcome.of:
        value = outcome.count / outcome.of
    n = outcome.of or outcome.n or _or_none(arm.n)
    errors = errors_of(
        outcome.spread,
        factor=factor,
        n=n,
        share=value if unit == SHARE and outcome.measure != "mean_fall_percent" else None,
    )
    return TrialRow(
        **_common(study, arm, outcome),
        against="",
        against_regimen="",
        against_n=None,
        n=n,
        scale=outcome.scale,
        threshold=_threshold(outcome.threshold),
        value=value,
        unit=unit,
        **_spread(errors),
        count=outcome.count,
        of=outcome.of,
        p_value=None,
        found="not_reported",
    )


def _contrast_row(study: Study, arm: Arm, other: Arm, contrast: Contrast) -> TrialRow:
    value, unit, factor = _comparable(contrast.value, contrast.unit, contrast.measure)
    errors = errors_of(contrast.spread, factor=factor, n=None, share=None)
    return TrialRow(
        **_common(study, arm, contrast),
        against=contrast.between[1],
        against_regimen=other.regimen,
        against_n=_or_none(other.n),
        n=_or_none(arm.n),
        scale="",
        threshold=None,
        value=value,
        unit=unit,
        **_spread(errors),
        count=None,
        of=None,
        p_value=_or_none(contrast.p_value),
        found=contrast.found,
    )


def _common(study: Study, arm: Arm, figure: Outcome | Contrast) -> dict[str, Any]:
    """Give what a row says alike of a figure and of a comparison."""
    return {
        "study": study.id,
        "kind": study.kind,
        "condition": study.condition,
        "role": study.role,
        "crossover": study.crossover,
        "arm": arm.name,
        "part": arm.part,
        "regimen": arm.regimen,
        "regimen_status": arm.regimen_status if arm.regimen else "",
        "not_writable": arm.regimen_not_writable,
        "what": figure.what,
        "measure": figure.measure,
        "days": days_of(study, arm, figure),
        "time": time_as_printed(figure),
        "status": figure.status,
        "read": figure.read,
        "source": figure.source or study.source,
        "at": figure.at,
        "because": figure.because,
        "note": figure.note,
    }


def days_of(study: Study, arm: Arm, figure: Outcome | Contrast) -> float | None:
    """Give when a figure was seen, in days from the first dose.

    A time from the end of the last dose needs the regimen of the arm, or, where that cannot be
    written, of another arm of the study: arms of one study run side by side.

    Parameters
    ----------
    study, arm, figure
        The figure and where it belongs.

    Returns
    -------
    Days, or ``None`` where the source or the regimen does not tell.
    """
    if isinstance(figure.time, str) or figure.counted_from == "study_start":
        return None
    hours = convert(figure.time.value, figure.time.unit, "h")
    if figure.counted_from == "end_of_last_dose":
        written = arm.regimen or next((one.regimen for one in study.arms if one.regimen), "")
        if not written:
            return None
        hours += Regimen.parse(written).last_dose_end_h
    return convert(hours, "h", "days")


def time_as_printed(figure: Outcome | Contrast) -> str:
    """Say the time of a figure as its source does, with what it counts from.

    Parameters
    ----------
    figure
        An outcome or a comparison.
    """
    if isinstance(figure.time, str):
        return figure.time
    return f"{figure.time.value:g} {figure.time.unit} from {figure.counted_from}"


def _comparable(value: float | str, unit: str, measure: str) -> tuple[float | None, str, float]:
    """Give a figure in the unit of rows, that unit, and what one printed unit is worth in it."""
    wanted: str = unit
    factor: float = 1
    if unit == "%":
        wanted, factor = SHARE, 1 / 100
    elif measure in ("relief_duration", "mood") and parse_unit(unit).is_like(parse_unit("h")):
        wanted, factor = DAYS, convert(1, unit, "days")
    return (None if isinstance(value, str) else value * factor), wanted, factor


def _spread(errors: Errors) -> dict[str, Any]:
    return {
        "sd": errors.sd,
        "se": errors.se,
        "spread_kind": errors.kind,
        "spread_status": errors.status,
    }


def _threshold(threshold: Quantity | str | None) -> str | None:
    if threshold is None or isinstance(threshold, str):
        return threshold
    return f"{threshold.value:g} {threshold.unit}"


def _or_none(value: Any) -> Any:
    return None if isinstance(value, str) else value
