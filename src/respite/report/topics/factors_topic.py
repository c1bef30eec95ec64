"""What the length of relief depends on, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.literature import load_library
from respite.report import dose_words
from respite.report.numerals import days, percent, rounded
from respite.report.phrases import as_sentence
from respite.report.tables import Table
from respite.report.topics import answers, claim_words
from respite.report.topics.conditions import PAIN_MODEL, known_conditions, plainly
from respite.report.topics.drawing import shown
from respite.report.topics.origins import status_words
from respite.report.topics.sourced import (
    Face,
    Origin,
    Said,
    SourcedTable,
    Topic,
    TopicPart,
    all_said,
    read_in,
    with_content,
    worked_out_by,
)

if TYPE_CHECKING:
    from respite.literature import Parameter

NAME = "what-it-depends-on"

RESPONSE = "response_chance"
"""The number of a condition that says how many have slow relief."""

PERSISTS = ("persistent_chance", "persistent_half_time")
"""Numbers of the model about relief that stays for months."""

OF_THE_MODEL = (
    "slow_half_time",
    "slow_ec50",
    "r_potency",
    *PERSISTS,
    "fast_ec50",
    "share_adapted",
)
"""Numbers of the pain model that length depends on most."""


def title() -> str:
    """Name the topic."""
    return _("What does it depend on?")


def factors_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell what the length of relief depends on: dose, route, repetition, pain, persistence."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell it with every number, as the command does."""
    answer = answers.doses()
    page = dose_words.dose_page(answer)
    models = worked_out_by(*answer.provenance["models"])
    sure = _("Certainty: {grade}. {why}").format(grade=page.grade, why=page.why)
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=all_said((*page.headline, sure), models),
        parts=with_content(
            (
                TopicPart(
                    heading=_("Dose, hours, sessions, interval and route"),
                    points=all_said(
                        (
                            *(
                                _("{label}: {text}").format(label=label, text=text)
                                for label, text in page.question
                            ),
                            *page.notes,
                        ),
                        models,
                    ),
                    figures=shown(NAME, models),
                    tables=tuple(
                        SourcedTable(table=table, origins=models) for table in page.tables
                    ),
                ),
                TopicPart(
                    heading=_("What trials and reviews claim"),
                    points=claim_words.for_clinicians(claim_words.claims(None, says=("size",))),
                ),
                TopicPart(heading=_("Condition"), tables=(_conditions_table(),)),
                TopicPart(heading=_("Numbers of the pain model"), tables=(_numbers_table(),)),
                TopicPart(
                    heading=_("Medicines, liver, kidney and genes: what moves levels"),
                    said=all_said((_moves_levels(),)),
                    points=tuple(_interactions()),
                ),
                TopicPart(heading=_("What nobody knows"), points=tuple(_unknown())),
            )
        ),
    )


def for_patients() -> Topic:
    """Tell it in plain words."""
    answer = answers.doses()
    models = worked_out_by(*answer.provenance["models"])
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(
            (
                _("Two things count most. How much of the drug you get in all. And whether your"
                  " body answers to it."),
                _("More drug may mean more days of relief. It also means more harm. More is not"
                  " safer."),
            )
        ),
        parts=with_content(
            (
                TopicPart(heading=_("Dose"), said=all_said(_plain_doses(), models)),
                TopicPart(
                    heading=_("The same course, given another way"),
                    said=all_said(_plain_routes(), models),
                ),
                TopicPart(heading=_("Your kind of pain"), said=_plain_conditions()),
                TopicPart(heading=_("Relief that stays"), said=_plain_persistence()),
                TopicPart(heading=_("What no one knows"), points=all_said(_plain_unknown())),
            )
        ),
    )  # fmt: skip


def _plain_doses() -> Iterator[str]:
    answer = answers.doses()
    ways = {
        "rate": _("Twice the dose adds about {n}."),
        "sessions": _("Twice as many visits in the same days adds about {n}."),
        "days": _("Twice as many days adds about {n}."),
    }
    for one in answer.doubling:
        if one.way in ways:
            yield ways[one.way].format(n=days(one.mean_gain_days))
    yield _("These are sums, from a course of short drips. Only one test has tried it out in"
            " people.")  # fmt: skip


def _plain_routes() -> Iterator[str]:
    for row in answers.doses().rows:
        if row.varied.way == "route" and isinstance(row.varied.value, str):
            yield _("{route}: about {n} with relief.").format(
                route=_route(row.varied.value), n=days(row.mean_days)
            )
    yield _("Only a drip was tested for relief that lasts. The rest is a guess from blood levels.")


