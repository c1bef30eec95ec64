"""Words for people: every sentence passes through one catalogue, so it can be translated.

The language is that of the environment (``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES``, ``LANG``), as for other programs; what nobody has translated
stays English. Where a sentence is said, the function is called ``_``::

    from respite.domain import translate as _

A sentence is translated when it is said, and never when its module is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

CATALOGUE = "respite"
"""Name of the one catalogue that every room and every face shares."""

FOLDER = Path(__file__).parents[1] / "locale"
"""Where catalogues lie: ``respite.pot``, and ``LANGUAGE/LC_MESSAGES/respite.mo``."""


@cache
def _catalogue() -> NullTranslations:
    """Open the catalogue of the reader's language; English where there is none."""
    # Imported here, so that those who say nothing do not pay for it.
    from gettext import translation

    return translation(CATALOGUE, localedir=FOLDER, fallback=True)


def translate(message: str) -> str:
    """Say a message in the reader's language.

    Parameters
    ----------
    message
        The English sentence, with named places for what is not known yet;
        those are filled by ``format`` afterwards.
    """
    return _catalogue().gettext(message)


def translate_plural(singular: str, plural: str, count: int) -> str:
    """Say a message that depends on a count in the reader's language.

    Parameters
    ----------
    singular, plural
        The English sentence for one, and for any other number.
    count
        The number.
    """
    return _catalogue().ngettext(singular, plural, count)


def language() -> str:
    """Name the language that messages are said in, as HTML names it."""
    return (_catalogue().info().get("language") or "en").replace("_", "-")


def listed(items: Sequence[str]) -> str:
    """Join words as English does: commas, and *and* before the last.

    Examples
    --------
    >>> listed(["age", "weight", "sex"])
    'age, weight and sex'
    """
    if len(items) < 2:
        return "".join(items)
    return translate("{several} and {last}").format(several=", ".join(items[:-1]), last=items[-1])


def joined_by_and(items: Sequence[str]) -> str:
    """Join words by *and* throughout, for use within a line that has commas of its own.

    Examples
    --------
    >>> joined_by_and(["gabapentin", "tramadol", "duloxetine"])
    'gabapentin and tramadol and duloxetine'
    """
    joined = "".join(items[:1])
    for item in items[1:]:
        joined = translate("{several} and {last}").format(several=joined, last=item)
    return joined
