"""Puts the words of a regimen in the order that the grammar knows, or says which word is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from respite.domain.regimen_refusals import unexpected_word
from respite.domain.regimen_words import Word

if TYPE_CHECKING:
    from typing import Protocol

    from lark import Token
    from lark.tree import Tree

    class _Parsing(Protocol):
        def feed_token(self, token: Token) -> object: ...

        def feed_eof(self) -> Tree[Token]: ...

        def accepts(self) -> set[str]: ...

    class _Grammar(Protocol):
        def parse_interactive(self, text: str) -> _Parsing: ...


def tree_of(words: Sequence[Word]) -> Tree[Token]:
    """Give the syntax tree of a regimen.

    Raises
    ------
    RegimenNotUnderstood
        For the first word that cannot stand where it does.
    """
    from lark import Token, UnexpectedToken

    parsing = _grammar().parse_interactive("")
    before: Word | None = None
    for word in words:
        try:
            parsing.feed_token(Token(word.kind, word.text, column=word.column))
        except UnexpectedToken:
            raise unexpected_word(word, before, parsing.accepts()) from None
        before = word
    try:
        return parsing.feed_eof()
    except UnexpectedToken:
        raise unexpected_word(None, before, parsing.accepts()) from None


def subtrees(tree: Tree[Token], *names: str) -> Iterator[Tree[Token]]:
    """Give the branches of these names, in the order of the text."""
    return (child for child in tree.children if not isinstance(child, str) and child.data in names)


def tokens(tree: Tree[Token]) -> dict[str, Token]:
    """Give the words directly in a branch, by kind."""
    return {child.type: child for child in tree.children if isinstance(child, str)}


def column_of(tree: Tree[Token]) -> int:
    """Give the column, from 1, at which a branch starts."""
    first = next(tree.scan_values(lambda value: isinstance(value, str)))
    return first.column or 1


@cache
def _grammar() -> _Grammar:
    # The parser library costs more than the rest of the room; only readers pay.
    from lark import Lark

    # Words come ready cut, so the lexer asked for here is never used.
    grammar = Lark.open(  # pyright: ignore[reportUnknownMemberType]
        "regimen.lark", rel_to=__file__, parser="lalr", lexer="basic"
    )
    return cast("_Grammar", grammar)
