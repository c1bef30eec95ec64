"""What a diary taught about one person: records whose plain form is ``learnt`` of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, cast

Three = tuple[float, float, float]
"""Three numbers that rise; which quantiles they are, the record says."""


def as_data(record: Any) -> Any:
    """Give a record, and those inside it, as plain data."""
    if isinstance(record, tuple):
        return [as_data(each) for each in cast(tuple[Any, ...], record)]
    if is_dataclass(record):
        return {name: as_data(value) for name, value in vars(record).items()}
    return record


@dataclass(frozen=True, kw_only=True)
class LearntClass:
    """Chance that the person belongs to a class of response, before and after the diary."""

    name: str
    words: str
    before: float
    after: float


@dataclass(frozen=True, kw_only=True)
class LearntNumber:
    """One number of the person: quantiles 10, 50 and 90 % before and after the diary."""

    name: str
    words: str
    unit: str
    before: Three
    after: Three


@dataclass(frozen=True, kw_only=True)
class Headline:
    """The answer in short.

    Attributes
    ----------
    chance_lasting
        Chance of relief for a day or longer after the last dose.
    median_days, interval80_days
        Time to pain return where it lies between a day and the horizon;
        ``None`` where too few draws have it.
    """

    chance_lasting: float
    median_days: float | None
    interval80_days: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class MovingEntry:
    """One score, and by how much it moved the answer when it came in."""

    day: float
    pain: float
    chance_by: float
    median_days_by: float | None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How the answer moved with the latest scores.

    Attributes
    ----------
    since_day
        Day from the first dose after which scores count as new.
    scores
        How many are new.
    before, after
        The answer without them, and with them.
    entries
        Those that moved it most, the strongest first.
    because
        Why it cannot be said, where it cannot.
    """

    since_day: float
    scores: int
    before: Headline | None
    after: Headline
    entries: tuple[MovingEntry, ...]
    because: str | None


@dataclass(frozen=True, kw_only=True)
class AnotherWeek:
    """How much narrower one more week of scores is expected to make the answer [days]."""

    width80_now_days: float | None
    width80_expected_days: float | None
    because: str | None


@dataclass(frozen=True, kw_only=True)
class CourseRelief:
    """Mean relief over the two weeks after one course: quantile 10 %, mean, quantile 90 %."""

    course: int
    from_day: float
    to_day: float
    relief: Three


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """Growth of the exposure a slow responder needs, as a share, with each doubling of courses.

    ``per_doubling`` and ``before`` hold quantiles 10, 50 and 90 %.
    """

    per_doubling: Three
    chance_shrinking: float
    before: Three


@dataclass(frozen=True, kw_only=True)
class Courses:
    """Relief course by course."""

    courses: tuple[CourseRelief, ...]
    tolerance: Tolerance | None
    because: str | None


@dataclass(frozen=True, kw_only=True)
class BeatsPlacebo:
    """Whether ketamine relieves this person more than the same sessions with placebo would.

    Attributes
    ----------
    chance, before
        Chance that it does by ``margin`` or more, after and before the diary.
    margin
        Share of untreated pain.
    difference
        Of mean relief: quantile 10 %, mean, quantile 90 %.
    placebo_courses
        How many courses of placebo the person had.
    because
        Why the comparison is weak, where it is.
    """

    chance: float
    before: float
    margin: float
    difference: Three
    placebo_courses: int
    because: str | None


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """All that a diary taught."""

    classes: tuple[LearntClass, ...]
    numbers: tuple[LearntNumber, ...]
    moved: Moved
    another_week: AnotherWeek
    courses: Courses
    beats_placebo: BeatsPlacebo | None

    def to_dict(self) -> Mapping[str, Any]:
        """Give the record as plain data."""
        return {
            **as_data(self),
            "classes": [
                {
                    "class": each.name,
                    "words": each.words,
                    "before": each.before,
                    "after": each.after,
                }
                for each in self.classes
            ],
        }
