"""Days with relief, followed to the same day for every plan."""

from __future__ import annotations

import pytest

from respite.domain import Condition, Patient, Regimen, ReliefRule
from respite.forecasting.clock import set_clock
from respite.forecasting.draws import Case, draw_days
from respite.forecasting.plans.window import common_window
from respite.literature import load_library
from respite.population import People, draw_group

CRPS = Patient(condition=Condition.CRPS)


def test_later_days_may_be_looked_at_further_apart():
    plan = Regimen.parse("ketamine 25 mg/h iv for 5 days")
    window = common_window([plan.events()], 120, ReliefRule())
    group = draw_group(load_library(), CRPS, People(3, 300), condition="crps")
    every = Case(plan.events(), set_clock(plan.events(), (), 120, 3), ReliefRule())
    close = draw_days(every, group)
    assert window.days_by_drug(plan.events(), group) == pytest.approx(close, abs=0.3)
