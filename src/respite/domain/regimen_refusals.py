"""Says in plain words where a regimen could not be read, and what should have stood there."""

from __future__ import annotations

from collections.abc import Collection

from respite.domain.dosing import (
    DRUG_WORDS,
    NEIGHBOURING_DRUGS,
    ROUTE_WORDS,
    SALT_WORDS,
    Form,
    Route,
)
from respite.domain.errors import RegimenNotUnderstood, UnitNotUnderstood
from respite.domain.forms import FORM_PIECES, FORM_WORDS, NEIGHBOURING_FORMS, closest_form
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
from respite.domain.words import translate as _

_UNITS = [*MASS_WORDS, *(f"{mass}/kg" for mass in ("mg", "ug"))] + [
    f"{mass}/{under}" for mass in ("mg", "ug") for under in ("h", "min", "kg/h", "kg/min")
]
_VOCABULARIES: dict[str, Collection[str]] = {
    "DRUG": DRUG_WORDS,
    "ROUTE": ROUTE_WORDS,
    # One of two letters is near to too much.
    "FORM": {word for word in {*FORM_WORDS, *FORM_PIECES, *NEIGHBOURING_FORMS} if word[2:]},
    "SALT": SALT_WORDS,
    "TIME_UNIT": TIME_WORDS,
    "DOSE_UNIT": _UNITS,
    "RATE_UNIT": _UNITS,
}

_LEADS_TO_TIME = frozenset({"OVER", "FOR", "EVERY"})
_MONTH_WORDS = frozenset({"month", "months", "monthly", "year", "years", "yearly"})


def refuse(column: int, what: str, expected: str, remedy: str) -> RegimenNotUnderstood:
    """Make the error for a text that reads well and still makes no sense at ``column``."""
    return RegimenNotUnderstood(
        _("At column {column}, {what}").format(column=column, what=what), expected, remedy
    )


def unknown_form(column: int, spelling: str) -> RegimenNotUnderstood:
    """Make the error for words after ``oral`` that together name no form."""
    near = closest_form(spelling)
    return refuse(
        column,
        _("{word} is not a form of an oral dose.").format(word=quoted(spelling)),
        _("one of {forms}.").format(forms=", ".join(filter(None, Form))),
        _("write {word}.").format(word=quoted(near))
        if near
        else _("use one of these words, or none."),
    )


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
        found = _("The text ends before it began, and something is missing.")
        if before is not None:
            found = _("The text ends after {word}, and something is missing.").format(
                word=quoted(before.text)
            )
        return RegimenNotUnderstood(
            found, expected, _('complete it, as in "{example}".').format(example=EXAMPLE)
        )
    return refuse(
        word.column, _what_stands_there(word, accepted), expected, _remedy(word, accepted)
    )


def _expected(before: Word | None, accepted: Collection[str]) -> str:
    told = set(accepted)
    # The grammar reads these only so that they can be refused in better words.
    if "EVERY" in told or (before is not None and before.kind == "COUNT"):
        told -= {"COUNT", "FOR"}
    if before is not None and before.kind == "FORM":
        told -= {"FORM"}
    phrases = [phrase for kind, phrase in _phrases().items() if kind in told]
    if before is not None and before.kind in _LEADS_TO_TIME and "NUMBER" in accepted:
        phrases = [_("a time such as 40 min, 8 h or 4 weeks")]
    elif "DAILY" in accepted and "EVERY" not in accepted:
        phrases = [_('"daily" or "weekly"') if "WEEKLY" in accepted else '"daily"']
    # Translators: stands between things that are possible at one place of a regimen.
    between = _(", or ")
    # Translators: all that is possible, as the end of the line "Expected: ...".
    return _("{phrases}.").format(phrases=between.join(phrases))


def _phrases() -> dict[str, str]:
    """Say what may stand at a place, by kind of word, in the order in which it is told."""
    return {
        "DRUG": _("a drug (ketamine, esketamine or placebo)"),
        "NUMBER": _("an amount such as 0.5 mg/kg"),
        "DOSE_UNIT": _("a unit of dose such as mg or mg/kg"),
        "RATE_UNIT": _("a unit of rate such as mg/h or mg/kg/h"),
        "ROUTE": _("a route ({routes})").format(routes=", ".join(Route)),
        "FORM": _("a form ({forms})").format(forms=", ".join(filter(None, Form))),
        "TIME_UNIT": _("a unit of time (s, min, h, days or weeks)"),
        "OVER": _('how long it runs, such as "over 40 min"'),
        "EVERY": _('how often, such as "daily", "twice weekly" or "every 8 h"'),
        "TIMES": _('"times", as in "three times daily"'),
        "FOR": _('how long, such as "for 4 weeks"'),
        "COUNT": _('how many, such as "x10"'),
        "THEN": '"then"',
        "COMMA": _("a comma"),
        "SEMICOLON": _("a semicolon"),
        "$END": _("the end of the text"),
    }


def _what_stands_there(word: Word, accepted: Collection[str]) -> str:
    if word.kind == "FORM":
        return _('{word} is said of the form of an oral dose, and does not follow "oral".').format(
            word=quoted(word.text)
        )
    if word.kind != "UNKNOWN_WORD":
        return _("{word} stands where it makes no sense.").format(word=quoted(word.text))
    if "DRUG" in accepted and "NUMBER" not in accepted:
        return _("{word} is not a drug that this program knows.").format(word=quoted(word.text))
    if "DOSE_UNIT" in accepted:
        return _("{word} is not a unit of dose or rate.").format(word=quoted(word.text))
    return _("{word} is not understood.").format(word=quoted(word.text))


def _remedy(word: Word, accepted: Collection[str]) -> str:
    spelling = plain_spelling(word.text)
    if spelling in _MONTH_WORDS:
        return _("write weeks or days, since months differ in length: every 4 weeks.")
    near = None if spelling in NEIGHBOURING_DRUGS else _suggestion(word, spelling, accepted)
    if near is not None:
        return _("write {word}.").format(word=quoted(near))
    if spelling.endswith(("/day", "/d")):
        return _('write a rate per h, or a dose and "daily".')
    if word.kind == "FORM":
        return _('write it right after "oral", or leave it out where nothing is swallowed.')
    if word.kind in ("ROUTE", "ORAL") and "NUMBER" in accepted:
        return _('write the amount first and the route after it, as in "{example}".').format(
            example=EXAMPLE
        )
    if word.kind == "COUNT" and "NUMBER" not in accepted:
        return _("write how often and how many once, as in daily x10.")
    return _('follow the pattern "{example}".').format(example=EXAMPLE)


def _suggestion(word: Word, spelling: str, accepted: Collection[str]) -> str | None:
    if word.kind != "UNKNOWN_WORD" or _is_a_unit(spelling):
        return None
    fitting: list[str] = [each for kind in accepted for each in _VOCABULARIES.get(kind, ())]
    fitting += [each for each, kind in ORDER_WORDS.items() if kind in accepted]
    # A spelling with points in it is understood but not worth recommending.
    near = closest_word(spelling, [each for each in fitting if "." not in each])
    return None if near in NEIGHBOURING_FORMS else near


def _is_a_unit(spelling: str) -> bool:
    """Whether a word is a unit elsewhere: another in its place would change the dose."""
    try:
        parse_unit(spelling)
    except UnitNotUnderstood:
        return False
    return True
