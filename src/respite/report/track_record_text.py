"""Whether past forecasts came true, in sentences and tables, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.layout import Page
from respite.report.numerals import rounded, span
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.forecasting import (
        LeadRow,
        OverPersons,
        PersonScore,
        ReturnRow,
        TrackRecord,
    )

ALL = "all"


def track_record_text(answer: TrackRecord, *, page: Page) -> str:
    """Write what became of past forecasts: the sum of it first, then person by person."""
    blocks = [page.paragraph(text) for text in headlines(answer)]
    for person in answer.persons:
        blocks += _person_blocks(person, page, named=len(answer.persons) > 1)
    if answer.over_persons:
        blocks.append(page.table(_persons_table(answer.over_persons)))
    notes = "\n".join(map(page.item, record_notes(answer)))
    blocks.append(f"{page.heading(_('How to read this'))}\n{notes}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def track_record_words(answer: TrackRecord) -> dict[str, Any]:
    """Say what became of the past forecasts for one person, in parts that a page may arrange.

    Parameters
    ----------
    answer
        The record of one person.

    Returns
    -------
    ``headline``, ``tables`` and ``notes``.
    """
    tables = [
        table
        for person in answer.persons
        for table in (
            *((_lead_table(person),) if person.rows else ()),
            *((_beside_table(person),) if any(row.beside for row in person.rows) else ()),
            _return_table(person),
        )
    ]
    left_out = (_left_out(person) for person in answer.persons)
    return {
        "headline": (*headlines(answer), *(text for text in left_out if text)),
        "tables": tuple(tables),
        "notes": tuple(record_notes(answer)),
    }


def track_record_rows(answer: TrackRecord) -> list[dict[str, Any]]:
    """Give one row for each person and lead."""
    return [_row_data(person, row) for person in answer.persons for row in person.rows]


def _row_data(person: PersonScore, row: LeadRow) -> dict[str, Any]:
    beside = row.beside
    return {
        "name": person.name,
        "lead": row.lead,
        "forecasts": row.forecasts,
        "scores": row.scores,
        "comparisons": row.measures.comparisons,
        "coverage50": row.measures.coverage50,
        "coverage80": row.measures.coverage80,
        "coverage95": row.measures.coverage95,
        "crps": row.measures.crps,
        "bias": row.measures.bias,
        "naive_comparisons": 0 if beside is None else beside.naive.comparisons,
        "naive_crps": None if beside is None else beside.naive.crps,
        "forecast_crps_there": None if beside is None else beside.forecast.crps,
        "skill": None if beside is None else beside.skill,
    }


def headlines(answer: TrackRecord) -> Iterator[str]:
    """Say the sum of it: how often the bands held, and how far scores were off."""
    found = [row for person in answer.persons for row in person.rows if row.lead == ALL]
    if not found:
        yield _("No score has been written yet that a forecast could be held against.")
        return
    if len(answer.persons) == 1:
        yield _headline(found[0])
        return
    by_measure = {row.measure: row.mean for row in answer.over_persons if row.lead == ALL}
    yield translate_plural(
        "For {persons} person, {share} of written scores lay within the 80% interval of"
        " their forecast, and scores were {crps} points away (CRPS).",
        "Averaged over {persons} persons, {share} of written scores lay within the 80% interval of"
        " their forecast, and scores were {crps} points away (CRPS).",
        len(found),
    ).format(
        persons=len(found),
        share=_share(by_measure["coverage80"]),
        crps=_points(by_measure["crps"]),
    )


def _headline(row: LeadRow) -> str:
    text = translate_plural(
        "{n} written score is compared with {forecasts}: {share} lay within the 80% interval,"
        " and scores were {crps} points away on average (CRPS).",
        "{n} written scores are compared with {forecasts}: {share} lay within the 80% interval,"
        " and scores were {crps} points away on average (CRPS).",
        row.scores,
    ).format(
        n=row.scores,
        forecasts=_forecasts(row.forecasts),
        share=_share(row.measures.coverage80),
        crps=_points(row.measures.crps),
    )
    if row.beside is None or row.beside.skill is None:
        return text
    skill = row.beside.skill
    closer = _(" Saying that all stays as last week would have been {share} further off.")
    worse = _(" Saying that all stays as last week would have been {share} closer.")
    ratio = row.beside.naive.crps / row.beside.forecast.crps if row.beside.forecast.crps else 1
    return text + (closer if skill >= 0 else worse).format(share=f"{abs(ratio - 1):.0%}")


def _forecasts(count: int) -> str:
    return translate_plural("{n} forecast", "{n} forecasts", count).format(n=count)


def _person_blocks(person: PersonScore, page: Page, *, named: bool) -> Iterator[str]:
    lines = [page.heading(person.name)] if named else []
    lines.append(
        page.paragraph(
            _("The log holds {forecasts}; its last fingerprint is {digest}.").format(
                forecasts=_forecasts(person.forecasts), digest=person.last_digest
            )
        )
    )
    left_out = _left_out(person)
    if left_out:
        lines.append(page.paragraph(left_out))
    yield "\n".join(lines)
    if person.rows:
        yield page.table(_lead_table(person))
    if any(row.beside for row in person.rows):
        yield page.table(_beside_table(person))
    yield page.table(_return_table(person))


def _left_out(person: PersonScore) -> str:
    words = {
        "known": _("{n} known when the forecast was made"),
        "missing": _("{n} without a score"),
        "before_first_dose": _("{n} from before the first dose"),
        "other_plan": _("{n} after doses that the forecast did not know of"),
        "beyond": _("{n} after the last day of the forecast"),
    }
    parts = [words[key].format(n=person.left_out[key]) for key in words if person.left_out[key]]
    undated = person.left_out["undated"]
    text = _("Not compared: {parts}.").format(parts=listed(parts)) if parts else ""
    if undated:
        text += " " + translate_plural(
            "{n} forecast has no date of a first dose.",
            "{n} forecasts have no date of a first dose.",
            undated,
        ).format(n=undated)
    return text.strip()


def _lead_table(person: PersonScore) -> Table:
    rows = tuple(
        (
            lead_words(row.lead),
            f"{row.measures.comparisons}",
            _share(row.measures.coverage50),
            _share(row.measures.coverage80),
            _share(row.measures.coverage95),
            _points(row.measures.crps),
            f"{row.measures.bias:+.1f}",
        )
        for row in person.rows
    )
    head = (
        _("Days ahead"),
        _("compared"),
        _("in 50%"),
        _("in 80%"),
        _("in 95%"),
        _("CRPS"),
        _("bias"),
    )
    return Table(caption=_("Written scores and their forecasts"), head=head, rows=rows)


def _beside_table(person: PersonScore) -> Table:
    rows = tuple(
        (
            lead_words(row.lead),
            f"{row.beside.naive.comparisons}",
            _points(row.beside.forecast.crps),
            _points(row.beside.naive.crps),
            _share(row.beside.naive.coverage80),
            "-" if row.beside.skill is None else f"{row.beside.skill:+.0%}",
        )
        for row in person.rows
        if row.beside is not None
    )
    head = (
        _("Days ahead"),
        _("compared"),
        _("forecast, CRPS"),
        _("as last week, CRPS"),
        _("as last week, in 80%"),
        _("skill"),
    )
    return Table(caption=_("Beside saying that all stays as last week"), head=head, rows=rows)


def _return_table(person: PersonScore) -> Table:
    rows = tuple(
        (
            f"{row.line}",
            row.made_at[:10],
            "-" if row.forecast.median_days is None else rounded(row.forecast.median_days),
            "-" if row.forecast.interval80_days is None else span(*row.forecast.interval80_days),
            _lost_words(row),
            _verdict(row),
        )
        for row in person.pain_return
    )
    head = (
        _("Line"),
        _("made"),
        _("median"),
        _("80% interval"),
        _("the diary shows a loss"),
        _("inside"),
    )
    caption = _("Loss of relief, in days after the last dose (rough)")
    return Table(caption=caption, head=head, rows=rows, align="text")


def _lost_words(row: ReturnRow) -> str:
    seen = row.seen
    if seen is None or seen.after_day is None:
        return "-"
    if seen.by_day is None:
        return _("after day {day}").format(day=rounded(seen.after_day))
    return _("day {first} to {last}").format(
        first=rounded(seen.after_day), last=rounded(seen.by_day)
    )


def _verdict(row: ReturnRow) -> str:
    if row.inside is None:
        return row.because
    return _("yes") if row.inside else _("no")


def _persons_table(averaged: tuple[OverPersons, ...]) -> Table:
    words = {
        "coverage50": _("in 50%"),
        "coverage80": _("in 80%"),
        "coverage95": _("in 95%"),
        "crps": _("CRPS"),
        "bias": _("bias"),
        "skill": _("skill"),
    }
    rows = tuple(
        (
            _("{lead}: {measure}").format(lead=lead_words(row.lead), measure=words[row.measure]),
            f"{row.persons}",
            f"{row.mean:.2f}",
            "-"
            if row.interval95 is None
            else _("{low:.2f} to {high:.2f}").format(low=row.interval95[0], high=row.interval95[1]),
        )
        for row in averaged
    )
    head = (_("Days ahead"), _("persons"), _("mean"), _("95% interval"))
    return Table(caption=_("Means over persons, each counting once"), head=head, rows=rows)


def lead_words(lead: str) -> str:
    """Say how many days ahead."""
    if lead == ALL:
        return _("all")
    first, _dash, last = lead.partition("-")
    return (
        _("{first} to {last}").format(first=first, last=last)
        if last
        else _("{first} and more").format(first=first)
    )


def record_notes(answer: TrackRecord) -> Iterator[str]:
    """Say how to read a record."""
    persons = answer.persons
    yield _(
        "A right forecast has half of the scores in its 50% interval, and so on. A score at the"
        " end of an interval counts in part."
    )
    yield _(
        "CRPS is the distance of scores from their forecast in points, its spread included; 0 is"
        " best. Bias above 0: more pain than was forecast. Skill above 0: closer than saying that"
        " all stays as last week."
    )
    yield _(
        "Forecasts of one person overlap, and one day resembles the next: the comparisons are not"
        " independent, and chance moves these shares more than their number suggests."
    )
    yield _(
        "When relief was lost is rough: a diary holds scores, which scatter, and the forecast is"
        " about expected pain."
    )
    if not all(person.plan_checked for person in persons):
        yield _("Without a dosing history, doses are taken to have been given as planned.")
    if not all(person.order_checked for person in persons):
        yield _(
            "A forecast without a date of its first dose cannot be shown to be older than the"
            " entries; the days of the diary are taken at their word."
        )
    if answer.without_partner:
        yield _("Without a partner in the folder: {files}.").format(
            files=listed(answer.without_partner)
        )


def _points(value: float) -> str:
    return f"{value:.2f}"


def _share(value: float) -> str:
    """Write a share that was counted, and not one that is promised."""
    return f"{value:.0%}"