def _route(route: str) -> str:
    words = {
        "iv": _("By a drip into a vein"),
        "im": _("Into a muscle"),
        "sc": _("Under the skin"),
        "intranasal": _("Into the nose"),
        "oral": _("Swallowed"),
        "sublingual": _("Under the tongue"),
    }
    return words.get(route, route)


def _plain_conditions() -> tuple[Said, ...]:
    return (
        *(
            Said(
                text=_("{pain}: about {n} of 100 have relief that outlasts the drug.").format(
                    pain=_opened(plainly(one)), n=round(100 * number.value)
                ),
                origins=_origins(number),
                status=status_words(number.status),
            )
            for one, number in _responses()
        ),
        Said(text=_("Where it says assumed, no test has shown the number. We chose it.")),
    )


def _plain_persistence() -> tuple[Said, ...]:
    share, half = (load_library().assembled(PAIN_MODEL).parameters[name] for name in PERSISTS)
    return (
        Said(
            text=_("In some people relief stays for months. We think of about {n} in 100 of those"
                   " who have slow relief.").format(n=round(100 * share.value)),
            origins=_origins(share),
            status=_("assumed: {because}").format(because=share.because),
        ),
        Said(
            text=_("In them, half of it may be gone after about {n}.").format(
                n=days(half.typical.value)
            ),
            origins=_origins(half),
            status=_("assumed: {because}").format(because=half.because),
        ),
    )  # fmt: skip


def _plain_unknown() -> tuple[str, ...]:
    return (
        _("Who will have relief for long, before it is tried."),
        _("Whether the next course works as well as the first."),
        _("Whether age, sex or weight change how long relief lasts."),
        _("What a dummy drug alone would do over the same weeks."),
    )


def _responses() -> Iterator[tuple[str, Parameter]]:
    known = load_library().assembled(PAIN_MODEL).conditions
    for one in known_conditions():
        yield one, known[one].parameters[RESPONSE]


def _conditions_table() -> SourcedTable:
    known = load_library().assembled(PAIN_MODEL).conditions
    found = tuple(_responses())
    table = Table(
        caption=_("Chance that slow relief answers to the drug, by condition"),
        head=(_("Condition"), _("chance"), _("how known"), _("certainty"), _("why no surer")),
        rows=tuple(
            (
                plainly(one),
                percent(number.value),
                status_words(number.status),
                known[one].certainty.grade.replace("_", " "),
                as_sentence(known[one].certainty.why),
            )
            for one, number in found
        ),
        align="text",
    )
    return SourcedTable(table=table, of_rows=tuple(_origins(number) for _one, number in found))


def _numbers_table() -> SourcedTable:
    numbers = load_library().assembled(PAIN_MODEL).parameters
    chosen = [numbers[name] for name in OF_THE_MODEL]
    table = Table(
        caption=_("What length depends on most, as the model has it"),
        head=(_("Number"), _("typical"), _("how known"), _("why")),
        rows=tuple(
            (
                one.words,
                _("{value} {unit}").format(value=rounded(one.typical.value), unit=one.typical.unit),
                status_words(one.status),
                as_sentence(one.because),
            )
            for one in chosen
        ),
        align="text",
    )
    return SourcedTable(table=table, of_rows=tuple(map(_origins, chosen)))


def _origins(number: Parameter) -> tuple[Origin, ...]:
    return (*worked_out_by(PAIN_MODEL), *read_in(number.source))


def _moves_levels() -> str:
    return _(
        "These change how much ketamine is in blood. What that does to relief was not measured."
    )


def _interactions() -> Iterator[Said]:
    words = {
        "raises": _("{title} raises levels: {why}"),
        "lowers": _("{title} lowers levels: {why}"),
    }
    for one in load_library().interactions.values():
        text = words.get(one.effect, _("{title}, what it does to levels is not known: {why}"))
        yield Said(
            text=as_sentence(text.format(title=_opened(one.title), why=one.mechanism)),
            origins=read_in(one.source),
            status=_("assumed: {because}").format(because=one.extrapolated_from.because)
            if one.extrapolated_from
            else "",
        )


def _unknown() -> Iterator[Said]:
    for text in (
        _("How long a course works in most conditions: long courses were studied in few people."),
        _("Where the slow part comes from: it describes that relief outlasts the drug, and explains"
          " nothing."),
        _("How strong R-ketamine is beside S-ketamine for lasting relief."),
        _("Whether relief fades at the same pace in everybody who responds."),
        _("What placebo alone would have done for the same length of time."),
        _("Whether repeating a course works as well as the first."),
    ):  # fmt: skip
        yield Said(text=text)
    library = load_library()
    for model in answers.doses().provenance["models"]:
        for text in library.assembled(model).known_problems:
            yield Said(text=as_sentence(text), origins=worked_out_by(model))


def _opened(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
