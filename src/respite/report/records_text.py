"""What was understood of a data set, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import Salt, joined_by_and, listed, translate_plural
from respite.domain import translate as _
from respite.report.basis import scope_lines
from respite.report.layout import Page

if TYPE_CHECKING:
    from respite.domain import DataSet, DoseEvent, Episode, Observation, SteadyDose, Subject
    from respite.report.records import ReadBack

MOST_SUBJECTS = 5
MOST_EPISODES = 5
MOST_DOSES = 3
MOST_CHANGES = 5
"""How much is said one by one; JSON gives all."""


def records_text(answer: ReadBack, *, page: Page) -> str:
    """Say back what was read: subjects, first doses, resets, levels, and how it was understood."""
    data = answer.data
    blocks = [page.paragraph(_counts(data))]
    blocks += [_subject(subject, page) for subject in data.subjects[:MOST_SUBJECTS]]
    left = len(data.subjects) - MOST_SUBJECTS
    if left > 0:
        more = translate_plural(
            "{n} more subject; --format json gives every one.",
            "{n} more subjects; --format json gives every one.",
            left,
        )
        blocks.append(page.paragraph(more.format(n=left)))
    notes = "\n".join(map(page.item, _notes(data)))
    blocks.append(f"{page.heading(_('How it was read'))}\n{notes}")
    return "\n\n".join(blocks) + "\n"


def _counts(data: DataSet) -> str:
    subjects = data.subjects
    resets = sum(len(subject.episodes) - 1 for subject in subjects)
    seen = [one for subject in subjects for one in subject.observations]
    missing = sum(one.is_missing for one in seen)
    doses = sum(len(subject.doses) for subject in subjects)
    parts = [
        translate_plural("{n} subject", "{n} subjects", len(subjects)).format(n=len(subjects)),
        translate_plural("{n} dose", "{n} doses", doses).format(n=doses),
        translate_plural("{n} reset", "{n} resets", resets).format(n=resets),
        translate_plural("{n} observation", "{n} observations", len(seen)).format(n=len(seen)),
    ]
    text = _("These records hold {counts}.").format(counts=listed(parts))
    if missing:
        text += " " + translate_plural(
            "{n} observation has no value.", "{n} observations have no value.", missing
        ).format(n=missing)
    return text


def _subject(subject: Subject, page: Page) -> str:
    lines = [page.heading(_("Subject {id}").format(id=subject.id))]
    for index, episode in enumerate(subject.episodes[:MOST_EPISODES]):
        seen = [one for one in subject.observations if one.episode == index]
        if index:
            text = _("Reset at hour {hour}: nothing is carried over.")
            lines.append(page.item(text.format(hour=_number(episode.start_h))))
        lines += map(page.item, (*_doses(episode), *_levels(seen)))
    left = len(subject.episodes) - MOST_EPISODES
    if left > 0:
        more = translate_plural("{n} more reset.", "{n} more resets.", left)
        lines.append(page.item(more.format(n=left)))
    changes = subject.covariate_changes
    for change in changes[:MOST_CHANGES]:
        values = ", ".join(f"{name} {_number(value)}" for name, value in change.values.items())
        text = _("From hour {hour}: {values}.")
        lines.append(page.item(text.format(hour=_number(change.time_h), values=values)))
    left = len(changes) - MOST_CHANGES
    if left > 0:
        more = translate_plural(
            "{n} later change of covariates.", "{n} later changes of covariates.", left
        )
        lines.append(page.item(more.format(n=left)))
    return "\n".join(lines)


def _doses(episode: Episode) -> Iterator[str]:
    events = episode.events
    first = [(event.time_h, _plain(event)) for event in events[:MOST_DOSES]]
    first += [(dose.event.time_h, _steady(dose)) for dose in episode.steady[:MOST_DOSES]]
    yield from (text for _hour, text in sorted(first))
    left = len(events) - MOST_DOSES
    if left > 0:
        more = translate_plural(
            "{n} more dose, the last at hour {hour}: {dose}.",
            "{n} more doses, the last at hour {hour}: {dose}.",
            left,
        )
        yield more.format(n=left, hour=_number(events[-1].time_h), dose=_dose(events[-1]))
    left = len(episode.steady) - MOST_DOSES
    if left > 0:
        more = translate_plural(
            "{n} more dose at steady state.", "{n} more doses at steady state.", left
        )
        yield more.format(n=left)


def _plain(event: DoseEvent) -> str:
    return _("Hour {hour}: {dose}.").format(hour=_number(event.time_h), dose=_dose(event))


def _steady(dose: SteadyDose) -> str:
    return _(
        "Hour {hour}: {dose}, at steady state: the same every {interval} h without a beginning."
    ).format(
        hour=_number(dose.event.time_h),
        dose=_dose(dose.event),
        interval=_number(dose.interval_h),
    )


def _dose(event: DoseEvent) -> str:
    salt = " HCl" if event.salt is Salt.HYDROCHLORIDE else ""
    given = _("{amount} mg {drug} {route}").format(
        amount=_number(event.amount), drug=f"{event.drug}{salt}", route=event.way
    )
    if event.duration_h == 0:
        return given
    minutes = event.duration_h * 60
    length = _("{n} h").format(n=_number(event.duration_h))
    if event.duration_h <= 2:
        length = _("{n} min").format(n=_number(minutes))
    return _("{given} over {length}").format(given=given, length=length)


def _levels(seen: list[Observation]) -> Iterator[str]:
    if seen:
        text = translate_plural(
            "{n} observation, hour {first}.",
            "{n} observations, hours {first} to {last}.",
            len(seen),
        )
        yield text.format(n=len(seen), first=_number(seen[0].time_h), last=_number(seen[-1].time_h))


def _notes(data: DataSet) -> Iterator[str]:
    yield _("TIME is in hours, AMT in mg, RATE in mg/h.")
    seen = [one for subject in data.subjects for one in subject.observations]
    if seen:
        yield _("DV is in ng/mL.")
    yield from _ties(data)
    if any(dose for subject in data.subjects for one in subject.episodes for dose in one.steady):
        yield _("Doses before the record count at steady state only; the dose itself is given.")
    changing = sorted({name for subject in data.subjects for name in _changing(subject)})
    if changing:
        yield _(
            "Covariates that change: {names}. Each value holds from its row until another."
            " NONMEM lets a value hold backwards from its row instead."
        ).format(names=joined_by_and(changing))


def _ties(data: DataSet) -> Iterator[str]:
    """Say on which side of a dose those levels stand that are read at the time of one."""
    before, after = 0, 0
    for subject in data.subjects:
        times = [{dose.time_h for dose in episode.doses} for episode in subject.episodes]
        for one in subject.observations:
            if one.time_h in times[one.episode]:
                given = _given_before(subject.episodes[one.episode], one)
                after += one.time_h in given
                before += one.time_h not in given
    if before or after:
        yield _(
            "At the very time of a dose, {before} observations stand before it and {after} after"
            " it; rows count in their order, additional doses first."
        ).format(before=before, after=after)


def _given_before(episode: Episode, one: Observation) -> set[float]:
    """Give the times of the last doses that an observation counts."""
    times: set[float] = set()
    if one.events_before:
        times.add(episode.events[one.events_before - 1].time_h)
    if one.steady_before:
        times.add(episode.steady[one.steady_before - 1].event.time_h)
    return times


def _changing(subject: Subject) -> Iterator[str]:
    known: set[str] = set()
    for change in subject.covariate_changes:
        yield from known & set(change.values)
        known |= set(change.values)


def _number(value: float) -> str:
    return f"{value:.6g}"


def remarks(answer: ReadBack) -> Iterator[str]:
    """Say what a reader of simulated levels must know, beside the table."""
    levels = answer.levels
    if levels is None:
        return
    yield _("Levels of {model} in {site} plasma, for {draws} virtual people a subject.").format(
        model=levels.model, site=levels.site, draws=levels.draws
    )
    if levels.covariates_not_used:
        yield _("Columns that change no level: {names}.").format(
            names=listed(levels.covariates_not_used)
        )
    yield from scope_lines(levels.scope)
