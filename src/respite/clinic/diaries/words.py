"""What a diary asks beside pain, in our own words; which answers may not wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from respite.domain import translate as _

URGENT_EFFECTS = frozenset(
    {"chest_pain", "hard_to_breathe", "self_harm", "seeing_things", "fainted"}
)
"""Unwanted effects with which nobody should wait for the clinic to read the diary."""

URGENT_BLADDER = frozenset({"blood", "cannot_pass"})
"""Answers of the bladder check with which nobody should wait either, where they are yes."""


def effect_words() -> dict[str, str]:
    """Give the unwanted effects that are asked, the common ones first."""
    return {
        "dizzy": _("Dizzy"),
        "sick": _("Feeling sick"),
        "sleepy": _("Very sleepy"),
        "far_away": _("Far away, as in a dream"),
        "muddled": _("Muddled"),
        "headache": _("Headache"),
        "low": _("Very low or anxious"),
        "fainted": _("Passed out"),
        "hard_to_breathe": _("Hard to breathe"),
        "chest_pain": _("Pain in the chest"),
        "seeing_things": _("Seeing or hearing things that are not there"),
        "self_harm": _("Thoughts of harming myself"),
    }


def bladder_words() -> dict[str, str]:
    """Give the five questions of the bladder check."""
    return {
        "often": _("Do you pass water more often than you used to?"),
        "hurry": _("Must you rush to get there in time?"),
        "hurts": _("Does it hurt or burn to pass water?"),
        "blood": _("Is there blood in your water?"),
        "cannot_pass": _("Do you need to go, but cannot pass water?"),
    }


def urgent_in(effects: Iterable[str], bladder: Mapping[str, bool]) -> frozenset[str]:
    """Give the answers that may not wait."""
    said = {name for name, told in bladder.items() if told}
    return (URGENT_EFFECTS & set(effects)) | (URGENT_BLADDER & said)


def is_urgent(effects: Iterable[str], bladder: Mapping[str, bool]) -> bool:
    """Say whether any answer may not wait."""
    return bool(urgent_in(effects, bladder))


def effects_in_words(effects: Iterable[str]) -> list[str]:
    """Name unwanted effects, in the order in which they are asked."""
    kept = set(effects)
    return [words for name, words in effect_words().items() if name in kept]


def bladder_in_words(bladder: Mapping[str, bool]) -> list[tuple[str, bool]]:
    """Give each question of the bladder check that was answered, with its answer."""
    return [(words, bladder[name]) for name, words in bladder_words().items() if name in bladder]
