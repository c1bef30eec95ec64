"""Turns of phrase that several sentences share."""

from __future__ import annotations

from respite.domain import translate as _


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
