"""A calibrated number names the script that gives it, and that script still runs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from respite.literature import load_library

ROOT = Path(__file__).parents[2]


def numbers():
    for model in load_library().models.values():
        yield from model.parameters.values()
        for condition in model.conditions.values():
            yield from condition.parameters.values()


def test_every_script_that_a_number_names_is_there() -> None:
    named = {number.script for number in numbers() if number.script}
    assert named
    assert all((ROOT / script).is_file() for script in named)


def test_the_calibration_still_simulates_the_trial_it_is_fitted_to(monkeypatch) -> None:
    path = ROOT / "validation" / "calibrate_pain_start.py"
    spec = importlib.util.spec_from_file_location("calibrate_pain_start", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TRIALS", 40)
    few = script.share_of_trials_without_difference(0.01)
    many = script.share_of_trials_without_difference(0.95)
    # With relief that persists in nearly every responder, trials see the difference.
    assert many < few <= 1
