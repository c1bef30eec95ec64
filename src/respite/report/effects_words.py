"""What is said of acute effects: tables, and the sentences below them; every face says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import hours, percent
from respite.report.phrases import as_sentence
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.safety import AcuteEffect

Effects = Sequence["AcuteEffect"]


def felt_table(effects: Effects) -> Table | None:
    """Show the chance of each effect; nothing where there is none.

    Parameters
    ----------
    effects
        The answer of ``acute_effects``.
    """
    felt = [one for one in effects if one.probability is not None]
    if not felt:
        return None
    is_one = felt[0].sessions == 1
    between = () if is_one else (_("in first"), _("in last"))
    head = (_("Effect"), _("once or more"), _("90% interval"), *between, _("placebo"),
            _("unasked"))  # fmt: skip
    return Table(caption=_("How many people feel it"), head=head, rows=tuple(map(_felt_row, felt)))


def _felt_row(one: AcuteEffect) -> tuple[str, ...]:
    between = (
        () if one.sessions == 1 else (percent(one.in_first_session), percent(one.in_last_session))
    )
    return (
        one.words,
        percent(one.probability),
        _("{low} to {high}").format(
            low=percent(one.interval90[0]), high=percent(one.interval90[1])
        ),
        *between,
        percent(one.without_drug),
        percent(one.if_only_told),
    )


def rising_table(effects: Effects) -> Table | None:
    """Show the mean rise of each reading, and where that of one person lies.

    Parameters
    ----------
    effects
        The answer of ``acute_effects``.
    """
    rising = [one for one in effects if one.size is not None]
    if not rising:
        return None
    rows = tuple(
        (
            one.words,
            _rise(one, one.size or 0),
            _("{low:.0f} to {high:.0f}").format(low=one.interval90[0], high=one.interval90[1]),
            hours(one.peak_h),
        )
        for one in rising
    )
    return Table(
        caption=_("How far readings rise at their highest"),
        head=(_("Reading"), _("mean rise"), _("90% of people"), _("highest after")),
        rows=rows,
    )


def _rise(one: AcuteEffect, rise: float) -> str:
    if one.unit == "mmHg":
        return _("{rise:.0f} mmHg").format(rise=rise)
    return _("{rise:.0f} beats a minute").format(rise=rise)


def effect_sentences(effects: Effects) -> tuple[str, ...]:
    """Say what stands out, how to read the tables, and what they rest on.

    Parameters
    ----------
    effects
        The answer of ``acute_effects``.
    """
    if not effects:
        return ()
    by_name = {one.effect: one for one in effects}
    return tuple(
        as_sentence(line)
        for line in (
            *(_outside(effects)),
            *(_dissociation(by_name["dissociation"]) if "dissociation" in by_name else ()),
            *(_pressure(by_name["systolic"]) if "systolic" in by_name else ()),
            _("A chance counts people who are asked at each session; far fewer tell of themselves"),
            *(_repetition(effects[0])),
            _("Over time an effect may end sooner than the level falls"),
            effects[0].basis,
        )
    )


def _outside(effects: Effects) -> tuple[str, ...]:
    """Say once in which respects the plan is outside, and apart what holds for readings alone."""
    felt = [one for one in effects if one.if_only_told is not None and one.is_outside]
    rising = [one for one in effects if one.if_only_told is None and one.is_outside]
    said = felt[0].outside_because if felt else ()
    lines = (_("This plan is outside what was studied for acute effects"), *said) if felt else ()
    more = [line for line in rising[0].outside_because if line not in said] if rising else []
    if more:
        lines += (_("For pressure and heart rate it is outside what was studied"), *more)
    return lines


def _dissociation(one: AcuteEffect) -> tuple[str, ...]:
    if one.probability is None:
        return ()
    low, high = (percent(end) for end in one.interval90)
    chance = percent(one.probability)
    if one.sessions == 1:
        text = _(
            "{chance} of people dissociate ({low} to {high}), most likely {when} after the start"
        )
        return (text.format(chance=chance, low=low, high=high, when=hours(one.peak_h)),)
    text = _(
        "{chance} of people dissociate at least once in {sessions} sessions ({low} to {high}):"
        " {first} in the first, {last} in the last"
    )
    return (
        text.format(
            chance=chance,
            sessions=one.sessions,
            low=low,
            high=high,
            first=percent(one.in_first_session),
            last=percent(one.in_last_session),
        ),
    )


def _pressure(one: AcuteEffect) -> tuple[str, ...]:
    text = _(
        "Systolic pressure rises by {rise} on average, in one person by {low:.0f} to {high:.0f}"
        " mmHg; it is highest {when} after the start"
    )
    return (
        text.format(
            rise=_rise(one, one.size or 0),
            low=one.interval90[0],
            high=one.interval90[1],
            when=hours(one.peak_h),
        ),
    )


def _repetition(one: AcuteEffect) -> tuple[str, ...]:
    if one.sessions == 1 and one.sessions_before == 0:
        return ()
    return (
        _(
            "What people feel weakens from session to session and comes back after weeks without;"
            " pressure does not weaken, so a calm session is no reason to measure less"
        ),
    )
