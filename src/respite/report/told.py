"""Answers in words as plain data, for faces that keep them beside the numbers.

A kept answer is read again as it was said, whatever the library says by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from respite.domain import UNKNOWN
from respite.domain import translate as _
from respite.report import basis
from respite.report.phrases import as_sentence
from respite.report.plans_page import certainty_words

if TYPE_CHECKING:
    from respite.domain import Patient
    from respite.forecasting import Forecast, PlanComparison
    from respite.literature import Claim
    from respite.planning import NextStep, Plan
    from respite.report.literature_words import LiteratureWords
    from respite.safety import Safety


def words_told(words: LiteratureWords) -> dict[str, Any]:
    """Give the words of a page as plain data."""
    return {
        "title": words.title,
        "lead": list(words.lead),
        "question": [list(pair) for pair in words.question],
        "parts": [asdict(part) for part in words.parts],
        "notes": list(words.notes),
        "notes_heading": words.notes_heading,
        "intended_use": basis.intended_use(),
    }


def proposals_told(answer: Plan) -> dict[str, Any]:
    """Give proposals in words as plain data, with the sources that they used."""
    from respite.report.proposal_words import NAMES, proposal_words
    from respite.report.proposing import cited_by_plan

    told = words_told(proposal_words(answer))
    return told | {
        "plans": [
            {"name": name, "regimen": one.tried.regimen, "words": one.tried.words, "why": one.why}
            for name, one in zip(NAMES, answer.proposals, strict=False)
        ],
        "citations": list(cited_by_plan(answer)),
    }


def comparison_told(answer: PlanComparison) -> dict[str, Any]:
    """Give a comparison in words as plain data, with the sources that it used."""
    from respite.report.comparison_words import NAMES, comparison_page
    from respite.report.plans import cited_of_plans

    page = comparison_page(answer)
    return {
        "title": page.title,
        "lead": list(page.headline),
        "question": [list(pair) for pair in page.question],
        "tables": [asdict(table) for table in page.tables],
        "notes": list(page.notes),
        "notes_heading": _("How to read this"),
        "intended_use": page.intended_use,
        "plans": [
            {"name": name, "regimen": plan.forecast.regimen}
            for name, plan in zip(NAMES, answer.plans, strict=False)
        ],
        "citations": list(cited_of_plans(answer)),
    }


def check_told(answer: Safety) -> dict[str, Any]:
    """Give a check in words as plain data: verdict, what fires, what is not known, effects."""
    from respite.report import check_words
    from respite.report.checking import sources_of

    fires = answer.of("fires")
    return {
        "verdict": answer.verdict,
        "headline": list(check_words.headline(answer)),
        "fired": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "label": words.label,
                "action": words.action,
                "lines": [list(pair) for pair in words.lines],
            }
            for one, words in zip(fires, check_words.fired(answer), strict=True)
        ],
        "asked": [vars(one).copy() for one in check_words.asked(answer)],
        "unasked": max(0, len(answer.questions) - check_words.FIRST_QUESTIONS),
        "could_stop": [one.rule for one in answer.could_stop],
        "tables": [asdict(table) for table in check_words.effect_tables(answer)],
        "effects": list(check_words.effect_lines(answer)),
        "due": list(_due(answer)),
        "citations": list(sources_of(answer)),
        "provenance": dict(answer.provenance),
    }


def _due(answer: Safety) -> Iterable[str]:
    """Say what is due, those of one day and one reason together."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in answer.surveillance:
        item = _("{title} ({what})").format(title=one.title, what=one.what.rstrip("."))
        together.setdefault((one.due.isoformat(), one.reason), []).append(item)
    for (day, reason), items in together.items():
        yield _("{day}: {items}. {reason}").format(day=day, items="; ".join(items), reason=reason)


def step_told(step: NextStep) -> dict[str, Any]:
    """Give the next step in words as plain data."""
    from respite.report.surveillance_text import rules_table, step_sentence

    return {
        "sentence": step_sentence(step),
        "kind": step.kind.value,
        "regimen": None if step.regimen is None else str(step.regimen),
        "reasons": list(step.reasons),
        "asks": list(step.asks),
        "holes": list(step.holes),
        "table": asdict(rules_table(step)) if step.basis else None,
        "intended_use": basis.intended_use(),
    }


def basis_told(
    patient: Patient,
    outlook: Forecast,
    *,
    claims: Iterable[Claim] = (),
    would_change: Iterable[str] = (),
) -> dict[str, Any]:
    """Give what an answer rests on as plain data, so that a reader can judge it alone.

    Parameters
    ----------
    patient
        What was known of the patient.
    outlook
        A forecast of one of the plans, for what holds of them all.
    claims
        What trials and reviews say; by default what the forecast cites.
    would_change
        What would change the answer; by default what would change the forecast.
    """
    grade, why = certainty_words(dict(outlook.certainty))
    told = tuple(claims) or outlook.claims
    made = outlook.provenance
    return {
        "missing": list(_unknown(patient)),
        "scope": list(basis.scope_lines(outlook.scope)),
        "certainty": as_sentence(_("Certainty: {grade}").format(grade=grade)),
        "why": why,
        "claims": [{"words": as_sentence(one.words), "source": one.source} for one in told],
        "assumed": list(basis.assumption_lines(outlook.assumed)),
        "would_change": list(dict.fromkeys((*would_change, *outlook.would_change))),
        "method": as_sentence(basis.method(outlook)),
        "respite": str(made.get("respite", "")),
        "library_digest": str(made.get("library_digest", "")),
        "seed": made.get("seed"),
    }


def _unknown(patient: Patient) -> Iterable[str]:
    """Name the facts of a patient that are not known."""
    words = {
        "age": _("age"),
        "sex": _("sex"),
        "weight": _("weight"),
        "height": _("height"),
        "condition": _("condition"),
        "baseline_pain": _("usual pain"),
        "pain_years": _("years of pain"),
        "liver": _("liver"),
        "egfr": _("kidney function (eGFR)"),
        "cyp2b6": _("CYP2B6 genotype"),
        "daily_opioid_mg": _("opioid dose a day"),
        "medicines": _("list of medicines"),
    }
    return (said for name, said in words.items() if getattr(patient, name, UNKNOWN) is UNKNOWN)
