"""The evidence, and whether predictions agree with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.literature import load_library
from respite.report import agreement_sentences, pooling_sentences
from respite.report.agreement_words import words_of_agreement
from respite.report.numerals import percent
from respite.report.phrases import as_sentence
from respite.report.pooling_tables import pool_tables
from respite.report.tables import Table
from respite.report.topics import answers, claim_words
from respite.report.topics.conditions import PAIN_MODEL, plainly
from respite.report.topics.drawing import shown
from respite.report.topics.effects_topic import MODEL as EFFECTS_MODEL
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
from respite.report.trials_text import group_titles

if TYPE_CHECKING:
    from respite.literature import AcuteFit, Study

NAME = "evidence"

MEASURES = ("mean_pain", "responders")
"""What is taken together of trials, each by itself."""


def title() -> str:
    """Name the topic."""
    return _("What is the evidence, and do our predictions hold?")


def evidence_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell what trials found, how they were taken together, and how predictions fared."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell agreement, pools, trials and the track record with every number."""
    words = words_of_agreement(answers.agreement())
    model = worked_out_by(PAIN_MODEL)
    pictures = shown(NAME, (*model, *_fitted_sources()))
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=all_said(words.lead, model),
        parts=with_content(
            (
                TopicPart(
                    heading=_("How predictions were held against trials"),
                    points=all_said(
                        (
                            *(
                                _("{label}: {text}").format(label=label, text=text)
                                for label, text in words.question
                            ),
                            *words.notes,
                        ),
                        model,
                    ),
                    figures=pictures[:-1],
                ),
                *(
                    TopicPart(
                        heading=part.heading,
                        said=all_said(part.paragraphs, model),
                        tables=tuple(_by_study(table) for table in part.tables),
                    )
                    for part in words.parts
                ),
                *map(_pool_part, MEASURES),
                TopicPart(heading=_("Trials taken together"), figures=pictures[-1:]),
                TopicPart(heading=_("Every study"), tables=_studies()),
                TopicPart(heading=_("What was left out"), points=_left_out()),
                TopicPart(heading=_("Effects on the day"), said=_effects_held()),
                TopicPart(heading=_("Track record"), points=_track_record()),
                TopicPart(
                    heading=_("How certain each claim is"),
                    points=claim_words.for_clinicians(
                        claim_words.claims(
                            None, says=("no_clear_benefit", "benefit", "size", "harm")
                        )
                    ),
                ),
            )
        ),
    )


def _by_study(table: Table) -> SourcedTable:
    """Give a table of agreement its sources: those of each study where rows are of studies."""
    studies = load_library().studies
    model = worked_out_by(PAIN_MODEL)
    names = [row[0].removesuffix(" *") for row in table.rows]
    if not all(name in studies for name in names):
        return SourcedTable(table=table, origins=model)
    return SourcedTable(
        table=table,
        origins=model,
        of_rows=tuple(read_in(studies[name].source) for name in names),
    )


def _fitted_sources() -> tuple[Origin, ...]:
    studies = load_library().studies
    return read_in(*(studies[name].source for name in answers.agreement().fit.trials))


def _pool_part(measure: str) -> TopicPart:
    answer = answers.pooled(measure)
    studies = load_library().studies
    known = {key: one.source for key, one in studies.items()}
    used = read_in(*(known[row.study] for row in answer.rows if row.study in known))
    left = read_in(*(known[one.study] for one in answer.left_out if one.study in known))
    grade, why = pooling_sentences.certainty(answer)
    sure = _("Certainty: {grade}. {why}").format(grade=grade, why=why)
    titles = {
        "mean_pain": _("Trials together: mean pain"),
        "responders": _("Trials together: people whose pain fell enough"),
    }
    return TopicPart(
        heading=titles[measure],
        said=all_said((*pooling_sentences.headline(answer), sure), used),
        points=all_said(
            (
                *(
                    _("{label}: {text}").format(label=label, text=text)
                    for label, text in pooling_sentences.question(answer)
                ),
                *pooling_sentences.notes(answer),
            ),
            used,
        ),
        tables=tuple(
            SourcedTable(table=table, origins=(*used, *left)) for table in pool_tables(answer)
        ),
    )


