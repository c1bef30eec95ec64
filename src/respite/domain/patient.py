"""A patient: the facts that a forecast or a safety rule may ask for, each known or unknown.

Examples
--------
>>> patient = Patient(age=45, sex=Sex.FEMALE, weight=70, condition=Condition.CRPS)
>>> patient.in_words()
'woman of 45, 70 kg, CRPS'
>>> patient.with_(baseline_pain=7).known()["baseline_pain"]
7
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum
from os import PathLike
from typing import Literal

from respite.domain.errors import PatientNotUnderstood
from respite.domain.spelling import closest_word, quoted
from respite.domain.words import translate as _


class Unknown(Enum):
    """The type of :data:`UNKNOWN`."""

    UNKNOWN = "unknown"

    def __bool__(self) -> Literal[False]:
        """Count as false, as an absent fact should."""
        return False

    def __repr__(self) -> str:
        """Read as a word."""
        return "unknown"

    __str__ = __repr__


UNKNOWN = Unknown.UNKNOWN
"""What stands for a fact nobody has given: never zero, never "no"."""


class Sex(StrEnum):
    """Sex, as studies of kinetics record it."""

    FEMALE = "female"
    MALE = "male"


class Condition(StrEnum):
    """What the patient is treated for."""

    CRPS = "crps"
    NEUROPATHIC = "neuropathic"
    FIBROMYALGIA = "fibromyalgia"
    PHANTOM_LIMB = "phantom-limb"
    SPINAL_CORD_INJURY = "spinal-cord-injury"
    POST_HERPETIC = "post-herpetic"
    MIGRAINE = "migraine"
    CANCER = "cancer"
    MIXED = "mixed"
    DEPRESSION = "depression"


class Liver(StrEnum):
    """Liver function, by Child-Pugh class."""

    NORMAL = "normal"
    CHILD_PUGH_A = "child-pugh-a"
    CHILD_PUGH_B = "child-pugh-b"
    CHILD_PUGH_C = "child-pugh-c"


class Ancestry(StrEnum):
    """Ancestry, as far as a kinetic study told people apart by it."""

    ASIAN = "asian"
    JAPANESE = "japanese"
    NOT_ASIAN = "not-asian"


@dataclass(frozen=True, kw_only=True)
class Patient:
    """What is known of one person. Every fact may be unknown, and is so by default.

    Parameters
    ----------
    age
        Years.
    sex, condition, liver, ancestry
        Words of :class:`Sex`, :class:`Condition`, :class:`Liver` and :class:`Ancestry`.
    weight
        Body weight [kg].
    height
        Height [cm].
    baseline_pain
        Usual pain without ketamine, 0 to 10.
    pain_years
        Years of chronic pain.
    medicines
        Names of regular medicines; an empty tuple says that there are none.
    egfr
        Estimated glomerular filtration rate [mL/min per 1.73 m²].
    cyp2b6
        Pair of star alleles, such as ``*1/*6``.
    depression
        Total of the PHQ-9 questionnaire, 0 to 27.
    daily_opioid_mg
        Opioids a day [mg of oral morphine equivalents].

    Raises
    ------
    PatientNotUnderstood
        Where a fact is impossible, or two contradict each other.
    """

    age: float | Unknown = UNKNOWN
    sex: Sex | Unknown = UNKNOWN
    weight: float | Unknown = UNKNOWN
    height: float | Unknown = UNKNOWN
    condition: Condition | Unknown = UNKNOWN
    baseline_pain: float | Unknown = UNKNOWN
    pain_years: float | Unknown = UNKNOWN
    medicines: tuple[str, ...] | Unknown = UNKNOWN
    liver: Liver | Unknown = UNKNOWN
    egfr: float | Unknown = UNKNOWN
    cyp2b6: str | Unknown = UNKNOWN
    depression: float | Unknown = UNKNOWN
    daily_opioid_mg: float | Unknown = UNKNOWN
    ancestry: Ancestry | Unknown = UNKNOWN

    def __post_init__(self) -> None:
        """Check every fact once, and settle how words are spelt."""
        from respite.domain.patient_checks import check_together, checked_fact

        for name, value in self.known().items():
            # The only way to settle a field of a frozen value while it is being made.
            object.__setattr__(self, name, checked_fact(name, value))
        check_together(self)

    @staticmethod
    def from_mapping(facts: Mapping[str, object]) -> Patient:
        """Make a patient from names and plain values, as read from a file.

        A hyphen in a name counts as an underscore, ``medicine`` as
        ``medicines``, and the value ``"unknown"`` as :data:`UNKNOWN`.

        Raises
        ------
        PatientNotUnderstood
            Where a name is not one of a fact, or a fact is impossible.
        """
        settled: dict[str, object] = {}
        for written, value in facts.items():
            name = _fact_name(written)
            if name in settled:
                raise PatientNotUnderstood(
                    found=_("The fact {name} is given twice.").format(name=quoted(name)),
                    expected=_("each fact once."),
                    remedy=_("remove one of the two."),
                )
            settled[name] = UNKNOWN if value == "unknown" else value
        return Patient().with_(**settled)

    @staticmethod
    def from_toml(path: str | PathLike[str]) -> Patient:
        """Read a patient from a TOML file of facts.

        Raises
        ------
        FileNotUnderstood
            Where the file is missing, not text, too large, or not TOML.
        PatientNotUnderstood
            Where a fact in it is not understood.
        """
        from respite.domain.text_files import read_toml

        return Patient.from_mapping(read_toml(path))

    def with_(self, **facts: object) -> Patient:
        """Give the same patient with some facts replaced.

        A fact that is :data:`UNKNOWN` replaces nothing, so that a flag left out
        does not wipe out what a file said.

        Raises
        ------
        PatientNotUnderstood
            Where a name is not one of a fact, or a fact is impossible.
        """
        known = {_fact_name(name): value for name, value in facts.items() if value is not UNKNOWN}
        # Values are checked, and refused in words, when the new patient is made.
        return replace(self, **known)  # pyright: ignore[reportArgumentType]

    def known(self) -> dict[str, object]:
        """Give the facts that are known, by name."""
        every = {name: getattr(self, name) for name in FACT_NAMES}
        return {name: value for name, value in every.items() if value is not UNKNOWN}

    def unknown_names(self) -> tuple[str, ...]:
        """Give the names of the facts that are not known."""
        return tuple(name for name in FACT_NAMES if getattr(self, name) is UNKNOWN)

    def in_words(self) -> str:
        """Describe the patient in one line, leaving out what is unknown."""
        from respite.domain.patient_words import describe

        return describe(self)


FACT_NAMES = tuple(each.name for each in fields(Patient))
"""Names of all facts, in the order in which they are told."""


def _fact_name(written: str) -> str:
    name = written.replace("-", "_")
    name = {"medicine": "medicines"}.get(name, name)
    if name in FACT_NAMES:
        return name
    near = closest_word(name, FACT_NAMES)
    raise PatientNotUnderstood(
        found=_("{word} is not a fact about a patient.").format(word=quoted(written)),
        expected=_("one of {names}.").format(names=", ".join(FACT_NAMES)),
        remedy=_("write {word}.").format(word=quoted(near))
        if near
        else _("use one of these names."),
    )
