"""Words for people: every sentence passes through one catalogue, so it can be translated."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

DOMAIN = "respite"
"""Name of the one message catalogue that every face shares."""


@cache
def _catalogue() -> gettext.NullTranslations:
    """Open the catalogue of the reader's language; English where there is none."""
    folder = Path(__file__).parent / "locale"
    return gettext.translation(DOMAIN, localedir=folder, fallback=True)


def _(message: str) -> str:
    """Say a message in the reader's language."""
    return _catalogue().gettext(message)


def language() -> str:
    """Name the language that messages are said in, as HTML names it."""
    return (_catalogue().info().get("language") or "en").replace("_", "-")


def ngettext(singular: str, plural: str, count: int) -> str:
    """Say a message that depends on a count in the reader's language."""
    return _catalogue().ngettext(singular, plural, count)


def threshold_words(threshold: str) -> str:
    """Say a relief threshold as a clinician would.

    Examples
    --------
    >>> threshold_words("30%"), threshold_words("2points")
    ('30% relief', '2 points of relief')
    """
    if threshold.endswith("%"):
        return _("{percent} relief").format(percent=threshold)
    count = threshold.removesuffix("points").strip()
    return _("{count} points of relief").format(count=count)


def listed(items: tuple[str, ...] | list[str]) -> str:
    """Join words as English does: commas, and *and* before the last.

    Examples
    --------
    >>> listed(["age", "weight", "sex"])
    'age, weight and sex'
    """
    if len(items) < 2:
        return "".join(items)
    return _("{several} and {last}").format(several=", ".join(items[:-1]), last=items[-1])


def as_sentence(text: str) -> str:
    """Give a text a capital at its start and a full stop at its end.

    Examples
    --------
    >>> as_sentence("one trial, few patients")
    'One trial, few patients.'
    """
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?:" else f"{text}."


def spoken(word: str) -> str:
    """Say a word of the library's files as people write it.

    Examples
    --------
    >>> spoken("full_text")
    'full text'
    """
    return word.replace("_", " ")
