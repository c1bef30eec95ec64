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
from respite.forecasting.draws import Case, draw_return
from respite.forecasting.entries import Entries
from respite.forecasting.forecast import forecast
from respite.forecasting.learn_return import LearntReturn, learn_return
from respite.forecasting.likelihood import diary_chances
from respite.forecasting.setting import Setting

__all__ = [
    "Case",
    "DaysWithRelief",
    "DoseMark",
    "Entries",
    "Forecast",
    "LearntReturn",
    "NextDoseBy",
    "PainCourse",
    "Setting",
    "TimeToPainReturn",
    "diary_chances",
    "draw_return",
    "forecast",
    "learn_return",
    "set_clock",
]
