"""The words for the form of an oral dose: what is understood, and what is near it and is not."""

from __future__ import annotations

from respite.domain.dosing import ROUTE_WORDS, Form, Route, Way
from respite.domain.spelling import closest_word

_SOLIDS = ("tablet", "tablets", "capsule", "capsules")
_SLOW = ("controlled", "prolonged", "extended", "sustained", "slow")
_SLOW_RELEASE = (
    *("cr", "er", "xr", "sr"),
    *(f"{slow}{joint}release" for slow in _SLOW for joint in "- "),
)
_FAST_RELEASE = ("immediate-release", "immediate release")

FORM_WORDS: dict[str, Form] = {form.value: form for form in Form} | {
    **dict.fromkeys(("liquid", "syrup"), Form.SOLUTION),
    **dict.fromkeys(_SOLIDS, Form.TABLET),
    **{f"{fast} {solid}": Form.TABLET for fast in _FAST_RELEASE for solid in _SOLIDS},
    **dict.fromkeys(_SLOW_RELEASE, Form.CONTROLLED_RELEASE),
    **{f"{slow} {solid}": Form.CONTROLLED_RELEASE for slow in _SLOW_RELEASE for solid in _SOLIDS},
}
"""Every spelling of a form that is understood, in lower case; no words at all say nothing."""

# Immediate release may be a tablet or a solution, and modified release may be slow or late.
NEIGHBOURING_FORMS = frozenset(
    {*_FAST_RELEASE}
    | {f"{other}{joint}release" for other in ("delayed", "modified") for joint in "- "}
)
"""Spelt almost like ours and yet another form or none, so never answered with a suggestion."""

FORM_PIECES = frozenset(
    piece for spelling in {*FORM_WORDS, *NEIGHBOURING_FORMS} for piece in spelling.split()
)
"""Every single word that is part of the name of a form."""


def way_of(text: str) -> Way | None:
    """Read a route with its form; ``None`` where it is none that is known.

    Examples
    --------
    >>> str(way_of("PO liquid"))
    'oral solution'
    >>> way_of("iv solution")
    """
    words = text.lower().split()
    route, form = ROUTE_WORDS.get("".join(words[:1])), FORM_WORDS.get(" ".join(words[1:]))
    if route is None or form is None or (form and route is not Route.ORAL):
        return None
    return Way(route, form)


def closest_form(spelling: str) -> str | None:
    """Give the form that was probably meant, or ``None`` where another may be.

    Examples
    --------
    >>> closest_form("controled-release")
    'controlled-release'
    >>> closest_form("delayd-release")
    """
    near = closest_word(spelling, [*FORM_WORDS, *NEIGHBOURING_FORMS])
    return None if near in NEIGHBOURING_FORMS else near
