"""What is proposed to one person: the sentences and the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.check_words import not_recognised_lines
from respite.report.literature_words import LiteratureWords, PagePart, part_of
from respite.report.numerals import brief, days, percent, rounded
from respite.report.phrases import as_sentence, threshold_words
from respite.report.plans_page import certainty_words
from respite.report.surveillance_text import step_sentence
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.planning import Plan, Proposal, RefusedPlan, TriedPlan

NAMES = "ABCDEF"
"""What proposals are called in tables and figures."""

MOST_NAMED = 3
"""Refused plans that are named; more are counted."""

HOLDS_AT = 28
"""The day after the last dose for which the table says how many still have relief."""

MOST_ASKED = 8
"""Questions that are printed; all of them are in the JSON."""


def proposal_words(answer: Plan) -> LiteratureWords:
    """Say what is proposed, side by side, and what is not."""
    return LiteratureWords(
        title=_("What is there to propose?"),
        lead=(
            *_next_step(answer),
            *_first(answer),
            *_ties(answer),
            *not_recognised_lines(answer.not_recognised),
            _sure(answer),
        ),
        question=_question(answer),
        parts=tuple(_parts(answer)),
        notes=_notes(answer),
        notes_heading=_("How to read this"),
        sheet="plan",
    )


def _next_step(answer: Plan) -> Iterable[str]:
    """Say what the last sessions ask for before anything new is thought of."""
    step = answer.next_step
    if step is None:
        return
    yield step_sentence(step)
    if step.kind.value == "stop" and answer.proposals:
        yield _("What follows was worked out as if ketamine had not failed: talk about it first.")


def _first(answer: Plan) -> Iterable[str]:
    if answer.no_ketamine_first:
        yield _("No ketamine comes first.")
        yield from answer.weak_because or (as_sentence(_why_none(answer)),)
        if answer.proposals:
            yield _("What might be tried all the same:")
    else:
        yield translate_plural(
            "One plan is worth thinking of; no ketamine is a choice as well.",
            "{n} plans are worth thinking of; no ketamine is a choice as well.",
            len(answer.proposals),
        ).format(n=len(answer.proposals))
    for name, one in zip(NAMES, answer.proposals, strict=False):
        yield _told(name, one.tried, answer)
    if answer.fewer_because is not None and answer.proposals:
        yield as_sentence(_("Only one plan is proposed: {why}").format(why=answer.fewer_because))


def _why_none(answer: Plan) -> str:
    if not answer.proposals:
        return answer.fewer_because or ""
    best = max(one.tried.chance_worthwhile for one in answer.proposals)
    return _("even the best plan has a chance of {chance} to add {days} or more").format(
        chance=percent(best), days=days(answer.worthwhile_days)
    )


def _told(name: str, one: TriedPlan, answer: Plan) -> str:
    low, high = one.interval80_days
    return _(
        "{name}: {regimen}, {words}. By its drug {days} with relief are expected within"
        " {horizon} days (80% of people: {low} to {high}); a chance of {chance} of {least} or more."
    ).format(
        name=name,
        regimen=one.regimen,
        words=one.words,
        days=days(one.mean_days),
        horizon=answer.horizon_days,
        low=rounded(low),
        high=rounded(high),
        chance=percent(one.chance_worthwhile),
        least=days(answer.worthwhile_days),
    )


def _ties(answer: Plan) -> Iterable[str]:
    for first, second in answer.ties:
        yield _(
            "{first} and {second} cannot be told apart for this person: {first} adds more days"
            " in {chance}."
        ).format(
            first=NAMES[first],
            second=NAMES[second],
            chance=percent(answer.better[first][second]),
        )


def _sure(answer: Plan) -> str:
    grade, why = certainty_words(dict(answer.certainty))
    told = _("Certainty: {grade}. {why}").format(grade=grade, why=why).strip()
    claims = " ".join(as_sentence(one.words) for one in answer.claims[:2])
    if not claims:
        return told
    return _("{told} What trials and reviews say: {claims}").format(told=told, claims=claims)


def _question(answer: Plan) -> tuple[tuple[str, str], ...]:
    return (
        (_("For"), as_sentence(answer.people)),
        (
            _("Relief"),
            _("at least {relief}, by the drug alone").format(
                relief=threshold_words(answer.threshold)
            ),
        ),
        (_("Horizon"), _("{days} from the first dose").format(days=days(answer.horizon_days))),
        (
            _("Plans"),
            _("tried: {tried}; refused, or beyond a limit: {refused}").format(
                tried=len(answer.tried), refused=len(answer.refused)
            ),
        ),
    )


def _parts(answer: Plan) -> Iterable[PagePart]:
    if answer.proposals:
        yield part_of(_("Proposals"), tables=(side_by_side(answer),))
        shared = _shared_end(answer)
        for name, one in zip(NAMES, answer.proposals, strict=False):
            yield part_of(_("Plan {name}").format(name=name), _about(one, shared))
        if shared is not None:
            yield part_of(_("Each of these plans"), (shared,))
    if answer.of_patient:
        yield part_of(
            _("What rules say of this patient"),
            tuple(_rule_line(one.rule, one.action, one.because) for one in answer.of_patient),
        )
    if answer.next_step is not None:
        yield part_of(_("Next step"), answer.next_step.reasons)
    if answer.ask:
        asked = tuple(answer.ask[:MOST_ASKED])
        more = len(answer.ask) - len(asked)
        last = (_("And {n} more questions.").format(n=more),) if more else ()
        yield part_of(_("Ask first"), (*asked, *last))
    if answer.surveillance:
        yield part_of(_("What is due"), _due(answer))
    if answer.refused:
        yield part_of(_("Not proposed"), _refused(answer.refused), is_overleaf=True)
    if answer.tried:
        tried = (tried_table(answer),)
        yield part_of(_("Every plan that was tried"), tables=tried, is_overleaf=True)


def _shared_end(answer: Plan) -> str | None:
    """Give what would end every plan alike, so that it is said once."""
    ends = {one.would_change_if for one in answer.proposals}
    return ends.pop() if len(ends) == 1 and len(answer.proposals) > 1 else None


def _about(one: Proposal, shared: str | None) -> Iterable[str]:
    yield one.why
    if one.tried.outside:
        yield _("An extrapolation: {why}").format(why=as_sentence(" ".join(one.tried.outside)))
    if one.would_change_if != shared:
        yield one.would_change_if
    for said in one.conditions:
        yield _rule_line(said.rule, said.action, "")


def _rule_line(rule: str, action: str, because: str) -> str:
    told = _("{rule}: {action}").format(rule=rule, action=as_sentence(action))
    return f"{told} ({because})" if because else told


def side_by_side(answer: Plan) -> Table:
    """Show relief and harm of each proposal, and of no ketamine."""
    plans = [one.tried for one in answer.proposals]
    holding = [one.survival.get(HOLDS_AT) for one in answer.proposals]
    rows = [
        (_("Days with relief by the drug"), *(rounded(one.mean_days) for one in plans), "0"),
        (_("80% of people, days"), *(_interval(one) for one in plans), "0"),
        (
            _("Chance of {days} or more").format(days=days(answer.worthwhile_days)),
            *(percent(one.chance_worthwhile) for one in plans),
            "-",
        ),
        (
            _("Relief by the drug holds {days} days after").format(days=HOLDS_AT),
            *("-" if share is None else percent(share) for share in holding),
            "-",
        ),
        (_("Dissociation, once or more"), *(percent(one.dissociation) for one in plans), "0%"),
        *(
            (words, *(percent(_chance(one, effect)) for one in answer.proposals), "0%")
            for effect, words in (
                ("nausea", _("Nausea, once or more")),
                ("sedation", _("Sedation, once or more")),
            )
        ),
        (
            _("Marked rise of pressure, once or more"),
            *(_studied(one.pressure_rise) for one in plans),
            "0%",
        ),
        (_("Highest level, ng/mL"), *(brief(one.peak[1]) for one in plans), "0"),
        (_("Hours in clinic or ward"), *(rounded(one.hours_in_care) for one in plans), "0"),
        (_("Dose, mg"), *(brief(one.dose_mg) for one in plans), "0"),
        (_("Dose of a year so, mg"), *(brief(one.yearly_dose_mg) for one in plans), "0"),
    ]
    return Table(
        caption=_("Relief and harm side by side"),
        head=(_("Plan"), *NAMES[: len(plans)], _("none")),
        rows=tuple(rows),
    )


def _chance(one: Proposal, effect: str) -> float:
    """Give the chance of an effect, once or more over the plan."""
    return next((each.probability or 0 for each in one.adverse_effects if each.effect == effect), 0)


def _studied(chance: float | None) -> str:
    return _("not studied") if chance is None else percent(chance)


def _interval(one: TriedPlan) -> str:
    low, high = one.interval80_days
    return _("{low} to {high}").format(low=rounded(low), high=rounded(high))


def _refused(refused: tuple[RefusedPlan, ...]) -> Iterable[str]:
    """Name each rule with the plans it refuses."""
    by_rule: dict[tuple[str, str, str], list[str]] = {}
    for one in refused:
        by_rule.setdefault((one.rule, one.because, one.action), []).append(one.regimen)
    for (rule, because, action), plans in by_rule.items():
        yield _("{rule}: {because} {action} Refused: {plans}.").format(
            rule=rule, because=as_sentence(because), action=as_sentence(action), plans=_plans(plans)
        )


def _due(answer: Plan) -> Iterable[str]:
    """Say by day and reason what is due."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in answer.surveillance:
        item = _("{title} ({what})").format(title=one.title, what=one.what.rstrip("."))
        together.setdefault((one.due.isoformat(), one.reason), []).append(item)
    for (day, reason), items in together.items():
        yield _("{day}: {items}. {reason}").format(day=day, items="; ".join(items), reason=reason)


