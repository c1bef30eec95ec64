"""What must be asked before a session and before going home, and what the rules say of it.

The rules are those of the library, held against the patient, the plan and the answers of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of, latest_answers
from respite.clinic.treatments.models import EntryKind, PlanRecord, SessionRecord
from respite.clinic.treatments.sessions.checklist import Asked, Checklist, Said
from respite.clinic.treatments.sessions.flowsheet import (
    NEW_MEDICINES,
    PAIN_AFTER,
    PAIN_BEFORE,
    WEIGHT,
    Flowsheet,
    Line,
)
from respite.domain import RespiteError, Sex
from respite.domain import translate as _
from respite.literature import FactKind, load_library
from respite.report import finding_words
from respite.safety import Facts, Finding, facts_of, questions_of, read_facts, screen

PREGNANT = "patient.pregnant"
"""Asked anew on every day of treatment, whatever was answered before."""

ABLE_TO_BE = "patient.childbearing_potential"

TICKED = "ticked"
OVERRULED = "overruled"

STOPPING = ("stop", "absolute", "relative")
"""Severities that say stop."""

SCORES = ("session.aldrete", "session.padss")
"""Scores of readiness to go home; one of them is enough."""

BY_THE_CLOCK = (
    "session.minutes_since_dose",
    "session.minutes_since_end",
    "session.hours_since_end",
)
"""Facts that nobody is asked: the flowsheet knows them."""


def before(session: SessionRecord, sheet: Flowsheet, day: date) -> Checklist:
    """Give the checks before a session as they stand.

    Parameters
    ----------
    session, sheet
        The session, and its flowsheet.
    day
        The day on the clock of the clinic.
    """
    own = [
        _own(sheet, EntryKind.CHECK, WEIGHT, _("What does the patient weigh today?"), "number",
             unit="kg", is_needed=session.plan.to_regimen().needs_weight),
        _own(sheet, EntryKind.CHECK, NEW_MEDICINES,
             _("Are there new medicines since the last visit?"), "yes_no", is_needed=True),
        _own(sheet, EntryKind.CHECK, PAIN_BEFORE, _("How strong is the pain now, 0 to 10?"),
             "number"),
    ]  # fmt: skip
    try:
        asked, findings = _held(session, sheet, EntryKind.CHECK, ("evaluation", "before"), day)
    except RespiteError as fault:
        return Checklist(asked=tuple(own), against=(), cautions=(), fault=str(fault))
    against = [one for one in findings if one.fires and one.says == "stop"]
    cautions = [
        one for one in findings if one.fires and one.says == "caution" and one.phase == "before"
    ]
    to_do = [one for one in findings if one.fires and one.says == "proceed"]
    warned = [_said(one, sheet, TICKED, EntryKind.CHECK) for one in cautions]
    told = sheet.answers().get(NEW_MEDICINES)
    if told is not None and told.data["told"]:
        warned.append(_of_medicines(sheet))
    return Checklist(
        asked=(*own, *asked),
        against=tuple(
            _said(one, sheet, OVERRULED, EntryKind.CHECK, may=one.severity == "relative")
            for one in against
        ),
        cautions=tuple(warned),
        to_do=tuple(_said(one, sheet, "", EntryKind.CHECK) for one in to_do
                    if one.phase == "before"),
    )  # fmt: skip


def before_leaving(session: SessionRecord, sheet: Flowsheet, day: date, now: datetime) -> Checklist:
    """Give the checks before going home as they stand; a clinician may sign for each.

    Parameters
    ----------
    session, sheet
        The session, and its flowsheet.
    day, now
        The day on the clock of the clinic, and the time.
    """
    own = _own(sheet, EntryKind.DISCHARGE, PAIN_AFTER, _("How strong is the pain now, 0 to 10?"),
               "number")  # fmt: skip
    try:
        asked, findings = _held(
            session, sheet, EntryKind.DISCHARGE, ("discharge",), day, clock(sheet, now)
        )
    except RespiteError as fault:
        return Checklist(asked=(own,), against=(), cautions=(), fault=str(fault))
    has_score = any(one.fact in SCORES and one.line for one in asked)
    needed = [
        replace(
            one, is_needed=not has_score and one.fact == SCORES[-1] if one.fact in SCORES else True
        )
        for one in asked
    ]
    return Checklist(
        asked=(*needed, own),
        against=tuple(
            _said(one, sheet, OVERRULED, EntryKind.DISCHARGE, may=True)
            for one in findings
            if one.fires
        ),
        cautions=(),
    )


def clock(sheet: Flowsheet, now: datetime) -> dict[str, str]:
    """Give the facts of a session that the clock knows."""
    stopped = sheet.stopped_at
    if stopped is None:
        return {}
    dosings = [one.at for one in sheet.of(EntryKind.BOLUS)]
    if sheet.steps:
        dosings.append(stopped)
    last = max(dosings, default=stopped)
    ended, dosed = ((now - at).total_seconds() for at in (stopped, last))
    return {
        "session.minutes_since_end": f"{max(ended, 0) // 60:.0f} min",
        "session.minutes_since_dose": f"{max(dosed, 0) // 60:.0f} min",
        "session.hours_since_end": f"{max(ended, 0) / 3600:.4f} hours",
    }


def refuse_answer(  # noqa: PLR0913 - an answer has as many sides
    session: SessionRecord, sheet: Flowsheet, kind: str, fact: str, told: Any, day: date
) -> None:
    """Refuse an answer that cannot be, alone or beside what is known.

    Raises
    ------
    RespiteError
        With what was found and what was expected.
    """
    answers = {name: line.data["told"] for name, line in sheet.answers(kind).items()}
    _facts(session, _of_rules(answers | {fact: told}), day)


def kind_of(fact: str) -> FactKind | None:
    """Give what a fact of the rules may be; ``None`` where there is no such fact."""
    return load_library().vocabulary.get(fact)


def _held(  # noqa: PLR0913 - each is something that rules are held against
    session: SessionRecord,
    sheet: Flowsheet,
    kind: str,
    phases: tuple[str, ...],
    day: date,
    by_clock: Mapping[str, str] | None = None,
) -> tuple[list[Asked], list[Finding]]:
    """Ask the rules, once without the answers of today and once with them."""
    library = load_library()
    lines = sheet.answers(kind)
    answers = _of_rules({name: line.data["told"] for name, line in lines.items()})
    counted = dict(by_clock or {})
    blank = _counted(screen(library, _facts(session, counted, day), phases))
    now = _counted(screen(library, _facts(session, counted | answers, day), phases))
    waiting = {name for one in now if one.status == "unknown" and one.says == "stop"
               for name in one.missing}  # fmt: skip
    asked = [
        _asked(library.vocabulary[one.fact], lines.get(one.fact), one.fact in waiting)
        for one in questions_of(blank, library.vocabulary)
        if one.fact not in BY_THE_CLOCK and library.vocabulary[one.fact].type != "codes"
    ]
    order = list(library.vocabulary)
    return sorted(asked, key=lambda one: order.index(one.fact)), now


def _counted(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the rules of the day, what fires of the evaluation, and what is asked anew of it."""
    return [
        one for one in findings if one.phase != "evaluation" or one.fires or PREGNANT in one.missing
    ]


