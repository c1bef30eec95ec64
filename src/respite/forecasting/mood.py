"""Depression beside pain: how likely it responds to the same doses, and when it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import UNKNOWN, DoseEvent, Drug, OutOfScope, Patient, Route
from respite.domain import translate as _
from respite.forecasting.clock import DAY_H
from respite.literature import Library, Model
from respite.population import (
    MOOD,
    Floats,
    People,
    assumed_numbers,
    draw_moods,
    follow_mood,
    quantiles,
    scope_of_doses,
    scores,
)

RESPONSE_DAYS = (1, 3, 7)
FEWEST = 20
"""Of fewer draws no median and no interval is given; ours."""


@dataclass(frozen=True, kw_only=True)
class ScoreCourse:
    """Expected PHQ-9 over time: mean and quantiles over people, one entry for each day."""

    day: tuple[float, ...]
    mean: tuple[float, ...]
    q10: tuple[float, ...]
    q90: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {name: list(values) for name, values in vars(self).items()}


@dataclass(frozen=True, kw_only=True)
class MoodForecast:
    """What becomes of depression under the same doses.

    Attributes
    ----------
    phq9
        The score before treatment; ``None`` where none was told.
    because
        Why mood relief cannot be assessed; ``None`` where it can.
    response, placebo_response
        Chance of response so many days after the last dose, on the plan and on placebo by the
        same schedule.
    relapse_median_days, relapse80_days
        Days from the last dose until depression returns, in those who respond.
    course
        The score over time; ``None`` without a score to start from.
    pain_odds80
        80 % of what the evidence leaves open about the effect of depression on the odds of
        pain relief, as a ratio; the answer itself takes none.
    pain_because
        Why none is taken.
    outside
        What of the question was not studied.
    evidence
        What else was seen, in words.
    warning
        What a score cannot tell.
    certainty, assumed
        How sure, and what is assumed.
    """

    phq9: float | None
    because: str | None
    response: Mapping[int, float]
    placebo_response: Mapping[int, float]
    relapse_median_days: float | None
    relapse80_days: tuple[float, float] | None
    course: ScoreCourse | None
    pain_odds80: tuple[float, float]
    pain_because: str
    outside: tuple[str, ...]
    evidence: tuple[str, ...]
    warning: str
    certainty: Mapping[str, str]
    assumed: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        spread = self.relapse80_days
        missing: dict[str, str] = {}
        if self.because is not None:
            missing = dict.fromkeys(("response", "relapse", "course"), self.because)
        elif self.course is None:
            missing["course"] = _("no PHQ-9 before treatment was told")
        if self.because is None and self.relapse_median_days is None:
            missing["relapse"] = _("too few respond")
        return {
            "phq9": self.phq9,
            "response": {str(day): chance for day, chance in self.response.items()},
            "placebo_response": {str(day): one for day, one in self.placebo_response.items()},
            "relapse": {
                "median_days": self.relapse_median_days,
                "interval80_days": None if spread is None else list(spread),
            },
            "course": None if self.course is None else self.course.to_dict(),
            "pain": {
                "effect": "none",
                "odds_ratio80": list(self.pain_odds80),
                "because": self.pain_because,
            },
            "outside": list(self.outside),
            "evidence": list(self.evidence),
            "warning": self.warning,
            "certainty": dict(self.certainty),
            "assumed": list(self.assumed),
            "missing": missing,
        }


def forecast_mood(
    library: Library,
    patient: Patient,
    events: Sequence[DoseEvent],
    people: People,
    days: Sequence[float],
) -> MoodForecast:
    """Forecast how depression responds to the doses of a plan.

    Parameters
    ----------
    library
        Where the numbers come from.
    patient
        What is known; the score before treatment above all.
    events
        The doses.
    people
        Who is drawn.
    days
        Days from the first dose at which the score is wanted.
    """
    model = library.assembled(MOOD)
    phq9 = None if patient.depression is UNKNOWN else float(patient.depression)
    because = _why_not(model, phq9)
    certainty = model.certainty
    shares: tuple[dict[int, float], dict[int, float]] = ({}, {})
    relapse: tuple[float, tuple[float, float]] | None = None
    course = None
    if because is None:
        moods = draw_moods(model, people)
        end = max(event.end_h for event in events)
        later = end + DAY_H * np.asarray(RESPONSE_DAYS, dtype=np.float64)
        followed = follow_mood(moods, events, later)
        placebo = follow_mood(moods, [_as_placebo(event) for event in events], later)
        shares = (_shares(followed.responding), _shares(placebo.responding))
        relapse = _relapse((followed.until_h - end) / DAY_H)
        if phq9 is not None:
            times = DAY_H * np.asarray(days, dtype=np.float64)
            course = _course(scores(moods, follow_mood(moods, events, times), phq9), days)
    low, high = _open_odds(model)
    return MoodForecast(
        phq9=phq9,
        because=because,
        response=shares[0],
        placebo_response=shares[1],
        relapse_median_days=None if relapse is None else relapse[0],
        relapse80_days=None if relapse is None else relapse[1],
        course=course,
        pain_odds80=(low, high),
        pain_because=model.parameters["mood_pain_log_odds"].because,
        outside=_outside(model, patient, events),
        evidence=_evidence(model),
        warning=_(
            "A PHQ-9 or its forecast does not replace a clinician's assessment of the risk of"
            " suicide; any answer above zero to its ninth question needs one the same day."
        ),
        certainty={
            "grade": certainty.grade.replace("_", " ") if certainty else "",
            "why": certainty.why if certainty else "",
        },
        assumed=assumed_numbers((model,)),
    )


def _why_not(model: Model, phq9: float | None) -> str | None:
    """Say why mood relief cannot be assessed from this score, or nothing."""
    lowest = model.parameters["phq9_any_from"].value
    likely = model.parameters["phq9_depression_from"].value
    if phq9 is None or phq9 >= likely:
        return None
    text = _(
        "mood relief is not assessable at a PHQ-9 of {score:g}: below {likely:g} depression is"
        " unlikely, and nobody like this was studied"
    )
    if phq9 < lowest:
        text = _(
            "mood relief is not assessable at a PHQ-9 of {score:g}: below {lowest:g} there is"
            " hardly any depression to relieve"
        )
    return text.format(score=phq9, likely=likely, lowest=lowest)


def _as_placebo(event: DoseEvent) -> DoseEvent:
    return DoseEvent(
        time_h=event.time_h,
        drug=Drug.PLACEBO,
        route=event.route,
        amount=0,
        duration_h=event.duration_h,
    )


def _shares(responding: np.ndarray) -> dict[int, float]:
    return {day: float(np.mean(responding[:, place])) for place, day in enumerate(RESPONSE_DAYS)}


def _relapse(days: Floats) -> tuple[float, tuple[float, float]] | None:
    """Give median and 80 % of the days to relapse, of those who respond after the last dose."""
    holding = days[days > 0]
    if len(holding) < FEWEST:
        return None
    low, middle, high = quantiles(holding, 10 / 100, 0.5, 90 / 100)
    return float(middle), (float(low), float(high))


def _course(drawn: Floats, days: Sequence[float]) -> ScoreCourse:
    low, high = quantiles(drawn, 10 / 100, 90 / 100)
    return ScoreCourse(
        day=tuple(days),
        mean=tuple(np.mean(drawn, axis=0).tolist()),
        q10=tuple(low.tolist()),
        q90=tuple(high.tolist()),
    )


def _open_odds(model: Model) -> tuple[float, float]:
    """Give 80 % of the odds ratios that the evidence leaves open."""
    from statistics import NormalDist

    number = model.parameters["mood_pain_log_odds"]
    reach = NormalDist().inv_cdf(90 / 100) * (number.between_studies_sd or 0)
    return float(np.exp(number.value - reach)), float(np.exp(number.value + reach))


def _outside(model: Model, patient: Patient, events: Sequence[DoseEvent]) -> tuple[str, ...]:
    """Say what of the doses and the patient was not studied for mood."""
    try:
        lines = scope_of_doses((model,), patient, events)
    except OutOfScope as error:
        return (str(error.found),)
    told = [line["message"] for line in lines if line["status"] == "outside"]
    studied = model.parameters["mood_studied_dose"]
    given = [event for event in events if event.drug is not Drug.PLACEBO]
    if any(not _is_studied(event, patient, studied.value) for event in given):
        told.append(
            _("racemic ketamine, {dose} into a vein in one session, was studied; response is taken"
              " to be the same at other doses, which nobody has shown.").format(
                dose=studied.printed
            )
        )  # fmt: skip
    return tuple(told)


def _is_studied(event: DoseEvent, patient: Patient, dose: float) -> bool:
    """Say whether a dose is the one that was studied, to a fifth."""
    if event.drug is not Drug.KETAMINE or event.route is not Route.IV:
        return False
    if event.is_per_kg:
        per_kg = event.amount
    elif patient.weight is UNKNOWN:
        return False
    else:
        per_kg = event.amount / patient.weight
    return abs(per_kg / dose - 1) <= 20 / 100


def _evidence(model: Model) -> tuple[str, ...]:
    """List what else was seen, each with its source."""
    names = (
        "ketect_relapse_within_year",
        "ketect_days_in_remission",
        "esketamine_hazard_of_relapse",
        "esketamine_madrs_hours",
        "esketamine_madrs_day",
        "esketamine_madrs_month",
        "phq9_fall_in_pain",
    )
    return tuple(
        _("{words}: {printed} [{source}]").format(
            words=number.words, printed=number.printed, source=number.source
        )
        for number in (model.parameters[name] for name in names)
    )
