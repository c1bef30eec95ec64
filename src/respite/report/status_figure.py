"""Where the numbers behind an answer come from."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.picture import Picture, png_of
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
    png = png_of(draw, title, size=style.SHORT)
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
