"""Means over persons, who are independent of each other as their days are not."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev

from respite.forecasting.track_record.measures import MEASURES, LeadRow, OverPersons, PersonScore

FEWEST_PERSONS = 5
"""Ours: an interval over fewer would say more about chance than about forecasts."""


def over_persons(persons: Sequence[PersonScore]) -> tuple[OverPersons, ...]:
    """Average each measure over persons, each counting once however long the diary.

    Parameters
    ----------
    persons
        At least two; with fewer there is nothing to average.
    """
    if len(persons) < 2:
        return ()
    leads = {row.lead: None for person in persons for row in person.rows}
    last = [lead for lead in leads if not lead[0].isdigit()]
    ordered = sorted(set(leads) - set(last), key=lambda lead: int(lead.partition("-")[0])) + last
    averaged: list[OverPersons] = []
    for lead in ordered:
        rows = [row for person in persons for row in person.rows if row.lead == lead]
        for measure in (*MEASURES, "skill"):
            values = [value for row in rows if (value := _value(row, measure)) is not None]
            if values:
                averaged.append(_average(lead, measure, values))
    return tuple(averaged)


def _value(row: LeadRow, measure: str) -> float | None:
    if measure == "skill":
        return None if row.beside is None else row.beside.skill
    return getattr(row.measures, measure)


def _average(lead: str, measure: str, values: Sequence[float]) -> OverPersons:
    mean = fmean(values)
    interval = None
    if len(values) >= FEWEST_PERSONS:
        half = student_quantile(len(values) - 1) * stdev(values) / len(values) ** 0.5
        interval = (mean - half, mean + half)
    return OverPersons(
        lead=lead, measure=measure, persons=len(values), mean=mean, interval95=interval
    )


def student_quantile(freedom: int, share: float = 1 - 1 / 40) -> float:
    """Give a quantile of Student's distribution, to half a percent from four degrees on.

    Parameters
    ----------
    freedom
        Degrees of freedom, four or more.
    share
        Share of the distribution below the quantile.

    Notes
    -----
    The expansion around the normal quantile; source: Abramowitz and Stegun 1964, Handbook of
    Mathematical Functions, 26.7.5.

    Examples
    --------
    >>> round(student_quantile(9), 2)
    2.26
    """
    z = NormalDist().inv_cdf(share)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))
