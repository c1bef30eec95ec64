"""The expected PHQ-9 over time."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import brief
from respite.report.picture import Picture, png_of
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import MoodForecast

WORST = 27
SHOWN_EVERY = 7


def mood_picture(mood: MoodForecast) -> Picture | None:
    """Draw the expected PHQ-9 with its band; nothing where there is no score to start from."""
    course = mood.course
    if course is None:
        return None

    def draw(axes: Axes) -> None:
        axes.fill_between(
            course.day, course.q10, course.q90, color=style.GREEN, alpha=style.EXPECTED_BAND,
            linewidth=0, label=_("80% of people"),
        )  # fmt: skip
        axes.plot(course.day, course.mean, color=style.GREEN, linewidth=style.WIDE, label=_("mean"))
        axes.set(
            xlim=(0, course.day[-1]),
            ylim=(0, WORST),
            xlabel=_("days from the first dose"),
            ylabel=_("expected PHQ-9 (0-27)"),
        )
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(course.day[-1])))
        axes.legend(loc="upper right", ncols=2)

    title = _("Depression over time, expected PHQ-9")
    rows = tuple(
        (brief(day), *(f"{values[place]:.1f}" for values in (course.mean, course.q10, course.q90)))
        for place, day in enumerate(course.day)
        if day % SHOWN_EVERY == 0 or day <= 2
    )
    head = (_("Day"), _("mean"), _("10% of people"), _("90% of people"))
    alt = _(
        "Line of the mean PHQ-9 with a band for 80% of people: {start:.0f} at first, {lowest:.0f}"
        " at its lowest, {last:.0f} at the end."
    ).format(start=course.mean[0], lowest=min(course.mean), last=course.mean[-1])
    table = Table(caption=title, head=head, rows=rows)
    png = png_of(draw, title, size=style.SHORT)
    return Picture(name="mood", title=title, alt=alt, png=png, table=table)
