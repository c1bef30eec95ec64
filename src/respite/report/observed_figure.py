"""Predicted against observed, one panel for each kind of figure."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

from respite.domain import convert, parse_unit
from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import brief
from respite.report.picture import Picture, png_of_figure
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.population import Comparison, Prediction

Point = tuple[float, float]

PANELS = (
    (("cmax", "concentration"), ("ng/mL",)),
    (("auc_last", "auc_inf"), ("ng·h/mL", "ng·h/mL/mg")),
    (("tmax", "half_life"), ("h",)),
    (("clearance",), ("L/h", "L/h/70kg")),
    (("vss",), ("L", "L/70kg")),
    (("bioavailability",), ("%",)),
)
"""Which metrics share a panel, and the units its axes are in, each figure in the one that fits."""

COLUMNS = 3


def comparison_picture(comparison: Comparison) -> Picture:
    """Draw every predicted figure against what was observed, on logarithmic axes.

    Parameters
    ----------
    comparison
        Figures that were observed beside what models give for them.
    """
    shown = [
        (metrics, units, [each for each in comparison.predictions if _is_of(each, metrics)])
        for metrics, units in PANELS
    ]
    shown = [panel for panel in shown if panel[-1]]
    routes = {each.row.arm.route for each in comparison.predictions}

    def draw(figure: Figure) -> None:
        rows = -(-len(shown) // COLUMNS)
        grid: list[Axes] = list(figure.subplots(rows, COLUMNS, squeeze=False).flat)
        for axes in grid[len(shown) :]:
            axes.set_axis_off()
        for axes, (metrics, units, predictions) in zip(grid, shown, strict=False):
            _draw_panel(axes, predictions, units)
            axes.set_title(_panel_title(metrics))
        _draw_legend(figure, routes)

    title = _("Predicted against observed")
    near = sum(each.fold <= 2 for each in comparison.predictions)
    alt = _(
        "Scatter plots of predicted against observed, by kind of figure:"
        " {near} of {all} lie within twice and half of what was observed."
    ).format(near=near, all=len(comparison.predictions))
    rows = tuple(
        (each.row.study.id, each.model, brief(each.observed), brief(each.predicted))
        for each in comparison.predictions
    )
    head = (_("Study"), _("model"), _("observed"), _("predicted"))
    table = Table(caption=title, head=head, rows=rows)
    png = png_of_figure(draw, size=style.PANELS)
    return Picture(name="predicted-and-observed", title=title, alt=alt, png=png, table=table)


def _is_of(prediction: Prediction, metrics: tuple[str, ...]) -> bool:
    return prediction.row.observation.metric in metrics


def _panel_title(metrics: tuple[str, ...]) -> str:
    titles = {
        "cmax": _("Levels"),
        "auc_last": _("Areas"),
        "tmax": _("Peak times, half-lives"),
        "clearance": _("Clearances"),
        "vss": _("Volumes"),
        "bioavailability": _("Bioavailability"),
    }
    return titles[metrics[0]]


def _draw_panel(axes: Axes, predictions: list[Prediction], units: tuple[str, ...]) -> None:
    points = [(each, *_point(each, units)) for each in predictions]
    numbers = [number for _each, *pair in points for number in pair]
    ends = (min(numbers) / style.ROOM_AROUND, max(numbers) * style.ROOM_AROUND)
    axes.plot(ends, ends, color=style.INK, linewidth=style.HAIR)
    for factor in (0.5, 2):
        far = [factor * end for end in ends]
        axes.plot(ends, far, color=style.QUIET, linewidth=style.HAIR, linestyle="--")
    for each, observed, predicted in points:
        colour, mark = style.ROUTES[each.row.arm.route]
        axes.scatter(
            [observed], [predicted], marker=mark, s=style.MARK, linewidths=style.RIM,
            edgecolors=colour, facecolors=colour if each.role == "check" else "none",
            zorder=style.IN_FRONT,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlim=ends, ylim=ends)
    steps = (1, 2, 5) if ends[1] < 100 * ends[0] else (1,)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=steps))
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axis.set_minor_formatter(NullFormatter())
    unit = _(" or ").join(units)
    axes.set_xlabel(_("observed ({unit})").format(unit=unit))
    axes.set_ylabel(_("predicted ({unit})").format(unit=unit))


def _point(prediction: Prediction, units: tuple[str, ...]) -> Point:
    """Give what was observed and predicted in the unit of the panel that fits."""
    printed = prediction.row.observation.unit
    unit = next(each for each in units if parse_unit(each).is_like(parse_unit(printed)))
    observed, predicted = (
        convert(number, printed, unit) for number in (prediction.observed, prediction.predicted)
    )
    return observed, predicted


def _draw_legend(figure: Figure, routes: set[str]) -> None:
    from matplotlib.lines import Line2D

    def mark(label: str, colour: str, shape: str, *, full: bool = True) -> Line2D:
        face = colour if full else "none"
        return Line2D(
            [], [], color=colour, marker=shape, linestyle="", label=label, markerfacecolor=face
        )

    keys = [
        mark(_route_words(route), *style.ROUTES[route]) for route in style.ROUTES if route in routes
    ]
    keys += [
        mark(_("filled: a check"), style.INK, "o"),
        mark(_("hollow: the model was built on it"), style.INK, "o", full=False),
        Line2D([], [], color=style.INK, linestyle="-", label=_("predicted as observed")),
        Line2D([], [], color=style.QUIET, linestyle="--", label=_("twice, and half")),
    ]
    figure.legend(handles=keys, loc="outside lower left", ncols=4)


def _route_words(route: str) -> str:
    words = {
        "iv": _("into a vein"),
        "im": _("into muscle"),
        "sc": _("under the skin"),
        "intranasal": _("into the nose"),
        "oral": _("by mouth"),
        "sublingual": _("under the tongue"),
        "buccal": _("in the cheek"),
        "rectal": _("rectal"),
        "inhaled": _("inhaled"),
    }
    return words[route]
