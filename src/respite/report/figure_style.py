"""How figures look: colours, line widths, sizes. No figure of medicine lives here."""

from __future__ import annotations

from typing import Any

INK = "#1b1b1b"
QUIET = "#6b6b6b"
GRID = "#dddddd"

BLUE = "#0072b2"
ORANGE = "#d55e00"
SKY = "#56b4e9"
GREEN = "#009e73"
PURPLE = "#cc79a7"
"""Colours of Okabe and Ito: told apart by colour-blind readers, and by their grey."""

SERIES = ((BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (PURPLE, ":"))
"""Colour and dash of each analyte: the dash serves readers in grey."""

PLANS = (
    (BLUE, "-", "o"),
    (ORANGE, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (INK, (0, (6, 2)), "v"),
    (SKY, (0, (1, 1)), "P"),
)
"""Colour, dash and mark of each plan: the marks serve readers in grey."""

ROUTES: dict[str, tuple[str, str]] = {
    "iv": (BLUE, "o"),
    "im": (INK, "P"),
    "sc": (QUIET, "X"),
    "intranasal": (ORANGE, "^"),
    "oral": (GREEN, "s"),
    "sublingual": (PURPLE, "D"),
    "buccal": (PURPLE, "p"),
    "rectal": (SKY, "v"),
    "inhaled": (SKY, "*"),
}
"""Colour and mark of each route: the mark serves readers in grey."""

MARK, RIM = 26, 1.2
"""Area of a mark and width of its rim."""

ROOM_AROUND = 1.6
"""How far a logarithmic axis reaches beyond its outermost mark, as a factor."""

POINT = 4.5
"""Size of a point on a line."""

UNKNOWN = "#bbbbbb"
"""Shade of what nobody knows."""

PANELS = (9.6, 6.6)
PANEL_BELOW = 0.75
"""Height of a further panel, in heights of the first, which has the title and the legend."""

PANEL_HIGH = 2.3
"""Height of a line of small panels."""

SIZE = (6.0, 4.2)
SHORT = (6.0, 3.0)
COLUMN = (5.0, 3.2)
"""A figure whose letters can be read in a column of a printed page."""

TALL, BROAD = (6.0, 4.9), (9.6, 4.9)
DOTS_PER_INCH = 200

FOREST_AROUND, FOREST_LINE = 1.7, 0.34
"""Height of a forest plot around its lines, and of each line, in inches."""

HALF_LINE, DIAMOND, BAR = 0.6, 0.26, 4.0
"""Room beyond the outermost lines and half the height of a diamond, in lines; and a bar's width."""

LARGEST_MARK = 3
"""By how much the area of a mark grows for all of the weight."""

ROOM_BESIDE = 12
"""Which part of a linear axis is left free at each end."""

WIDEST_RATIO = 20
"""Ratios beyond this leave the plot; what leaves it stands in the table."""

LETTERS_BESIDE, LETTERS_BELOW, LEFT_EDGE = 24, 88, 0.01
"""Letters of a name beside a line, of a line below a plot, and where that line begins."""

IN_FRONT = 3
"""Marks on the frame stand in front of it."""

NAME_LETTERS = 34
"""How long the name of a figure may be in a line of a plot."""

BAR_90, BAR_50 = 3.0, 6.0
"""Widths of bars that hold nine in ten predictions, and half of them."""

WIDE, THIN, HAIR = 2.2, 1.4, 0.8
EXPECTED_BAND, WRITTEN_BAND = 0.30, 0.16
HATCH = 0.55
"""How dark the hatching of a forecast is."""

ABOVE, BELOW_TOP, DATES_AT = 1.02, 0.985, -0.085
"""Where notes stand above the axes and in them, and dates below, in heights of the axes."""

BELOW_DATES = 18.0
"""How far below its numbers an axis is named where dates stand between them, in points."""

MUCH_DAYS = 400
"""A figure of more days than this is broad."""

SMALL = 8.0
"""Letters of notes and dates."""

MOST_NAMES, MOST_DATES = 6, 6
"""How many courses are named in a figure, and how many dates stand below it."""

LINE, LINES_AROUND = 0.34, 1.8
"""Height of one line of a figure of many lines, and of what stands around them, in inches."""

LINES_OF_A_PANEL, BELOW_AXES, PANEL_INCHES = 10, -0.2, 2.8
"""Height of a panel beside one of many lines, in lines; where a legend hangs below axes, as a
share of the height of a panel, and that height in inches."""

TWO_PANELS = (6.0, 8.0)

LETTERS = 34
"""Letters of a name beside an axis."""

ROOM_ABOVE = 1.08
"""How much of an axis is left free above its highest point."""

DECADES_SHOWN = 1000
"""A logarithmic axis reaches this far below its highest point."""

LOGARITHMIC_FROM = 30
"""Peaks this many times the lowest trough need a logarithmic axis to be legible."""

FIRST_DAYS = 3
"""Levels are drawn for this many days: later days repeat or fall away."""

SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10.0,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.titlesize": 11.0,
    "axes.titlelocation": "left",
    "axes.titlepad": 12.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": HAIR,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "text.color": INK,
}
"""Settings laid over the plotting library's own defaults, whatever a reader's are."""


def week_step(last_day: float) -> int:
    """Give the days between ticks: whole weeks, about eight of them."""
    return next((step for step in (1, 7, 14, 28, 56, 84) if last_day <= 8 * step), 168)


def month_step(days_shown: float) -> int:
    """Give the months between dates; zero where weeks are better."""
    if days_shown <= 70:
        return 0
    return next((step for step in (1, 2, 3, 6) if days_shown <= 31 * 6 * step), 12)


def dot_size(days_shown: float) -> float:
    """Give the size of a score: the more days, the smaller."""
    return 3.6 if days_shown <= 120 else 2.8 if days_shown <= 300 else 1.6


def hour_step(last_hour: float) -> float:
    """Give the hours between ticks: parts or multiples of a day, about eight of them."""
    return next((step for step in (0.5, 1, 2, 3, 6, 12) if last_hour <= 8 * step), 24)
