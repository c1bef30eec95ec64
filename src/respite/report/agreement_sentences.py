"""How predictions agree with trials, in sentences; every face says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.numerals import percent
from respite.report.phrases import as_sentence

if TYPE_CHECKING:
    from respite.evidence import Agreement, Coverage
    from respite.literature import FittedNumber, PredictedFigure

ENOUGH = 80 / 100
"""Share of figures of a trial left out that intervals of 90 % are asked to hold at least."""

SHOWN_NUMBERS = ("slow_half_time", "slow_ec50")
"""Numbers whose change by the trials is told in a sentence."""


def role_words(role: str) -> str:
    """Name what a figure was for the fit."""
    return {
        "calibration": _("fitted to"),
        "left-out": _("left out of the fit that predicts it"),
        "validation": _("never fitted to"),
    }[role]


def found_words(found: str) -> str:
    """Name what a study concluded."""
    return {
        "less": _("less pain"),
        "more": _("more pain"),
        "no_difference": _("no difference"),
    }.get(found, _("not yet reported"))


def about_role(role: str) -> tuple[str, ...]:
    """Say how the predictions of one role are to be read."""
    return {
        "calibration": (_("These figures went into the fit, so that they lie near says little."),),
        "left-out": (
            _("Each trial is predicted by a fit to all the others: this is the honest test."),
        ),
        "validation": (
            _(
                "Studies without placebo, studies whose figure is of another kind, and trials kept"
                " back: what uncontrolled studies see holds more than the drug."
            ),
        ),
    }[role]


def question(answer: Agreement) -> tuple[tuple[str, str], ...]:
    """Say what was fitted, and how."""
    fit = answer.fit
    return (
        (_("Fitted to"), listed(fit.trials)),
        (
            _("Made by"),
            _("{script} (make refit), {draws} draws, seed {seed}").format(
                script=fit.script, draws=fit.draws, seed=fit.seed
            ),
        ),
        (
            _("Counted"),
            _("a study's figures first, then studies, each the same"),
        ),
    )


def about_structures(answer: Agreement) -> str:
    """Say whether the structure that is shipped predicts best."""
    scores = {one.words: sum(one.log_scores) for one in answer.fit.structures}
    best = max(scores, key=lambda words: scores[words])
    shipped = answer.fit.structures[0].words
    if best == shipped:
        return _("The structure that is shipped predicts trials left out best.")
    behind = scores[best] - scores[shipped]
    return _(
        "Shipped: {shipped}. Best by log score: {best}, by {behind}. A difference of less than"
        " about 2 tells nothing."
    ).format(shipped=shipped, best=best, behind=f"{behind:.1f}")


def headline(answer: Agreement) -> tuple[str, ...]:
    """Say how often predictions held, and whether knowing the dose helped."""
    return tuple(_headline(answer))


def _headline(answer: Agreement) -> Iterator[str]:
    by_role = {one.role: one for one in answer.coverage}
    left_out = by_role.get("left-out")
    if left_out is not None:
        yield _of_left_out(left_out)
    shipped, without_dose = answer.log_scores
    told = {
        "shipped": f"{shipped:.1f}",
        "without": f"{without_dose:.1f}",
        "difference": f"{abs(shipped - without_dose):.1f}",
        "trials": len(answer.fit.trials),
    }
    if shipped > without_dose:
        yield _(
            "All {trials} trials left out are better predicted by the model than by one that knows"
            " no dose: log score {shipped} against {without}, {difference} better."
        ).format(**told)
    else:
        yield _(
            "All {trials} trials left out are NOT better predicted by the model than by one that"
            " knows no dose: log score {shipped} against {without}, {difference} worse."
        ).format(**told)
    validation = by_role.get("validation")
    if validation is not None:
        yield _(
            "Of {trials} studies that were never fitted to, most of them uncontrolled, intervals of"
            " 90% hold {inside} of the figures."
        ).format(trials=validation.trials, inside=percent(validation.inside90))


def _of_left_out(found: Coverage) -> str:
    told = {
        "trials": found.trials,
        "inside": percent(found.inside90),
        "half": percent(found.inside50),
        "asked": percent(ENOUGH),
    }
    text = _(
        "Each of {trials} trials was left out and predicted by the others: intervals of 90% hold"
        " {inside} of a trial's figures on average, those of 50% hold {half}."
    ).format(**told)
    if found.inside90 >= ENOUGH:
        return text + _(" At least {asked} was asked for.").format(**told)
    return text + _(" That is LESS than the {asked} that was asked for.").format(**told)


def numbers(answer: Agreement) -> Iterator[str]:
    """Say what trials taught of the two numbers of the slow part."""
    for one in answer.fit.numbers:
        if one.name in SHOWN_NUMBERS:
            yield _of_number(one)


def _of_number(one: FittedNumber) -> str:
    words = {
        "slow_half_time": _("Half-time of the slow part"),
        "slow_ec50": _("Exposure level of half slow relief"),
    }[one.name]
    width = (one.after[2] / one.after[0]) / (one.before[2] / one.before[0])
    moved = _("the trials hardly moved it") if width > ENOUGH else _("the trials narrowed it")
    return _(
        "{words}: {after} {unit} (90% {low} to {high}); published before {before} ({first} to"
        " {last}): {moved}."
    ).format(
        words=words,
        unit=one.unit,
        after=f"{one.after[1]:.3g}",
        low=f"{one.after[0]:.3g}",
        high=f"{one.after[2]:.3g}",
        before=f"{one.before[1]:.3g}",
        first=f"{one.before[0]:.3g}",
        last=f"{one.before[2]:.3g}",
        moved=moved,
    )


def misses(answer: Agreement) -> Iterator[str]:
    """Say of each study with a figure outside its interval what there is to say."""
    for study, why in answer.misses.items():
        missed = [one for one in answer.figures if one.study == study and one.inside90 is False]
        count = translate_plural("{n} figure", "{n} figures", len(missed)).format(n=len(missed))
        roles = listed(tuple(dict.fromkeys(role_words(one.role) for one in missed)))
        told = as_sentence(why) if why else _("Nobody has said why yet.")
        yield _("{study} ({count}, {roles}). {why}").format(
            study=study, count=count, roles=roles, why=told
        )


def orders(answer: Agreement) -> Iterator[str]:
    """Say how likely the most likely orders of arms are, beside what their study found."""
    times = dict.fromkeys((one.study, one.time_days) for one in answer.fit.orders)
    for study, time in times:
        its = [one for one in answer.fit.orders if (one.study, one.time_days) == (study, time)]
        best = sorted(its, key=lambda one: -one.chance)[:2]
        told = _("; ").join(
            _("{order}: {chance} ({seen} of such trials)").format(
                order=_(" less than ").join(one.order),
                chance=percent(one.chance),
                seen=percent(one.chance_seen),
            )
            for one in best
        )
        yield _("{study} at {time:g} days, pain after {told}.").format(
            study=study, time=time, told=told
        )


def what_was_seen(one: PredictedFigure) -> str:
    """Name one figure: its arm, what it is and when."""
    arm = _("{arm} against {other}").format(arm=one.arm, other=one.against)
    return arm if one.against else one.arm


def notes(answer: Agreement) -> Iterator[str]:
    """Say what to mind."""
    if not answer.is_current:
        yield _(
            "The trials in the library have changed since the fit: run `make refit` to fit again."
        )
    yield _(
        "Most figures are from abstracts and tables; where no number was seen, what a study"
        " concluded is predicted instead."
    )
    yield _(
        "Uncontrolled studies hold relief by placebo, by hope and by time, too; the model is not"
        " fitted to them, one open study of hours excepted."
    )
    count = len(answer.left_out)
    yield translate_plural(
        "{n} figure or study could not be held against the model; --format json names it.",
        "{n} figures or studies could not be held against the model; --format json names them.",
        count,
    ).format(n=count)
