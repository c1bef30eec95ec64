"""What was predicted and what was seen, figure by figure, on one page for each role."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.agreement_sentences import headline, role_words, what_was_seen
from respite.report.agreement_tables import figures_table
from respite.report.picture import Picture, png_of_figure
from respite.report.pooling_sentences import days_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.evidence import Agreement
    from respite.literature import PredictedFigure

UNITS = ("points", "%")
"""One panel for each."""


def agreement_picture(answer: Agreement, role: str) -> Picture | None:
    """Draw predicted intervals and what was seen, for the figures of one role.

    Parameters
    ----------
    answer
        The answer.
    role
        Which figures.

    Returns
    -------
    The picture; ``None`` where there is no number to draw.
    """
    shown = [
        (unit, its)
        for unit in UNITS
        if (its := [one for one in answer.figures if _can_be_drawn(one, role, unit)])
    ]
    if not shown:
        return None
    lines = sum(len(its) for _unit, its in shown)

    def draw(drawing: Figure) -> None:
        panels: list[Axes] = list(
            drawing.subplots(
                len(shown), 1, squeeze=False, height_ratios=[len(its) + 1 for _u, its in shown]
            ).flat
        )
        for axes, (unit, its) in zip(panels, shown, strict=True):
            _draw_panel(axes, its, unit)
        panels[0].set_title(_("Predicted (bars) and seen (marks)"))

    alt = _(
        "For each figure a bar that holds nine in ten predictions and a darker one that holds"
        " half, with a mark where the study saw it: filled where it lies within, hollow and"
        " orange where it does not. {told}"
    ).format(told=" ".join(headline(answer)))
    height = style.FOREST_AROUND + style.FOREST_LINE * (lines + 2 * len(shown))
    return Picture(
        name=f"agreement-{role}",
        title=_("Predicted and seen: {role}").format(role=role_words(role)),
        alt=alt,
        png=png_of_figure(draw, size=(style.SIZE[0], height)),
        table=figures_table(answer, role),
    )


def _can_be_drawn(one: PredictedFigure, role: str, unit: str) -> bool:
    return one.role == role and one.unit == unit and not isinstance(one.predicted90, str)


def _draw_panel(axes: Axes, figures: Sequence[PredictedFigure], unit: str) -> None:
    for place, one in enumerate(figures):
        _draw_figure(axes, one, -place)
    axes.set_yticks([-place for place in range(len(figures))], [_name(one) for one in figures])
    axes.tick_params(axis="y", length=0, labelsize=style.SMALL)
    axes.set_ylim(0.5 - len(figures), 0.5)
    axes.set_xlabel(_("points of 10") if unit == "points" else _("% of people, or of pain"))
    axes.grid(axis="x", color=style.GRID, linewidth=style.HAIR)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _name(one: PredictedFigure) -> str:
    """Name a figure in two lines: who, and what at which time."""
    what = textwrap.shorten(one.what, style.NAME_LETTERS, placeholder="…")
    return f"{one.study}, {what_was_seen(one)}\n{what}, {days_words(one.time_days)}"


def _draw_figure(axes: Axes, one: PredictedFigure, height: float) -> None:
    for pair, width, shade in (
        (one.predicted90, style.BAR_90, style.SKY),
        (one.predicted50, style.BAR_50, style.BLUE),
    ):
        if not isinstance(pair, str):
            axes.plot(pair, (height, height), color=shade, linewidth=width, solid_capstyle="butt")
    if isinstance(one.observed, str):
        return
    is_inside = one.inside90 is not False
    if not isinstance(one.observed95, str):
        axes.plot(one.observed95, (height, height), color=style.INK, linewidth=style.HAIR)
    axes.plot(
        [one.observed],
        [height],
        marker="o" if is_inside else "D",
        markersize=style.POINT,
        markeredgecolor=style.INK if is_inside else style.ORANGE,
        markerfacecolor=style.INK if is_inside else "white",
        markeredgewidth=style.RIM,
    )
