"""What each structure needs: the parameters that belong to it, and their dimension."""

from __future__ import annotations

from collections.abc import Mapping

from respite.literature.model import Model

VOLUME = ("L", "L/kg")
FLOW = ("L/h", "L/h/kg")
RATE = ("1/h",)
TIME = ("h",)
LEVEL = ("mg/L",)
PLAIN = ("fraction",)
POINTS = ("point",)
SLOPE = ("point·L/mg",)

Dimensions = Mapping[str, tuple[str, ...]]

NEEDED: Mapping[str, Dimensions] = {
    "two_compartment": {
        "clearance": FLOW,
        "central_volume": VOLUME,
        "intercompartmental_clearance_1": FLOW,
        "peripheral_volume_1": VOLUME,
    },
    "three_compartment": {
        "clearance": FLOW,
        "central_volume": VOLUME,
        "intercompartmental_clearance_1": FLOW,
        "peripheral_volume_1": VOLUME,
        "intercompartmental_clearance_2": FLOW,
        "peripheral_volume_2": VOLUME,
    },
    "two_compartment_rates": {
        "central_volume": VOLUME,
        "elimination_rate": RATE,
        "rate_to_peripheral_1": RATE,
        "rate_from_peripheral_1": RATE,
    },
    "three_compartment_rates": {
        "central_volume": VOLUME,
        "elimination_rate": RATE,
        "rate_to_peripheral_1": RATE,
        "rate_from_peripheral_1": RATE,
        "rate_to_peripheral_2": RATE,
        "rate_from_peripheral_2": RATE,
    },
    "three_compartment_with_liver": {
        "central_volume": VOLUME,
        "intercompartmental_clearance_1": FLOW,
        "peripheral_volume_1": VOLUME,
        "intercompartmental_clearance_2": FLOW,
        "peripheral_volume_2": VOLUME,
        "liver_flow": FLOW,
        "liver_volume": VOLUME,
        "liver_elimination_rate": RATE,
        "liver_metabolism_rate": RATE,
    },
    "metabolite_two_compartment": {
        "metabolite_fraction": PLAIN,
        "metabolite_clearance": FLOW,
        "metabolite_central_volume": VOLUME,
        "metabolite_intercompartmental_clearance": FLOW,
        "metabolite_peripheral_volume": VOLUME,
    },
    "metabolite_in_drug_volume": {
        "metabolite_fraction": PLAIN,
        "metabolite_clearance": FLOW,
        "metabolite_intercompartmental_clearance": FLOW,
        "metabolite_peripheral_volume": VOLUME,
    },
    "metabolite_one_compartment": {
        "metabolite_fraction": PLAIN,
        "metabolite_clearance": FLOW,
        "metabolite_central_volume": VOLUME,
    },
    "linear_growth": {"metabolite_clearance_growth": RATE},
    "fades_with_level": {"inhaled_half_loss_level": LEVEL, "inhaled_loss_hill": PLAIN},
    "formation_transit": {
        "formation_mean_transit_time": TIME,
        "metabolite_mass_ratio": PLAIN,
    },
    "second_metabolite_two_compartment": {
        "second_formation_mean_transit_time": TIME,
        "second_metabolite_fraction": PLAIN,
        "second_metabolite_mass_ratio": PLAIN,
        "second_metabolite_clearance": FLOW,
        "second_metabolite_central_volume": VOLUME,
        "second_metabolite_intercompartmental_clearance": FLOW,
        "second_metabolite_peripheral_volume": VOLUME,
    },
    "well_stirred": {
        "liver_flow": FLOW,
        "gut_availability": PLAIN,
        "first_pass_metabolite_fraction": PLAIN,
    },
    "enantiomer_pair": {
        "r_to_s_clearance": PLAIN,
        "r_to_s_volume": PLAIN,
        "r_to_s_metabolite_clearance": PLAIN,
        "r_to_s_metabolite_volume": PLAIN,
    },
    "slow_effect_site": {"slow_ec50": LEVEL, "slow_half_time": TIME},
    "fast_linear": {"ketamine_slope": SLOPE, "norketamine_slope": SLOPE},
    "fast_sigmoid_adapting": {
        "fast_ec50": LEVEL,
        "fast_hill": PLAIN,
        "share_adapted": PLAIN,
        "adaptation_half_time": TIME,
    },
    "fast_reported_ec50s": {"ec50_lowest": LEVEL, "ec50_highest": LEVEL, "ec50_drug_high": LEVEL},
    "effect_site_delay": {"effect_site_half_time": TIME},
    "placebo_course": {
        "placebo_depth": PLAIN,
        "placebo_gain": PLAIN,
        "placebo_offset_half_time": TIME,
        "placebo_session_depth": PLAIN,
        "placebo_session_half_time": TIME,
    },
    "untreated_pain": {"baseline_pain": POINTS},
    "markov_integer": {
        "usual_share": PLAIN,
        "decline_depth": PLAIN,
        "decline_half_time": TIME,
        "repeat_at_zero": PLAIN,
        "repeat_at_nine": PLAIN,
        "repeat_at_ten": PLAIN,
        "settling_rate": RATE,
        "step_of_one": PLAIN,
        "step_of_two": PLAIN,
        "step_of_three": PLAIN,
        "narrowness": PLAIN,
    },
    "mood_course": {
        "mood_response_chance": PLAIN,
        "mood_session_gain": PLAIN,
        "mood_sessions_that_add": PLAIN,
        "mood_placebo_chance": PLAIN,
        "mood_relapse_time": TIME,
        "mood_onset": TIME,
        "mood_depth": PLAIN,
        "mood_depth_without_response": PLAIN,
        "phq9_any_from": POINTS,
        "phq9_depression_from": POINTS,
        "mood_studied_dose": ("mg/kg",),
        "mood_pain_log_odds": PLAIN,
    },
    "acute_effects": {
        "dissociation_base": PLAIN,
        "dissociation_gain": PLAIN,
        "dizziness_base": PLAIN,
        "dizziness_gain": PLAIN,
        "nausea_base": PLAIN,
        "nausea_gain": PLAIN,
        "vomiting_base": PLAIN,
        "vomiting_gain": PLAIN,
        "sedation_base": PLAIN,
        "sedation_gain": PLAIN,
        "confusion_base": PLAIN,
        "confusion_gain": PLAIN,
        "headache_base": PLAIN,
        "headache_gain": PLAIN,
        "pressure_rise_base": PLAIN,
        "pressure_rise_gain": PLAIN,
        "systolic_rise": ("mmHg",),
        "diastolic_rise": ("mmHg",),
        "heart_rate_rise": RATE,
        "level_of_rise": LEVEL,
        "level_scale": LEVEL,
        "acute_r_potency": PLAIN,
        "acute_half_time": TIME,
        "person_log_odds": PLAIN,
        "told_log_odds": PLAIN,
        "scale_log_odds": PLAIN,
        "long_log_odds": PLAIN,
        "habit_log_odds": PLAIN,
        "dissociation_habit_log_odds": PLAIN,
        "older_log_odds": PLAIN,
        "older_from": ("year",),
        "dissociation_fade": PLAIN,
        "habit_half_time": TIME,
        "habit_sessions": PLAIN,
        "highest_level_seen": LEVEL,
        "longest_dose_seen": TIME,
        "highest_pressure_level_seen": LEVEL,
        "longest_pressure_dose_seen": TIME,
    },
    "population_normal": {"age": ("year",), "weight": ("kg",), "share_female": PLAIN},
}
"""Parameters that a structure cannot do without."""

