"""Plans side by side: what is said of them, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from respite.domain import listed
from respite.domain import translate as _
from respite.report import basis
from respite.report.numerals import brief, days, percent, rounded
from respite.report.phrases import as_sentence, threshold_words
from respite.report.plans_page import PlansPage, certainty_words
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.forecasting import ComparedPlan, PlanComparison, TimeToPainReturn
    from respite.safety import AcuteEffect

NAMES = "ABCDEF"
"""What plans are called in tables and figures."""

PEAK_OF = ("ketamine", "s-ketamine")
"""The analyte whose peak is shown: the first of these that a plan gives."""


def comparison_page(answer: PlanComparison) -> PlansPage:
    """Say what several plans give, side by side."""
    first = answer.plans[0].forecast
    grade, why = certainty_words(dict(first.certainty))
    question = [
        (_("For"), as_sentence(first.people)),
        *((NAMES[place], plan.forecast.regimen) for place, plan in enumerate(answer.plans)),
        (_("Relief"), _("at least {relief}").format(relief=threshold_words(first.threshold))),
        (
            _("Window"),
            _("day {day} from the first dose, the same for every plan").format(
                day=answer.window_days
            ),
        ),
    ]
    return PlansPage(
        title=_("Which plan gives what?"),
        headline=(*_most_days(answer), *_not_apart(answer), *_by_less_than_a_day(answer)),
        grade=grade,
        why=why,
        question=tuple(question),
        tables=(side_by_side(answer), better_table(answer), by_a_day_table(answer)),
        notes=_notes(answer),
        assumed=tuple(
            dict.fromkeys(line for plan in answer.plans for line in plan.forecast.assumed)
        ),
    )


def _most_days(answer: PlanComparison) -> tuple[str, ...]:
    order = sorted(range(len(answer.plans)), key=lambda place: -answer.plans[place].days_by_drug)
    told = [
        _("{plan} {days}").format(plan=NAMES[place], days=days(answer.plans[place].days_by_drug))
        for place in order
    ]
    return (
        _(
            "Days with relief that the drug itself gives, on average over people, within"
            " {window} days of the first dose: {plans}."
        ).format(window=answer.window_days, plans=listed(told)),
    )


def _not_apart(answer: PlanComparison) -> tuple[str, ...]:
    """Say which plans cannot be told apart for one person."""
    pairs = answer.cannot_be_told_apart()
    if not pairs:
        return (
            _("For one person, every plan can be told from every other by that count of days."),
        )
    text = _(
        "{first} and {second} cannot be told apart for one person: {first} gives more days in"
        " {better}, {second} in {worse}, and both as many in {same}."
    )
    return tuple(
        text.format(
            first=NAMES[first],
            second=NAMES[second],
            better=percent(answer.better[first][second] - answer.same[first][second] / 2),
            worse=percent(answer.better[second][first] - answer.same[first][second] / 2),
            same=percent(answer.same[first][second]),
        )
        for first, second in pairs
    )


def _by_less_than_a_day(answer: PlanComparison) -> tuple[str, ...]:
    """Say which plans differ, and yet by less than a day in most people."""
    apart = answer.cannot_be_told_apart()
    text = _("{first} gives more than {second} in {share}, but a day more in {day} only.")
    places = range(len(answer.plans))
    return tuple(
        text.format(
            first=NAMES[first],
            second=NAMES[second],
            share=percent(answer.better[first][second]),
            day=percent(answer.better_by_a_day[first][second]),
        )
        for first in places
        for second in places
        if answer.better[first][second] > 0.5 > answer.better_by_a_day[first][second]
        and (first, second) not in apart
        and (second, first) not in apart
    )


def side_by_side(answer: PlanComparison) -> Table:
    """Show what each plan gives, one column for each."""
    plans = answer.plans
    rows = [
        (_("Relief for a day or more"), *(percent(_lasting(one)) for one in _felt(plans))),
        (_("the same, drug alone"), *(percent(_lasting(p.forecast.drug_only)) for p in plans)),
        (_("Pain returns, median days after the last dose"), *map(_median, _felt(plans))),
        (_("80% interval, days"), *map(_interval, _felt(plans))),
    ]
    for day in (28, 84):
        if all(day in one.survival for one in _felt(plans)):
            label = _("Relief still holding {days} days after").format(days=day)
            rows.append((label, *(percent(one.survival[day]) for one in _felt(plans))))
    rows += [
        (_("Days with relief by the drug"), *(rounded(plan.days_by_drug) for plan in plans)),
        (_("Last dose ends on day"), *(rounded(p.forecast.last_dose_end_day) for p in plans)),
        (_("Next dose by, days after the last"), *map(_next, plans)),
        (_("Highest level, median ng/mL"), *map(_peak, plans)),
        (_("Dissociation, once or more"), *(_chance(plan, "dissociation") for plan in plans)),
        (_("Nausea, once or more"), *(_chance(plan, "nausea") for plan in plans)),
        (_("Mean rise of systolic pressure, mmHg"), *map(_rise, plans)),
    ]
    return Table(
        caption=_("Side by side"), head=(_("Plan"), *NAMES[: len(plans)]), rows=tuple(rows)
    )


def better_table(answer: PlanComparison) -> Table:
    """Show the chance that one plan gives a person more days than another."""
    return _square(
        _("Chance that the plan of the row gives one person more days than that of the column"),
        answer.better,
    )


def by_a_day_table(answer: PlanComparison) -> Table:
    """Show the chance that one plan gives a person at least a day more than another."""
    return _square(
        _("The same, counting only those who have at least one day more"), answer.better_by_a_day
    )


def _square(caption: str, shares: tuple[tuple[float, ...], ...]) -> Table:
    names = NAMES[: len(shares)]
    rows = tuple(
        (names[row], *("-" if row == column else percent(share) for column, share in enumerate(of)))
        for row, of in enumerate(shares)
    )
    return Table(caption=caption, head=(_("Plan"), *names), rows=rows)


def _felt(plans: tuple[ComparedPlan, ...]) -> tuple[TimeToPainReturn, ...]:
    return tuple(plan.forecast.time_to_pain_return for plan in plans)


def _lasting(times: TimeToPainReturn) -> float:
    return times.p_returns + times.p_beyond_horizon


def _median(times: TimeToPainReturn) -> str:
    return "-" if times.median_days is None else rounded(times.median_days)


def _interval(times: TimeToPainReturn) -> str:
    if times.interval80_days is None:
        return "-"
    low, high = times.interval80_days
    return _("{low} to {high}").format(low=rounded(low), high=rounded(high))


def _next(plan: ComparedPlan) -> str:
    day = plan.forecast.next_dose_by.day_after_last_dose
    return "-" if day is None else str(day)


def _peak(plan: ComparedPlan) -> str:
    peaks = {one.analyte: one.q50 for one in plan.exposures if one.metric == "cmax"}
    return next((brief(peaks[name]) for name in PEAK_OF if name in peaks), "-")


def _chance(plan: ComparedPlan, effect: str) -> str:
    """Give the chance of an effect, once or more over the plan."""
    found = {one.effect: one.probability for one in _effects(plan)}.get(effect)
    return "-" if found is None else percent(found)


def _rise(plan: ComparedPlan) -> str:
    found = {one.effect: one.size for one in _effects(plan)}.get("systolic")
    return "-" if found is None else rounded(found)


def _effects(plan: ComparedPlan) -> tuple[AcuteEffect, ...]:
    return cast("tuple[AcuteEffect, ...]", plan.adverse_effects)


def outside(scope: tuple[Mapping[str, str], ...]) -> tuple[Mapping[str, str], ...]:
    """Keep what lies outside what was studied."""
    return tuple(line for line in scope if line.get("status") == "outside")


def _notes(answer: PlanComparison) -> tuple[str, ...]:
    scope = tuple(
        dict.fromkeys(
            line
            for plan in answer.plans
            for line in basis.scope_lines(outside(plan.forecast.scope))
        )
    )
    return (
        _(
            "Every plan is tried on the same people, so that chance does not decide between them;"
            " ties count half."
        ),
        _(
            "Two plans cannot be told apart where the chance that one gives more days lies"
            " between 20% and 80%. Minutes count as much as weeks in that chance: see the last"
            " table."
        ),
        _(
            "The first rows count from the last dose of each plan, the days with relief from its"
            " first."
        ),
        *_of_effects(answer),
        *scope,
    )


def _of_effects(answer: PlanComparison) -> tuple[str, ...]:
    """Say why a plan has no chance of an effect on the day; elsewhere, where more is told."""
    missing = {
        name: plan.missing["adverse_effects"]
        for name, plan in zip(NAMES, answer.plans, strict=False)
        if "adverse_effects" in plan.missing
    }
    return (
        *(
            _("Of {plan} no effect on the day is told: {why}").format(
                plan=name, why=as_sentence(why)
            )
            for name, why in missing.items()
        ),
        _("Effects on the day are told one by one, with their spread, by respite check."),
    )
