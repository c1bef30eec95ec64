"""Which sources speak of this drug, by this route, for this patient; and what they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from respite.domain import UNKNOWN, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Library, Protocol, Setpoint
from respite.planning.titration.amounts import active_events, amount_for
from respite.planning.titration.answer import Basis


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the library says of one regimen in one patient.

    Parameters
    ----------
    every
        Protocols of the drug and the route that may apply; where the
        condition is not known, those of any condition.
    certain
        Those of them that do apply: they are of any condition, or of the patient's.
    """

    every: tuple[Protocol, ...]
    certain: tuple[Protocol, ...]

    @staticmethod
    def of(library: Library, regimen: Regimen, patient: Patient) -> Sources:
        """Find the protocols; none where drugs or routes are mixed."""
        events = active_events(regimen)
        kinds = {(event.drug, event.route) for event in events}
        if len(kinds) != 1:
            return Sources(every=(), certain=())
        (drug, route), hours = next(iter(kinds)), max(event.duration_h for event in events)
        alike = [
            one
            for one in library.titration.values()
            if (one.drug, one.route) == (drug, route) and _lasts(one, hours)
        ]
        condition = patient.condition
        is_known = condition is not UNKNOWN
        return Sources(
            every=tuple(
                one
                for one in alike
                if not one.conditions or not is_known or condition in one.conditions
            ),
            certain=tuple(
                one for one in alike if not one.conditions or condition in one.conditions
            ),
        )


@dataclass(frozen=True)
class Factor:
    """By how much every amount of a regimen may be multiplied, and who says so.

    Parameters
    ----------
    factor
        ``None`` where it cannot be told without the weight.
    basis
        The rule that decides.
    """

    factor: Fraction | None
    basis: Basis


def step_factors(sources: Sources, regimen: Regimen, weight_kg: float | None) -> tuple[Factor, ...]:
    """Give what each source's step makes of a regimen."""
    found: list[Factor] = []
    for one in sources.certain:
        if one.step is None:
            continue
        now = amount_for(regimen, one.step, weight_kg)
        step = Fraction(str(one.step.value))
        factor = (now + step) / now if now else None
        words = _("steps of {amount} {per} ({title})").format(
            amount=one.step.printed, per=per_words(one.step), title=one.title
        )
        found.append(Factor(factor, basis_of(one, one.step, words)))
    return tuple(found)


def ceiling_factors(
    sources: Sources, regimen: Regimen, weight_kg: float | None
) -> tuple[Factor, ...]:
    """Give by how much a regimen may be multiplied up to each ceiling."""
    return tuple(
        _up_to(one, point, regimen, weight_kg, _("at most {amount} {per} ({title})"))
        for one in sources.every
        for point in one.ceilings
    )


def start_factors(
    sources: Sources, regimen: Regimen, weight_kg: float | None
) -> tuple[Factor, ...]:
    """Give by how much a regimen may be multiplied to begin as each source begins."""
    return tuple(
        _up_to(one, one.start, regimen, weight_kg, _("begin with {amount} {per} ({title})"))
        for one in sources.certain
        if one.start is not None
    )


def smallest(factors: Sequence[Factor]) -> Factor | None:
    """Give the smallest factor; one that cannot be told counts as the smallest."""
    return min(
        factors,
        key=lambda one: -1 if one.factor is None else one.factor,
        default=None,
    )


def basis_of(protocol: Protocol, point: Setpoint, words: str) -> Basis:
    """Give an amount of a protocol as a rule that a step rests on."""
    return Basis(
        rule=f"titration/{protocol.id}",
        words=words,
        number_is=point.number_is,
        status=point.status,
        source=point.source or protocol.source,
    )


def per_words(point: Setpoint) -> str:
    """Say what an amount is for."""
    words = {"dose": _("a dose"), "hour": _("an hour"), "day": _("a day")}
    return words[point.per]


def _up_to(
    one: Protocol, point: Setpoint, regimen: Regimen, weight_kg: float | None, words: str
) -> Factor:
    now = amount_for(regimen, point, weight_kg)
    limit = Fraction(str(point.value))
    told = words.format(amount=point.printed, per=per_words(point), title=one.title)
    return Factor(limit / now if now else None, basis_of(one, point, told))


def _lasts(one: Protocol, hours: float) -> bool:
    if one.infusion_h is None:
        return hours == 0
    return one.infusion_h.holds(hours)
