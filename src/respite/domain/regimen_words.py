"""Cuts a written regimen into words and tells what kind each is.

A word of no known kind is passed on as ``UNKNOWN_WORD``: only the grammar
knows what should have stood in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from respite.domain.dosing import DRUG_WORDS, ROUTE_WORDS, SALT_WORDS, Drug, Route
from respite.domain.errors import RegimenNotUnderstood
from respite.domain.forms import FORM_PIECES
from respite.domain.numerals import numeral_fault
from respite.domain.regimen_structure import MassUnit, TimeUnit
from respite.domain.spelling import quoted
from respite.domain.words import translate as _

EXAMPLE = "ketamine 0.5 mg/kg iv over 40 min daily x10"
"""Shown where a writer needs a pattern to follow."""

TIME_WORDS: dict[str, TimeUnit] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), TimeUnit.SECOND),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), TimeUnit.MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), TimeUnit.HOUR),
    **dict.fromkeys(("d", "day", "days"), TimeUnit.DAY),
    **dict.fromkeys(("wk", "week", "weeks"), TimeUnit.WEEK),
}
MASS_WORDS: dict[str, MassUnit] = {
    **dict.fromkeys(("ug", "mcg", "microgram", "micrograms"), MassUnit.MICROGRAM),
    **dict.fromkeys(("mg", "milligram", "milligrams"), MassUnit.MILLIGRAM),
    **dict.fromkeys(("g", "gram", "grams"), MassUnit.GRAM),
}
RATE_TIMES = (TimeUnit.MINUTE, TimeUnit.HOUR)
"""Rates are per minute or per hour; per day would be mistaken for a daily dose."""

ORDER_WORDS: dict[str, str] = {
    **{word: word.upper() for word in ("then", "over", "for", "every", "other", "times")},
    **{word: word.upper() for word in ("once", "twice", "three", "four", "daily", "weekly")},
    ";": "SEMICOLON",
    ",": "COMMA",
}

_MICRO = str.maketrans({"µ": "u", "μ": "u"})
_PIECE = re.compile(
    r"""\s+
    | (?P<count> [x×X] \s* (?P<times> [0-9][0-9.,]*[0-9] | [0-9]) )
    | (?P<number> [-+−]? \.? [0-9] (?: [0-9.] | ,(?=[0-9]) | [eE][-+]?(?=[0-9]) )* )
    | (?P<mark> [;,] )
    | (?P<word> [^\s;,0-9]* [^\s;,0-9.] [^\s;,]* | [^\s;,]+ )
    """,
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True)
class Word:
    """A word of the text: its kind, how it was written, and its column from 1."""

    kind: str
    text: str
    column: int


def words_of(text: str) -> Iterator[Word]:
    """Cut a text into words.

    Raises
    ------
    RegimenNotUnderstood
        Where a number is not written plainly.
    """
    position = 0
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    while position < len(spaced):
        match = _PIECE.match(spaced, position)
        # The last alternative takes any character, so that this cannot fail.
        assert match is not None
        column = position + 1
        position = match.end()
        if match.lastgroup in ("count", "times"):
            yield Word("COUNT", _whole_number(match["times"], match["count"], column), column)
        elif match["number"] is not None:
            yield Word("NUMBER", _number(match["number"], column), column)
        elif match["mark"] or match["word"]:
            word = match["mark"] or match["word"]
            yield Word(_kind(plain_spelling(word)), word, column)


def plain_spelling(word: str) -> str:
    """Give a word in lower case, with either micro sign as ``u``."""
    return word.lower().translate(_MICRO)


def unit_of_amount(word: str) -> tuple[MassUnit, bool, TimeUnit | None] | None:
    """Take apart the unit of a dose or rate: mass, per kilogram, per time."""
    mass, *under = plain_spelling(word).split("/")
    times = [TIME_WORDS[piece] for piece in under if piece in TIME_WORDS]
    is_per_kg = "kg" in under
    is_whole = len(under) == len(times) + is_per_kg and len(times) <= 1
    if mass not in MASS_WORDS or not is_whole or any(time not in RATE_TIMES for time in times):
        return None
    return MASS_WORDS[mass], is_per_kg, times[0] if times else None


def _kind(word: str) -> str:
    if word in DRUG_WORDS:
        return "PLACEBO" if DRUG_WORDS[word] is Drug.PLACEBO else "DRUG"
    if word in ROUTE_WORDS:
        return "ORAL" if ROUTE_WORDS[word] is Route.ORAL else "ROUTE"
    for vocabulary, kind in (
        (FORM_PIECES, "FORM"),
        (SALT_WORDS, "SALT"),
        (TIME_WORDS, "TIME_UNIT"),
    ):
        if word in vocabulary:
            return kind
    unit = unit_of_amount(word)
    if unit is not None:
        return "DOSE_UNIT" if unit[2] is None else "RATE_UNIT"
    return ORDER_WORDS.get(word, "UNKNOWN_WORD")


def _number(text: str, column: int) -> str:
    fault = numeral_fault(text)
    if fault is not None:
        raise RegimenNotUnderstood(
            found=_("At column {column}, {word} is not a plain number.").format(
                column=column, word=quoted(text)
            ),
            expected=_("digits with at most one decimal point, such as 0.5 or 1000."),
            remedy=fault,
        )
    return text


def _whole_number(times: str, written: str, column: int) -> str:
    if numeral_fault(times) is not None or "." in times:
        raise RegimenNotUnderstood(
            found=_("At column {column}, {word} is not a number of times.").format(
                column=column, word=quoted(written)
            ),
            expected=_("a whole number after the x, such as x10."),
            remedy=_("write how many doses there are, as in daily x10."),
        )
    return times
