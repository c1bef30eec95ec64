"""What other treatments of pain do, so that ketamine can be seen beside them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported, Read, Status
from respite.literature.spread import Spread

Setting = Literal["acute_single_dose", "chronic", "experimental"]
"""Where a figure belongs: one dose against short pain, treatment of lasting pain, or volunteers.
Figures of different settings are never put side by side."""

Compared = Literal[
    "nnt50",
    "nnt30",
    "nnt",
    "nnt_smallest",
    "nnt_relapse",
    "nnh",
    "nnh_withdrawal",
    "mean_difference",
    "smd",
    "risk_difference",
    "risk_ratio_benefit",
    "risk_ratio_harm",
    "share50",
    "share30",
    "share",
    "harm_share",
    "mean_relief",
    "duration",
    "time_to_remedication",
    "time_to_peak",
    "weeks_to_judge",
    "in_words",
]
"""What a figure measures. ``nnt50`` counts people treated for one more with half the pain gone;
``nnt_smallest`` for one more with the smallest difference that matters; ``nnt`` as the source
counts; ``nnh_withdrawal`` for one more who stops because of harm."""

Certainty = Literal["high", "moderate", "low", "very low", "not_graded"]
"""How sure the figure is, in the words of GRADE."""


class ComparedFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure of one treatment in one condition.

    Attributes
    ----------
    treatment, dose, route
        What was given, in words.
    condition
        A condition of a patient, or ``chronic-non-cancer``, ``acute-surgery``,
        ``acute-emergency``, ``acute-any`` or ``volunteers``.
    setting
        Where it belongs; see ``Setting``.
    against
        What it was compared with: ``placebo``, ``stopping``, ``nothing`` or in words.
    metric, value, unit, spread
        What was measured, and the figure as printed. A figure printed as a range has no value.
    bound
        Where the source gives only a limit: the true figure is above, at least or at most this.
    scale
        The scale of a difference in pain, as printed.
    time
        When, in words.
    n
        How many people.
    shares
        Responders with and without the treatment [percent], where a figure was computed from them.
    risk_difference
        Difference of responders [percent], where a figure was computed from it.
    pain_fall
        Pain before and after [points], where a figure was computed from them.
    in_words
        What is known, where it is no number: that no trial was found is said here.
    certainty, certainty_by
        How sure it is, and whether the source or we say so.
    """

    treatment: str
    condition: str
    setting: Setting
    metric: Compared
    value: float | NotReported
    status: Status
    read: Read
    unit: str = ""
    dose: str = ""
    route: str = ""
    against: str = "placebo"
    bound: Literal["", "above", "at_least", "at_most"] = ""
    spread: Spread = Spread(kind="not_reported")
    scale: Literal["", "0-10", "0-100"] = ""
    time: str = ""
    n: int | None = None
    shares: tuple[float, float] | None = None
    risk_difference: float | None = None
    pain_fall: tuple[float, float] | None = None
    in_words: str = ""
    certainty: Certainty = "not_graded"
    certainty_by: Literal["", "source", "ours"] = ""
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class Comparator(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/comparators``: a class of treatments with every figure of it.

    Attributes
    ----------
    kind
        Whether it is ketamine itself, another treatment, or placebo.
    figures
        What is known, good and bad alike.
    """

    id: str
    title: str
    kind: Literal["ketamine", "other", "placebo"]
    figures: tuple[ComparedFigure, ...]
    known_problems: tuple[str, ...] = ()