def _studies() -> tuple[SourcedTable, ...]:
    """Show every study, group by group: randomised evidence is never mixed with the rest."""
    from respite.evidence import group_of

    studies = load_library().studies.values()
    return tuple(
        SourcedTable(
            table=Table(
                caption=heading,
                head=(_("Study"), _("pain"), _("people"), _("used for"), _("to mind")),
                rows=tuple(
                    (
                        one.title,
                        plainly(one.condition),
                        _people(one),
                        one.role.replace("_", " "),
                        as_sentence("; ".join(one.known_problems)) or "-",
                    )
                    for one in chosen
                ),
                align="text",
            ),
            of_rows=tuple(seen_in(one.source, one.read) for one in chosen),
        )
        for group, heading in group_titles().items()
        if (chosen := [one for one in studies if group_of(one.kind) == group])
    )


def _people(study: Study) -> str:
    counts = [arm.n for arm in study.arms if not isinstance(arm.n, str)]
    return "-" if not counts else " + ".join(map(str, counts))


def _left_out() -> tuple[Said, ...]:
    return all_said(map(as_sentence, answers.agreement().left_out), worked_out_by(PAIN_MODEL))


def _effects_held() -> tuple[Said, ...]:
    """Say how often the model of effects on the day held, each study left out once."""
    return tuple(_effects_sentence(fit) for fit in load_library().acute_fits.values())


def _effects_sentence(fit: AcuteFit) -> Said:
    held = sum(one.holds for one in fit.figures)
    return Said(
        text=_(
            "Chances of effects on the day were fitted to {rows} figures of {studies} studies. Each"
            " study was left out once: intervals of 90% hold {held} of {all} figures ({share})."
        ).format(
            rows=fit.rows, studies=fit.studies, held=held, all=len(fit.figures),
            share=percent(held / len(fit.figures)),
        ),
        origins=worked_out_by(EFFECTS_MODEL),
    )  # fmt: skip


def _track_record() -> tuple[Said, ...]:
    """Say what became of forecasts, as far as the library knows: of people, nothing yet."""
    return all_said(
        (
            _("The library holds no forecast of a real person that was later scored: nobody knows"
              " yet how often forecasts for one person come true."),
            _("On invented people, whose course is known, intervals are checked with every release;"
              " the table is in the reference pages of Respite."),
            _("A clinic scores its own forecasts against diaries, entry by entry, none of them"
              " known when the forecast was made: respite score."),
        )
    )  # fmt: skip


def for_patients() -> Topic:
    """Tell it in plain words: what was tested, how we checked ourselves, and where we missed."""
    answer = answers.agreement()
    model = worked_out_by(PAIN_MODEL)
    by_role = {one.role: one for one in answer.coverage}
    studies = load_library().studies
    by_chance = len([1 for one in studies.values() if one.kind == "randomised_placebo"])
    lead = Said(
        text=_("We know of {all}. In {some}, chance chose who got a dummy drug.").format(
            all=_studied(len(studies)), some=by_chance
        ),
        origins=(Origin("mark", "derived"),),
        status=_("counted in the library; each study has its source on this page for clinicians"),
    )
    left_out = by_role.get("left-out")
    checked: list[str] = []
    if left_out is not None:
        checked.append(
            _("We hid one test at a time, and let our sums guess what it saw, as a range. The range"
              " was right {share} of the time. We had asked for {asked} or more.").format(
                asked=percent(agreement_sentences.ENOUGH), share=percent(left_out.inside90)
            )
        )  # fmt: skip
    validation = by_role.get("validation")
    if validation is not None:
        checked.append(
            _("For tests that we never used, most of them with no dummy, they were right {share} of"
              " the time. That is poor. Hope and time play a part there.").format(
                share=percent(validation.inside90)
            )
        )  # fmt: skip
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=(lead,),
        parts=with_content(
            (
                TopicPart(heading=_("How we checked our sums"), said=all_said(checked, model)),
                TopicPart(
                    heading=_("What is said, and how sure it is"),
                    points=claim_words.for_patients(
                        claim_words.claims(None, says=("no_clear_benefit", "benefit", "harm"))
                    ),
                ),
                TopicPart(
                    heading=_("What no one has checked"),
                    points=all_said(
                        (
                            _("If our sums come true for one person. We need diaries to find out."),
                            _("What happens after a year or more."),
                        )
                    ),
                ),
                TopicPart(
                    heading=_("Tests one by one"),
                    said=claim_words.counted_trials(None),
                    tables=(claim_words.trials_table(None, plain=True),),
                ),
            )
        ),
    )


def _studied(n: int) -> str:
    return translate_plural("{n} study", "{n} studies", n).format(n=n)