def _plans(plans: list[str]) -> str:
    if len(plans) > MOST_NAMED:
        return _("{n} plans").format(n=len(plans))
    return listed(plans)


def tried_table(answer: Plan) -> Table:
    """Show every plan that was tried, that with most days first."""
    return Table(
        caption=_("Tried (* on the front: no other has more days, fewer hours and less felt)"),
        head=(_("Plan"), _("days"), _("80%"), _("dissociation"), _("hours"), _("mg")),
        rows=tuple(
            (
                f"{one.regimen} *" if one.is_on_front else one.regimen,
                rounded(one.mean_days),
                _interval(one),
                percent(one.dissociation),
                rounded(one.hours_in_care),
                brief(one.dose_mg),
            )
            for one in answer.tried
        ),
    )


def _notes(answer: Plan) -> tuple[str, ...]:
    return (
        _(
            "Every plan is tried on the same people, who fit what is known; days count where"
            " relief by the drug alone is enough, beyond what earlier doses still give."
        ),
        _(
            "Two plans tie where the chance that one adds more days lies between 20% and 80%."
            " Of plans that tie, the one with the fewest hours in care comes first."
        ),
        _(
            "A plan is refused by a rule of safety, or because it passes a limit of level or"
            " pressure too often. A relative contraindication may be overruled by a named senior."
        ),
        _("Plans are those that clinics and trials use; doses between them are not tried."),
        translate_plural(
            "It rests on {n} number that nobody published and that we assumed; the JSON names it.",
            "It rests on {n} numbers that nobody published and that we assumed; the JSON names"
            " them.",
            len(answer.assumed),
        ).format(n=len(answer.assumed)),
    )
