"""The share of a group whose relief still holds, as visits told it."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import rounded
from respite.report.picture import Picture, png_of, png_of_figure
from respite.report.returns_sentences import headline
from respite.report.returns_tables import between, observed
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.evidence import GroupReturns, ReturnTimes

TOGETHER = len(style.SERIES)
"""So many curves can be told apart in one picture, also in grey."""

_MARKS = ("o", "s", "^", "D")
"""Mark of each series, for readers in grey."""


def returns_pictures(answer: ReturnTimes) -> tuple[Picture, ...]:
    """Draw the curves together, each with its limits, and how often pain returned."""
    pictures: list[Picture] = []
    groups = answer.groups
    for number, start in enumerate(range(0, len(groups), TOGETHER), start=1):
        ending = "" if len(groups) <= TOGETHER else f"-{number}"
        some = groups[start : start + TOGETHER]
        if len(some) > 1:
            pictures.append(curves_picture(answer, some, f"relief{ending}"))
        pictures.append(limits_picture(answer, some, f"relief-limits{ending}"))
    counted = [group for group in groups if group.returns_per_patient]
    if counted:
        pictures.append(count_picture(counted[:TOGETHER]))
    return tuple(pictures)


def curves_picture(answer: ReturnTimes, groups: tuple[GroupReturns, ...], name: str) -> Picture:
    """Draw the curves of some groups together, without their limits."""
    last = _last_day(groups)

    def draw(axes: Axes) -> None:
        for group, series in zip(groups, style.SERIES, strict=False):
            _draw_steps(axes, group, series, last)
        _name_axes(axes, last)

    title = _("How long relief held, group by group")
    alt = _(
        "Falling lines of the share with relief, by days after the last dose; thin where visits"
        " leave unknown on which day it fell. {told}"
    ).format(told=" ".join(headline(answer)))
    table = _curve_table(groups, title)
    png = png_of(draw, title, below=True)
    return Picture(name=name, title=title, alt=alt, png=png, table=table)


def limits_picture(answer: ReturnTimes, groups: tuple[GroupReturns, ...], name: str) -> Picture:
    """Draw each curve in a panel of its own, with its limits and what visits left unknown."""
    last = _last_day(groups)

    def draw(figure: Figure) -> None:
        panels = figure.subplots(len(groups), 1, sharex=True, sharey=True, squeeze=False)
        for axes, group, series in zip(panels[:, 0], groups, style.SERIES, strict=False):
            _draw_limits(axes, group, last)
            _draw_unknown(axes, group)
            _draw_steps(axes, group, series, last)
            _name_axes(axes, last, is_lowest=group is groups[-1])
            axes.set_title(title if group.group is None else group.group)
        handles = {
            label: handle
            for axes in panels[:, 0]
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
            if label in (_("95% limits"), _("lost on a day not known"))
        }
        figure.legend(handles.values(), handles, loc="outside lower left", ncols=2)

    title = _("How long relief held, with 95% limits")
    alt = _(
        "Falling steps of the share with relief, by days after the last dose, with a band for the"
        " 95% limits. Shaded where visits leave unknown on which day it fell. {told}"
    ).format(told=" ".join(headline(answer)))
    width, height = style.SIZE if len(groups) == 1 else style.SHORT
    size = (width, height * (1 + (len(groups) - 1) * style.PANEL_BELOW))
    png = png_of_figure(draw, size=size)
    table = _curve_table(groups, title)
    return Picture(name=name, title=title, alt=alt, png=png, table=table)


def _curve_table(groups: tuple[GroupReturns, ...], title: str) -> Table:
    rows = tuple(
        (
            group.group or _("everyone"),
            _between_days(step.from_day, step.to_day),
            observed(step.share),
            between(step.low, step.high),
        )
        for group in groups
        for step in group.curve
    )
    head = (_("Group"), _("Day"), _("relief still holding"), _("95% interval"))
    return Table(caption=title, head=head, rows=rows)


def _name_axes(axes: Axes, last: float, *, is_lowest: bool = True) -> None:
    axes.set(xlim=(0, last), ylim=(0, 100 * style.ABOVE), ylabel=_("relief still holding (%)"))
    if is_lowest:
        axes.set_xlabel(_("days after the last dose"))
    axes.xaxis.set_major_locator(MultipleLocator(style.week_step(last)))


def count_picture(groups: list[GroupReturns]) -> Picture:
    """Draw how often pain had returned to one patient, by days watched after last doses."""
    counted = [(group, group.returns_per_patient) for group in groups]
    shown = [(group, count) for group, count in counted if count is not None]
    last = max(count.known_to_day for _group, count in shown)

    def draw(axes: Axes) -> None:
        for (group, count), (colour, dash) in zip(shown, style.SERIES, strict=False):
            days = [0.0, *count.day, count.known_to_day]
            mean, low, high = (
                [0.0, *values, (values or (0.0,))[-1]]
                for values in (count.mean, count.low, count.high)
            )
            if len(shown) == 1:
                axes.fill_between(
                    days, low, high, step="post", color=colour, alpha=style.WRITTEN_BAND,
                    linewidth=0, label=_labelled(group, _("95% limits")),
                )  # fmt: skip
            axes.step(
                days, mean, where="post", color=colour, linestyle=dash, linewidth=style.WIDE,
                label=_labelled(group, _("mean")),
            )  # fmt: skip
        axes.set(
            xlim=(0, last),
            xlabel=_("days watched after last doses, courses end to end"),
            ylabel=_("returns of pain for each patient"),
        )
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(last)))

    title = _("How often pain returned")
    rows = tuple(
        (group.group or _("everyone"), rounded(day), f"{mean:.2f}", f"{low:.2f}", f"{high:.2f}")
        for group, count in shown
        for day, mean, low, high in zip(count.day, count.mean, count.low, count.high, strict=True)
    )
    head = (_("Group"), _("Day"), _("mean"), _("95%, from"), _("to"))
    told = "; ".join(
        _("{mean} by day {day}").format(mean=f"{count.mean[-1]:.1f}", day=rounded(count.day[-1]))
        for _group, count in shown
        if count.day
    )
    alt = _("Rising steps of the mean number of returns for each patient: {told}.").format(
        told=told or "0"
    )
    table = Table(caption=title, head=head, rows=rows)
    png = png_of(draw, title, below=True)
    return Picture(name="returns", title=title, alt=alt, png=png, table=table)


def _draw_steps(axes: Axes, group: GroupReturns, series: tuple[str, str], last: float) -> None:
    """Draw the curve: wide where it is known, and thin across a step whose day is not."""
    colour, dash = series
    mark = _MARKS[style.SERIES.index(series)]
    begin, share = 0.0, 1.0
    for step in group.curve:
        _draw_piece(axes, (begin, step.from_day), (share, share), (colour, dash, style.WIDE))
        width = style.WIDE if step.from_day == step.to_day else style.THIN
        days = (step.from_day, step.to_day)
        _draw_piece(axes, days, (share, step.share), (colour, dash, width))
        begin, share = step.to_day, step.share
    end = last if group.known_to_day is None else group.known_to_day
    _draw_piece(axes, (begin, end), (share, share), (colour, dash, style.WIDE))
    # A point wherever the curve is known again, so that it is seen between unknown steps.
    axes.plot(
        [step.to_day for step in group.curve],
        [100 * step.share for step in group.curve],
        color=colour, linestyle="", marker=mark, markersize=style.POINT, clip_on=False,
        zorder=style.IN_FRONT,
    )  # fmt: skip
    axes.plot(
        [], [], color=colour, linestyle=dash, marker=mark, markersize=style.POINT,
        linewidth=style.WIDE, label=group.group,
    )  # fmt: skip


def _draw_piece(
    axes: Axes,
    days: tuple[float, float],
    shares: tuple[float, float],
    line: tuple[str, str, float],
) -> None:
    colour, dash, width = line
    axes.plot(
        days, [100 * share for share in shares], color=colour, linestyle=dash, linewidth=width,
        zorder=style.IN_FRONT,
    )  # fmt: skip


def _draw_unknown(axes: Axes, group: GroupReturns) -> None:
    """Shade the steps whose day is not known, from the share before to the one after."""
    share = 1.0
    for step in group.curve:
        if step.from_day < step.to_day:
            axes.fill_between(
                [step.from_day, step.to_day], 100 * step.share, 100 * share,
                facecolor=style.UNKNOWN, edgecolor=style.QUIET, linewidth=style.HAIR,
                hatch="//", alpha=style.EXPECTED_BAND, label=_("lost on a day not known"),
            )  # fmt: skip
        share = step.share


def _draw_limits(axes: Axes, group: GroupReturns, last: float) -> None:
    """Draw the limits; across a step whose day is not known, those of both its ends."""
    steps = group.curve
    if not steps:
        return
    above, pieces = 1.0, list[tuple[float, float, float]]()
    for step in steps:
        pieces += [(step.from_day, step.low, above), (step.to_day, step.low, step.high)]
        above = step.high
    end = last if group.known_to_day is None else group.known_to_day
    pieces.append((end, steps[-1].low, steps[-1].high))
    days, low, high = zip(*pieces, strict=True)
    axes.fill_between(
        days, [100 * value for value in low], [100 * value for value in high], step="post",
        color=style.SKY, alpha=style.EXPECTED_BAND, linewidth=0, label=_("95% limits"),
    )  # fmt: skip


def _labelled(group: GroupReturns, what: str) -> str:
    if group.group is None:
        return what
    return _("{group}: {what}").format(group=group.group, what=what)


def _last_day(groups: tuple[GroupReturns, ...]) -> float:
    """Give the last day that is drawn: the last that anything is known of."""
    days = [step.to_day for group in groups for step in group.curve]
    days += [group.known_to_day for group in groups if group.known_to_day is not None]
    return max([1.0, *days])


def _between_days(first: float, last: float) -> str:
    if first == last:
        return rounded(last)
    return _("{low} to {high}").format(low=rounded(first), high=rounded(last))
