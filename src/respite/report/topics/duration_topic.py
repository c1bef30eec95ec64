"""How long relief lasts, by kind of pain and by kind of course."""

from __future__ import annotations

from respite.domain import translate as _
from respite.report.topics import answers, claim_words, course_words
from respite.report.topics.conditions import PAIN_MODEL, plainly
from respite.report.topics.drawing import shown
from respite.report.topics.sourced import (
    Face,
    Said,
    SourcedTable,
    Topic,
    TopicPart,
    all_said,
    with_content,
    worked_out_by,
)

NAME = "how-long"


def title() -> str:
    """Name the topic."""
    return _("How long does relief last?")


def duration_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell how long relief lasts, with its doubt, and what trials found that saw none."""
    return for_patients(condition) if face == "patients" else for_clinicians(condition)


def for_clinicians(condition: str | None) -> Topic:
    """Tell every course with its numbers, then every claim, every trial and every length seen."""
    courses = answers.courses(condition)
    by_course = (
        TopicPart(
            heading=course_words.name_of(one),
            said=(*course_words.for_clinicians(one), course_words.plan_words(one)),
        )
        for one in courses
    )
    found = claim_words.claims(condition)
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        condition=condition,
        lead=(
            *_about(condition),
            *claim_words.for_clinicians(found[:1]),
            *claim_words.counted_trials(condition, plain=False),
        ),
        parts=with_content(
            (
                TopicPart(
                    heading=_("Side by side"),
                    figures=shown(NAME, worked_out_by(PAIN_MODEL), condition),
                    tables=(course_words.sourced_courses(courses),),
                ),
                TopicPart(
                    heading=_("What trials and reviews claim"),
                    points=claim_words.for_clinicians(found),
                ),
                TopicPart(
                    heading=_("What each trial found"),
                    tables=(claim_words.trials_table(condition),),
                ),
                TopicPart(
                    heading=_("What studies tell of lengths"),
                    said=all_said(
                        (
                            _(
                                "Most of these studies had no control group: what they saw also"
                                " holds placebo, hope, time, and who came back."
                            ),
                        )
                    ),
                    tables=_lengths(condition),
                ),
                *by_course,
            )
        ),
    )


def for_patients(condition: str | None) -> Topic:
    """Tell it in plain words: a few claims, each kind of course, and how sure it is."""
    courses = answers.courses(condition)
    by_course = (
        TopicPart(heading=one_line(course_words.name_of(one)), said=course_words.for_patients(one))
        for one in courses
    )
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        condition=condition,
        lead=(*in_short(condition), *_about(condition)),
        parts=with_content(
            (
                TopicPart(
                    heading=_("Hours and months, side by side"),
                    figures=shown(NAME, worked_out_by(PAIN_MODEL), condition),
                ),
                TopicPart(
                    heading=_("What tests in people say"),
                    said=claim_words.counted_trials(condition),
                    points=claim_words.for_patients(claim_words.claims(condition)),
                    tables=(claim_words.trials_table(condition, plain=True),),
                ),
                *by_course,
                TopicPart(heading=_("How sure is this?"), points=all_said(_doubts())),
            )
        ),
    )


def one_line(text: str) -> str:
    """Give a name a capital at its start."""
    return f"{text[:1].upper()}{text[1:]}"


def in_short(condition: str | None) -> tuple[Said, ...]:
    """Answer in a few plain sentences: hours are common, weeks happen, many have none."""
    single, usual = answers.usual_courses(condition)
    return (
        Said(text=_("No one can tell for you alone. What we can say is how it went for others.")),
        Said(
            text=_("After one short drip: {told}").format(
                told=course_words.for_patients(single)[0].text
            ),
            origins=course_words.origins_of(single),
        ),
        Said(
            text=_("After a course of short drips on many days: {told}").format(
                told=course_words.for_patients(usual)[0].text
            ),
            origins=course_words.origins_of(usual),
        ),
    )


def _about(condition: str | None) -> tuple[Said, ...]:
    """Say whom the numbers are about."""
    if condition is None:
        return all_said(
            (
                _(
                    "These numbers are for lasting pain of a kind that is not told. Some courses"
                    " are given for some kinds of pain alone: choose yours to see them."
                ),
            )
        )
    from respite.literature import load_library

    told = load_library().assembled(PAIN_MODEL).conditions[condition]
    return (
        Said(
            text=_("These numbers are for {pain}. Why they are unsure: {why}.").format(
                pain=plainly(condition), why=told.certainty.why
            ),
            origins=worked_out_by(PAIN_MODEL),
        ),
    )


def _lengths(condition: str | None) -> tuple[SourcedTable, ...]:
    table = claim_words.lengths_table(condition)
    return (table,) if table.table.rows else ()


def _doubts() -> tuple[str, ...]:
    return (
        _("Few people have been watched for more than some weeks. For most kinds of pain there are"
          " none."),
        _("The drug makes people feel odd. So many can guess that they got it, and hope helps."),
        _("Where we had no number, we chose one. Each such choice says so, and why."),
        _("Your own diary tells more about you than these pages can."),
    )  # fmt: skip