ALLOWED: Mapping[str, Dimensions] = {
    "mood_evidence": {
        "ketect_relapse_within_year": PLAIN,
        "ketect_days_in_remission": TIME,
        "esketamine_hazard_of_relapse": PLAIN,
        "esketamine_madrs_hours": POINTS,
        "esketamine_madrs_day": POINTS,
        "esketamine_madrs_month": POINTS,
        "phq9_fall_in_pain": PLAIN,
    },
    "slow_effect_site": {"r_potency": PLAIN, "course_tolerance": PLAIN},
    "untreated_pain": {"told_pain_error": POINTS},
    "responder_classes": {
        "response_chance": PLAIN,
        "placebo_chance": PLAIN,
        "drug_arm_response_chance": PLAIN,
        "placebo_arm_response_chance": PLAIN,
        "fast_response_chance": PLAIN,
        "persistent_chance": PLAIN,
        "persistent_half_time": TIME,
        "relief_outlasting_infusion": TIME,
    },
}
"""Parameters that a structure may also have."""

RESIDUAL: Mapping[str, Dimensions] = {
    "proportional": {"parent": PLAIN, "metabolite": PLAIN, "second_metabolite": PLAIN},
    "log_normal": {"parent": PLAIN, "metabolite": PLAIN},
    "diary": {
        "between_days": POINTS,
        "within_day": POINTS,
        "autocorrelation_time": TIME,
        "lapse_chance": PLAIN,
        "drift_spread": POINTS,
        "drift_half_time": TIME,
        "late_entry_spread": POINTS,
    },
}
"""Residual errors by their form, as ``structure.residual`` names it; none is compulsory."""

ON_A_PATH: Dimensions = {
    "share": PLAIN,
    "available": PLAIN,
    "one_device": ("mg",),
    "further_devices": PLAIN,
    "duration": TIME,
    "rate": RATE,
    "delay": TIME,
    "lag": TIME,
}
"""What a parameter that a path names must be, by its role on the path."""

WORDS = frozenset({"base", "kinetics", "residual"})
"""Entries of ``structure`` whose value is no structure of its own."""


def structures_of(model: Model) -> tuple[str, ...]:
    """List the structures a model names, without its base and its residual error."""
    return tuple(name for part, name in model.structure.items() if part not in WORDS)


def on_paths(model: Model) -> Dimensions:
    """Give the parameters that the routes of a model name, with their canonical units."""
    return {
        name: ON_A_PATH[role]
        for paths in model.routes.values()
        for path in paths
        for role, name in path.named.items()
    }


def is_structure(name: str) -> bool:
    """Say whether a structure of that name exists."""
    return name in NEEDED or name in ALLOWED


def needed_by(structures: tuple[str, ...]) -> Dimensions:
    """Give the parameters that these structures need, with their canonical units."""
    return {name: like for one in structures for name, like in NEEDED.get(one, {}).items()}


def known_to(structures: tuple[str, ...]) -> Dimensions:
    """Give every parameter these structures may have, with its canonical units."""
    extra = {name: like for one in structures for name, like in ALLOWED.get(one, {}).items()}
    return {**extra, **needed_by(structures)}
