"""A study: arms, what they were given, and what was seen."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported, Quantity, Read, Status
from respite.literature.spread import Spread

Kind = Literal[
    "randomised_placebo",
    "randomised_active",
    "randomised_dose",
    "open",
    "cohort",
    "case_series",
    "meta_analysis",
    "protocol",
]
"""How people came to what they were given. Only the first is evidence against placebo;
``cohort`` holds whoever was treated anyway; ``protocol`` is a study without results yet."""

Measure = Literal[
    "mean_pain",
    "mean_fall",
    "mean_fall_percent",
    "responders",
    "relief_duration",
    "harm",
    "mood",
    "other",
]
"""What a figure measures. ``mean_fall`` is from the value before treatment, positive where pain
fell; ``responders`` are people whose pain fell by a threshold; ``other`` is shown and not used."""

Part = Literal["ketamine", "placebo", "active_placebo", "comparator"]
"""What an arm stands for in its study."""

Role = Literal["calibration", "validation", "none"]
"""What a study is used for when models meet trials: to fit, to be predicted, or neither."""

Found = Literal["less", "more", "no_difference", "not_reported"]
"""What a study concluded of its first arm against the second: less pain, say, or no difference."""

Clock = Literal["first_dose", "end_of_last_dose", "study_start"]


class Outcome(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure seen in one arm at one time.

    ``time`` counts from ``counted_from``. ``count`` and ``of`` carry responders where the figure
    is a share of people, ``threshold`` the fall of pain from which somebody counts as one.
    ``scale`` is the scale as printed; values are on 0-10, or say their unit. ``n`` is how many
    people were measured, where that is not the whole arm.
    """

    what: str
    measure: Measure
    value: float | NotReported
    unit: str
    status: Status
    read: Read
    time: Quantity | NotReported = "not_reported"
    counted_from: Clock = "first_dose"
    spread: Spread = Spread(kind="not_reported")
    threshold: Quantity | NotReported | None = None
    scale: str = ""
    n: int | None = None
    count: int | None = None
    of: int | None = None
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class Arm(Struct, frozen=True, forbid_unknown_fields=True):
    """One group of a study.

    ``regimen`` is in the regimen language; where it cannot be, ``regimen_not_writable`` says why.
    ``beside`` says what else everybody in the arm was given.
    """

    name: str
    part: Part
    treatment: str
    n: int | NotReported
    regimen: str = ""
    regimen_not_writable: str = ""
    regimen_status: Status = "published"
    beside: str = ""
    because: str = ""
    note: str = ""
    outcomes: tuple[Outcome, ...] = ()


class Contrast(Struct, frozen=True, forbid_unknown_fields=True):
    """A comparison between two arms, as the study reports it: the first less the second."""

    what: str
    measure: Measure
    between: tuple[str, str]
    value: float | NotReported
    unit: str
    status: Status
    read: Read
    p_value: float | NotReported = "not_reported"
    found: Found = "not_reported"
    spread: Spread = Spread(kind="not_reported")
    time: Quantity | NotReported = "not_reported"
    counted_from: Clock = "first_dose"
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class Study(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/studies``.

    Attributes
    ----------
    kind, design
        How people came to what they were given: in one word, and in the words of the source.
    crossover
        Whether everybody was given everything, one after the other.
    condition
        What they were treated for: a condition as a patient file names it, or ``acute``.
    follow_up, losses
        How long they were followed, and how many were lost on the way, in words.
    role, role_because
        What the study is used for when models meet trials, and why.
    if_missed
        What there is to say where the model does not predict what was seen.
    people
        The model of kind ``people`` that describes who took part, where there is one.
    """

    id: str
    title: str
    source: str
    read: Read
    kind: Kind
    design: str
    condition: str
    role: Role
    role_because: str
    arms: tuple[Arm, ...]
    if_missed: str = ""
    crossover: bool = False
    follow_up: Quantity | NotReported = "not_reported"
    losses: str = "not_reported"
    people: str = ""
    contrasts: tuple[Contrast, ...] = ()
    not_reported: tuple[str, ...] = ()
    known_problems: tuple[str, ...] = ()
