"""People treated for one to benefit: lasting pain and single doses, each on axes of its own."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.comparator_tables import (
    TO_BENEFIT,
    condition_words,
    named,
    of_100,
    people_table,
    references,
)
from respite.report.picture import Picture, png_of_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from respite.evidence import ComparatorTable, ComparedRow

NEEDED = (2, 3, 5, 10, 25)
"""Numbers needed to treat that are marked on the second axis; no limit is marked too."""


def comparator_pictures(answer: ComparatorTable) -> tuple[Picture, ...]:
    """Draw lasting pain and single doses, each in a picture of its own."""
    lasting = _drawn(answer.of("chronic"))
    single = _drawn(answer.of("acute_single_dose"))
    pictures = (
        people_picture(
            answer, lasting, "lasting-pain", _("Lasting pain: how many more of 100 benefit")
        ),
        people_picture(
            answer,
            single,
            "one-dose",
            _("One dose after surgery: how many more of 100 lose half the pain"),
        ),
    )
    drawn = zip((lasting, single), pictures, strict=True)
    return tuple(picture for rows, picture in drawn if rows)


def people_picture(
    answer: ComparatorTable, rows: tuple[ComparedRow, ...], name: str, title: str
) -> Picture:
    """Draw how many more of 100 benefit, with numbers needed to treat on a second axis."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        for place, row in enumerate(rows):
            _draw_row(axes, place, row)
        axes.axvline(0, color=style.INK, linewidth=style.HAIR)
        axes.set_yticks(range(len(rows)), [_label(row) for row in rows], fontsize=style.SMALL)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(left=-1)
        axes.set_xlabel(_("more of 100 who benefit (95%; dotted: a range)"))
        axes.grid(visible=False, axis="y")
        _add_needed(axes)
        figure.suptitle(title, x=0, ha="left", fontsize="medium")
        handles, labels = axes.get_legend_handles_labels()
        once = dict(zip(labels, handles, strict=True))
        figure.legend(once.values(), once, loc="outside lower left", ncols=2)

    table = people_table(rows, references(answer), title)
    alt = _(
        "Marks with their intervals, one line for each treatment in the order of the alphabet:"
        " {told}. The lines are not ranked."
    ).format(told="; ".join(f"{_label(row)}: {of_100(row)}" for row in rows))
    height = style.LINES_AROUND + style.LINE * len(rows)
    png = png_of_figure(draw, size=(style.SIZE[0], height)) if rows else b""
    return Picture(name=name, title=title, alt=alt, png=png, table=table)


def _drawn(rows: tuple[ComparedRow, ...]) -> tuple[ComparedRow, ...]:
    """Choose what counts people with relief; relapses of mood are another scale."""
    return tuple(
        row
        for row in rows
        if row.figure.metric in TO_BENEFIT and row.figure.metric != "nnt_relapse"
    )


def _draw_row(axes: Axes, place: int, row: ComparedRow) -> None:
    more, low, high = row.per_100
    is_ketamine = row.kind == "ketamine"
    colour = style.ORANGE if is_ketamine else style.BLUE
    was_seen = row.figure.read != "recalled"
    if low is not None and high is not None:
        is_range = row.figure.spread.kind == "range"
        axes.plot(
            [low, high], [place, place], color=colour, linewidth=style.WIDE,
            linestyle=":" if is_range else "-",
        )  # fmt: skip
    if more is None:
        return
    label = _("ketamine") if is_ketamine else _("other treatments")
    if not was_seen:
        label = _("{what}: recalled, not seen").format(what=label)
    axes.plot(
        [more], [place], linestyle="none", marker="D" if is_ketamine else "o", color=colour,
        markerfacecolor=colour if was_seen else "white", markersize=style.POINT + 1, label=label,
        zorder=style.IN_FRONT,
    )  # fmt: skip


def _label(row: ComparedRow) -> str:
    """Name the treatment and the pain on one line, cut where it would crowd the axes."""
    name = named(row)
    short = name if len(name) <= style.LETTERS else name[: style.LETTERS - 1].rstrip() + "…"
    year = row.figure.note.removeprefix("meta-analysis of ")
    when = f" {year}" if year.isdecimal() else ""
    return f"{short}{when}\n{condition_words(row.figure.condition)}, {_short(row)}"


def _short(row: ComparedRow) -> str:
    words = {
        "nnt50": _("half gone"),
        "nnt30": _("a third gone"),
        "nnt_smallest": _("least that matters"),
    }
    return words.get(row.figure.metric, _("as source counts"))


def _add_needed(axes: Axes) -> None:
    """Mark numbers needed to treat above: where none more benefit, no number is enough."""
    shown = [number for number in NEEDED if 100 / number <= axes.get_xlim()[1]]
    above = axes.secondary_xaxis("top")
    places = [0.0, *(100 / number for number in reversed(shown))]
    above.set_xticks(places, ["∞", *(str(number) for number in reversed(shown))])
    above.set_xlabel(_("people treated for one to benefit (NNT)"), fontsize=style.SMALL)
