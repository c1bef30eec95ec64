"""Each rule of the battery, shown to fail: a good library, one change, one finding."""

import shutil
from pathlib import Path

import pytest

from respite.literature import check_library, load_library
from respite.literature.checks import RULES

OTTO = "models/s_ketamine_otto2021.toml"
LONG = "models/ketamine_respite1_long.toml"
JONKMAN = "models/esketamine_jonkman2017.toml"
CORE = "models/ketamine_respite1.toml"
DAHAN = "models/pain_dahan2011.toml"
SIMONS = "models/pain_simons2022.toml"
PEREZ = "models/esketamine_perezruixo2021.toml"
TRIAL = "studies/sigtermans2009.toml"
NOPPERS = "studies/noppers2011.toml"
EIDE = "studies/eide1994.toml"
SHEEHY = "studies/sheehy2015.toml"
SOURCE = "sources/otto2021.toml"
SINGH = "observations/singh2022.toml"
YOUNG = "observations/otto2021.toml"
KRYSTAL = "observations/krystal1994.toml"
HAGELBERG = "observations/hagelberg2010.toml"
LI = "observations/li2015.toml"
ZARATE = "observations/zarate2006.toml"
GOLDBERG = "observations/goldberg2010.toml"
RIFAMPICIN = "interactions/rifampicin.toml"
EFAVIRENZ = "interactions/efavirenz.toml"
LIVER = "interactions/liver_child_pugh_b.toml"
BESIDE = "comparators/ketamine.toml"
OPIOIDS = "comparators/opioids.toml"
NSAIDS = "comparators/nsaids.toml"
NMDA = "targets/nmda.toml"
MU = "targets/mu_opioid.toml"
SIGMA = "targets/sigma1.toml"
MONTHS = "claims/relief_for_months.toml"
WEEKS = "claims/relief_at_three_to_five_weeks.toml"
SHORT = "claims/single_short_infusion_lasts_days.toml"
DOSE = "claims/more_dose_longer_relief.toml"
LIVER_TESTS = "surveillance/liver.toml"
ULTRASOUND = "surveillance/kidney_ultrasound.toml"
BENEFIT = "surveillance/benefit.toml"
CREATININE = "analytes/creatinine.toml"
ALT = "analytes/alt.toml"
CULTURE = "analytes/urine_culture.toml"
WARD = "titration/ketamine_iv_ward_expert.toml"
NASAL = "titration/ketamine_intranasal_cancer.toml"
NAUSEA = "session_effects/nausea.toml"

PLAN_RULES = "rules/plan.toml"
LABS = "facts/labs.toml"
CLASSES = "medicines/classes.toml"
BOOK = "rulebooks/safety.toml"
HUNDRED = "acute/infusion_of_100_hours.toml"
SPRAY = "acute/esketamine_short_trials.toml"
COHORT = "acute/infusion_pressure_741.toml"

