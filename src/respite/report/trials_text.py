"""What studies saw, as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.citations import citation
from respite.report.layout import Page
from respite.report.numerals import brief
from respite.report.phrases import as_sentence, spoken

if TYPE_CHECKING:
    from respite.evidence import TrialRow, TrialsAnswer
    from respite.literature import Study


def group_titles() -> dict[str, str]:
    """Give the heading of each group of studies, in the order in which they are shown."""
    return {
        "against_placebo": _("Randomised, against placebo"),
        "randomised_otherwise": _("Randomised, against another drug or another course"),
        "uncontrolled": _("Without a control group: says what happened, not what ketamine did"),
        "taken_together": _("Trials taken together by others"),
        "not_yet_reported": _("Not yet reported"),
    }


def trials_text(answer: TrialsAnswer, *, page: Page) -> str:
    """Write every figure for a person, group by group; one study whole where one was asked for."""
    blocks = [page.paragraph(_headline(answer)), *_groups(answer, page)]
    if answer.study is not None:
        blocks += [_whole(study, page) for study in answer.studies]
    else:
        blocks += [_not_writable(answer, page), _left_out(answer, page)]
        more = _("One study whole, with its source: respite evidence trials --study NAME")
        blocks.append(page.paragraph(more))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _headline(answer: TrialsAnswer) -> str:
    count = len({row.study for row in answer.rows} | {one.id for one in answer.studies})
    about = (
        "" if answer.condition is None else _(" of {condition}").format(condition=answer.condition)
    )
    studies = translate_plural("{n} study{about}", "{n} studies{about}", count)
    figures = translate_plural("{n} figure", "{n} figures", len(answer.rows))
    return as_sentence(
        f"{studies.format(n=count, about=about)}, {figures.format(n=len(answer.rows))}"
    )


def _groups(answer: TrialsAnswer, page: Page) -> Iterator[str]:
    from respite.evidence import group_of

    known = {study.id: study for study in answer.studies}
    for group, title in group_titles().items():
        names = dict.fromkeys(
            [study.id for study in answer.studies if group_of(study.kind) == group]
            + [row.study for row in answer.rows if group_of(row.kind) == group]
        )
        if names:
            yield "\n\n".join(
                [
                    page.heading(title.upper()),
                    *(_study(answer, name, known, page) for name in names),
                ]
            )


def _study(answer: TrialsAnswer, name: str, known: dict[str, Study], page: Page) -> str:
    study = known.get(name)
    said = _("your own table") if study is None else study.title
    lines = [page.heading(name), page.paragraph(as_sentence(said), "  ")]
    lines += [
        page.item(figure_words(row))
        for row in answer.rows
        if row.study == name and (study is None) == (row.status == "own")
    ]
    return "\n".join(lines)


def figure_words(row: TrialRow) -> str:
    """Say one figure in a line: arm, time, what, how much, how sure, and how it was seen.

    Parameters
    ----------
    row
        The figure.
    """
    who = f"{row.arm} - {row.against}" if row.against else row.arm
    size = "" if row.n is None else f" (n {row.n})"
    said = [f"{who}{size}", when_words(row), f"{row.what}: {value_words(row)}"]
    seen = _("recalled, not seen") if row.read == "recalled" else spoken(row.read)
    if row.status in ("derived", "assumed"):
        seen = f"{row.status}, {seen}"
    return as_sentence(f"{', '.join(filter(None, said))} [{seen}]") + _note(row)


def when_words(row: TrialRow) -> str:
    """Say when a figure was seen, as far as that is known."""
    if row.days is None:
        return "" if row.time == "not_reported" else row.time.replace("_", " ")
    if row.days < 1 and row.days > 0:
        return _("{hours} h").format(hours=brief(24 * row.days))
    return _("day {day}").format(day=brief(row.days))


def value_words(row: TrialRow) -> str:
    """Write a figure with its spread and the chance of such a difference by chance alone."""
    if row.value is None:
        return _("no number") + _chance(row)
    scale = 100 if row.unit == "share" else 1
    unit = "%" if row.unit == "share" else f" {row.unit}"
    if row.unit == "fraction":
        unit = ""
    value = f"{brief(row.value * scale)}{unit}"
    if row.count is not None:
        value += f" ({row.count}/{row.of or row.n})"
    if row.se is not None:
        value += f" ± {brief(row.se * scale)}"
    if row.sd is not None and row.spread_kind == "sd":
        value += f", SD {brief(row.sd * scale)}"
    return value + _chance(row)


def _chance(row: TrialRow) -> str:
    return "" if row.p_value is None else f", P {row.p_value:g}"


def _note(row: TrialRow) -> str:
    return f" {row.note}" if row.note else ""


def _not_writable(answer: TrialsAnswer, page: Page) -> str:
    from respite.domain import listed

    arms: dict[tuple[str, str], list[str]] = {}
    for study, arm, why in answer.not_writable:
        arms.setdefault((study, why), []).append(arm)
    if not arms:
        return ""
    lines = [
        page.item(as_sentence(f"{study}, {listed(names)}: {why}"))
        for (study, why), names in arms.items()
    ]
    return "\n".join([page.heading(_("Regimens that cannot be written, and why")), *lines])


def _left_out(answer: TrialsAnswer, page: Page) -> str:
    if not answer.left_out:
        return ""
    lines = [
        page.item(as_sentence(f"{count} {why}: {', '.join(names)}"))
        for why, count, names in answer.left_out
    ]
    head = _("Figures that cannot be compared across studies")
    tail = _("± is one standard error; where there is none, none was printed and none follows.")
    return "\n".join([page.heading(head), *lines, page.paragraph(tail)])


def _whole(study: Study, page: Page) -> str:
    from respite.evidence import follow_up_words
    from respite.literature import load_library

    library = load_library()
    sources = dict.fromkeys(
        [study.source]
        + [outcome.source for arm in study.arms for outcome in arm.outcomes if outcome.source]
    )
    facts = [
        (_("Design"), as_sentence(study.design)),
        (_("Followed"), as_sentence(spoken(follow_up_words(study)))),
        (_("Lost"), as_sentence(spoken(study.losses))),
        (_("Used for"), as_sentence(f"{spoken(study.role)}: {study.role_because}")),
    ]
    return "\n\n".join(
        [
            "\n".join(page.labelled(label, text) for label, text in facts),
            "\n".join([page.heading(_("What was given")), *_arms(study, page)]),
            "\n".join([page.heading(_("What to mind")), *_doubts(study, page)]),
            "\n".join(
                [
                    page.heading(_("Sources")),
                    *(page.item(f"[{key}] {citation(library.source(key))}") for key in sources),
                ]
            ),
        ]
    )


def _arms(study: Study, page: Page) -> Iterator[str]:
    for arm in study.arms:
        said = arm.regimen or _("not writable: {why}").format(why=arm.regimen_not_writable)
        lines = [f"{arm.name}: {arm.treatment}", said]
        if arm.beside:
            lines.append(_("beside it {what}").format(what=arm.beside))
        if arm.because:
            lines.append(f"{arm.regimen_status}: {arm.because}")
        yield page.item(" ".join(as_sentence(line) for line in [*lines, arm.note] if line))


def _doubts(study: Study, page: Page) -> Iterator[str]:
    for what in study.known_problems:
        yield page.item(as_sentence(what))
    for what in study.not_reported:
        yield page.item(as_sentence(_("not seen: {what}").format(what=what)))
