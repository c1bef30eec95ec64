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
    from respite.report.comparing import compare_treatments, write_comparators
    from respite.report.curve_files import curves, plan_curves, require_curve_file, write_curves
    from respite.report.effects_figure import effects_picture
    from respite.report.effects_words import effect_sentences, felt_table, rising_table
    from respite.report.folder import write_file
    from respite.report.forecast_for_patient import words_for_patient
    from respite.report.forecast_parts import forecast_words
    from respite.report.front import cited, forecast, require_drawing, simulate, write_report
    from respite.report.mechanism_page import explain_mechanism, write_mechanism
    from respite.report.pdf import require_pdf
    from respite.report.plans import compare, dose_duration, write_plans
    from respite.report.pooling import pool, write_pool
    from respite.report.proposing import plan, write_proposals
    from respite.report.question_sheet import question_file
    from respite.report.records import read_back
    from respite.report.records_text import remarks
    from respite.report.regimen_told import DosesTold, doses_changed, doses_told
    from respite.report.returns import return_times, write_returns
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
    from respite.report.signed_plan_words import chosen_leaflet, consent_words
    from respite.report.told import (
        basis_told,
        check_told,
        comparison_told,
        proposals_told,
        step_told,
        words_told,
    )
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
    "signed_plan_words": "chosen_leaflet consent_words",
    "regimen_told": "DosesTold doses_changed doses_told",
    "acute_fit_figure": "acute_fit_picture",
    "agreement": "agreement_pictures validate write_agreement",
    "agreement_words": "words_of_agreement",
    "check_words": "check_mapping finding_words severity_words",
    "checking": "check cited_by_rules write_check",
    "comparing": "compare_treatments write_comparators",
    "curve_files": "curves plan_curves require_curve_file write_curves",
    "effects_figure": "effects_picture",
    "effects_words": "effect_sentences felt_table rising_table",
    "folder": "write_file",
    "front": "cited forecast require_drawing simulate write_report",
    "forecast_for_patient": "words_for_patient",
    "forecast_parts": "forecast_words",
    "mechanism_page": "explain_mechanism write_mechanism",
    "pdf": "require_pdf",
    "plans": "compare dose_duration write_plans",
    "proposing": "plan write_proposals",
    "question_sheet": "question_file",
    "records": "read_back",
    "records_text": "remarks",
    "returns": "return_times write_returns",
    "shown": "Format TableFormat draw_comparison show_checks show_citation show_comparators "
    "show_dose_duration show_forecast show_mechanism show_model show_models show_plans "
    "show_records show_return_times "
    "show_agreement show_certainty show_check show_next_step show_pool show_simulation "
    "show_proposals show_surveillance show_track_record show_trials",
    "track_record_text": "track_record_words",
    "trials_text": "figure_words group_titles",
    "pooling": "pool write_pool",
    "track_record": "known_until_h log_forecast logged require_log score score_folder score_lines",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "DosesTold",
    "Format",
    "TableFormat",
    "acute_fit_picture",
    "agreement_pictures",
    "basis_told",
    "check",
    "check_mapping",
    "check_told",
    "chosen_leaflet",
    "cited",
    "cited_by_rules",
    "compare",
    "compare_treatments",
    "comparison_told",
    "consent_words",
    "curves",
    "dose_duration",
    "doses_changed",
    "doses_told",
    "draw_comparison",
    "effect_sentences",
    "effects_picture",
    "explain_mechanism",
    "felt_table",
    "figure_words",
    "finding_words",
    "forecast",
    "forecast_words",
    "group_titles",
    "known_until_h",
    "log_forecast",
    "logged",
    "plan",
    "plan_curves",
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
    "rising_table",
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
    "show_track_record",
    "show_trials",
    "simulate",
    "step_told",
    "track_record_words",
    "validate",
    "words_for_patient",
    "words_of_agreement",
    "words_told",
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
