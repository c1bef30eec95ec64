"""What happens in people who are given a regimen?

Joins a published model to the engine: typical values, covariates, random
effects and virtual patients; then levels and pain over time. It may import
``literature``, ``engine`` and ``domain``. Start with ``group``, where people
are drawn, then ``kinetics`` and ``pain_model``, where a model file meets the
engine.
"""

from respite.population.anchors import AnchorResult, check_anchors
from respite.population.basis import assumed_numbers, provenance
from respite.population.chunks import Progress, in_order, keep_freed_memory
from respite.population.covariates import people_in_words
from respite.population.curve_chunk import CurveChunk, CurveColumn
from respite.population.curves import Curves, simulate_curves
from respite.population.exposure import Exposure, LevelCurve, Simulation
from respite.population.group import CORE, PAIN, Group, draw_group, refuse_other_site
from respite.population.level_bands import level_curves
from respite.population.pain_course import AfterLastDose, PainCourses, simulate_pain
from respite.population.quantiles import quantiles
from respite.population.random_draws import Floats, People
from respite.population.scope import scope_of
from respite.population.simulation import simulate

__all__ = [
    "CORE",
    "PAIN",
    "AfterLastDose",
    "AnchorResult",
    "CurveChunk",
    "CurveColumn",
    "Curves",
    "Exposure",
    "Floats",
    "Group",
    "LevelCurve",
    "PainCourses",
    "People",
    "Progress",
    "Simulation",
    "assumed_numbers",
    "check_anchors",
    "draw_group",
    "in_order",
    "keep_freed_memory",
    "level_curves",
    "people_in_words",
    "provenance",
    "quantiles",
    "refuse_other_site",
    "scope_of",
    "simulate",
    "simulate_curves",
    "simulate_pain",
]
