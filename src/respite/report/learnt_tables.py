"""What a diary taught about one person, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.dates import date_or_day
from respite.report.learnt_sentences import course_name, share_with_interval
from respite.report.numerals import exists, percent, rounded, signed
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.forecasting import Forecast, Learnt


def changed_table(learnt: Learnt) -> Table:
    """Show chances and numbers of the person before the diary and after it."""
    return Table(
        caption=_("What the diary changed (chance, or median and 80% interval)"),
        head=(_("About this person"), _("before"), _("after")),
        rows=(
            *((each.words, percent(each.before), percent(each.after)) for each in learnt.classes),
            *(
                (
                    _("{words} ({unit})").format(words=each.words, unit=each.unit),
                    _three(each.before),
                    _three(each.after),
                )
                for each in learnt.numbers
            ),
        ),
    )


def _three(three: tuple[float, float, float]) -> str:
    low, middle, high = three
    return _("{middle} ({low} to {high})").format(
        middle=rounded(middle), low=rounded(low), high=rounded(high)
    )


def entries_table(forecast: Forecast, learnt: Learnt) -> Table | None:
    """Show which scores moved the answer, and by how much."""
    entries = learnt.moved.entries
    if not entries:
        return None
    return Table(
        caption=_("Scores that moved the answer most"),
        head=(
            _("When"),
            _("pain"),
            _("chance of relief for a day, of 100"),
            _("median length, days"),
        ),
        rows=tuple(
            (
                date_or_day(forecast, entry.day),
                f"{entry.pain:g}",
                signed(100 * entry.chance_by, 0),
                signed(entry.median_days_by, 1) if exists(entry.median_days_by) else "-",
            )
            for entry in entries
        ),
    )


def courses_table(learnt: Learnt) -> Table | None:
    """Show relief course by course."""
    courses = learnt.courses.courses
    if not courses:
        return None
    return Table(
        caption=_("Mean relief over the two weeks after each course, of untreated pain"),
        head=(_("Course"), _("from day"), _("to day"), _("relief (80% interval)")),
        rows=tuple(
            (
                course_name(each.course),
                rounded(each.from_day),
                rounded(each.to_day),
                share_with_interval(each.relief),
            )
            for each in courses
        ),
    )
