"""Which of the plans are proposed: the best, the gentlest that ties with it, and none at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from respite.planning.scoring import Scored, front, most_days

MOST_PROPOSED = 4
"""Plans that are proposed at most, no ketamine not counted; ours."""


NEARLY = 10 / 100
"""A plan that ties must also be nearly as likely to be worth it: within this; ours."""


@dataclass(frozen=True)
class Choice:
    """What is proposed of the plans that were tried.

    Attributes
    ----------
    proposed
        The plans, in the order in which they should be thought of.
    front
        The plans that no other beats in every respect.
    ties
        Pairs of proposed plans of which neither is clearly better, by place.
    is_weak
        Whether even the best plan is unlikely to be worth its burden.
    """

    proposed: tuple[Scored, ...]
    front: tuple[Scored, ...]
    ties: tuple[tuple[int, int], ...]
    is_weak: bool


def choose(scored: Sequence[Scored], worthwhile_days: float, least_chance: float) -> Choice:
    """Choose among plans that keep every limit.

    Parameters
    ----------
    scored
        The plans.
    worthwhile_days
        Days a plan must add to be worth its burden.
    least_chance
        Chance of so many days below which the case is weak.

    Returns
    -------
    The choice: first the gentlest plan that ties with the best, then the best, then the best
    of each place where one may be treated. Plans by ways in that no trial gave come after
    those that rest on trials.
    """
    if not scored:
        return Choice((), (), (), is_weak=True)
    along = front(scored)
    best = along[0]
    worth = [one for one in scored if one.chance_of(worthwhile_days) >= least_chance]
    studied = [one for one in worth or [best] if not one.outside] or [best]
    top = min(studied, key=most_days)
    equals = [one for one in studied if one is top or _as_good(one, top, worthwhile_days)]
    gentlest = min(equals, key=lambda one: (one.burden, one.candidate.text))
    order = [gentlest, top]
    for setting in ("clinic", "home", "ward"):
        there = [one for one in worth if one.candidate.practice.setting == setting]
        order += sorted(there, key=most_days)[:1]
    named = {one.candidate.text: one for one in order}.values()
    proposed = tuple(sorted(named, key=lambda one: bool(one.outside)))[:MOST_PROPOSED]
    places = range(len(proposed))
    return Choice(
        proposed,
        along,
        tuple(
            (first, second)
            for first in places
            for second in places
            if first < second and proposed[first].ties_with(proposed[second])
        ),
        is_weak=best.chance_of(worthwhile_days) < least_chance,
    )


def _as_good(one: Scored, top: Scored, worthwhile_days: float) -> bool:
    """Say whether a plan ties with the best, and is nearly as likely to be worth its burden."""
    less = top.chance_of(worthwhile_days) - one.chance_of(worthwhile_days)
    return one.ties_with(top) and less <= NEARLY
