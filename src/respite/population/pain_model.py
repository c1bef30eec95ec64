"""Where the pain model meets the engine: who responds to what, and the pain that follows.

Expected pain of a person whose untreated pain is *B*:

    pain(t) = B (1 - W placebo(t)) (1 - F fast(t)) (1 - Z slow(t))

*W*, *F* and *Z* say whether this person responds to placebo, to the level and
to the exposure. They are drawn separately, each with its own chance.

What drives the fast part is the level less what acute adaptation takes away: a
share of the level some hours ago, so that a level which lasts does less than
the same level reached quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from respite.domain import UNKNOWN, WORST_PAIN, Patient
from respite.engine import Array, Rows, Step, effect_site_step, fading_maximum, namespace, sigmoid
from respite.literature import Model, Parameter
from respite.population.drawing import draw_parameters
from respite.population.placebo import PlaceboCourse, SessionClock, placebo_relief
from respite.population.random_draws import Floats, People
from respite.population.structures import PLASMA

FAST = "fast"
ADAPTED = "adapted"
SLOW = "slow"
SITES = (FAST, ADAPTED, SLOW)
"""The effect sites that pain is read from."""

Numbers = Mapping[str, Floats]

TOLD = "told pain"
"""The draw of how far usual pain lies from what a person says it is."""

Drives = Mapping[str, Floats]
"""What drives relief at each site: S-ketamine that would do the same [mg/L]."""


@dataclass(frozen=True)
class Responders:
    """One draw of the pain model for each person.

    Attributes
    ----------
    untreated
        Untreated pain *B*, 0-10.
    placebo, fast, slow
        *W*, *F* and *Z*: one for those who respond, zero for the others.
    persists
        One for slow responders whose relief is held at its highest.
    numbers
        The drawn parameters in canonical units.
    course
        The placebo course of each person.
    """

    untreated: Floats
    placebo: Floats
    fast: Floats
    slow: Floats
    persists: Floats
    numbers: Mapping[str, Floats]
    course: PlaceboCourse

    def of(self, rows: Rows) -> Responders:
        """Give some of the people."""
        return Responders(
            untreated=self.untreated[rows],
            placebo=self.placebo[rows],
            fast=self.fast[rows],
            slow=self.slow[rows],
            persists=self.persists[rows],
            numbers={name: values[rows] for name, values in self.numbers.items()},
            course=self.course.of(rows),
        )

    def sites(self) -> dict[str, Step]:
        """Give the effect sites of the model as steps that plasma feeds."""
        ln2 = np.log(2)
        return {
            FAST: effect_site_step(ln2 / self.numbers["effect_site_half_time"], fed_by=PLASMA),
            ADAPTED: effect_site_step(ln2 / self.numbers["adaptation_half_time"], fed_by=PLASMA),
            SLOW: effect_site_step(ln2 / self.numbers["slow_half_time"], fed_by=PLASMA),
        }

    @property
    def fade_rate(self) -> Floats:
        """How fast persistent relief fades [1/h]."""
        return np.log(2) / self.numbers["persistent_half_time"]


def draw_responders(
    model: Model, parameters: Mapping[str, Parameter], patient: Patient, people: People
) -> Responders:
    """Draw who responds to what, and how.

    Parameters
    ----------
    model
        The pain model.
    parameters
        Its parameters in the condition of the patient.
    patient
        A baseline pain that was told is drawn about what was told.
    people
        Who is drawn.

    Returns
    -------
    The drawn pain model of each person.
    """
    numbers = draw_parameters(
        {**parameters, **model.residual},
        people,
        correlations=model.correlations,
        stream="pain",
    )
    slow = _responds("response_chance", numbers, people)
    return Responders(
        untreated=_untreated(model, numbers, patient, people),
        placebo=_responds("placebo_chance", numbers, people),
        fast=_responds("fast_response_chance", numbers, people),
        slow=slow,
        persists=slow * _responds("persistent_chance", numbers, people),
        numbers=numbers,
        course=PlaceboCourse(
            depth=numbers["placebo_depth"],
            gain=numbers["placebo_gain"],
            half_time_h=numbers["placebo_offset_half_time"],
            session_depth=numbers["placebo_session_depth"],
            session_half_time_h=numbers["placebo_session_half_time"],
        ),
    )


def _untreated(model: Model, numbers: Numbers, patient: Patient, people: People) -> Floats:
    """Draw untreated pain: about what was told, or like that of others."""
    told = patient.baseline_pain
    lowest = model.limits["baseline_pain"].from_
    if told is UNKNOWN:
        pain = numbers["baseline_pain"]
        return namespace(pain).clip(pain, lowest, WORST_PAIN)
    pain = told + numbers["told_pain_error"] * people.normals(TOLD)
    return namespace(pain).clip(pain, min(told, lowest), WORST_PAIN)


def _responds(chance: str, numbers: Numbers, people: People) -> Floats:
    return (people.uniforms(f"class {chance}") < numbers[chance]).astype(np.float64)


def potencies(people: Responders) -> dict[str, Floats]:
    """Give the potency of each form of the drug against the S form, shape ``(people,)``."""
    r_potency = people.numbers["r_potency"]
    alike = r_potency * 0 + 1
    return {"s": alike, "r": r_potency, "racemate": (alike + r_potency) / 2}


def s_equivalents(people: Responders, levels: Mapping[str, Mapping[str, Floats]]) -> Drives:
    """Add up the forms of the drug at each site, each by its potency against the S form.

    Parameters
    ----------
    people
        The drawn pain model.
    levels
        For each form its outputs over time, shape ``(people, times)``.

    Returns
    -------
    For each site the concentration of S-ketamine that would do the same [mg/L].
    """
    potency = potencies(people)
    return {
        site: sum(potency[form][:, None] * outputs[site] for form, outputs in levels.items())
        for site in SITES
    }  # pyright: ignore[reportReturnType]


def fast_relief(people: Responders, drives: Drives) -> Floats:
    """Give the relief that follows the level, as a share of pain, in all who respond to it.

    Parameters
    ----------
    people
        The drawn pain model.
    drives
        What drives relief, shape ``(people, times)``; without the site of adaptation where
        what it takes away is off already.

    Notes
    -----
    The level less a share of the same level as a site sees it that lags by
    hours; never less than nothing, since no rebound of pain is known.
    """
    ec50, hill = people.numbers["fast_ec50"], people.numbers["fast_hill"]
    left = drives[FAST]
    if ADAPTED in drives:
        left = left - people.numbers["share_adapted"][:, None] * drives[ADAPTED]
    left = namespace(left).clip(left, 0, None)
    return people.fast[:, None] * sigmoid(left, ec50[:, None], hill[:, None])


def slow_relief(people: Responders, drives: Drives, courses: Array) -> Floats:
    """Give the relief that follows exposure, in all who respond to it, none of it held.

    Parameters
    ----------
    people
        The drawn pain model.
    drives
        What drives relief, shape ``(people, times)``.
    courses
        How many courses of treatment began before each time, shape ``(1, times)`` or
        ``(people, times)``: from course to course a person may need more exposure, or less.
    """
    exposed = drives[SLOW]
    return people.slow[:, None] * exposed / (exposed + needed_exposure(people, courses))


def needed_exposure(people: Responders, courses: Array) -> Floats:
    """Give the exposure at which slow relief is half [mg/L], ``(people, times)`` or one time."""
    first = people.numbers["slow_ec50"][:, None]
    if isinstance(courses, np.ndarray) and courses.max(initial=1) == 1:
        return first
    if namespace(first) is np and len(once := cast("Floats", courses)) == 1:
        # Many times share a course: what each needs is worked out once, and handed to them.
        counts, which = np.unique(once[0], return_inverse=True)
        growth = people.numbers["course_tolerance"][:, None] * np.log2(counts)[None, :]
        return np.take(first * np.exp(growth), which, axis=1)
    doublings = namespace(courses).log2(courses)
    return first * namespace(first).exp(people.numbers["course_tolerance"][:, None] * doublings)


def held_relief(people: Responders, slow: Floats, times_h: Floats) -> Floats:
    """Hold slow relief at its highest in those in whom it persists.

    Parameters
    ----------
    people
        The drawn pain model.
    slow
        Slow relief from the first dose on, shape ``(people, times)``.
    times_h
        Its times [h].
    """

    def hold(rows: Rows) -> Floats:
        return fading_maximum(slow[rows], times_h, people.fade_rate[rows])

    return _for_some(people.persists, hold, slow)


def placebo_part(people: Responders, clock: SessionClock) -> Floats:
    """Give the relief that placebo brings, in all who respond to it."""

    def relieve(rows: Rows) -> Floats:
        return placebo_relief(people.course.of(rows), clock.of(rows))

    xp = namespace(people.placebo)
    nothing = xp.zeros((people.placebo.shape[0], clock.days.shape[1]))
    return _for_some(people.placebo, relieve, nothing)


def _for_some(chosen: Floats, compute: Callable[[Rows], Floats], others: Floats) -> Floats:
    """Compute a curve for those in whom it counts; the others keep theirs.

    NumPy computes their rows alone. A library that compiles must know how many
    they are, so it computes everybody's.
    """
    xp = namespace(chosen)
    if xp is not np:
        return xp.where(chosen[:, None] > 0, compute(slice(None)), others)
    rows = np.flatnonzero(chosen)
    if not rows.size:
        return others
    values = others.copy()
    values[rows] = compute(rows)
    return values
