"""Days with relief against what is given: one small panel for each thing that is varied."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.dose_words import EXTRAPOLATED, value_words, way_words, ways_in
from respite.report.numerals import rounded
from respite.report.picture import Picture, png_of_figure
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.forecasting import DoseDuration, PlanDays

COLUMNS = 2


def dose_picture(answer: DoseDuration) -> Picture:
    """Draw one panel for each thing that is varied, all to one scale."""
    ways = ways_in(answer)
    lines = ceil(len(ways) / COLUMNS)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(lines, COLUMNS, sharey=True, squeeze=False).flatten().tolist()
        for panel, way in zip(panels, ways, strict=False):
            _panel(panel, way, [row for row in answer.rows if row.varied.way == way])
        for panel in panels[len(ways) :]:
            panel.set_visible(False)
        for panel in panels[::COLUMNS]:
            panel.set_ylabel(_("days with relief"))
        panels[0].set_ylim(bottom=0)
        names, labels = panels[0].get_legend_handles_labels()
        figure.legend(names, labels, loc="outside lower left", ncols=2)
        figure.suptitle(_("Days with relief by the drug alone"), x=0, ha="left")

    title = _("Days with relief by the drug alone, one thing varied at a time")
    rows = tuple(
        (
            f"{way_words(row.varied.way)}: {value_words(row)}",
            rounded(row.mean_days),
            *(rounded(end) for end in (*row.studies80_days, *row.people80_days)),
        )
        for row in answer.rows
    )
    head = (
        _("Plan"),
        _("mean days"),
        _("studies, 10%"),
        _("studies, 90%"),
        _("people, 10%"),
        _("people, 90%"),
    )
    told = "; ".join(_told(answer, way) for way in ways)
    alt = _("Small panels to one scale, mean days with relief by the drug: {told}.")
    size = (style.SIZE[0], style.PANEL_HIGH * lines + 1)
    return Picture(
        name="dose-duration",
        title=title,
        alt=alt.format(told=told),
        png=png_of_figure(draw, size=size),
        table=Table(caption=title, head=head, rows=rows),
    )


def _panel(axes: Axes, way: str, rows: list[PlanDays]) -> None:
    places = range(len(rows))
    mean = [row.mean_days for row in rows]
    _bands(axes, rows, is_line=way != "route")
    axes.plot(
        places, mean, color=style.BLUE, linewidth=style.WIDE, marker="o",
        markersize=style.POINT, linestyle="" if way == "route" else "-", label=_("mean"),
    )  # fmt: skip
    base = [place for place, row in enumerate(rows) if row.varied.is_base]
    axes.plot(
        base, [mean[place] for place in base], linestyle="", marker="o", fillstyle="none",
        markersize=2 * style.POINT, color=style.INK, label=_("the base plan"),
    )  # fmt: skip
    axes.set_title(way_words(way))
    axes.set_xticks(list(places), [value_words(row) for row in rows])
    axes.tick_params(axis="x", labelsize=style.SMALL, labelrotation=40)
    if any(row.outside for row in rows):
        axes.set_xlabel(
            _("{mark} not studied by this route").format(mark=EXTRAPOLATED), fontsize=style.SMALL
        )


def _bands(axes: Axes, rows: list[PlanDays], *, is_line: bool) -> None:
    """Draw the two bands: what people differ by, and what studies leave open."""
    places = list(range(len(rows)))
    people = [row.people80_days for row in rows]
    studies = [row.studies80_days for row in rows]
    for pairs, shade, width, label in (
        (people, style.WRITTEN_BAND, 2 * style.POINT, _("80% of people")),
        (studies, 2 * style.EXPECTED_BAND, style.POINT, _("80%, what studies leave open")),
    ):
        low, high = ([pair[end] for pair in pairs] for end in (0, 1))
        if is_line:
            axes.fill_between(
                places, low, high, color=style.BLUE, alpha=shade, linewidth=0, label=label
            )
        else:
            axes.vlines(places, low, high, color=style.BLUE, alpha=shade, linewidth=width)


def _told(answer: DoseDuration, way: str) -> str:
    rows = [row for row in answer.rows if row.varied.way == way]
    values = ", ".join(f"{value_words(row)} {rounded(row.mean_days)}" for row in rows)
    return f"{way_words(way)} {values}"
