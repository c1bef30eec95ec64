"""Says what a clinician means: which patient, which doses, in which units.

Frozen values with the words of the clinic, the written language of regimens,
and the errors that people can cause. Imports the standard library only, and a
parser library when a regimen is read. Start reading at ``dosing.py``, then
``regimen.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain.clocks import DIARY_HOUR, DOSE_HOUR, hours_between, is_zoned
from respite.domain.dosing import INFUSED_ROUTES, DoseEvent, Drug, Form, Route, Salt
from respite.domain.errors import (
    DiaryNotUnderstood,
    FileNotUnderstood,
    LevelsNotUnderstood,
    LibraryFault,
    OutOfScope,
    PatientNotUnderstood,
    RecordsNotUnderstood,
    RegimenNotUnderstood,
    RespiteError,
    UnitNotUnderstood,
)
from respite.domain.history import (
    DosingHistory,
    GivenDose,
    read_dosing_history,
    read_given_dose,
    write_dosing_history,
)
from respite.domain.lazy_door import lazy_door
from respite.domain.pain import (
    WORST_PAIN,
    Outcome,
    PainReturn,
    ReliefRule,
    Threshold,
    classify,
    find_pain_return,
)
from respite.domain.patient import UNKNOWN, Ancestry, Condition, Liver, Patient, Sex, Unknown
from respite.domain.regimen import Regimen
from respite.domain.times import TimeMark
from respite.domain.units import Unit, convert, parse_unit
from respite.domain.version import VERSION
from respite.domain.words import (
    joined_by_and,
    language,
    listed,
    translate,
    translate_plural,
)

if TYPE_CHECKING:
    from respite.domain.data_set import (
        CovariateChange,
        DataSet,
        Episode,
        Observation,
        SteadyDose,
        Subject,
        data_set_of,
        dosing_history_of,
        read_data_set,
        read_records,
        write_data_set,
    )
    from respite.domain.diary import Diary, DiaryEntry, read_diary, write_diary
    from respite.domain.diary_checks import check_diary_fits
    from respite.domain.levels import (
        Analyte,
        MeasuredLevel,
        MeasuredLevels,
        SamplingSite,
        read_levels,
    )
    from respite.domain.sessions import (
        SessionRecord,
        Sessions,
        SessionsNotUnderstood,
        read_sessions,
        write_sessions,
    )
    from respite.domain.spelling import LONGEST_QUOTE, closest_word, quoted
    from respite.domain.tables import (
        CellFault,
        NamedCells,
        TableForm,
        bounded_rows,
        column_of,
        each_or_none,
        separator_of,
        text_of,
    )
    from respite.domain.text_files import read_toml
    from respite.domain.visits import CourseSeen, Visits, VisitsNotUnderstood, read_visits
    from respite.domain.written_numbers import NumberColumn

HOMES = {
    "data_set": (
        "CovariateChange DataSet Episode Observation SteadyDose Subject data_set_of "
        "dosing_history_of read_data_set read_records write_data_set"
    ),
    "diary": "Diary DiaryEntry read_diary write_diary",
    "diary_checks": "check_diary_fits",
    "levels": "Analyte MeasuredLevel MeasuredLevels SamplingSite read_levels",
    "sessions": "SessionRecord Sessions SessionsNotUnderstood read_sessions write_sessions",
    "spelling": "LONGEST_QUOTE closest_word quoted",
    "tables": (
        "CellFault NamedCells TableForm bounded_rows column_of each_or_none separator_of text_of"
    ),
    "text_files": "read_toml",
    "visits": "CourseSeen Visits VisitsNotUnderstood read_visits",
    "written_numbers": "NumberColumn",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "DIARY_HOUR",
    "DOSE_HOUR",
    "INFUSED_ROUTES",
    "LONGEST_QUOTE",
    "UNKNOWN",
    "VERSION",
    "WORST_PAIN",
    "Analyte",
    "Ancestry",
    "CellFault",
    "Condition",
    "CourseSeen",
    "CovariateChange",
    "DataSet",
    "Diary",
    "DiaryEntry",
    "DiaryNotUnderstood",
    "DoseEvent",
    "DosingHistory",
    "Drug",
    "Episode",
    "FileNotUnderstood",
    "Form",
    "GivenDose",
    "LevelsNotUnderstood",
    "LibraryFault",
    "Liver",
    "MeasuredLevel",
    "MeasuredLevels",
    "NamedCells",
    "NumberColumn",
    "Observation",
    "OutOfScope",
    "Outcome",
    "PainReturn",
    "Patient",
    "PatientNotUnderstood",
    "RecordsNotUnderstood",
    "Regimen",
    "RegimenNotUnderstood",
    "ReliefRule",
    "RespiteError",
    "Route",
    "Salt",
    "SamplingSite",
    "SessionRecord",
    "Sessions",
    "SessionsNotUnderstood",
    "Sex",
    "SteadyDose",
    "Subject",
    "TableForm",
    "Threshold",
    "TimeMark",
    "Unit",
    "UnitNotUnderstood",
    "Unknown",
    "Visits",
    "VisitsNotUnderstood",
    "bounded_rows",
    "check_diary_fits",
    "classify",
    "closest_word",
    "column_of",
    "convert",
    "data_set_of",
    "dosing_history_of",
    "each_or_none",
    "find_pain_return",
    "hours_between",
    "is_zoned",
    "joined_by_and",
    "language",
    "lazy_door",
    "listed",
    "parse_unit",
    "quoted",
    "read_data_set",
    "read_diary",
    "read_dosing_history",
    "read_given_dose",
    "read_levels",
    "read_records",
    "read_sessions",
    "read_toml",
    "read_visits",
    "separator_of",
    "text_of",
    "translate",
    "translate_plural",
    "write_data_set",
    "write_diary",
    "write_dosing_history",
    "write_sessions",
]