BREAKS = [
    # file, what is changed, into what, rule that must fail, a word its sentence must hold
    (PLAN_RULES, "plan.route is iv and plan.drug is ketamine", "plan.rout is iv and plan.drug is x",
     "conditions_can_be_read", "plan.rout"),
    (PLAN_RULES, "0.35 mg/kg", "0.35 mg", "conditions_can_be_read", "mg/kg"),
    (PLAN_RULES, 'id = "PLAN-002"', 'id = "PLAN-001"', "rules_are_numbered_once", "PLAN-001"),
    (PLAN_RULES, 'id = "PLAN-002"', 'id = "MON-002"', "rules_are_numbered_once", "MON-002"),
    (PLAN_RULES, 'sources = ["asra_guideline2018_copy"]', 'sources = ["nobody2018"]',
     "sources_of_rules_exist", "nobody2018"),
    (PLAN_RULES, 'sources = ["asra_guideline2018_copy"]', "sources = []",
     "sources_of_rules_exist", "no source"),
    (PLAN_RULES, 'number_is = "source"', 'number_is = "none"', "rules_say_whose_word_they_are",
     "whose they are"),
    (PLAN_RULES, 'status = "published"', 'status = "pooled"', "rules_say_whose_word_they_are",
     "pooled"),
    (PLAN_RULES, 'read = "abstract"', 'read = "recalled"', "rules_say_whose_word_they_are",
     "must be assumed"),
    (LABS, 'name = "labs.alt_xuln"', 'name = "labor.alt_xuln"', "facts_are_complete", "another"),
    (LABS, 'name = "labs.ast_xuln"', 'name = "labs.alt_xuln"', "facts_are_complete", "two facts"),
    (LABS, "lowest = 0\n", "", "facts_are_complete", "bounds"),
    (CLASSES, 'code = "opioid"', 'code = "opiod"', "medicines_belong_to_known_classes", "opiod"),
    (CLASSES, '"morphine"', '"Morphine"', "medicines_belong_to_known_classes", "lower case"),
    (BOOK, 'name = "discharge"', 'name = "going-home"', "rulebooks_can_be_used", "going_home"),
    (BOOK, "patient.pregnant is yes", "patient.pregnant is maybe", "rulebooks_can_be_used",
     "maybe"),
    (MONTHS, "[why.imprecision]", "[why.indirectness_too]", "files_can_be_read",
     "indirectness_too"),
    (MONTHS, 'because = "small groups, with many lost from sight"', 'because = ""',
     "claims_answer_every_question_of_grade", "imprecision"),
    (MONTHS, 'grade = "very_low"', 'grade = "moderate"', "grades_are_no_higher_than_their_reasons",
     "at most 'very_low'"),
    (DOSE, 'lowest = "very_low"', 'lowest = "low"', "ranges_of_grades_hold_the_grade",
     "not below"),
    (WEEKS, 'grade = "moderate"', 'grade = "moderate"\nhighest = "low"',
     "ranges_of_grades_hold_the_grade", "not above"),
    (SHORT, '"fibromyalgia", "neuropathic"', '"fibromialgia", "neuropathic"',
     "claims_are_of_conditions_of_patients", "fibromialgia"),
    (WEEKS, 'source = "mcmaster2024"', 'source = "respite"', "grades_are_published_or_ours",
     "names the review"),
    (MONTHS, 'status = "assumed"', 'status = "derived"', "grades_are_published_or_ours",
     "derived"),
    (LIVER_TESTS, 'number_is = "mixed"\nstatus = "assumed"',
     'number_is = "mixed"\nstatus = "published"\nat = "x"', "numbers_of_ours_are_assumed",
     "must be assumed"),
    (LIVER_TESTS, 'number_is = "source"\nstatus = "published"',
     'number_is = "source"\nstatus = "assumed"\nbecause = "x"', "numbers_of_ours_are_assumed",
     "must be published"),
    (LIVER_TESTS, 'every = { value = 91, unit = "days" }', "", "occasions_are_complete",
     "no 'every'"),
    (LIVER_TESTS, 'occasion = "intermittent"', 'occasion = "near_daily"',
     "occasions_are_complete", "comes twice"),
    (BENEFIT, "days = [7, 21, 42, 84]", "", "occasions_are_complete", "after_start"),
    (LIVER_TESTS, "labs.liver_rise_pct >= 50 percent", "labs.liver_rise >= 50 percent",
     "findings_can_be_read", "labs.liver_rise"),
    (LIVER_TESTS, 'id = "trend"', 'id = "high"', "findings_can_be_read", "'high'"),
    (LIVER_TESTS, '["alp", "ggt"]', '["alp", "gtt"]', "findings_can_be_read", "'gtt'"),
    (CREATININE, "factor = 88.402", "factor = 88.6", "factors_follow_from_molar_masses", "88.402"),
    (CREATININE, "molar_mass = 113.12\n", "", "factors_follow_from_molar_masses", "molar mass"),
    (CREATININE, "highest = 600", "highest = 6000", "results_are_numbers_or_words", "plausible"),
    (CREATININE, 'item = "kidney"', 'item = "kidneys"', "results_are_numbers_or_words", "kidneys"),
    (ALT, '"sgpt"', '"SGPT"', "names_of_tests_belong_to_one", "lower case"),
    (ALT, '"sgpt"', '"sgot"', "names_of_tests_belong_to_one", "ast"),
    (CULTURE, "labs.urine_culture_negative", "labs.urine_culture", "facts_of_results_exist",
     "labs.urine_culture"),
    (ULTRASOUND, "[[triggers]]", '[[when]]\noccasion = "start"\nnumber_is = "ours"\n'
     'status = "assumed"\nbecause = "x"\n\n[[triggers]]', "occasions_are_complete",
     "only on a trigger"),
    (WARD, 'not_reported = ["stop", "taper"]', 'not_reported = ["stop"]',
     "protocols_name_their_holes", "taper"),
    (WARD, 'not_reported = ["stop", "taper"]', 'not_reported = ["stop", "taper", "step"]',
     "protocols_name_their_holes", "step"),
    (WARD, 'conditions = ["crps"]', 'conditions = ["crsp"]',
     "protocols_are_in_words_of_regimens", "crsp"),
    (WARD, 'infusion_h = { from = 12, to = 1440, unit = "h" }', "",
     "protocols_are_in_words_of_regimens", "needs infusion_h"),
    (NASAL, 'conditions = ["cancer"]', 'infusion_h = { from = 1, to = 2, unit = "h" }',
     "protocols_are_in_words_of_regimens", "can run in"),
    (WARD, "value = 5\n", "value = 0\n", "steps_and_ceilings_are_in_order", "no amount"),
    (WARD, "value = 20\n", "value = 50\n", "steps_and_ceilings_are_in_order",
     "above the ceiling 40 mg"),
    (NAUSEA, '"queasy"', '"Queasy"', "effects_are_recognised_by_one_file", "lower case"),
    (NAUSEA, '"queasy"', '"dizzy"', "effects_are_recognised_by_one_file", "dizziness"),
    (NAUSEA, 'severe = "down"', 'severe = "free"', "worse_effects_never_ask_for_less",
     "less than a milder one"),
    (OTTO, 'unit = "L/h", standard', 'unit = "L", standard', "parameters_fit_their_structure",
     "dimension"),
    (OTTO, "[parameters.peripheral_volume_1]", "[parameters.peripheral_volum_1]",
     "parameters_fit_their_structure", "Did you mean 'peripheral_volume_1'"),
    (OTTO, 'value = 133, unit = "L"', 'value = 133, unit = "litters"', "units_are_known",
     "litters"),
    (OTTO, 'source = "otto2021"', 'source = "otto2012"', "sources_resolve", "otto2012"),
    (OTTO, "typical = { value = 95.2", "typical = { value = 347",
     "numbers_are_within_their_own_limits", "outside its own limits 60 to 130 L/h"),
    (OTTO, "clearance = { from = 60, to = 130", "clearance = { from = 130, to = 60",
     "pairs_are_in_order", "swapped"),
    (OTTO, "at = \"Table 3, S-ketamine clearance, fixed to fanta2015\"", "",
     "published_numbers_have_a_place", "parameters.clearance"),
    (OTTO, 'at = "Table 3, S-ketamine central volume', 'at = "not_reported" # "',
     "published_numbers_have_a_place", "recalled"),
    (OTTO, 'id = "s_ketamine_otto2021"', 'id = "s_ketamine_otto2012"', "id_is_the_file_name",
     "otto2012"),
    (CORE, 'share = "im_available"', 'share = "im_availble"', "routes_are_complete",
     "im_availble"),
    (CORE, "[[routes.rectal]]", "[[routes.recta]]", "routes_are_complete", "no route and form"),
    (CORE, 'further_devices = "intranasal_further_devices"\n', "", "routes_are_complete",
     "belong together"),
    (PEREZ, 'words = ["intranasal", "iv"', 'words = ["intranasal", "im", "iv"',
     "routes_are_complete", "claims im"),
    (CORE, 'share = "rectal_direct"', 'share = "rest"', "routes_are_complete", "only one path"),
    (OTTO, 'parameter = "clearance"', 'parameter = "clearence"',
     "covariate_effects_are_complete", "clearence"),
    (OTTO, 'reference = { value = 70, unit = "kg" }\n', "", "covariate_effects_are_complete",
     "reference"),
    (OTTO, "covariance = 0.02261", "covariance = 0.2261", "correlations_are_possible",
     "cannot all hold"),
    (OTTO, 'between = ["clearance", "central_volume"]', 'between = ["clearance", "volume"]',
     "correlations_are_possible", "volume"),
    (OTTO, 'kind = "omega_variance", value = 0.026048', 'kind = "omega_variance", value = 0',
     "spreads_are_complete", "none"),
    (OTTO, 'kind = "omega_variance", value = 0.026048', 'kind = "not_reported", value = 0.02',
     "spreads_are_complete", "yet gives a number"),
    (OTTO, 'disposition = "three_compartment"', 'disposition = "three_compartments"',
     "structures_are_known", "three_compartments"),
    (OTTO, "at_h = 0.5", "", "anchors_are_well_formed", "at_h"),
    (OTTO, 'analyte = "s-norketamine"', 'analyte = "norket"', "anchors_are_well_formed",
     "norket"),
    (OTTO, 'site = "venous"\nmetric', 'site = "arterial"\nmetric', "anchors_are_well_formed",
     "arterial"),
    (OTTO, 'because = "adults only; the people', 'because = "" # "', "files_can_be_read", "line"),
    (OTTO, 'because = "no complete set from people in pain', '# "', "wider_scope_says_why",
     "condition"),
    (PEREZ, "reference]\nweight = { value = 74", "reference]\nweight = { value = 200",
     "the_reference_patient_is_in_scope", "weight"),
    (PEREZ, 'when = "asian"\n', "", "covariate_effects_are_complete", "when"),
    (CORE, 'base = "s_ketamine_otto2021"', 'base = "s_ketamine_otto2020"', "the_base_exists",
     "otto2020"),
    (LONG, 'base = "ketamine_respite1"', 'base = "ketamine_respite1_long"', "the_base_exists",
     "does not exist"),
    (CORE, 'base = "s_ketamine_otto2021"', 'base = "ketamine_respite1_long"', "the_base_exists",
     "is built on itself"),
    (LONG, "[parameters.metabolite_clearance_growth]", "[parameters.metabolite_clearance_grown]",
     "parameters_fit_their_structure", "metabolite_clearance_growth"),
    (JONKMAN, 'at_level = { value = 275, unit = "ng/mL" }', "", "anchors_are_well_formed",
     "at_level"),
    (CORE, "added_spreads.clearance", "added_spreads.cleaning", "the_base_exists", "cleaning"),
    (CORE, 'because = "no volume of R-norketamine was seen"', "", "assumed_numbers_say_why",
     "r_to_s_metabolite_volume"),
    (CORE, 'because = "clearances of S-ketamine in', '# "', "assumed_numbers_say_why",
     "added_spreads.clearance.between_studies"),
    (CORE, "typical = { value = 0.88", "typical = { value = 0.89", "derived_numbers_recompute",
     "its rule gives"),
    (SIMONS, "constants_ketamine.molar_mass_ketamine", "constants_ketamine.molar_mass",
     "derived_numbers_recompute", "molar_mass"),
    (DAHAN, "from = 4.37, to = 21.2", "from = 21.2, to = 4.37", "pairs_are_in_order", "swapped"),
    (DAHAN, "from = 4.37, to = 21.2", "value = 4.8", "spreads_are_complete", "from"),
    (DAHAN, "value = 67", "value = 167", "distributions_fit_their_numbers", "zero and one"),
    (DAHAN, '[sampling]\nsite = "venous"\nstatus = "published"\nread = "table"\n'
     'source = "otto2021"\nat = "Table 2, row of dahan2011"\n', "",
     "levels_say_where_blood_was_drawn", "sampling"),
    (DAHAN, 'status = "published"\nat = "abstract"\n[', 'status = "pooled"\n[',
     "pooled_numbers_name_their_script", "script"),
    (TRIAL, 'regimen = "esketamine', '# "', "arms_have_a_regimen_or_a_reason", "ketamine"),
    (TRIAL, 'between = ["ketamine", "placebo"]', 'between = ["ketamine", "saline"]',
     "contrasts_name_arms_of_the_study", "saline"),
    (TRIAL, '"people_crps2011"', '"pain_dahan2011"', "people_are_described", "pain_dahan2011"),
    (NOPPERS, "value = 66.7", "value = 76.7", "shares_match_their_counts", "66.6667"),
    (NOPPERS, 'threshold = { value = 50, unit = "%" }\n', "",
     "responders_say_from_which_fall_they_count", "threshold"),
    (TRIAL, "value = 2.68", "value = 26.8", "figures_fit_their_measure", "beyond 0 to 10"),
    (TRIAL, 'value = 2.68\nunit = "points"', 'value = 2.68\nunit = "%"',
     "figures_fit_their_measure", "points"),
    (TRIAL, 'follow_up = { value = 12, unit = "weeks" }',
     'follow_up = { value = 12, unit = "points" }', "times_are_times", "follow_up"),
    (TRIAL, 'time = { value = 7, unit = "days" }', 'time = { value = -7, unit = "days" }',
     "times_are_times", "-7 days"),
    (EIDE, "crossover = true\n", "", "crossovers_say_so", "crossover"),
    (EIDE, 'found = "less"', 'found = "not_reported"', "roles_have_what_they_need",
     "figure of pain"),
    (SHEEHY, 'role = "none"', 'role = "validation"', "roles_have_what_they_need", "simulated"),
    (SOURCE, 'doi = "10.1007/s00228-021-03104-1"', "", "sources_can_be_found", "doi"),
    (SOURCE, 'read_in = ["nlmixr2lib"]', "", "second_hand_reading_names_what_was_read",
     "read_in"),
    (SOURCE, 'title = "Predictive performance', 'title = "not_reported" # "',
     "sources_have_a_title_or_say_what_they_are_about", "about"),
    (OTTO, "esketamine 10 mg iv over 30 min", "esketamine 10 mg iv over half an hour",
     "regimens_can_be_read", "anchors.1"),
    (TRIAL, "placebo iv over 100 h", "saline iv over 100 h", "regimens_can_be_read", "arms.2"),
    (DAHAN, 'words = ["crps"]', 'words = ["crsp"]', "scope_is_in_known_words", "crsp"),
    (TRIAL, 'condition = "crps"', 'condition = "crps type 1"',
     "a_condition_is_named_in_domain_words", "crps type 1"),
    (SINGH, 'regimen = "ketamine 10 mg iv"\n', "", "observed_arms_say_what_was_given", "reason"),
    (SINGH, 'because = "a push', '# "', "observed_arms_say_what_was_given", "assumed"),
    (SINGH, 'route = "iv"', 'route = "oral"', "observed_arms_say_what_was_given",
     "not those of its regimen"),
    (SINGH, 'drug = "ketamine"', 'drug = "esketamine"', "observed_arms_say_what_was_given",
     "not those of its regimen"),
    (SINGH, 'route = "iv"', 'route = "vein"', "observed_arms_say_what_was_given", "vein"),
    (SINGH, "ketamine 10 mg iv", "ketamine 10 mg into a vein", "regimens_can_be_read", "arms.1"),
    (SINGH, 'unit = "ng/mL"', 'unit = "h"', "figures_fit_their_metric", "cmax"),
    (SINGH, 'unit = "ng/mL"\n', "", "figures_fit_their_metric", "mg/L"),
    (YOUNG, "time_h = 0.5\n", "", "figures_fit_their_metric", "time_h"),
    (SINGH, "until_h = 4\n", "", "figures_fit_their_metric", "until_h"),
    (HAGELBERG, 'compared_with = "without clarithromycin"\n', "", "figures_fit_their_metric",
     "compared_with"),
    (SINGH, "value = 296", "value = -296", "figures_are_numbers_ranges_or_words", "above zero"),
    (KRYSTAL, 'spread = { kind = "range", from = 100, to = 250 }', "",
     "figures_are_numbers_ranges_or_words", "from and to"),
    (GOLDBERG, 'in_words = "norketamine lies', '# "', "figures_are_numbers_ranges_or_words",
     "in_words"),
    (LI, 'status = "assumed"', 'status = "published"', "recalled_figures_are_assumed",
     "must be assumed"),
    (ZARATE, '["ketamine_respite1"]', '["ketamine_respite9"]', "models_built_on_a_figure_exist",
     "ketamine_respite9"),
    (SINGH, 'analyte = "ketamine"', 'analyte = "ketamin"', "observations_are_in_known_words",
     "ketamin"),
    (SINGH, 'condition = "cancer"', 'condition = "cancre"', "observations_are_in_known_words",
     "cancre"),
    ("observations/wang2019.toml", '"chinese"', '"cathay"', "observations_are_in_known_words",
     "cathay"),
    (RIFAMPICIN, 'names = ["rifampicin", "rifampin"]\n', "",
     "interactions_say_whom_they_belong_to", "names"),
    (RIFAMPICIN, '"rifampin"', '"Rifampin"', "interactions_say_whom_they_belong_to", "lower case"),
    (LIVER, 'liver = "child-pugh-b"', 'liver = "child-pugh-d"',
     "interactions_say_whom_they_belong_to", "child-pugh-d"),
    (LIVER, 'liver = "child-pugh-b"\n', "", "interactions_say_whom_they_belong_to", "liver"),
    (EFAVIRENZ, 'names = ["efavirenz"', 'names = ["rifampin"', "names_belong_to_one_file",
     "rifampicin"),
    (EFAVIRENZ, 'of = "rifampicin"', 'of = "rifampin"', "interactions_rest_on_something",
     "rifampin"),
    (EFAVIRENZ, 'of = "rifampicin"', 'of = "diazepam"', "interactions_rest_on_something",
     "diazepam"),
    (RIFAMPICIN, 'read = "abstract"\n', 'read = "abstract"\nnot_applied_because = "ours"\n',
     "interactions_rest_on_something", "not more"),
    (RIFAMPICIN, "typical = { value = 1.67,", "typical = { value = -1.67,",
     "interactions_rest_on_something", "above zero"),
    (RIFAMPICIN, "fitted = 0.144\n", "", "fitted_ratios_belong_to_factors", "measured.1"),
    (RIFAMPICIN, "correlation = -0.93", "correlation = -1.3",
     "correlated_factors_are_possible", "between -1 and 1"),
    (RIFAMPICIN, 'between = ["intrinsic", "gut"]', 'between = ["intrinsic", "bowel"]',
     "correlated_factors_are_possible", "two factors"),
    (RIFAMPICIN, 'at = "abstract, lower by 86 %, p < 0.001"\n', "",
     "published_numbers_have_a_place", "measured.1"),
    (RIFAMPICIN, 'script = "validation/fit_interactions.py"\n', "",
     "pooled_numbers_name_their_script", "factors.intrinsic"),
    (BESIDE, 'condition = "crps"', 'condition = "crsp"', "compared_figures_are_in_known_words",
     "crsp"),
    (NSAIDS, 'setting = "acute_single_dose"', 'setting = "chronic"',
     "compared_figures_are_in_known_words", "go together"),
    (OPIOIDS, 'in_words = "no trial found"\n', "",
     "compared_figures_are_numbers_ranges_or_words", "in_words"),
    (BESIDE, 'unit = "points"', 'unit = "h"', "compared_figures_are_numbers_ranges_or_words",
     "point"),
    (BESIDE, 'scale = "0-10"\n', "", "compared_figures_are_numbers_ranges_or_words", "scale"),
    (NSAIDS, "value = 2.5", "value = 0.5", "numbers_needed_to_treat_are_possible", "0.5"),
    (OPIOIDS, "risk_difference = 11.9", "risk_difference = 12.9",
     "computed_comparisons_recompute", "7.75"),
    (BESIDE, 'status = "assumed"', 'status = "published"', "recalled_comparisons_are_assumed",
     "must be assumed"),
    (NMDA, 'unit = "umol/L"', 'unit = "ng/mL"', "affinities_are_concentrations", "umol/L"),
    (NMDA, "value = 0.3", "value = -0.3", "affinities_are_concentrations", "above zero"),
    (MU, "value = 42", "value = 43", "affinities_agree_with_their_logarithm", "41.7"),
    (MU, "negative_log = 4.38\n", "", "affinities_agree_with_their_logarithm", "negative_log"),
    (HUNDRED, "n = 30\n", "", "used_rows_have_a_regimen_and_people", "how many people"),
    (SPRAY, "n_control = 222\n", "", "used_rows_have_a_regimen_and_people", "control"),
    (SPRAY, "because = ", 'note = "" # ', "used_rows_have_a_regimen_and_people",
     "nothing says why"),
    (SPRAY, "value = 41", "value = 141", "shares_are_shares_and_rises_are_rises", "no share"),
    (COHORT, 'unit = "mmHg"', 'unit = "1/min"', "shares_are_shares_and_rises_are_rises", "mmHg"),
    (COHORT, 'asked = "measured"', 'asked = "asked"', "shares_are_shares_and_rises_are_rises",
     "are measured"),
    (HUNDRED, 'status = "assumed"\nread = "recalled"', 'status = "published"\nread = "recalled"',
     "recalled_rows_are_assumed", "must be assumed"),
    (SIGMA, "not_reported = [", "# [", "targets_have_figures_or_say_why", "affinity"),
]  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(load_library().folder, tmp_path / "library"))


