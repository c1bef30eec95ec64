"""The figures of an answer: each a picture, words for who cannot see it, and its numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from respite.report import figure_style as style
from respite.report.numerals import brief, days, percent, span
from respite.report.tables import Table, pain_table
from respite.report.words import _, threshold_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast, TimeToPainReturn
    from respite.population import LevelCurve


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure as a reader gets it.

    Attributes
    ----------
    name
        File name without its ending.
    title
        What is shown.
    alt
        What a reader would see, in words.
    png
        The picture itself.
    table
        The numbers that are drawn.
    """

    name: str
    title: str
    alt: str
    png: bytes
    table: Table


def forecast_pictures(forecast: Forecast, statuses: Mapping[str, int]) -> tuple[Picture, ...]:
    """Draw every figure of a forecast.

    Parameters
    ----------
    forecast
        The answer.
    statuses
        How many numbers of each status the answer rests on; no figure where it is empty.
    """
    pictures = [pain_picture(forecast), survival_picture(forecast)]
    if forecast.levels:
        pictures.append(level_picture(forecast.levels))
    if statuses:
        pictures.append(status_picture(statuses))
    return tuple(pictures)


def pain_picture(forecast: Forecast) -> Picture:
    """Draw pain over time, with what placebo alone would do beside it."""
    pain = forecast.pain
    start = pain.mean[0]
    line = pain_threshold(start, forecast.threshold)

    def draw(axes: Axes) -> None:
        day = pain.day
        axes.fill_between(
            day, pain.score_q10, pain.score_q90, color=style.SKY, alpha=style.WRITTEN_BAND,
            linewidth=0, label=_("a score as written, 80% of people"),
        )  # fmt: skip
        axes.fill_between(
            day, pain.q10, pain.q90, color=style.BLUE, alpha=style.EXPECTED_BAND,
            linewidth=0, label=_("expected pain, 80% of people"),
        )  # fmt: skip
        axes.plot(day, pain.mean, color=style.BLUE, linewidth=style.WIDE, label=_("mean"))
        axes.plot(
            day, pain.placebo_mean, color=style.ORANGE, linewidth=style.THIN, linestyle="--",
            label=_("mean on placebo"),
        )  # fmt: skip
        axes.axhline(
            line, color=style.QUIET, linewidth=style.THIN, linestyle=":",
            label=_("threshold: {relief}").format(relief=threshold_words(forecast.threshold)),
        )  # fmt: skip
        _mark_fade(axes, forecast)
        _mark_doses(axes, forecast)
        axes.set(
            xlim=(0, day[-1]), ylim=(0, 10),
            xlabel=_("days from the first dose"), ylabel=_("pain (0-10)"),
        )  # fmt: skip
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))

    title = _("Pain over time")
    end = forecast.last_dose_end_day
    shown = tuple(range(15)) + tuple(range(21, round(pain.day[-1]) + 1, 7))
    lowest = min(range(len(pain.mean)), key=pain.mean.__getitem__)
    alt = _(
        "Line chart of pain from 0 to 10 over {last} days. Mean pain starts at {start}, is lowest"
        " at {low} on day {low_day}, and is {final} on the last day. The last dose ends on day"
        " {end}. Bands show expected pain and written scores of 80% of people."
    ).format(
        last=brief(pain.day[-1]),
        start=f"{start:.1f}",
        low=f"{pain.mean[lowest]:.1f}",
        low_day=brief(pain.day[lowest]),
        final=f"{pain.mean[-1]:.1f}",
        end=brief(end),
    )
    return Picture(
        name="pain", title=title, alt=alt, png=_png(draw, title, below=True),
        table=pain_table(forecast, shown),
    )  # fmt: skip


def pain_threshold(start: float, threshold: str) -> float:
    """Give the pain score that just counts as relief, for a person of average pain."""
    if threshold.endswith("%"):
        return start * (1 - float(threshold.removesuffix("%")) / 100)
    return start - float(threshold.removesuffix("points"))


