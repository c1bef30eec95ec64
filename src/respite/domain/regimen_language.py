"""Reads a written regimen into its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from respite.domain.dosing import DRUG_WORDS, ROUTE_WORDS, Drug, Route, Salt
from respite.domain.errors import RegimenNotUnderstood
from respite.domain.plausible_doses import MOST_DOSES
from respite.domain.regimen_refusals import refuse, unexpected_word
from respite.domain.regimen_structure import (
    Amount,
    Course,
    Frequency,
    Part,
    Schedule,
    Span,
    Step,
    TimeUnit,
)
from respite.domain.regimen_words import (
    EXAMPLE,
    TIME_WORDS,
    Word,
    plain_spelling,
    unit_of_amount,
    words_of,
)

if TYPE_CHECKING:
    from lark import Lark, Token
    from lark.tree import Tree

LONGEST_TEXT = 10_000
"""Characters; a longer text is a file given by mistake."""

_DAY_S = TimeUnit.DAY.seconds
_WEEKLY_DAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}
"""Days of the week on which doses fall, by doses a week."""


def read_regimen(text: str) -> tuple[Part, ...]:
    """Read a text into the parts of a regimen, kept as written.

    Raises
    ------
    RegimenNotUnderstood
        With the place, the word, and what should have stood there.
    """
    if len(text) > LONGEST_TEXT:
        raise RegimenNotUnderstood(
            found=f"The regimen is {len(text):,} characters long.",
            expected=f"at most {LONGEST_TEXT:,} characters.",
            remedy="give a list of single doses as a dosing history instead.",
        )
    words = tuple(words_of(text))
    if not words:
        raise RegimenNotUnderstood(
            found="The regimen is empty.",
            expected="a drug, an amount and a route.",
            remedy=f'write for example "{EXAMPLE}".',
        )
    return tuple(_part(part) for part in _subtrees(_tree(words), "part"))


@cache
def _grammar() -> Lark:
    # The parser library costs more than the rest of the room; only readers pay.
    from lark import Lark

    return Lark.open("regimen.lark", rel_to=__file__, parser="lalr", lexer="basic")


def _tree(words: Sequence[Word]) -> Tree[Token]:
    from lark import Token, UnexpectedToken

    parsing = _grammar().parse_interactive("")
    before: Word | None = None
    for word in words:
        token = Token(word.kind, word.text, column=word.column)
        try:
            parsing.feed_token(token)
        except UnexpectedToken:
            raise unexpected_word(word, before, parsing.accepts()) from None
        before = word
    try:
        return parsing.feed_eof()
    except UnexpectedToken:
        raise unexpected_word(None, before, parsing.accepts()) from None


def _subtrees(tree: Tree[Token], *names: str) -> Iterator[Tree[Token]]:
    return (child for child in tree.children if not isinstance(child, str) and child.data in names)


def _tokens(tree: Tree[Token]) -> dict[str, Token]:
    return {child.type: child for child in tree.children if isinstance(child, str)}


def _column(tree: Tree[Token]) -> int:
    first = next(tree.scan_values(lambda value: isinstance(value, str)))
    return first.column or 1


def _part(tree: Tree[Token]) -> Part:
    courses: list[Course] = []
    before: Step | None = None
    for branch in _subtrees(tree, "first_course", "later_course"):
        steps: list[Step] = []
        for leaf in _subtrees(branch, "first_step", "step"):
            written = _step(leaf, before)
            before = written.after(before)
            # An amount written for a placebo is that of the drug it stands for.
            steps.append(written.as_placebo() if written.drug is Drug.PLACEBO else written)
        schedule = next((_schedule(leaf) for leaf in _subtrees(branch, "schedule")), None)
        courses.append(Course(tuple(steps), schedule, _column(branch)))
    return Part(tuple(courses))


def _step(tree: Tree[Token], before: Step | None) -> Step:
    words = _tokens(tree)
    named = words.get("DRUG") or words.get("PLACEBO")
    amount = next((_amount(leaf) for leaf in _subtrees(tree, "amount")), None)
    step = Step(
        drug=DRUG_WORDS[plain_spelling(named)] if named else None,
        salt=Salt.HYDROCHLORIDE if "SALT" in words else Salt.BASE,
        amount=amount,
        route=_route(words.get("ROUTE")),
        duration=next((_duration(leaf, amount) for leaf in _subtrees(tree, "duration")), None),
        timing="for"
        if any("FOR" in _tokens(leaf) for leaf in _subtrees(tree, "duration"))
        else "over",
        column=_column(tree),
    )
    if step.is_rate and step.duration is None:
        raise refuse(
            step.column,
            f'the rate "{amount}" has no duration.',
            'how long it runs, such as "for 24 h".',
            "write how long, or a dose instead of a rate.",
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
            f'"{step.amount}" follows a placebo, and no drug is named.',
            "the name of the drug that this amount is of.",
            f'write "ketamine {step.amount}" or "esketamine {step.amount}".',
        )
    return replace(step, drug=drug)


def _route(word: Token | None) -> Route | None:
    return None if word is None else ROUTE_WORDS[plain_spelling(word)]


def _amount(tree: Tree[Token]) -> Amount:
    words = _tokens(tree)
    unit = unit_of_amount(words.get("DOSE_UNIT") or words["RATE_UNIT"])
    # The word was told to be a unit by this very function.
    assert unit is not None
    amount = Amount(Decimal(words["NUMBER"]).normalize(), *unit)
    if amount.value == 0:
        raise refuse(
            _column(tree),
            f'the amount is "{amount}".',
            "an amount above zero.",
            'write "placebo" where nothing is given.',
        )
    return amount


def _duration(tree: Tree[Token], amount: Amount | None) -> Span:
    span = _span(next(_subtrees(tree, "span")))
    is_rate = amount is not None and amount.per is not None
    if "FOR" in _tokens(tree) and not is_rate:
        raise refuse(
            _column(tree),
            f'"for {span}" follows a dose, and not a rate.',
            '"over" for an infusion, or how often the dose is repeated.',
            f'write "over {span}", or how often, as in "daily for {span}".',
        )
    return span


def _span(tree: Tree[Token]) -> Span:
    words = _tokens(tree)
    span = Span(
        Decimal(words["NUMBER"]).normalize(), TIME_WORDS[plain_spelling(words["TIME_UNIT"])]
    )
    if span.value == 0:
        raise refuse(
            _column(tree),
            f'a time of "{span}" is no time at all.',
            "a time above zero.",
            'leave "over" out for a bolus, or write the time.',
        )
    return span


def _schedule(tree: Tree[Token]) -> Schedule:
    column = _column(tree)
    bounds = list(_subtrees(tree, "bound"))
    how_often = next(_subtrees(tree, "frequency"), None)
    if how_often is None:
        raise refuse(
            column,
            f'"x{_tokens(tree)["COUNT"]}" does not say how often.',
            'how often before how many, such as "daily x10".',
            "write how often.",
        )
    frequency = _frequency(how_often)
    if len(bounds) != 1:
        lacks = "does not say when it ends" if not bounds else "is given more than one end"
        raise refuse(
            column,
            f'"{frequency.words}" {lacks}.',
            'one of "x10" and "for 4 weeks" after it.',
            f'write "{frequency.words} x10" or "{frequency.words} for 4 weeks".',
        )
    counted = _tokens(bounds[0]).get("COUNT")
    span = next((_span(leaf) for leaf in _subtrees(bounds[0], "span")), None)
    times = None if counted is None else _times(counted)
    return Schedule(frequency, times, span, column)


def _times(word: Token) -> int:
    times = int(word)
    if not 1 <= times <= MOST_DOSES:
        raise refuse(
            word.column or 1,
            f'"x{times}" is not a number of doses that can be given.',
            f"from x1 to x{MOST_DOSES}.",
            "write how many doses there are.",
        )
    return times


def _frequency(tree: Tree[Token]) -> Frequency:
    words = _tokens(tree)
    if "EVERY" in words:
        return _every(tree, words)
    counts = (("TWICE", 2), ("THREE", 3), ("FOUR", 4))
    name, doses = next(((name, n) for name, n in counts if name in words), ("", 1))
    prefix = {1: "", 2: "twice "}.get(doses, f"{name.lower()} times ")
    if "DAILY" in words:
        offsets = tuple(index * _DAY_S // doses for index in range(doses))
        return Frequency(f"{prefix}daily", offsets, Decimal(_DAY_S))
    offsets = tuple(day * _DAY_S for day in _WEEKLY_DAYS[doses])
    return Frequency(f"{prefix}weekly", offsets, Decimal(TimeUnit.WEEK.seconds))


def _every(tree: Tree[Token], words: dict[str, Token]) -> Frequency:
    span = next((_span(leaf) for leaf in _subtrees(tree, "span")), None)
    if span is None:
        span = Span(
            Decimal(2 if "OTHER" in words else 1), TIME_WORDS[plain_spelling(words["TIME_UNIT"])]
        )
    shorter = {"1 day": "daily", "1 week": "weekly"}
    if "OTHER" in words and span.unit is TimeUnit.DAY:
        shorter["2 days"] = "every other day"
    return Frequency(shorter.get(str(span), f"every {span}"), (0,), span.seconds)
