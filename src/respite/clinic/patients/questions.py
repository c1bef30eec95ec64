"""Which questions are asked about a patient, in which order, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from respite.clinic.patients.instruments import number_of
from respite.clinic.patients.models import FactAnswer, PatientRecord
from respite.clinic.patients.queries import latest_answers
from respite.domain import listed
from respite.domain import translate as _
from respite.literature import FactKind, load_library
from respite.report import severity_words
from respite.safety import Question, read_facts, said

ON_RECORD = {
    "patient.age_years": "born",
    "patient.sex": "sex",
    "patient.indication_code": "condition",
    "patient.child_pugh": "liver",
    "patient.egfr": "egfr",
    "patient.cyp2b6_genotype": "cyp2b6",
    "patient.opioid_ome_mg_day": "opioid_mg",
}
"""Facts that stand in the record itself, with the field: they are told there, and only there."""

MEDICINES = "patient.meds"
OF_MEDICINES = frozenset({MEDICINES, "patient.medicine_not_recognised"})
"""Facts that follow from the list of medicines."""

OF_THE_REGIMEN = frozenset(
    {
        "plan.drug", "plan.route", "plan.infusion_hours", "plan.infusion_hours_total",
        "plan.interval_days", "plan.consecutive_days", "plan.burst_days", "plan.repeated_dosing",
        "plan.single_dose_mg", "plan.daily_dose_mg", "plan.total_dose_mg",
        "plan.bolus_mg_per_kg", "plan.infusion_mg_per_kg_h", "plan.first_exposure",
        "plan.days_since_last_multiday_course", "course.sessions_completed",
        "course.sessions_365d", "course.exposure_days_180", "course.months_continuous",
    }
)  # fmt: skip
"""Facts that follow from a plan as it is written, or from the doses on record."""

NOT_ASKED_HERE = ("session.", "event.")
"""How facts begin that are asked while ketamine is given."""

LIVER_TESTS = frozenset(
    {
        "labs.alt_xuln", "labs.ast_xuln", "labs.alp_xuln", "labs.ggt_xuln", "labs.bilirubin_xuln",
    }
)  # fmt: skip
LIVER_DAY = "labs.lft_date"

BY_A_FORM = {"patient.phq9": "phq9", "patient.phq9_item9": "phq9", "patient.audit_c": "audit-c"}
"""Facts that follow from a questionnaire, with the questionnaire."""

GROUPS = (
    ("mind", ("patient.psych.", "patient.cssrs", "patient.phq9")),
    (
        "substances",
        (
            "patient.substance.", "patient.ort", "patient.audit_c", "patient.med",
            "patient.opioid", "patient.benzo",
        ),
    ),
    ("children", ("patient.pregnan", "patient.childbearing", "patient.breastfeeding")),
    ("labs", ("labs.",)),
    ("course", ("course.",)),
    ("scores", ("scores.",)),
    ("plan", ("plan.",)),
    ("body", ("patient.",)),
)  # fmt: skip
"""Groups of questions, with how their facts begin; the first that fits holds one."""


def group_title(group: str) -> str:
    """Give the heading of a group."""
    titles = {
        "mind": _("Mind and mood"),
        "substances": _("Medicines, alcohol and drugs"),
        "children": _("Pregnancy and breastfeeding"),
        "labs": _("Laboratory and tests"),
        "course": _("The course so far"),
        "scores": _("Questionnaires"),
        "plan": _("Where and how ketamine will be given"),
        "body": _("Body and illness"),
    }
    return titles[group]


def group_of(fact: str) -> str:
    """Name the group of a fact."""
    return next(group for group, starts in GROUPS if fact.startswith(starts))


@cache
def vocabulary() -> Mapping[str, FactKind]:
    """Give every fact that may be asked about, by name."""
    return load_library().vocabulary


@cache
def families() -> Mapping[str, FactKind]:
    """Give, for every name under which something may be told, the fact by which it is asked.

    Facts that share a date or a result are one question.
    """
    found: dict[str, FactKind] = {}
    for kind in sorted(vocabulary().values(), key=lambda one: not one.stand_ins):
        asked = next((found[name] for name in kind.stand_ins if name in found), None)
        for name in (kind.name, *kind.stand_ins):
            found.setdefault(name, asked or kind)
    return found


def names_of(kind: FactKind) -> frozenset[str]:
    """Give every name under which a question may have been answered."""
    return frozenset(name for name, asked in families().items() if asked.name == kind.name)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question on a page.

    Attributes
    ----------
    kind
        The fact that is asked for.
    question
        What hangs on it; ``None`` where an answer is changed.
    codes
        Of a list of words, those that are asked about, with their meaning.
    before
        Of a list of words, what was told of others.
    """

    kind: FactKind
    question: Question | None = None
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    before: Mapping[str, bool] = field(default_factory=dict[str, bool])

    @property
    def fact(self) -> str:
        """The name of the fact."""
        return self.kind.name

    @property
    def ask(self) -> str:
        """The question in words."""
        if self.kind.ratio:
            return _("What is {test}?").format(test=self.kind.words)
        if self.fact == MEDICINES:
            return _("Which of these does the patient take?")
        return self.kind.ask

    @property
    def weight(self) -> str:
        """How grave an answer could be: ``stop``, ``caution``, or nothing."""
        if self.question is None:
            return ""
        grave = {"stop": "stop", "absolute": "stop", "relative": "stop"}
        return grave.get(
            self.question.gravest, "caution" if self.question.gravest != "monitor" else ""
        )

    @property
    def why(self) -> str:
        """What hangs on the answer."""
        if self.question is None:
            return ""
        shown, more = self.question.rules[:3], len(self.question.rules) - 3
        rules = [*shown, _("{count} more").format(count=more)] if more > 0 else list(shown)
        return _("Could say {severity}: {rules}.").format(
            severity=severity_words(self.question.gravest), rules=listed(rules)
        )

    @property
    def record_field(self) -> str:
        """The field of the record in which the answer stands, if it stands there."""
        return ON_RECORD.get(self.fact, "")

    @property
    def is_of_medicines(self) -> bool:
        """Whether the list of medicines tells it."""
        return self.fact in OF_MEDICINES

    @property
    def is_long(self) -> bool:
        """Whether it takes the whole width of a page."""
        return self.kind.type == "codes"

    @property
    def form_number(self) -> int:
        """The number of the questionnaire that tells it; zero where none does."""
        return number_of(BY_A_FORM[self.fact]) if self.fact in BY_A_FORM else 0

    @property
    def has_fields(self) -> bool:
        """Whether it is answered on the page of questions itself."""
        return not self.record_field and self.fact != "patient.medicine_not_recognised"


