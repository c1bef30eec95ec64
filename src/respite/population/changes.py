"""Levels in people whose facts change on the way: weight, medicines started and stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from respite.domain import DoseEvent, OutOfScope, Patient
from respite.domain import translate as _
from respite.engine import Changed, Depot, Train, levels_through
from respite.literature import Library, Model
from respite.population.analytes import analytes_of
from respite.population.group import CORE, Group, draw_group
from respite.population.random_draws import Floats, People
from respite.population.terms import is_linear


@dataclass(frozen=True)
class _Phase:
    """People from one time on [h], until the next phase."""

    start_h: float
    end_h: float
    group: Group

    def given(self, events: Sequence[DoseEvent]) -> list[DoseEvent]:
        """Give the doses that start in this phase."""
        return [event for event in events if self.start_h <= event.time_h < self.end_h]


def levels_through_changes(  # noqa: PLR0913 - each is a question a reader may ask by name
    library: Library,
    patients_over_time: Sequence[tuple[float, Patient]],
    events: Sequence[DoseEvent],
    times_h: Sequence[float],
    people: People,
    *,
    kinetics: Model | None = None,
) -> Mapping[str, Floats]:
    """Give levels of people whose facts change, each person drawn once.

    Amounts in the body carry over. A dose for each kilogram, and the share of
    it that is absorbed, follow the facts at the time when it is given; rates
    follow the facts of the moment.

    Parameters
    ----------
    library
        Where the numbers come from.
    patients_over_time
        Times [h] in rising order, and what is known of the patient from each
        on; the first holds from the beginning, whatever its time.
    events
        The doses.
    times_h
        Times [h] in rising order.
    people
        Who is drawn: the same people with every set of facts.
    kinetics
        A linear kinetic model; by default the core.

    Returns
    -------
    For each analyte its levels [mg/L], shape ``(people, times)``.

    Raises
    ------
    OutOfScope
        If the model is not linear, or does not say how a route enters.
    """
    model = kinetics or library.assembled(CORE)
    _refuse_terms(model)
    phases = _phases(library, patients_over_time, people, model)
    first = phases[0].group
    dosing = first.dose(events)
    levels: dict[str, dict[str, Floats]] = {}
    wanted = analytes_of(first, dosing)
    for form in first.kinetics.species:
        outputs = {output for parts in wanted.values() for its, output in parts if its is form}
        if not outputs:
            continue
        depots, trains = _on_their_way(phases, form.name, events)
        bodies = [
            Changed(
                phase.start_h,
                phase.group.kinetics.schemes[form.name].with_depots(depots[number]),
            )
            for number, phase in enumerate(phases)
        ]
        levels[form.name] = dict(levels_through(bodies, sorted(outputs), trains, times_h))
    return {
        analyte: sum(levels[form.name][output] for form, output in parts)
        for analyte, parts in wanted.items()
    }  # pyright: ignore[reportReturnType]


def _refuse_terms(model: Model) -> None:
    if not is_linear(model):
        raise OutOfScope(
            _("{model} is not linear, and the patient changes on the way.").format(model=model.id),
            _("a linear kinetic model."),
            _("{core}, or facts that stay the same.").format(core=CORE),
        )


def _phases(
    library: Library,
    patients_over_time: Sequence[tuple[float, Patient]],
    people: People,
    model: Model,
) -> list[_Phase]:
    starts = [start for start, _patient in patients_over_time]
    if not starts or sorted(starts) != starts:
        raise ValueError("facts over time come in the order of their times, at least one")
    ends = [*starts[1:], float("inf")]
    starts[0] = -float("inf")
    return [
        _Phase(start, end, draw_group(library, patient, people, kinetics=model))
        for start, end, (_start, patient) in zip(starts, ends, patients_over_time, strict=True)
    ]


def _on_their_way(
    phases: Sequence[_Phase], form: str, events: Sequence[DoseEvent]
) -> tuple[list[dict[str, Depot]], list[Train]]:
    """Give the depots of every phase, for doses of all phases, and the trains of all doses."""
    depots: list[dict[str, Depot]] = []
    trains: list[Train] = []
    for phase in phases:
        depots.append(
            {
                name: way.depot
                for name, way in phase.group.enter(form, events)[1].items()
                if way.depot is not None
            }
        )
        trains.extend(phase.group.enter(form, phase.given(events))[0])
    return depots, trains
