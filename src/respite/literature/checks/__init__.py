"""The battery: every rule a file of the library must pass, run on every file found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from respite.domain import LibraryFault, RespiteError
from respite.domain import translate as _
from respite.literature.battery import Finding
from respite.literature.checks import (
    acute,
    analytes,
    claims,
    comparators,
    interactions,
    models,
    numbers,
    observations,
    provenance,
    rules,
    studies,
    targets,
    watching,
    words,
)
from respite.literature.checks.walk import Check
from respite.literature.library import Folder, Library
from respite.literature.reader import UnknownKey

__all__ = ["RULES", "findings_of"]

ID = re.compile(r"[a-z]+(_[a-z]+)*_[a-z]+[0-9]*(_[a-z]+)?")
"""Form of the id of a model: drug, first author and year, and a word for a variant of it."""

EVERYWHERE: tuple[Check, ...] = (
    provenance.sources_resolve,
    provenance.published_numbers_have_a_place,
    provenance.assumed_numbers_say_why,
    provenance.pooled_numbers_name_their_script,
    numbers.units_are_known,
    numbers.pairs_are_in_order,
    numbers.spreads_are_complete,
    numbers.distributions_fit_their_numbers,
)

RULES: dict[str, tuple[Check, ...]] = {
    "models": (
        *EVERYWHERE,
        models.the_base_exists,
        models.structures_are_known,
        models.parameters_fit_their_structure,
        models.routes_are_complete,
        models.covariate_effects_are_complete,
        models.the_reference_patient_is_in_scope,
        models.wider_scope_says_why,
        models.anchors_are_well_formed,
        models.levels_say_where_blood_was_drawn,
        numbers.numbers_are_within_their_own_limits,
        numbers.correlations_are_possible,
        provenance.derived_numbers_recompute,
        words.regimens_can_be_read,
        words.scope_is_in_known_words,
    ),
    "studies": (
        *EVERYWHERE,
        studies.arms_have_a_regimen_or_a_reason,
        studies.people_are_described,
        studies.contrasts_name_arms_of_the_study,
        studies.shares_match_their_counts,
        studies.responders_say_from_which_fall_they_count,
        studies.figures_fit_their_measure,
        studies.times_are_times,
        studies.crossovers_say_so,
        studies.roles_have_what_they_need,
        words.regimens_can_be_read,
        words.a_condition_is_named_in_domain_words,
    ),
    "observations": (
        *EVERYWHERE,
        observations.observed_arms_say_what_was_given,
        observations.figures_fit_their_metric,
        observations.figures_are_numbers_ranges_or_words,
        observations.recalled_figures_are_assumed,
        observations.models_built_on_a_figure_exist,
        observations.observations_are_in_known_words,
        words.regimens_can_be_read,
    ),
    "interactions": (
        *EVERYWHERE,
        interactions.interactions_say_whom_they_belong_to,
        interactions.names_belong_to_one_file,
        interactions.interactions_rest_on_something,
        interactions.fitted_ratios_belong_to_factors,
        interactions.correlated_factors_are_possible,
    ),
    "sources": (
        *EVERYWHERE,
        provenance.sources_can_be_found,
        provenance.sources_have_a_title_or_say_what_they_are_about,
        provenance.second_hand_reading_names_what_was_read,
    ),
    "constants": (*EVERYWHERE, provenance.derived_numbers_recompute),
    "bindings": (*EVERYWHERE, provenance.derived_numbers_recompute),
    "comparators": (
        *EVERYWHERE,
        comparators.compared_figures_are_in_known_words,
        comparators.compared_figures_are_numbers_ranges_or_words,
        comparators.numbers_needed_to_treat_are_possible,
        comparators.computed_comparisons_recompute,
        comparators.recalled_comparisons_are_assumed,
    ),
    "targets": (
        *EVERYWHERE,
        targets.affinities_are_concentrations,
        targets.affinities_agree_with_their_logarithm,
        targets.targets_have_figures_or_say_why,
    ),
    "conventions": (*EVERYWHERE, provenance.derived_numbers_recompute),
    "acute": (
        *EVERYWHERE,
        acute.used_rows_have_a_regimen_and_people,
        acute.shares_are_shares_and_rises_are_rises,
        acute.recalled_rows_are_assumed,
        words.regimens_can_be_read,
    ),
    "claims": (
        *EVERYWHERE,
        claims.claims_answer_every_question_of_grade,
        claims.grades_are_no_higher_than_their_reasons,
        claims.ranges_of_grades_hold_the_grade,
        claims.claims_are_of_conditions_of_patients,
        claims.grades_are_published_or_ours,
    ),
    "rules": (
        *EVERYWHERE,
        rules.conditions_can_be_read,
        rules.rules_are_numbered_once,
        rules.sources_of_rules_exist,
        rules.rules_say_whose_word_they_are,
    ),
    # Results are in units of laboratories, which the domain does not convert.
    "analytes": (
        provenance.sources_resolve,
        provenance.published_numbers_have_a_place,
        provenance.assumed_numbers_say_why,
        analytes.results_are_numbers_or_words,
        analytes.factors_follow_from_molar_masses,
        analytes.names_of_tests_belong_to_one,
        analytes.facts_of_results_exist,
    ),
    # Facts are also in units of laboratories, which the domain does not convert.
    "facts": (rules.facts_are_complete,),
    "medicines": (*EVERYWHERE, rules.medicines_belong_to_known_classes),
    "rulebooks": (*EVERYWHERE, rules.rulebooks_can_be_used),
    "surveillance": (
        *EVERYWHERE,
        watching.numbers_of_ours_are_assumed,
        watching.occasions_are_complete,
        watching.findings_can_be_read,
    ),
    "titration": (
        *EVERYWHERE,
        watching.numbers_of_ours_are_assumed,
        watching.protocols_name_their_holes,
        watching.protocols_are_in_words_of_regimens,
        watching.steps_and_ceilings_are_in_order,
    ),
    "session_effects": (
        *EVERYWHERE,
        watching.numbers_of_ours_are_assumed,
        watching.effects_are_recognised_by_one_file,
        watching.worse_effects_never_ask_for_less,
    ),
}
"""Rules by kind of file; a kind not listed is held to the rules of every kind."""


def findings_of(library: Library) -> Iterator[Finding]:
    """Go through what breaks a rule, file by file.

    Parameters
    ----------
    library
        The library that is checked.
    """
    for folder in library.folders:
        yield from _check_folder(library, folder)


def _check_folder(library: Library, folder: Folder[Any]) -> Iterator[Finding]:
    for id in folder:
        file = folder.file(id)
        try:
            record = folder[id]
        except LibraryFault as fault:
            rule = "keys_are_known" if isinstance(fault, UnknownKey) else "files_can_be_read"
            yield Finding(file, rule, str(fault))
            continue
        if record.id != id:
            yield Finding(file, "id_is_the_file_name", _("The id is '{id}'.").format(id=record.id))
            continue
        if folder.name == "models" and not ID.fullmatch(id):
            yield Finding(file, "id_is_the_file_name", _("The id is not drug_firstauthoryear."))
        for check in RULES.get(folder.name, EVERYWHERE):
            try:
                for message in check(library, record):
                    yield Finding(file, check.__name__, message)  # pyright: ignore[reportAny]
            except RespiteError as fault:
                yield Finding(
                    file, check.__name__, _("Cannot be checked: {fault}").format(fault=fault)
                )
