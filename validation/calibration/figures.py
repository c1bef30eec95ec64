"""Two pictures, legible in grey: how transforms spread, and what share of truths intervals hold."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from validation.calibration.scenarios import SCENARIOS
from validation.calibration.summary import BINS, LEVELS, NEAR, Summary

INK, QUIET, BAND = "#1b1b1b", "#6b6b6b", "#d9d9d9"
MARKS = ("o", "s", "^", "v", "D", "P", "X")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 8.5,
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "legend.fontsize": 8,
}


def diary_in_words(after_days: int | None) -> str:
    """Say how long a diary is."""
    if after_days is None:
        return "no diary"
    return "last infusion" if after_days == 0 else f"+{after_days} days"


def histograms(summaries: Sequence[Summary]) -> bytes:
    """Draw how the transforms spread: a row for each scenario, a column for each diary.

    Parameters
    ----------
    summaries
        What is drawn; all of them, in order.
    """
    names = list(dict.fromkeys(one.scenario for one in summaries))
    lengths = sorted({one.after_days for one in summaries}, key=_in_order)
    drawn = {(one.scenario, one.after_days): one.everyone for one in summaries}

    def draw(figure: Figure) -> None:
        grid = figure.subplots(len(names), len(lengths), squeeze=False, sharex=True, sharey=True)
        for row, name in enumerate(names):
            for column, after in enumerate(lengths):
                axes = grid[row, column]
                spread = drawn.get((name, after))
                if spread is None:
                    axes.set_axis_off()
                    continue
                expected = spread.count / BINS
                error = 3 * np.sqrt(expected * (1 - 1 / BINS)) / expected
                axes.axhspan(1 - error, 1 + error, color=BAND, linewidth=0)
                edges = np.linspace(0, 1, BINS + 1)
                axes.stairs(np.asarray(spread.bins) / expected, edges, color=INK, linewidth=1.2)
                axes.set_title(diary_in_words(after) if row == 0 else "")
                axes.set(xlim=(0, 1), ylim=(0, 2))
                axes.set_xticks([0, 0.5, 1])
            first = min(column for column, after in enumerate(lengths) if (name, after) in drawn)
            title = "\n".join(wrap(SCENARIOS[name].title, 22))
            grid[row, first].set_ylabel(title, fontsize=7)
            grid[row, first].tick_params(labelleft=True)
        figure.supxlabel("rank of the truth among what was thought possible (0 sooner, 1 later)")
        figure.supylabel("patients, against what even ranks would give")

    return _png(draw, (9.6, 1.4 * len(names) + 0.8))


def coverage(summaries: Sequence[Summary]) -> bytes:
    """Draw the share of truths that intervals hold, a panel for each level.

    Parameters
    ----------
    summaries
        What is drawn; all of them, in order.
    """
    names = list(dict.fromkeys(one.scenario for one in summaries))
    lengths = sorted({one.after_days for one in summaries}, key=_in_order)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(LEVELS))
        for level, axes in zip(LEVELS, panels, strict=True):
            axes.axhspan(level - NEAR, level + NEAR, color=BAND, linewidth=0)
            axes.axhline(level, color=QUIET, linewidth=0.8)
            for mark, dash, name in zip(MARKS, DASHES, names, strict=False):
                chosen = [one for one in summaries if one.scenario == name]
                axes.plot(
                    [lengths.index(one.after_days) for one in chosen],
                    [one.everyone.coverage[f"{level:g}"] for one in chosen],
                    marker=mark, linestyle=dash, color=INK, markersize=4, linewidth=0.9,
                    markerfacecolor="white", label=SCENARIOS[name].title,
                )  # fmt: skip
            axes.set_title(f"{level:.0%} interval")
            axes.set_xticks(range(len(lengths)), [diary_in_words(after) for after in lengths])
            axes.tick_params(axis="x", rotation=45)
        panels[0].set_ylabel("share of truths within")
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower left", ncols=2)

    return _png(draw, (9.6, 4.6))


def _in_order(after: int | None) -> int:
    return -1 if after is None else after


def _png(draw: Callable[[Figure], None], size: tuple[float, float]) -> bytes:
    laid: dict[Any, Any] = {**mpl.rcParamsDefault, "backend": "agg", **SETTINGS}
    with mpl.rc_context(laid):
        figure = Figure(figsize=size, layout="constrained", dpi=160)
        FigureCanvasAgg(figure)
        draw(figure)
        page = io.BytesIO()
        figure.savefig(page, format="png", metadata={"Software": None})
    return page.getvalue()
