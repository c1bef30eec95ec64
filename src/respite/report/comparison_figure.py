"""How long relief holds under each plan, one line for each."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.comparison_words import NAMES
from respite.report.numerals import brief, percent
from respite.report.picture import Picture, png_of
from respite.report.relief_figure import held
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import PlanComparison


def comparison_picture(answer: PlanComparison) -> Picture:
    """Draw the share of people whose relief still holds, under each plan, the drug alone."""
    plans = [plan.forecast for plan in answer.plans]
    horizon = plans[0].horizon_days
    shares = {NAMES[place]: held(plan.drug_only, horizon) for place, plan in enumerate(plans)}

    def draw(axes: Axes) -> None:
        for (name, line), (colour, dash, mark) in zip(shares.items(), style.PLANS, strict=False):
            axes.plot(
                list(line), [100 * share for share in line.values()], color=colour,
                linestyle=dash, marker=mark, markersize=style.POINT, linewidth=style.WIDE,
                label=name, clip_on=False, zorder=style.IN_FRONT,
            )  # fmt: skip
        highest = max(max(line.values()) for line in shares.values())
        axes.set(
            xlim=(0, horizon),
            ylim=(0, min(100, max(10, 100 * highest * style.ROOM_ABOVE))),
            xlabel=_("days after the last dose of the plan"),
            ylabel=_("relief still holding (% of people)"),
        )
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(horizon)))
        axes.legend(loc="upper right", title=_("plan"))

    title = _("How long relief holds under each plan, drug alone")
    told = "; ".join(
        f"{name}: {percent(line[0])}, {percent(line[horizon])}" for name, line in shares.items()
    )
    alt = _(
        "One falling line for each plan: the share of people with relief at the last dose and"
        " after {horizon} days. {told}."
    ).format(horizon=horizon, told=told)
    every = sorted({day for line in shares.values() for day in line})
    table = Table(
        caption=title,
        head=(_("Days after the last dose"), *shares),
        rows=tuple(
            (brief(day), *(percent(line.get(day)) for line in shares.values())) for day in every
        ),
    )
    png = png_of(draw, title)
    return Picture(name="plans", title=title, alt=alt, png=png, table=table)
