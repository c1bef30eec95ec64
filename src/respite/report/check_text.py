"""A check as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis, check_words
from respite.report.layout import Page

if TYPE_CHECKING:
    from respite.safety import Safety


def check_text(
    answer: Safety, *, page: Page, citations: Iterable[str] = (), every: bool = False
) -> str:
    """Write a check for a person.

    Parameters
    ----------
    answer
        The check.
    page
        Width and boldness of the terminal.
    citations
        Sources of the rules that fire.
    every
        Whether to list every question and every clear rule.
    """
    first, *more = check_words.headline(answer)
    cited = [page.item(one) for one in citations]
    blocks = [
        "\n".join([page.heading(first), *map(page.paragraph, more)]),
        "\n".join(page.labelled(label, text) for label, text in check_words.question(answer)),
        *_fired(answer, page),
        "\n".join(_asked(answer, page, every=every)),
        *_effects(answer, page),
        *_due(answer, page),
        *_clear(answer, page, every=every),
        "\n".join(map(page.paragraph, check_words.left_out(answer, every=every))),
        "\n".join([page.heading(_("How to read this")), *_items(answer, page)]),
        "\n".join([page.heading(_("Sources")), *cited]) if cited else "",
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _items(answer: Safety, page: Page) -> Iterator[str]:
    return map(page.item, check_words.notes(answer))


def _fired(answer: Safety, page: Page) -> Iterator[str]:
    fired = check_words.fired(answer)
    if not fired:
        return
    yield page.heading(_("WHAT FIRES"))
    for one in fired:
        yield "\n".join(
            [
                page.heading(one.label),
                page.paragraph(one.action, "  "),
                *(page.paragraph(f"{label}: {text}", "    ") for label, text in one.lines),
            ]
        )


def _asked(answer: Safety, page: Page, *, every: bool) -> Iterator[str]:
    asked = check_words.asked(answer, every=every)
    if not asked:
        return
    yield page.heading(_("WHAT TO ASK, THE MOST IMPORTANT FIRST"))
    for one in asked:
        yield page.item(f"{one.ask} {one.why} [{one.fact}]")


def _effects(answer: Safety, page: Page) -> Iterator[str]:
    """Write what the plan may do on the day."""
    lines = check_words.effect_lines(answer)
    if not lines:
        return
    yield page.heading(_("WHAT IT MAY DO ON THE DAY"))
    yield from map(page.table, check_words.effect_tables(answer))
    yield "\n".join(map(page.item, lines))


def _due(answer: Safety, page: Page) -> Iterator[str]:
    """Write what must be watched, and by when."""
    lines = check_words.due_lines(answer)
    if lines:
        yield "\n".join([page.heading(_("WHAT TO WATCH")), *map(page.item, lines)])


def _clear(answer: Safety, page: Page, *, every: bool) -> Iterator[str]:
    table = check_words.rule_table(answer, "clear", _("WHAT IS CLEAR"))
    if every and table.rows:
        yield page.table(table)
