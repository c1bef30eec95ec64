"""What each trial saw and what all say together: a forest plot."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matplotlib.ticker import FuncFormatter, NullLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.picture import Picture, png_of_figure
from respite.report.pooling_sentences import (
    NO_DIFFERENCE,
    days_words,
    figure,
    headline,
    interval,
)
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.evidence import Pool

Mark = Literal["trial", "imputed", "pooled", "beside", "prediction", "published"]

COLOURS: dict[Mark, str] = {
    "trial": style.BLUE,
    "imputed": style.BLUE,
    "pooled": style.INK,
    "beside": style.QUIET,
    "prediction": style.INK,
    "published": style.ORANGE,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the plot: its name, its figures, and how it is marked."""

    name: str
    mark: Mark
    estimate: float | None
    pair: tuple[float, float] | None
    weight: float = 0


def forest_picture(answer: Pool) -> Picture:
    """Draw the trials, the pooled effect, the line beside it, and syntheses by others."""
    lines = list(_lines(answer))
    title = (
        _("Pain with ketamine less pain with placebo")
        if answer.unit == "points"
        else _("Odds of responding, ketamine over placebo")
    )

    def draw(drawing: Figure) -> None:
        axes: Axes = drawing.subplots()
        _draw_axes(axes, answer, lines)
        for place, line in enumerate(lines):
            _draw_line(axes, line, -place, answer.unit)
        axes.set_title(
            _("{what}, about {time}").format(what=title, time=days_words(answer.at_days))
        )
        _name_marks(drawing, lines)

    alt = _(
        "Forest plot: a square for each trial, larger for more weight and hollow where something"
        " had to be made up for; diamonds for the pooled effect; in orange what others published."
        " {told}"
    ).format(told=" ".join(headline(answer)))
    height = style.FOREST_AROUND + style.FOREST_LINE * len(lines)
    png = png_of_figure(draw, size=(style.SIZE[0], height))
    return Picture(name="forest", title=title, alt=alt, png=png, table=_table(lines, answer, title))


def _lines(answer: Pool) -> Iterator[Line]:
    for row in answer.rows:
        yield Line(
            name=f"{row.study}, {days_words(row.days)}",
            mark="imputed" if row.imputed else "trial",
            estimate=row.effect,
            pair=row.interval95,
            weight=row.weight,
        )
    if answer.k > 1:
        yield Line(
            name=_("pooled"), mark="pooled", estimate=answer.estimate, pair=answer.interval95
        )
    if answer.restricted is not None:
        found = answer.restricted
        yield Line(
            name=_("beside (REML, HK)"),
            mark="beside",
            estimate=found.estimate,
            pair=found.interval95,
        )
    if answer.prediction95 is not None:
        yield Line(
            name=_("a new trial"), mark="prediction", estimate=None, pair=answer.prediction95
        )
    for one in answer.published:
        if one.unit == answer.unit:
            yield Line(
                name=f"{one.study}, {days_words(one.days)}",
                mark="published",
                estimate=one.estimate,
                pair=one.interval95,
            )


def _draw_axes(axes: Axes, answer: Pool, lines: list[Line]) -> None:
    if answer.unit == "odds_ratio":
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(_plainly))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xlabel(_("odds ratio, log axis (left: placebo better, right: ketamine better)"))
    else:
        axes.set_xlabel(_("points of 10 (left: ketamine better, right: placebo better)"))
    axes.set_xlim(*_reach(answer, lines))
    axes.axvline(NO_DIFFERENCE[answer.unit], color=style.INK, linewidth=style.HAIR)
    axes.set_yticks([-place for place in range(len(lines))], [_wrapped(one.name) for one in lines])
    axes.set_ylim(-len(lines) + style.HALF_LINE, style.HALF_LINE)
    axes.tick_params(axis="y", length=0, labelsize=style.SMALL)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def _plainly(value: float, _place: int) -> str:
    return f"{value:g}"


