"""From rows of trials to trials that models are held against."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

from respite.domain import Drug, Regimen, convert
from respite.domain import translate as _
from respite.evidence.model_based.trials import SeenArm, SeenRow, SeenTrial, Skipped
from respite.evidence.trials.rows import SHARE, TrialRow

_ASKED = ("mean_pain", "mean_fall", "mean_fall_percent", "responders")
"""Measures that the model has an answer to."""

_SOON_H = 0.5
"""Where no time was seen, a difference is looked at so long after the last dose [h]."""


def seen_trials(
    rows: Sequence[TrialRow], roles: Collection[str] = ("calibration", "validation")
) -> tuple[tuple[SeenTrial, ...], tuple[Skipped, ...]]:
    """Give every study that is fitted to or predicted, and what of them could not be.

    Parameters
    ----------
    rows
        Rows of trials, in any order.
    roles
        Roles of the studies that are wanted.

    Returns
    -------
    The trials in the order of their rows, and what was left out, with the reason.
    """
    trials: list[SeenTrial] = []
    skipped: list[Skipped] = []
    by_study: dict[str, list[TrialRow]] = {}
    for row in rows:
        by_study.setdefault(row.study, []).append(row)
    for study, of_study in by_study.items():
        if of_study[0].role not in roles:
            skipped.append(Skipped(study, _("the whole study"), _("it has no part in this")))
            continue
        reading = _Reading(study)
        trial = _trial(reading, of_study)
        skipped += reading.skipped
        if trial.rows:
            trials.append(trial)
        elif not reading.skipped:
            skipped.append(Skipped(study, _("the whole study"), _("no figure of pain was seen")))
    return tuple(trials), tuple(skipped)


@dataclass
class _Reading:
    """What is left out of one study while it is read."""

    study: str
    skipped: list[Skipped] = field(default_factory=list[Skipped])

    def skip(self, what: str, because: str) -> None:
        self.skipped.append(Skipped(self.study, what, because))


def _trial(reading: _Reading, rows: Sequence[TrialRow]) -> SeenTrial:
    arms: dict[str, SeenArm] = {}
    for name in dict.fromkeys(name for row in rows for name in (row.arm, row.against) if name):
        arm = _arm(reading, name, rows)
        if arm is not None:
            arms[name] = arm
    places = {name: place for place, name in enumerate(arms)}
    seen: list[SeenRow] = []
    for row in rows:
        found = _row(reading, row, rows, list(arms.values()), places)
        if found is not None:
            seen.append(found)
    first = rows[0]
    return SeenTrial(
        first.study,
        first.condition,
        "calibration" if first.role == "calibration" else "validation",
        tuple(arms.values()),
        tuple(seen),
        is_crossover=first.crossover,
    )


def _arm(reading: _Reading, name: str, rows: Sequence[TrialRow]) -> SeenArm | None:
    what = _("the arm '{name}'").format(name=name)
    own = [row for row in rows if row.arm == name]
    regimens = [row.regimen for row in own]
    regimens += [row.against_regimen for row in rows if row.against == name]
    if own and own[0].part == "comparator":
        reading.skip(what, _("another drug was given"))
        return None
    if not regimens[0]:
        reading.skip(what, own[0].not_writable if own else _("it has no regimen"))
        return None
    regimen = Regimen.parse(regimens[0])
    numbers = [row.n for row in own] + [row.against_n for row in rows if row.against == name]
    before = [row.value for row in own if row.measure == "mean_pain" and row.days == 0]
    return SeenArm(
        name,
        regimens[0],
        regimen.events(),
        max((number for number in numbers if number), default=1),
        before[0] if before else None,
        any(event.drug is not Drug.PLACEBO for event in regimen.events()),
    )


def _row(
    reading: _Reading,
    row: TrialRow,
    rows: Sequence[TrialRow],
    arms: Sequence[SeenArm],
    places: dict[str, int],
) -> SeenRow | None:
    if row.measure not in _ASKED or row.arm not in places:
        return None
    if row.against:
        return _contrast(reading, row, rows, arms, places)
    what = _("{what} in the arm '{arm}'").format(what=row.what, arm=row.arm)
    if row.value is None or row.days is None:
        reading.skip(what, _("no figure or no time was seen"))
        return None
    if row.days == 0 and row.measure == "mean_pain":
        return None  # pain before treatment is where the model starts
    if row.measure == "mean_pain" and _has_fall(row, rows):
        return None  # the same figure, told with its error
    if row.measure == "responders":
        return _responders(reading, row, what, places)
    scale = 100 if row.unit == SHARE else 1
    return SeenRow(
        arm=places[row.arm],
        kind=row.measure,  # pyright: ignore[reportArgumentType]
        time_h=convert(row.days, "days", "h"),
        value=row.value * scale,
        error=None if row.se is None else row.se * scale,
        words=row.what,
        read=row.read,
    )


def _has_fall(row: TrialRow, rows: Sequence[TrialRow]) -> bool:
    return any(
        one.measure == "mean_fall" and (one.arm, one.days) == (row.arm, row.days) for one in rows
    )


def _responders(
    reading: _Reading, row: TrialRow, what: str, places: dict[str, int]
) -> SeenRow | None:
    """Read a count of responders; a share of a known number of people is as good as a count."""
    if row.threshold in (None, "not_reported"):
        reading.skip(what, _("what counts as a response was not seen"))
        return None
    asked = row.of or row.n
    if not asked or row.value is None or row.days is None:
        reading.skip(what, _("how many people were asked was not seen"))
        return None
    amount, _space, unit = row.threshold.partition(" ")
    in_points = unit == "points"
    count = round(row.value * asked) if row.count is None else row.count
    return SeenRow(
        arm=places[row.arm],
        kind="responders",
        time_h=convert(row.days, "days", "h"),
        value=count / asked,
        count=count,
        of=asked,
        threshold=float(amount) if in_points else float(amount) / 100,
        in_points=in_points,
        words=row.what,
        read=row.read,
        note=_("counted from the share") if row.count is None else "",
    )


def _contrast(
    reading: _Reading,
    row: TrialRow,
    rows: Sequence[TrialRow],
    arms: Sequence[SeenArm],
    places: dict[str, int],
) -> SeenRow | None:
    """Read a difference of means: in numbers, from its P value, or what was concluded."""
    what = _("{what}, {first} against {second}").format(
        what=row.what, first=row.arm, second=row.against
    )
    if row.measure != "mean_pain" or row.against not in places:
        return None
    arm = arms[places[row.arm]]
    ends_h = Regimen.parse(arm.regimen).last_dose_end_h
    time_h = ends_h + _SOON_H if row.days is None else convert(row.days, "days", "h")
    notes: list[str] = []
    if row.days is None:
        notes.append(_("no time was seen, and half an hour after the last dose is taken"))
    value, error = row.value, row.se
    if value is None and row.p_value is not None:
        error = _error_of_difference(rows, row)
        if error is not None:
            value = -error * NormalDist().inv_cdf(1 - row.p_value / 2)
            notes.append(
                _(
                    "worked out from P = {p:g} and the errors of the means before it; that the "
                    "first arm had less pain is assumed"
                ).format(p=row.p_value)
            )
    if value is None and row.found == "not_reported" and row.kind != "protocol":
        reading.skip(what, _("neither a figure nor a conclusion was seen"))
        return None
    return SeenRow(
        arm=places[row.arm],
        against=places[row.against],
        kind="difference" if value is not None else "conclusion",
        time_h=time_h,
        value=math.nan if value is None else value,
        error=error,
        words=row.what,
        read=row.read,
        found=row.found,
        note="; ".join(notes),
    )


def _error_of_difference(rows: Sequence[TrialRow], row: TrialRow) -> float | None:
    """Give the error of a difference from the errors that the two means had at another time."""
    found: list[float] = []
    for name in (row.arm, row.against):
        errors = [
            one.se
            for one in rows
            if one.arm == name and not one.against and one.measure == "mean_pain" and one.se
        ]
        if not errors:
            return None
        found.append(errors[-1])
    return math.hypot(*found)
