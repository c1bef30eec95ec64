"""Long-term risks, and what is watched because of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.literature import load_library
from respite.report.leaflet_words import when_to_call
from respite.report.phrases import as_sentence
from respite.report.surveillance_text import whose
from respite.report.tables import Table
from respite.report.topics.sourced import (
    Face,
    Said,
    SourcedTable,
    Topic,
    TopicPart,
    all_said,
    read_in,
    seen_in,
    with_content,
)

if TYPE_CHECKING:
    from respite.literature import SurveillanceItem

NAME = "long-term-risks"

ORGANS = ("bladder", "kidney", "liver", "misuse", "mind", "heart", "pregnancy")
"""What is watched over, in the order in which it is told."""


def title() -> str:
    """Name the topic."""
    return _("What are the long-term risks?")


def risks_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell what long use may harm, what is watched for it, and what is not known."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell every item that is watched: why, when, what follows, and whose the numbers are."""
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=all_said(
            (
                _(
                    "Harm of bladder, kidneys, bile ducts and memory is known from people who took"
                    " grams a day. How often it follows treatment is not known."
                ),
                _("So exposure is counted, and what is watched follows from it."),
            ),
            read_in(*(one.source for one in _items("bladder"))),
        ),
        parts=with_content(tuple(_organ_part(organ) for organ in ORGANS)),
    )


def _organ_part(organ: str) -> TopicPart:
    items = tuple(_items(organ))
    return TopicPart(
        heading=organ_words(organ),
        points=tuple(said for one in items for said in _about(one)),
        tables=tuple(
            table for table in (_when_table(items), _found_table(items)) if table.table.rows
        ),
    )


def _about(one: SurveillanceItem) -> Iterator[Said]:
    origins = seen_in(one.source, one.read)
    yield Said(
        text=_("{title}: {does}. Why: {why}.").format(
            title=one.title, does=one.does.rstrip("."), why=one.why.rstrip(".")
        ),
        origins=origins,
    )
    if one.unknown:
        yield Said(
            text=_("Not known: {what}").format(what=as_sentence(one.unknown)), origins=origins
        )


def _when_table(items: tuple[SurveillanceItem, ...]) -> SourcedTable:
    rows = [(one, when) for one in items for when in one.when]
    table = Table(
        caption=_("When it is due"),
        head=(_("Item"), _("when"), _("again after"), _("whose number"), _("why")),
        rows=tuple(
            (
                one.title,
                occasion_words(when.occasion),
                "-" if when.every is None else _every(when.every.value, when.every.unit),
                whose(when.number_is),
                as_sentence(when.because) or "-",
            )
            for one, when in rows
        ),
        align="text",
    )
    return SourcedTable(
        table=table,
        of_rows=tuple(
            seen_in(when.source or one.source, when.read or one.read) for one, when in rows
        ),
    )


def _every(value: float, unit: str) -> str:
    return f"{value:g} {unit}"


def _found_table(items: tuple[SurveillanceItem, ...]) -> SourcedTable:
    rows = [(one, trigger) for one in items for trigger in one.triggers]
    table = Table(
        caption=_("What follows from what is found"),
        head=(_("Item"), _("found"), _("then"), _("whose number"), _("why")),
        rows=tuple(
            (
                one.title,
                trigger.threshold,
                trigger.action,
                whose(trigger.number_is),
                as_sentence(trigger.because) or "-",
            )
            for one, trigger in rows
        ),
        align="text",
    )
    return SourcedTable(
        table=table,
        of_rows=tuple(
            seen_in(trigger.source or one.source, trigger.read or one.read) for one, trigger in rows
        ),
    )


def organ_words(organ: str) -> str:
    """Name what is watched over."""
    words = {
        "bladder": _("Bladder"),
        "kidney": _("Kidneys"),
        "liver": _("Liver"),
        "misuse": _("Dependence and misuse"),
        "mind": _("Mood, memory and mind"),
        "heart": _("Heart and blood pressure"),
        "pregnancy": _("Pregnancy"),
    }
    return words[organ]


def occasion_words(occasion: str) -> str:
    """Say when something is due."""
    words = {
        "start": _("before the first dose"),
        "after_start": _("days after the first dose"),
        "near_daily": _("while given near-daily"),
        "intermittent": _("while given now and then"),
        "single": _("after a few days of it"),
        "each_session": _("before each session"),
        "each_course": _("before each course"),
        "during_long_infusion": _("while a long infusion runs"),
        "after_long_infusion": _("after a long infusion"),
        "retreatment": _("when another long infusion follows soon"),
        "after_course": _("after a course"),
        "in_session": _("within a session"),
        "trigger": _("when something else is found"),
    }
    return words[occasion]


def _items(organ: str) -> Iterator[SurveillanceItem]:
    return (one for one in load_library().surveillance.values() if one.organ == organ)


def for_patients() -> Topic:
    """Tell it in plain words: what may be harmed, what we check, and when to call."""
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(
            (
                _("Ketamine can harm the body when it is taken a lot and for long. Most of what we"
                  " know comes from people who took it on the street."),
                _("How often this follows from care in a clinic is not known. So we check."),
            )
        ),
        parts=with_content(
            (
                *(
                    TopicPart(heading=organ_words(organ), said=_plain(organ, texts))
                    for organ, texts in _plain_words().items()
                ),
                TopicPart(heading=_("When to call your clinic"), points=all_said(when_to_call())),
            )
        ),
    )  # fmt: skip


def _plain(organ: str, texts: tuple[str, ...]) -> tuple[Said, ...]:
    origins = read_in(*(one.source for one in _items(organ)))
    first, *rest = texts
    return (Said(text=first, origins=origins), *all_said(rest))


def _plain_words() -> dict[str, tuple[str, ...]]:
    """Say of each organ what may happen, and what is done; what it rests on is in the library."""
    return {
        "bladder": (
            _("Heavy use can scar the bladder. Then it hurts to pass water, you have to go often,"
              " and there may be blood. In small groups of patients this was not seen."),
            _("Tell us of the first sign. If the drug is stopped early, the bladder can heal."),
        ),
        "kidney": (
            _("A scarred bladder can dam up the kidneys. You may not feel it. A blood test shows"
              " it."),
        ),
        "liver": (
            _("A long drip soon after another has harmed the liver of some people. So we leave time"
              " in between, and test your blood."),
        ),
        "misuse": (
            _("Some people come to want the drug for how it feels. A dose that creeps up, or gaps"
              " that shrink, are a sign. Please tell us. We will not blame you."),
        ),
        "mind": (
            _("Your mood may fall when relief fades. We ask about it each time. If you think of"
              " harming yourself, call at once."),
            _("In people who used it often, memory got worse over a year. In tests of a nose spray"
              " it did not."),
            _("Tell us if you see or hear things that are not there between visits."),
        ),
        "heart": (_("Your blood pressure goes up with each dose. We measure it each time."),),
        "pregnancy": (
            _("Ketamine is not advised if you are pregnant. We ask, and test if you may be."),
        ),
    }  # fmt: skip
