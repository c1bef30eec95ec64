"""The report of a single case as a file: names like those of E2B(R3), and no submission format."""

from __future__ import annotations

from typing import Any

from respite.clinic.events import words
from respite.clinic.events.report import CaseReport, qualification_of
from respite.domain import VERSION
from respite.domain import translate as _

SCHEMA = "respite.case-report/1"


def file_of(report: CaseReport) -> dict[str, Any]:
    """Give the report of a case as plain data.

    Parameters
    ----------
    report
        The report.

    Returns
    -------
    Its fields, each under the number of the element of E2B(R3) that asks for it. It is for
    people who type it into the form of an authority, and nothing that one would take as it is.
    """
    event, version = report.standing.event, report.version
    return {
        "schema": SCHEMA,
        "note": _("This is not a submission format. Names follow E2B(R3); values are words."),
        "made_with": f"Respite {VERSION}",
        "missing": list(report.missing),
        "C.1.1_case": f"{event.patient.clinic_id}-{event.pk}-{version.number}",
        "C.1.2_made_on": report.made_on.isoformat(),
        "C.1.4_first_received": event.made_at.date().isoformat(),
        "C.1.5_most_recent": version.written_at.date().isoformat(),
        "C.2.r_reporter": {
            "C.2.r.1_name": version.reporter_name,
            "C.2.r.4_qualification": qualification_of(version),
        },
        "C.3_sender": {"name": event.patient.clinic.name, "telephone": event.patient.clinic.phone},
        "D_patient": {
            "D.1_initials": report.initials,
            "D.2.2_age_years": report.age,
            "D.3_weight_kg": report.weight,
            "D.5_sex": report.sex,
            "D.7_history": list(report.history),
        },
        "E.i_reactions": [_reaction(report)],
        "F.r_tests": list(report.tests),
        "G.k_drugs": [*_suspected(report), *_others(report)],
        "H_narrative": {
            "H.1_what_happened": version.words,
            "H.2_ticked_by_the_patient": words.told_in_words(version),
            "H.4_comment": version.causality_why,
        },
        "reported": [
            {"to": one.to, "on": one.on.isoformat(), "reference": one.reference}
            for one in report.standing.reports
        ],
    }


def _reaction(report: CaseReport) -> dict[str, Any]:
    version = report.version
    letters = zip("abcdef", words.criteria(), strict=True)
    return {
        "E.i.1.1_as_told": version.words,
        "E.i.2.1_terms": [words.terms().get(one, one) for one in version.terms],
        "E.i.3.1_severity": version.severity,
        "E.i.3.2_serious": {
            f"E.i.3.2{letter}_{name}": name in version.criteria for letter, name in letters
        }
        if version.is_serious is not None
        else None,
        "E.i.4_began": _day(version.began),
        "E.i.5_ended": _day(version.ended),
        "E.i.7_outcome": words.outcomes().get(version.outcome, ""),
    }


def _suspected(report: CaseReport) -> list[dict[str, Any]]:
    version, last = report.version, report.last_dose
    drugs: list[dict[str, Any]] = [
        {
            "G.k.1_role": _("suspected"),
            "G.k.2.2_name": one.drug,
            "amounts_are_of": one.salt,
            "G.k.4.r_given": {
                "G.k.4.r.4_first": one.first.isoformat(),
                "G.k.4.r.5_last": one.last.isoformat(),
                "G.k.4.r.8_in_words": one.words,
                "G.k.4.r.10_route": one.route,
                "doses": one.count,
                "lowest_mg": one.lowest_mg,
                "highest_mg": one.highest_mg,
                "total_mg": one.total_mg,
            },
            "G.k.7_against": report.indication,
        }
        for one in report.course
    ]
    if last is not None:
        drugs.append(
            {
                "G.k.1_role": _("suspected: the dose that it followed"),
                "G.k.2.2_name": last.drug,
                "amounts_are_of": last.salt,
                "G.k.4.r_given": {
                    "G.k.4.r.1_amount": last.amount,
                    "G.k.4.r.1b_unit": last.unit,
                    "G.k.4.r.4_start": last.at.isoformat(),
                    "G.k.4.r.6_minutes": last.minutes,
                    "G.k.4.r.7_lots": list(last.lots),
                    "G.k.4.r.10_route": last.route,
                },
                "G.k.8_action": words.actions_taken().get(version.action_taken, ""),
                "G.k.9.i.2_causality": {
                    "method": "WHO-UMC",
                    "result": words.causalities().get(version.causality, ""),
                },
                "G.k.9.i.3_since_dose": last.since,
                "dechallenge": words.dechallenges().get(version.dechallenge, ""),
                "G.k.9.i.4_rechallenge": words.rechallenges().get(version.rechallenge, ""),
            }
        )
    return drugs


def _others(report: CaseReport) -> list[dict[str, Any]]:
    return [
        {
            "G.k.1_role": _("taken beside it"),
            "G.k.2.2_name": name,
            "G.k.4.r_given": {
                "G.k.4.r.4_first": _day(since),
                "G.k.4.r.5_last": _day(until),
                "G.k.4.r.8_in_words": dose,
            },
        }
        for name, dose, since, until in report.medicines
    ]


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
