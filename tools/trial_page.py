"""Writes the page of every study: what was given, what was seen, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.evidence import TrialRow, TrialsAnswer, find_trials, group_of
from respite.report import figure_words, group_titles

if TYPE_CHECKING:
    from respite.literature import Study


def page(note: str) -> str:
    """Write the whole page.

    Parameters
    ----------
    note
        Says that the page is written, and not to be edited.
    """
    return "\n".join(_lines(find_trials(), note)) + "\n"


def _lines(answer: TrialsAnswer, note: str) -> Iterator[str]:
    yield f"# Trials\n\n*For clinicians and researchers.*\n\n{note.rstrip()}\n"
    yield (
        f"{len(answer.studies)} studies with {len(answer.rows)} figures, each with how it was seen."
        " ± is one standard error. Randomised evidence stands apart from what was merely seen."
    )
    for group, title in group_titles().items():
        yield f"\n## {title}"
        for study in answer.studies:
            if group_of(study.kind) == group:
                yield from _study(study, [row for row in answer.rows if row.study == study.id])
    yield "\n## Figures that cannot be compared across studies\n"
    for why, count, names in answer.left_out:
        yield f"- {count} {why}: {', '.join(f'[{name}](#{name})' for name in names)}."


def _study(study: Study, rows: list[TrialRow]) -> Iterator[str]:
    yield f"\n### {study.id}\n"
    yield (
        f"{study.title}. {study.design[:1].upper()}{study.design[1:]}."
        f" Condition: {study.condition}."
        f" Used for: {study.role.replace('none', 'nothing')}, because: {study.role_because}."
        f" Source: [{study.source}](sources.md#{study.source}).\n"
    )
    for arm in study.arms:
        given = f"`{arm.regimen}`" if arm.regimen else f"not writable: {arm.regimen_not_writable}"
        assumed = f" (assumed: {arm.because})" if arm.regimen_status == "assumed" else ""
        yield f"- **{arm.name}**, {arm.treatment}: {given}{assumed}"
    if rows:
        yield ""
    for row in rows:
        place = "" if row.source == study.source else f" [{row.source}](sources.md#{row.source})"
        yield f"- {figure_words(row)}{place}"
    if study.known_problems:
        yield f"\nTo mind: {'; '.join(study.known_problems)}."
