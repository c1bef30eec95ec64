"""Acute effects over a session: chances above, rises of pressure below."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator, PercentFormatter

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import brief, percent
from respite.report.picture import Picture, png_of_figure
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.safety import AcuteEffect

SHOWN = ("dissociation", "dizziness", "nausea", "sedation")
"""Effects that are drawn; all stand in the table."""

WITH_BAND = frozenset({"dissociation", "systolic"})
"""What has its interval drawn: bands of all would hide each other."""

READINGS = ("systolic", "diastolic")


def effects_picture(effects: Sequence[AcuteEffect]) -> Picture:
    """Draw the session with the highest levels.

    Parameters
    ----------
    effects
        The answer of ``acute_effects``.
    """
    by_name = {one.effect: one for one in effects}
    felt = [by_name[name] for name in SHOWN if name in by_name]
    rising = [by_name[name] for name in READINGS if name in by_name]

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True)
        _lines(above, felt)
        above.yaxis.set_major_formatter(PercentFormatter(1))
        above.set(ylim=(0, None), ylabel=_("people who feel it now"))
        above.set_title(_("Chance of feeling it, if asked"))
        _lines(below, rising)
        below.set(ylim=(0, None), xlabel=_("hours from the start"), ylabel=_("rise [mmHg]"))
        below.set_title(_("Rise of blood pressure"))
        last = effects[0].times_h[-1]
        below.set_xlim(0, last)
        below.xaxis.set_major_locator(MultipleLocator(style.hour_step(last)))
        for axes in (above, below):
            axes.legend(loc="upper right")

    title = _("Acute effects over a session")
    dissociation, systolic = by_name["dissociation"], by_name["systolic"]
    alt = _(
        "Two panels over hours from the start. Above, chances: dissociation is highest with"
        " {chance} at {when} hours. Below, rises of pressure: systolic by {rise:.0f} mmHg at most."
    ).format(
        chance=percent(max(dissociation.over_time)),
        when=brief(dissociation.peak_h),
        rise=max(systolic.over_time),
    )
    return Picture(
        name="effects",
        title=title,
        alt=alt,
        png=png_of_figure(draw, size=style.TWO_PANELS),
        table=_table(title, [*felt, *rising]),
    )


def _lines(axes: Axes, effects: Sequence[AcuteEffect]) -> None:
    for one, (colour, dash) in zip(effects, style.SERIES, strict=False):
        if one.effect in WITH_BAND:
            label = _("90% of studies") if one.size is None else _("90% of people, systolic")
            low, high = zip(*one.over_time_interval90, strict=True)
            axes.fill_between(
                one.times_h, low, high, color=colour, alpha=style.WRITTEN_BAND, linewidth=0,
                label=label,
            )  # fmt: skip
        axes.plot(
            one.times_h, one.over_time, color=colour, linestyle=dash, linewidth=style.WIDE,
            label=_short(one),
        )  # fmt: skip


def _short(one: AcuteEffect) -> str:
    names = {
        "dissociation": _("dissociation"),
        "systolic": _("systolic"),
        "diastolic": _("diastolic"),
    }
    return names.get(one.effect, one.words)


def _table(title: str, effects: Sequence[AcuteEffect]) -> Table:
    head = (_("Hours"), *(_short(one) for one in effects))
    rows = tuple(
        (
            brief(time),
            *(
                percent(one.over_time[place])
                if one.size is None
                else _("{rise:.0f} mmHg").format(rise=one.over_time[place])
                for one in effects
            ),
        )
        for place, time in enumerate(effects[0].times_h)
    )
    return Table(caption=title, head=head, rows=rows)
