"""Says what a clinician means: which patient, which doses, in which units.

Frozen values with the words of the clinic, the written language of regimens,
and the errors that people can cause. Imports the standard library only, and a
parser library when a regimen is read. Start reading at ``dosing.py``, then
``regimen.py``.
"""

from __future__ import annotations

from respite.domain.dosing import DoseEvent, Drug, Form, Route, Salt
from respite.domain.errors import (
    FileNotUnderstood,
    LibraryFault,
    OutOfScope,
    PatientNotUnderstood,
    RegimenNotUnderstood,
    RespiteError,
    UnitNotUnderstood,
)
from respite.domain.history import (
    DosingHistory,
    GivenDose,
    read_dosing_history,
    write_dosing_history,
)
from respite.domain.pain import (
    WORST_PAIN,
    Outcome,
    PainReturn,
    ReliefRule,
    Threshold,
    classify,
    find_pain_return,
)
from respite.domain.patient import UNKNOWN, Condition, Liver, Patient, Sex, Unknown
from respite.domain.regimen import Regimen
from respite.domain.times import TimeMark
from respite.domain.units import Unit, convert, parse_unit
from respite.domain.words import (
    joined_by_and,
    language,
    listed,
    translate,
    translate_plural,
)

__all__ = [
    "UNKNOWN",
    "WORST_PAIN",
    "Condition",
    "DoseEvent",
    "DosingHistory",
    "Drug",
    "FileNotUnderstood",
    "Form",
    "GivenDose",
    "LibraryFault",
    "Liver",
    "OutOfScope",
    "Outcome",
    "PainReturn",
    "Patient",
    "PatientNotUnderstood",
    "Regimen",
    "RegimenNotUnderstood",
    "ReliefRule",
    "RespiteError",
    "Route",
    "Salt",
    "Sex",
    "Threshold",
    "TimeMark",
    "Unit",
    "UnitNotUnderstood",
    "Unknown",
    "classify",
    "convert",
    "find_pain_return",
    "joined_by_and",
    "language",
    "listed",
    "parse_unit",
    "read_dosing_history",
    "translate",
    "translate_plural",
    "write_dosing_history",
]