def _mark_doses(axes: Axes, forecast: Forecast) -> None:
    places = [dose.day for dose in forecast.doses]
    axes.plot(
        places, [ABOVE_AXIS] * len(places), transform=axes.get_xaxis_transform(), clip_on=False,
        marker="v", linestyle="none", color=style.INK, markersize=4, label=_("dose"),
    )  # fmt: skip


ABOVE_AXIS = style.ABOVE


def _mark_fade(axes: Axes, forecast: Forecast) -> None:
    times = forecast.time_to_pain_return
    if times.median_days is None:
        return
    end = forecast.last_dose_end_day
    at = end + times.median_days
    words = _("relief fades, where it lasts (median {length})").format(
        length=days(times.median_days)
    )
    if times.interval80_days is not None:
        low, high = times.interval80_days
        words = _("relief fades, where it lasts: median {length}, 80% {span}").format(
            length=days(times.median_days), span=span(low, high)
        )
        axes.plot([end + low, end + high], [0.5, 0.5], color=style.INK, linewidth=style.WIDE)
    axes.plot([at], [0.5], marker="D", color=style.INK, linestyle="-", label=words)


def survival_picture(forecast: Forecast) -> Picture:
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
            )  # fmt: skip
        highest = max(*counted.values(), *alone.values())
        axes.set(
            xlim=(0, forecast.horizon_days),
            ylim=(0, min(100, max(10, 100 * highest * style.ROOM_ABOVE))),
            xlabel=_("days after the last dose"),
            ylabel=_("relief still holding (% of people)"),
        )
        axes.legend(loc="upper right")

    title = _("How long relief holds, over everyone")
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
    png = _png(draw, title)
    return Picture(name="relief", title=title, alt=alt, png=png, table=table)


def held(times: TimeToPainReturn, horizon: int) -> dict[int, float]:
    """Give the share with relief at the last dose, a day later, at the set days, at the end."""
    lasting = times.p_returns + times.p_beyond_horizon
    shares = {0: lasting + times.p_hours_only, 1: lasting, **times.survival}
    shares[horizon] = times.p_beyond_horizon
    return {day: shares[day] for day in sorted(shares) if day <= horizon}


def level_picture(levels: tuple[LevelCurve, ...]) -> Picture:
    """Draw levels over the first days: median, and the band of 90 % of people."""
    shown = [_first_days(curve) for curve in levels]
    middles = [value for _curve, places in shown for value in (_curve.q50[i] for i in places)]
    peak = max(middles, default=0.0)
    logarithmic = _needs_logarithm(shown)
    floor = peak / style.DECADES_SHOWN

    def draw(axes: Axes) -> None:
        for (curve, places), (colour, dash) in zip(shown, style.SERIES * len(shown), strict=False):
            time = [curve.time_h[i] for i in places]
            low, high = ([band[i] for i in places] for band in (curve.q05, curve.q95))
            if logarithmic:
                low = [max(value, floor) for value in low]
            name = f"{curve.analyte}, {curve.site}"
            axes.fill_between(
                time, low, high, color=colour, alpha=style.WRITTEN_BAND, linewidth=0,
                label=_("{name}: 90% of people").format(name=name),
            )  # fmt: skip
            axes.plot(
                time, [curve.q50[i] for i in places], color=colour, linestyle=dash,
                linewidth=style.WIDE, label=_("{name}: median").format(name=name),
            )  # fmt: skip
        if logarithmic:
            axes.set_yscale("log")
            axes.set_ylim(bottom=floor)
        else:
            axes.set_ylim(bottom=0)
        axes.set(xlabel=_("hours from the first dose"), ylabel=_("concentration (ng/mL)"))
        axes.set_xlim(0, max(curve.time_h[places[-1]] for curve, places in shown))
        axes.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 6, 10], integer=True))

    title = _("Levels in plasma over the first days")
    rows = tuple(
        (f"{curve.analyte}, {curve.site}", *(brief(v) for v in _summary(curve, places)))
        for curve, places in shown
    )
    head = (_("Level"), _("peak of the median (ng/mL)"), _("at (h)"), _("highest 95% (ng/mL)"))
    told = "; ".join(
        _("{name} peaks at {peak} ng/mL after {hours} h").format(name=row[0], peak=row[1], hours=row[2])
        for row in rows
    )
    alt = _("Line chart of levels over time, with a band for 90% of people: {told}.").format(told=told)
    table = Table(caption=title, head=head, rows=rows)
    png = _png(draw, title, below=True)
    return Picture(name="levels", title=title, alt=alt, png=png, table=table)


