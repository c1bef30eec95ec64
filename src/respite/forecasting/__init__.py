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
from respite.forecasting.entries import NO_ENTRIES, Entries
from respite.forecasting.forecast import forecast
from respite.forecasting.pain_return import ReturnDraws, bracket_return, time_to_pain_return
from respite.forecasting.posterior import Posterior, Setting, learn

__all__ = [
    "NO_ENTRIES",
    "DaysWithRelief",
    "DoseMark",
    "Entries",
    "Forecast",
    "NextDoseBy",
    "PainCourse",
    "Posterior",
    "ReturnDraws",
    "Setting",
    "TimeToPainReturn",
    "bracket_return",
    "forecast",
    "learn",
    "set_clock",
    "time_to_pain_return",
]
