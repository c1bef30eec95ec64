"""What do randomised trials against placebo say together about one time?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, get_args

from respite.domain import VERSION, Regimen, RespiteError, listed
from respite.domain import translate as _
from respite.evidence.claims import check_condition, nearest_word
from respite.evidence.pooling.answer import Pool
from respite.evidence.pooling.fit import fitted
from respite.evidence.pooling.gather import Compared, LeftOut, compared
from respite.evidence.pooling.published import syntheses
from respite.evidence.pooling.trial import Measure, Trial, in_days, reported_days, trials_of
from respite.evidence.pooling.window import asked_days, window_around
from respite.literature import Library, claims_for, load_library, ways_of_giving

if TYPE_CHECKING:
    from respite.evidence.trials.rows import TrialRow

RANDOMISED = "randomised_placebo"
"""The one kind of study that is pooled."""


def pool(
    measure: str = "mean_pain",
    *,
    at: str | float = "14d",
    condition: str | None = None,
    trials: str | PathLike[str] | Sequence[TrialRow] | None = None,
    library: Library | None = None,
) -> Pool:
    r"""Pool what randomised trials saw with ketamine and with placebo.

    Each trial gives one figure: that nearest to the time asked for, from half of that time to
    one and a half times it. Cohorts and open studies are never mixed in.

    Parameters
    ----------
    measure
        ``mean_pain``: points of pain (0-10), ketamine less placebo; or ``responders``: odds of
        responding, ketamine over placebo.
    at
        Time from the first dose, such as ``14d``, or a number of days.
    condition
        Only trials of this condition.
    trials
        Trials to add: a path to a table of them, or rows of one.
    library
        Where trials come from; by default the one that ships.

    Raises
    ------
    RespiteError
        Where the measure or the condition is unknown, or no trial reports such a time.

    Examples
    --------
    >>> found = pool(at="7d", condition="crps")
    >>> found.k, found.prediction95
    (1, None)
    """
    library = library or load_library()
    asked, days = _measure(measure), asked_days(at)
    check_condition(condition)
    rows = _rows(library, trials)
    gathered = trials_of(
        [row for row in rows if row.condition == (condition or row.condition)], library
    )
    gathered = tuple(one for one in gathered if one.first.kind != "meta_analysis")
    randomised = [one for one in gathered if one.first.kind == RANDOMISED]
    found = [compared(one, asked, days, library) for one in randomised]
    pooled = [one for one in found if isinstance(one, Compared)]
    if not pooled:
        raise _nothing(asked, days, condition, randomised)
    left_out = [one for one in found if isinstance(one, LeftOut)]
    left_out += [
        LeftOut(
            study=one.first.study, because=_("not randomised against placebo"), randomised=False
        )
        for one in gathered
        if one.first.kind != RANDOMISED and _has_figures(one, asked)
    ]
    claims = claims_for(
        library, condition=condition, days=days, measure=asked, giving=_ways(pooled)
    )
    return fitted(
        pooled,
        library,
        measure=asked,
        condition=condition,
        at_days=days,
        window_days=window_around(days),
        left_out=tuple(sorted(left_out, key=lambda one: (not one.randomised, one.study))),
        published=syntheses(library, rows, asked, days, condition),
        claims=claims,
        provenance={"respite": VERSION, "library_digest": library.digest()},
    )


def _rows(
    library: Library, trials: str | PathLike[str] | Sequence[TrialRow] | None
) -> tuple[TrialRow, ...]:
    from respite.evidence.trials.rows import trial_rows

    shipped = trial_rows(library)
    if trials is None:
        return shipped
    if isinstance(trials, str | PathLike):
        from respite.evidence.trials.own_trials import read_own_trials

        trials = read_own_trials(trials)
    return (*shipped, *trials)


def _measure(measure: str) -> Measure:
    known: tuple[Measure, ...] = get_args(Measure)
    for word in known:
        if word == measure:
            return word
    raise RespiteError(
        _("--measure is {measure}.").format(measure=measure[:40]),
        listed(known),
        _("--measure {word}.").format(word=nearest_word(measure, known)),
    )


def _ways(pooled: Sequence[Compared]) -> tuple[str, ...] | None:
    """Give the ways of giving in the pool; nothing where none can be told."""
    regimens = [text for one in pooled for text in one.regimens]
    ways = dict.fromkeys(
        way for text in regimens for way in ways_of_giving(Regimen.parse(text).events())
    )
    return tuple(ways) or None


def _has_figures(trial: Trial, measure: Measure) -> bool:
    wanted = ("mean_pain", "mean_fall") if measure == "mean_pain" else (measure,)
    return any(row.measure in wanted for row in trial.rows)


def _nothing(
    measure: Measure, days: float, condition: str | None, trials: Sequence[Trial]
) -> RespiteError:
    """Make the error for a time that no trial reports, naming the times that there are."""
    times = sorted({day for one in trials for day in reported_days(one, measure)})
    first, last = window_around(days)
    of = _("any condition") if condition is None else condition
    named = listed([in_days(day) for day in times])
    return RespiteError(
        _(
            "No randomised trial against placebo reports {measure} of {condition} from {first} to"
            " {last} after the first dose."
        ).format(measure=_spoken(measure), condition=of, first=in_days(first), last=in_days(last)),
        _("a time near one that is reported: {times}.").format(times=named)
        if times
        else _("a measure and a condition that randomised trials report."),
        _("--at {time}.").format(time=_typed(min(times, key=lambda day: abs(math.log(day / days)))))
        if times
        else _("another --condition or --measure; respite evidence trials lists them."),
    )


def _spoken(measure: Measure) -> str:
    return _("a mean of pain") if measure == "mean_pain" else _("counts of responders")


def _typed(days: float) -> str:
    return f"{days:.4g}d" if days >= 1 else f"{days * 24:.3g}h"
