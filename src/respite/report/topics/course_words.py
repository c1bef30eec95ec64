"""What is said of a kind of course: how many have relief, for how long, and who has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis, sentences
from respite.report.numerals import exists, hours, of_100, rounded, span
from respite.report.tables import Table, outcome_parts
from respite.report.topics.sourced import Origin, Said, SourcedTable, read_in, worked_out_by

if TYPE_CHECKING:
    from respite.report.topics.answers import Course

FEW = 10
"""Of a hundred: fewer are told as hardly anyone; ours."""

ROUTE = "route"
"""The fact of a forecast's scope that tells whether the time course was studied by a route."""

EXTRAPOLATED = "*"
"""Stands beside what was not studied."""


def name_of(one: Course) -> str:
    """Name a kind of course in a few words."""
    return _("one session alone: {words}").format(words=one.practice.words) if one.is_single else (
        one.practice.words
    )  # fmt: skip


def origins_of(one: Course) -> tuple[Origin, ...]:
    """Say where the plan of a course comes from, and which models work its answer out."""
    return (
        *worked_out_by(*one.forecast.provenance["models"]),
        *read_in(one.practice.source),
    )


def is_untested(one: Course) -> bool:
    """Say whether relief that lasts was never studied by this route."""
    return any(
        told.get("fact") == ROUTE and told.get("status") == "outside" for told in one.forecast.scope
    )


def plan_words(one: Course) -> Said:
    """Say which plan stands for the kind, and what of it is our choice."""
    return Said(
        text=_("Worked out for: {regimen}").format(regimen=one.regimen),
        origins=read_in(one.practice.source),
        status=_("assumed: {because}").format(because=one.practice.because),
    )


def for_clinicians(one: Course) -> tuple[Said, ...]:
    """Say what is expected of a course, as every forecast says it."""
    grade, why = sentences.certainty(one.forecast)
    sure = _("Certainty: {grade}. {why}").format(grade=grade, why=why)
    return tuple(
        Said(text=text, origins=origins_of(one))
        for text in (
            *sentences.headline(one.forecast),
            sure,
            *basis.scope_lines(one.forecast.scope),
        )
    )


def for_patients(one: Course) -> tuple[Said, ...]:
    """Say it in plain words: how many, how much of it is the drug, how long, who has none."""
    text = " ".join(_plain(one))
    return (Said(text=text, origins=origins_of(one)),)


def _plain(one: Course) -> Iterator[str]:
    times, alone = one.forecast.time_to_pain_return, one.forecast.drug_only
    lasting, by_drug = sum(outcome_parts(times)[3:]), sum(outcome_parts(alone)[3:])
    if lasting < FEW:
        yield _("Of 100 people, fewer than {n} feel better for a day or more.").format(n=FEW)
    else:
        yield _("Of 100 people, about {n} feel better for a day or more.").format(n=lasting)
    if is_untested(one):
        yield _("No one has tested this way for relief that lasts. These numbers are a guess.")
    text = _("The drug alone does that for about {n}. The rest is hope, care and time.")
    yield text.format(n=by_drug)
    if exists(times.median_days) and times.interval80_days is not None:
        low, high = (round(end) for end in times.interval80_days)
        text = _("When it fades, that is often near day {n}. It can be day {low}, or day {high}.")
        yield text.format(n=round(times.median_days), low=low, high=high)
    never, gone, brief, *_rest = outcome_parts(times)
    if never + gone + brief:
        yield _("About {n} have no relief, or lose it within a day.").format(n=never + gone + brief)


def in_short(one: Course) -> str:
    """Say a course in one line, for who cannot see it drawn."""
    times = one.forecast.time_to_pain_return
    many = of_100(sum(outcome_parts(times)[3:]))
    if not exists(times.median_days) or times.interval80_days is None:
        return _("{name}: a day or more in {many}.").format(name=name_of(one), many=many)
    return _("{name}: a day or more in {many}, then {days} ({span}).").format(
        name=name_of(one), many=many, days=_days(times.median_days),
        span=span(*times.interval80_days),
    )  # fmt: skip


def course_table(courses: tuple[Course, ...]) -> Table:
    """Show every kind of course with its outcomes."""
    return Table(
        caption=_("By kind of course, of a hundred people (* not studied by this route)"),
        head=(
            _("Course"),
            _("relief for a day or more"),
            _("drug alone"),
            _("no relief, or lost before the last dose ends"),
            _("hours only"),
            _("median, days"),
            _("80% of people, days"),
            _("still after {days} days").format(days=_horizon(courses)),
        ),
        rows=tuple(map(_row, courses)),
    )


def _horizon(courses: tuple[Course, ...]) -> int | str:
    return courses[0].forecast.horizon_days if courses else "-"


def _row(one: Course) -> tuple[str, ...]:
    times = one.forecast.time_to_pain_return
    never, gone, brief, returns, beyond = outcome_parts(times)
    alone = outcome_parts(one.forecast.drug_only)
    length = "-" if not exists(times.hours_only_median_h) else hours(times.hours_only_median_h)
    return (
        _("{name}: {regimen}").format(name=name_of(one), regimen=one.regimen)
        + (EXTRAPOLATED if is_untested(one) else ""),
        str(returns + beyond),
        str(sum(alone[3:])),
        str(never + gone),
        _("{n} (median {length})").format(n=brief, length=length) if brief else "0",
        rounded(times.median_days) if exists(times.median_days) else "-",
        _interval(times.interval80_days),
        str(beyond),
    )


def _interval(pair: tuple[float, float] | None) -> str:
    if pair is None:
        return "-"
    return _("{low} to {high}").format(low=rounded(pair[0]), high=rounded(pair[1]))


def _days(number: float) -> str:
    return _("{n} days").format(n=rounded(number))


def sourced_courses(courses: tuple[Course, ...]) -> SourcedTable:
    """Show every kind of course, each row with where its plan and its answer come from."""
    return SourcedTable(
        table=course_table(courses), of_rows=tuple(origins_of(one) for one in courses)
    )
