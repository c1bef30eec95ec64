"""Kinds of pain that may be chosen, and what people call them."""

from __future__ import annotations

from respite.domain import Condition
from respite.domain import translate as _
from respite.literature import load_library

PAIN_MODEL = "pain_respite1"
"""The model behind every forecast of pain."""


def known_conditions() -> tuple[str, ...]:
    """Give every kind of pain that the pain model has numbers of its own for."""
    known = load_library().assembled(PAIN_MODEL).conditions
    return tuple(str(one) for one in Condition if one in known and one is not Condition.DEPRESSION)


def plainly(condition: str | None) -> str:
    """Call a kind of pain what patients call it."""
    words = {
        "crps": _("complex regional pain syndrome"),
        "neuropathic": _("nerve pain"),
        "fibromyalgia": _("fibromyalgia"),
        "phantom-limb": _("phantom limb pain"),
        "spinal-cord-injury": _("pain after spinal cord injury"),
        "post-herpetic": _("pain after shingles"),
        "migraine": _("migraine"),
        "cancer": _("cancer pain"),
        "mixed": _("mixed or other lasting pain"),
        "chronic-non-cancer": _("lasting pain, not cancer"),
        "depression": _("depression"),
        "acute": _("short pain"),
    }
    return _("lasting pain") if condition is None else words.get(condition, condition)