@pytest.mark.thorough
@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: f"{one[3]}-{one[4]}")
def test_a_broken_file_is_found(library: Path, broken: tuple[str, str, str, str, str]) -> None:
    file, old, new, rule, word = broken
    good = (library / file).read_text(encoding="utf-8")
    assert old in good
    (library / file).write_text(good.replace(old, new, 1), encoding="utf-8")
    findings = [one for one in check_library(library) if one.rule == rule and one.file == file]
    assert findings
    assert any(word in one.message for one in findings), findings


def test_every_rule_has_a_file_that_breaks_it() -> None:
    rules = {check.__name__ for checks in RULES.values() for check in checks}
    assert rules <= {rule for _, _, _, rule, _ in BREAKS}


def test_a_misspelt_key_is_refused_with_a_suggestion(library: Path) -> None:
    text = (library / OTTO).read_text(encoding="utf-8")
    (library / OTTO).write_text(
        text.replace("between_patients = {", "between_patient = {", 1), encoding="utf-8"
    )
    (finding,) = [one for one in check_library(library) if one.file == OTTO]
    assert finding.rule == "keys_are_known"
    assert OTTO in finding.message
    assert "parameters.clearance" in finding.message
    assert "did you mean 'between_patients'?" in finding.message


@pytest.mark.thorough
def test_a_misspelt_word_is_refused_with_its_place_and_a_suggestion(library: Path) -> None:
    text = (library / OTTO).read_text(encoding="utf-8")
    (library / OTTO).write_text(
        text.replace('kind = "omega_variance"', 'kind = "omega_varience"', 1), encoding="utf-8"
    )
    (finding,) = [one for one in check_library(library) if one.file == OTTO]
    assert finding.rule == "files_can_be_read"
    assert "parameters.clearance.between_patients.kind" in finding.message
    assert "did you mean 'omega_variance'?" in finding.message


