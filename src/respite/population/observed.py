"""What does a model give where a study measured? The same doses, people, summary and measure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from respite.domain import OutOfScope, Patient, convert
from respite.domain import translate as _
from respite.literature import Library, Model, ObservationRow, rows_of
from respite.population.coverage import (
    facts_of,
    regimen_asked,
    why_no_model_covers,
    why_not_covered,
)
from respite.population.group import CORE, draw_group
from respite.population.measures import MEASURES, SUMMARIES, Measured, as_printed, of_analyte
from respite.population.random_draws import People

_SEED = 1
_GROUP = 500
"""People whose mean or median is compared; its chance error is a few per cent at most."""

Role = Literal["built on", "check"]


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """One observed figure beside what one model gives for it.

    Attributes
    ----------
    row
        What was observed.
    model
        Id of the model.
    predicted
        What the model gives, in the unit of the observed figure.
    role
        ``built on`` where the figure, or its source, went into the model; else ``check``.
    notes
        What was taken for granted, in words.
    """

    row: ObservationRow
    model: str
    predicted: float
    role: Role
    notes: tuple[str, ...]

    @property
    def observed(self) -> float:
        """The figure that was observed, in its own unit."""
        return float(self.row.observation.value)

    @property
    def ratio(self) -> float:
        """Predicted over observed."""
        return self.predicted / self.observed

    @property
    def fold(self) -> float:
        """How many times too high or too low, never below one."""
        return max(self.ratio, 1 / self.ratio) if self.ratio > 0 else math.inf


@dataclass(frozen=True)
class Comparison:
    """Every observed figure: beside each model that covers it, or with why none does.

    Attributes
    ----------
    predictions
        One for each figure and each model that covers it.
    uncovered
        Figures that no model covers, each with the reason in words.
    """

    predictions: tuple[Prediction, ...]
    uncovered: tuple[tuple[ObservationRow, str], ...]

    @property
    def misses(self) -> tuple[Prediction, ...]:
        """What lies more than twice too high or too low."""
        return tuple(each for each in self.predictions if each.fold > 2)


def compare_with_observations(library: Library) -> Comparison:
    """Put every kinetic model beside every observed figure that it covers.

    Parameters
    ----------
    library
        Where models and observations come from.
    """
    names = sorted(library.models, key=lambda name: (name != CORE, name))
    models = [library.assembled(name) for name in names]
    models = [model for model in models if model.kind == "kinetics"]
    predictions: list[Prediction] = []
    uncovered: list[tuple[ObservationRow, str]] = []
    for study in library.observations.values():
        for row in rows_of(study):
            covering = [model for model in models if not why_not_covered(library, model, row)]
            predictions += [predict_observation(library, model, row) for model in covering]
            if not covering:
                uncovered.append((row, why_no_model_covers(library, models, row)))
    return Comparison(tuple(predictions), tuple(uncovered))


def predict_observation(library: Library, model: Model, row: ObservationRow) -> Prediction:
    """Simulate what a study measured.

    What the study does not say of its people is that of the model's own
    reference patient. One figure that sums up many people is met by the same
    summary of a group with a fixed seed; any other by the typical person.

    Parameters
    ----------
    library
        Where the model comes from.
    model
        A kinetic model, joined to its base.
    row
        What was observed.

    Returns
    -------
    What the model gives, in the unit of the observed figure.

    Raises
    ------
    OutOfScope
        If the model does not cover the figure.
    """
    refused = why_not_covered(library, model, row)
    if refused:
        raise OutOfScope(
            _("{model} cannot be compared with this figure of {study}: {reason}.").format(
                model=model.id, study=row.study.id, reason=refused
            ),
            _("a figure that the model covers."),
            _("another model."),
        )
    seen = row.observation
    facts = {name: quantity.canonical for name, quantity in model.reference.items()}
    patient = Patient.from_mapping(facts | facts_of(row.people))
    summed = SUMMARIES.get(seen.summary)
    people = People(_SEED, _GROUP if summed else 1, is_typical=summed is None)
    group = draw_group(library, patient, people, kinetics=model)
    dosing, parts = of_analyte(group, group.dose(regimen_asked(row).events()), seen.analyte)
    unit, measure = MEASURES[seen.metric]
    of = Measured(group, dosing, parts, seen)
    unit, values = as_printed(of, unit, measure(of))
    value = float(values[0]) if summed is None else summed(values)
    return Prediction(
        row=row,
        model=model.id,
        predicted=convert(value, unit, seen.unit),
        role=role_of(library, model, row),
        notes=_taken_for_granted(model, row),
    )


def role_of(library: Library, model: Model, row: ObservationRow) -> Role:
    """Tell whether a figure went into a model, by its source or by name."""
    line = (model.source, *(library.model(base).source for base in library.bases(model.id)))
    is_own = row.source in line
    return "built on" if is_own or model.id in row.observation.built_into else "check"


def _taken_for_granted(model: Model, row: ObservationRow) -> tuple[str, ...]:
    notes: list[str] = []
    if row.site == "not_reported":
        notes.append(_("sampling site not reported, taken as venous"))
    if row.people.weight is None and "weight" in model.reference:
        weight = model.reference["weight"].value
        notes.append(_("weight not reported, taken as {weight:g} kg").format(weight=weight))
    if row.arm.because:
        notes.append(row.arm.because)
    return tuple(notes)
