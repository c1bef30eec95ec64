"""Answers for the tests of the report room."""

from __future__ import annotations

import pytest
import sample_answers as answers

from respite.forecasting import Forecast
from respite.population import Simulation


@pytest.fixture
def forecast() -> Forecast:
    return answers.forecast()


@pytest.fixture
def simulation() -> Simulation:
    return answers.simulation()
