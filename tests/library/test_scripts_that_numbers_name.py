"""A calibrated number names the script that gives it, and that script still runs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from respite.literature import load_library

ROOT = Path(__file__).parents[2]
INTERACTIONS = load_library().interactions


def numbers():
    for one in load_library().interactions.values():
        yield from one.factors.values()
    for model in load_library().models.values():
        yield from model.parameters.values()
        for condition in model.conditions.values():
            yield from condition.parameters.values()


def test_every_script_that_a_number_names_is_there() -> None:
    named = {number.script for number in numbers() if number.script}
    assert named
    assert all((ROOT / script).is_file() for script in named)


def script_of(name: str):
    path = ROOT / "validation" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    script = importlib.util.module_from_spec(spec)
    sys.modules[name] = script
    spec.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def fits():
    return script_of("fit_interactions").fits()


@pytest.mark.parametrize("id", [id for id, one in INTERACTIONS.items() if one.factors])
def test_the_factors_of_the_library_are_those_that_the_fit_gives(fits, id: str) -> None:
    found, held = fits[id], INTERACTIONS[id]
    # The last digit that is printed may fall either way on another machine.
    near = {"rel": 0.01}
    assert {name: number.value for name, number in held.factors.items()} == pytest.approx(
        found.factors, **near
    )
    spreads = {name: number.between_studies_sd for name, number in held.factors.items()}
    assert spreads == pytest.approx(found.spreads, rel=0.05)
    pairs = [pair.correlation for pair in held.correlations]
    assert pairs == (
        [] if found.correlation is None else [pytest.approx(found.correlation, **near)]
    )
    for ratio, given in zip(held.measured, found.ratios, strict=True):
        assert ratio.fitted == (None if given is None else pytest.approx(given, **near))


def test_the_mood_model_carries_what_its_script_fits() -> None:
    chance, spread, gain = script_of("calibrate_mood").fitted()
    held = load_library().model("mood_respite1").parameters
    assert held["mood_response_chance"].value == pytest.approx(chance, abs=1e-3)
    assert held["mood_relapse_time"].between_patients_sd == pytest.approx(spread, abs=1e-3)
    assert held["mood_session_gain"].value == pytest.approx(gain, abs=0.005)
