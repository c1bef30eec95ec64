"""Acute effects: what the model says of each study that was left out, and what it saw."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.phrases import spoken
from respite.report.picture import Picture, png_of_figure
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.literature import AcuteFit, PredictedEffect


def acute_fit_picture(fit: AcuteFit) -> Picture:
    """Draw the interval that was predicted for each figure, and where the study saw it.

    Parameters
    ----------
    fit
        The fit.
    """
    shares = [one for one in fit.figures if one.unit == "%"]
    rises = [one for one in fit.figures if one.unit != "%"]
    panels = [
        (figures, words)
        for figures, words in (
            (shares, _("% of people")),
            (rises, _("rise [mmHg; beats a minute]")),
        )
        if figures
    ]

    def draw(figure: Figure) -> None:
        heights = [len(figures) + 1 for figures, _words in panels]
        every = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights).flat
        for axes, (figures, words) in zip(every, panels, strict=True):
            _panel(axes, figures, words)
            if figures is panels[0][0]:
                axes.set_title(_("Predicted and seen"))

    held = sum(one.holds for one in fit.figures)
    alt = _(
        "For each figure a bar that holds nine in ten predictions, with a mark where the study saw"
        " it: filled where it lies within, hollow and orange where it does not. {held} of {all} lie"
        " within."
    ).format(held=held, all=len(fit.figures))
    lines = len(fit.figures) + 2 * len(panels)
    height = style.FOREST_AROUND + style.FOREST_LINE * lines / 2
    title = _("Acute effects, predicted and seen")
    return Picture(
        name="acute-effects",
        title=title,
        alt=alt,
        png=png_of_figure(draw, size=(style.SIZE[0], height)),
        table=_table(title, fit.figures),
    )


def _panel(axes: Axes, figures: Sequence[PredictedEffect], words: str) -> None:
    for place, one in enumerate(figures):
        low, middle, high = one.predicted
        axes.plot(
            (low, high), (-place, -place), color=style.SKY, linewidth=style.BAR_90,
            solid_capstyle="butt",
        )  # fmt: skip
        axes.plot(
            [middle], [-place], marker="|", markersize=style.BAR_50, color=style.BLUE,
            markeredgewidth=style.RIM,
        )  # fmt: skip
        axes.plot(
            [one.observed],
            [-place],
            marker="o" if one.holds else "D",
            markersize=style.POINT,
            markeredgecolor=style.INK if one.holds else style.ORANGE,
            markerfacecolor=style.INK if one.holds else "white",
            markeredgewidth=style.RIM,
        )
    names = [_name(one) for one in figures]
    axes.set_yticks([-place for place in range(len(figures))], names)
    axes.tick_params(axis="y", length=0, labelsize=style.SMALL)
    axes.set_ylim(0.5 - len(figures), 0.5)
    axes.set_xlabel(words)
    axes.grid(axis="y", visible=False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _name(one: PredictedEffect) -> str:
    study = textwrap.shorten(spoken(one.study), style.NAME_LETTERS, placeholder="…")
    return f"{study}: {spoken(one.effect)}, {one.arm}"


def _table(title: str, figures: Sequence[PredictedEffect]) -> Table:
    return Table(
        caption=title,
        head=(_("Study"), _("effect"), _("seen"), _("predicted, 5%"), _("50%"), _("95%")),
        rows=tuple(
            (
                spoken(one.study),
                f"{spoken(one.effect)}, {one.arm}",
                *(f"{value:.3g}" for value in (one.observed, *one.predicted)),
            )
            for one in figures
        ),
    )
