"""Levels by mouth, nose and mucosa against what was measured in people."""

from __future__ import annotations

import pytest

from respite.domain import Patient, Regimen
from respite.population import CORE, simulate

MEDIAN = Patient(weight=74, age=45)
"""The median person of perezruixo2021."""

NASAL = {28: (43.8, 147.3), 56: (72.5, 254.7), 84: (101.0, 362.2)}
"""Highest esketamine [ng/mL] and area to 24 h [ng·h/mL]: perezruixo2021, Table 4."""


def middle(regimen: str, analyte: str, metric: str, model: str, patient: Patient) -> float:
    answer = simulate(patient, Regimen.parse(regimen), patients=2000, model=model)
    (row,) = [row for row in answer.exposures if (row.analyte, row.metric) == (analyte, metric)]
    return row.q50


@pytest.mark.parametrize("dose", NASAL)
@pytest.mark.parametrize(("model", "within"), [("esketamine_perezruixo2021", 0.05), (CORE, 0.1)])
def test_esketamine_into_the_nose(dose: int, model: str, within: float) -> None:
    """In the middle of many people; the window ends a day after the dose, as the source's."""
    peak, area = NASAL[dose]
    regimen = f"esketamine {dose} mg intranasal"
    assert middle(regimen, "s-ketamine", "cmax", model, MEDIAN) == pytest.approx(peak, rel=within)
    got = middle(regimen, "s-ketamine", "auc_last", model, MEDIAN)
    assert got == pytest.approx(area, rel=within)


PAIN_PATIENTS = [
    ("ketamine 25 mg sublingual", 29.0),
    ("ketamine 30 mg intranasal", 61.0),
    ("ketamine 50 mg intranasal", 78.0),
]
"""Means and geometric means of highest racemic ketamine [ng/mL]: chong2006, singh2022."""


@pytest.mark.parametrize(("regimen", "peak"), PAIN_PATIENTS)
def test_racemic_ketamine_in_people_with_pain(regimen: str, peak: float) -> None:
    got = middle(regimen, "ketamine", "cmax", CORE, Patient(weight=70, age=55))
    assert got == pytest.approx(peak, rel=0.4)


def test_the_share_that_enters_directly_is_said() -> None:
    answer = simulate(MEDIAN, Regimen.parse("ketamine 25 mg sublingual"), patients=50)
    assert any("under the tongue" in line and "0.15" in line for line in answer.assumed)
