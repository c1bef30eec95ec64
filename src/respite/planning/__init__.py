"""What to propose, and what comes next?

It may import ``safety``, ``forecasting`` and below. What to propose: start with ``plan``, where
one question becomes one answer, then ``candidates``, ``scoring`` and ``choosing``. The next step
of a treatment that has begun: ``titration``, from ``titration/decide.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.planning.answer import Plan, Proposal, RefusedPlan, Said, TriedPlan
    from respite.planning.proposing import plan
    from respite.planning.titration.answer import Basis, NextStep, StepKind
    from respite.planning.titration.decide import next_step

HOMES = {
    "answer": "Plan Proposal RefusedPlan Said TriedPlan",
    "proposing": "plan",
    "titration.answer": "Basis NextStep StepKind",
    "titration.decide": "next_step",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Basis",
    "NextStep",
    "Plan",
    "Proposal",
    "RefusedPlan",
    "Said",
    "StepKind",
    "TriedPlan",
    "next_step",
    "plan",
]
