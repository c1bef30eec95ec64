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
from respite.literature.battery import Finding, check_library
from respite.literature.claim import Claim, Reason, claims_for
from respite.literature.comparator import Comparator, ComparedFigure
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
from respite.literature.source import Source
from respite.literature.spread import Spread
from respite.literature.study import Arm, Contrast, Outcome, Study
from respite.literature.target import Affinity, Target

__all__ = [
    "REST",
    "AcuteFit",
    "AcuteStudy",
    "Affinity",
    "Anchor",
    "Arm",
    "Claim",
    "Comparator",
    "ComparedFigure",
    "ComparedStructure",
    "Condition",
    "Contrast",
    "Correlation",
    "CovariateEffect",
    "Extrapolation",
    "Finding",
    "Fit",
    "FittedNumber",
    "Ingredient",
    "Interaction",
    "Library",
    "MeasuredRatio",
    "Model",
    "Observation",
    "ObservationRow",
    "Observed",
    "ObservedArm",
    "ObservedStudy",
    "OrderChance",
    "Outcome",
    "Parameter",
    "Path",
    "PredictedEffect",
    "PredictedFigure",
    "PredictionRole",
    "Quantity",
    "Range",
    "Reason",
    "SeenEffect",
    "Source",
    "Spread",
    "Study",
    "Target",
    "UnusedRow",
    "check_library",
    "claims_for",
    "load_library",
    "rows_of",
    "ways_of_giving",
]
