"""Results as lines of text, such as ``ALT 34 U/L (10-40) 2026-11-02``; nothing of one is lost."""

from __future__ import annotations

import re

from respite.domain import RespiteError
from respite.literature import Analyte, load_library
from respite.safety import names_of_tests, read_unit

COLUMNS = ("test", "value", "unit", "low", "high", "day", "note")
"""Columns of the grid, and what a line is taken apart into."""

MOST_LINES = 60

DAY = re.compile(r"(?<![\d.])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?![\d-])", re.ASCII)
A_NUMBER = r"\d{1,9}(?:[.,]\d{1,6})?"
RANGE = re.compile(
    rf"[(\[]\s*(?:ref\.?|range|normal)?\s*:?\s*({A_NUMBER})\s*(?:-|–|to)\s*({A_NUMBER})\s*[)\]]"
    rf"|[(\[]\s*(?:ref\.?|range|normal)?\s*:?\s*([<>≤≥])=?\s*({A_NUMBER})\s*[)\]]",
    re.ASCII | re.IGNORECASE,
)
VALUE = re.compile(rf"[<>≤≥]?=?\s*{A_NUMBER}", re.ASCII)


def rows_of_text(text: str) -> list[dict[str, str]]:
    """Take a block of text apart, a row for each line that holds anything.

    Parameters
    ----------
    text
        As it was pasted.

    Returns
    -------
    The cells by column, with the line itself as ``line``.
    """
    return [cells_of(line) for line in text.splitlines() if line.strip()]


def cells_of(line: str) -> dict[str, str]:
    """Take one line apart; what is not understood stays in a cell, where it can be put right.

    Parameters
    ----------
    line
        The line.

    Examples
    --------
    >>> told = cells_of("ALT: 34 U/L (10-40) 2026-11-02 fasting")
    >>> [told[name] for name in COLUMNS]
    ['ALT', '34', 'U/L', '10', '40', '2026-11-02', 'fasting']
    """
    cells = dict.fromkeys(COLUMNS, "") | {"line": line.strip()}
    rest = " ".join(re.sub(r"[\t;|]", " ", line).split())
    if (day := DAY.search(rest)) is not None:
        cells["day"] = day[1]
        rest = _without(rest, day)
    if (limits := RANGE.search(rest)) is not None:
        cells |= _limits(limits)
        rest = _without(rest, limits)
    cells["test"], rest, test = _test(rest)
    rest = rest.lstrip(" :=")
    if test is not None and test.words:
        cells["value"], cells["note"] = _word(test, rest)
        return cells
    match = VALUE.match(rest)
    if match is None:
        cells["value"] = rest
        return cells
    cells["value"] = match[0].strip()
    cells["unit"], cells["note"] = _unit(test, rest[match.end() :].strip())
    return cells


def _limits(match: re.Match[str]) -> dict[str, str]:
    if match[1]:
        return {"low": match[1], "high": match[2]}
    return {"high": match[4]} if match[3] in "<≤" else {"low": match[4]}


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _test(text: str) -> tuple[str, str, Analyte | None]:
    """Cut the name of a test off: the longest that is known, or all before the first number."""
    names = names_of_tests(load_library())
    lower = text.lower()
    if len(lower) == len(text):
        for name in sorted(names, key=len, reverse=True):
            end = lower[len(name) : len(name) + 1]
            if lower.startswith(name) and not end.isalnum():
                return text[: len(name)], text[len(name) :], names[name]
    number = VALUE.search(text)
    if number is None:
        return text, "", None
    return text[: number.start()].rstrip(" :="), text[number.start() :], None


def _word(test: Analyte, text: str) -> tuple[str, str]:
    """Cut a result in words off: the longest that is known."""
    known = [name for one in test.words for name in (one.words, one.code, *one.also)]
    lower = text.lower()
    if len(lower) == len(text):
        for name in sorted(known, key=len, reverse=True):
            if lower.startswith(name) and not lower[len(name) : len(name) + 1].isalnum():
                return text[: len(name)], text[len(name) :].strip()
    return text, ""


def _unit(test: Analyte | None, text: str) -> tuple[str, str]:
    """Cut a unit off: the longest that the test knows, or the first word."""
    words = text.split(" ")
    for many in range(min(len(words), 4), 0, -1):
        told = " ".join(words[:many])
        if test is not None and told and _is_unit(test, told):
            return told, " ".join(words[many:])
    return words[0], " ".join(words[1:])


def _is_unit(test: Analyte, text: str) -> bool:
    try:
        read_unit(test, text)
    except RespiteError:
        return False
    return True
