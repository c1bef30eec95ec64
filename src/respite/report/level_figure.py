"""Levels in plasma over the first days."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator, StrMethodFormatter

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import brief
from respite.report.picture import Picture, png_of
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.population import LevelCurve


def level_picture(levels: tuple[LevelCurve, ...]) -> Picture:
    """Draw levels over the first days: median, and the band of 90 % of people."""
    shown = [_first_days(curve) for curve in levels]
    middles = [curve.q50[i] for curve, places in shown for i in places]
    peak = max(middles, default=0.0)
    logarithmic = _needs_logarithm(shown)
    floor = peak / style.DECADES_SHOWN

    def draw(axes: Axes) -> None:
        for (curve, places), (colour, dash) in zip(shown, style.SERIES * len(shown), strict=False):
            time = [curve.time_h[i] for i in places]
            low, high = ([band[i] for i in places] for band in (curve.q05, curve.q95))
            if logarithmic:
                low = [max(value, floor) for value in low]
            name = f"{curve.analyte}, {curve.site}"
            axes.fill_between(
                time, low, high, color=colour, alpha=style.WRITTEN_BAND, linewidth=0,
                label=_("{name}: 90% of people").format(name=name),
            )  # fmt: skip
            axes.plot(
                time, [curve.q50[i] for i in places], color=colour, linestyle=dash,
                linewidth=style.WIDE, label=_("{name}: median").format(name=name),
            )  # fmt: skip
        if logarithmic:
            axes.set_yscale("log")
            axes.set_ylim(bottom=floor)
            axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        else:
            axes.set_ylim(bottom=0)
        axes.set(xlabel=_("hours from the first dose"), ylabel=_("concentration (ng/mL)"))
        last = max(curve.time_h[places[-1]] for curve, places in shown)
        axes.set_xlim(0, last)
        axes.xaxis.set_major_locator(MultipleLocator(style.hour_step(last)))

    title = _("Levels in plasma over the first days")
    rows = tuple(
        (f"{curve.analyte}, {curve.site}", *(brief(v) for v in _summary(curve, places)))
        for curve, places in shown
    )
    head = (_("Level"), _("peak of the median (ng/mL)"), _("at (h)"), _("highest 95% (ng/mL)"))
    told = "; ".join(
        _("{name} peaks at {peak} ng/mL after {hours} h").format(
            name=row[0], peak=row[1], hours=row[2]
        )
        for row in rows
    )
    alt = _("Line chart of levels over time, with a band for 90% of people: {told}.").format(
        told=told
    )
    table = Table(caption=title, head=head, rows=rows)
    png = png_of(draw, title, below=True)
    return Picture(name="levels", title=title, alt=alt, png=png, table=table)


def _first_days(curve: LevelCurve) -> tuple[LevelCurve, list[int]]:
    until = 24 * style.FIRST_DAYS
    return curve, [i for i, time in enumerate(curve.time_h) if time <= until]


def _needs_logarithm(shown: list[tuple[LevelCurve, list[int]]]) -> bool:
    """Tell whether troughs between doses would vanish on a linear axis."""
    for curve, places in shown:
        middles = [curve.q50[i] for i in places]
        risen = middles[middles.index(max(middles)) :]
        if min(risen) > 0 and max(risen) > style.LOGARITHMIC_FROM * min(risen):
            return True
    return False


def _summary(curve: LevelCurve, places: list[int]) -> tuple[float, float, float]:
    top = max(places, key=curve.q50.__getitem__)
    return curve.q50[top], curve.time_h[top], max(curve.q95[i] for i in places)