def _first_days(curve: LevelCurve) -> tuple[LevelCurve, list[int]]:
    until = 24 * style.FIRST_DAYS
    return curve, [i for i, time in enumerate(curve.time_h) if time <= until]


def _needs_logarithm(shown: list[tuple[LevelCurve, list[int]]]) -> bool:
    """Tell whether troughs between doses would vanish on a linear axis."""
    for curve, places in shown:
        middles = [curve.q50[i] for i in places]
        risen = middles[middles.index(max(middles)) :]
        if min(risen) > 0 and max(risen) > style.LOGARITHMIC_FROM * min(risen):
            return True
    return False


def _summary(curve: LevelCurve, places: list[int]) -> tuple[float, float, float]:
    top = max(places, key=curve.q50.__getitem__)
    return curve.q50[top], curve.time_h[top], max(curve.q95[i] for i in places)


def status_picture(statuses: Mapping[str, int]) -> Picture:
    """Draw how many of the numbers were published, derived, pooled or assumed."""
    names = [status_words(status) for status in statuses]
    counts = list(statuses.values())

    def draw(axes: Axes) -> None:
        colours = [style.ORANGE if key == "assumed" else style.BLUE for key in statuses]
        hatches = ["///" if key == "assumed" else "" for key in statuses]
        bars = axes.barh(names, counts, color=colours, hatch=hatches, edgecolor="white")
        axes.bar_label(bars, padding=3)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set(xlabel=_("numbers in the models used"), xlim=(0, max(counts) * style.ROOM_ABOVE))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))

    title = _("Where the numbers come from")
    rows = tuple((name, str(count)) for name, count in zip(names, counts, strict=True))
    told = ", ".join(f"{name} {count}" for name, count in rows)
    alt = _("Bar chart of how many numbers are of each status: {told}.").format(told=told)
    table = Table(caption=title, head=(_("Status"), _("numbers")), rows=rows)
    png = _png(draw, title, size=style.SHORT)
    return Picture(name="sources", title=title, alt=alt, png=png, table=table)


def status_words(status: str) -> str:
    """Say the status of a number."""
    words = {
        "published": _("published"),
        "digitised": _("read off a figure"),
        "derived": _("derived from published"),
        "pooled": _("pooled by us"),
        "calibrated": _("calibrated by us"),
        "assumed": _("assumed by us"),
    }
    return words.get(status, status)


def _png(
    draw: Callable[[Axes], None],
    title: str,
    *,
    size: tuple[float, float] = style.SIZE,
    below: bool = False,
) -> bytes:
    """Draw one set of axes, with its legend below where asked, into bytes that never vary."""
    with _settings():
        figure = Figure(figsize=size, layout="constrained", dpi=style.DOTS_PER_INCH)
        FigureCanvasAgg(figure)
        axes: Axes = figure.subplots()
        draw(axes)
        axes.set_title(title)
        if below:
            figure.legend(loc="outside lower left", ncols=2)
        page = io.BytesIO()
        figure.savefig(page, format="png", metadata={"Software": None})
    return page.getvalue()


def _settings() -> AbstractContextManager[Any]:
    return mpl.rc_context({**mpl.rcParamsDefault, "backend": "agg", **style.SETTINGS})
