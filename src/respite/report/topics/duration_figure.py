"""How long relief lasts after each kind of course: hours and months on one axis."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.ticker import NullLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import exists
from respite.report.picture import Picture, png_of_figure
from respite.report.topics.course_words import course_table, in_short, name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.report.topics.answers import Course

HOURS_OF_A_DAY, LAST_DAY = 24, 180


def duration_picture(courses: Sequence[Course]) -> Picture:
    """Draw when relief ends after each course, for those who have it for hours and for days."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        for place, one in enumerate(courses):
            _draw_course(axes, place, one)
        axes.axvline(1, color=style.INK, linewidth=style.HAIR, linestyle=":")
        _scale(axes)
        names = [textwrap.fill(name_of(one), style.NAME_LETTERS) for one in courses]
        axes.set_yticks(range(len(courses)), names, fontsize=style.SMALL)
        axes.set_ylim(len(courses) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        figure.suptitle(title, x=0, ha="left", fontsize="medium")
        handles, labels = axes.get_legend_handles_labels()
        once = dict(zip(labels, handles, strict=True))
        figure.legend(once.values(), once, loc="outside lower left")

    title = _("When relief ends, by kind of course")
    alt = _(
        "One line for each kind of course, over time from an hour to six months. An open mark shows"
        " when relief ends that lasts for hours only; a line with a mark, when relief ends that"
        " lasts for a day or more. {told}"
    ).format(told=" ".join(in_short(one) for one in courses))
    height = style.LINES_AROUND + 2 * style.LINE * len(courses)
    png = png_of_figure(draw, size=(style.PANELS[0], height))
    return Picture(
        name="durations", title=title, alt=alt, png=png, table=course_table(tuple(courses))
    )


def _draw_course(axes: Axes, place: int, one: Course) -> None:
    times = one.forecast.time_to_pain_return
    if exists(times.hours_only_median_h):
        axes.plot(
            [times.hours_only_median_h / HOURS_OF_A_DAY], [place], linestyle="none", marker="o",
            color=style.ORANGE, markerfacecolor="white", markersize=2 * style.POINT,
            label=_("relief for hours only: middle of these people"),
        )  # fmt: skip
    if times.interval80_days is None or not exists(times.median_days):
        return
    axes.plot(
        list(times.interval80_days), [place, place], color=style.BLUE, linewidth=style.BAR_90,
        solid_capstyle="butt", label=_("relief for a day or more: middle 80% of these people"),
    )  # fmt: skip
    axes.plot(
        [times.median_days], [place], linestyle="none", marker="D", color=style.BLUE,
        markersize=2 * style.POINT, label=_("middle of these people"),
    )  # fmt: skip


def _scale(axes: Axes) -> None:
    """Mark hours, days, weeks and months on a logarithmic axis."""
    words = {
        1 / HOURS_OF_A_DAY: _("1 hour"),
        6 / HOURS_OF_A_DAY: _("6 hours"),
        1: _("1 day"),
        7: _("1 week"),
        30: _("1 month"),
        LAST_DAY: _("6 months"),
    }
    axes.set_xscale("log")
    axes.set_xlim(1 / HOURS_OF_A_DAY / 2, LAST_DAY)
    axes.set_xticks(list(words), list(words.values()))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(_("after the last dose (logarithmic)"))
