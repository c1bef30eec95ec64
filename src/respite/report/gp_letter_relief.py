"""What treatment did, in a letter: by the definition of relief, with the doubt in words.

Where it did nothing, that is said first, and as plainly as where it helped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.numerals import days, exact, rounded
from respite.report.phrases import threshold_words

if TYPE_CHECKING:
    from respite.forecasting import DiaryReturn, SeenSoFar
    from respite.report.gp_letter_facts import LetterFacts


def relief_in_short(facts: LetterFacts) -> str:
    """Say in one sentence what treatment did; empty where nothing was given."""
    if facts.given is None:
        return ""
    return _result(facts, _seen(facts))


def relief_lines(facts: LetterFacts) -> Iterable[str]:
    """Say what treatment did, what that is counted by, and how far it can be trusted."""
    if facts.given is None:
        yield _("Nothing was given, so nothing can be said of it.")
        return
    seen = _seen(facts)
    yield _result(facts, seen)
    yield _counted(facts, seen)
    yield from _told_of_sessions(facts)
    yield _(
        "A diary cannot tell the medicine from hope, chance or other treatment: nobody compared"
        " it with a placebo in this person."
    )


def _seen(facts: LetterFacts) -> SeenSoFar:
    from respite.forecasting import seen_so_far

    assert facts.given is not None
    return seen_so_far(facts.diary, facts.given, usual_pain=facts.usual_pain, rule=facts.rule)


def _result(facts: LetterFacts, seen: SeenSoFar) -> str:
    from respite.forecasting import Seen

    if seen.found is None:
        return _("Whether it helped cannot be said: {reason}.").format(reason=seen.because)
    relief = threshold_words(facts.rule.threshold.value)
    last = _last_dose(facts)
    if seen.found.seen is Seen.NO_RELIEF:
        return _("It did not help: the diary never shows {relief} after the first dose.").format(
            relief=relief
        )
    if seen.found.seen is Seen.GONE_BEFORE_LAST_DOSE:
        text = _("{relief} was reached, and lost again before the last dose on {last}.")
        return text.format(relief=relief, last=last)
    if seen.found.seen is Seen.LOST:
        return _lost(relief, last, seen.found)
    if seen.found.seen is Seen.HELD:
        text = _(
            "{relief} was reached, and still held when the diary last showed it, {length} after"
            " the last dose on {last}."
        )
        length = days(seen.found.after_day or 0)
        return text.format(relief=relief, length=length, last=last)
    text = _("Whether it helped cannot be said: too little was written after the last dose.")
    return text.format()


def _lost(relief: str, last: str, found: DiaryReturn) -> str:
    low, high = rounded(found.after_day or 0), rounded(found.by_day or 0)
    if low == high:
        text = _("{relief} was reached; pain returned {high} days after the last dose on {last}.")
        return text.format(relief=relief, high=high, last=last)
    text = _(
        "{relief} was reached; pain returned between {low} and {high} days after the last dose"
        " on {last}."
    )
    return text.format(relief=relief, low=low, high=high, last=last)


def _counted(facts: LetterFacts, seen: SeenSoFar) -> str:
    """Say what relief is counted from, and when pain counts as returned."""
    if seen.scores_before:
        text = translate_plural(
            "Relief is counted from the mean of {n} diary score before the first dose",
            "Relief is counted from the mean of {n} diary scores before the first dose",
            seen.scores_before,
        ).format(n=seen.scores_before)
    elif facts.usual_pain is not None:
        text = _("Relief is counted from the usual pain that was told, {pain} of 10").format(
            pain=exact(facts.usual_pain)
        )
    else:
        text = _("Relief is counted from pain before treatment, which nobody wrote down")
    if seen.found is not None and seen.scores_before:
        text = _("{text} ({pain} of 10)").format(text=text, pain=rounded(seen.found.untreated))
    more = translate_plural("{n} score since", "{n} scores since", seen.scores).format(
        n=seen.scores
    )
    end = _("pain counts as returned once relief has stayed away for {confirm}").format(
        confirm=days(facts.rule.confirm_days)
    )
    return _("{text}; {more}; {end}.").format(text=text, more=more, end=end)


def _told_of_sessions(facts: LetterFacts) -> Iterable[str]:
    percents = [one.relief_percent for one in facts.sessions if one.relief_percent is not None]
    if percents:
        text = _("Relief told after {n} of {all} sessions: {percents} %").format(
            n=len(percents), all=len(facts.sessions), percents=_from_to(percents)
        )
        hours = [one.relief_hours for one in facts.sessions if one.relief_hours is not None]
        if hours:
            text = _("{text}, for {hours} hours").format(text=text, hours=_from_to(hours))
        yield _("{text}.").format(text=text)
    if facts.relief_days:
        text = translate_plural(
            "Days of relief told of {n} earlier dose: {days}.",
            "Days of relief told of {n} earlier doses: {days}.",
            len(facts.relief_days),
        )
        yield text.format(n=len(facts.relief_days), days=_from_to(facts.relief_days))


def _from_to(numbers: Iterable[float]) -> str:
    every = sorted(numbers)
    low, high = exact(every[0]), exact(every[-1])
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _last_dose(facts: LetterFacts) -> str:
    assert facts.given is not None
    ends = facts.given.first_dose_start + timedelta(hours=facts.given.last_dose_end_h)
    return ends.date().isoformat()
