"""Reads how often a dose is repeated, and for how long."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from respite.domain.plausible_doses import MOST_DOSES
from respite.domain.regimen_grammar import column_of, subtrees, tokens
from respite.domain.regimen_refusals import refuse
from respite.domain.regimen_structure import Frequency, Schedule, Span, TimeUnit
from respite.domain.regimen_words import TIME_WORDS, plain_spelling
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from lark import Token
    from lark.tree import Tree

_DAY_S = TimeUnit.DAY.seconds
_WEEKLY_DAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}
"""Days of the week on which doses fall, by doses a week."""


def read_span(tree: Tree[Token]) -> Span:
    """Read a length of time."""
    words = tokens(tree)
    span = Span(
        Decimal(words["NUMBER"]).normalize(), TIME_WORDS[plain_spelling(words["TIME_UNIT"])]
    )
    if span.value == 0:
        raise refuse(
            column_of(tree),
            _('a time of "{span}" is no time at all.').format(span=span),
            _("a time above zero."),
            _('leave "over" out for a bolus, or write the time.'),
        )
    return span


def read_schedule(tree: Tree[Token]) -> Schedule:
    """Read how often and for how long; exactly one end must be given."""
    column = column_of(tree)
    bounds = list(subtrees(tree, "bound"))
    how_often = next(subtrees(tree, "frequency"), None)
    if how_often is None:
        raise refuse(
            column,
            _('"x{count}" does not say how often.').format(count=tokens(tree)["COUNT"]),
            _('how often before how many, such as "daily x10".'),
            _("write how often."),
        )
    frequency = _frequency(how_often)
    if len(bounds) != 1:
        fault = _('"{frequency}" is given more than one end.')
        if not bounds:
            fault = _('"{frequency}" does not say when it ends.')
        raise refuse(
            column,
            fault.format(frequency=frequency.words),
            _('one of "x10" and "for 4 weeks" after it.'),
            _('write "{frequency} x10" or "{frequency} for 4 weeks".').format(
                frequency=frequency.words
            ),
        )
    counted = tokens(bounds[0]).get("COUNT")
    span = next((read_span(leaf) for leaf in subtrees(bounds[0], "span")), None)
    times = None if counted is None else _times(counted)
    return Schedule(frequency, times, span, column)


def _times(word: Token) -> int:
    times = int(word)
    if not 1 <= times <= MOST_DOSES:
        raise refuse(
            word.column or 1,
            _('"x{times}" is not a number of doses that can be given.').format(times=times),
            _("from x1 to x{most}.").format(most=MOST_DOSES),
            _("write how many doses there are."),
        )
    return times


def _frequency(tree: Tree[Token]) -> Frequency:
    words = tokens(tree)
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
    span = next((read_span(leaf) for leaf in subtrees(tree, "span")), None)
    if span is None:
        span = Span(
            Decimal(2 if "OTHER" in words else 1), TIME_WORDS[plain_spelling(words["TIME_UNIT"])]
        )
    shorter = {"1 day": "daily", "1 week": "weekly"}
    if "OTHER" in words and span.unit is TimeUnit.DAY:
        shorter["2 days"] = "every other day"
    return Frequency(shorter.get(str(span), f"every {span}"), (0,), span.seconds)
