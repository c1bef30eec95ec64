"""How long will relief last for this person?

It may import ``population`` and below. Start with ``forecast``, where one
question becomes one answer; then ``clock``, ``draws`` and ``pain_return``.
Whether past answers came true: ``log_line``, then ``scoring``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door
from respite.forecasting.answer import (
    AtLastScore,
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
from respite.forecasting.score_chances import ScoreChances
from respite.forecasting.setting import Setting

if TYPE_CHECKING:
    from respite.forecasting.importance import GOOD_K
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
    from respite.forecasting.learnt_return import LearntReturn, learn_return
    from respite.forecasting.likelihood import diary_chances
    from respite.forecasting.log_chain import ChainEnd, LogNotUnderstood
    from respite.forecasting.log_file import append_line, check_log, read_lines, read_log
    from respite.forecasting.log_line import LoggedForecast, digest_of_inputs, line_of
    from respite.forecasting.means_over_persons import over_persons
    from respite.forecasting.posterior import learn
    from respite.forecasting.scoring import NothingToScore, score_forecasts
    from respite.forecasting.track_record import (
        Beside,
        LeadRow,
        Measures,
        OverPersons,
        PersonScore,
        ReturnRow,
        TrackRecord,
    )

HOMES = {
    "importance": "GOOD_K",
    "posterior": "learn",
    "likelihood": "diary_chances",
    "learnt": "AnotherWeek BeatsPlacebo CourseRelief Courses Headline Learnt "
    "LearntClass LearntNumber Moved MovingEntry Tolerance",
    "learnt_return": "LearntReturn learn_return",
    "log_chain": "ChainEnd LogNotUnderstood",
    "log_file": "append_line check_log read_lines read_log",
    "log_line": "LoggedForecast digest_of_inputs line_of",
    "means_over_persons": "over_persons",
    "scoring": "NothingToScore score_forecasts",
    "track_record": ("Beside LeadRow Measures OverPersons PersonScore ReturnRow TrackRecord"),
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "GOOD_K",
    "AnotherWeek",
    "AtLastScore",
    "BeatsPlacebo",
    "Beside",
    "Case",
    "ChainEnd",
    "CourseRelief",
    "Courses",
    "DaysWithRelief",
    "DoseMark",
    "Entries",
    "Forecast",
    "Headline",
    "LeadRow",
    "Learnt",
    "LearntClass",
    "LearntNumber",
    "LearntReturn",
    "LogNotUnderstood",
    "LoggedForecast",
    "Measures",
    "Moved",
    "MovingEntry",
    "NextDoseBy",
    "NothingToScore",
    "OverPersons",
    "PainCourse",
    "PersonScore",
    "ReturnRow",
    "ScoreChances",
    "Setting",
    "TimeToPainReturn",
    "Tolerance",
    "TrackRecord",
    "append_line",
    "check_log",
    "diary_chances",
    "digest_of_inputs",
    "draw_return",
    "forecast",
    "learn",
    "learn_return",
    "line_of",
    "over_persons",
    "read_lines",
    "read_log",
    "score_forecasts",
    "set_clock",
]
