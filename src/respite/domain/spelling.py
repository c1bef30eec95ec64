"""Finds the word that a misspelt one was probably meant to be, and quotes what people wrote."""

from __future__ import annotations

from collections.abc import Iterable

from respite.domain.words import translate as _

LONGEST_QUOTE = 40
"""A longer piece of text is cut, so that a message stays one sentence."""


def quoted(text: object) -> str:
    """Put a value in quotation marks, shortened and without control characters.

    Examples
    --------
    >>> quoted("iv.")
    '"iv."'
    """
    if isinstance(text, int) and not isinstance(text, bool) and text.bit_length() > LONGEST_QUOTE:
        return _("a number of many digits")
    shown = str(text)[: LONGEST_QUOTE + 1]
    cut = len(shown) > LONGEST_QUOTE
    plain = "".join(letter if letter.isprintable() else "�" for letter in shown[:LONGEST_QUOTE])
    return f'"{plain}{"…" if cut else ""}"'


def closest_word(word: str, words: Iterable[str]) -> str | None:
    """Give the word most like the one written, or ``None`` where none is near.

    Examples
    --------
    >>> closest_word("ketamin", ["ketamine", "placebo"])
    'ketamine'
    """
    if len(word) > LONGEST_QUOTE:
        return None
    # Only a reader in trouble pays for this import.
    from difflib import get_close_matches

    found = get_close_matches(word.casefold(), list(words), n=1)
    return found[0] if found else None
