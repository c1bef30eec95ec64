"""Which plan gives what? Several plans tried on the same people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from respite.domain import (
    DosingHistory,
    Drug,
    Patient,
    Regimen,
    ReliefRule,
    RespiteError,
    Threshold,
)
from respite.domain import translate as _
from respite.forecasting.answer import Forecast
from respite.forecasting.forecast import forecast
from respite.forecasting.plans.better import better, share_same
from respite.forecasting.plans.comparison import ComparedPlan, PlanComparison
from respite.forecasting.plans.window import common_window
from respite.forecasting.refusals import refuse_large, refuse_too_much
from respite.forecasting.timeline import set_timeline
from respite.forecasting.unknowns import condition_of
from respite.literature import Library, load_library
from respite.population import (
    PAIN,
    Exposure,
    Floats,
    People,
    Progress,
    draw_group,
    for_events,
    simulate,
)

FEWEST, MOST = 2, 6
"""Plans in one comparison."""

_MOST_PEOPLE = 1000
"""People whose levels are simulated; ours."""


def compare(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimens: Sequence[Regimen],
    *,
    history: DosingHistory | None = None,
    start: str | None = None,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    confirm_days: int = 3,
    horizon_days: int = 180,
    draws: int = 4000,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> PlanComparison:
    """Compare plans on the same people.

    Parameters
    ----------
    patient
        What is known of the patient; what is not is drawn, and said.
    regimens
        The plans, two to six; a placebo may be one of them.
    history
        What was given before, the same for every plan.
    start
        Date of the first planned dose, ``YYYY-MM-DD``.
    threshold, confirm_days
        What counts as relief, and for how many days it must stay away to have gone.
    horizon_days
        How far to look after the last dose of each plan; days with relief are compared to
        the day so many days after the last dose of the longest.
    draws, seed
        How many people, and the seed of all of them.
    library
        Where the numbers come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Returns
    -------
    For each plan its forecast and levels, and the chance that one beats another.

    Raises
    ------
    OutOfScope
        If no model may be asked, or the threshold cannot be assessed.
    RespiteError
        If there are too few plans or too many, or two are the same.
    """
    _refuse_plans(regimens)
    refuse_too_much(horizon_days, confirm_days, draws)
    library = library or load_library()
    steps = 1 + 2 * len(regimens)

    def done(step: int) -> None:
        if progress is not None:
            progress(step / steps)

    timelines = [set_timeline(regimen, history, None, start) for regimen in regimens]
    rule = ReliefRule(threshold, confirm_days)
    window = common_window([line.events for line in timelines], horizon_days, rule)
    refuse_large(draws, window.days + confirm_days)
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    used = for_events(core, [event for line in timelines for event in line.events])
    condition = condition_of(patient)
    answers = [
        forecast(
            patient, regimen, history=history, start=start, threshold=threshold,
            confirm_days=confirm_days, horizon_days=horizon_days, draws=draws, seed=seed,
            library=library,
        )
        for regimen in regimens
    ]  # fmt: skip
    done(len(regimens))
    group = draw_group(library, patient, People(seed, draws), kinetics=used, condition=condition)
    days: list[Floats] = []
    for line in timelines:
        days.append(window.days_by_drug(line.events, group))
        done(len(regimens) + len(days))
    plans = tuple(
        _plan(answer, _levels(patient, regimen, draws, seed, library), mine, history)
        for answer, regimen, mine in zip(answers, regimens, days, strict=True)
    )
    done(steps)
    return PlanComparison(
        plans=plans,
        window_days=window.days,
        better=tuple(tuple(better(mine, other) for other in days) for mine in days),
        better_by_a_day=tuple(
            tuple(float(np.mean(mine - other >= 1)) for other in days) for mine in days
        ),
        same=tuple(tuple(share_same(mine, other) for other in days) for mine in days),
        seed=seed,
    )


def _refuse_plans(regimens: Sequence[Regimen]) -> None:
    if not FEWEST <= len(regimens) <= MOST:
        raise RespiteError(
            _("{n} plans are given.").format(n=len(regimens)),
            _("{fewest} to {most} plans to compare.").format(fewest=FEWEST, most=MOST),
            _("--regimen once for each plan; respite forecast for a single one."),
        )
    written = [str(regimen) for regimen in regimens]
    again = next((text for place, text in enumerate(written) if text in written[:place]), None)
    if again is not None:
        raise RespiteError(
            _("The plan {plan} is given twice.").format(plan=again),
            _("plans that differ."),
            _("leave one of them out, or change it."),
        )


def _levels(
    patient: Patient, regimen: Regimen, draws: int, seed: int, library: Library
) -> tuple[Exposure, ...]:
    """Simulate the levels that a plan gives; none of a placebo."""
    if set(regimen.drugs) == {Drug.PLACEBO}:
        return ()
    return simulate(
        patient, regimen, patients=min(draws, _MOST_PEOPLE), seed=seed, library=library
    ).exposures


def _plan(
    answer: Forecast, exposures: tuple[Exposure, ...], days: Floats, history: DosingHistory | None
) -> ComparedPlan:
    missing: dict[str, str] = {}
    if not exposures:
        missing["exposures"] = _("no drug is given")
    elif history is not None:
        missing["exposures_of_history"] = _("levels are of the plan alone, without earlier doses")
    return ComparedPlan(
        forecast=answer, exposures=exposures, days_by_drug=float(np.mean(days)), missing=missing
    )
