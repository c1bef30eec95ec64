"""A regimen read back in plain words: which doses, on which days, how much in all, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from respite.domain import Drug, Route, Salt, listed, translate_plural
from respite.domain import translate as _
from respite.report.numerals import brief, exact

if TYPE_CHECKING:
    from respite.domain import DoseEvent, Regimen

DAY_H, WEEK_H, HOUR_MIN = 24, 168, 60
SHORT_H, LONG_H = 2, 48
"""Below the one durations are told in minutes, from the other on in days."""

MOST_DAYS = 12
"""Days that are named where doses come at no one interval; more are counted."""

FEWEST_ALIKE = 3
"""Doses in a row on average, from which on one interval is told."""

Key = tuple[Drug, Route, str, Salt, float, bool, float]


@dataclass(frozen=True, kw_only=True)
class DosesTold:
    """A regimen in plain words.

    Attributes
    ----------
    canonical
        The regimen as the language writes it.
    lines
        Its doses, those alike together.
    totals
        How much of each drug in all.
    ends
        When the last dose ends.
    infused_h
        Hours during which something is infused.
    dose_mg
        The dose in all [mg]; ``None`` where a weight is needed and not known.
    """

    canonical: str
    lines: tuple[str, ...]
    totals: tuple[str, ...]
    ends: str
    infused_h: float
    dose_mg: float | None


def doses_told(
    regimen: Regimen, *, weight_kg: float | None = None, start: date | None = None
) -> DosesTold:
    r"""Say in plain words what a regimen gives.

    Parameters
    ----------
    regimen
        What is planned.
    weight_kg
        Body weight [kg], where it is known: doses per kilogram are told in mg as well.
    start
        The day of the first dose, where it is known.

    Examples
    --------
    >>> from respite.domain import Regimen
    >>> plan = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x10")
    >>> told = doses_told(plan, weight_kg=70)
    >>> print(*told.lines, *told.totals, told.ends, sep="\n")
    Days 1 to 10, every day, 10 doses: ketamine 35 mg (0.5 mg/kg) into a vein over 40 minutes
    ketamine: 350 mg in all, in 10 doses
    The last dose ends on day 10.
    """
    events = regimen.events()
    last_day = int(regimen.last_dose_end_h // DAY_H)
    ends = _("The last dose ends on day {day}.").format(day=last_day + 1)
    if start is not None:
        ends = _("The last dose ends on day {day}, {date}.").format(
            day=last_day + 1, date=_date_after(start, last_day)
        )
    active = [one for one in events if one.drug is not Drug.PLACEBO]
    is_known = weight_kg is not None or not any(one.is_per_kg for one in active)
    return DosesTold(
        canonical=str(regimen),
        lines=tuple(_lines(events, weight_kg)),
        totals=tuple(_totals(active, weight_kg)),
        ends=ends,
        infused_h=sum(one.duration_h for one in events),
        dose_mg=sum(one.amount_mg(weight_kg) for one in active) if is_known else None,
    )


def doses_changed(
    old: Regimen, new: Regimen, *, weight_kg: float | None = None
) -> tuple[tuple[str, str, bool], ...]:
    """Set the doses of two regimens side by side, line by line.

    Returns
    -------
    The old line, the new line, and whether they differ; an empty line where there is none.
    """
    before = doses_told(old, weight_kg=weight_kg).lines
    after = doses_told(new, weight_kg=weight_kg).lines
    rows: list[tuple[str, str, bool]] = []
    for _kind, first, past, begin, end in SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        mine, its = before[first:past], after[begin:end]
        for place in range(max(len(mine), len(its))):
            left = mine[place] if place < len(mine) else ""
            right = its[place] if place < len(its) else ""
            rows.append((left, right, left != right))
    return tuple(rows)


def _date_after(start: date, days: int) -> str:
    try:
        return (start + timedelta(days=days)).isoformat()
    except OverflowError:
        return _("after every calendar")


def _lines(events: Sequence[DoseEvent], weight_kg: float | None) -> Iterable[str]:
    alike: dict[Key, list[DoseEvent]] = {}
    for one in events:
        alike.setdefault(_key(one), []).append(one)
    told: list[tuple[float, str]] = []
    for group in alike.values():
        dose = _dose(group[0], weight_kg)
        for starts, words in _runs([one.time_h for one in group]):
            told.append((starts, _("{when}: {dose}").format(when=words, dose=dose)))
    return (line for _start, line in sorted(told, key=lambda one: one[0]))


def _key(one: DoseEvent) -> Key:
    return (
        one.drug, one.route, str(one.form), one.salt, one.amount, one.is_per_kg, one.duration_h,
    )  # fmt: skip


def _runs(starts: Sequence[float]) -> Iterable[tuple[float, str]]:
    """Say when doses that are alike come: at one interval, or on which days."""
    runs: list[list[float]] = []
    for start in starts:
        run = runs[-1] if runs else None
        if run is not None and (len(run) == 1 or _is_next(run, start)):
            run.append(start)
        else:
            runs.append([start])
    if len(starts) >= FEWEST_ALIKE * len(runs) or len(starts) < FEWEST_ALIKE:
        return [(run[0], _run_words(run)) for run in runs]
    if all(len(run) == 1 or len(run) >= FEWEST_ALIKE for run in runs):
        return [(run[0], _run_words(run)) for run in runs]
    return [(starts[0], _day_words(starts))]


def _is_next(run: Sequence[float], start: float) -> bool:
    return abs((start - run[-1]) - (run[1] - run[0])) * HOUR_MIN < 1


def _run_words(run: Sequence[float]) -> str:
    if len(run) == 1:
        return _at(run[0])
    gap, first, last = run[1] - run[0], _day(run[0]), _day(run[-1])
    count = translate_plural("{n} dose", "{n} doses", len(run)).format(n=len(run))
    return _("Days {first} to {last}, {every}, {count}").format(
        first=first, last=last, every=_every(gap), count=count
    )


def _day_words(starts: Sequence[float]) -> str:
    days = [str(one) for one, _group in groupby(map(_day, starts))]
    count = translate_plural("{n} dose", "{n} doses", len(starts)).format(n=len(starts))
    if len(days) > MOST_DAYS:
        left = _("{n} more up to day {last}").format(n=len(days) - MOST_DAYS, last=days[-1])
        days = [*days[:MOST_DAYS], left]
    return _("Days {days}, {count}").format(days=listed(days), count=count)


def _at(start: float) -> str:
    hours = start % DAY_H
    if hours == 0:
        return _("Day {day}").format(day=_day(start))
    return _("Day {day}, {hours} hours after the time of the first dose").format(
        day=_day(start), hours=brief(hours)
    )


def _day(start: float) -> int:
    return int(start // DAY_H) + 1


def _every(gap: float) -> str:
    for unit, one, many in (
        (WEEK_H, _("every week"), _("every {n} weeks")),
        (DAY_H, _("every day"), _("every {n} days")),
        (1, _("every hour"), _("every {n} hours")),
    ):
        if gap >= unit and gap % unit == 0:
            count = int(gap // unit)
            return one if count == 1 else many.format(n=count)
    return _("every {n} minutes").format(n=brief(gap * HOUR_MIN))


def _dose(one: DoseEvent, weight_kg: float | None) -> str:
    if one.drug is Drug.PLACEBO:
        amount = _("placebo")
    else:
        amount = _("{drug} {amount}").format(drug=one.drug.value, amount=_amount(one, weight_kg))
    words = _("{amount} {route}").format(amount=amount, route=_route(one))
    if one.duration_h > 0:
        words = _("{words} over {duration}").format(words=words, duration=_duration(one.duration_h))
    if one.duration_h >= SHORT_H and one.drug is not Drug.PLACEBO:
        words = _("{words}, {rate}").format(words=words, rate=_rate(one, weight_kg))
    return words


def _rate(one: DoseEvent, weight_kg: float | None) -> str:
    if one.is_per_kg and weight_kg is None:
        return _("{n} mg/kg an hour").format(n=exact(one.amount / one.duration_h))
    return _("{n} mg an hour").format(n=exact(one.amount_mg(weight_kg) / one.duration_h))


def _amount(one: DoseEvent, weight_kg: float | None) -> str:
    unit = _("mg") if one.salt is Salt.BASE else _("mg of hydrochloride")
    if not one.is_per_kg:
        return _("{n} {unit}").format(n=exact(one.amount), unit=unit)
    per_kg = _("{n} mg/kg").format(n=exact(one.amount))
    if weight_kg is None:
        return _("{per_kg} (mg not known: no weight)").format(per_kg=per_kg)
    return _("{n} {unit} ({per_kg})").format(
        n=exact(one.amount_mg(weight_kg)), unit=unit, per_kg=per_kg
    )


def _route(one: DoseEvent) -> str:
    words = route_words(one.route)
    return _("{route} ({form})").format(route=words, form=one.form.value) if one.form else words


def route_words(route: Route) -> str:
    """Say by which way a dose is given.

    Examples
    --------
    >>> route_words(Route.IV)
    'into a vein'
    """
    return {
        Route.IV: _("into a vein"),
        Route.IM: _("into a muscle"),
        Route.SC: _("under the skin"),
        Route.INTRANASAL: _("into the nose"),
        Route.ORAL: _("by mouth"),
        Route.SUBLINGUAL: _("under the tongue"),
        Route.BUCCAL: _("in the cheek"),
        Route.RECTAL: _("into the rectum"),
        Route.INHALED: _("breathed in"),
    }[route]


def _duration(hours: float) -> str:
    if hours < SHORT_H:
        return _("{n} minutes").format(n=exact(hours * HOUR_MIN))
    if hours < LONG_H:
        return _("{n} hours").format(n=exact(hours))
    return _("{n} days ({hours} hours)").format(n=exact(hours / DAY_H), hours=exact(hours))


def _totals(active: Sequence[DoseEvent], weight_kg: float | None) -> Iterable[str]:
    groups: dict[tuple[Drug, Salt], list[DoseEvent]] = {}
    for one in active:
        groups.setdefault((one.drug, one.salt), []).append(one)
    for (drug, salt), group in groups.items():
        unit = _("mg") if salt is Salt.BASE else _("mg of hydrochloride")
        count = translate_plural("{n} dose", "{n} doses", len(group)).format(n=len(group))
        if weight_kg is None and any(one.is_per_kg for one in group):
            amount = _("mg not known: no weight")
        else:
            total = sum(one.amount_mg(weight_kg) for one in group)
            amount = _("{n} {unit} in all").format(n=exact(total), unit=unit)
        yield _("{drug}: {amount}, in {count}").format(drug=drug.value, amount=amount, count=count)
    if not active:
        yield _("No drug is given.")
    for early, late in pairwise(sorted({one.drug.value for one in active})):
        yield _("{first} and {second} are different drugs: mg do not add up.").format(
            first=early, second=late
        )
