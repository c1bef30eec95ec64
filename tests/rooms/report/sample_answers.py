"""Answers as the forecasting and population rooms give them, for people who do not exist."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from respite.forecasting import (
    DaysWithRelief,
    DoseMark,
    Forecast,
    NextDoseBy,
    PainCourse,
    ScoreChances,
    TimeToPainReturn,
)
from respite.population import Exposure, LevelCurve, Simulation

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"


def times(**changes: Any) -> TimeToPainReturn:
    whole = TimeToPainReturn(
        p_no_response=0.405,
        p_gone_before_last_dose=0.087,
        p_hours_only=0.236,
        p_returns=0.238,
        p_beyond_horizon=0.034,
        hours_only_median_h=6.2,
        median_days=24.3,
        interval80_days=(6.1, 71.4),
        survival={7: 0.213, 14: 0.168, 28: 0.112, 56: 0.064, 84: 0.05},
        missing={},
    )
    return replace(whole, **changes)


def drug_only() -> TimeToPainReturn:
    return times(
        p_no_response=0.566,
        p_gone_before_last_dose=0.06,
        p_hours_only=0.181,
        p_returns=0.165,
        p_beyond_horizon=0.028,
        median_days=22.9,
        survival={7: 0.151, 14: 0.118, 28: 0.079, 56: 0.041, 84: 0.033},
    )


def nothing() -> TimeToPainReturn:
    """Give times of a group in which nobody is ever relieved."""
    return TimeToPainReturn(
        p_no_response=1.0,
        p_gone_before_last_dose=0.0,
        p_hours_only=0.0,
        p_returns=0.0,
        p_beyond_horizon=0.0,
        hours_only_median_h=None,
        median_days=None,
        interval80_days=None,
        survival={7: 0.0, 14: 0.0, 28: 0.0, 56: 0.0, 84: 0.0},
        missing={
            "hours_only_median_h": "no draw lost relief within a day",
            "median_days": "fewer than 20 draws lost relief after a day or more",
            "interval80_days": "fewer than 20 draws lost relief after a day or more",
        },
    )


def pain_course(horizon: int = 180) -> PainCourse:
    days = [float(day) for day in range(horizon + 10)]
    built = [min(day, 9) / 9 for day in days]
    fade = [math.exp(-max(day - 9, 0) / 24) for day in days]
    relief = [0.3 * up * down for up, down in zip(built, fade, strict=True)]
    placebo = [
        0.12 * up * math.exp(-max(day - 9, 0) / 18) for up, day in zip(built, days, strict=True)
    ]
    mean = [7 * (1 - r) for r in relief]
    return PainCourse(
        day=tuple(days),
        mean=tuple(mean),
        q10=tuple(max(value - 1.2 - 3 * r * 2, 0.0) for value, r in zip(mean, relief, strict=True)),
        q50=tuple(mean),
        q90=tuple(min(value + 0.9 + r, 10.0) for value, r in zip(mean, relief, strict=True)),
        score_q10=tuple(
            max(value - 2.9 - 4 * r, 0.0) for value, r in zip(mean, relief, strict=True)
        ),
        score_q90=tuple(min(value + 2.1 + r, 10.0) for value, r in zip(mean, relief, strict=True)),
        placebo_mean=tuple(7 * (1 - p) for p in placebo),
    )


def level_curve(analyte: str, top: float, rate: float, site: str = "venous") -> LevelCurve:
    hours = [0.1 * step for step in range(720)]

    def level(hour: float) -> float:
        return top * sum(
            (1 - math.exp(-rate * min(hour - 24 * k, 0.667) * 3))
            * math.exp(-rate * max(hour - 24 * k - 0.667, 0))
            for k in range(3)
            if hour >= 24 * k
        )

    middle = [level(hour) for hour in hours]
    return LevelCurve(
        analyte=analyte,
        site=site,
        time_h=tuple(hours),
        q05=tuple(0.6 * value for value in middle),
        q50=tuple(middle),
        q95=tuple(1.6 * value for value in middle),
    )


def written_scores(horizon: int = 180) -> ScoreChances:
    days = tuple(range(horizon + 10))
    return ScoreChances(
        day=days,
        chances=tuple((0.0, 0.0, 0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0.0, 0.0) for _ in days),
    )


def forecast(**changes: Any) -> Forecast:
    whole = Forecast(
        regimen=REGIMEN,
        start="2026-03-02",
        first_dose="2026-03-02T09:00:00",
        history=None,
        diary=None,
        threshold="30%",
        confirm_days=3,
        horizon_days=180,
        people=(
            "a woman of 45 years, 70 kg, with complex regional pain syndrome, pain 7 of 10;"
            " liver, kidney function and CYP2B6 not known"
        ),
        time_to_pain_return=times(),
        drug_only=drug_only(),
        next_dose_by=NextDoseBy(day_after_last_dose=9, chance_faded=0.2, because=None),
        pain=pain_course(),
        written=written_scores(),
        relief_share={
            "30": {"1": 0.31, "7": 0.42, "0.25h": 0.12},
            "50": {"1": 0.18, "7": 0.23, "0.25h": 0.05},
        },
        responder_probability=0.595,
        days_with_relief=DaysWithRelief(mean=14.2, q10=0.0, q90=51.0, drug_attributable_mean=8.9),
        gaps=(),
        certainty={
            "grade": "very low",
            "why": "one trial of 60 patients, another regimen, and a short follow-up",
        },
        scope=(
            {"fact": "age", "status": "inside", "message": "Age 45 lies within 18 to 70."},
            {
                "fact": "regimen",
                "status": "outside",
                "message": "Ten short infusions have not been studied in this condition.",
            },
            {"fact": "liver", "status": "unknown", "message": "Liver function is not known."},
        ),
        would_change=(
            "Liver function: with moderate impairment levels would be about a third higher.",
            "Medicines: a strong CYP3A4 inhibitor matters most for swallowed doses.",
        ),
        assumed=(
            "slow clock: potency of R-ketamine against S-ketamine (nobody has measured it)",
            "fast clock: delay between plasma and effect",
            "share of placebo response that ends with the session",
            "spread of the slow half-time between people",
            "autocorrelation of daily scores",
            "share of the persistent class in this condition",
        ),
        diagnostics={"method": "prior", "draws": 4000, "ess": 4000, "pareto_k": None},
        provenance={
            "respite": "0.1.0",
            "library_digest": "0f3a9c77b2d14e58",
            "models": ["ketamine_doe2099", "pain_roe2098"],
            "sources": ["doe2099", "roe2098"],
            "seed": 1,
        },
        doses=tuple(DoseMark(day=float(k), duration_h=0.667, label="35 mg iv") for k in range(10)),
        levels=(level_curve("ketamine", 180, 0.35), level_curve("norketamine", 60, 0.12)),
        last_dose_end_day=9.03,
    )
    return replace(whole, **changes)


def simulation(**changes: Any) -> Simulation:
    def row(
        analyte: str, metric: str, unit: str, middle: float, time_h: float | None = None
    ) -> Exposure:
        return Exposure(
            analyte=analyte,
            site="venous",
            metric=metric,
            time_h=time_h,
            unit=unit,
            mean=1.04 * middle,
            sd=0.28 * middle,
            q05=0.63 * middle,
            q50=middle,
            q95=1.58 * middle,
        )

    whole = Simulation(
        regimen="ketamine 0.5 mg/kg iv over 40 min",
        patients=1000,
        model="ketamine_doe2099",
        seed=1,
        window_h=24.0,
        people="adults of 70 kg; other facts not known",
        exposures=(
            row("ketamine", "cmax", "ng/mL", 181.0),
            row("ketamine", "tmax", "h", 0.667),
            row("ketamine", "auc_inf", "ng·h/mL", 402.0),
            row("ketamine", "concentration", "ng/mL", 52.4, 2.0),
            row("norketamine", "cmax", "ng/mL", 61.2),
        ),
        curves=(level_curve("ketamine", 180, 0.35),),
        scope=({"fact": "weight", "status": "inside", "message": "Weight lies within."},),
        assumed=("ketamine_doe2099: absorption delay",),
        provenance={
            "respite": "0.1.0",
            "library_digest": "0f3a9c77b2d14e58",
            "models": ["ketamine_doe2099"],
            "sources": ["doe2099"],
            "seed": 1,
        },
    )
    return replace(whole, **changes)
