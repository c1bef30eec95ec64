"""What is said of a check: verdict, rules that fire, questions, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report import basis
from respite.report.effects_words import effect_sentences, felt_table, rising_table
from respite.report.phrases import as_sentence
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.safety import Finding, Question, Safety

FIRST_QUESTIONS = 10
"""How many questions an answer asks before it only counts them."""


@dataclass(frozen=True, kw_only=True)
class FiredWords:
    """One rule that fires, in words.

    Attributes
    ----------
    label, action
        What stands above it, and what to do.
    lines
        Labels with words: why it fires, and what it rests on.
    """

    label: str
    action: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class QuestionWords:
    """One question, in words: what is asked, what hangs on it, and its name in a file."""

    ask: str
    why: str
    fact: str


def headline(answer: Safety) -> tuple[str, ...]:
    """Say the verdict, what it rests on, and what must be asked first."""
    lines = [_verdict(answer)]
    if answer.rests_on and answer.verdict != "proceed":
        count = len(answer.rests_on)
        lines.append(
            translate_plural(
                "It rests on {count} rule: {rules}.", "It rests on {count} rules: {rules}.", count
            ).format(count=count, rules=listed([one.rule for one in answer.rests_on]))
        )
    if answer.ask:
        lines.append(_ask_first(answer))
    return (*lines, *not_recognised_lines(answer.not_recognised))


def not_recognised_lines(medicines: Sequence[str]) -> tuple[str, ...]:
    """Say which medicines the library does not know; nothing where it knows all."""
    if not medicines:
        return ()
    return (
        _("Not in the library, and not taken for harmless: {names}.").format(
            names=listed(list(medicines))
        ),
    )


def question(answer: Safety) -> tuple[tuple[str, str], ...]:
    """Give what was asked, as labels with words."""
    counts = {status: len(answer.of(status)) for status in ("fires", "unknown", "clear")}
    looked = _("{phases}: {rules} rules, {fires} fire, {unknown} not known, {clear} clear")
    return (
        (_("Plan"), answer.regimen or _("none")),
        (_("Patient"), answer.people),
        (
            _("Looked at"),
            looked.format(phases=listed(answer.phases), rules=len(answer.findings), **counts),
        ),
        (_("On"), answer.on.isoformat()),
    )


def fired(answer: Safety) -> tuple[FiredWords, ...]:
    """Say each rule that fires, the gravest first."""
    return tuple(finding_words(one) for one in answer.of("fires"))


def asked(answer: Safety, *, every: bool = False) -> tuple[QuestionWords, ...]:
    """Say the questions, the most important first; by default only the first of them."""
    shown = answer.questions if every else answer.questions[:FIRST_QUESTIONS]
    return tuple(_asked(one) for one in shown)


def left_out(answer: Safety, *, every: bool = False) -> tuple[str, ...]:
    """Say how many questions and clear rules are not listed, and how to list them."""
    more = len(answer.questions) - FIRST_QUESTIONS
    clear = len(answer.of("clear"))
    lines: list[str] = []
    if every:
        return ()
    if more > 0:
        lines.append(
            translate_plural(
                "{count} more question is left out here; --all lists it.",
                "{count} more questions are left out here; --all lists them.",
                more,
            ).format(count=more)
        )
    if clear:
        lines.append(
            translate_plural(
                "{count} rule is clear; --all lists it.",
                "{count} rules are clear; --all lists them.",
                clear,
            ).format(count=clear)
        )
    return tuple(lines)


def rule_table(answer: Safety, status: str, caption: str) -> Table:
    """Give the rules of one status as a table."""
    rows = tuple(
        (one.rule, severity_words(one.severity), one.action, as_sentence(one.because))
        for one in answer.of("clear" if status == "clear" else "unknown")
    )
    head = (_("Rule"), _("If it fired"), _("What it says"), _("Why"))
    return Table(caption=caption, head=head, rows=rows, align="text")


def fact_table(answer: Safety) -> Table:
    """Give what is known, and where each fact comes from, as a table."""
    from respite.literature import load_library
    from respite.safety import said

    kinds = load_library().vocabulary
    told = [(name, value) for one in answer.facts.ways for name, value in one.items()]
    rows = tuple(
        (kinds[name].words, said(kinds[name], value), answer.facts.origin.get(name, _("regimen")))
        for name, value in (*answer.facts.known.items(), *told)
    )
    head = (_("What is known"), _("Value"), _("From"))
    return Table(caption=_("What is known"), head=head, rows=rows, align="text")


def notes(answer: Safety) -> tuple[str, ...]:
    """Say what a check can tell, and what not."""
    ours = sum(one.data.basis == "ours" for one in answer.findings)
    recalled = sum(one.data.status == "assumed" for one in answer.findings)
    lines = [
        _(
            "The rules are a proposal for review by clinicians and no validated decision aid. Of"
            " the {count} rules looked at, {ours} rest on a threshold or an action of ours, and"
            " {recalled} were seen in no source."
        ).format(count=len(answer.findings), ours=ours, recalled=recalled),
        _("A rule that is clear says only that what was told does not make it fire."),
        _("Every rule with its sources: docs/reference/rules.md."),
    ]
    if answer.questions:
        lines.insert(
            0,
            _(
                "Answer questions in a TOML file for --facts, by the names in brackets: a number"
                ' with its unit, such as session.pre.sbp = "120 mmHg"; true or false; a word; a'
                " list of words that is complete. What is left out stays unknown."
            ),
        )
    return tuple(lines)


def effect_tables(answer: Safety) -> tuple[Table, ...]:
    """Show what the plan may do on the day."""
    tables = (felt_table(answer.adverse_effects), rising_table(answer.adverse_effects))
    return tuple(table for table in tables if table is not None)


def effect_lines(answer: Safety) -> tuple[str, ...]:
    """Say what to mind of what the plan may do on the day, or why nothing is told."""
    if answer.effects_missing is not None:
        return (
            _("No chance of an effect is given: {why}").format(
                why=as_sentence(answer.effects_missing)
            ),
        )
    return effect_sentences(answer.adverse_effects) if answer.adverse_effects else ()


def due_lines(answer: Safety) -> tuple[str, ...]:
    """Say what is due, by when, and why."""
    line = _("{day}: {title}, {what}. {why}")
    return tuple(
        line.format(day=one.due.isoformat(), title=one.title, what=one.what, why=one.reason)
        for one in answer.surveillance
    )


def check_mapping(answer: Safety) -> dict[str, Any]:
    """Give the words of a check as a template takes them."""
    lines = notes(answer)
    waiting = rule_table(answer, "unknown", _("Rules of which nobody knows whether they fire"))
    clear = rule_table(answer, "clear", _("Rules that are clear"))
    return {
        "title": _("May this plan be given?"),
        "verdict": answer.verdict,
        "headline": headline(answer),
        "grade": "",
        "cautions": (),
        "question": question(answer),
        "fired": fired(answer),
        "asked": asked(answer, every=True),
        "tables": tuple(table for table in (waiting, clear) if table.rows),
        "facts": fact_table(answer),
        "effect_tables": effect_tables(answer),
        "effect_lines": effect_lines(answer),
        "due": due_lines(answer),
        "notes": lines,
        "assumptions": lines[-2:],
        "intended_use": basis.intended_use(),
    }


def severity_words(severity: str) -> str:
    """Say how grave a rule is."""
    words = {
        "stop": _("stop the infusion"),
        "absolute": _("stop, whoever signs"),
        "relative": _("stop, unless signed for"),
        "ask": _("ask"),
        "caution": _("caution"),
        "monitor": _("do and record"),
    }
    return words[severity]


def number_words(number_is: str) -> str:
    """Say whose the numbers of a rule are."""
    words = {
        "source": _("its numbers are those of the source"),
        "ours": _("its numbers are ours"),
        "mixed": _("its numbers are in part ours"),
        "unverified": _("its numbers were recalled and not verified"),
        "none": _("it has no numbers"),
    }
    return words[number_is]


def basis_words(basis_of_rule: str) -> str:
    """Say what kind of source a rule rests on."""
    words = {
        "label": _("a label"),
        "guideline": _("a guideline"),
        "regulator": _("a regulator"),
        "trial": _("a trial or cohort"),
        "case_series": _("case reports"),
        "instrument": _("the cut-off of a questionnaire"),
        "ours": _("our own threshold or action"),
        "general_knowledge": _("general knowledge"),
    }
    return words[basis_of_rule]


def _verdict(answer: Safety) -> str:
    gravest = {one.severity for one in answer.rests_on}
    if "stop" in gravest:
        return _("Stop the infusion now, then act.")
    if "absolute" in gravest:
        return _("Stop: this plan must not be given as it stands.")
    if answer.verdict == "stop":
        return _("Stop: hold this plan, unless a named senior clinician signs for going on.")
    if answer.verdict == "caution" and answer.could_stop:
        return _("Caution: too little is known to go on.")
    if answer.rests_on and answer.verdict == "caution":
        return _("Caution: go on only with the precautions below.")
    if answer.verdict == "caution":
        return _("Caution: something must be asked first.")
    return _("Proceed: no rule of these phases stands against it.")


def _ask_first(answer: Safety) -> str:
    waiting = len(answer.could_stop)
    facts = translate_plural(
        "Ask first: {count} fact is not known", "Ask first: {count} facts are not known",
        len(answer.ask),
    ).format(count=len(answer.ask))  # fmt: skip
    if not waiting:
        return as_sentence(facts)
    rules = translate_plural(
        "{count} rule that could say stop waits for them",
        "{count} rules that could say stop wait for them",
        waiting,
    ).format(count=waiting)
    return _("{facts}, and {rules}.").format(facts=facts, rules=rules)


def finding_words(finding: Finding) -> FiredWords:
    """Say what a rule that fires asks for, why it does, and what it rests on."""
    label = _("{rule}: {severity}").format(
        rule=finding.rule, severity=severity_words(finding.severity)
    )
    return FiredWords(label=label, action=finding.action, lines=tuple(_lines(finding)))


def _lines(finding: Finding) -> Iterator[tuple[str, str]]:
    rule = finding.data
    yield _("Because"), as_sentence(finding.because)
    seen = _("recalled, no source was seen") if rule.status == "assumed" else ""
    seen = "" if rule.read == "assumed" else seen
    rests = "; ".join(filter(None, (basis_words(rule.basis), number_words(rule.number_is), seen)))
    yield _("Rests on"), f"{as_sentence(rests)} [{'] ['.join(rule.sources)}]"
    if rule.because:
        yield _("Note"), as_sentence(rule.because)


def _asked(one: Question) -> QuestionWords:
    ask = one.ask
    if one.codes:
        ask = _("{ask} ({words})").format(ask=ask, words="; ".join(one.codes.values()))
    rules = listed(one.rules[:2]) if len(one.rules) < 3 else one.rules[0]
    more = len(one.rules) - 1
    if len(one.rules) > 2:
        rules = _("{rule} and {count} more").format(rule=rules, count=more)
    why = _("Could say {severity}: {rules}.").format(
        severity=severity_words(one.gravest), rules=rules
    )
    return QuestionWords(ask=ask, why=why, fact=one.fact)
