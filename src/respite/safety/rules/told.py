"""Reads facts that somebody tells: from a TOML file, or from a mapping of the same form.

Every quantity carries its unit, every date may stand for the time since it, and what is not
understood is refused in words. Nothing is guessed, and what is left out stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from math import inf
from os import PathLike
from pathlib import Path
from typing import Any, cast

from respite.domain import UnitNotUnderstood, closest_word, convert, quoted
from respite.domain import translate as _
from respite.literature import FactKind, Library, in_unit, load_library
from respite.safety.rules.known import Codes, Facts, FactsNotUnderstood, Span, Value, agreed

NEVER = "never"
UNKNOWN = "unknown"
DEEPEST = 6
"""Tables are never nested more deeply than this; the names of facts are not."""

MOST_FACTS = 2_000
"""More entries are no list of facts about one patient."""

BEYOND_ANY_FACT = 10**12
"""Larger numbers are refused before anything is done with them."""

QUANTITY = re.compile(r"\s*([-+]?[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([^\s\d].{0,30})?", re.ASCII)


def read_facts(
    source: str | PathLike[str] | Mapping[str, Any],
    *,
    on: date | None = None,
    library: Library | None = None,
) -> Facts:
    """Read facts about a patient, a plan or a session.

    Parameters
    ----------
    source
        A TOML file, or its content as a mapping.
    on
        The day from which dates are counted back; today by default.
    library
        Where the facts come from that may be told; by default the library that ships.

    Returns
    -------
    What is known, each number in the unit of its fact.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is not TOML.
    FactsNotUnderstood
        Where a fact has no such name, is impossible, lacks its unit or lies in the future.

    Examples
    --------
    >>> read_facts({"session": {"pre": {"sbp": "185 mmHg"}}}).known
    {'session.pre.sbp': 185.0}
    """
    if isinstance(source, Mapping):
        told, origin = source, _("what was told")
    else:
        from respite.domain import read_toml

        told, origin = read_toml(source), Path(source).name
    kinds = (library or load_library()).vocabulary
    reading = _Reading(kinds, on or date.today(), origin)
    for name, value in _entries(told, frozenset(_all_names(kinds))):
        reading.take(name, value)
    return reading.facts()


def _all_names(kinds: Mapping[str, FactKind]) -> Iterator[str]:
    for kind in kinds.values():
        yield kind.name
        yield from kind.stand_ins


def _entries(told: Mapping[str, Any], names: frozenset[str]) -> list[tuple[str, object]]:
    """Give every entry of nested tables with its dotted name; a list of words may be a table."""
    entries: list[tuple[str, object]] = []
    open_tables: list[tuple[str, Mapping[str, Any], int]] = [("", told, 0)]
    while open_tables:
        before, table, depth = open_tables.pop()
        for key, value in table.items():
            name = f"{before}{key}"
            inner: Any = value
            if isinstance(inner, Mapping) and name not in names and depth < DEEPEST:
                open_tables.append((f"{name}.", cast("Mapping[str, Any]", inner), depth + 1))
            else:
                entries.append((name, cast("object", inner)))
        if len(entries) > MOST_FACTS:
            raise FactsNotUnderstood(
                _("There are more than {most} facts.").format(most=MOST_FACTS),
                _("a short list of facts about one patient."),
                _("check that this is the file that was meant."),
            )
    return entries


class _Reading:
    """Takes entries one by one, and keeps what they say."""

    def __init__(self, kinds: Mapping[str, FactKind], on: date, origin: str) -> None:
        self._kinds = kinds
        self._on = on
        self._origin = origin
        self._known: dict[str, Value] = {}
        self._results: dict[str, tuple[float, str]] = {}
        self._stand_ins: dict[str, list[FactKind]] = {}
        for kind in kinds.values():
            for name in kind.stand_ins:
                self._stand_ins.setdefault(name, []).append(kind)

    def take(self, name: str, value: object) -> None:
        """Take one entry."""
        known = name in self._kinds or name in self._stand_ins
        if not known:
            raise self._no_such(name)
        if value == UNKNOWN:
            return
        if name in self._kinds:
            self._keep(name, self._value(self._kinds[name], value))
        for kind in self._stand_ins.get(name, ()):
            self._stand_in(kind, name, value)

    def facts(self) -> Facts:
        """Give what was taken."""
        for kind in self._kinds.values():
            if kind.ratio:
                self._take_ratio(kind)
        return Facts(self._known, dict.fromkeys(self._known, self._origin))

    def _keep(self, name: str, value: Value) -> None:
        if name in self._known and agreed(self._known[name], value) is None:
            raise FactsNotUnderstood(
                _("{name} is told in two ways that differ.").format(name=name),
                _("each fact told once, or told the same."),
                _("leave one of the two out."),
            )
        self._known[name] = value

    def _no_such(self, name: str) -> FactsNotUnderstood:
        every = (*self._kinds, *self._stand_ins)
        near = next((one for one in every if one.startswith(name)), closest_word(name, every))
        return FactsNotUnderstood(
            _("There is no fact {name}.").format(name=quoted(name)),
            _("a fact that a rule asks about, such as session.pre.sbp."),
            _("write {word}.").format(word=near)
            if near
            else _("look its name up on the page of rules, docs/reference/rules.md."),
        )

    def _value(self, kind: FactKind, value: object) -> Value:
        if kind.type == "yes_no":
            return self._yes_no(kind, value)
        if kind.type == "code":
            return self._code(kind, value)
        if kind.type == "codes":
            return self._codes(kind, value)
        return self._number(kind, kind.name, value)

    def _yes_no(self, kind: FactKind, value: object) -> bool:
        if isinstance(value, bool):
            return value
        if value in ("yes", "no"):
            return value == "yes"
        raise _refused(kind.name, value, _("true or false."), _("leave it out if it is not known."))

    def _code(self, kind: FactKind, value: object) -> str:
        word = kind.also.get(value, value) if isinstance(value, str) else ""
        if word in kind.codes:
            return word
        near = closest_word(word, kind.codes) if word else None
        raise _refused(
            kind.name,
            value,
            _("one of {words}.").format(words=", ".join(kind.codes)),
            _("write {word}.").format(word=near) if near else _("use one of these words."),
        )

    def _codes(self, kind: FactKind, value: object) -> Codes:
        if isinstance(value, Mapping):
            told = cast("Mapping[str, object]", value)
            answers = {
                self._code(kind, code): self._yes_no(kind, answer)
                for code, answer in told.items()
                if answer != UNKNOWN
            }
            present = frozenset(code for code, has in answers.items() if has)
            return Codes(present, frozenset(answers) - present)
        if isinstance(value, list | tuple):
            listed = cast("list[object]", value)
            return Codes(frozenset(self._code(kind, code) for code in listed), complete=True)
        raise _refused(
            kind.name,
            value,
            _("a list of words that is complete, or a table with true or false for some."),
            _("write [] where none of them is there."),
        )

    def _number(self, kind: FactKind, name: str, value: object) -> float:
        if value == NEVER and kind.never:
            return inf
        number, unit = self._quantity(kind, name, value)
        told = in_unit(number, unit, kind.unit)
        if told is None:
            raise self._wrong_unit(kind, name, value, unit)
        lowest, highest = kind.lowest, kind.highest
        if kind.whole and told != int(told):
            raise _refused(name, value, _("a whole number."), _("write the whole score."))
        if lowest is not None and highest is not None and not lowest <= told <= highest:
            bounds = _("a number from {lowest:g} to {highest:g}{unit}.").format(
                lowest=lowest, highest=highest, unit=f" {kind.unit}" if kind.unit else ""
            )
            raise _refused(name, value, bounds, _("check the number and its unit."))
        return told

    def _quantity(self, kind: FactKind, name: str, value: object) -> tuple[float, str]:
        if isinstance(value, int | float) and not isinstance(value, bool) and not kind.unit:
            # A whole number from a file may have more digits than a float can hold.
            if abs(value) < BEYOND_ANY_FACT:
                return float(value), ""
        elif isinstance(value, str) and (match := QUANTITY.fullmatch(value)) is not None:
            return float(match[1]), (match[2] or "").strip()
        elif isinstance(value, int | float) and not isinstance(value, bool) and kind.unit:
            raise self._wrong_unit(kind, name, value, "")
        example = _('a number with its unit, such as "{number} {unit}".').format(
            number=int(kind.highest or 2) // 2 if kind.highest else 2, unit=kind.unit
        )
        raise _refused(
            name,
            value,
            example if kind.unit else _("a number."),
            _('write it so, or "never" where it never was.') if kind.never else _("write it so."),
        )

    def _wrong_unit(
        self, kind: FactKind, name: str, value: object, unit: str
    ) -> FactsNotUnderstood:
        if unit:
            found = _("{name} is {value}, and its unit is not one of {words}.").format(
                name=name, value=quoted(value), words=kind.words
            )
        else:
            found = _("{name} is {value}, without a unit.").format(name=name, value=quoted(value))
        return FactsNotUnderstood(
            found,
            _("a number in {unit}.").format(unit=kind.unit or _("no unit, because it counts")),
            _('write it in quotation marks, as {name} = "… {unit}".').format(
                name=name.rpartition(".")[2], unit=kind.unit
            )
            if kind.unit
            else _("write the plain number."),
        )

    def _stand_in(self, kind: FactKind, name: str, value: object) -> None:
        if name == kind.date:
            self._keep(kind.name, self._time_since(kind, name, value))
        elif name == kind.born:
            self._keep(kind.name, self._age(name, value))
        else:
            self._results[name] = self._result(name, value)

    def _time_since(self, kind: FactKind, name: str, value: object) -> float:
        if value == NEVER:
            return inf
        return convert((self._on - self._past(name, value)).days, "days", kind.unit)

    def _age(self, name: str, value: object) -> Value:
        year = self._on.year
        if isinstance(value, int) and not isinstance(value, bool):
            # A year of birth leaves open whether the birthday of this year has come.
            if not year - 120 <= value <= year:
                raise _refused(
                    name, value, _("a year of birth, not in the future."), _("check the year.")
                )
            return Span(max(year - value - 1, 0), year - value)
        born = self._past(name, value)
        is_before = (self._on.month, self._on.day) < (born.month, born.day)
        return float(year - born.year - is_before)

    def _past(self, name: str, value: object) -> date:
        told = value.date() if isinstance(value, datetime) else value
        if isinstance(told, str):
            try:
                told = date.fromisoformat(told)
            except ValueError:
                told = None
        if not isinstance(told, date):
            raise _refused(
                name, value, _("a date as 2026-03-02."), _("write the date without a time.")
            )
        if told > self._on:
            raise FactsNotUnderstood(
                _("{name} is {date}, which lies after {on}.").format(
                    name=name, date=told.isoformat(), on=self._on.isoformat()
                ),
                _("a date in the past."),
                _("check the date, or say with --on for which day is asked."),
            )
        return told

    def _result(self, name: str, value: object) -> tuple[float, str]:
        match = QUANTITY.fullmatch(value) if isinstance(value, str) else None
        if match is None or not match[2]:
            raise FactsNotUnderstood(
                _("{name} is {value}, without a unit.").format(name=name, value=quoted(value)),
                _('a number with its unit, such as "120 U/L".'),
                _("write the unit in which the laboratory gave it."),
            )
        return float(match[1]), match[2].strip()

    def _take_ratio(self, kind: FactKind) -> None:
        """Divide a result by its upper limit; either alone says nothing, and is refused."""
        result, limit = (self._results.get(name) for name in kind.ratio)
        if result is None and limit is None:
            return
        if result is None or limit is None:
            if result is not None and kind.ratio[0] in self._kinds:
                return
            raise FactsNotUnderstood(
                _("{name} is told without {other}.").format(
                    name=kind.ratio[result is None], other=kind.ratio[limit is None]
                ),
                _("a result together with the upper limit of its laboratory."),
                _("add the other one, or write {name} as a multiple.").format(name=kind.name),
            )
        above = _in_same_unit(limit, result[1])
        if above is None or above <= 0:
            raise FactsNotUnderstood(
                _("{name} cannot be compared with its upper limit.").format(name=kind.ratio[0]),
                _("both in one unit, and a limit above zero."),
                _("write both in the unit of the laboratory."),
            )
        self._keep(kind.name, result[0] / above)


def _in_same_unit(quantity: tuple[float, str], unit: str) -> float | None:
    try:
        return in_unit(quantity[0], quantity[1], unit)
    except UnitNotUnderstood:
        return None


def _refused(name: str, value: object, expected: str, remedy: str) -> FactsNotUnderstood:
    return FactsNotUnderstood(
        _("{name} is {value}.").format(name=name, value=quoted(value)), expected, remedy
    )
