"""Every published number Respite uses, with unit, spread, status, source and place in the source.

The question this room answers: where does this number come from, and how sure is it?
It may import ``domain`` and nothing else, and loads no array library.
Start reading at ``library/models/s_ketamine_otto2021.toml``, then ``number.py``.
"""

from respite.literature.acute_study import (
    AcuteFit,
    AcuteStudy,
    PredictedEffect,
    SeenEffect,
    UnusedRow,
)
from respite.literature.analyte import Analyte, ResultWord, UnitOfResult
from respite.literature.battery import Finding, check_library
from respite.literature.claim import Claim, Reason, claims_for
from respite.literature.comparator import Comparator, ComparedFigure
from respite.literature.condition import (
    Atom,
    Both,
    Compare,
    CompareFacts,
    Either,
    HasAny,
    IsWord,
    Missing,
    Opposite,
    RuleCondition,
    Word,
    atoms_of,
    facts_in,
    read_condition,
)
from respite.literature.fact import FactKind, MedicineClasses
from respite.literature.fact_units import in_unit
from respite.literature.fit import (
    ComparedStructure,
    Fit,
    FittedNumber,
    OrderChance,
    PredictedFigure,
    PredictionRole,
)
from respite.literature.giving import ways_of_giving
from respite.literature.interaction import Extrapolation, Interaction, MeasuredRatio
from respite.literature.library import Library, load_library
from respite.literature.model import (
    REST,
    Anchor,
    Condition,
    Correlation,
    CovariateEffect,
    Model,
    Path,
    Range,
)
from respite.literature.number import Ingredient, Parameter, Quantity
from respite.literature.observation import (
    Observation,
    ObservationRow,
    Observed,
    ObservedArm,
    ObservedStudy,
    rows_of,
)
from respite.literature.practice import Length, Practice
from respite.literature.rule import Grade, Phase, Rule, Rulebook, RuleSet, Severity, Verdict
from respite.literature.source import Source
from respite.literature.spread import Spread
from respite.literature.study import Arm, Contrast, Outcome, Study
from respite.literature.surveillance import NumberIs, SurveillanceItem, Timing, Trigger
from respite.literature.target import Affinity, Target
from respite.literature.titration import Protocol, SessionEffect, Setpoint, Told

__all__ = [
    "REST",
    "AcuteFit",
    "AcuteStudy",
    "Affinity",
    "Analyte",
    "Anchor",
    "Arm",
    "Atom",
    "Both",
    "Claim",
    "Comparator",
    "Compare",
    "CompareFacts",
    "ComparedFigure",
    "ComparedStructure",
    "Condition",
    "Contrast",
    "Correlation",
    "CovariateEffect",
    "Either",
    "Extrapolation",
    "FactKind",
    "Finding",
    "Fit",
    "FittedNumber",
    "Grade",
    "HasAny",
    "Ingredient",
    "Interaction",
    "IsWord",
    "Length",
    "Library",
    "MeasuredRatio",
    "MedicineClasses",
    "Missing",
    "Model",
    "NumberIs",
    "Observation",
    "ObservationRow",
    "Observed",
    "ObservedArm",
    "ObservedStudy",
    "Opposite",
    "OrderChance",
    "Outcome",
    "Parameter",
    "Path",
    "Phase",
    "Practice",
    "PredictedEffect",
    "PredictedFigure",
    "PredictionRole",
    "Protocol",
    "Quantity",
    "Range",
    "Reason",
    "ResultWord",
    "Rule",
    "RuleCondition",
    "RuleSet",
    "Rulebook",
    "SeenEffect",
    "SessionEffect",
    "Setpoint",
    "Severity",
    "Source",
    "Spread",
    "Study",
    "SurveillanceItem",
    "Target",
    "Timing",
    "Told",
    "Trigger",
    "UnitOfResult",
    "UnusedRow",
    "Verdict",
    "Word",
    "atoms_of",
    "check_library",
    "claims_for",
    "facts_in",
    "in_unit",
    "load_library",
    "read_condition",
    "rows_of",
    "ways_of_giving",
]
