"""Whole curves of every virtual patient: levels, and pain where the condition is known."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from respite.domain import UNKNOWN, Patient, Regimen, RespiteError, TimeMark
from respite.domain import translate as _
from respite.literature import Library, Model, load_library
from respite.population.basis import assumed_factors, assumed_numbers, provenance
from respite.population.chunks import Meter, Progress, in_order, keep_freed_memory
from respite.population.clearance import interactions_of
from respite.population.covariates import people_in_words
from respite.population.curve_chunk import CurveChunk, CurveColumn
from respite.population.group import CORE, PAIN, draw_group
from respite.population.interaction_words import describe_factors
from respite.population.levels import Analytes, Share, levels_of
from respite.population.pain_course import simulate_pain
from respite.population.question import drugs_in, kinetic_model, refuse_too_many
from respite.population.random_draws import Floats, People
from respite.population.routes import for_events
from respite.population.scope import scope_of
from respite.population.watch_times import AFTER_LAST_DOSE_H, watch_times

ROWS_AT_ONCE = 2**17
"""People times times in one chunk: a megabyte for each column."""

MOST_TIMES = 100_000
"""Times of one person, who is followed as a whole; ours."""


@dataclass(frozen=True, kw_only=True)
class Curves:
    """Whole curves of a group, worked out as they are taken, one chunk of people after another.

    Attributes
    ----------
    regimen, patients, model, seed
        The question, as understood.
    people
        The group in words.
    times_h
        Times from the start of the first dose [h], shape ``(times,)``.
    columns
        What is followed. A level at the time of an instant dose is that just
        after it; pain and relief are those just before.
    scope
        How the patient compares with those whom the models saw.
    assumed
        Numbers behind the curves that nobody published.
    provenance
        With what they are made, so that they can be made again.
    follow
        How the chunks are worked out.
    """

    regimen: str
    patients: int
    model: str
    seed: int
    people: str
    times_h: Floats
    columns: tuple[CurveColumn, ...]
    scope: tuple[Mapping[str, str], ...]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]
    follow: _Follow

    def __iter__(self) -> Generator[CurveChunk]:
        """Give one chunk of people after another; they are the same each time."""
        return self.chunks()

    def chunks(self, progress: Progress | None = None) -> Generator[CurveChunk]:
        """Give one chunk of people after another, and tell how far the work is.

        Parameters
        ----------
        progress
            Told after each chunk what share of the work is done.
        """
        return self.follow.chunks(progress)

    @property
    def cells(self) -> int:
        """How many numbers the curves hold."""
        return self.patients * len(self.times_h) * len(self.columns)


@dataclass(frozen=True)
class _Follow:
    """The question of some curves, ready to be worked out."""

    library: Library
    patient: Patient
    regimen: Regimen
    people: People
    kinetics: Model
    condition: str | None
    times_h: Floats

    def analytes(self) -> Analytes:
        """List what can be measured, as one person shows."""
        one = People(self.people.seed, 1)
        group = draw_group(self.library, self.patient, one, kinetics=self.kinetics)
        return drugs_in(group, self.regimen)

    def chunks(self, progress: Progress | None) -> Generator[CurveChunk]:
        """Draw the people at once, and follow them chunk by chunk in a few threads."""
        keep_freed_memory()
        group = draw_group(
            self.library,
            self.patient,
            self.people,
            kinetics=self.kinetics,
            condition=self.condition,
        )
        size = max(ROWS_AT_ONCE // len(self.times_h), 1)
        meter = Meter(-(-self.people.count // size), progress)
        shares = (Share(part, self.regimen.events()) for part in group.chunks(size))
        for chunk in in_order(partial(self._chunk, self.analytes()), shares):
            yield chunk
            meter.step()

    def _chunk(self, analytes: Analytes, share: Share) -> CurveChunk:
        levels = levels_of(share, analytes, self.times_h.tolist())
        columns = {column_name(analyte): values for analyte, values in levels.items()}
        if self.condition is not None:
            columns |= _pain(share, self.times_h)
        return CurveChunk(share.group.people.first + 1, self.times_h, columns)


def _pain(share: Share, times_h: Floats) -> dict[str, Floats]:
    """Follow pain at times that miss no dose, and keep those that are asked for.

    Relief that persists is held at the highest it reached, so the times
    between those asked for count as well.
    """
    watched = watch_times(share.events, float(times_h[-1]))
    times = np.union1d(times_h, watched)
    courses = simulate_pain(share.group, share.events, times.tolist())
    places = np.searchsorted(times, times_h)
    return {
        "pain": courses.pain()[:, places],
        "relief": courses.relief(with_placebo=True)[:, places],
        "relief_by_drug": courses.relief(with_placebo=False)[:, places],
    }


def simulate_curves(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen,
    *,
    patients: int = 1000,
    model: str | None = None,
    site: str | None = None,
    every: str = "15min",
    until: str | None = None,
    seed: int = 1,
    library: Library | None = None,
) -> Curves:
    """Simulate whole curves of every virtual patient.

    Pain and relief are followed where the condition is known and the model is
    the one that the pain model was built on; levels always are. The people
    are those of ``simulate`` for the same question and seed.

    Parameters
    ----------
    patient
        What is known; the rest is drawn from the reference population.
    regimen
        What is given.
    patients
        How many virtual patients.
    model
        Kinetic model; the core by default.
    site
        Where blood is drawn; a model answers only for the site it was built on.
    every
        How far apart the times are, as typed: ``15min``.
    until
        Last time from the start of the first dose, as typed: ``7d``; by
        default a day after the end of the last dose.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.

    Returns
    -------
    The curves, which are worked out as they are taken: go over them for one
    chunk of people after another.

    Raises
    ------
    OutOfScope
        If a model does not cover the patient, the regimen or the site, or
        nothing is given that can be measured.
    RespiteError
        If a time cannot be read, or too much is asked for.

    Examples
    --------
    >>> from respite.domain import Patient, Regimen
    >>> curves = simulate_curves(
    ...     Patient(), Regimen.parse("ketamine 35 mg iv"), patients=3, every="6h"
    ... )
    >>> [chunk.columns["ketamine"].shape for chunk in curves]
    [(3, 5)]
    """
    times = _times(regimen, every, until)
    refuse_too_many(patients, regimen)
    library = library or load_library()
    kinetics = kinetic_model(library, model or CORE, site)
    pain = library.assembled(PAIN)
    condition = None
    if patient.condition is not UNKNOWN and kinetics.id == pain.structure["kinetics"]:
        condition = patient.condition.value
    asked = (kinetics,) if condition is None else (kinetics, pain)
    scope = scope_of(asked, patient, regimen)
    interactions = interactions_of(library, patient)
    used = for_events(kinetics, regimen.events())
    models = (used, *asked[1:])
    follow = _Follow(library, patient, regimen, People(seed, patients), used, condition, times)
    return Curves(
        regimen=str(regimen),
        patients=patients,
        model=kinetics.id,
        seed=seed,
        people=people_in_words(patient, library),
        times_h=times,
        columns=(
            *_level_columns(used, follow.analytes()),
            *(() if condition is None else _pain_columns(models, condition)),
        ),
        scope=(*scope, *describe_factors(library, kinetics, patient, regimen)),
        assumed=(*assumed_numbers(models, condition), *assumed_factors(library, interactions)),
        provenance=provenance(library, models, seed, condition, interactions),
        follow=follow,
    )


def _times(regimen: Regimen, every: str, until: str | None) -> Floats:
    step = TimeMark.parse(every).hours
    last = regimen.last_dose_end_h + AFTER_LAST_DOSE_H
    end = last if until is None else TimeMark.parse(until).hours
    if step <= 0:
        raise RespiteError(
            _("The times are {every} apart.").format(every=every),
            _("times that follow each other."),
            _("--every 15min."),
        )
    # Rounded, so that a third of an hour fits three times into one.
    count = math.floor(round(end / step, 6)) + 1
    if count > MOST_TIMES:
        raise RespiteError(
            _("{count} times are asked for: every {every} for {days:g} days.").format(
                count=count, every=every, days=end / 24
            ),
            _("at most {most} times.").format(most=MOST_TIMES),
            _("a longer --every, or an earlier --until."),
        )
    return np.arange(count, dtype=np.float64) * step


def column_name(analyte: str) -> str:
    """Give the name of a column as programs like it: with no hyphen."""
    return analyte.replace("-", "_")


def _level_columns(kinetics: Model, analytes: Analytes) -> Iterator[CurveColumn]:
    site = kinetics.sampling.site if kinetics.sampling else "venous"
    for analyte in analytes:
        yield CurveColumn(
            name=column_name(analyte),
            words=_("concentration of {analyte} in {site} plasma").format(
                analyte=analyte, site=site
            ),
            unit="ng/mL",
            site=site,
            sources=tuple(kinetics.sources()),
        )


def _pain_columns(models: tuple[Model, ...], condition: str) -> Iterator[CurveColumn]:
    sources = tuple(
        dict.fromkeys(
            key
            for model in models
            for key in model.sources(condition if condition in model.conditions else None)
        )
    )
    for name, words in (
        ("pain", _("expected pain, 0 to 10")),
        ("relief", _("relief as a share of untreated pain, placebo counted")),
        ("relief_by_drug", _("relief as a share of untreated pain, placebo switched off")),
    ):
        yield CurveColumn(name=name, words=words, unit="1", site=None, sources=sources)
