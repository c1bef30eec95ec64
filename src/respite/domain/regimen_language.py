"""Reads a written regimen into its structure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from respite.domain.dosing import DRUG_WORDS, ROUTE_WORDS, Drug, Form, Route, Salt
from respite.domain.errors import RegimenNotUnderstood
from respite.domain.forms import FORM_WORDS
from respite.domain.regimen_grammar import column_of, subtrees, tokens, tree_of
from respite.domain.regimen_refusals import refuse, unknown_form
from respite.domain.regimen_schedules import read_schedule, read_span
from respite.domain.regimen_structure import (
    Amount,
    Course,
    Part,
    Span,
    Step,
)
from respite.domain.regimen_words import (
    EXAMPLE,
    plain_spelling,
    unit_of_amount,
    words_of,
)
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from lark import Token
    from lark.tree import Tree

LONGEST_TEXT = 10_000
"""Characters; a longer text is a file given by mistake."""


def read_regimen(text: str) -> tuple[Part, ...]:
    """Read a text into the parts of a regimen, kept as written.

    Raises
    ------
    RegimenNotUnderstood
        With the place, the word, and what should have stood there.
    """
    if len(text) > LONGEST_TEXT:
        raise RegimenNotUnderstood(
            found=_("The regimen is {count:,} characters long.").format(count=len(text)),
            expected=_("at most {most:,} characters.").format(most=LONGEST_TEXT),
            remedy=_("give a list of single doses as a dosing history instead."),
        )
    words = tuple(words_of(text))
    if not words:
        raise RegimenNotUnderstood(
            found=_("The regimen is empty."),
            expected=_("a drug, an amount and a route."),
            remedy=_('write for example "{example}".').format(example=EXAMPLE),
        )
    return tuple(_part(part) for part in subtrees(tree_of(words), "part"))


def _part(tree: Tree[Token]) -> Part:
    courses: list[Course] = []
    before: Step | None = None
    for branch in subtrees(tree, "first_course", "later_course"):
        steps: list[Step] = []
        for leaf in subtrees(branch, "first_step", "step"):
            written = _step(leaf, before)
            before = written.after(before)
            # An amount written for a placebo is that of the drug it stands for.
            steps.append(written.as_placebo() if written.drug is Drug.PLACEBO else written)
        schedule = next((read_schedule(leaf) for leaf in subtrees(branch, "schedule")), None)
        courses.append(Course(tuple(steps), schedule, column_of(branch)))
    return Part(tuple(courses))


def _step(tree: Tree[Token], before: Step | None) -> Step:
    words = tokens(tree)
    named = words.get("DRUG") or words.get("PLACEBO")
    amount = next((_amount(leaf) for leaf in subtrees(tree, "amount")), None)
    step = Step(
        drug=DRUG_WORDS[plain_spelling(named)] if named else None,
        salt=Salt.HYDROCHLORIDE if "SALT" in words else Salt.BASE,
        amount=amount,
        route=_route(words.get("ROUTE") or words.get("ORAL")),
        form=_form(tree),
        duration=next((_duration(leaf, amount) for leaf in subtrees(tree, "duration")), None),
        timing="for"
        if any("FOR" in tokens(leaf) for leaf in subtrees(tree, "duration"))
        else "over",
        column=column_of(tree),
    )
    if step.is_rate and step.duration is None:
        raise refuse(
            step.column,
            _('the rate "{amount}" has no duration.').format(amount=amount),
            _('how long it runs, such as "for 24 h".'),
            _("write how long, or a dose instead of a rate."),
        )
    return step if before is None else _with_drug_named(step, before)


def _with_drug_named(step: Step, before: Step) -> Step:
    """Name a drug left out, where printing could not leave it out as well."""
    drug = before.drug
    if step.drug is not None or not (drug is Drug.PLACEBO or step.salt is Salt.HYDROCHLORIDE):
        return step
    if drug is Drug.PLACEBO and before.amount is None:
        raise refuse(
            step.column,
            _('"{amount}" follows a placebo, and no drug is named.').format(amount=step.amount),
            _("the name of the drug that this amount is of."),
            _('write "ketamine {amount}" or "esketamine {amount}".').format(amount=step.amount),
        )
    return replace(step, drug=drug)


def _route(word: Token | None) -> Route | None:
    return None if word is None else ROUTE_WORDS[plain_spelling(word)]


def _form(tree: Tree[Token]) -> Form:
    words = [word for word in tree.children if isinstance(word, str) and word.type == "FORM"]
    spelling = " ".join(map(plain_spelling, words))
    if spelling not in FORM_WORDS:
        raise unknown_form(words[0].column or 1, spelling)
    return FORM_WORDS[spelling]


def _amount(tree: Tree[Token]) -> Amount:
    words = tokens(tree)
    unit = unit_of_amount(words.get("DOSE_UNIT") or words["RATE_UNIT"])
    # The word was told to be a unit by this very function.
    assert unit is not None
    amount = Amount(Decimal(words["NUMBER"]).normalize(), *unit)
    if amount.value == 0:
        raise refuse(
            column_of(tree),
            _('the amount is "{amount}".').format(amount=amount),
            _("an amount above zero."),
            _('write "placebo" where nothing is given.'),
        )
    return amount


def _duration(tree: Tree[Token], amount: Amount | None) -> Span:
    span = read_span(next(subtrees(tree, "span")))
    is_rate = amount is not None and amount.per is not None
    if "FOR" in tokens(tree) and not is_rate:
        raise refuse(
            column_of(tree),
            _('"for {span}" follows a dose, and not a rate.').format(span=span),
            _('"over" for an infusion, or how often the dose is repeated.'),
            _('write "over {span}", or how often, as in "daily for {span}".').format(span=span),
        )
    return span
