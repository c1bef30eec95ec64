"""Writes the page that holds the model of acute effects against every study, left out in turn."""

from __future__ import annotations

from collections.abc import Iterator

from model_pages import table
from respite.literature import AcuteFit, AcuteStudy, Library, PredictedEffect, load_library
from respite.report import acute_fit_picture

MODEL = "acute_respite1"
PICTURE = "acute-effects.png"

LEAD = (
    "What studies saw of acute effects, beside what the model of acute effects says of them. Each"
    " study was left out of the fit in turn, and predicted from the others: the interval holds"
    " what a study of its size would see in nine cases of ten. Studies that count the same people"
    " are left out together. The shape of the model, that people tell less as they get used to"
    " sessions, was chosen with these figures in sight, so they flatter it a little."
)
MISSES = {
    "esketamine_first_week": "A first week has two sessions. Dissociation in it was rarer than"
    " four weeks of the same programme would let one expect, and these people are partly those of"
    " the short trials: two figures that can hardly both be right of one kind of session.",
    "five_days_of_infusion": "Nobody of 16 had anything that was called significant. Milder"
    " dissociation, which the model counts, was not what was asked.",
    "infusion_pressure_2024": "What counted as severe was not seen; it is more than marked.",
    "infusion_pressure_684": "The smallest rises of all cohorts; why it differs is not known.",
    "infusion_pressure_2015": "The largest rises of all, and recalled, not seen.",
    "esketamine_maintenance_phase": "People who stayed in treatment after months: those who felt"
    " much had left, and what is left of an effect by then rests on this study alone.",
    "infusion_of_100_hours": "The only study with infusions of days in which people were asked:"
    " without it, nothing shows what such days do.",
    "hospital_charts_2019": "The dose was not seen and is assumed.",
    "hospital_charts_2023": "The dose was not seen and is assumed.",
    "esketamine_under_the_skin": "A pressure that was reached, not a rise; the number of sessions"
    " is assumed.",
    "esketamine_84mg": "More people said they were dizzy or sick, on placebo too, than in the"
    " other trials: how a trial asks differs.",
    "esketamine_short_trials": "The largest trials; without them little is left to predict from.",
    "esketamine_dissociation_scale": "How much a scale adds is told by this study and one other.",
    "esketamine_pressure": "Without these trials, no other counted rises of 40 mmHg.",
}
"""Why a study may lie outside its interval, in our words."""


def page(note: str) -> str:
    """Write the whole page.

    Parameters
    ----------
    note
        Says that the page is written, and not to be edited.
    """
    library = load_library()
    fit = library.acute_fits[MODEL]
    return "\n".join(_lines(library, fit, note)) + "\n"


def picture() -> bytes:
    """Draw the picture of the page."""
    return acute_fit_picture(load_library().acute_fits[MODEL]).png


def _lines(library: Library, fit: AcuteFit, note: str) -> Iterator[str]:
    held = sum(one.holds for one in fit.figures)
    yield f"# Acute effects and studies\n\n*For clinicians and researchers.*\n\n{note.rstrip()}\n"
    yield f"{LEAD}\n"
    yield (
        f"**{held} of {len(fit.figures)} figures** from {fit.studies} studies lie within their"
        " interval of 90 %. Why it is so: [side effects](../explanation/side-effects.md). The"
        " numbers: [the model](models/acute_respite1.md). Again:"
        f" `python -m validation.effects` (`{fit.script}`); highest R-hat {fit.worst_r_hat:.3f},"
        f" {fit.divergent} divergent steps.\n"
    )
    yield f"![{acute_fit_picture(fit).alt}](../pictures/{PICTURE})\n"
    yield "## Every figure\n"
    head = (
        "study", "effect, as the source says it", "arm", "found by", "seen",
        "predicted without the study (5, 50, 95 %)", "fitted to all", "inside",
    )  # fmt: skip
    yield table(head, map(_row, fit.figures))
    yield "## Misses\n"
    missed = dict.fromkeys(one.study for one in fit.figures if not one.holds)
    yield from (f"- **{study}**: {MISSES.get(study, 'Not explained.')}" for study in missed)
    if not missed:
        yield "None."
    yield "\n## What each study gave and saw\n"
    head = ("study", "given", "how well that is known", "people", "source", "note")
    yield table(head, (_study(one) for one in library.acute.values() if one.rows))
    yield "## Figures that are not used\n"
    unused = (
        (one.title, row.what, row.figure, row.because)
        for one in library.acute.values()
        for row in one.unused
    )
    yield table(("study", "what", "figure", "why not"), unused)


def _row(one: PredictedEffect) -> tuple[str, ...]:
    unit = "" if one.unit == "%" else f" {one.unit}"
    low, middle, high = one.predicted
    return (
        one.study,
        f"{one.effect.replace('_', ' ')} ({one.said})",
        one.arm,
        one.asked,
        f"{one.observed:.3g}{unit or ' %'}",
        f"{low:.3g}, {middle:.3g}, {high:.3g}",
        f"{one.fitted:.3g}",
        "yes" if one.holds else "**no**",
    )


def _study(one: AcuteStudy) -> tuple[str, ...]:
    people = f"{one.n}" + (f" and {one.n_control} on placebo" if one.n_control else "")
    how = f"{one.regimen_status}: {one.because}" if one.because else str(one.regimen_status)
    check = "Held against the model, never fitted to." if one.is_check else ""
    return (
        f"{one.id}: {one.title}",
        f"`{one.regimen}`",
        how,
        people,
        f"[{one.source}](sources.md#{one.source})",
        " ".join(filter(None, (one.time_course, one.note, check))),
    )
