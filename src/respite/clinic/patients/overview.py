"""What the overview of a patient shows: who, risks by area, medicines, scores, plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from respite.clinic.patients.evaluation import Evaluation
from respite.clinic.patients.instruments import instruments, result_words
from respite.clinic.patients.models import DAYS_A_YEAR, PatientRecord, Score
from respite.clinic.patients.queries import last_scores
from respite.clinic.patients.words import condition_words, dial, liver_words, sex_words
from respite.domain import RespiteError, translate_plural
from respite.domain import translate as _
from respite.literature import load_library
from respite.report import check_mapping, cited_by_rules
from respite.safety import Finding, unknown_medicines

AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pressure", ("ELIG-002", "ELIG-003", "DDI-008", "DDI-009", "DDI-014")),
    ("heart", ("ELIG-005", "ELIG-006")),
    ("brain", ("ELIG-004", "ELIG-015", "ELIG-016", "ELIG-023")),
    ("liver", ("ELIG-012", "ELIG-013", "ELIG-014", "ELIG-033")),
    ("bladder", ("ELIG-020",)),
    ("mind", ("ELIG-007", "ELIG-008", "ELIG-026", "ELIG-027")),
    ("pregnancy", ("ELIG-009", "ELIG-010", "ELIG-011")),
    ("misuse", ("ELIG-017", "ELIG-018", "ELIG-019", "ELIG-028", "ELIG-029", "ELIG-030")),
    ("breathing", ("ELIG-024", "DDI-005", "DDI-006", "DDI-007")),
)
"""Areas of risk, with the rules of the evaluation that belong to each; others are other."""


def area_title(area: str) -> str:
    """Give the heading of an area."""
    titles = {
        "pressure": _("Blood pressure and vessels"),
        "heart": _("Heart"),
        "brain": _("Brain and eyes"),
        "liver": _("Liver and kidney"),
        "bladder": _("Bladder"),
        "mind": _("Psychosis and mood"),
        "pregnancy": _("Pregnancy and breastfeeding"),
        "misuse": _("Misuse and alcohol"),
        "breathing": _("Breathing and sedation"),
        "other": _("Everything else"),
    }
    return titles[area]


@dataclass(frozen=True)
class Area:
    """One area of risk: its heading, its colour, and what became of its rules in words."""

    title: str
    colour: str
    words: str


def areas_of(findings: Iterable[Finding]) -> list[Area]:
    """Say for each area of risk whether a rule fires, waits, or neither.

    Parameters
    ----------
    findings
        What became of each rule of the evaluation.
    """
    homes = {rule: area for area, rules in AREAS for rule in rules}
    held: dict[str, list[Finding]] = {area: [] for area, _rules in AREAS} | {"other": []}
    for one in findings:
        held[homes.get(one.rule, "other")].append(one)
    return [_area(area, found) for area, found in held.items() if found]


def _area(area: str, held: list[Finding]) -> Area:
    says = {one.says for one in held if one.fires}
    waiting = sum(one.status == "unknown" for one in held)
    colour = "stop" if "stop" in says else "caution" if says else "" if waiting else "good"
    parts = [_("stands against it")] if colour == "stop" else []
    parts += [_("take care")] if colour == "caution" else []
    if waiting:
        parts.append(
            translate_plural("{count} rule not known", "{count} rules not known", waiting).format(
                count=waiting
            )
        )
    return Area(area_title(area), colour, ", ".join(parts) or _("clear"))


@dataclass(frozen=True)
class Fired:
    """One rule that fires: its colour, what to do, why, and where that is written."""

    colour: str
    label: str
    action: str
    lines: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One form that was filled in, in words."""

    score: Score
    title: str
    words: str
    is_urgent: bool


def score_told(score: Score) -> Told:
    """Say a filled-in form in words."""
    form = instruments().get(score.instrument)
    if form is None:
        return Told(score, score.instrument, f"{score.total.normalize():f}", is_urgent=False)
    answers = {int(n): int(points) for n, points in score.answers.items() if n.isdigit()}
    words = result_words(form, answers, score.total)
    return Told(score, form.title, words, is_urgent=bool(form.urgent_answers(answers)))


def overview_of(patient: PatientRecord, found: Evaluation, today: date) -> dict[str, Any]:
    """Give what the overview shows.

    Parameters
    ----------
    patient
        The patient.
    found
        What the rules say.
    today
        The day by the clock of the clinic.
    """
    plan = patient.plans.exclude(state="ended").order_by("-pk").first()
    return {
        "age": patient.age_on(today),
        "dial": dial(patient.phone),
        "sex": dict(sex_words()).get(patient.sex, ""),
        "condition": dict(condition_words()).get(patient.condition, ""),
        "liver": dict(liver_words()).get(patient.liver, ""),
        "pain_years": _years(patient.pain_since, today),
        "medicines": [row for row in rows_of_medicines(patient, today) if row[1]],
        "tried": patient.tried.all(),
        "scores": [score_told(one) for one in last_scores(patient)],
        "plan": plan,
        "dose_count": patient.doses.filter(is_withdrawn=False).count(),
        "last_session": patient.sessions.exclude(state="called_off").order_by("-day").first(),
        "fault": found.fault,
        **_risks(found),
    }


def _risks(found: Evaluation) -> dict[str, Any]:
    if found.safety is None:
        return {}
    words = check_mapping(found.safety)
    fires = zip(words["fired"], found.safety.of("fires"), strict=True)
    return {
        "verdict": {"stop": "stop", "caution": "caution"}.get(found.safety.verdict, "good"),
        "headline": words["headline"],
        "fired": [
            Fired(
                _colour(one), told.label, told.action, told.lines, cited_by_rules(one.data.sources)
            )
            for told, one in fires
        ],
        "areas": areas_of(found.safety.findings),
        "waiting": len(found.safety.of("unknown")),
    }


def _colour(finding: Finding) -> str:
    return {"stop": "stop", "caution": "caution"}.get(finding.says, "good")


def _years(since: date | None, today: date) -> str:
    if since is None:
        return ""
    years = (today - since).days / DAYS_A_YEAR
    return _("since {day}, {years:.1f} years").format(day=since.isoformat(), years=years)


def _not_recognised(patient: PatientRecord, today: date) -> frozenset[str]:
    """Give the medicines that no rule knows, as their names are read."""
    try:
        return frozenset(unknown_medicines(load_library(), patient.to_patient(today)))
    except RespiteError:
        return frozenset()


def rows_of_medicines(patient: PatientRecord, today: date) -> Iterator[tuple[Any, bool, bool]]:
    """Give each medicine with whether it is taken now, and whether no rule knows it."""
    unknown = _not_recognised(patient, today)
    for one in patient.medicines.all():
        name = " ".join(one.name.split()).lower()
        is_taken = one.is_taken_on(today)
        yield one, is_taken, is_taken and name in unknown
