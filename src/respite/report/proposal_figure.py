"""Relief against burden: every plan that was tried, with the front that no other beats."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import percent, rounded
from respite.report.picture import Picture, png_of
from respite.report.proposal_words import NAMES
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.planning import Plan


_HOURS = (0, 1, 2, 5, 10, 20, 50, 100, 200)
"""Hours that are marked on the axis."""


def proposal_picture(answer: Plan) -> Picture:
    """Draw days with relief against hours in care, one mark for each plan."""
    settings = {
        "clinic": (style.BLUE, "o", _("in a clinic")),
        "ward": (style.ORANGE, "s", _("on a ward")),
        "home": (style.GREEN, "^", _("at home")),
    }
    names = {one.tried.regimen: name for name, one in zip(NAMES, answer.proposals, strict=False)}

    def draw(axes: Axes) -> None:
        for setting, (colour, mark, label) in settings.items():
            these = [one for one in answer.tried if one.setting == setting]
            for is_front in (True, False):
                some = [one for one in these if one.is_on_front == is_front]
                axes.scatter(
                    [one.hours_in_care for one in some], [one.mean_days for one in some],
                    s=style.MARK, marker=mark, edgecolors=colour, linewidths=style.RIM,
                    facecolors=colour if is_front else "none", label=label if is_front else None,
                    zorder=style.IN_FRONT, clip_on=False,
                )  # fmt: skip
        for one in answer.tried:
            if one.regimen in names:
                axes.annotate(
                    names[one.regimen], (one.hours_in_care, one.mean_days),
                    xytext=(5, 5), textcoords="offset points", fontweight="bold",
                )  # fmt: skip
        axes.scatter([0], [0], s=style.MARK, marker="x", color=style.INK, label=_("no ketamine"))
        axes.set_xscale("symlog", linthresh=1)
        axes.set_xticks(_HOURS, [str(hours) for hours in _HOURS])
        axes.set(
            xlim=(0, None),
            ylim=(0, None),
            xlabel=_("hours in clinic or ward"),
            ylabel=_("days with relief by the drug,\nwithin {days} days").format(
                days=answer.horizon_days
            ),
        )
        axes.legend(loc="upper left")

    title = _("Relief against hours in care")
    best = answer.tried[0] if answer.tried else None
    alt = _(
        "One mark for each of {n} plans: hours in care to the right, days with relief upwards."
        " Filled marks are those that no other plan beats in days, hours and dissociation."
    ).format(n=len(answer.tried))
    if best is not None:
        alt += " " + _("Most days: {plan}, {days}.").format(
            plan=best.regimen, days=rounded(best.mean_days)
        )
    table = Table(
        caption=title,
        head=(_("Plan"), _("hours in care"), _("days with relief"), _("dissociation")),
        rows=tuple(
            (
                one.regimen,
                rounded(one.hours_in_care),
                rounded(one.mean_days),
                percent(one.dissociation),
            )
            for one in answer.tried
        ),
    )
    png = png_of(draw, title, size=style.COLUMN)
    return Picture(name="plan", title=title, alt=alt, png=png, table=table)
