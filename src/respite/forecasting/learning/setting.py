"""One person and one diary: all that is worked out before any draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from respite.domain import DoseEvent, Patient
from respite.engine import WrittenScores
from respite.forecasting.entries import DiaryClock, Entries, diary_clock
from respite.literature import Library, Model, Parameter
from respite.population import PAIN, Floats


@dataclass(frozen=True)
class LevelSeries:
    """Levels that were measured, at least one.

    Attributes
    ----------
    time_h
        When each was drawn [h from the start of the first dose].
    analytes
        What was measured.
    log_value, log_sd
        Logarithm of each level [mg/L], and how far it may err on that scale.
    """

    time_h: Floats
    analytes: tuple[str, ...]
    log_value: Floats
    log_sd: Floats


@dataclass(frozen=True)
class Setting:
    """One person and one diary, worked out as far as no draw is needed.

    Attributes
    ----------
    library, patient, condition
        Where numbers come from, and for whom.
    kinetics
        The kinetic model.
    events
        Every dose: those given, and those planned.
    entries
        The scores.
    levels
        Measured levels, where there are any.
    """

    library: Library
    patient: Patient
    condition: str
    kinetics: Model
    events: Sequence[DoseEvent]
    entries: Entries
    levels: LevelSeries | None = None

    @cached_property
    def pain(self) -> Model:
        """The pain model."""
        return self.library.assembled(PAIN)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Its parameters in the condition of the patient."""
        return self.pain.in_condition(self.condition)

    @cached_property
    def scores(self) -> WrittenScores:
        """The stretches of latent score that the diary stands for."""
        return self.written(self.entries)

    def written(self, entries: Entries) -> WrittenScores:
        """Give the stretches that some of the scores stand for."""
        return entries.written(self.pain.residual["late_entry_spread"].value)

    @cached_property
    def clock(self) -> DiaryClock:
        """The times at which curves are needed."""
        return diary_clock(self.entries, self.given)

    @cached_property
    def given(self) -> tuple[DoseEvent, ...]:
        """The doses before the last score and level: later ones cannot have shaped them."""
        seen = (
            [self.entries.time_h]
            if self.levels is None
            else [self.levels.time_h, self.entries.time_h]
        )
        last = max([float(time) for times in seen for time in times], default=0)
        return tuple(event for event in self.events if event.time_h < last)
