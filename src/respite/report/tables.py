"""Tables as data: each is drawn as text, as HTML and as CSV from the same record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from respite.domain import translate as _
from respite.report.diary_sentences import has_learnt
from respite.report.numerals import brief, percent, whole_parts
from respite.report.phrases import threshold_words

if TYPE_CHECKING:
    from respite.forecasting import Forecast, TimeToPainReturn
    from respite.population import Simulation


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a caption, one row of headings, and rows that start with a heading.

    ``align`` says how every column but the first stands: numbers to the right,
    words to the left.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: Literal["number", "text"] = field(default="number")


def outcome_parts(times: TimeToPainReturn) -> tuple[int, ...]:
    """Give the five shares as whole numbers of a hundred, in the order of the table."""
    return whole_parts(
        (
            times.p_no_response,
            times.p_gone_before_last_dose,
            times.p_hours_only,
            times.p_returns,
            times.p_beyond_horizon,
        )
    )


def outcome_table(forecast: Forecast) -> Table:
    """Show the five outcomes, with everything counted and for the drug alone."""
    relief = threshold_words(forecast.threshold)
    labels = (
        _("Never reaches {relief}").format(relief=relief),
        _("Reaches it, but loses it before the last dose ends"),
        _("Keeps it for hours only (less than a day)"),
        _("Keeps it for a day or more, then pain returns"),
        _("Still has it after {days} days").format(days=forecast.horizon_days),
    )
    counted = outcome_parts(forecast.time_to_pain_return)
    alone = outcome_parts(forecast.drug_only)
    rows = zip(labels, counted, alone, strict=True)
    return Table(
        caption=_whom(forecast),
        head=(_("Outcome"), _("everything counted"), _("drug alone")),
        rows=tuple((label, f"{first}", f"{second}") for label, first, second in rows),
    )


def _whom(forecast: Forecast) -> str:
    if has_learnt(forecast):
        return _("Of 100 people who could have written this diary")
    return _("Of 100 people like this")


def survival_table(forecast: Forecast) -> Table:
    """Show the chance that relief still holds some days after the last dose."""
    counted = forecast.time_to_pain_return.survival
    alone = forecast.drug_only.survival
    return Table(
        caption=_("Relief still holding after the last dose"),
        head=(_("After"), _("everything counted"), _("drug alone")),
        rows=tuple(
            (_("{days} days").format(days=day), percent(share), percent(alone.get(day)))
            for day, share in counted.items()
        ),
    )


def relief_table(forecast: Forecast, *, asked_only: bool = False) -> Table | None:
    """Show the share of people with enough relief at set times.

    Parameters
    ----------
    forecast
        The answer.
    asked_only
        Whether to leave out the days that every forecast gives, and keep the
        times that were asked for, which stand as they were typed.
    """
    shares = forecast.relief_share
    every = dict.fromkeys(time for row in shares.values() for time in row)
    times = [time for time in every if not (asked_only and time.isdecimal())]
    if not times:
        return None
    return Table(
        caption=_("Relief at set times from the first dose"),
        head=(_("At"), *(_("at least {level}% relief").format(level=key) for key in shares)),
        rows=tuple(
            (
                _("day {day}").format(day=time) if time.isdecimal() else time,
                *(percent(row.get(time)) for row in shares.values()),
            )
            for time in times
        ),
    )


def pain_table(forecast: Forecast, days: tuple[int, ...]) -> Table:
    """Show the course of pain on a few days, as the figure draws it."""
    pain = forecast.pain
    rows = tuple(
        (
            brief(day),
            *(
                f"{value:.1f}"
                for value in (
                    pain.mean[i],
                    pain.q10[i],
                    pain.q90[i],
                    pain.score_q10[i],
                    pain.score_q90[i],
                    pain.placebo_mean[i],
                )
            ),
        )
        for i, day in enumerate(pain.day)
        if day in days or i == len(pain.day) - 1
    )
    head = (
        _("Day"),
        _("mean pain"),
        _("expected pain, 10%"),
        _("expected pain, 90%"),
        _("written score, 10%"),
        _("written score, 90%"),
        _("placebo, mean"),
    )
    return Table(caption=_("Pain (0-10) by day from the first dose"), head=head, rows=rows)


def exposure_table(simulation: Simulation) -> Table:
    """Show each exposure with its spread over the group."""
    rows = tuple(
        (
            _("{analyte}, {measure} ({unit})").format(
                analyte=row.analyte, measure=measure_words(row.metric, row.time_h), unit=row.unit
            ),
            *(brief(value) for value in (row.mean, row.sd, row.q05, row.q50, row.q95)),
        )
        for row in simulation.exposures
    )
    head = (_("Exposure"), _("mean"), _("SD"), _("5%"), _("median"), _("95%"))
    sites = sorted({exposure.site for exposure in simulation.exposures})
    caption = _("Exposure in {site} plasma").format(site=" / ".join(sites))
    return Table(caption=caption, head=head, rows=rows)


def measure_words(metric: str, time_h: float | None) -> str:
    """Say what a metric measures."""
    words = {
        "cmax": _("peak"),
        "tmax": _("time of peak"),
        "auc_inf": _("AUC, to infinity"),
        "auc_last": _("AUC, in the window"),
        "cavg": _("average level"),
    }
    if metric == "concentration" and time_h is not None:
        return _("level at {hours} h").format(hours=f"{time_h:g}")
    return words.get(metric, metric)
