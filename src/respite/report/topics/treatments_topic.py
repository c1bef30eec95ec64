"""Ketamine beside other treatments of pain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.comparator_tables import (
    IN_PAIN,
    TO_BENEFIT,
    TO_HARM,
    counted,
    figures_table,
    named,
    of_100,
    people_table,
)
from respite.report.comparator_text import comparator_lead, comparator_notes, settings_apart
from respite.report.tables import Table
from respite.report.topics import answers
from respite.report.topics.conditions import plainly
from respite.report.topics.drawing import shown
from respite.report.topics.sourced import (
    Face,
    Origin,
    Said,
    SourcedTable,
    Topic,
    TopicPart,
    all_said,
    seen_in,
    with_content,
)

if TYPE_CHECKING:
    from respite.evidence import ComparedRow

NAME = "other-treatments"

MOOD = "depression"
"""A condition whose figures count no pain."""

Rows = Iterable["ComparedRow"]


def title() -> str:
    """Name the topic."""
    return _("How does it compare with other treatments?")


def treatments_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell what other treatments do, never ranked, and hours never beside weeks."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell every figure with its interval and its source."""
    answer = answers.others()
    rows = answer.of("chronic")
    short = answer.of("acute_single_dose")
    # Where a row was seen stands beside it as a link, and needs no number of its own in the table.
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=_counted_lead(),
        parts=with_content(
            (
                TopicPart(
                    heading=_("Lasting pain"),
                    figures=shown(NAME, _drawn(rows))[:1],
                    tables=(
                        _sourced(people_table, _only(rows, TO_BENEFIT),
                                 _("Lasting pain: people treated for one to benefit")),
                        _sourced(figures_table, _only(rows, IN_PAIN),
                                 _("Lasting pain: difference from placebo")),
                        _sourced(people_table, _only(rows, TO_HARM),
                                 _("Lasting pain: unwanted effects")),
                        _sourced(figures_table, _but(rows, (*TO_BENEFIT, *TO_HARM, *IN_PAIN)),
                                 _("Lasting pain: how long, how many, and what was not found")),
                    ),
                ),
                TopicPart(
                    heading=_("Another question: one dose against short pain"),
                    said=all_said((settings_apart(),)),
                    figures=shown(NAME, _drawn(short))[1:],
                    tables=(
                        _sourced(people_table, _only(short, TO_BENEFIT),
                                 _("One dose after surgery: people treated for one to lose half the"
                                   " pain")),
                        _sourced(figures_table, _but(short, TO_BENEFIT),
                                 _("One dose against short pain: how long it acts")),
                    ),
                ),
                TopicPart(
                    heading=_("How to read this, and what it cannot tell"),
                    points=all_said(comparator_notes(answer)[:-1], (Origin("mark", "derived"),)),
                ),
            )
        ),
    )  # fmt: skip


def for_patients() -> Topic:
    """Tell how many more of a hundred are helped or harmed, in two tables, and how to read them."""
    rows = [row for row in answers.others().of("chronic") if row.figure.condition != MOOD]
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(
            (
                _("No one has put ketamine to a fair test next to most other drugs. So we do not"
                  " rank them."),
                _("The list shows how many more people are helped than by a dummy pill. Each line"
                  " comes from other people, at other times."),
            )
        ),
        parts=with_content(
            (
                TopicPart(
                    heading=_("How many more are helped"),
                    said=all_said(
                        (
                            _("Say a hundred people take the drug, and a hundred take a dummy. The"
                              " list says how many more of those on the drug are helped."),
                            _("If it says that the number may be none, the drug may not help at"
                              " all."),
                        )
                    ),
                    tables=(
                        _plain_table(
                            _only(rows, TO_BENEFIT), _("How many more of a hundred are helped")
                        ),
                    ),
                ),
                TopicPart(
                    heading=_("How many more stop or are harmed"),
                    tables=(
                        _plain_table(
                            _only(rows, TO_HARM), _("How many more of a hundred are harmed or stop")
                        ),
                    ),
                ),
                TopicPart(
                    heading=_("What to keep in mind"),
                    points=all_said(
                        (
                            _("Tests of ketamine were small. Many people could guess what they got."
                              " That makes a drug look better than it is."),
                            _("Most of the other drugs were tested in far more people."),
                            _("A pill works while you take it. Ketamine may work for some time"
                              " after the last dose. That sets it apart, but few have tested it."),
                        )
                    ),
                ),
            )
        ),
    )  # fmt: skip


def _counted_lead() -> tuple[Said, ...]:
    first, *rest = comparator_lead(answers.others())
    counted_here = Said(
        text=first,
        origins=(Origin("mark", "derived"),),
        status=_("counted in the tables here, each row with its source"),
    )
    return (counted_here, *all_said(rest))


def _sourced(
    make: Callable[..., Table], rows: list[ComparedRow], caption: str
) -> SourcedTable:  # fmt: skip
    return SourcedTable(table=make(rows, {}, caption), of_rows=tuple(_seen(row) for row in rows))


def _plain_table(rows: list[ComparedRow], caption: str) -> SourcedTable:
    told = [row for row in rows if row.per_100[0] is not None]
    table = Table(
        caption=caption,
        head=(_("Treatment"), _("more of 100"), _("pain"), _("what was counted")),
        rows=tuple(
            (named(row), of_100(row), plainly(row.figure.condition), counted(row)) for row in told
        ),
        align="text",
    )
    return SourcedTable(table=table, of_rows=tuple(_seen(row) for row in told))


def _drawn(rows: Rows) -> tuple[Origin, ...]:
    """Give the sources of what a figure draws."""
    found = dict.fromkeys(one for row in _only(rows, TO_BENEFIT) for one in _seen(row))
    return tuple(found)


def _seen(row: ComparedRow) -> tuple[Origin, ...]:
    return seen_in(row.figure.source, row.figure.read)


def _only(rows: Rows, metrics: tuple[str, ...]) -> list[ComparedRow]:
    return [row for row in rows if row.figure.metric in metrics]


def _but(rows: Rows, metrics: tuple[str, ...]) -> list[ComparedRow]:
    return [row for row in rows if row.figure.metric not in metrics]
