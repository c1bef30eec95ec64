"""The share of people whose relief still holds after the last dose."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.diary_sentences import has_learnt
from respite.report.numerals import brief, percent
from respite.report.picture import Picture, png_of
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast, TimeToPainReturn


def relief_picture(forecast: Forecast) -> Picture:
    """Draw the share of people whose relief still holds after the last dose."""
    counted = held(forecast.time_to_pain_return, forecast.horizon_days)
    alone = held(forecast.drug_only, forecast.horizon_days)

    def draw(axes: Axes) -> None:
        for shares, colour, dash, mark, label in (
            (counted, style.BLUE, "-", "o", _("everything counted")),
            (alone, style.ORANGE, "--", "s", _("drug alone")),
        ):
            axes.plot(
                list(shares), [100 * share for share in shares.values()], color=colour,
                linestyle=dash, marker=mark, markersize=5, linewidth=style.WIDE, label=label,
                clip_on=False, zorder=style.IN_FRONT,
            )  # fmt: skip
        highest = max(*counted.values(), *alone.values())
        axes.set(
            xlim=(0, forecast.horizon_days),
            ylim=(0, min(100, max(10, 100 * highest * style.ROOM_ABOVE))),
            xlabel=_("days after the last dose"),
            ylabel=_("relief still holding (% of people)"),
        )
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(forecast.horizon_days)))
        axes.legend(loc="upper right")

    title = _("How long relief holds, over everyone")
    if has_learnt(forecast):
        title = _("How long relief holds, over everyone who could have written this diary")
    rows = tuple(
        (brief(day), percent(share), percent(alone.get(day))) for day, share in counted.items()
    )
    head = (_("Days after the last dose"), _("everything counted"), _("drug alone"))
    told = "; ".join(f"{brief(day)}: {percent(share)}" for day, share in counted.items())
    alt = _(
        "Falling line of the share of people with relief, by days after the last dose: {told}."
        " A second line, for the drug alone, starts at {alone}."
    ).format(told=told, alone=percent(alone[0]))
    table = Table(caption=title, head=head, rows=rows)
    png = png_of(draw, title)
    return Picture(name="relief", title=title, alt=alt, png=png, table=table)


def held(times: TimeToPainReturn, horizon: int) -> dict[int, float]:
    """Give the share with relief at the last dose, a day later, at the set days, at the end."""
    lasting = times.p_returns + times.p_beyond_horizon
    shares = {0: lasting + times.p_hours_only, 1: lasting, **times.survival}
    shares[horizon] = times.p_beyond_horizon
    return {day: shares[day] for day in sorted(shares) if day <= horizon}
