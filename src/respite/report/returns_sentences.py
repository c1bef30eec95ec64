"""What visits told about a group, in sentences; every face says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.numerals import rounded
from respite.report.phrases import as_sentence

if TYPE_CHECKING:
    from respite.evidence import GroupReturns, MedianTime, ReturnTimes

FEW = 20
"""Below so many patients a group is called small; ours."""


def headline(answer: ReturnTimes) -> tuple[str, ...]:
    """Answer the question: when had half lost relief, in each group."""
    return tuple(map(_half, answer.groups))


def _half(group: GroupReturns) -> str:
    text = _median(group.median)
    if group.group is None:
        return as_sentence(text)
    return _("{group}: {text}.").format(group=group.group, text=text)


def _median(median: MedianTime) -> str:
    interval = _interval(*median.interval95)
    if median.from_day is None or median.to_day is None:
        return _("no median can be given: {reason} ({interval})").format(
            reason=median.because, interval=interval
        )
    if median.from_day == median.to_day:
        return _("half had lost relief by day {day} after the last dose ({interval})").format(
            day=rounded(median.to_day), interval=interval
        )
    return _(
        "half had lost relief at some time between day {first} and day {last} after the last dose"
        " ({interval})"
    ).format(first=rounded(median.from_day), last=rounded(median.to_day), interval=interval)


def _interval(low: float | None, high: float | None) -> str:
    if low is None:
        return _("the 95% interval lies beyond what was watched")
    if high is None:
        return _("95% interval from day {low} to beyond what was watched").format(low=rounded(low))
    return _("95% interval day {low} to {high}").format(low=rounded(low), high=rounded(high))


def question(answer: ReturnTimes) -> tuple[tuple[str, str], ...]:
    """Say what was read, and how it was understood, in labelled lines."""
    people = translate_plural("{n} patient", "{n} patients", answer.patients)
    courses = translate_plural("{n} course", "{n} courses", answer.courses)
    seen = _("{patients}, {courses}").format(
        patients=people.format(n=answer.patients), courses=courses.format(n=answer.courses)
    )
    return (
        (_("Seen"), seen),
        (_("Time"), _("days from the last dose of a course to the loss of relief")),
        (_("Curve"), _by_group(answer, {group.group: _curve(group) for group in answer.groups})),
        (_("Limits"), _by_group(answer, {g.group: _limits(g, answer) for g in answer.groups})),
    )


def _by_group(answer: ReturnTimes, texts: dict[str | None, str]) -> str:
    """Say what holds of each group, once where it is the same for all."""
    if len(set(texts.values())) == 1:
        return texts[answer.groups[0].group]
    return "; ".join(
        _("{group}: {text}").format(group=name, text=text) for name, text in texts.items()
    )


def _curve(group: GroupReturns) -> str:
    if group.method == "kaplan-meier":
        return _("Kaplan and Meier, as every loss that was seen is known to the day")
    return _("maximum likelihood over the days between visits (Turnbull)")


def _limits(group: GroupReturns, answer: ReturnTimes) -> str:
    if group.band == "greenwood-log-log":
        return _("95% at each day, by Greenwood's formula on the scale of log(-log)")
    return _("95% at each day, from {count} groups drawn again by patient, seed {seed}").format(
        count=answer.resamples, seed=answer.provenance.get("seed", "-")
    )


def notes(answer: ReturnTimes) -> tuple[str, ...]:
    """Say what the answer can and cannot tell."""
    return tuple(_notes(answer))


def _notes(answer: ReturnTimes) -> Iterator[str]:
    small = [group for group in answer.groups if group.patients < FEW]
    if small:
        yield _(
            "Few patients ({counts}): the limits are wide, and one more patient may move the curve."
        ).format(counts=listed([str(group.patients) for group in small]))
    if any(group.method == "npmle" for group in answer.groups):
        yield _(
            "A visit tells only that relief was lost since the one before. Where the figure is"
            " shaded, nobody knows on which day."
        )
        yield _(
            "Limits of a curve between visits are a rough guide: drawing patients again is not"
            " exact for it, and may promise too much in small groups."
        )
    if any(group.returns_per_patient for group in answer.groups):
        yield _(
            "Patients with several courses count once for each in the curve; the limits draw"
            " patients with all their courses. A return counts on the day it was seen."
        )
    yield _(
        "Who was not seen again is taken to lose relief like those who were. If people stayed"
        " away because pain had returned, or because it had not, the curve is off."
    )
    if answer.differences:
        yield _("Groups that were not allotted by chance may differ in more than their treatment.")
    yield _(
        "What would have happened without treatment was not seen, so this does not tell how"
        " much of the relief the drug gave."
    )
