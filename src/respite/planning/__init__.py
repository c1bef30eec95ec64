"""What to propose, and what comes next?

It may import ``safety``, ``forecasting`` and below. The next step of a
treatment that has begun: start with ``titration/next_step.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.planning.titration.answer import Basis, NextStep, StepKind
    from respite.planning.titration.decide import next_step

HOMES = {
    "titration.answer": "Basis NextStep StepKind",
    "titration.decide": "next_step",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Basis",
    "NextStep",
    "StepKind",
    "next_step",
]
