"""Says in plain words where a regimen could not be read, and what should have stood there."""

from __future__ import annotations

from collections.abc import Collection

from respite.domain.dosing import DRUG_WORDS, NEIGHBOURING_DRUGS, ROUTE_WORDS, SALT_WORDS, Route
from respite.domain.errors import RegimenNotUnderstood, UnitNotUnderstood
from respite.domain.regimen_words import (
    EXAMPLE,
    MASS_WORDS,
    ORDER_WORDS,
    TIME_WORDS,
    Word,
    plain_spelling,
)
from respite.domain.spelling import closest_word, quoted
from respite.domain.units import parse_unit

_PHRASES: dict[str, str] = {
    "DRUG": "a drug (ketamine, esketamine or placebo)",
    "NUMBER": "an amount such as 0.5 mg/kg",
    "DOSE_UNIT": "a unit of dose such as mg or mg/kg",
    "RATE_UNIT": "a unit of rate such as mg/h or mg/kg/h",
    "ROUTE": f"a route ({', '.join(Route)})",
    "TIME_UNIT": "a unit of time (s, min, h, days or weeks)",
    "OVER": 'how long it runs, such as "over 40 min"',
    "EVERY": 'how often, such as "daily", "twice weekly" or "every 8 h"',
    "TIMES": '"times", as in "three times daily"',
    "FOR": 'how long, such as "for 4 weeks"',
    "COUNT": 'how many, such as "x10"',
    "THEN": '"then"',
    "COMMA": "a comma",
    "SEMICOLON": "a semicolon",
    "$END": "the end of the text",
}
"""What may stand at a place, by kind of word, in the order in which it is told."""

_UNITS = [*MASS_WORDS, *(f"{mass}/kg" for mass in ("mg", "ug"))] + [
    f"{mass}/{under}" for mass in ("mg", "ug") for under in ("h", "min", "kg/h", "kg/min")
]
_VOCABULARIES: dict[str, Collection[str]] = {
    "DRUG": DRUG_WORDS,
    "ROUTE": ROUTE_WORDS,
    "SALT": SALT_WORDS,
    "TIME_UNIT": TIME_WORDS,
    "DOSE_UNIT": _UNITS,
    "RATE_UNIT": _UNITS,
}

_LEADS_TO_TIME = frozenset({"OVER", "FOR", "EVERY"})
_MONTH_WORDS = frozenset({"month", "months", "monthly", "year", "years", "yearly"})


def refuse(column: int, what: str, expected: str, remedy: str) -> RegimenNotUnderstood:
    """Make the error for a text that reads well and still makes no sense at ``column``."""
    return RegimenNotUnderstood(f"At column {column}, {what}", expected, remedy)


def unexpected_word(
    word: Word | None, before: Word | None, accepted: Collection[str]
) -> RegimenNotUnderstood:
    """Make the error for a word that cannot stand where it does.

    Parameters
    ----------
    word
        The word; ``None`` where the text ended.
    before
        The word before it, if any.
    accepted
        Kinds of word that may stand there.
    """
    expected = _expected(before, accepted)
    if word is None:
        after = f"after {quoted(before.text)}" if before else "before it began"
        found = f"The text ends {after}, and something is missing."
        return RegimenNotUnderstood(found, expected, f'complete it, as in "{EXAMPLE}".')
    return refuse(
        word.column, _what_stands_there(word, accepted), expected, _remedy(word, accepted)
    )


def _expected(before: Word | None, accepted: Collection[str]) -> str:
    told = set(accepted)
    # The grammar reads these only so that they can be refused in better words.
    if "EVERY" in told or (before is not None and before.kind == "COUNT"):
        told -= {"COUNT", "FOR"}
    phrases = [phrase for kind, phrase in _PHRASES.items() if kind in told]
    if before is not None and before.kind in _LEADS_TO_TIME and "NUMBER" in accepted:
        phrases = ["a time such as 40 min, 8 h or 4 weeks"]
    elif "DAILY" in accepted and "EVERY" not in accepted:
        phrases = ['"daily" or "weekly"' if "WEEKLY" in accepted else '"daily"']
    return f"{', or '.join(phrases)}."


def _what_stands_there(word: Word, accepted: Collection[str]) -> str:
    if word.kind != "UNKNOWN_WORD":
        return f"{quoted(word.text)} stands where it makes no sense."
    if "DRUG" in accepted and "NUMBER" not in accepted:
        return f"{quoted(word.text)} is not a drug that this program knows."
    if "DOSE_UNIT" in accepted:
        return f"{quoted(word.text)} is not a unit of dose or rate."
    return f"{quoted(word.text)} is not understood."


def _remedy(word: Word, accepted: Collection[str]) -> str:
    spelling = plain_spelling(word.text)
    if spelling in _MONTH_WORDS:
        return "write weeks or days, since months differ in length: every 4 weeks."
    near = None if spelling in NEIGHBOURING_DRUGS else _suggestion(word, spelling, accepted)
    if near is not None:
        return f"write {quoted(near)}."
    if spelling.endswith(("/day", "/d")):
        return 'write a rate per h, or a dose and "daily".'
    if word.kind == "ROUTE" and "NUMBER" in accepted:
        return f'write the amount first and the route after it, as in "{EXAMPLE}".'
    if word.kind == "COUNT" and "NUMBER" not in accepted:
        return "write how often and how many once, as in daily x10."
    return f'follow the pattern "{EXAMPLE}".'


def _suggestion(word: Word, spelling: str, accepted: Collection[str]) -> str | None:
    if word.kind != "UNKNOWN_WORD" or _is_a_unit(spelling):
        return None
    fitting: list[str] = [each for kind in accepted for each in _VOCABULARIES.get(kind, ())]
    fitting += [each for each, kind in ORDER_WORDS.items() if kind in accepted]
    # A spelling with points in it is understood but not worth recommending.
    return closest_word(spelling, [each for each in fitting if "." not in each])


def _is_a_unit(spelling: str) -> bool:
    """Whether a word is a unit elsewhere: another in its place would change the dose."""
    try:
        parse_unit(spelling)
    except UnitNotUnderstood:
        return False
    return True