def asked_of(
    patient: PatientRecord, questions: Iterable[Question], *, answers: Mapping[str, FactAnswer]
) -> list[Asked]:
    """Give the questions that a page asks, in order of worth, each once.

    Parameters
    ----------
    patient
        Of whom is asked.
    questions
        What the rules wait for.
    answers
        What stands.
    """
    asked: dict[str, Asked] = {}
    for one in questions:
        if one.fact in OF_THE_REGIMEN or one.fact.startswith(NOT_ASKED_HERE):
            continue
        kind = families()[one.fact]
        asked.setdefault(kind.name, _asked(kind, one, answers))
    return [one for one in asked.values() if one.fact != MEDICINES or one.codes]


def _asked(kind: FactKind, question: Question | None, answers: Mapping[str, FactAnswer]) -> Asked:
    codes = dict(kind.codes)
    told: Any = answers[kind.name].told if kind.name in answers else None
    before = {code: bool(has) for code, has in told.items()} if isinstance(told, dict) else {}
    if kind.name == MEDICINES:
        beside = {code for one in load_library().medicines.values() for code in one.beside}
        codes = {code: words for code, words in codes.items() if code in beside}
    if question is None:
        return Asked(kind=kind, codes=codes)
    codes = {code: words for code, words in codes.items() if code not in before}
    return Asked(kind=kind, question=question, codes=codes, before=before)


def asked_again(fact: str) -> Asked:
    """Give the question by which an answer is changed."""
    return _asked(families()[fact], None, {})


def asked_by_name(
    facts: Iterable[str], questions: Iterable[Question], answers: Mapping[str, FactAnswer]
) -> list[Asked]:
    """Give the questions that a sent form held, whether they are still open or not."""
    waiting = {families()[one.fact].name: one for one in questions}
    return [
        _asked(families()[fact], waiting.get(fact), answers)
        for fact in facts
        if fact in vocabulary() and families()[fact].name == fact and fact not in ON_RECORD
    ]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question that was answered.

    Attributes
    ----------
    kind, words
        The fact, and what was told in words.
    answer
        The answer by which it is named: who told it, and for which day.
    """

    kind: FactKind
    words: str
    answer: FactAnswer

    @property
    def fact(self) -> str:
        """The name of the fact."""
        return self.kind.name


def answered_of(patient: PatientRecord, on: date) -> list[Answered]:
    """Give what was answered, in the order of the library.

    Parameters
    ----------
    patient
        Of whom.
    on
        The day on which is asked.
    """
    told: dict[str, dict[str, FactAnswer]] = {}
    for name, answer in latest_answers(patient).items():
        told.setdefault(families()[name].name, {})[name] = answer
    order = list(vocabulary())
    return [
        Answered(
            kind=vocabulary()[fact],
            words="; ".join(_told(vocabulary()[fact], answers, on)),
            answer=max(answers.values(), key=lambda one: one.pk),
        )
        for fact, answers in sorted(told.items(), key=lambda one: order.index(one[0]))
    ]


def _told(kind: FactKind, answers: Mapping[str, FactAnswer], on: date) -> Iterator[str]:
    if kind.date in answers:
        yield str(answers[kind.date].told)
        return
    facts = read_facts({name: one.told for name, one in answers.items()}, on=on)
    if kind.ratio and set(kind.ratio) <= set(answers):
        result, limit = (answers[name].told for name in kind.ratio)
        yield _("{result}, upper limit {limit}").format(result=result, limit=limit)
    for name, value in facts.known.items():
        told = answers[name].told if name in answers else None
        if isinstance(told, dict):
            yield _mapping_words(kind, told)
        elif isinstance(told, list):
            yield _("{words}; the list is complete").format(words=said(kind, value))
        else:
            yield said(vocabulary()[name], value)


def _mapping_words(kind: FactKind, told: Mapping[str, bool]) -> str:
    has = [kind.codes.get(code, code) for code, yes in told.items() if yes]
    lacks = [kind.codes.get(code, code) for code, yes in told.items() if not yes]
    parts = [_("yes: {words}").format(words=listed(has))] if has else []
    parts += [_("no: {words}").format(words=listed(lacks))] if lacks else []
    return "; ".join(parts)
