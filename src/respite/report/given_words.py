"""What was given to somebody, each drug and route by itself: how often, when, how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from respite.domain import Drug, Salt, translate_plural
from respite.domain import translate as _
from respite.report.numerals import exact
from respite.report.regimen_told import route_words

if TYPE_CHECKING:
    from respite.domain import DoseEvent, DosingHistory, GivenDose


@dataclass(frozen=True, kw_only=True)
class GivenTold:
    """One drug by one route.

    Attributes
    ----------
    drug, salt, route
        What was given, what its amounts weigh, and by which way, in words.
    count
        How many doses.
    first, last
        Days of the first and the last of them.
    lowest_mg, highest_mg, total_mg
        The smallest and the largest dose, and all together [mg]; ``None`` where a weight is
        needed and not known.
    words
        All of it in one sentence.
    """

    drug: str
    salt: str
    route: str
    count: int
    first: date
    last: date
    lowest_mg: float | None
    highest_mg: float | None
    total_mg: float | None
    words: str


def given_told(history: DosingHistory | None, *, weight_kg: float | None) -> tuple[GivenTold, ...]:
    r"""Say what was given, the earliest first.

    Parameters
    ----------
    history
        The doses; ``None`` where nothing was given.
    weight_kg
        Body weight [kg], where it is known.

    Examples
    --------
    >>> from respite.domain import read_dosing_history
    >>> rows = "start,drug,amount,unit,route,duration_min\n"
    >>> rows += "2026-03-02T09:00,ketamine,35,mg,iv,40\n2026-03-03T09:00,ketamine,35,mg,iv,40\n"
    >>> given = given_told(read_dosing_history(rows), weight_kg=70)[0]
    >>> given.drug, given.count, given.total_mg
    ('ketamine (racemic)', 2, 70.0)
    """
    if history is None:
        return ()
    groups: dict[tuple[str, str, str], list[tuple[GivenDose, DoseEvent]]] = {}
    for dose, event in zip(history.doses, history.events(), strict=True):
        key = (dose.drug.value, dose.salt.value, route_words(dose.route))
        groups.setdefault(key, []).append((dose, event))
    return tuple(_told(group, weight_kg) for group in groups.values())


def drug_words(drug: Drug) -> str:
    """Name a drug so that the racemate and its half are never mixed up.

    Examples
    --------
    >>> drug_words(Drug.KETAMINE)
    'ketamine (racemic)'
    """
    words = {
        Drug.KETAMINE: _("ketamine (racemic)"),
        Drug.ESKETAMINE: _("esketamine"),
        Drug.PLACEBO: _("placebo"),
    }
    return words[drug]


def salt_words(salt: Salt) -> str:
    """Say what amounts weigh."""
    return _("base") if salt is Salt.BASE else _("hydrochloride")


def _told(group: list[tuple[GivenDose, DoseEvent]], weight_kg: float | None) -> GivenTold:
    dose = group[0][0]
    is_known = weight_kg is not None or not any(event.is_per_kg for _given, event in group)
    amounts = [event.amount_mg(weight_kg) for _given, event in group] if is_known else []
    first, last = group[0][0].start.date(), group[-1][0].start.date()
    lowest, highest = min(amounts, default=None), max(amounts, default=None)
    total = sum(amounts) if is_known else None
    told = {"drug": drug_words(dose.drug), "route": route_words(dose.route)}
    when = _when(len(group), first, last)
    how_much = _how_much(lowest, highest, total, salt_words(dose.salt))
    words = _("{drug} {route}: {when}, {how_much}.").format(when=when, how_much=how_much, **told)
    return GivenTold(
        salt=salt_words(dose.salt), count=len(group), first=first, last=last, lowest_mg=lowest,
        highest_mg=highest, total_mg=total, words=words, **told,
    )  # fmt: skip


def _when(count: int, first: date, last: date) -> str:
    if first == last:
        text = translate_plural("{n} dose on {first}", "{n} doses on {first}", count)
        return text.format(n=count, first=first.isoformat())
    text = _("{n} doses from {first} to {last}")
    return text.format(n=count, first=first.isoformat(), last=last.isoformat())


def _how_much(lowest: float | None, highest: float | None, total: float | None, salt: str) -> str:
    if lowest is None or highest is None or total is None:
        return _("mg not known: no weight")
    each = _("{mg} mg each").format(mg=exact(lowest))
    if exact(lowest) != exact(highest):
        each = _("{low} to {high} mg each").format(low=exact(lowest), high=exact(highest))
    return _("{each}, {total} mg in all ({salt})").format(each=each, total=exact(total), salt=salt)
