"""Answers as a face prints them: text for people, JSON and CSV for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from respite.report.front import cited
from respite.report.layout import this_page
from respite.report.plain import csv_text, json_text

if TYPE_CHECKING:
    from respite.evidence import (
        Agreement,
        ComparatorTable,
        Mechanism,
        Pool,
        ReturnTimes,
        TrialsAnswer,
    )
    from respite.forecasting import DoseDuration, Forecast, PlanComparison, TrackRecord
    from respite.planning import NextStep, Plan
    from respite.population import Comparison, Simulation
    from respite.report.picture import Picture
    from respite.report.records import ReadBack
    from respite.safety import Safety, SurveillancePlan

Format = Literal["text", "json"]
"""What every answer can be shown as."""

TableFormat = Literal["text", "json", "csv"]
"""What an answer that is one table can be shown as."""


def show_forecast(answer: Forecast, form: Format = "text") -> str:
    """Show a forecast."""
    from respite.report.forecast_text import forecast_text

    if form == "json":
        return json_text(answer.to_dict())
    return forecast_text(answer, page=this_page(), citations=cited(answer))


def show_simulation(answer: Simulation, form: TableFormat = "text") -> str:
    """Show a simulation; as CSV, its exposures."""
    from respite.report.simulation_text import simulation_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(answer.to_dict()["exposures"])
    return simulation_text(answer, page=this_page(), citations=cited(answer))


def show_records(answer: ReadBack, form: Format = "text") -> str:
    """Show what was understood of a data set, a dosing history or a regimen."""
    from respite.report.records_text import records_text

    if form == "json":
        return json_text(answer.to_dict())
    return records_text(answer, page=this_page())


def show_track_record(answer: TrackRecord, form: TableFormat = "text") -> str:
    """Show what became of past forecasts; as CSV, one row for each person and lead."""
    from respite.report.track_record_text import track_record_rows, track_record_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(track_record_rows(answer))
    return track_record_text(answer, page=this_page())


def show_return_times(answer: ReturnTimes, form: TableFormat = "text") -> str:
    """Show when pain returned in a group; as CSV, its curve."""
    from respite.report.returns_tables import curve_rows
    from respite.report.returns_text import returns_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(curve_rows(answer))
    return returns_text(answer, page=this_page())


def show_pool(answer: Pool, form: TableFormat = "text") -> str:
    """Show what trials say together; as CSV, one row for each trial and pooled line."""
    from respite.report.pooling_tables import pool_rows
    from respite.report.pooling_text import pool_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(pool_rows(answer))
    return pool_text(answer, page=this_page())


def show_trials(answer: TrialsAnswer, form: TableFormat = "text") -> str:
    """Show what studies saw; as CSV, one row for each figure."""
    from respite.report.trials_text import trials_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text([row.to_dict() for row in answer.rows])
    return trials_text(answer, page=this_page())


def show_plans(answer: PlanComparison, form: Format = "text") -> str:
    """Show several plans side by side."""
    from respite.report.plans import cited_of_plans, told_of
    from respite.report.plans_page import plans_text

    if form == "json":
        return json_text(answer.to_dict())
    return plans_text(told_of(answer), page=this_page(), citations=cited_of_plans(answer))


def show_proposals(answer: Plan, form: Format = "text") -> str:
    """Show what is proposed to one person, and what is not."""
    from respite.report.literature_text import literature_text
    from respite.report.proposal_words import proposal_words
    from respite.report.proposing import cited_by_plan

    if form == "json":
        return json_text(answer.to_dict())
    words = proposal_words(answer)
    return literature_text(words, page=this_page(), citations=cited_by_plan(answer))


def show_dose_duration(answer: DoseDuration, form: TableFormat = "text") -> str:
    """Show days with relief against what is given; as CSV, one row for each plan."""
    from respite.report.dose_words import dose_rows
    from respite.report.plans import cited_of_plans, told_of
    from respite.report.plans_page import plans_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(dose_rows(answer))
    return plans_text(told_of(answer), page=this_page(), citations=cited_of_plans(answer))


def show_check(answer: Safety, form: Format = "text", *, every: bool = False) -> str:
    """Show whether a plan may be given, what must be asked and what to mind."""
    from respite.report.check_text import check_text
    from respite.report.checking import sources_of

    if form == "json":
        return json_text(answer.to_dict())
    return check_text(answer, page=this_page(), citations=sources_of(answer), every=every)


def show_comparators(answer: ComparatorTable, form: TableFormat = "text") -> str:
    """Show other treatments of pain beside ketamine; as CSV, one row for each figure."""
    from respite.report.comparator_text import comparator_words
    from respite.report.comparing import cited_by
    from respite.report.literature_text import literature_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text([row.to_dict() for row in answer.rows])
    return literature_text(comparator_words(answer), page=this_page(), citations=cited_by(answer))


def show_mechanism(answer: Mechanism, form: TableFormat = "text") -> str:
    """Show what a regimen takes hold of; as CSV, one row for each target and time."""
    from respite.report.literature_text import literature_text
    from respite.report.mechanism_page import occupancy_rows
    from respite.report.mechanism_words import mechanism_words

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(occupancy_rows(answer))
    return literature_text(mechanism_words(answer), page=this_page(), citations=cited(answer))


def show_agreement(answer: Agreement, form: TableFormat = "text") -> str:
    """Show predictions beside what trials saw; as CSV, one row for each figure."""
    from respite.report.agreement_tables import agreement_rows
    from respite.report.agreement_words import words_of_agreement
    from respite.report.literature_text import literature_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(agreement_rows(answer))
    return literature_text(words_of_agreement(answer), page=this_page())


def show_surveillance(answer: SurveillancePlan, form: TableFormat = "text") -> str:
    """Show what must be watched; as CSV, one row for each thing that is due."""
    from respite.report.surveillance_text import due_rows, surveillance_text

    if form == "json":
        return json_text(answer.to_dict())
    if form == "csv":
        return csv_text(due_rows(answer))
    return surveillance_text(answer, page=this_page())


def show_next_step(answer: NextStep, form: Format = "text") -> str:
    """Show the next step of a treatment, and what it rests on."""
    from respite.report.surveillance_text import next_step_text

    if form == "json":
        return json_text(answer.to_dict())
    return next_step_text(answer, page=this_page())


def show_certainty(condition: str | None = None, form: TableFormat = "text") -> str:
    """Show how certain each claim about ketamine and pain is, and why."""
    from respite.report import certainty as data

    claims = data.claims_of(condition)
    if form == "json":
        return json_text(data.certainty_data(claims, condition))
    if form == "csv":
        return csv_text(data.certainty_rows(claims))
    return data.certainty_text(claims, condition, page=this_page())


def show_models(form: TableFormat = "text") -> str:
    """Show which models the library holds."""
    from respite.literature import load_library
    from respite.report import library as data
    from respite.report import library_text as text

    library = load_library()
    if form == "json":
        return json_text(data.models_data(library))
    if form == "csv":
        return csv_text(data.model_rows(library))
    return text.models_text(library, page=this_page())


def show_model(name: str, form: Format = "text") -> str:
    """Show every number of one model."""
    from respite.literature import load_library
    from respite.report import library as data
    from respite.report import library_text as text

    library = load_library()
    if form == "json":
        return json_text(data.model_data(library, name))
    return text.model_text(library, name, page=this_page())


def show_checks(form: Format = "text") -> tuple[str, bool]:
    """Hold the library against its rules and its own papers; tell whether all is well."""
    from respite.literature import check_library, load_library
    from respite.population import check_anchors
    from respite.report import library as data
    from respite.report import library_text as text

    library = load_library()
    findings, anchors = check_library(library), check_anchors(library)
    passed = not findings and all(anchor.met for anchor in anchors)
    if form == "json":
        return json_text(data.check_data(library, findings, anchors)), passed
    return text.check_text(findings, anchors, page=this_page()), passed


def show_citation(name: str, form: Format = "text") -> str:
    """Show how to cite a source, or every source of a model."""
    from respite.literature import load_library
    from respite.report import library as data
    from respite.report import library_text as text

    sources = data.cited_sources(load_library(), name)
    if form == "json":
        return json_text(data.cite_data(name, sources))
    return text.cite_text(sources, page=this_page())


def draw_comparison(comparison: Comparison) -> Picture:
    """Draw what models predict against what studies observed."""
    from respite.report.observed_figure import comparison_picture

    return comparison_picture(comparison)