def _facts(session: SessionRecord, answers: Mapping[str, Any], day: date) -> Facts:
    patient: PatientRecord = session.patient
    plan: PlanRecord = session.plan
    told: dict[str, Any] = {
        fact: one.told
        for fact, one in latest_answers(patient).items()
        if not fact.startswith("session.") and not (fact == PREGNANT and one.told is False)
    }
    if told.get(ABLE_TO_BE) is False:
        told[PREGNANT] = False
    person = patient.to_patient(day)
    if person.sex is Sex.MALE:
        answers = {name: value for name, value in answers.items() if name != PREGNANT}
    weight = sheet_weight(session)
    return facts_of(
        load_library(),
        person if weight is None else replace(person, weight=weight),
        plan.to_regimen(),
        told=read_facts(told | dict(answers), on=day),
        history=history_of(patient),
        at=day,
    )


def sheet_weight(session: SessionRecord) -> float | None:
    """Give the weight of the day, where it is on record."""
    return None if session.weight_kg is None else float(session.weight_kg)


def _of_rules(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if not name.startswith("own.")}


def _own(  # noqa: PLR0913 - a question has as many sides
    sheet: Flowsheet, kind: str, fact: str, ask: str, type_: str, *, unit: str = "",
    is_needed: bool = False,
) -> Asked:  # fmt: skip
    line = sheet.answers(kind).get(fact)
    return Asked(
        fact=fact, ask=ask, type=type_, unit=unit, line=line, told=said_of(line, unit),
        is_needed=is_needed,
    )  # fmt: skip


def _asked(kind: FactKind, line: Line | None, is_needed: bool) -> Asked:
    words = said_of(line, "")
    return Asked(
        fact=kind.name, ask=kind.ask, type=kind.type, unit=kind.unit,
        choices=tuple(kind.codes.items()), line=line, told=kind.codes.get(words, words),
        is_needed=is_needed or (line is not None),
    )  # fmt: skip


def said_of(line: Line | None, unit: str) -> str:
    """Say an answer in words; nothing where there is none."""
    if line is None:
        return ""
    told = line.data["told"]
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    return f"{told} {unit}".strip()


def _said(
    finding: Finding, sheet: Flowsheet, mark: str, kind: str, *, may: bool = False
) -> Said:  # fmt: skip
    words = finding_words(finding)
    by = _settled_by(sheet, mark, kind, finding.rule, finding.because)
    return Said(
        rule=finding.rule, label=words.label, action=words.action, lines=words.lines,
        because=finding.because, may_be_overruled=may, is_settled=by is not None, by=by,
    )  # fmt: skip


def _of_medicines(sheet: Flowsheet) -> Said:
    because = _("new medicines: yes")
    by = _settled_by(sheet, TICKED, EntryKind.CHECK, NEW_MEDICINES, because)
    return Said(
        rule=NEW_MEDICINES,
        label=_("New medicines"),
        action=_("Add them to the list of medicines first, then look at this page again."),
        lines=((_("Rests on"), _("our own rule.")),),
        because=because,
        is_settled=by is not None,
        by=by,
    )


def _settled_by(sheet: Flowsheet, mark: str, kind: str, rule: str, because: str) -> Line | None:
    found = [one for one in sheet.of(kind) if one.data.get(mark, {}).get(rule) == because]
    return found[-1] if found else None
