"""May this be given to this patient, what will it cost, and what must be watched?

It may import ``population`` and below. What is watched, and when: start with
``surveillance/exposure.py``, then ``surveillance/schedule.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.safety.surveillance.due import Due, SurveillancePlan
    from respite.safety.surveillance.exposure import Exposure, LongInfusion, exposure_of
    from respite.safety.surveillance.schedule import last_done, surveillance_of, surveillance_plan

HOMES = {
    "surveillance.due": "Due SurveillancePlan",
    "surveillance.exposure": "Exposure LongInfusion exposure_of",
    "surveillance.schedule": "last_done surveillance_of surveillance_plan",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Due",
    "Exposure",
    "LongInfusion",
    "SurveillancePlan",
    "exposure_of",
    "last_done",
    "surveillance_of",
    "surveillance_plan",
]
