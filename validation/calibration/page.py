"""The page that tells what was found: every number on it is written here, by the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validation.calibration import settings
from validation.calibration.agreement import AFTER_DAYS as NUTS_AFTER_DAYS
from validation.calibration.agreement import DRAWS as NUTS_DRAWS
from validation.calibration.agreement import (
    FEWEST,
    QUANTILES,
    QUANTILES_NEAR,
    SHARES_NEAR,
    Agreement,
)
from validation.calibration.figures import diary_in_words
from validation.calibration.scenarios import SCENARIOS, Scenario
from validation.calibration.settings import Size
from validation.calibration.summary import (
    LEAST_OF_OTHERS,
    NEAR,
    NEAR_FOR,
    POOR_TAIL,
    Shape,
    Spreading,
    Summary,
)

HISTOGRAMS, COVERAGE = "calibration-ranks.png", "calibration-coverage.png"

ABOUT = """\
# Calibration

*For clinicians and developers.* Written by `make calibrate`; nobody edits it.

<!-- library: {digest} -->
<!-- belongs -->
<!-- end of belongs -->

Do intervals mean what they say? Virtual patients are drawn whose time to pain return is known.
Each keeps a diary; the forecast reads it, and its answer is held against the truth.

Every patient is given `{regimen}`. Half of them say what their usual pain is. From {run_in} days
before the first infusion on, each writes a score every evening and leaves out {missing:.0%} of
them. The forecast is asked after the last infusion, and again later, up to day {last} after it.
{patients} patients are ours, {others} belong to each other way of living or writing; a forecast
takes {draws} draws. What differs between scenarios was written down before any result was seen,
and nothing was tuned to one.

## How to read this

The *rank* of a truth is the share of the draws that lie below it: no response < gone before the
last dose < hours and days < beyond {horizon} days, with ties broken by chance. Where a forecast
is right about its own doubt, every rank is as likely as any other. An interval *holds* the share
of truths whose rank lies in its middle part: that should be its own within {near:.0f} points for
{near_for} patients, and for fewer within as many more as chance needs. The *distance* is the
largest gap between the ranks and even ones (Kolmogorov and Smirnov); it should be below the
number in brackets, which even ranks pass once in a thousand times. *Returned* are those whose
pain returns after a day or more and within {horizon} days, among the draws that do so.

