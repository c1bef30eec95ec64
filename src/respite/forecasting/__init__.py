"""How long will relief last for this person?

It may import ``population`` and below. Start with ``forecast``, where one
question becomes one answer; then ``clock``, ``draws`` and ``pain_return``.
"""

from respite.forecasting.answer import (
    DaysWithRelief,
    DoseMark,
    Forecast,
    NextDoseBy,
    PainCourse,
    TimeToPainReturn,
)
from respite.forecasting.clock import set_clock
from respite.forecasting.forecast import forecast
from respite.forecasting.pain_return import ReturnDraws, bracket_return, time_to_pain_return

__all__ = [
    "DaysWithRelief",
    "DoseMark",
    "Forecast",
    "NextDoseBy",
    "PainCourse",
    "ReturnDraws",
    "TimeToPainReturn",
    "bracket_return",
    "forecast",
    "set_clock",
    "time_to_pain_return",
]
