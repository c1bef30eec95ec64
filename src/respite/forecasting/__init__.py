"""How long will relief last for this person?"""

from respite.forecasting.answer import (
    DaysWithRelief,
    DoseMark,
    Forecast,
    NextDoseBy,
    PainCourse,
    TimeToPainReturn,
)

__all__ = [
    "DaysWithRelief",
    "DoseMark",
    "Forecast",
    "NextDoseBy",
    "PainCourse",
    "TimeToPainReturn",
]
