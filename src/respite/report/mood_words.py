"""What a forecast says of mood; every face says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import days, percent, span
from respite.report.phrases import as_sentence
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.forecasting import MoodForecast


def mood_lines(mood: MoodForecast) -> tuple[str, ...]:
    """Say what becomes of depression, its part in pain, and how sure that is."""
    if mood.because is not None:
        return (as_sentence(mood.because), _part_in_pain(mood), mood.warning)
    return (
        *_relapse(mood),
        _score(mood),
        _part_in_pain(mood),
        as_sentence(
            _("Certainty about mood: {grade}. {why}").format(
                grade=mood.certainty["grade"], why=as_sentence(mood.certainty["why"])
            )
        ),
        *(as_sentence(_("Outside what was studied: {what}").format(what=one))
          for one in mood.outside),
        mood.warning,
    )  # fmt: skip


def mood_table(mood: MoodForecast) -> Table | None:
    """Show the chance of response some days after the last dose."""
    if not mood.response:
        return None
    return Table(
        caption=_("Depression in response (symptoms at least halved)"),
        head=(_("After the last dose"), _("on this plan"), _("on placebo")),
        rows=tuple(
            (days(day), percent(chance), percent(mood.placebo_response.get(day)))
            for day, chance in mood.response.items()
        ),
    )


def evidence_lines(mood: MoodForecast) -> tuple[str, ...]:
    """Say what else was seen of mood, each with its source."""
    return tuple(as_sentence(line) for line in mood.evidence)


def _relapse(mood: MoodForecast) -> tuple[str, ...]:
    if mood.relapse_median_days is None or mood.relapse80_days is None:
        return ()
    text = _(
        "Where it responds, depression returns {days} after the last dose (median; 80% interval"
        " {span}). It has a clock of its own, apart from that of pain."
    )
    return (text.format(days=days(mood.relapse_median_days), span=span(*mood.relapse80_days)),)


def _score(mood: MoodForecast) -> str:
    if mood.course is None or mood.phq9 is None:
        return _("No PHQ-9 before treatment is known, so no course of the score can be given.")
    place = min(range(len(mood.course.mean)), key=mood.course.mean.__getitem__)
    return _(
        "From a PHQ-9 of {start:g} the mean falls to {lowest:.0f} on day {day:.0f} (80% of people:"
        " {low:.0f} to {high:.0f})."
    ).format(
        start=mood.phq9,
        lowest=mood.course.mean[place],
        day=mood.course.day[place],
        low=mood.course.q10[place],
        high=mood.course.q90[place],
    )


def _part_in_pain(mood: MoodForecast) -> str:
    low, high = mood.pain_odds80
    text = _(
        "Depression changes nothing in the pain forecast, since the evidence conflicts: {because}."
        " Odds of pain relief from {low:.1f} to {high:.1f} times as high remain possible."
    )
    return text.format(because=mood.pain_because, low=low, high=high)
