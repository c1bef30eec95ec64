"""How long will relief last for this person?

It may import ``population`` and below. Start with ``forecast``, where one
question becomes one answer; then ``clock``, ``draws`` and ``pain_return``.
"""

from respite.forecasting.answer import (
    AtLastScore,
    DaysWithRelief,
    DoseMark,
    Forecast,
    NextDoseBy,
    PainCourse,
    TimeToPainReturn,
)
from respite.forecasting.entries import Entries
from respite.forecasting.forecast import forecast
from respite.forecasting.importance import GOOD_K
from respite.forecasting.learn_return import LearntReturn, learn_return
from respite.forecasting.learnt import (
    AnotherWeek,
    BeatsPlacebo,
    CourseRelief,
    Courses,
    Headline,
    Learnt,
    LearntClass,
    LearntNumber,
    Moved,
    MovingEntry,
    Tolerance,
)

__all__ = [
    "GOOD_K",
    "AnotherWeek",
    "AtLastScore",
    "BeatsPlacebo",
    "CourseRelief",
    "Courses",
    "DaysWithRelief",
    "DoseMark",
    "Entries",
    "Forecast",
    "Headline",
    "Learnt",
    "LearntClass",
    "LearntNumber",
    "LearntReturn",
    "Moved",
    "MovingEntry",
    "NextDoseBy",
    "PainCourse",
    "TimeToPainReturn",
    "Tolerance",
    "forecast",
    "learn_return",
]
