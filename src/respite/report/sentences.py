"""What a forecast says in sentences; every face says the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import beside, days, exists, hours, of_100, percent, rounded, span
from respite.report.phrases import as_sentence, threshold_words
from respite.report.tables import outcome_parts

if TYPE_CHECKING:
    from respite.forecasting import Forecast


def headline(forecast: Forecast) -> tuple[str, ...]:
    """Answer the question: how likely lasting relief is, how long it lasts, who has none."""
    return (_chance(forecast), _length(forecast), _without(forecast))


def _chance(forecast: Forecast) -> str:
    lasting = sum(outcome_parts(forecast.time_to_pain_return)[3:])
    alone = sum(outcome_parts(forecast.drug_only)[3:])
    if lasting < 10:
        text = _("Hardly anyone keeps relief for a day: {many} do (drug alone: {alone}).")
    elif lasting < 45:
        text = _("Most people will not keep relief for a day: {many} do (drug alone: {alone}).")
    elif lasting <= 55:
        text = _("About half keep relief for a day or more: {many} (drug alone: {alone}).")
    elif lasting <= 90:
        text = _("Most people keep relief for a day or more: {many} (drug alone: {alone}).")
    else:
        text = _("Nearly all keep relief for a day or more: {many} (drug alone: {alone}).")
    return text.format(many=of_100(lasting), alone=beside(alone))


def _length(forecast: Forecast) -> str:
    times = forecast.time_to_pain_return
    beyond = outcome_parts(times)[4]
    if times.median_days is None or not exists(times.median_days):
        reason = times.missing.get("median_days") or _("too few people are in this group")
        text = _("No usual length of relief can be given: {reason}").format(reason=reason)
        return as_sentence(text)
    length = days(times.median_days)
    if times.interval80_days is None:
        reason = times.missing.get("interval80_days") or _("too few people are in this group")
        spread = _("median; no 80% interval: {reason}").format(reason=reason.rstrip("."))
    else:
        spread = _("median; 80% interval {span}").format(span=span(*times.interval80_days))
    if beyond == 0:
        text = _("Where it lasts, pain returns {length} after the last dose ({spread}).")
    else:
        text = _(
            "Where it ends within {horizon} days, pain returns {length} after the last dose"
            " ({spread}). {many} still have relief at day {horizon}."
        )
    many = of_100(beyond)
    return text.format(
        length=length, spread=spread, horizon=forecast.horizon_days, many=many[0].upper() + many[1:]
    )


def _without(forecast: Forecast) -> str:
    times = forecast.time_to_pain_return
    never, gone, brief, *_rest = outcome_parts(times)
    parts = [
        _("{many} never reach {relief}").format(
            many=of_100(never), relief=threshold_words(forecast.threshold)
        )
    ]
    if gone:
        parts.append(_("{many} lose it before the last dose ends").format(many=of_100(gone)))
    if brief:
        text = _("{many} keep it for hours only").format(many=of_100(brief))
        if times.hours_only_median_h is not None and exists(times.hours_only_median_h):
            text += _(" (median {hours})").format(hours=hours(times.hours_only_median_h))
        parts.append(text)
    return as_sentence("; ".join(parts))


def certainty(forecast: Forecast) -> tuple[str, str]:
    """Give the grade of certainty, and why it is no higher."""
    grades = {
        "high": _("high"),
        "moderate": _("moderate"),
        "low": _("low"),
        "very low": _("very low"),
    }
    grade = forecast.certainty.get("grade", _("not graded"))
    return grades.get(grade, grade), as_sentence(forecast.certainty.get("why", ""))


def question(forecast: Forecast) -> tuple[tuple[str, str], ...]:
    """Repeat the question as it was understood, in labelled lines."""
    relief = threshold_words(forecast.threshold)
    counted = _("at least {relief}; it counts as lost once it stays lost for {confirm}").format(
        relief=relief, confirm=days(forecast.confirm_days)
    )
    lines = [(_("For"), forecast.people), (_("Regimen"), forecast.regimen)]
    if forecast.start:
        lines.append((_("Start"), forecast.start))
        lines.append((_("Last dose"), _date_after_last_dose(forecast, 0) or ""))
    lines.append((_("Relief"), counted))
    lines.append(
        (_("Forecast"), _("to day {day} after the last dose").format(day=forecast.horizon_days))
    )
    return tuple((label, as_sentence(text) if label == _("For") else text) for label, text in lines)


def next_dose(forecast: Forecast) -> str:
    """Say by when a next dose would be needed, or why no day can be given."""
    answer = forecast.next_dose_by
    if answer.day_after_last_dose is None:
        reason = answer.because or _("no reason was recorded")
        return as_sentence(_("No day can be given: {reason}").format(reason=reason))
    day = _("day {day}").format(day=answer.day_after_last_dose)
    dated = _date_after_last_dose(forecast, answer.day_after_last_dose)
    return _(
        "By {day} after the last dose, {share} of those whose relief lasted a day have lost it."
    ).format(day=f"{day} ({dated})" if dated else day, share=percent(answer.chance_faded))


def _date_after_last_dose(forecast: Forecast, days_after: float) -> str | None:
    """Give the date so many days after the last dose, where the start has a date."""
    if forecast.first_dose is None:
        return None
    first = datetime.fromisoformat(forecast.first_dose)
    return (first + timedelta(days=forecast.last_dose_end_day + days_after)).date().isoformat()


def days_with_relief(forecast: Forecast) -> str:
    """Say how many days with relief to expect, and how many of them the drug gives."""
    answer = forecast.days_with_relief
    return _(
        "Days with relief: {mean} on average (80% interval {low} to {high});"
        " the drug itself gives {drug} of them."
    ).format(
        mean=rounded(answer.mean),
        low=rounded(answer.q10),
        high=rounded(answer.q90),
        drug=rounded(answer.drug_attributable_mean),
    )


def gap_lines(forecast: Forecast) -> tuple[str, ...]:
    """Say for each long gap between doses how likely relief was to fade in it."""
    text = _(
        "Day {first} to {last}: {some} have relief at some time, and {lost} have lost it by the"
        " next dose."
    )
    return tuple(
        text.format(
            first=rounded(gap["from_day"]),
            last=rounded(gap["to_day"]),
            some=percent(gap["p_relief"]),
            lost=percent(gap["p_faded"]),
        )
        for gap in forecast.gaps
    )
