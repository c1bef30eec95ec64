"""What a forecast says in sentences; every face says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import convert, translate_plural
from respite.domain import translate as _
from respite.report.dates import date_after_last_dose
from respite.report.diary_sentences import diary_in_short, has_learnt, history_in_short
from respite.report.numerals import beside, days, exists, hours, of_100, percent, rounded, span
from respite.report.phrases import as_sentence, threshold_words
from respite.report.tables import outcome_parts

if TYPE_CHECKING:
    from respite.forecasting import Forecast


def headline(forecast: Forecast) -> tuple[str, ...]:
    """Answer the question: how likely lasting relief is, how long it lasts, who has none."""
    return (_chance(forecast), _length(forecast), *_by_now(forecast), _without(forecast))


def _chance(forecast: Forecast) -> str:
    lasting = sum(outcome_parts(forecast.time_to_pain_return)[3:])
    alone = sum(outcome_parts(forecast.drug_only)[3:])
    text = _chance_for_one(lasting) if has_learnt(forecast) else _chance_for_many(lasting)
    return text.format(many=of_100(lasting), alone=beside(alone))


def _chance_for_many(lasting: int) -> str:
    """Speak of people of whom no more is known."""
    if lasting < 10:
        return _("Hardly anyone keeps relief for a day: {many} do (drug alone: {alone}).")
    if lasting < 45:
        return _("Most people will not keep relief for a day: {many} do (drug alone: {alone}).")
    if lasting <= 55:
        return _("About half keep relief for a day or more: {many} (drug alone: {alone}).")
    if lasting <= 90:
        return _("Most people keep relief for a day or more: {many} (drug alone: {alone}).")
    return _("Nearly all keep relief for a day or more: {many} (drug alone: {alone}).")


def _chance_for_one(lasting: int) -> str:
    """Speak of one person, as those who could have written the same diary fare."""
    if lasting < 10:
        return _(
            "Given this diary, relief for a day or more is very unlikely: {many} who could have"
            " written it keep it so long (drug alone: {alone})."
        )
    if lasting < 45:
        return _(
            "Given this diary, relief for a day or more is unlikely: {many} who could have"
            " written it keep it so long (drug alone: {alone})."
        )
    if lasting <= 55:
        return _(
            "Given this diary, relief for a day or more is as likely as not: {many} who could"
            " have written it keep it so long (drug alone: {alone})."
        )
    if lasting <= 90:
        return _(
            "Given this diary, relief for a day or more is likely: {many} who could have"
            " written it keep it so long (drug alone: {alone})."
        )
    return _(
        "Given this diary, relief for a day or more is very likely: {many} who could have"
        " written it keep it so long (drug alone: {alone})."
    )


def _length(forecast: Forecast) -> str:
    times = forecast.time_to_pain_return
    beyond = outcome_parts(times)[4]
    if times.median_days is None or not exists(times.median_days):
        reason = times.missing.get("median_days") or _("too few people are in this group")
        text = _("No usual length of relief can be given: {reason}").format(reason=reason)
        return as_sentence(text)
    when = _after_last_dose(forecast, times.median_days)
    if times.interval80_days is None:
        reason = times.missing.get("interval80_days") or _("too few people are in this group")
        spread = _("median; no 80% interval: {reason}").format(reason=reason.rstrip("."))
    else:
        spread = _("median; 80% interval {span}").format(
            span=_dated_span(forecast, times.interval80_days)
        )
    if beyond == 0:
        text = _("Where it lasts, pain returns {when} ({spread}).")
    else:
        text = _(
            "Where it ends within {horizon} days, pain returns {when} ({spread})."
            " {many} still have relief at day {horizon}."
        )
    many = of_100(beyond)
    return text.format(
        when=when, spread=spread, horizon=forecast.horizon_days, many=many[0].upper() + many[1:]
    )


def _after_last_dose(forecast: Forecast, after: float) -> str:
    """Say how long after the last dose, and on which date where that is known."""
    length, date = days(after), date_after_last_dose(forecast, after)
    if date is None:
        return _("{length} after the last dose").format(length=length)
    return _("{length} after the last dose, about {date}").format(length=length, date=date)


def _dated_span(forecast: Forecast, interval: tuple[float, float]) -> str:
    low, high = (date_after_last_dose(forecast, end) for end in interval)
    if low is None or high is None:
        return span(*interval)
    return _("{span}, {low} to {high}").format(span=span(*interval), low=low, high=high)


def _by_now(forecast: Forecast) -> tuple[str, ...]:
    """Say whether relief still holds when the diary ends, and for how long from there."""
    now = forecast.at_last_score
    if now is None or not has_learnt(forecast):
        return ()
    said = _("At the last score, {length} after the last dose, relief still holds in {many}.")
    text = said.format(
        length=days(now.days_after_last_dose), many=of_100(round(100 * now.chance_holding))
    )
    if now.median_days is not None and now.interval80_days is not None:
        more = _("There it goes on for {length} more (median; 80% interval {span}).").format(
            length=days(now.median_days), span=span(*now.interval80_days)
        )
        text = f"{text} {more}"
    return (text,)


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


def claim_line(forecast: Forecast) -> str:
    """Say what trials and reviews claim of such a plan at the time that the forecast is about."""
    from respite.report.pooling_sentences import claim_line as in_words

    times = forecast.time_to_pain_return
    lasts = 1 if times.median_days is None else times.median_days
    hours_in = convert(forecast.last_dose_end_day + lasts, "days", "h")
    fitting = [
        claim
        for claim in forecast.claims
        if claim.touches(condition=None, hours=hours_in, measure=None)
    ]
    if not fitting:
        return ""
    return _("What trials and reviews say of such a plan: {claim}").format(
        claim=in_words(fitting[0])
    )


def question(forecast: Forecast) -> tuple[tuple[str, str], ...]:
    """Repeat the question as it was understood, in labelled lines."""
    relief = threshold_words(forecast.threshold)
    counted = _("at least {relief}; it counts as lost once it stays lost for {confirm}").format(
        relief=relief, confirm=days(forecast.confirm_days)
    )
    lines = [(_("For"), forecast.people), (_("Regimen"), forecast.regimen)]
    if forecast.history is not None:
        lines.append((_("Given"), history_in_short(forecast.history)))
    if forecast.start:
        lines.append((_("Start"), forecast.start))
        lines.append((_("Last dose"), date_after_last_dose(forecast, 0) or ""))
    if forecast.diary is not None:
        lines.append((_("Diary"), diary_in_short(forecast, forecast.diary)))
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
    dated = date_after_last_dose(forecast, answer.day_after_last_dose)
    said = _(
        "By {day} after the last dose, {share} of those whose relief lasted a day have lost it."
    ).format(day=f"{day} ({dated})" if dated else day, share=percent(answer.chance_faded))
    return f"{said} {_('That day has passed.')}" if answer.has_passed else said


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


def gap_lines(forecast: Forecast, *, latest: int | None = None) -> tuple[str, ...]:
    """Say for each long gap between doses how likely relief was to fade in it.

    Parameters
    ----------
    forecast
        The answer.
    latest
        How many of the latest gaps are named where there are more; the others are counted.
    """
    text = _(
        "Day {first} to {last}: {some} have relief at some time, and {lost} have lost it by the"
        " next dose."
    )
    left = 0 if latest is None else max(len(forecast.gaps) - latest, 0)
    named = tuple(
        text.format(
            first=rounded(gap["from_day"]),
            last=rounded(gap["to_day"]),
            some=percent(gap["p_relief"]),
            lost=percent(gap["p_faded"]),
        )
        for gap in forecast.gaps[left:]
    )
    if not left:
        return named
    more = translate_plural("and {n} earlier gap.", "and {n} earlier gaps.", left)
    return (*named, more.format(n=left))
