"""Reads the condition of a rule, and holds every word of it against the facts there are.

A condition is text such as ``plan.route in {iv, im} and session.pre.sbp >= 180 mmHg``. It becomes
a small tree; nothing of it is ever run as a program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from respite.domain import LibraryFault, closest_word, quoted
from respite.domain import translate as _
from respite.literature.fact import FactKind
from respite.literature.fact_units import in_unit

if TYPE_CHECKING:
    from lark import Token

LONGEST_CONDITION = 1_000
"""Longer text is no condition."""

Operator = Literal[">=", "<=", ">", "<", "=", "!="]

Word = str | bool
"""A word of a list; yes and no are kept as true and false."""


@dataclass(frozen=True)
class Both:
    """True where each of its parts is."""

    parts: tuple[RuleCondition, ...]


@dataclass(frozen=True)
class Either:
    """True where one of its parts is."""

    parts: tuple[RuleCondition, ...]


@dataclass(frozen=True)
class Opposite:
    """True where its part is false."""

    part: RuleCondition


@dataclass(frozen=True)
class IsWord:
    """True where a fact is one of some words, or none of them where it is ``negated``."""

    fact: str
    words: tuple[Word, ...]
    negated: bool = False


@dataclass(frozen=True)
class HasAny:
    """True where a list of codes has one of some."""

    fact: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Compare:
    """True where a number stands so to a limit, in the unit of the fact."""

    fact: str
    operator: Operator
    limit: float


@dataclass(frozen=True)
class CompareFacts:
    """True where a number stands so to another."""

    fact: str
    operator: Operator
    other: str


@dataclass(frozen=True)
class Missing:
    """True where a fact is not known."""

    fact: str


Atom = IsWord | HasAny | Compare | CompareFacts | Missing
RuleCondition = Both | Either | Opposite | Atom


def read_condition(text: str, facts: Mapping[str, FactKind]) -> RuleCondition:
    """Read a condition.

    Parameters
    ----------
    text
        The condition as it is written.
    facts
        Every fact there is, by name.

    Raises
    ------
    LibraryFault
        Where the text is no condition, or names a fact, a word or a unit that does not exist.

    Examples
    --------
    >>> from respite.literature import load_library
    >>> read_condition("patient.age_years < 18 years", load_library().vocabulary)
    Compare(fact='patient.age_years', operator='<', limit=18.0)
    """
    from lark import UnexpectedInput

    if len(text) > LONGEST_CONDITION:
        raise _refused(
            _("The condition has {count} characters.").format(count=len(text)),
            _("at most {most}.").format(most=LONGEST_CONDITION),
            _("make two rules of it."),
        )
    try:
        written = _grammar()(text)
    except UnexpectedInput as error:
        column = max(getattr(error, "column", 1), 1)
        is_end = getattr(getattr(error, "token", None), "type", "") == "$END"
        raise _refused(
            _("The condition ends too early.")
            if is_end
            else _("The condition cannot be read from column {column} on: {text}.").format(
                column=column, text=quoted(text[column - 1 :])
            ),
            _("comparisons such as labs.alt_xuln >= 3 xULN, joined by and, or, not, ( )."),
            _("correct that place."),
        ) from None
    return _Reading(facts).of(written)


def atoms_of(condition: RuleCondition) -> Iterator[Atom]:
    """Go through the comparisons of a condition."""
    if isinstance(condition, Both | Either):
        for part in condition.parts:
            yield from atoms_of(part)
    elif isinstance(condition, Opposite):
        yield from atoms_of(condition.part)
    else:
        yield condition


def facts_in(condition: RuleCondition) -> tuple[str, ...]:
    """Name the facts of a condition, each once, in the order of the text."""
    names: list[str] = []
    for atom in atoms_of(condition):
        names.append(atom.fact)
        if isinstance(atom, CompareFacts):
            names.append(atom.other)
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class _Written:
    """A piece of a condition as the grammar gives it, before its words are looked up."""

    rule: str
    children: list[_Written | Token]
    # A list: the parser adds to it what a repetition of the grammar holds.

    @property
    def pieces(self) -> tuple[_Written, ...]:
        return tuple(child for child in self.children if isinstance(child, _Written))

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(child for child in self.children if not isinstance(child, _Written))


class _Reading:
    """Looks up what a condition says in the facts there are."""

    def __init__(self, facts: Mapping[str, FactKind]) -> None:
        self._facts = facts

    def of(self, written: _Written) -> RuleCondition:
        if written.rule == "either":
            return Either(tuple(map(self.of, written.pieces)))
        if written.rule == "both":
            return Both(tuple(map(self.of, written.pieces)))
        if written.rule == "opposite":
            return Opposite(self.of(written.pieces[0]))
        if written.rule == "missing":
            return Missing(self._fact(written.tokens[0]).name)
        if written.rule == "compare":
            return self._compare(*written.tokens)
        if written.rule == "compare_facts":
            return self._compare_facts(*written.tokens)
        return self._words(written)

    def _fact(self, token: Token, *types: str) -> FactKind:
        name = str(token)
        if name not in self._facts:
            near = closest_word(name, self._facts)
            raise _refused(
                _("There is no fact {name} (column {column}).").format(
                    name=quoted(name), column=token.column
                ),
                _("a fact of library/facts."),
                _("write {word}.").format(word=near) if near else _("add it to library/facts."),
            )
        fact = self._facts[name]
        if types and fact.type not in types:
            raise _refused(
                _("{name} (column {column}) is of the type {type}.").format(
                    name=name, column=token.column, type=fact.type
                ),
                _("a fact of the type {types}.").format(types=" / ".join(types)),
                _("compare it as facts of its type are compared."),
            )
        return fact

    def _words(self, written: _Written) -> RuleCondition:
        token = written.tokens[0]
        if written.rule == "has_any":
            fact = self._fact(token, "codes")
            return HasAny(fact.name, tuple(str(self._word(fact, w)) for w in _words_of(written)))
        fact = self._fact(token, "code", "yes_no")
        words = tuple(self._word(fact, word) for word in _words_of(written))
        return IsWord(fact.name, words, negated=written.rule == "is_not_word")

    def _word(self, fact: FactKind, token: Token) -> Word:
        word = str(token).strip('"')
        known = ("yes", "no") if fact.type == "yes_no" else tuple(fact.codes)
        if word not in known:
            near = closest_word(word, known)
            raise _refused(
                _("{name} is never {word} (column {column}).").format(
                    name=fact.name, word=quoted(word), column=token.column
                ),
                _("one of {words}.").format(words=", ".join(known)),
                _("write {word}.").format(word=near) if near else _("use one of these words."),
            )
        return word == "yes" if fact.type == "yes_no" else word

    def _compare(
        self, name: Token, operator: Token, number: Token, unit: Token | str = ""
    ) -> Compare:
        fact = self._fact(name, "number")
        limit = in_unit(float(number), str(unit), fact.unit)
        if limit is None:
            raise _wrong_unit(fact, str(unit), number.column or 1)
        return Compare(fact.name, cast("Operator", str(operator)), limit)

    def _compare_facts(self, name: Token, operator: Token, other: Token) -> CompareFacts:
        one, two = self._fact(name, "number"), self._fact(other, "number")
        if one.unit != two.unit:
            raise _wrong_unit(one, two.unit, other.column or 1)
        return CompareFacts(one.name, cast("Operator", str(operator)), two.name)


def _words_of(written: _Written) -> Iterator[Token]:
    for piece in written.pieces:
        if piece.rule == "word":
            yield piece.tokens[0]
        else:
            yield from _words_of(piece)


def _wrong_unit(fact: FactKind, unit: str, column: int) -> LibraryFault:
    return _refused(
        _("{name} is compared with a number in {unit} (column {column}).").format(
            name=fact.name, unit=quoted(unit) if unit else _("no unit"), column=column
        ),
        _("a number in {unit}.").format(unit=fact.unit or _("no unit")),
        _("write the unit behind the number, or leave it out where there is none."),
    )


def _refused(found: str, expected: str, remedy: str) -> LibraryFault:
    return LibraryFault(found, expected, remedy)


@cache
def _grammar() -> Callable[[str], _Written]:
    # The parser library costs more than the rest of the room; only readers of rules pay.
    from lark import Lark, Transformer

    class Gather(Transformer["Token", _Written]):
        """Gathers pieces while the text is read, so that no tree is walked twice."""

        def __default__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, data: str, children: list[_Written | Token], meta: object
        ) -> _Written:
            del meta
            return _Written(str(data), children)

    grammar = Lark.open(  # pyright: ignore[reportUnknownMemberType]
        "condition.lark", rel_to=__file__, parser="lalr", transformer=Gather()
    )
    return cast("Callable[[str], _Written]", grammar.parse)
