"""The same sentences, tables, figures and citations for every face.

The question this room answers: how is an answer said? It decides nothing and
computes nothing. It may import every room below but ``engine``.
Start reading at ``sentences.py``, then ``front.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.report.acute_fit_figure import acute_fit_picture
    from respite.report.agreement import agreement_pictures, validate, write_agreement
    from respite.report.agreement_words import words_of_agreement
    from respite.report.check_words import check_mapping, finding_words, severity_words
    from respite.report.checking import check, cited_by_rules, write_check
    from respite.report.clinic_record import clinic_record_words
    from respite.report.comparing import compare_treatments, write_comparators
    from respite.report.curve_files import curves, plan_curves, require_curve_file, write_curves
    from respite.report.effects_figure import effects_picture
    from respite.report.effects_words import effect_sentences, felt_table, rising_table
    from respite.report.folder import write_file
    from respite.report.forecast_for_patient import words_for_patient
    from respite.report.forecast_parts import forecast_words
    from respite.report.front import cited, forecast, require_drawing, simulate, write_report
    from respite.report.given_words import GivenTold, drug_words, given_told, salt_words
    from respite.report.gp_letter_facts import (
        DueTold,
        EffectCount,
        EffectTold,
        LetterFacts,
        SessionTold,
    )
    from respite.report.gp_letter_words import LetterPart, LetterWords, letter_to_gp
    from respite.report.leaflet_words import when_to_call
    from respite.report.mechanism_page import explain_mechanism, write_mechanism
    from respite.report.pdf import pdf_of, require_pdf
    from respite.report.plans import compare, dose_duration, write_plans
    from respite.report.pooling import pool, write_pool
    from respite.report.proposing import plan, write_proposals
    from respite.report.question_sheet import question_file
    from respite.report.records import read_back
    from respite.report.records_text import remarks
    from respite.report.regimen_told import DosesTold, doses_changed, doses_told, route_words
    from respite.report.returns import return_times, write_returns
    from respite.report.returns_words import return_times_words
    from respite.report.shown import (
        Format,
        TableFormat,
        draw_comparison,
        show_agreement,
        show_certainty,
        show_check,
        show_checks,
        show_citation,
        show_comparators,
        show_dose_duration,
        show_forecast,
        show_mechanism,
        show_model,
        show_models,
        show_next_step,
        show_plans,
        show_pool,
        show_proposals,
        show_records,
        show_return_times,
        show_simulation,
        show_surveillance,
        show_track_record,
        show_trials,
    )
    from respite.report.signed_plan_words import chosen_leaflet, consent_words, plan_for_patient
    from respite.report.surveillance_text import (
        exposure_sentence,
        exposure_table,
        tier_words,
        whose,
    )
    from respite.report.told import (
        basis_told,
        check_told,
        comparison_told,
        proposals_told,
        step_told,
        words_told,
    )
    from respite.report.topics.conditions import known_conditions, plainly
    from respite.report.topics.drawing import topic_figure
    from respite.report.topics.duration_topic import in_short
    from respite.report.topics.origins import (
        mark_of,
        marks_explained,
        model_entries,
        source_entries,
    )
    from respite.report.topics.sourced import FACES, Face, Origin, Said, Topic
    from respite.report.topics.telling import BY_CONDITION, tell_topic, topic_titles, work_out_all
    from respite.report.topics_shown import show_topic, show_topics
    from respite.report.track_record import (
        known_until_h,
        log_forecast,
        logged,
        require_log,
        score,
        score_folder,
        score_lines,
    )
    from respite.report.track_record_text import track_record_words
    from respite.report.trials_text import figure_words, group_titles

HOMES = {
    "told": "basis_told check_told comparison_told proposals_told step_told words_told",
    "signed_plan_words": "chosen_leaflet consent_words plan_for_patient",
    "regimen_told": "DosesTold doses_changed doses_told route_words",
    "surveillance_text": "exposure_sentence exposure_table tier_words whose",
    "leaflet_words": "when_to_call",
    "acute_fit_figure": "acute_fit_picture",
    "agreement": "agreement_pictures validate write_agreement",
    "agreement_words": "words_of_agreement",
    "check_words": "check_mapping finding_words severity_words",
    "checking": "check cited_by_rules write_check",
    "clinic_record": "clinic_record_words",
    "comparing": "compare_treatments write_comparators",
    "curve_files": "curves plan_curves require_curve_file write_curves",
    "effects_figure": "effects_picture",
    "effects_words": "effect_sentences felt_table rising_table",
    "folder": "write_file",
    "given_words": "GivenTold drug_words given_told salt_words",
    "gp_letter_facts": "DueTold EffectCount EffectTold LetterFacts SessionTold",
    "gp_letter_words": "LetterPart LetterWords letter_to_gp",
    "front": "cited forecast require_drawing simulate write_report",
    "forecast_for_patient": "words_for_patient",
    "forecast_parts": "forecast_words",
    "mechanism_page": "explain_mechanism write_mechanism",
    "pdf": "pdf_of require_pdf",
    "plans": "compare dose_duration write_plans",
    "proposing": "plan write_proposals",
    "question_sheet": "question_file",
    "records": "read_back",
    "records_text": "remarks",
    "returns": "return_times write_returns",
    "topics.conditions": "known_conditions plainly",
    "topics.drawing": "topic_figure",
    "topics.origins": "mark_of marks_explained model_entries source_entries",
    "topics.duration_topic": "in_short",
    "topics.sourced": "FACES Face Origin Said Topic",
    "topics.telling": "BY_CONDITION tell_topic topic_titles work_out_all",
    "topics_shown": "show_topic show_topics",
    "returns_words": "return_times_words",
    "shown": (
        "Format TableFormat draw_comparison show_checks show_citation show_comparators "
        "show_dose_duration show_forecast show_mechanism show_model show_models "
        "show_plans show_records show_return_times show_agreement show_certainty "
        "show_check show_next_step show_pool show_simulation show_proposals "
        "show_surveillance show_track_record show_trials"
    ),
    "track_record_text": "track_record_words",
    "trials_text": "figure_words group_titles",
    "pooling": "pool write_pool",
    "track_record": "known_until_h log_forecast logged require_log score score_folder score_lines",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "BY_CONDITION",
    "FACES",
    "DosesTold",
    "DueTold",
    "EffectCount",
    "EffectTold",
    "Face",
    "Format",
    "GivenTold",
    "LetterFacts",
    "LetterPart",
    "LetterWords",
    "Origin",
    "Said",
    "SessionTold",
    "TableFormat",
    "Topic",
    "acute_fit_picture",
    "agreement_pictures",
    "basis_told",
    "check",
    "check_mapping",
    "check_told",
    "chosen_leaflet",
    "cited",
    "cited_by_rules",
    "clinic_record_words",
    "compare",
    "compare_treatments",
    "comparison_told",
    "consent_words",
    "curves",
    "dose_duration",
    "doses_changed",
    "doses_told",
    "draw_comparison",
    "drug_words",
    "effect_sentences",
    "effects_picture",
    "explain_mechanism",
    "exposure_sentence",
    "exposure_table",
    "felt_table",
    "figure_words",
    "finding_words",
    "forecast",
    "forecast_words",
    "given_told",
    "group_titles",
    "in_short",
    "known_conditions",
    "known_until_h",
    "letter_to_gp",
    "log_forecast",
    "logged",
    "mark_of",
    "marks_explained",
    "model_entries",
    "pdf_of",
    "plainly",
    "plan",
    "plan_curves",
    "plan_for_patient",
    "pool",
    "proposals_told",
    "question_file",
    "read_back",
    "remarks",
    "require_curve_file",
    "require_drawing",
    "require_log",
    "require_pdf",
    "return_times",
    "return_times_words",
    "rising_table",
    "route_words",
    "salt_words",
    "score",
    "score_folder",
    "score_lines",
    "severity_words",
    "show_agreement",
    "show_certainty",
    "show_check",
    "show_checks",
    "show_citation",
    "show_comparators",
    "show_dose_duration",
    "show_forecast",
    "show_mechanism",
    "show_model",
    "show_models",
    "show_next_step",
    "show_plans",
    "show_pool",
    "show_proposals",
    "show_records",
    "show_return_times",
    "show_simulation",
    "show_surveillance",
    "show_topic",
    "show_topics",
    "show_track_record",
    "show_trials",
    "simulate",
    "source_entries",
    "step_told",
    "tell_topic",
    "tier_words",
    "topic_figure",
    "topic_titles",
    "track_record_words",
    "validate",
    "when_to_call",
    "whose",
    "words_for_patient",
    "words_of_agreement",
    "words_told",
    "work_out_all",
    "write_agreement",
    "write_check",
    "write_comparators",
    "write_curves",
    "write_file",
    "write_mechanism",
    "write_plans",
    "write_pool",
    "write_proposals",
    "write_report",
    "write_returns",
]
