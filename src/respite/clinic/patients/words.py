"""Words of the record's choices: conditions, liver, sex, relief."""

from __future__ import annotations

from respite.domain import Liver, Sex, Threshold
from respite.domain import translate as _


def condition_words() -> list[tuple[str, str]]:
    """Give every condition with its words."""
    return [
        ("crps", _("complex regional pain syndrome")),
        ("neuropathic", _("neuropathic pain")),
        ("fibromyalgia", _("fibromyalgia")),
        ("phantom-limb", _("phantom limb pain")),
        ("spinal-cord-injury", _("pain after spinal cord injury")),
        ("post-herpetic", _("pain after shingles")),
        ("migraine", _("migraine")),
        ("cancer", _("cancer pain")),
        ("mixed", _("mixed or other chronic pain")),
        ("depression", _("depression")),
    ]


def liver_words() -> list[tuple[str, str]]:
    """Give every class of the liver with its words."""
    return [
        (Liver.NORMAL, _("not diseased")),
        (Liver.CHILD_PUGH_A, _("diseased, Child-Pugh A")),
        (Liver.CHILD_PUGH_B, _("diseased, Child-Pugh B")),
        (Liver.CHILD_PUGH_C, _("diseased, Child-Pugh C")),
    ]


def sex_words() -> list[tuple[str, str]]:
    """Give the sexes with their words."""
    return [(Sex.FEMALE, _("female")), (Sex.MALE, _("male"))]


def threshold_words() -> list[tuple[str, str]]:
    """Give what counts as relief, with words."""
    return [(one, _("{amount} less pain").format(amount=one.value)) for one in Threshold]


def dial(number: str) -> str:
    """Give a telephone number as a link dials it."""
    return "".join(sign for sign in number if sign.isdecimal() or sign in "+*#")