*CRPS* tells how far a forecast is from the truth, in days of relief; *Brier* how far the chance
to be a slow responder is from what is so, beside that of giving everybody the share of them.
*Width* is that of the 80 % interval. An answer is *worth* as many draws without weights, and has a
*poor tail* where it rests on a few heavy ones (Pareto *k* above {poor}). *Steps* are those of the
ladder of methods that were needed.
"""


def page(
    summaries: Sequence[Summary], size: Size, digest: str, nuts: Agreement | None = None
) -> str:
    """Write the page.

    Parameters
    ----------
    summaries
        What was found, in the order of the scenarios.
    size
        How many patients were asked about.
    digest
        Fingerprint of the library that was measured.
    nuts
        How near forecasts are to NUTS, where that was asked.
    """
    about = ABOUT.format(
        digest=digest,
        regimen=settings.REGIMEN,
        run_in=settings.RUN_IN_DAYS,
        missing=settings.MISSING,
        last=max(settings.AFTER_DAYS),
        patients=size.patients,
        others=size.patients_of_others,
        draws=size.draws,
        horizon=settings.HORIZON_DAYS,
        near=100 * NEAR,
        near_for=NEAR_FOR,
        poor=POOR_TAIL,
    )
    parts = [
        about,
        f"## What was asked, and what was found\n\n{verdicts(summaries, nuts)}",
        f"![How ranks spread, by scenario and length of diary](../pictures/{HISTOGRAMS})\n",
        "The grey band is where even ranks lie. The figures are in"
        " [calibration.json](calibration.json).\n",
        f"![Share of truths within intervals](../pictures/{COVERAGE})\n",
    ]
    for scenario in SCENARIOS.values():
        found = [one for one in summaries if one.scenario == scenario.name]
        if found:
            parts.append(section(scenario, found))
    if nuts is not None:
        parts.append(nuts_section(nuts))
    return "\n".join(parts)


def verdicts(summaries: Sequence[Summary], nuts: Agreement | None = None) -> str:
    """Say what was asked for and whether it was met."""
    by_name: dict[str, list[Summary]] = {}
    for one in summaries:
        by_name.setdefault(one.scenario, []).append(one)
    rows: list[tuple[str, ...]] = []
    for name, found in by_name.items():
        scenario = SCENARIOS[name]
        if scenario.kind == "ours":
            asked = f"even ranks, coverage within {100 * NEAR:.0f} points, at every length"
            rows.append((scenario.title, asked, _met(all(one.everyone.holds for one in found))))
            asked = "the same among those who returned"
            rows.append((scenario.title, asked, _met(all(one.returned.holds for one in found))))
        elif scenario.kind == "teeth":
            asked = "uneven ranks at every length, of all or of those who returned"
            fails = all(not (one.everyone.is_uniform and one.returned.is_uniform) for one in found)
            rows.append((scenario.title, asked, _met(fails)))
        elif name == "half_time_twice":
            least = min(one.everyone.coverage["0.95"] for one in found)
            asked = f"95 % intervals hold at least {LEAST_OF_OTHERS:.0%}"
            rows.append((scenario.title, asked, f"{_met(least >= LEAST_OF_OTHERS)} ({least:.1%})"))
        else:
            held = sum(one.everyone.holds for one in found)
            told = f"{held} of {len(found)} lengths hold"
            rows.append((scenario.title, "reported and explained", told))
    if nuts is not None:
        asked = f"shares within {SHARES_NEAR:g} on average, beyond NUTS's own error"
        rows.append(("NUTS", asked, _met(nuts.shares_agree)))
        asked = f"quantiles within {QUANTILES_NEAR:g} days on average, beyond NUTS's own error"
        rows.append(("NUTS", asked, _met(nuts.quantiles_agree)))
    return table(("Who writes", "Asked", "Found"), rows)


def nuts_section(found: Agreement) -> str:
    """Tell how near forecasts are to NUTS."""
    rows = [
        (
            "a share",
            f"{found.share_apart:.4f}",
            f"{found.share_error:.4f}",
            f"{found.share_apart - found.share_error:.4f}",
        )
    ]
    days = zip(QUANTILES, found.days_apart, found.days_error, strict=True)
    rows += [
        (
            f"the {quantile:.0%} quantile",
            f"{apart:.2f} days",
            f"{error:.2f} days",
            f"{apart - error:.2f} days",
        )
        for quantile, apart, error in days
    ]
    return (
        f"## Another road to the same posterior\n\n{found.patients} of our patients, with diaries"
        f" to day {NUTS_AFTER_DAYS} after the last infusion, were also followed by NUTS, classes"
        " summed: it knows the likelihood and nothing of proposals and weights. A forecast took"
        f" {NUTS_DRAWS} draws here, so that what is left is the method. Quantiles are those of pain"
        f" that returns after a day or more, in the {found.with_quantiles} patients in whom at"
        f" least {FEWEST:.0%} of the draws do so. The largest difference of any share is"
        f" {found.share_most:.3f}; {found.divergences} steps of NUTS went astray.\n\n"
        + table(("Difference of", "Mean", "Of NUTS's own chance", "Beyond it"), rows)
    )


def section(scenario: Scenario, found: Sequence[Summary]) -> str:
    """Tell one scenario.

    Parameters
    ----------
    scenario
        Which.
    found
        What was found, by length of diary.
    """
    ranks = table(
        ("Diary", "Patients", "Distance", "50 %", "80 %", "95 %", "Ranks are"),
        (
            row
            for one in found
            for row in (
                _spread_row(diary_in_words(one.after_days), one.everyone),
                _spread_row("of these, returned", one.returned),
            )
        ),
    )
    answers = table(
        ("Diary", "CRPS", "Brier", "80 % width", "Worth", "Poor tails", "Steps", "Median time"),
        (
            (
                diary_in_words(one.after_days),
                f"{one.crps:.2f} days",
                f"{one.brier:.3f} ({one.brier_of_base_rate:.3f})",
                f"{one.width80:.1f} days",
                f"{one.ess:.0f} draws",
                f"{one.poor_tails:.1%}",
                ", ".join(f"{step} {share:.0%}" for step, share in one.steps.items()),
                f"{1000 * one.seconds:.0f} ms",
            )
            for one in found
        ),
    )
    return "\n".join(
        [f"## {scenario.title}\n\n{scenario.about}\n", ranks, answers, _discussed(scenario, found)]
    )


def _spread_row(diary: str, spread: Spreading) -> tuple[str, ...]:
    distance = f"{spread.distance:.3f} ({spread.strictest:.3f})"
    held = (f"{share:.1%}" for share in spread.coverage.values())
    return diary, f"{spread.count}", distance, *held, spread.shape


IN_WORDS: dict[Shape, str] = {
    "even": "intervals mean what they say",
    "too narrow": "intervals are too narrow",
    "too wide": "intervals are wider than they need be",
    "too early": "forecasts come too early: relief holds longer than was thought",
    "too late": "forecasts come too late: pain returns sooner than was thought",
    "uneven": "ranks are uneven, though neither too early nor too late, too narrow nor too wide",
}


def _discussed(scenario: Scenario, found: Sequence[Summary]) -> str:
    """Explain what does not hold, in words."""
    lines: list[str] = []
    for one in found:
        for who, spread in (("", one.everyone), (", among those who returned", one.returned)):
            if spread.holds:
                continue
            lines.append(
                f"- {diary_in_words(one.after_days).capitalize()}{who}: {IN_WORDS[spread.shape]}."
                f" The mean rank is {spread.mean:.3f}, where even ranks give 0.5;"
                f" {_misses(spread)}."
            )
    if not lines:
        return "Intervals mean what they say at every length.\n"
    return "\n".join(["What does not hold:\n", *lines, f"\n{scenario.why}\n"])


def _misses(spread: Spreading) -> str:
    told = [
        f"the {float(level):.0%} interval holds {share:.1%}"
        for level, share in spread.misses.items()
    ]
    return (
        ", ".join(told) or f"every interval holds its share within {100 * spread.near:.1f} points"
    )


def _met(is_met: bool) -> str:
    return "met" if is_met else "**not met**"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a Markdown table."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
