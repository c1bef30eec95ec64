"""What a regimen takes hold of, in words: the same for a terminal and for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import listed
from respite.domain import translate as _
from respite.report import basis
from respite.report.literature_words import LiteratureWords, PagePart
from respite.report.mechanism_tables import (
    affinity_table,
    by_peak,
    clocks_table,
    not_predicted,
    peak_table,
)
from respite.report.numerals import days, hours, percent

if TYPE_CHECKING:
    from respite.evidence import Mechanism

OPIOIDS_AND_PUMPS = (
    "mu_opioid",
    "kappa_opioid",
    "delta_opioid",
    "serotonin_transporter",
    "noradrenaline_transporter",
    "dopamine_transporter",
)
"""Targets of the medicines that ketamine is most often compared with."""


def mechanism_words(answer: Mechanism) -> LiteratureWords:
    """Word the answer: what is blocked and for how long, the slow clock, then the assays."""
    fraction, least, most = map(percent, answer.free_share)
    return LiteratureWords(
        title=_("How does it work?"),
        lead=mechanism_lead(answer),
        question=(
            (_("Regimen"), answer.regimen),
            (
                _("People"),
                _("{count} virtual patients; {people}").format(
                    count=answer.patients, people=answer.people
                ),
            ),
            (
                _("Free share"),
                _("{middle} of ketamine in plasma is free of proteins ({least} to {most})").format(
                    middle=fraction, least=least, most=most
                ),
            ),
        ),
        parts=(
            PagePart(
                heading=_("What is taken, and for how long"),
                paragraphs=(
                    _(
                        "Shares by the middle of all assays. 'If assays differ' goes from the"
                        " assay that binds least to the one that binds most, with as little and"
                        " as much free in plasma as is reported."
                    ),
                ),
                tables=(peak_table(answer),),
            ),
            PagePart(
                heading=_("The slow clock"), paragraphs=slow_clock_words(answer),
                tables=(clocks_table(answer),),
            ),
            PagePart(
                heading=_("Assays"),
                paragraphs=(
                    _("Assays of one target disagree; all are shown, and none is left out."),
                    *_missing(answer),
                ),
                tables=(affinity_table(answer),),
            ),
        ),
        notes=mechanism_notes(answer),
        notes_heading=_("What this can tell, and what not"),
    )  # fmt: skip


def mechanism_lead(answer: Mechanism) -> tuple[str, ...]:
    """Say what is blocked, how much of it, for how long, and what lasts longer."""
    nmda = answer.taken("nmda").occupancy
    if nmda is None:
        return (_("No affinity for the NMDA receptor is in the library."),)
    top = nmda.peak
    clock = answer.slow_clock
    return (
        _(
            "At its highest, ketamine takes about {middle} of NMDA receptors"
            " (90% of people: {low} to {high}; by other assays {least} to {most})."
        ).format(
            middle=percent(nmda.q50[top]),
            low=percent(nmda.q05[top]),
            high=percent(nmda.q95[top]),
            least=percent(nmda.least[top]),
            most=percent(nmda.most[top]),
        ),
        _(
            "Less than a tenth of them is taken {length} after the last dose ends. Of opioid"
            " receptors and of the pumps for serotonin, noradrenaline and dopamine, {others} is"
            " taken at most."
        ).format(length=hours(nmda.hours_to_a_tenth), others=percent(_most_of_others(answer))),
        _(
            "Relief can outlast this by weeks. In the pain model it follows a slow clock with a"
            " half-time near {length}. That blocking NMDA receptors sets that clock is a"
            " hypothesis."
        ).format(length=days(clock.half_time_days[1])),
    )


def slow_clock_words(answer: Mechanism) -> tuple[str, ...]:
    """Say what the slow clock is, and what is not known about it."""
    low, middle, high = (days(length) for length in answer.slow_clock.half_time_days)
    return (
        _(
            "After long pain, nerves of the spinal cord and brain can stay over-ready to pass pain"
            " on: central sensitisation. NMDA receptors help to keep them so. The hypothesis is"
            " that blocking them for long enough lets the nerves calm down, and that this fades"
            " over weeks. Nobody has measured it in patients."
        ),
        _(
            "What is drawn is not sensitisation. It is the slow exposure of the pain model, which"
            " was found from pain scores of one trial in complex regional pain syndrome. It comes"
            " and goes with a half-time of {middle} (90% of draws: {low} to {high}). People in"
            " whom relief persists for months are left out here."
        ).format(low=low, middle=middle, high=high),
    )


def mechanism_notes(answer: Mechanism) -> tuple[str, ...]:
    """Say what is assumed between a level in blood and a receptor in the brain."""
    notes = [
        _(
            "The free level in venous plasma stands for the free level in brain and spinal cord."
            " Nobody has measured both in people, and during an infusion arterial levels are about"
            " twice as high."
        ),
        _(
            "Taken is not blocked: an affinity tells where half of the sites are occupied at rest"
            " and in a dish. How much current or signal stops in a living brain depends on"
            " magnesium, voltage and how often the channel opens."
        ),
        _(
            "Where a source tested only the racemate, both forms count alike; S-ketamine given"
            " alone is then taken for the racemate. Ketamine and norketamine compete for one site."
        ),
        _(
            "No levels of hydroxynorketamine or dehydronorketamine are predicted, so what they do"
            " is listed and not counted."
        ),
        _("No figure of protein binding was seen for norketamine; that of ketamine is taken."),
        _(
            "D2 in its high-affinity state comes from two studies of one laboratory, and its share"
            " in the living brain is unknown: read it as an upper limit."
        ),
    ]
    return (*notes, *basis.scope_lines(answer.scope))


def _missing(answer: Mechanism) -> tuple[str, ...]:
    names = [one.target.title for one in not_predicted(answer)]
    if not names:
        return ()
    return (_("No usable affinity was seen for: {names}.").format(names=listed(names)),)


def _most_of_others(answer: Mechanism) -> float:
    """Give the highest share of an opioid receptor or a monoamine pump by its middle assay."""
    shares = [
        one.occupancy.q95[one.occupancy.peak]
        for one in by_peak(answer)
        if one.occupancy is not None and one.target.id in OPIOIDS_AND_PUMPS
    ]
    return max(shares, default=0)
