"""Joins a published model to the engine: typical values, people, simulation."""

from respite.population.exposure import Exposure, LevelCurve, Simulation

__all__ = ["Exposure", "LevelCurve", "Simulation"]
