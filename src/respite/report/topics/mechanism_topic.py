"""How ketamine works."""

from __future__ import annotations

from respite.domain import translate as _
from respite.report import mechanism_words as words
from respite.report.mechanism_tables import affinity_table, clocks_table, peak_table
from respite.report.numerals import days, hours, percent
from respite.report.topics import answers
from respite.report.topics.drawing import shown
from respite.report.topics.sourced import (
    Face,
    Said,
    SourcedTable,
    Topic,
    TopicPart,
    all_said,
    seen_in,
    with_content,
    worked_out_by,
)

NAME = "how-it-works"


def title() -> str:
    """Name the topic."""
    return _("How does ketamine work?")


def mechanism_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell how ketamine works: hours on its receptors, weeks of relief, and how little is sure."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell what is taken hold of, how much of it and for how long: as the command does."""
    answer = answers.mechanism()
    told = words.mechanism_words(answer)
    models = worked_out_by(*answer.provenance["models"])
    affinities = tuple(
        seen_in(seen.source, seen.read) for one in answer.targets for seen in one.target.affinities
    )
    of_table = {
        peak_table(answer).caption: SourcedTable(table=peak_table(answer), origins=models),
        clocks_table(answer).caption: SourcedTable(table=clocks_table(answer), origins=models),
        affinity_table(answer).caption: SourcedTable(
            table=affinity_table(answer), of_rows=affinities
        ),
    }
    parts = [
        TopicPart(
            heading=_("What was asked"),
            points=tuple(
                Said(text=_("{label}: {text}").format(label=label, text=text), origins=models)
                for label, text in told.question
            ),
        ),
        *(
            TopicPart(
                heading=part.heading,
                said=all_said(part.paragraphs, models),
                tables=tuple(of_table[table.caption] for table in part.tables),
            )
            for part in told.parts
        ),
        TopicPart(heading=told.notes_heading, points=all_said(told.notes, models)),
    ]
    figures = shown(NAME, models)
    parts.insert(1, TopicPart(heading=_("Two pictures of it"), figures=figures))
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=all_said(told.lead, models),
        parts=with_content(parts),
    )


def for_patients() -> Topic:
    """Tell it in plain words: what is blocked for hours, and what may change for weeks."""
    answer = answers.mechanism()
    models = worked_out_by(*answer.provenance["models"])
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(_short(), models),
        parts=with_content(
            (
                TopicPart(
                    heading=_("The hours"), said=all_said(_hours(), models),
                    figures=shown(NAME, models)[:1],
                ),
                TopicPart(heading=_("The weeks"), said=all_said(_weeks(), models)),
                TopicPart(heading=_("What we do not know"), points=all_said(_not_known())),
            )
        ),
    )  # fmt: skip


def _short() -> tuple[str, ...]:
    return (
        _("Ketamine sits on small gates in your nerves. Pain needs these gates to get through."),
        _("It sits there for hours. Yet relief can last for weeks. We think we know why, but no one"
          " has shown it."),
    )  # fmt: skip


def _hours() -> tuple[str, ...]:
    answer = answers.mechanism()
    nmda = answer.taken("nmda").occupancy
    if nmda is None:
        return ()
    top = nmda.peak
    return (
        _("The gates have a name: NMDA. They help to pass pain on, and to make it louder."),
        _("At its peak the drug sits on about {share} of these gates.").format(
            share=percent(nmda.q50[top])
        ),
        _("Some tests say {low}. Some say {high}. So this is far from sure.").format(
            low=percent(nmda.least[top]), high=percent(nmda.most[top])
        ),
        _("Then it goes. About {length} after the last dose there is little left on them.").format(
            length=hours(nmda.hours_to_a_tenth)
        ),
    )


def _weeks() -> tuple[str, ...]:
    answer = answers.mechanism()
    low, middle, high = answer.slow_clock.half_time_days
    return (
        _("When pain goes on for long, nerves can get stuck on loud. They pass on pain that should"
          " not be there."),
        _("The idea is this. Block the gates for long enough, and the nerves calm down. Then they"
          " need weeks to get loud again."),
        _("In our sums, half of this slow relief is gone after about {middle}. It could be {low} or"
          " {high} as well.").format(middle=days(middle), low=days(low), high=days(high)),
    )  # fmt: skip


def _not_known() -> tuple[str, ...]:
    return (
        _("No one has seen the nerves calm down in a patient. It is an idea that fits."),
        _("We do not know why it works for some people and not for others."),
        _("Ketamine does more than block these gates. No one knows how much of the relief comes"
          " from that."),
        _("It is not like morphine, nor like the usual pills for low mood. At these doses it hardly"
          " touches where they act."),
    )  # fmt: skip
