"""How certain is each claim about ketamine and pain, and why?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from respite.domain import Condition, RespiteError, listed
from respite.domain import translate as _
from respite.literature import Claim, Library, claims_for, load_library


def certainty(condition: str | None = None, *, library: Library | None = None) -> tuple[Claim, ...]:
    """Give the claims about a condition with their certainty, the closest first.

    Parameters
    ----------
    condition
        What is treated; by default claims about any condition.
    library
        Where claims come from; by default the one that ships.

    Raises
    ------
    RespiteError
        Where the condition is unknown.

    Examples
    --------
    >>> certainty("cancer")[0].grade
    'moderate'
    """
    check_condition(condition)
    return claims_for(library or load_library(), condition=condition)


def check_condition(condition: str | None) -> None:
    """Refuse a condition that no patient can have, naming the nearest that one can.

    Parameters
    ----------
    condition
        A word as it was typed; ``None`` for any condition.

    Raises
    ------
    RespiteError
        Where it is unknown.
    """
    known = tuple(Condition)
    if condition is not None and condition not in known:
        raise RespiteError(
            _("--condition is {condition}.").format(condition=condition[:40]),
            listed(known),
            _("--condition {word}.").format(word=nearest_word(condition, known)),
        )


def nearest_word(typed: str, known: Sequence[str]) -> str:
    """Give the word that is most like what was typed.

    Parameters
    ----------
    typed
        What was typed.
    known
        Words to choose from.
    """
    return next(iter(difflib.get_close_matches(typed, known, n=1, cutoff=0)), known[0])
