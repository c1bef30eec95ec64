"""The answer of a plan, whose plain form is ``respite.plan/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from respite.literature import Claim
from respite.safety import AcuteEffect, Due


@dataclass(frozen=True, kw_only=True)
class Said:
    """One rule of safety that speaks of a plan.

    Attributes
    ----------
    rule, severity, action
        Which rule, how grave it is, and what to do.
    because
        Why it fires, or what is not known.
    """

    rule: str
    severity: str
    action: str
    because: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self).copy()


@dataclass(frozen=True, kw_only=True)
class TriedPlan:
    """One plan that was tried, in numbers.

    Attributes
    ----------
    regimen, words, setting
        The plan, the way of giving it belongs to, and where it is given.
    mean_days, interval80_days, chance_worthwhile
        Days with relief that its drug adds by the horizon: the mean, the interval that holds
        eight people in ten, and the chance of as many as make it worth its burden.
    dissociation, pressure_rise, over_pressure
        Chances of acute effects, in one session at least; of pressure ``None`` where nobody
        measured it in sessions so long, or at levels so high.
    peak, over_level
        Its highest level, and the share of people in whom it passes the limit.
    hours_in_care, dose_mg, yearly_dose_mg
        Its burden; the dose of a year if it is given again at each horizon.
    is_on_front
        Whether no other plan beats it in every respect.
    breaks
        Limits that it breaks; none where it may be proposed.
    outside
        Why its relief is an extrapolation.
    """

    regimen: str
    words: str
    setting: str
    mean_days: float
    interval80_days: tuple[float, float]
    chance_worthwhile: float
    dissociation: float
    pressure_rise: float | None
    over_pressure: float | None
    peak: tuple[float, float, float]
    over_level: float
    hours_in_care: float
    dose_mg: float
    yearly_dose_mg: float
    is_on_front: bool
    breaks: tuple[str, ...]
    outside: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        low, middle, high = self.peak
        return vars(self).copy() | {
            "interval80_days": list(self.interval80_days),
            "peak": {
                "unit": "ng/mL",
                "site": "venous",
                "as": "S-ketamine that would do the same",
                "q05": low,
                "q50": middle,
                "q95": high,
            },
            "breaks": list(self.breaks),
            "outside": list(self.outside),
        }


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One plan that is proposed.

    Attributes
    ----------
    tried
        The plan in numbers.
    survival
        Share of people in whom relief by the drug alone still holds so many days after the
        last dose.
    adverse_effects
        What it may do on the day.
    why, would_change_if
        Why it is proposed, and what would change that.
    conditions
        What rules ask for before and while it is given.
    """

    tried: TriedPlan
    survival: Mapping[int, float]
    adverse_effects: tuple[AcuteEffect, ...]
    why: str
    would_change_if: str
    conditions: tuple[Said, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        plain = self.tried.to_dict()
        return {
            "regimen": self.tried.regimen,
            "days_with_relief": {
                "by": "the drug alone, beyond no further doses",
                "mean": self.tried.mean_days,
                "interval80": list(self.tried.interval80_days),
                "chance_worthwhile": self.tried.chance_worthwhile,
            },
            "survival": {str(day): share for day, share in self.survival.items()},
            "adverse_effects": [one.to_dict() for one in self.adverse_effects],
            "peak": plain["peak"],
            "clinic_hours": self.tried.hours_in_care,
            "dose_mg": self.tried.dose_mg,
            "yearly_dose_mg": self.tried.yearly_dose_mg,
            "setting": self.tried.setting,
            "why": self.why,
            "would_change_if": self.would_change_if,
            "conditions": [one.to_dict() for one in self.conditions],
        }


@dataclass(frozen=True, kw_only=True)
class RefusedPlan:
    """A plan that a rule or a limit rules out.

    Attributes
    ----------
    regimen
        The plan.
    rule
        The rule, or the name of the limit in the library.
    because
        Why, in words.
    action
        What to do instead, where the rule says so.
    """

    regimen: str
    rule: str
    because: str
    action: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self).copy()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is proposed to one person, and what is not.

    Attributes
    ----------
    people, horizon_days, threshold, worthwhile_days
        The question as it was understood.
    proposals
        What is proposed, in the order in which to think of it; *no ketamine* is among them.
    no_ketamine_first
        Whether no ketamine comes first, since the case for it is weak or rules stop it.
    weak_because
        What rules say of weak evidence for the indication.
    fewer_because
        Why fewer than two plans are proposed; nothing where there are two.
    ties
        Pairs of proposals, by place, of which neither can be told to be better.
    better
        Chance that the proposal of the row adds more days than that of the column.
    tried
        Every plan that rules allow, proposed or not.
    refused
        Every plan that is not allowed, with its rule.
    of_patient
        Rules that speak of the patient whatever the plan.
    not_recognised
        Medicines that the library does not know.
    ask
        Facts that are not known and could change what is proposed.
    surveillance
        What is due.
    certainty, claims
        How sure this is, and what evidence claims.
    diagnostics, provenance, assumed
        How people were drawn, where numbers come from, and which are assumed.
    """

    people: str
    horizon_days: int
    threshold: str
    worthwhile_days: float
    start: str | None
    proposals: tuple[Proposal, ...]
    no_ketamine_first: bool
    weak_because: tuple[str, ...]
    fewer_because: str | None
    ties: tuple[tuple[int, int], ...]
    better: tuple[tuple[float, ...], ...]
    tried: tuple[TriedPlan, ...]
    refused: tuple[RefusedPlan, ...]
    of_patient: tuple[Said, ...]
    not_recognised: tuple[str, ...]
    ask: tuple[str, ...]
    surveillance: tuple[Due, ...]
    next_step: Any | None
    certainty: Mapping[str, str]
    claims: tuple[Claim, ...]
    diagnostics: Mapping[str, Any]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]
    seed: int
    draw: Callable[[Plan], str] | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.plan/1``."""
        return {
            "schema": "respite.plan/1",
            "people": self.people,
            "horizon_days": self.horizon_days,
            "threshold": self.threshold,
            "worthwhile_days": self.worthwhile_days,
            "start": self.start,
            "proposals": [one.to_dict() for one in self.proposals],
            "no_ketamine": {
                "regimen": None,
                "comes_first": self.no_ketamine_first,
                "because": list(self.weak_because),
                "days_with_relief": {"mean": 0, "interval80": [0, 0]},
                "clinic_hours": 0,
                "yearly_dose_mg": 0,
            },
            "fewer_because": self.fewer_because,
            "ties": [list(pair) for pair in self.ties],
            "better": [list(row) for row in self.better],
            "tried": [one.to_dict() for one in self.tried],
            "refused": [one.to_dict() for one in self.refused],
            "of_patient": [one.to_dict() for one in self.of_patient],
            "not_recognised": list(self.not_recognised),
            "ask": list(self.ask),
            "surveillance": [one.to_dict() for one in self.surveillance],
            "next_step": None if self.next_step is None else self.next_step.to_dict(),
            "certainty": dict(self.certainty),
            "claims": [one.to_dict() for one in self.claims],
            "diagnostics": dict(self.diagnostics),
            "assumed": list(self.assumed),
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)
