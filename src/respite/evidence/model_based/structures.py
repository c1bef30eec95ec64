"""Structures of the pain model that are compared: the one that is shipped, and others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Structure:
    """One way to put the pain model together.

    Attributes
    ----------
    name
        Its name.
    slow
        Relief that follows exposure: by a slow effect ``site``; by a ``state`` that a
        saturated curve drives; the same for every ``dose``; or ``none``.
    fast
        Relief that follows the level: after what ``adapting`` takes away; by a
        ``sigmoid`` of all of it; that, and the same again ``hours`` late; or ``none``.
    placebo
        A ``class`` of people, or a ``graded`` course in everybody.
    persists
        Whether relief is held in some.
    words
        The structure in a few words.
    """

    name: str
    words: str
    slow: Literal["site", "state", "dose", "none"] = "site"
    fast: Literal["adapting", "sigmoid", "hours", "none"] = "adapting"
    placebo: Literal["class", "graded"] = "class"
    persists: bool = True


SHIPPED = Structure(
    "shipped", "slow site, level with adaptation, class of placebo, some relief persists"
)

NO_DOSE = "no_dose"
"""Name of the structure that knows no dose, which any other has to beat."""

STRUCTURES = (
    SHIPPED,
    Structure("no_persistence", "no relief persists", persists=False),
    Structure("no_adaptation", "no acute adaptation to the level", fast="sigmoid"),
    Structure("hours", "a third clock of some hours", fast="hours"),
    Structure("state", "a saturated curve drives a slow state", slow="state"),
    Structure("graded_placebo", "everybody has some placebo relief", placebo="graded"),
    Structure("level_only", "no slow part", slow="none"),
    Structure(NO_DOSE, "relief of the condition whatever the dose", slow="dose", fast="none"),
)
"""Every structure that is compared."""
