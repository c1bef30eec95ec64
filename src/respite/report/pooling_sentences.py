"""What trials say together, in sentences; every face says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.phrases import as_sentence, spoken

if TYPE_CHECKING:
    from respite.evidence import Pool, PooledRow
    from respite.literature import Claim

_WHOLE_DAYS = 20
"""From so many days on a time is told in whole days."""

NO_DIFFERENCE = {"points": 0, "odds_ratio": 1}
"""The figure that means no difference, by unit."""


def figure(value: float, unit: str) -> str:
    """Write a difference in points, or a ratio.

    Examples
    --------
    >>> figure(-2.768, "points"), figure(1.4499, "odds_ratio"), figure(138.2, "odds_ratio")
    ('-2.8', '1.4', '138')
    """
    if unit == "points":
        return f"{value:+.1f}" if abs(value) >= 1 / 20 else f"{value:+.2f}"
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def interval(pair: tuple[float, float], unit: str) -> str:
    """Write an interval.

    Examples
    --------
    >>> interval((-4.14, -1.4), "points")
    '-4.1 to -1.4'
    """
    return _("{low} to {high}").format(low=figure(pair[0], unit), high=figure(pair[1], unit))


def days_words(days: float) -> str:
    """Write a time in days, or in hours and minutes below one.

    Examples
    --------
    >>> days_words(10.5), days_words(0.125), days_words(1 / 32)
    ('10.5 days', '3 hours', '45 minutes')
    """
    hours = days * 24
    if days >= 1:
        shown = f"{days:.0f}" if days >= _WHOLE_DAYS else f"{days:.3g}"
        return translate_plural("{n} day", "{n} days", 1 if days == 1 else 2).format(n=shown)
    if float(f"{hours:.3g}") >= 1:
        shown = f"{hours:.3g}"
        return translate_plural("{n} hour", "{n} hours", 1 if shown == "1" else 2).format(n=shown)
    return _("{n} minutes").format(n=f"{hours * 60:.2g}")


def headline(answer: Pool) -> tuple[str, ...]:
    """Answer the question: how large the effect is, and what a new trial may see."""
    return tuple(_headline(answer))


def _headline(answer: Pool) -> Iterator[str]:
    trials = translate_plural("{n} randomised trial", "{n} randomised trials", answer.k).format(
        n=answer.k
    )
    told = {
        "estimate": figure(answer.estimate, answer.unit),
        "interval": interval(answer.interval95, answer.unit),
        "trials": trials,
        "time": days_words(answer.at_days),
    }
    if answer.unit == "points":
        yield _(
            "Pain with ketamine less pain with placebo about {time} after the first dose:"
            " {estimate} points of 10 (95% interval {interval}), from {trials}."
        ).format(**told)
    else:
        yield _(
            "Odds of responding with ketamine over those with placebo about {time} after the first"
            " dose: {estimate} (95% interval {interval}), from {trials}."
        ).format(**told)
    yield _crossing(answer)
    if answer.prediction95 is None:
        yield _("No prediction for a new trial: {why}.").format(why=answer.prediction_because)
    else:
        text = _("In a new trial the true effect would lie from {interval} (95%)").format(
            interval=interval(answer.prediction95, answer.unit)
        )
        yield text + (
            _(", so it may find no benefit.")
            if _includes_none(answer.prediction95, answer.unit)
            else "."
        )


def _crossing(answer: Pool) -> str:
    if _includes_none(answer.interval95, answer.unit):
        return _("The interval includes no difference.")
    better = answer.estimate < 0 if answer.unit == "points" else answer.estimate > 1
    if better:
        return _("The interval leaves no room for no difference; it counts chance alone.")
    return _("The interval lies on the side of placebo.")


def _includes_none(pair: tuple[float, float], unit: str) -> bool:
    return pair[0] <= NO_DIFFERENCE[unit] <= pair[1]


def question(answer: Pool) -> tuple[tuple[str, str], ...]:
    """Say what was asked, and how it was answered, in labelled lines."""
    of = _("any condition") if answer.condition is None else answer.condition
    window = _(
        "one figure of each trial: from {first} to {last} after the first dose, the nearest to"
        " {time}"
    ).format(
        time=days_words(answer.at_days),
        first=days_words(answer.window_days[0]),
        last=days_words(answer.window_days[1]),
    )
    lines = [
        (_("Trials"), _("randomised against placebo, of {condition}").format(condition=of)),
        (_("Time"), window),
        (_("Method"), _method(answer)),
        (_("Beside"), beside(answer)),
    ]
    if answer.tau is not None and answer.tau_interval95 is not None:
        unit = _("points") if answer.unit == "points" else _("log odds")
        lines.insert(
            3,
            (
                _("Differ"),
                _("true effects of trials have an SD of {tau} {unit} (95% {low} to {high})").format(
                    tau=f"{answer.tau:.2f}",
                    unit=unit,
                    low=f"{answer.tau_interval95[0]:.2f}",
                    high=f"{answer.tau_interval95[1]:.2f}",
                ),
            ),
        )
    return tuple(lines)


def _method(answer: Pool) -> str:
    if answer.k == 1:
        return _("the figure of the one trial; nothing is pooled")
    if answer.unit == "points":
        return _("Bayesian, normal trials that differ, half-normal prior on how much")
    return _("Bayesian, exact chances of the counts, half-normal prior on how much trials differ")


def beside(answer: Pool) -> str:
    """Say what other methods give."""
    return as_sentence("; ".join(_beside(answer)))


def _beside(answer: Pool) -> Iterator[str]:
    found = answer.restricted
    if found is None:
        yield answer.restricted_because or ""
    else:
        text = _(
            "restricted maximum likelihood with Hartung and Knapp, never narrower than without:"
            " {estimate} ({interval}), I2 {i2}%"
        ).format(
            estimate=figure(found.estimate, answer.unit),
            interval=interval(found.interval95, answer.unit),
            i2=f"{100 * found.i2:.0f}",
        )
        if found.prediction95 is not None:
            text += _(", prediction {interval}").format(
                interval=interval(found.prediction95, answer.unit)
            )
        yield text
    for name, ratio in (
        (_("odds ratio by Peto"), answer.peto_odds_ratio),
        (_("risk ratio by Mantel and Haenszel"), answer.risk_ratio),
    ):
        if ratio is not None:
            yield _("{name}: {estimate} ({interval})").format(
                name=name,
                estimate=figure(ratio.estimate, "odds_ratio"),
                interval=interval(ratio.interval95, "odds_ratio"),
            )


def certainty(answer: Pool) -> tuple[str, str]:
    """Give the grade of the claim that fits best, with the claim and the reasons."""
    claim, why = answer.certainty.get("claim"), as_sentence(answer.certainty.get("why", ""))
    if claim is None:
        return answer.certainty["grade"], why
    return answer.certainty["grade"], _("{claim} Against it: {why}").format(claim=claim, why=why)


def notes(answer: Pool) -> tuple[str, ...]:
    """Say what was made up for, what else is claimed, and what the pool cannot tell."""
    return tuple(_notes(answer))


def _notes(answer: Pool) -> Iterator[str]:
    for row in answer.rows:
        if row.imputed:
            yield _("* {study}: {why}.").format(study=row.study, why=listed(row.imputed))
        if row.notes:
            yield _("{study}: {note}.").format(study=row.study, note="; ".join(row.notes))
    if answer.says_nothing:
        yield translate_plural(
            "In {n} trial nobody or everybody responded; it is counted and says nothing.",
            "In {n} trials nobody or everybody responded; they are counted and say nothing.",
            answer.says_nothing,
        ).format(n=answer.says_nothing)
    others = [one.study for one in answer.left_out if not one.randomised]
    if others:
        yield _("Not randomised against placebo, and so never mixed in ({count}): {names}.").format(
            count=len(others), names=listed(others)
        )
    for claim in answer.claims[1:]:
        yield claim_line(claim)
    yield _(
        "Trials whose effect could be felt tell people what they were given; no pooling mends that."
    )


def claim_line(claim: Claim) -> str:
    """Say a claim with its certainty in one line."""
    return _("{words} Certainty: {grade}.").format(words=claim.words, grade=grade_words(claim))


def grade_words(claim: Claim) -> str:
    """Say how certain a claim is, with the range where sources differ, and who graded it."""
    text = spoken(claim.grade)
    if claim.lowest is not None:
        text = _("{low} to {high}").format(low=spoken(claim.lowest), high=text)
    elif claim.highest is not None:
        text = _("{low} to {high}").format(low=text, high=spoken(claim.highest))
    who = _("published") if claim.is_published else _("our judgement")
    return _("{grade}, {who}").format(grade=text, who=who)


def seen(row: PooledRow) -> str:
    """Say how the figures of a trial were seen."""
    return spoken(row.read)
