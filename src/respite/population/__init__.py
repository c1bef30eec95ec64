"""What happens in people who are given a regimen?

Joins a published model to the engine: typical values, covariates, random
effects and virtual patients; then levels and pain over time. It may import
``literature``, ``engine`` and ``domain``. Start with ``group``, where people
are drawn, then ``kinetics`` and ``pain_model``, where a model file meets the
engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door
from respite.population.quantiles import quantiles

if TYPE_CHECKING:
    from respite.population.analytes import analytes_of
    from respite.population.anchors import AnchorResult, check_anchors
    from respite.population.backends import array_library, compiled, with_arrays
    from respite.population.basis import assumed_factors, assumed_numbers, provenance
    from respite.population.beside import beside_other_models
    from respite.population.changes import levels_through_changes
    from respite.population.chunks import Progress, in_order, keep_freed_memory
    from respite.population.clearance import (
        ClearanceFactors,
        clearance_factors,
        interactions_of,
        typical_factors,
    )
    from respite.population.covariates import people_in_words
    from respite.population.coverage import metric_words, why_not_covered
    from respite.population.curve_chunk import CurveChunk, CurveColumn
    from respite.population.curves import Curves, simulate_curves
    from respite.population.drawing import draw_parameters, person_sd, study_sd
    from respite.population.expected_levels import ExpectedLevel, RecordLevels
    from respite.population.exposure import Exposure, LevelCurve, Simulation
    from respite.population.exposure_ratios import (
        FirstPass,
        clearance_ratio,
        exposure_ratio,
        first_pass_of,
        fitted_ratio,
    )
    from respite.population.first_pass import (
        SWALLOWED_AVAILABILITY,
        after_first_pass,
        gut_availability,
        well_stirred,
    )
    from respite.population.group import (
        CORE,
        PAIN,
        Dosing,
        Group,
        draw_group,
        refuse_other_site,
    )
    from respite.population.interaction_words import describe_factors, describe_factors_by
    from respite.population.level_bands import level_curves
    from respite.population.model_spread import Beside, ModelExposure, ModelSpread
    from respite.population.mood_model import (
        MOOD,
        MoodCourse,
        Moods,
        draw_moods,
        follow_mood,
        scores,
    )
    from respite.population.observed import (
        Comparison,
        Prediction,
        compare_with_observations,
        predict_observation,
    )
    from respite.population.pain_course import (
        AfterLastDose,
        PainCourses,
        pain_courses,
        simulate_pain,
    )
    from respite.population.pain_model import (
        ADAPTED,
        FAST,
        SITES,
        SLOW,
        TOLD,
        Drives,
        Responders,
        draw_responders,
        fast_relief,
        placebo_part,
        potencies,
        s_equivalents,
        slow_relief,
    )
    from respite.population.placebo import PlaceboCourse, SessionClock, session_clock
    from respite.population.random_draws import Floats, People
    from respite.population.record_levels import simulate_records
    from respite.population.regular import RegularCurves, follow_on_grid, simulate_on_grid
    from respite.population.routes import for_events
    from respite.population.scope import scope_of, scope_of_doses
    from respite.population.simulation import simulate
    from respite.population.structures import PLASMA
    from respite.population.terms import is_linear
    from respite.population.treatment_courses import course_starts

HOMES = {
    "analytes": "analytes_of",
    "anchors": "AnchorResult check_anchors",
    "backends": "array_library compiled with_arrays",
    "basis": "assumed_factors assumed_numbers provenance",
    "beside": "beside_other_models",
    "changes": "levels_through_changes",
    "chunks": "Progress in_order keep_freed_memory",
    "clearance": "ClearanceFactors clearance_factors interactions_of typical_factors",
    "covariates": "people_in_words",
    "coverage": "metric_words why_not_covered",
    "curve_chunk": "CurveChunk CurveColumn",
    "curves": "Curves simulate_curves",
    "expected_levels": "ExpectedLevel RecordLevels",
    "exposure": "Exposure LevelCurve Simulation",
    "exposure_ratios": "FirstPass clearance_ratio exposure_ratio first_pass_of fitted_ratio",
    "first_pass": "SWALLOWED_AVAILABILITY after_first_pass gut_availability well_stirred",
    "group": "CORE PAIN Dosing Group draw_group refuse_other_site",
    "interaction_words": "describe_factors describe_factors_by",
    "level_bands": "level_curves",
    "model_spread": "Beside ModelExposure ModelSpread",
    "mood_model": "MOOD MoodCourse Moods draw_moods follow_mood scores",
    "observed": "Comparison Prediction compare_with_observations predict_observation",
    "drawing": "draw_parameters person_sd study_sd",
    "pain_course": "AfterLastDose PainCourses pain_courses simulate_pain",
    "pain_model": "ADAPTED FAST SITES SLOW TOLD Drives Responders draw_responders fast_relief "
    "placebo_part potencies s_equivalents slow_relief",
    "placebo": "PlaceboCourse SessionClock session_clock",
    "structures": "PLASMA",
    "random_draws": "Floats People",
    "record_levels": "simulate_records",
    "regular": "RegularCurves follow_on_grid simulate_on_grid",
    "routes": "for_events",
    "scope": "scope_of scope_of_doses",
    "simulation": "simulate",
    "terms": "is_linear",
    "treatment_courses": "course_starts",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "ADAPTED",
    "CORE",
    "FAST",
    "MOOD",
    "PAIN",
    "PLASMA",
    "SITES",
    "SLOW",
    "SWALLOWED_AVAILABILITY",
    "TOLD",
    "AfterLastDose",
    "AnchorResult",
    "Beside",
    "ClearanceFactors",
    "Comparison",
    "CurveChunk",
    "CurveColumn",
    "Curves",
    "Dosing",
    "Drives",
    "ExpectedLevel",
    "Exposure",
    "FirstPass",
    "Floats",
    "Group",
    "LevelCurve",
    "ModelExposure",
    "ModelSpread",
    "MoodCourse",
    "Moods",
    "PainCourses",
    "People",
    "PlaceboCourse",
    "Prediction",
    "Progress",
    "RecordLevels",
    "RegularCurves",
    "Responders",
    "SessionClock",
    "Simulation",
    "after_first_pass",
    "analytes_of",
    "array_library",
    "assumed_factors",
    "assumed_numbers",
    "beside_other_models",
    "check_anchors",
    "clearance_factors",
    "clearance_ratio",
    "compare_with_observations",
    "compiled",
    "course_starts",
    "describe_factors",
    "describe_factors_by",
    "draw_group",
    "draw_moods",
    "draw_parameters",
    "draw_responders",
    "exposure_ratio",
    "fast_relief",
    "first_pass_of",
    "fitted_ratio",
    "follow_mood",
    "follow_on_grid",
    "for_events",
    "gut_availability",
    "in_order",
    "interactions_of",
    "is_linear",
    "keep_freed_memory",
    "level_curves",
    "levels_through_changes",
    "metric_words",
    "pain_courses",
    "people_in_words",
    "person_sd",
    "placebo_part",
    "potencies",
    "predict_observation",
    "provenance",
    "quantiles",
    "refuse_other_site",
    "s_equivalents",
    "scope_of",
    "scope_of_doses",
    "scores",
    "session_clock",
    "simulate",
    "simulate_curves",
    "simulate_on_grid",
    "simulate_pain",
    "simulate_records",
    "slow_relief",
    "study_sd",
    "typical_factors",
    "well_stirred",
    "why_not_covered",
    "with_arrays",
]