def test_a_slip_in_toml_is_one_sentence_with_file_and_line(library: Path) -> None:
    lines = (library / OTTO).read_text(encoding="utf-8").splitlines()
    lines[6] = 'drug = "esketamine'
    (library / OTTO).write_text("\n".join(lines), encoding="utf-8")
    (finding,) = [one for one in check_library(library) if one.file == OTTO]
    assert finding.rule == "files_can_be_read"
    assert OTTO in finding.message
    assert "line 7" in finding.message
    assert "\n" not in finding.message


@pytest.mark.thorough
def test_a_number_written_as_a_word_is_refused_with_its_place(library: Path) -> None:
    text = (library / OTTO).read_text(encoding="utf-8")
    (library / OTTO).write_text(text.replace("value = 95.2", 'value = "95,2"', 1), encoding="utf-8")
    (finding,) = [one for one in check_library(library) if one.file == OTTO]
    assert "parameters.clearance.typical.value" in finding.message


def test_a_base_may_not_be_built_on_another_model(library: Path) -> None:
    text = (library / OTTO).read_text(encoding="utf-8")
    (library / OTTO).write_text(
        text.replace("[structure]\n", '[structure]\nbase = "ketamine_respite1"\n', 1),
        encoding="utf-8",
    )
    rules = {one.rule for one in check_library(library)}
    assert "the_base_exists" in rules