def _reach(answer: Pool, lines: list[Line]) -> tuple[float, float]:
    """Give the ends of the axis: all estimates are on it, and very long intervals leave it."""
    ends = [end for line in lines for end in line.pair or ()]
    centres = [line.estimate for line in lines if line.estimate is not None]
    if answer.unit == "points":
        low, high = min(*ends, 0.0), max(*ends, 0.0)
        room = (high - low) / style.ROOM_BESIDE
        return low - room, high + room
    furthest = max(abs(math.log(value)) for value in (*centres, *ends, 2))
    shown = min(furthest, max(math.log(style.WIDEST_RATIO), *(abs(math.log(c)) for c in centres)))
    return math.exp(-shown * style.ROOM_ABOVE), math.exp(shown * style.ROOM_ABOVE)


def _draw_line(axes: Axes, line: Line, height: float, unit: str) -> None:
    colour = COLOURS[line.mark]
    if line.pair is None and line.estimate is None:
        axes.annotate(
            _("says nothing"), (NO_DIFFERENCE[unit], height), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=style.SMALL, color=style.QUIET,
        )  # fmt: skip
        return
    if line.mark in ("pooled", "beside") and line.pair is not None and line.estimate is not None:
        _draw_diamond(axes, line, height, colour)
        return
    if line.pair is not None:
        axes.plot(
            line.pair, (height, height), color=colour,
            linewidth=style.BAR if line.mark == "prediction" else style.THIN,
            solid_capstyle="butt",
        )  # fmt: skip
    for end, mark in zip(line.pair or (), ("<", ">"), strict=False):
        edge = min(max(end, axes.get_xlim()[0]), axes.get_xlim()[1])
        if edge != end:
            axes.plot([edge], [height], marker=mark, color=colour, clip_on=False)
    if line.estimate is not None:
        area = style.MARK * (1 + style.LARGEST_MARK * line.weight)
        axes.scatter(
            [line.estimate], [height], s=area, zorder=style.IN_FRONT,
            marker="o" if line.mark == "published" else "s",
            facecolor="white" if line.mark == "imputed" else colour, edgecolor=colour,
            linewidth=style.RIM,
        )  # fmt: skip


def _draw_diamond(axes: Axes, line: Line, height: float, colour: str) -> None:
    assert line.pair is not None
    assert line.estimate is not None
    low, high = line.pair
    axes.fill(
        [low, line.estimate, high, line.estimate],
        [height, height + style.DIAMOND, height, height - style.DIAMOND],
        facecolor=colour if line.mark == "pooled" else "white",
        edgecolor=colour, linewidth=style.THIN, zorder=style.IN_FRONT,
    )  # fmt: skip


def _name_marks(drawing: Figure, lines: list[Line]) -> None:
    """Say below the plot what the marks mean, for those that are there."""
    words: dict[Mark, str] = {
        "trial": _("filled square: trial as printed"),
        "imputed": _("hollow square: something was made up for"),
        "pooled": _("black diamond: pooled, Bayesian"),
        "beside": _("hollow diamond: line beside"),
        "prediction": _("thick bar: 95% for a new trial"),
        "published": _("orange: published by others"),
    }
    there = {line.mark for line in lines}
    text = "; ".join(said for mark, said in words.items() if mark in there)
    drawing.supxlabel(
        textwrap.fill(text, style.LETTERS_BELOW), fontsize=style.SMALL, x=style.LEFT_EDGE,
        ha="left",
    )  # fmt: skip


def _wrapped(name: str) -> str:
    return textwrap.fill(name, style.LETTERS_BESIDE)


def _table(lines: list[Line], answer: Pool, title: str) -> Table:
    rows = tuple(
        (
            line.name,
            "" if line.estimate is None else figure(line.estimate, answer.unit),
            "" if line.pair is None else interval(line.pair, answer.unit),
            f"{100 * line.weight:.0f}%" if line.mark in ("trial", "imputed") else "",
            _("yes") if line.mark == "imputed" else "",
        )
        for line in lines
    )
    head = (_("Line"), _("estimate"), _("95% interval"), _("weight"), _("made up for"))
    return Table(caption=title, head=head, rows=rows)
