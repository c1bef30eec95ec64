"""A result of a laboratory as it was typed: read in its unit, held against what is plausible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from respite.domain import RespiteError, closest_word, listed, quoted
from respite.domain import translate as _
from respite.literature import Analyte, Library, ResultWord, UnitOfResult, load_library

NUMBER = re.compile(r"([<>≤≥]?)=?\s*([0-9]{1,9})(?:([.,])([0-9]{1,6}))?", re.ASCII)
SIGNS = {"≤": "<", "≥": ">"}
TEST, VALUE, UNIT, LIMIT = "test", "value", "unit", "limit"
"""Parts of what was typed that may be wrong."""

THOUSANDS = 3
"""Digits after a comma that may as well be thousands."""


class ResultNotUnderstood(RespiteError):
    """A result of a laboratory that cannot be read, or cannot be in the unit it is told in.

    Attributes
    ----------
    part
        What is wrong: ``test``, ``value``, ``unit`` or ``limit``.
    """

    page = "result-not-understood"

    def __init__(self, part: str, found: str, expected: str, remedy: str) -> None:
        """Keep the sentences, and the part that is wrong."""
        super().__init__(found, expected, remedy)
        self.part = part


@dataclass(frozen=True, kw_only=True)
class LabValue:
    """A result that was understood.

    Attributes
    ----------
    analyte
        The test.
    sign
        ``<`` or ``>`` where the laboratory gave no more than a bound.
    number, unit, factor
        The number as it was typed, its unit as the library writes it, and what brings it into
        the first unit of the test; ``None`` and nothing for words.
    code
        The result in words.
    doubt
        Why the unit should be looked at again, in a sentence; nothing where it need not.
    """

    analyte: Analyte
    sign: str = ""
    number: Decimal | None = None
    unit: str = ""
    factor: Decimal = Decimal(1)
    code: str = ""
    doubt: str = ""

    @property
    def value(self) -> Decimal | None:
        """The number in the first unit of the test."""
        return None if self.number is None else self.number * self.factor


def find_analyte(name: str, library: Library | None = None) -> Analyte:
    """Find a test by any of its names.

    Parameters
    ----------
    name
        As it was typed.
    library
        Where tests come from; the one that comes with Respite by default.

    Raises
    ------
    ResultNotUnderstood
        Where there is no such test.

    Examples
    --------
    >>> find_analyte("Gamma-GT").title
    'GGT'
    """
    names = names_of_tests(library or load_library())
    typed = " ".join(name.casefold().split())
    if typed in names:
        return names[typed]
    near = closest_word(typed, names) if typed else None
    raise ResultNotUnderstood(
        TEST,
        _("There is no test {name}.").format(name=quoted(name)),
        _("one of {names}.").format(names=", ".join(_titles(library or load_library()))),
        _("write {word}.").format(word=quoted(names[near].title))
        if near
        else _("choose one of them; others are not kept here."),
    )


def read_result(
    name: str, typed: str, unit: str = "", *, library: Library | None = None
) -> LabValue:
    """Read one result as it was typed.

    Parameters
    ----------
    name
        The test, by any of its names.
    typed
        The number, with ``<`` or ``>`` where the laboratory gave a bound; or the word.
    unit
        The unit that stands on the report.
    library
        Where tests come from; the one that comes with Respite by default.

    Raises
    ------
    ResultNotUnderstood
        Where there is no such test, word or unit, or no such result can be in that unit.

    Examples
    --------
    >>> read_result("creatinine", "0,9", "mg/dL").value
    Decimal('79.5618')
    >>> read_result("ALT", "0.5", "U/L")
    Traceback (most recent call last):
    ...
    respite.safety.surveillance.results.ResultNotUnderstood: ALT is 0.5 U/L, which is too low. Expected: a number from 2 to 30000 U/L. Try: 0.5 is usual in µkat/L: is that the unit? Write the unit that stands on the report.
    """  # noqa: E501 - an example of what is said
    library = library or load_library()
    test = find_analyte(name, library)
    if test.words:
        return LabValue(analyte=test, code=_word(test, typed).code)
    sign, number = _number(test, typed)
    told = read_unit(test, unit)
    value = number * _factor(told)
    bounds = test.plausible
    if bounds is not None and not bounds.lowest <= value <= bounds.highest:
        raise _implausible(test, number, told, is_low=value < bounds.lowest)
    return LabValue(
        analyte=test, sign=sign, number=number, unit=told.name, factor=_factor(told),
        doubt=_doubt(test, number, told),
    )  # fmt: skip


def read_limit(
    test: Analyte, typed: str, unit: str, *, is_upper: bool, library: Library | None = None
) -> Decimal | None:
    """Read a limit that the laboratory printed, in the unit of the result.

    Parameters
    ----------
    test
        The test.
    typed
        As it was typed; nothing where none was printed.
    unit
        The unit of the result.
    is_upper
        Whether it is the upper limit, which cannot lie far from that of the library.
    library
        Where limits come from; the one that comes with Respite by default.

    Raises
    ------
    ResultNotUnderstood
        Where it is no number, or can be no upper limit in that unit.
    """
    if not typed.strip() or test.words:
        return None
    _sign, number = _number(test, typed, part=LIMIT)
    told = read_unit(test, unit)
    value, usual = number * _factor(told), test.upper_limit
    if is_upper and usual is not None:
        spread = (library or load_library()).convention("surveillance.limit_spread").value
        if not usual.value / spread <= value <= usual.value * spread:
            raise ResultNotUnderstood(
                LIMIT,
                _("The upper limit of {test} is {number:f} {unit}.").format(
                    test=test.title, number=number, unit=told.name
                ),
                _("a limit near {usual:g} {unit}.").format(
                    usual=usual.value / told.factor, unit=told.name
                ),
                _("look at the unit of the report again, or leave the limit out."),
            )
    return number


def read_unit(test: Analyte, typed: str) -> UnitOfResult:
    """Find a unit of a test by any of its spellings.

    Raises
    ------
    ResultNotUnderstood
        Where it has no such unit.
    """
    spelled = _plain(typed)
    for one in test.units:
        if spelled and spelled in {_plain(name) for name in (one.name, *one.also)}:
            return one
    every = listed([one.name for one in test.units])
    found = (
        _("{test} in {unit} is not known here.").format(test=test.title, unit=quoted(typed))
        if spelled
        else _("{test} has no unit.").format(test=test.title)
    )
    raise ResultNotUnderstood(
        UNIT,
        found,
        _("{units}.").format(units=every),
        _("write the unit that stands on the report; nothing is guessed."),
    )


@cache
def names_of_tests(library: Library) -> dict[str, Analyte]:
    """Give every name of every test, in lower case."""
    found: dict[str, Analyte] = {}
    for test in library.analytes.values():
        for name in (test.title.casefold(), test.id, test.id.replace("_", " "), *test.also):
            found.setdefault(name, test)
    return found


@cache
def _titles(library: Library) -> tuple[str, ...]:
    tests = sorted(library.analytes.values(), key=lambda one: (one.item, one.place))
    return tuple(one.title for one in tests)


def _word(test: Analyte, typed: str) -> ResultWord:
    said = " ".join(typed.casefold().split())
    for one in test.words:
        if said in {one.code, one.words, *one.also}:
            return one
    every = [one.words for one in test.words]
    raise ResultNotUnderstood(
        VALUE,
        _("{test} is {value}.").format(test=test.title, value=quoted(typed)),
        _("one of: {words}.").format(words="; ".join(every)),
        _("write one of these words."),
    )


def _number(test: Analyte, typed: str, *, part: str = VALUE) -> tuple[str, Decimal]:
    match = NUMBER.fullmatch(typed.strip())
    if match is None:
        raise ResultNotUnderstood(
            part,
            _("{test} is {value}, which is no number.").format(
                test=test.title, value=quoted(typed)
            ),
            _("a number such as 34 or 0.8; <5 where the laboratory gave no more."),
            _("write the number alone, with its unit in the next field."),
        )
    sign, whole, mark, rest = match[1], match[2], match[3] or "", match[4] or ""
    if mark == "," and len(rest) == THOUSANDS and whole.strip("0"):
        raise ResultNotUnderstood(
            part,
            _("{value} may be {one} or {other}.").format(
                value=typed.strip(), one=f"{whole}.{rest}", other=f"{whole}{rest}"
            ),
            _("a number that can be read in one way."),
            _("write a point for the decimal, or leave the mark of thousands out."),
        )
    return SIGNS.get(sign, sign), Decimal(f"{whole}.{rest}" if rest else whole)


def _implausible(
    test: Analyte, number: Decimal, told: UnitOfResult, *, is_low: bool
) -> ResultNotUnderstood:
    bounds = test.plausible
    lowest, highest = (
        (0, 0) if bounds is None else (bounds.lowest / told.factor, bounds.highest / told.factor)
    )
    others = [one.name for one in _fitting(test, number, told)]
    found = (
        _("{test} is {number:f} {unit}, which is too low.")
        if is_low
        else _("{test} is {number:f} {unit}, which is too high.")
    )
    remedy = (
        _(
            "{number:f} is usual in {units}: is that the unit? Write the unit that stands on the"
            " report."
        ).format(number=number, units=listed(others))
        if others
        else _("look at the report again.")
    )
    return ResultNotUnderstood(
        VALUE,
        found.format(test=test.title, number=number, unit=told.name),
        _("a number from {lowest:g} to {highest:g} {unit}.").format(
            lowest=float(f"{lowest:.3g}"), highest=float(f"{highest:.5g}"), unit=told.name
        ),
        remedy,
    )


def _doubt(test: Analyte, number: Decimal, told: UnitOfResult) -> str:
    usual, value = test.usual, number * _factor(told)
    if usual is None or usual.lowest <= value <= usual.highest:
        return ""
    others = list(_fitting(test, number, told))
    if not others:
        return ""
    own = "" if told.factor == 1 else _(" ({value:g} {unit})").format(
        value=float(f"{value:.4g}"), unit=test.unit
    )  # fmt: skip
    return _(
        "{test} of {number:f} {unit}{own} would be unusual; {number:f} is usual in {other}. Look at"
        " the report again."
    ).format(test=test.title, number=number, unit=told.name, own=own, other=others[0].name)


def _fitting(test: Analyte, number: Decimal, told: UnitOfResult) -> Iterator[UnitOfResult]:
    """Give the other units in which a number would be usual."""
    if test.usual is not None:
        for one in test.units:
            is_usual = test.usual.lowest <= number * _factor(one) <= test.usual.highest
            if one is not told and is_usual:
                yield one


def _factor(unit: UnitOfResult) -> Decimal:
    return Decimal(str(unit.factor))


def _plain(unit: str) -> str:
    told = "".join(unit.split()).casefold()
    for sign, plain in (("µ", "u"), ("μ", "u"), ("²", "2"), (",", ".")):
        told = told.replace(sign, plain)
    return told
