"""What a diary taught about one person, in sentences; every face says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.dates import date_or_day
from respite.report.numerals import beside, exists, of_100, percent, rounded, signed
from respite.report.phrases import as_sentence

if TYPE_CHECKING:
    from respite.forecasting import Forecast, Learnt

SHOWN_ENTRIES, SHOWN_COURSES = 3, 3
"""How many scores and courses are named in a sentence; a table of the report has more."""


def learnt_lines(forecast: Forecast) -> tuple[str, ...]:
    """Say what moved lately, what more diary would bring, and how courses compare."""
    learnt = forecast.learnt
    if learnt is None:
        return ()
    return (
        *_moved(forecast, learnt),
        _another_week(learnt),
        *_courses(learnt),
        *_beats_placebo(learnt),
    )


def _moved(forecast: Forecast, learnt: Learnt) -> tuple[str, ...]:
    moved = learnt.moved
    if moved.before is None:
        reason = moved.because or _("no reason was recorded")
        return (as_sentence(_("What moved lately cannot be said: {reason}").format(reason=reason)),)
    before, after = (round(100 * each.chance_lasting) for each in (moved.before, moved.after))
    text = translate_plural(
        "Since {since}, {n} new score moved the chance of relief for a day or more from"
        " {before} to {after} of 100",
        "Since {since}, {n} new scores moved the chance of relief for a day or more from"
        " {before} to {after} of 100",
        moved.scores,
    ).format(
        since=date_or_day(forecast, moved.since_day),
        n=moved.scores,
        before=beside(before),
        after=beside(after),
    )
    if exists(moved.before.median_days) and exists(moved.after.median_days):
        text += _(", and its median length from {before} to {after} days").format(
            before=rounded(moved.before.median_days), after=rounded(moved.after.median_days)
        )
    return (as_sentence(text), *_movers(forecast, learnt))


def _movers(forecast: Forecast, learnt: Learnt) -> tuple[str, ...]:
    named = [
        _("pain {pain} on {date} ({by})").format(
            pain=f"{entry.pain:g}",
            date=date_or_day(forecast, entry.day),
            by=moved_by(entry.chance_by, entry.median_days_by),
        )
        for entry in learnt.moved.entries[:SHOWN_ENTRIES]
    ]
    if not named:
        return ()
    return (as_sentence(_("What moved it most: {entries}").format(entries="; ".join(named))),)


def moved_by(chance: float, median: float | None) -> str:
    """Say by how much one score moved the answer.

    Examples
    --------
    >>> moved_by(-0.03, 1.24), moved_by(0.001, None)
    ('chance -3 of 100, median +1.2 days', 'chance as it was')
    """
    points = round(100 * chance)
    text = _("chance {chance} of 100").format(chance=signed(points, 0))
    text = text if points else _("chance as it was")
    if not exists(median):
        return text
    more = _("median {days} days").format(days=signed(median, 1))
    return f"{text}, {more}"


def _another_week(learnt: Learnt) -> str:
    week = learnt.another_week
    now, then = week.width80_now_days, week.width80_expected_days
    if not exists(now) or not exists(then):
        text = _("What another week of diary would bring cannot be said: {reason}")
        return as_sentence(text.format(reason=week.because or _("no reason was recorded")))
    if rounded(now) == rounded(then):
        text = _("Another week of diary should leave the 80% interval about {now} days wide.")
    else:
        text = _("Another week of diary should bring the 80% interval from {now} to {then} days.")
    return text.format(now=rounded(now), then=rounded(then))


def _courses(learnt: Learnt) -> tuple[str, ...]:
    found = learnt.courses
    shown = found.courses[-SHOWN_COURSES:]
    lines = [_("{course}: {relief}").format(course=course_name(each.course),
                                            relief=share_with_interval(each.relief))
             for each in shown]  # fmt: skip
    said: list[str] = []
    if lines:
        text = _("Mean relief over the two weeks after each course, of untreated pain: {lines}")
        if len(shown) < len(found.courses):
            text = _(
                "Mean relief over the two weeks after each of the latest courses, of untreated"
                " pain: {lines}"
            )
        said.append(as_sentence(text.format(lines="; ".join(lines))))
    if found.tolerance is None:
        reason = found.because or _("no reason was recorded")
        text = _("Whether relief shrinks from course to course cannot be said: {reason}")
        return (*said, as_sentence(text.format(reason=reason)))
    low, middle, high = found.tolerance.per_doubling
    text = _(
        "That relief shrinks from course to course has a chance of {chance}: each doubling of"
        " their number changes the exposure that is needed by {middle}% (80% interval {low}% to"
        " {high}%)."
    ).format(
        chance=of_100(round(100 * found.tolerance.chance_shrinking)),
        middle=signed(100 * middle, 0),
        low=signed(100 * low, 0),
        high=signed(100 * high, 0),
    )
    return (*said, text)


def course_name(number: int) -> str:
    """Name a course of treatment."""
    return _("course {number}").format(number=number)


def share_with_interval(three: tuple[float, float, float]) -> str:
    """Write a share between the ends of its 80 % interval.

    Examples
    --------
    >>> share_with_interval((0.3, 0.38, 0.46))
    '38% (30% to 46%)'
    """
    low, middle, high = three
    return _("{middle} ({low} to {high})").format(
        middle=percent(middle), low=percent(low), high=percent(high)
    )


def _beats_placebo(learnt: Learnt) -> tuple[str, ...]:
    found = learnt.beats_placebo
    if found is None:
        return ()
    low, middle, high = found.difference
    text = _(
        "Ketamine relieves this person more than the same sessions with placebo would, by {margin}"
        " of untreated pain or more: {chance} (before the diary {before}). Difference in mean"
        " relief {middle}% (80% interval {low}% to {high}%)."
    ).format(
        margin=percent(found.margin),
        chance=of_100(round(100 * found.chance)),
        before=beside(round(100 * found.before)),
        middle=signed(100 * middle, 0),
        low=signed(100 * low, 0),
        high=signed(100 * high, 0),
    )
    return (
        " ".join([text, *([as_sentence(found.because)] if found.because else [])]),
        _(
            "Expectation counts in a diary: unless somebody blinded the sessions, part of that"
            " difference may be hope."
        ),
    )
