"""Whether forecasts for many people came true, without a word about any one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.tables import Table
from respite.report.track_record_text import headlines, lead_words, record_notes

if TYPE_CHECKING:
    from respite.forecasting import OverPersons, PersonScore, TrackRecord

ALL = "all"
PROMISED = {"coverage50": 50, "coverage80": 80, "coverage95": 95}
"""Percent of scores that each band promises to hold."""

FEWEST = 5
"""Below so many persons nothing is concluded; as the interval over persons has it."""


def clinic_record_words(answer: TrackRecord) -> dict[str, Any]:
    """Say how forecasts for many people came true, without a word about any one of them.

    Parameters
    ----------
    answer
        The record of everybody, with means over persons where there are two or more.

    Returns
    -------
    ``persons`` and ``forecasts`` (how many), ``headline``, ``verdicts``, ``tables`` and
    ``notes``.
    """
    compared = [one for one in answer.persons if one.rows]
    told = {(one.lead, one.measure): one for one in answer.over_persons}
    tables = [_bands_table(told), _leads_table(told), _losses_table(compared)]
    return {
        "persons": len(compared),
        "forecasts": sum(one.forecasts for one in compared),
        "headline": tuple(headlines(answer)),
        "verdicts": tuple(_verdicts(len(compared), told)),
        "tables": tuple(table for table in tables if table is not None),
        "notes": tuple(record_notes(answer)),
    }


def _verdicts(persons: int, told: dict[tuple[str, str], OverPersons]) -> Iterator[str]:
    if not persons:
        return
    if persons < FEWEST:
        yield translate_plural(
            "There is {n} person to compare: too few to say whether the bands hold.",
            "There are {n} persons to compare: too few to say whether the bands hold.",
            persons,
        ).format(n=persons)
        return
    for measure, promised in PROMISED.items():
        one = told.get((ALL, measure))
        if one is None or one.interval95 is None:
            continue
        low, high = one.interval95
        words = {"band": f"{promised}%", "share": f"{one.mean:.0%}"}
        if 100 * high < promised:
            yield _("The {band} band held {share}: it was too narrow.").format(**words)
        elif 100 * low > promised:
            yield _("The {band} band held {share}: it was wider than it had to be.").format(**words)
        else:
            yield _("The {band} band held {share}: nothing says that it is off.").format(**words)


def _bands_table(told: dict[tuple[str, str], OverPersons]) -> Table | None:
    rows = tuple(
        (
            f"{promised}%",
            f"{one.persons}",
            f"{one.mean:.0%}",
            _("not known")
            if one.interval95 is None
            else _("{low} to {high}").format(
                low=f"{max(0, one.interval95[0]):.0%}", high=f"{min(1, one.interval95[1]):.0%}"
            ),
        )
        for measure, promised in PROMISED.items()
        if (one := told.get((ALL, measure))) is not None
    )
    if not rows:
        return None
    head = (_("Band"), _("persons"), _("written scores in it"), _("95% interval"))
    return Table(caption=_("What bands promised, and what they held"), head=head, rows=rows)


def _leads_table(told: dict[tuple[str, str], OverPersons]) -> Table | None:
    leads = list(dict.fromkeys(lead for lead, _measure in told))
    if not leads:
        return None

    def cell(lead: str, measure: str, form: str) -> str:
        one = told.get((lead, measure))
        return "-" if one is None else format(one.mean, form)

    rows = tuple(
        (
            lead_words(lead),
            f"{told[lead, 'crps'].persons}",
            *(cell(lead, measure, ".0%") for measure in PROMISED),
            cell(lead, "crps", ".2f"),
            cell(lead, "bias", "+.1f"),
            cell(lead, "skill", "+.0%"),
        )
        for lead in leads
    )
    head = (
        _("Days ahead"),
        _("persons"),
        _("in 50%"),
        _("in 80%"),
        _("in 95%"),
        _("CRPS"),
        _("bias"),
        _("skill"),
    )
    return Table(caption=_("Means over persons, each counting once"), head=head, rows=rows)


def _losses_table(persons: list[PersonScore]) -> Table | None:
    """Count losses of relief within the 80 % interval, one forecast for each person."""
    first = [
        next((row.inside for row in one.pain_return if row.inside is not None), None)
        for one in persons
    ]
    told = [one for one in first if one is not None]
    if not told:
        return None
    return Table(
        caption=_("Loss of relief, the first forecast of each person that can be judged (rough)"),
        head=(_("Promised"), _("persons"), _("lost within the 80% interval")),
        rows=(("80%", f"{len(told)}", f"{sum(told)}"),),
    )
