"""One administration of a drug: what, how much, by which route, when and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import NamedTuple

from respite.domain.errors import PatientNotUnderstood, RegimenNotUnderstood
from respite.domain.words import translate as _


class Drug(StrEnum):
    """What is given. Ketamine is the racemic mixture of S- and R-ketamine."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"
    PLACEBO = "placebo"


class Salt(StrEnum):
    """What an amount weighs: the base, as labels state it, or the hydrochloride."""

    BASE = "base"
    HYDROCHLORIDE = "hydrochloride"


class Route(StrEnum):
    """How the drug enters the body."""

    IV = "iv"
    IM = "im"
    SC = "sc"
    INTRANASAL = "intranasal"
    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    BUCCAL = "buccal"
    RECTAL = "rectal"
    INHALED = "inhaled"


class Form(StrEnum):
    """How a swallowed dose is made; drug enters the body at a different speed from each."""

    PLAIN = ""
    """Not said."""
    SOLUTION = "solution"
    TABLET = "tablet"
    CONTROLLED_RELEASE = "controlled-release"


DRUG_WORDS: dict[str, Drug] = {drug.value: drug for drug in Drug} | {
    "s-ketamine": Drug.ESKETAMINE,
    "(s)-ketamine": Drug.ESKETAMINE,
}
"""Every spelling of a drug that is understood, in lower case."""

NEIGHBOURING_DRUGS = frozenset({"arketamine", "r-ketamine", "(r)-ketamine", "norketamine"})
"""Spelt almost like ours and yet other drugs, so never answered with a suggestion."""

SALT_WORDS: dict[str, Salt] = {
    "hcl": Salt.HYDROCHLORIDE,
    "hydrochloride": Salt.HYDROCHLORIDE,
}
"""Every spelling of a salt; an amount without one is base."""

ROUTE_WORDS: dict[str, Route] = {route.value: route for route in Route} | {
    "i.v.": Route.IV,
    "intravenous": Route.IV,
    "intravenously": Route.IV,
    "i.m.": Route.IM,
    "intramuscular": Route.IM,
    "intramuscularly": Route.IM,
    "s.c.": Route.SC,
    "subcutaneous": Route.SC,
    "subcutaneously": Route.SC,
    "nasal": Route.INTRANASAL,
    "intranasally": Route.INTRANASAL,
    "po": Route.ORAL,
    "p.o.": Route.ORAL,
    "orally": Route.ORAL,
    "sl": Route.SUBLINGUAL,
    "s.l.": Route.SUBLINGUAL,
    "sublingually": Route.SUBLINGUAL,
    "buccally": Route.BUCCAL,
    "pr": Route.RECTAL,
    "p.r.": Route.RECTAL,
    "rectally": Route.RECTAL,
    "inhalation": Route.INHALED,
    "nebulised": Route.INHALED,
    "nebulized": Route.INHALED,
}
"""Every spelling of a route that is understood, in lower case."""

INFUSED_ROUTES = frozenset({Route.IV, Route.SC})
"""Routes by which drug can run in at a steady rate."""


def route_in_words(route: Route | None, form: Form) -> str:
    """Give a route and a form as people write them; ``None`` stands for a route left out.

    Examples
    --------
    >>> route_in_words(Route.ORAL, Form.TABLET)
    'oral tablet'
    """
    return " ".join(word for word in (route, form) if word)


class Way(NamedTuple):
    """A route, and the form of an oral dose where one is said."""

    route: Route
    form: Form = Form.PLAIN

    def __str__(self) -> str:
        """Give the way as people write it."""
        return route_in_words(self.route, self.form)


@dataclass(frozen=True, kw_only=True)
class DoseEvent:
    """One administration.

    Parameters
    ----------
    time_h
        Start, in hours from time zero of the regimen or history.
    drug, route, salt
        What is given, how, and what ``amount`` weighs.
    amount
        Milligrams, or milligrams per kilogram of body weight. Zero for placebo.
    is_per_kg
        Whether ``amount`` is per kilogram.
    duration_h
        Length of the infusion in hours; zero for a bolus or a swallowed dose.
    form
        How an oral dose is made; not said for any other route.
    """

    time_h: float
    drug: Drug
    route: Route
    amount: float
    is_per_kg: bool = False
    duration_h: float = 0
    salt: Salt = Salt.BASE
    form: Form = Form.PLAIN

    def __post_init__(self) -> None:
        """Refuse an event that no one could give."""
        for name, value in (("amount", self.amount), ("duration_h", self.duration_h)):
            if not (isfinite(value) and value >= 0):
                raise _impossible(name, value)
        if not isfinite(self.time_h):
            raise _impossible("time_h", self.time_h)
        if self.form and self.route is not Route.ORAL:
            raise RegimenNotUnderstood(
                found=_("A dose event has the form {form} and the route {route}.").format(
                    form=self.form, route=self.route
                ),
                expected=_("a form only with the route oral."),
                remedy=_("leave the form out, or correct the route."),
            )

    @property
    def way(self) -> Way:
        """Route and form together."""
        return Way(self.route, self.form)

    @property
    def end_h(self) -> float:
        """End of the administration, in hours from time zero."""
        return self.time_h + self.duration_h

    def amount_mg(self, weight_kg: float | None = None) -> float:
        """Give the amount in milligrams, of the salt or base it was written in.

        Parameters
        ----------
        weight_kg
            Body weight on the day [kg]; needed where the amount is per kilogram.

        Raises
        ------
        PatientNotUnderstood
            Where the weight is needed and not a number above zero.
        """
        if not self.is_per_kg:
            return self.amount
        if weight_kg is None or not (isfinite(weight_kg) and weight_kg > 0):
            raise PatientNotUnderstood(
                found=_("The dose is {amount:g} mg per kg, and the weight is not known.").format(
                    amount=self.amount
                ),
                expected=_("a body weight in kg."),
                remedy=_("give the patient's weight, or write the dose in mg."),
            )
        return self.amount * weight_kg


def _impossible(name: str, value: float) -> RegimenNotUnderstood:
    return RegimenNotUnderstood(
        found=_("A dose event has {name} {value}.").format(name=name, value=value),
        expected=_("a finite number, and no negative amount or duration."),
        remedy=_("correct the dose."),
    )
