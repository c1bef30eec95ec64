"""The answer of a forecast: an immutable record whose plain form is ``respite.forecast/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from respite.forecasting.score_chances import ScoreChances
from respite.literature import Claim
from respite.population import LevelCurve

if TYPE_CHECKING:
    from respite.forecasting.lessons.learnt import Learnt
    from respite.forecasting.mood import MoodForecast


@dataclass(frozen=True, kw_only=True)
class TimeToPainReturn:
    """How long relief holds after the last dose.

    The five shares sum to one; their definitions are in ``respite.domain.pain``.

    Attributes
    ----------
    hours_only_median_h
        Median of the time to pain return [h] among those under one day.
    median_days, interval80_days
        Median and 80 % interval [days] among those whose pain returns after
        one day or more and within the horizon.
    survival
        Chance, over everyone, that relief still holds that many days after
        the last dose.
    missing
        For each number above that does not exist, the reason.
    """

    p_no_response: float
    p_gone_before_last_dose: float
    p_hours_only: float
    p_returns: float
    p_beyond_horizon: float
    hours_only_median_h: float | None
    median_days: float | None
    interval80_days: tuple[float, float] | None
    survival: Mapping[int, float]
    missing: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = self.interval80_days
        return {
            "p_no_response": self.p_no_response,
            "p_gone_before_last_dose": self.p_gone_before_last_dose,
            "p_hours_only": self.p_hours_only,
            "p_returns": self.p_returns,
            "p_beyond_horizon": self.p_beyond_horizon,
            "hours_only_median_h": self.hours_only_median_h,
            "median_days": self.median_days,
            "interval80_days": None if interval is None else list(interval),
            "survival": {str(day): share for day, share in self.survival.items()},
            "missing": dict(self.missing),
        }


@dataclass(frozen=True, kw_only=True)
class NextDoseBy:
    """The first whole day after the last dose by which enough people have lost relief.

    ``day_after_last_dose`` is ``None`` where no such day exists, and then
    ``because`` says why. ``has_passed`` says that the last score of a diary
    was written on that day or after it.
    """

    day_after_last_dose: int | None
    chance_faded: float
    because: str | None
    has_passed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self).copy()


@dataclass(frozen=True, kw_only=True)
class PainCourse:
    """Pain over time, one entry for each day in ``day``.

    Attributes
    ----------
    day
        Days from the first dose.
    mean, q10, q50, q90
        Mean and quantiles of expected pain, 0-10.
    score_q10, score_q90
        Quantiles of a score that a person would write, 0-10.
    placebo_mean
        Mean expected pain of the same people given placebo by the same schedule.
    """

    day: tuple[float, ...]
    mean: tuple[float, ...]
    q10: tuple[float, ...]
    q50: tuple[float, ...]
    q90: tuple[float, ...]
    score_q10: tuple[float, ...]
    score_q90: tuple[float, ...]
    placebo_mean: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {name: list(values) for name, values in vars(self).items()}


@dataclass(frozen=True, kw_only=True)
class DaysWithRelief:
    """Days with relief at or above the threshold, from the first dose to the horizon.

    ``drug_attributable_mean`` is what remains of the mean with placebo
    switched off in the same draws.
    """

    mean: float
    q10: float
    q90: float
    drug_attributable_mean: float

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self).copy()


@dataclass(frozen=True, kw_only=True)
class AtLastScore:
    """Whether relief still holds when the last score was written, after the last dose.

    Attributes
    ----------
    day
        Day of that score, from the first dose.
    days_after_last_dose
        The same, from the end of the last dose.
    chance_holding
        Chance, over everyone, that relief still holds then.
    median_days, interval80_days
        Days from that score until pain returns, median and 80 % interval, among
        those who still have relief then and lose it within the horizon.
    because
        Why these two do not exist, where they do not.
    """

    day: float
    days_after_last_dose: float
    chance_holding: float
    median_days: float | None
    interval80_days: tuple[float, float] | None
    because: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = self.interval80_days
        return vars(self) | {"interval80_days": None if interval is None else list(interval)}


@dataclass(frozen=True, kw_only=True)
class DoseMark:
    """One dose as a figure marks it.

    Attributes
    ----------
    day
        Start [days from the first dose].
    duration_h
        Length [h].
    label
        What was given, in words.
    course
        Number of the course it belongs to, from one.
    """

    day: float
    duration_h: float
    label: str
    course: int = 1


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How long relief will last for one person and one regimen, and how sure that is.

    Attributes
    ----------
    regimen, start, threshold, confirm_days, horizon_days
        The question, as it was understood. ``threshold`` is ``30%``, ``50%``
        or ``2points``.
    first_dose
        When the first dose started or starts, where that has a date: days are counted from it.
    people
        The patient in words, with what was not known.
    history, diary
        What was given and written, summed up; ``None`` where nothing was handed over.
    learnt
        What the diary taught; ``None`` without one.
    at_last_score
        Whether relief still holds at the last score, where that came after the last dose.
    mood
        What becomes of depression; ``None`` where none is told.
    time_to_pain_return, drug_only
        The answer with placebo counted, and with placebo switched off in the
        same draws.
    relief_share
        Share of people with at least 30 % and 50 % relief at each asked time.
    responder_probability
        Chance that relief reaches the threshold at any time.
    gaps
        Under maintenance: gaps between doses longer than the confirming days,
        each with the chance that relief faded in it.
    would_change
        What is not known about the patient, and what knowing it would change.
    written
        Chances of the scores that the person will write, day by day. They are kept in a log and
        too long for ``to_dict``.
    """

    regimen: str
    start: str | None
    first_dose: str | None = None
    threshold: str
    confirm_days: int
    horizon_days: int
    people: str
    history: Mapping[str, Any] | None = None
    diary: Mapping[str, Any] | None = None
    learnt: Learnt | None = None
    at_last_score: AtLastScore | None = None
    mood: MoodForecast | None = None
    time_to_pain_return: TimeToPainReturn
    drug_only: TimeToPainReturn
    next_dose_by: NextDoseBy
    pain: PainCourse
    written: ScoreChances
    relief_share: Mapping[str, Mapping[str, float]]
    responder_probability: float
    days_with_relief: DaysWithRelief
    gaps: tuple[Mapping[str, Any], ...]
    certainty: Mapping[str, str]
    scope: tuple[Mapping[str, str], ...]
    would_change: tuple[str, ...]
    assumed: tuple[str, ...]
    diagnostics: Mapping[str, Any]
    provenance: Mapping[str, Any]
    doses: tuple[DoseMark, ...]
    levels: tuple[LevelCurve, ...]
    last_dose_end_day: float
    claims: tuple[Claim, ...] = ()
    draw: Callable[[Forecast], str] | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.forecast/1``."""
        return {
            "schema": "respite.forecast/1",
            "regimen": self.regimen,
            "start": self.start,
            "first_dose": self.first_dose,
            "threshold": self.threshold,
            "confirm_days": self.confirm_days,
            "horizon_days": self.horizon_days,
            "people": self.people,
            "history": None if self.history is None else dict(self.history),
            "diary": None if self.diary is None else dict(self.diary),
            "at_last_score": None if self.at_last_score is None else self.at_last_score.to_dict(),
            "last_dose_end_day": self.last_dose_end_day,
            "learnt": None if self.learnt is None else self.learnt.to_dict(),
            "time_to_pain_return": self.time_to_pain_return.to_dict(),
            "drug_only": self.drug_only.to_dict(),
            "next_dose_by": self.next_dose_by.to_dict(),
            "pain": self.pain.to_dict(),
            "relief_share": {key: dict(row) for key, row in self.relief_share.items()},
            "responder_probability": self.responder_probability,
            "days_with_relief": self.days_with_relief.to_dict(),
            "mood": None if self.mood is None else self.mood.to_dict(),
            "gaps": [dict(gap) for gap in self.gaps],
            "certainty": dict(self.certainty),
            "claims": [claim.to_dict() for claim in self.claims],
            "scope": [dict(entry) for entry in self.scope],
            "would_change": list(self.would_change),
            "assumed": list(self.assumed),
            "diagnostics": dict(self.diagnostics),
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)
