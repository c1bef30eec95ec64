"""Tables of what a regimen takes hold of."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import brief, percent, rounded
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.evidence import Mechanism, Occupancy, TargetTaken
    from respite.literature import Affinity

DAYS = (0, 1, 3, 7, 14, 28, 56, 84)
"""Days after the last dose that a table shows; ours."""

FIRST_HOURS = (0, 1, 2, 4, 8, 12, 24)
"""Hours after the last dose that a table shows; ours."""


def peak_table(answer: Mechanism) -> Table:
    """Show how much of each target is taken at most, and for how long."""
    head = (
        _("Target"),
        _("at most (90% of people)"),
        _("if assays differ"),
        _("hours after the last dose to under a tenth"),
    )
    return Table(
        caption=_("Share of each target taken, at the highest"),
        head=head,
        rows=tuple(
            (one.target.short, *_peak(one.occupancy)) for one in by_peak(answer) if one.occupancy
        ),
    )


def by_peak(answer: Mechanism) -> list[TargetTaken]:
    """Give the targets with a predicted share, the most taken first."""
    taken = [(one, one.occupancy) for one in answer.targets if one.occupancy is not None]
    order = sorted(taken, key=lambda pair: -pair[1].q50[pair[1].peak])
    return [one for one, _occupancy in order]


def not_predicted(answer: Mechanism) -> list[TargetTaken]:
    """Give the targets for which no usable affinity was seen."""
    return [one for one in answer.targets if one.occupancy is None]


def clocks_table(answer: Mechanism) -> Table:
    """Show the fast and the slow clock side by side, by time after the last dose."""
    nmda = answer.taken("nmda").occupancy
    clock = answer.slow_clock
    rows: list[tuple[str, ...]] = []
    for hours, label in _marks():
        place = place_at(answer, answer.last_dose_end_h + hours)
        relief = _("{middle} ({low} to {high})").format(
            middle=percent(clock.relief_q50[place]),
            low=percent(clock.relief_q05[place]),
            high=percent(clock.relief_q95[place]),
        )
        taken = "-" if nmda is None else _middle(nmda, place)
        rows.append((label, taken, brief(clock.exposure_q50[place]), relief))
    return Table(
        caption=_("Two clocks: NMDA receptors taken, and the exposure that relief is tied to"),
        head=(
            _("After the last dose"),
            _("NMDA taken (90% of people)"),
            _("slow exposure (ng/mL)"),
            _("pain taken away in a responder"),
        ),
        rows=tuple(rows),
    )


def place_at(answer: Mechanism, hour: float) -> int:
    """Find the first look at or after an hour."""
    # A hair earlier, since sums of hours seldom meet exactly.
    return min(bisect_left(answer.time_h, hour - 1 / 100), len(answer.time_h) - 1)


def affinity_table(answer: Mechanism) -> Table:
    """Show every assay of every target, those that disagree included."""
    return Table(
        caption=_("Every affinity that was seen (µmol/L)"),
        head=(_("Target"), _("tested"), _("Ki or IC50"), _("where"), _("how seen"), _("source")),
        rows=tuple(
            (
                one.target.short,
                seen.form,
                affinity_words(seen),
                seen.species.replace("_", " "),
                how_seen(seen),
                seen.source,
            )
            for one in answer.targets
            for seen in one.target.affinities
        ),
        align="text",
    )


def affinity_words(seen: Affinity) -> str:
    """Write an affinity with its measure; a limit is said to be one."""
    low, high = (1000 * end for end in seen.limits)
    value = brief(low) if low == high else _("{low} to {high}").format(
        low=brief(low), high=brief(high)
    )  # fmt: skip
    bounds = {"above": _("above {value}"), "at_most": _("{value} or less")}
    said = bounds.get(seen.bound, "{value}").format(value=value)
    return f"{'Ki' if seen.measure == 'ki' else 'IC50'} {said}"


def how_seen(seen: Affinity) -> str:
    """Say how an affinity was seen."""
    if seen.read == "secondary_transcription":
        return _("second hand")
    return _("computed from pKi") if seen.status == "derived" else seen.read


def _peak(one: Occupancy | None) -> tuple[str, str, str]:
    if one is None:
        return "-", "-", "-"
    top = one.peak
    assays = _("{low} to {high}").format(low=percent(one.least[top]), high=percent(one.most[top]))
    return _middle(one, top), assays, rounded(one.hours_to_a_tenth)


def _middle(one: Occupancy, place: int) -> str:
    return _("{middle} ({low} to {high})").format(
        middle=percent(one.q50[place]), low=percent(one.q05[place]), high=percent(one.q95[place])
    )


def _marks() -> list[tuple[float, str]]:
    hours = [(float(hour), _("{hours} h").format(hours=hour)) for hour in FIRST_HOURS]
    days = [(float(24 * day), _("day {day}").format(day=day)) for day in DAYS if day > 1]
    return [*hours, *days]
