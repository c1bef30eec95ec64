"""Days with relief against what is given: what is said of it, and the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from respite.domain import listed
from respite.domain import translate as _
from respite.report import basis
from respite.report.comparison_words import outside
from respite.report.numerals import brief, days, percent, rounded, span
from respite.report.phrases import as_sentence, threshold_words
from respite.report.plans_page import PlansPage, certainty_words
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.forecasting import DoseDuration, PlanDays

EXTRAPOLATED = "*"
"""Stands beside what was not studied."""


def way_words(way: str) -> str:
    """Say what is varied."""
    words = {
        "dose": _("Dose"),
        "hours": _("Hours, at the same rate"),
        "slower": _("Same dose over more hours"),
        "sessions": _("Sessions"),
        "interval": _("Interval"),
        "route": _("Route"),
    }
    return words[way]


def doubled_words(way: str) -> str:
    """Say what is doubled."""
    words = {
        "rate": _("twice the dose in the same time"),
        "hours": _("twice the hours at the same rate"),
        "sessions": _("twice the sessions in the same days"),
        "days": _("twice the days"),
    }
    return words[way]


def value_words(row: PlanDays) -> str:
    """Say how far a thing is varied, with its unit and a mark where that was not studied."""
    value, unit, mark = row.varied.value, row.varied.unit, EXTRAPOLATED if row.outside else ""
    if isinstance(value, str):
        return f"{value}{mark}"
    if unit == "h":
        return _("{hours} h").format(hours=brief(value)) if value >= 1 else _minutes(value)
    if unit == "days":
        return days(value)
    return " ".join(word for word in (brief(value), unit) if word) + mark


def _minutes(hours: float) -> str:
    return _("{minutes} min").format(minutes=brief(hours * 60))


def dose_page(answer: DoseDuration) -> PlansPage:
    """Say how days with relief depend on what is given."""
    grade, why = certainty_words(dict(answer.certainty))
    base = next((row for row in answer.rows if row.varied.is_base), answer.rows[0])
    relief = threshold_words(answer.threshold)
    return PlansPage(
        title=_("What buys more days with relief?"),
        headline=(_of_base(answer, base), *_of_doubling(answer)),
        grade=grade,
        why=why,
        question=(
            (_("For"), as_sentence(answer.people)),
            (_("Base"), answer.base),
            (_("Relief"), _("at least {relief}, by the drug alone").format(relief=relief)),
            (
                _("Window"),
                _("day {day} from the first dose, the same for every plan").format(
                    day=answer.window_days
                ),
            ),
        ),
        tables=(
            doubling_table(answer),
            *(way_table(answer, way) for way in ways_in(answer)),
        ),
        notes=_notes(answer),
        assumed=answer.assumed,
    )


def ways_in(answer: DoseDuration) -> tuple[str, ...]:
    """List what is varied, in order."""
    return tuple(dict.fromkeys(row.varied.way for row in answer.rows))


def _of_base(answer: DoseDuration, base: PlanDays) -> str:
    return _(
        "{regimen} gives {mean} with relief by the drug alone, on average over people"
        " (80% of what studies leave open: {studies}; 80% of people: {people})."
    ).format(
        regimen=answer.base,
        mean=days(base.mean_days),
        studies=span(*base.studies80_days),
        people=span(*base.people80_days),
    )


def _of_doubling(answer: DoseDuration) -> tuple[str, ...]:
    if not answer.doubling:
        return ()
    each = listed(
        [
            _("{days} by {way}").format(days=days(one.mean_gain_days), way=doubled_words(one.way))
            for one in answer.doubling
        ]
    )
    said = [_("Doubling adds, on average over people: {each}.").format(each=each)]
    rate = next((one for one in answer.doubling if one.way == "rate"), None)
    if rate is not None:
        text = _(
            "In the typical responder, twice the dose in the same time lets relief last {after}"
            " longer after the last dose; one half-time of slow relief is {half}."
        )
        after, half = days(rate.responder_after_gain_days), days(answer.half_time_days)
        said.append(text.format(after=after, half=half))
    return tuple(said)


def doubling_table(answer: DoseDuration) -> Table:
    """Show what each way of doubling buys."""
    rows = tuple(
        (
            doubled_words(one.way),
            rounded(one.responder_gain_days),
            rounded(one.responder_after_gain_days),
            rounded(one.mean_gain_days),
            _("{low} to {high}").format(
                low=rounded(one.mean_gain80_days[0]), high=rounded(one.mean_gain80_days[1])
            ),
            percent(one.chance_of_a_week),
        )
        for one in answer.doubling
    )
    head = (
        _("Doubling"),
        _("typical responder"),
        _("of it after the last dose"),
        _("mean over people"),
        _("80%, studies"),
        _("chance of a week or more"),
    )
    return Table(caption=_("What doubling buys: days with relief gained"), head=head, rows=rows)


def way_table(answer: DoseDuration, way: str) -> Table:
    """Show days with relief against one thing that is varied."""
    rows = tuple(
        (
            _("{value} (base)").format(value=value_words(row))
            if row.varied.is_base
            else value_words(row),
            rounded(row.mean_days),
            _pair(row.studies80_days),
            _pair(row.people80_days),
        )
        for row in answer.rows
        if row.varied.way == way
    )
    head = (way_words(way), _("mean days"), _("80%, studies"), _("80%, people"))
    caption = _("Days with relief by the drug alone: {way}").format(way=way_words(way).lower())
    return Table(caption=caption, head=head, rows=rows)


def _pair(pair: tuple[float, float]) -> str:
    return _("{low} to {high}").format(low=rounded(pair[0]), high=rounded(pair[1]))


def _notes(answer: DoseDuration) -> tuple[str, ...]:
    left = tuple(
        as_sentence(
            _("Left out, {way}: {reason}").format(
                way=_left_words(one.way, one.value), reason=one.because
            )
        )
        for one in answer.left_out
    )
    star = ()
    if any(row.outside for row in answer.rows):
        star = (_("{mark} The time course was not studied by this route.").format(
            mark=EXTRAPOLATED
        ),)  # fmt: skip
    return (
        _(
            "One thing is varied at a time, on the same people throughout. The first band is what"
            " studies leave open about the mean; the second is how people of one study differ."
        ),
        _("More is not safer: side effects, upper limits and yearly dose are not weighed here."),
        *star,
        *left,
        *basis.scope_lines(outside(answer.scope)),
    )


def _left_words(way: str, value: float | str | None) -> str:
    name = doubled_words(way) if way in ("rate", "days") else way_words(way).lower()
    if value is None or (way in ("rate", "days")):
        return name
    shown = value if isinstance(value, str) else brief(value)
    return f"{name} {shown}"


def dose_rows(answer: DoseDuration) -> list[dict[str, Any]]:
    """Give one row for each plan, for a table of a program."""
    return [
        {
            "way": row.varied.way,
            "value": row.varied.value,
            "unit": row.varied.unit,
            "regimen": str(row.varied.regimen),
            "is_base": row.varied.is_base,
            "mean_days": row.mean_days,
            "studies80_from": row.studies80_days[0],
            "studies80_to": row.studies80_days[1],
            "people80_from": row.people80_days[0],
            "people80_to": row.people80_days[1],
            "extrapolated": bool(row.outside),
        }
        for row in answer.rows
    ]
