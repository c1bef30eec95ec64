"""How long will relief last for this person?

It may import ``population`` and below. Start with ``forecast``, where one
question becomes one answer; then ``clock``, ``draws`` and ``pain_return``.
What a diary teaches: ``learning``, and what is told of it: ``lessons``.
Several plans on the same people: ``plans``.
Whether past answers came true: ``track_record``.
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
from respite.forecasting.learning.setting import Setting
from respite.forecasting.score_chances import ScoreChances

if TYPE_CHECKING:
    from respite.forecasting.learning.importance import GOOD_K, weigh
    from respite.forecasting.learning.likelihood import diary_chances
    from respite.forecasting.learning.posterior import learn
    from respite.forecasting.learnt_return import LearntReturn, learn_return
    from respite.forecasting.lessons.learnt import (
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
    from respite.forecasting.mood import MoodForecast, ScoreCourse, forecast_mood
    from respite.forecasting.plans.better import better, cannot_be_told
    from respite.forecasting.plans.compare import compare
    from respite.forecasting.plans.comparison import ComparedPlan, PlanComparison
    from respite.forecasting.plans.dose_duration import BASE, DoseDuration, PlanDays, dose_duration
    from respite.forecasting.plans.doubling import Doubling, double
    from respite.forecasting.plans.pattern import Pattern
    from respite.forecasting.plans.person import Planned, draw_person
    from respite.forecasting.plans.vary import LeftOut, Varied, vary
    from respite.forecasting.plans.window import Window, common_window
    from respite.forecasting.track_record.courses_followed import CourseFollowed, courses_followed
    from respite.forecasting.track_record.diary_return import DiaryReturn, Seen
    from respite.forecasting.track_record.log_chain import ChainEnd, LogNotUnderstood
    from respite.forecasting.track_record.log_file import (
        append_line,
        check_log,
        read_lines,
        read_log,
    )
    from respite.forecasting.track_record.log_line import (
        LoggedForecast,
        digest_of_inputs,
        line_of,
        read_line,
        what_a_score_needs,
    )
    from respite.forecasting.track_record.means_over_persons import over_persons
    from respite.forecasting.track_record.measures import (
        Beside,
        LeadRow,
        Measures,
        OverPersons,
        PersonScore,
        ReturnRow,
        TrackRecord,
    )
    from respite.forecasting.track_record.scoring import NothingToScore, score_forecasts
    from respite.forecasting.track_record.seen_in_diary import SeenSoFar, seen_so_far
    from respite.forecasting.track_record.seen_return import seen_return
    from respite.forecasting.unknowns import condition_of
    from respite.forecasting.virtual_scores import write_scores

HOMES = {
    "learning.importance": "GOOD_K weigh",
    "learning.posterior": "learn",
    "learning.likelihood": "diary_chances",
    "lessons.learnt": (
        "AnotherWeek BeatsPlacebo CourseRelief Courses Headline Learnt LearntClass "
        "LearntNumber Moved MovingEntry Tolerance"
    ),
    "mood": "MoodForecast ScoreCourse forecast_mood",
    "unknowns": "condition_of",
    "plans.better": "better cannot_be_told",
    "plans.compare": "compare",
    "plans.comparison": "ComparedPlan PlanComparison",
    "plans.dose_duration": "BASE DoseDuration PlanDays dose_duration",
    "plans.doubling": "Doubling double",
    "plans.pattern": "Pattern",
    "plans.person": "Planned draw_person",
    "plans.vary": "LeftOut Varied vary",
    "plans.window": "Window common_window",
    "learnt_return": "LearntReturn learn_return",
    "virtual_scores": "write_scores",
    "track_record.diary_return": "DiaryReturn Seen",
    "track_record.seen_in_diary": "SeenSoFar seen_so_far",
    "track_record.seen_return": "seen_return",
    "track_record.courses_followed": "CourseFollowed courses_followed",
    "track_record.log_chain": "ChainEnd LogNotUnderstood",
    "track_record.log_file": "append_line check_log read_lines read_log",
    "track_record.log_line": (
        "LoggedForecast digest_of_inputs line_of read_line what_a_score_needs"
    ),
    "track_record.means_over_persons": "over_persons",
    "track_record.scoring": "NothingToScore score_forecasts",
    "track_record.measures": (
        "Beside LeadRow Measures OverPersons PersonScore ReturnRow TrackRecord"
    ),
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "BASE",
    "GOOD_K",
    "AnotherWeek",
    "AtLastScore",
    "BeatsPlacebo",
    "Beside",
    "Case",
    "ChainEnd",
    "ComparedPlan",
    "CourseFollowed",
    "CourseRelief",
    "Courses",
    "DaysWithRelief",
    "DiaryReturn",
    "DoseDuration",
    "DoseMark",
    "Doubling",
    "Entries",
    "Forecast",
    "Headline",
    "LeadRow",
    "Learnt",
    "LearntClass",
    "LearntNumber",
    "LearntReturn",
    "LeftOut",
    "LogNotUnderstood",
    "LoggedForecast",
    "Measures",
    "MoodForecast",
    "Moved",
    "MovingEntry",
    "NextDoseBy",
    "NothingToScore",
    "OverPersons",
    "PainCourse",
    "Pattern",
    "PersonScore",
    "PlanComparison",
    "PlanDays",
    "Planned",
    "ReturnRow",
    "ScoreChances",
    "ScoreCourse",
    "Seen",
    "SeenSoFar",
    "Setting",
    "TimeToPainReturn",
    "Tolerance",
    "TrackRecord",
    "Varied",
    "Window",
    "append_line",
    "better",
    "cannot_be_told",
    "check_log",
    "common_window",
    "compare",
    "condition_of",
    "courses_followed",
    "diary_chances",
    "digest_of_inputs",
    "dose_duration",
    "double",
    "draw_person",
    "draw_return",
    "forecast",
    "forecast_mood",
    "learn",
    "learn_return",
    "line_of",
    "over_persons",
    "read_line",
    "read_lines",
    "read_log",
    "score_forecasts",
    "seen_return",
    "seen_so_far",
    "set_clock",
    "vary",
    "weigh",
    "what_a_score_needs",
    "write_scores",
]
