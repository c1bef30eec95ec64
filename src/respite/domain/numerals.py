"""Decides which written numbers are plain enough to be read without guessing."""

from __future__ import annotations

import re
from decimal import Decimal

from respite.domain.words import translate as _

MOST_DIGITS = 15
"""More digits than a float can keep are a slip of the keyboard, not a dose."""

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_SIGNS = ("+", "-", "\N{MINUS SIGN}")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+", re.ASCII)


def numeral_fault(text: str) -> str | None:
    """Say how a number should have been written, or ``None`` where it is plain.

    Plain is digits, then at most one decimal point with digits on both sides.
    A dose ten times too large often starts with a naked point or a comma, so
    neither is read.

    Examples
    --------
    >>> numeral_fault("0.5") is None
    True
    >>> numeral_fault("0,5")
    'write 0.5, with a decimal point.'
    """
    if _PLAIN.fullmatch(text):
        too_long = len(text.replace(".", "")) > MOST_DIGITS
        return _("write at most {most} digits.").format(most=MOST_DIGITS) if too_long else None
    return _how_to_write(text)


def _how_to_write(text: str) -> str:
    if len(text) > MOST_DIGITS * 2:
        return _("write a plain number such as 0.5.")
    if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
        whole = text.replace(",", "")
        point = text.replace(",", ".", 1)
        only_one = text.count(",") == 1 and "." not in text
        advice = _("write {whole}, without a comma")
        if only_one:
            advice = _(
                "write {whole}, without a comma (or {point}, if the comma is a decimal point)."
            )
        return advice.format(whole=whole, point=point)
    if _DECIMAL_COMMA.fullmatch(text):
        return _("write {number}, with a decimal point.").format(number=text.replace(",", "."))
    if text[:1] in _SIGNS:
        return _("write a number above zero, without a sign.")
    if text.startswith(".") and _PLAIN.fullmatch("0" + text):
        return _("write 0{text}, with a zero before the point.").format(text=text)
    if text.endswith(".") and _PLAIN.fullmatch(text[:-1]):
        return _("write {text}, without the point.").format(text=text[:-1])
    return _("write a plain number such as 0.5 or 1000, without an exponent.")


def plain_text(value: Decimal) -> str:
    """Write a number without exponent or needless zeros.

    Examples
    --------
    >>> plain_text(Decimal("40.50"))
    '40.5'
    """
    return format(value.normalize(), "f")
