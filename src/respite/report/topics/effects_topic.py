"""Side effects: on the day, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.literature import load_library
from respite.report.comparator_tables import TO_HARM, people_table
from respite.report.effects_words import effect_sentences, felt_table, rising_table
from respite.report.leaflet_words import what_is_felt, when_to_call
from respite.report.numerals import brief
from respite.report.tables import Table
from respite.report.topics import answers, claim_words
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
    read_in,
    seen_in,
    with_content,
    worked_out_by,
)
from respite.report.trials_text import value_words

if TYPE_CHECKING:
    from respite.safety import AcuteEffect

NAME = "side-effects"
MODEL = "acute_respite1"
"""The model of acute effects."""


def title() -> str:
    """Name the topic."""
    return _("What side effects does it have?")


def effects_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell what is felt on the day, what rises, what trials counted, and when to call."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def origins_of(effects: tuple[AcuteEffect, ...]) -> tuple[Origin, ...]:
    """Say which model works the chances out; its entry names the studies."""
    del effects
    return worked_out_by(MODEL)


def for_clinicians() -> Topic:
    """Tell chances, rises and counts, with every source."""
    usual = answers.on_the_day(answers.USUAL)
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=(
            *claim_words.for_clinicians(claim_words.claims(None, says=("harm",))),
            *all_said(effect_sentences(usual)[:2], origins_of(usual)),
        ),
        parts=with_content(
            (
                TopicPart(heading=_("Over one session"), figures=shown(NAME, origins_of(usual))),
                *(_course_part(way) for way in answers.ON_THE_DAY),
                TopicPart(
                    heading=_("Counted in trials and cohorts"),
                    tables=(_harms_table(), _ratios_table()),
                ),
                TopicPart(heading=_("Studies that the chances rest on"), tables=(_studies(),)),
            )
        ),
    )


def _course_part(way: str) -> TopicPart:
    practice, effects = load_library().practices[way], answers.on_the_day(way)
    tables = tuple(table for table in (felt_table(effects), rising_table(effects)) if table)
    regimen = (practice.is_followed or practice.regimens)[-1]
    return TopicPart(
        heading=f"{practice.words[:1].upper()}{practice.words[1:]}",
        said=(
            Said(
                text=_("Worked out for: {regimen}").format(regimen=regimen),
                origins=read_in(practice.source),
                status=_("assumed: {because}").format(because=practice.because),
            ),
            *all_said(effect_sentences(effects), origins_of(effects)),
        ),
        tables=tuple(SourcedTable(table=table, origins=origins_of(effects)) for table in tables),
    )


def for_patients() -> Topic:
    """Tell it in plain words, as the leaflet does."""
    usual = answers.on_the_day(answers.USUAL)
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(
            (
                _("Most side effects come on the day and pass within hours."),
                _("More people have them with ketamine than with a dummy drug."),
            ),
            worked_out_by(MODEL),
        ),
        parts=with_content(
            (
                TopicPart(
                    heading=_("On the day, over a course of short drips"),
                    points=all_said(what_is_felt(usual), origins_of(usual)),
                ),
                TopicPart(
                    heading=_("What changes with time"),
                    points=all_said(_with_time(), worked_out_by(MODEL)),
                ),
                TopicPart(heading=_("Over one visit"), figures=shown(NAME, origins_of(usual))),
                TopicPart(heading=_("When to call your clinic"), points=all_said(when_to_call())),
            )
        ),
    )


def _with_time() -> tuple[str, ...]:
    return (
        _("Feeling far away gets weaker from visit to visit."),
        _("Your blood pressure goes up each time. It does not get used to the drug. So it must be"
          " measured each time."),
        _("After some weeks without the drug, it can feel like the first time again."),
    )  # fmt: skip


def _harms_table() -> SourcedTable:
    """Show what studies of pain counted, asked or told."""
    from respite.evidence import find_trials

    rows = [row for row in find_trials().rows if row.measure == "harm"]
    studies = load_library().studies
    table = Table(
        caption=_("Unwanted effects in studies of pain"),
        head=(_("Study"), _("pain"), _("group"), _("what was counted"), _("figure")),
        rows=tuple(
            (
                studies[row.study].title,
                plainly(row.condition),
                f"{row.arm} - {row.against}" if row.against else row.arm,
                row.what,
                value_words(row),
            )
            for row in rows
        ),
        align="text",
    )
    return SourcedTable(table=table, of_rows=tuple(seen_in(row.source, row.read) for row in rows))


def _ratios_table() -> SourcedTable:
    rows = [
        row
        for row in answers.others().of("chronic")
        if row.figure.metric in TO_HARM and row.kind == "ketamine"
    ]
    table = people_table(rows, {}, _("Unwanted effects of ketamine against placebo, in reviews"))
    return SourcedTable(
        table=table, of_rows=tuple(seen_in(row.figure.source, row.figure.read) for row in rows)
    )


def _studies() -> SourcedTable:
    """Show the studies behind the model of acute effects."""
    studies = [one for one in load_library().acute.values() if one.rows]
    table = Table(
        caption=_("Studies of effects on the day"),
        head=(_("Study"), _("regimen"), _("people"), _("figures"), _("over time")),
        rows=tuple(
            (
                one.title,
                one.regimen or _("not told"),
                "-" if one.n is None else brief(one.n),
                str(len(one.rows)),
                one.time_course or _("not told"),
            )
            for one in studies
        ),
        align="text",
    )
    seen = tuple(seen_in(one.source, one.read) for one in studies)
    return SourcedTable(table=table, of_rows=seen)
