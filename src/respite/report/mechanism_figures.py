"""Two figures of how ketamine works: one for a patient, one for a pharmacologist."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MultipleLocator, StrMethodFormatter

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.mechanism_tables import affinity_table, by_peak, clocks_table
from respite.report.mechanism_words import OPIOIDS_AND_PUMPS, mechanism_lead
from respite.report.numerals import percent
from respite.report.picture import Picture, png_of_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.evidence import Mechanism, TargetTaken

HOURS_SHOWN = 24
"""Hours after the end of the last dose that the fast panel shows; ours."""

_MARKS = {"ketamine": "o", "s-ketamine": ">", "r-ketamine": "<"}
"""Mark of each form of the parent; metabolites have another."""


def mechanism_pictures(answer: Mechanism) -> tuple[Picture, ...]:
    """Draw both figures."""
    return clocks_picture(answer), targets_picture(answer)


def clocks_picture(answer: Mechanism) -> Picture:
    """Draw for a patient: what is taken for hours, and the slow clock of weeks below."""

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1)
        _draw_hours(above, answer)
        _draw_weeks(below, answer)

    title = _("Two clocks: hours of binding, weeks of relief")
    alt = _(
        "Two panels. Above, by hours: the share of NMDA receptors taken rises with the dose and"
        " falls within hours. Below, by days: the pain that exposure takes away in somebody who"
        " responds, falling over weeks. {told}"
    ).format(told=" ".join(mechanism_lead(answer)))
    png = png_of_figure(draw, size=style.TWO_PANELS)
    return Picture(name="clocks", title=title, alt=alt, png=png, table=clocks_table(answer))


def targets_picture(answer: Mechanism) -> Picture:
    """Draw for a pharmacologist: affinities on a logarithmic axis, and occupancy over time."""

    def draw(figure: Figure) -> None:
        heights = (len(answer.targets) + 2, style.LINES_OF_A_PANEL)
        above, below = figure.subplots(2, 1, height_ratios=heights)
        _draw_affinities(above, answer)
        _draw_occupancies(below, answer)

    title = _("Free levels and affinities, target by target")
    told = "; ".join(
        f"{one.target.short} {percent(one.occupancy.q50[one.occupancy.peak])}"
        for one in by_peak(answer)
        if one.occupancy is not None
    )
    alt = _(
        "Above, marks for every affinity of each target on a logarithmic axis, with a band for the"
        " highest free level. Below, the share taken over time, with a band from the assay that"
        " binds least to the one that binds most. At the highest: {told}."
    ).format(told=told)
    height = style.LINES_AROUND + style.LINE * (len(answer.targets) + style.LINES_OF_A_PANEL)
    png = png_of_figure(draw, size=(style.SIZE[0], height))
    return Picture(name="targets", title=title, alt=alt, png=png, table=affinity_table(answer))


def _window(answer: Mechanism) -> tuple[list[int], list[float]]:
    """Choose the looks from the start of the last dose on, and give their hours from there."""
    begin, end = answer.last_dose_start_h, answer.last_dose_end_h + HOURS_SHOWN
    places = [i for i, hour in enumerate(answer.time_h) if begin <= hour <= end]
    return places, [answer.time_h[i] - begin for i in places]


def _draw_hours(axes: Axes, answer: Mechanism) -> None:
    places, time = _window(answer)
    nmda = answer.taken("nmda").occupancy
    if nmda is not None:
        _fill(axes, time, _share(nmda.least, places), _share(nmda.most, places), (
            style.SKY, style.WRITTEN_BAND, _("as assays differ")))  # fmt: skip
        _fill(axes, time, _share(nmda.q05, places), _share(nmda.q95, places), (
            style.BLUE, style.EXPECTED_BAND, _("90% of people")))  # fmt: skip
        axes.plot(time, _share(nmda.q50, places), color=style.BLUE, linewidth=style.WIDE,
                  label=_("NMDA receptors, which pass pain on"))  # fmt: skip
    others = [answer.taken(name).occupancy for name in OPIOIDS_AND_PUMPS]
    highest = [max(one.q50[i] for one in others if one is not None) for i in places]
    axes.plot(time, [100 * value for value in highest], color=style.ORANGE, linestyle="--",
              linewidth=style.WIDE, label=_("opioid receptors and pumps"))  # fmt: skip
    end = answer.last_dose_end_h - answer.last_dose_start_h
    axes.axvline(end, color=style.QUIET, linewidth=style.HAIR)
    is_late = end > time[-1] / 2
    axes.text(
        end, style.BELOW_TOP, _(" last dose ends "), fontsize=style.SMALL, color=style.QUIET,
        transform=axes.get_xaxis_transform(), va="top", ha="right" if is_late else "left",
    )  # fmt: skip
    axes.set(ylim=(0, 100), xlim=(0, time[-1]), ylabel=_("taken (%)"))
    axes.set_xlabel(_("hours from the start of the last dose"))
    axes.set_title(_("Hours: what ketamine sits on"))
    axes.xaxis.set_major_locator(MultipleLocator(style.hour_step(time[-1])))
    _legend_below(axes)


def _draw_weeks(axes: Axes, answer: Mechanism) -> None:
    clock = answer.slow_clock
    time = [hour / 24 for hour in answer.time_h]
    every = range(len(time))
    _fill(axes, time, _share(clock.relief_q05, every), _share(clock.relief_q95, every), (
        style.GREEN, style.WRITTEN_BAND, _("90% of people who respond")))  # fmt: skip
    axes.plot(time, _share(clock.relief_q50, every), color=style.GREEN, linewidth=style.WIDE,
              label=_("pain taken away, if you respond"))  # fmt: skip
    axes.axvline(answer.last_dose_end_h / 24, color=style.QUIET, linewidth=style.HAIR)
    axes.set(ylim=(0, 100), xlim=(0, time[-1]), ylabel=_("pain taken away (%)"))
    axes.set_xlabel(_("days from the first dose"))
    axes.set_title(_("Weeks: the slow clock (how the two are linked is a hypothesis)"))
    axes.xaxis.set_major_locator(MultipleLocator(style.week_step(time[-1])))
    _legend_below(axes)


def _draw_affinities(axes: Axes, answer: Mechanism) -> None:
    ordered = sorted(answer.targets, key=lambda one: one.target.short.casefold())
    top = max(range(len(answer.time_h)), key=answer.free_ketamine_q50.__getitem__)
    axes.axvspan(
        answer.free_ketamine_q05[top], answer.free_ketamine_q95[top], color=style.SKY,
        alpha=style.EXPECTED_BAND, linewidth=0, label=_("highest free ketamine, 90% of people"),
    )  # fmt: skip
    for place, one in enumerate(ordered):
        _draw_target(axes, place, one)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    names = [
        one.target.short if one.target.affinities else _("{name}: none seen").format(
            name=one.target.short
        )
        for one in ordered
    ]  # fmt: skip
    axes.set_yticks(range(len(ordered)), names, fontsize=style.SMALL)
    axes.set_ylim(len(ordered) - 0.5, -0.5)
    axes.set_xlabel(_("free concentration, Ki or IC50 (µmol/L, logarithmic)"))
    axes.set_title(_("Where half of each target is taken"))
    _legend_below(axes, style.LINE * len(ordered))


def _draw_target(axes: Axes, place: int, one: TargetTaken) -> None:
    for seen in one.target.affinities:
        low, high = (1000 * end for end in seen.limits)
        is_parent = seen.form in _MARKS
        colour = style.BLUE if is_parent else style.ORANGE
        label = seen.form if is_parent else _("metabolites")
        if low < high:
            axes.plot([low, high], [place, place], color=colour, linewidth=style.THIN)
        if not seen.is_exact:
            # A limit: the figure lies on the side the arrow points to.
            axes.plot([low], [place], marker="$\\rightarrow$" if seen.bound == "above" else
                      "$\\leftarrow$", color=colour, markersize=2 * style.POINT, linestyle="none",
                      label=_("a limit: beyond it"))  # fmt: skip
            continue
        axes.plot(
            [1000 * seen.central], [place], marker=_MARKS.get(seen.form, "x"), color=colour,
            markerfacecolor=colour if seen.measure == "ki" else "white",
            markersize=style.POINT + 1, linestyle="none",
            label=label
            if seen.measure == "ki" or not is_parent
            else _("{form}, IC50").format(form=label),
        )  # fmt: skip


def _draw_occupancies(axes: Axes, answer: Mechanism) -> None:
    places, time = _window(answer)
    for one, (colour, dash) in zip(by_peak(answer), style.SERIES, strict=False):
        taken = one.occupancy
        if taken is None:
            continue
        _fill(axes, time, _share(taken.least, places), _share(taken.most, places), (
            colour, style.WRITTEN_BAND, None))  # fmt: skip
        axes.plot(time, _share(taken.q50, places), color=colour, linestyle=dash,
                  linewidth=style.WIDE, label=one.target.short)  # fmt: skip
    axes.set(ylim=(0, 100), xlim=(0, time[-1]), ylabel=_("taken (%)"))
    axes.set_xlabel(_("hours from the start of the last dose"))
    axes.set_title(_("The four most taken; bands: as assays differ"))
    axes.xaxis.set_major_locator(MultipleLocator(style.hour_step(time[-1])))
    axes.legend(loc="upper right")


def _share(values: tuple[float, ...], places: range | list[int]) -> list[float]:
    return [100 * values[i] for i in places]


def _fill(
    axes: Axes,
    time: list[float],
    low: list[float],
    high: list[float],
    look: tuple[str, float, str | None],
) -> None:
    colour, alpha, label = look
    axes.fill_between(time, low, high, color=colour, alpha=alpha, linewidth=0, label=label)


def _legend_below(axes: Axes, inches: float = style.PANEL_INCHES) -> None:
    """Set the legend below the axes, each name once, where it hides nothing."""
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    axes.legend(
        once.values(), once, loc="upper center", ncols=2, borderaxespad=0,
        bbox_to_anchor=(0.5, style.BELOW_AXES * style.PANEL_INCHES / inches),
    )  # fmt: skip
