"""Find the share of a nasal dose that the nose absorbs, for the default core.

The core is not the body that perezruixo2021 estimated its nasal share with, so
that share cannot be carried over. This finds the share of the first device and
the factor on further ones with which the core returns, most closely in
proportion, the highest levels and areas under the esketamine curve that the
source gives for one, two and three devices. Run with the project's environment:
``python validation/calibrate_nasal_share.py``. It prints the two numbers and changes no file.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from respite.domain import Patient, Regimen
from respite.engine import area_under_curve, trajectory
from respite.literature import Model, load_library
from respite.population import CORE, People, draw_group

PUBLISHED = {28: (43.8, 147.3), 56: (72.5, 254.7), 84: (101.0, 362.2)}
"""Highest level [ng/mL] and area to 24 h [ng·h/mL] by dose [mg].

perezruixo2021, Table 4, people of other than Asian ancestry, 18 to 60 years.
"""

PERSON = Patient(weight=74, age=45)
"""The median person of the source."""


def exposure(model: Model, dose_mg: int) -> np.ndarray:
    """Give highest level [ng/mL] and area to 24 h [ng·h/mL] of the typical person."""
    people = People(1, 1, is_typical=True)
    group = draw_group(load_library(), PERSON, people, kinetics=model)
    dosing = group.dose(Regimen.parse(f"esketamine {dose_mg} mg intranasal").events())
    body, trains = dosing.bodies["s"], dosing.trains["s"]
    times = np.linspace(0, 3, 1801).tolist()
    peak = np.max(trajectory(body, ["plasma"], trains, times)["plasma"])
    return np.array([peak, area_under_curve(body, "plasma", trains, 24)[0]]) * 1000


def core(first: float, further: float) -> Model:
    """Give the core with other shares."""
    model = load_library().assembled(CORE)
    numbers = dict(model.parameters)
    for name, value in (
        ("intranasal_direct", first),
        ("intranasal_further_devices", further),
    ):
        number = numbers[name]
        numbers[name] = replace(number, typical=replace(number.typical, value=value))
    return replace(model, parameters=numbers)


def misfits(first: float, further: float) -> np.ndarray:
    """Give the logarithms of predicted over published figures, dose after dose."""
    model = core(first, further)
    return np.concatenate(
        [np.log(exposure(model, dose) / np.array(want)) for dose, want in PUBLISHED.items()]
    )


def calibrate() -> tuple[float, float]:
    """Find both shares by Gauss-Newton steps on the logarithms."""
    found = np.array([0.4, 0.6])
    step = 1e-4
    for _ in range(8):
        here = misfits(*found)
        slopes = np.stack(
            [(misfits(*(found + step * unit)) - here) / step for unit in np.eye(2)], axis=1
        )
        found = found - np.linalg.lstsq(slopes, here, rcond=None)[0]
    return float(found[0]), float(found[1])


if __name__ == "__main__":
    first, further = calibrate()
    print(f"intranasal_direct {first:.4f}, intranasal_further_devices {further:.4f}")
    fit = np.exp(misfits(first, further)).reshape(-1, 2)
    for dose, (peak, area) in zip(PUBLISHED, fit, strict=True):
        print(f"{dose} mg: predicted over published: highest level {peak:.3f}, area {area:.3f}")
