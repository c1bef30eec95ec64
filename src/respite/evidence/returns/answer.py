"""The answer about a group seen at visits; its plain form is ``respite.return-times/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Step:
    """One fall of the curve of relief.

    Attributes
    ----------
    from_day, to_day
        It falls after the one day and at the latest on the other, by days
        after the last dose; on that day where both are equal.
    share
        Share with relief after it.
    low, high
        95 % limits of the share.
    """

    from_day: float
    to_day: float
    share: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self).copy()


@dataclass(frozen=True, kw_only=True)
class ShareAt:
    """The share that still has relief some days after the last dose.

    Attributes
    ----------
    day
        Days after the last dose.
    share
        The share; ``None`` where visits do not tell it, and then ``because`` says why.
    lowest, highest
        Between which shares it lies, as far as visits tell; equal where they tell it.
    interval95
        95 % interval; ``None`` where nobody was seen so late.
    """

    day: int
    share: float | None
    lowest: float
    highest: float
    interval95: tuple[float, float] | None
    because: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = None if self.interval95 is None else list(self.interval95)
        return {**vars(self), "interval95": interval}


@dataclass(frozen=True, kw_only=True)
class MedianTime:
    """When half had lost relief.

    Attributes
    ----------
    from_day, to_day
        After the one day and at the latest on the other; ``None`` where
        fewer than half lost relief, and then ``because`` says so.
    interval95
        95 % limits: the days on which the limits of the curve reach one half;
        ``None`` for one that does not within the time that was watched.
    """

    from_day: float | None
    to_day: float | None
    interval95: tuple[float | None, float | None]
    because: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {**vars(self), "interval95": list(self.interval95)}


@dataclass(frozen=True, kw_only=True)
class MeanCount:
    """How often pain had returned to one patient on average, by days watched after last doses.

    The days after the courses of a patient are laid end to end, and a return
    counts on the day on which it was seen.

    Attributes
    ----------
    day
        Days on which a return was seen.
    mean
        Returns for each patient by the end of the day.
    low, high
        95 % limits of the mean.
    known_to_day
        The longest that any patient was watched.
    """

    day: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    known_to_day: float

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "day": list(self.day),
            "mean": list(self.mean),
            "low": list(self.low),
            "high": list(self.high),
            "known_to_day": self.known_to_day,
        }


Method = Literal["kaplan-meier", "npmle"]
BandMethod = Literal["greenwood-log-log", "bootstrap"]


@dataclass(frozen=True, kw_only=True)
class GroupReturns:
    """When pain returned in one group.

    Attributes
    ----------
    group
        Its name; ``None`` where there is only one group.
    patients, courses
        How many patients it has, and how many courses they had.
    seen_exactly, lost_between_visits, not_yet_lost
        After how many courses relief was lost at a known time, between two
        visits, and not at all while it was watched.
    method
        ``kaplan-meier`` where every loss is known exactly, else ``npmle``:
        nonparametric maximum likelihood.
    band
        ``greenwood-log-log`` where every loss is known exactly and every
        patient has one course, else ``bootstrap`` by patient.
    known_to_day
        Last day on which the curve is known; ``None`` where everybody has
        lost relief, so that it stays at zero.
    median, shares, curve
        The curve from three sides.
    returns_per_patient
        How often pain returned to one patient; ``None`` where nobody had
        more than one course.
    diagnostics
        ``gap``: by how much the log-likelihood can at most be below its
        maximum; ``rounds``: after how many rounds.
    """

    group: str | None
    patients: int
    courses: int
    seen_exactly: int
    lost_between_visits: int
    not_yet_lost: int
    method: Method
    band: BandMethod
    known_to_day: float | None
    median: MedianTime
    shares: tuple[ShareAt, ...]
    curve: tuple[Step, ...]
    returns_per_patient: MeanCount | None
    diagnostics: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        count = self.returns_per_patient
        return {
            **vars(self),
            "median": self.median.to_dict(),
            "shares": [one.to_dict() for one in self.shares],
            "curve": [step.to_dict() for step in self.curve],
            "returns_per_patient": None if count is None else count.to_dict(),
            "diagnostics": dict(self.diagnostics),
        }


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How much larger the share with relief is in one group than in another.

    Attributes
    ----------
    group, minus
        The share in the one, less the share in the other.
    day
        Days after the last dose.
    difference
        The difference; ``None`` where one of the shares is not known, and
        then ``because`` says so.
    interval95
        95 % interval.
    """

    group: str
    minus: str
    day: int
    difference: float | None
    interval95: tuple[float, float] | None
    because: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = None if self.interval95 is None else list(self.interval95)
        return {**vars(self), "interval95": interval}


@dataclass(frozen=True, kw_only=True)
class ReturnTimes:
    """When pain returned in a group of patients who were seen at visits.

    Attributes
    ----------
    groups
        One entry for each group, by name.
    differences
        Every group after the first, compared with the first.
    """

    groups: tuple[GroupReturns, ...]
    differences: tuple[Difference, ...]
    resamples: int
    provenance: Mapping[str, Any]
    draw: Callable[[ReturnTimes], str] | None = field(default=None, repr=False, compare=False)

    @property
    def patients(self) -> int:
        """How many patients there are."""
        return sum(group.patients for group in self.groups)

    @property
    def courses(self) -> int:
        """How many courses they had."""
        return sum(group.courses for group in self.groups)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.return-times/1``."""
        return {
            "schema": "respite.return-times/1",
            "patients": self.patients,
            "courses": self.courses,
            "resamples": self.resamples,
            "groups": [group.to_dict() for group in self.groups],
            "differences": [one.to_dict() for one in self.differences],
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)
