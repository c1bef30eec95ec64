"""What became of past forecasts: the record whose plain form is ``respite.score/1``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from respite.forecasting.track_record.diary_return import DiaryReturn
from respite.forecasting.track_record.log_line import PastReturn

MEASURES = ("coverage50", "coverage80", "coverage95", "crps", "bias")
"""What is measured of written scores, and averaged over persons."""


@dataclass(frozen=True, kw_only=True)
class Measures:
    """How forecast scores and written ones compare.

    Attributes
    ----------
    comparisons
        How many pairs of a forecast and a score.
    coverage50, coverage80, coverage95
        Share of scores within the central interval of so many percent.
    crps
        Continuous ranked probability score, in points of pain; zero is best.
    bias
        Mean written score minus mean forecast score, in points.
    pit
        Share of scores in each tenth of their forecast.
    """

    comparisons: int
    coverage50: float
    coverage80: float
    coverage95: float
    crps: float
    bias: float
    pit: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "comparisons": self.comparisons,
            "coverage": {"50": self.coverage50, "80": self.coverage80, "95": self.coverage95},
            "crps": self.crps,
            "bias": self.bias,
            "pit": list(self.pit),
        }


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The naive forecast, and ours on the same comparisons.

    Attributes
    ----------
    naive, forecast
        What the forecast that scores go on as last week measures there, and what ours does.
    skill
        One minus the ratio of their continuous ranked probability scores: above zero where ours
        is closer. ``None`` where the naive forecast was never off.
    """

    naive: Measures
    forecast: Measures
    skill: float | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "naive": self.naive.to_dict(),
            "forecast": self.forecast.to_dict(),
            "skill": self.skill,
        }


@dataclass(frozen=True, kw_only=True)
class LeadRow:
    """Scores that were written so many days after their forecast.

    Attributes
    ----------
    lead
        Days ahead, as ``1-7``, or ``all``.
    forecasts, scores
        How many forecasts and how many different scores the comparisons are made of.
    measures
        How they compare.
    beside
        The same beside a naive forecast; ``None`` where none could be made.
    """

    lead: str
    forecasts: int
    scores: int
    measures: Measures
    beside: Beside | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "lead": self.lead,
            "forecasts": self.forecasts,
            "scores": self.scores,
            **self.measures.to_dict(),
            "beside": None if self.beside is None else self.beside.to_dict(),
        }


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """When one past forecast expected pain to return, and when the diary shows that it did.

    Attributes
    ----------
    line
        Line of the log.
    made_at
        When the forecast was made, ISO 8601 in UTC.
    forecast
        What it said.
    seen
        What the diary shows; ``None`` where it cannot be told.
    inside
        Whether the loss lies within the 80 % interval; ``None`` where that cannot be said.
    because
        Why not; empty where it can.
    """

    line: int
    made_at: str
    forecast: PastReturn
    seen: DiaryReturn | None
    inside: bool | None
    because: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        said, seen = self.forecast, self.seen
        interval = said.interval80_days
        return {
            "line": self.line,
            "made_at": self.made_at,
            "median_days": said.median_days,
            "interval80_days": None if interval is None else list(interval),
            "seen": None if seen is None else seen.seen.value,
            "untreated_pain": None if seen is None else seen.untreated,
            "lost_after_day": None if seen is None else seen.after_day,
            "lost_by_day": None if seen is None else seen.by_day,
            "inside": self.inside,
            "because": self.because or None,
        }


@dataclass(frozen=True, kw_only=True)
class PersonScore:
    """The past forecasts for one person beside their diary.

    Attributes
    ----------
    name
        Name of the person's files.
    forecasts
        How many forecasts the log holds.
    last_digest
        Fingerprint of its last line.
    rows
        Comparisons by days ahead, and all together last; empty where there are none.
    pain_return
        One row for each forecast.
    left_out
        How many pairs of a forecast and an entry do not count: ``known``, ``missing``,
        ``before_first_dose``, ``other_plan``, ``beyond``; and ``undated`` forecasts.
    order_checked, plan_checked
        Whether dates show that all scores came after the forecasts, and whether a history
        shows which doses were given.
    """

    name: str
    forecasts: int
    last_digest: str
    rows: tuple[LeadRow, ...]
    pain_return: tuple[ReturnRow, ...]
    left_out: Mapping[str, int]
    order_checked: bool
    plan_checked: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "name": self.name,
            "forecasts": self.forecasts,
            "last_digest": self.last_digest,
            "rows": [row.to_dict() for row in self.rows],
            "pain_return": [row.to_dict() for row in self.pain_return],
            "left_out": dict(self.left_out),
            "order_checked": self.order_checked,
            "plan_checked": self.plan_checked,
        }


@dataclass(frozen=True, kw_only=True)
class OverPersons:
    """One measure at one lead, averaged over persons, each counting once.

    Attributes
    ----------
    lead, measure
        Which row, and which measure of it; ``skill`` too.
    persons
        How many persons have it.
    mean
        Mean over them.
    interval95
        Interval for that mean as Student's distribution gives it; ``None`` below five persons.
    """

    lead: str
    measure: str
    persons: int
    mean: float
    interval95: tuple[float, float] | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = self.interval95
        return {**vars(self), "interval95": None if interval is None else list(interval)}


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    """Did past forecasts come true?

    Attributes
    ----------
    persons
        One record for each person.
    over_persons
        Means over persons; empty where there is one only.
    without_partner
        Files of a folder that had no partner.
    """

    persons: tuple[PersonScore, ...]
    over_persons: tuple[OverPersons, ...] = ()
    without_partner: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.score/1``."""
        return {
            "schema": "respite.score/1",
            "persons": [person.to_dict() for person in self.persons],
            "over_persons": [row.to_dict() for row in self.over_persons],
            "without_partner": list(self.without_partner),
        }
