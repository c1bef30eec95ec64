"""From a regimen to free levels, and from these to what they take hold of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from respite.domain import UNKNOWN, Condition, Drug, OutOfScope, Patient, Regimen, RespiteError
from respite.domain import translate as _
from respite.evidence.mechanism.answer import Mechanism, Occupancy, SlowClock, TargetTaken
from respite.evidence.mechanism.assays import (
    METABOLITE,
    PARENT,
    Levels,
    assays_of,
    ratios_over,
    to_mg_per_l,
)
from respite.evidence.mechanism.free_levels import (
    FreeShares,
    free,
    free_shares,
    levels_of,
    looks,
    slow_exposure,
)
from respite.evidence.mechanism.occupancy import occupied_share
from respite.literature import Library, Target, load_library
from respite.population import (
    CORE,
    PAIN,
    Floats,
    Group,
    People,
    assumed_factors,
    assumed_numbers,
    draw_group,
    for_events,
    interactions_of,
    people_in_words,
    provenance,
    scope_of,
)

MOST_PATIENTS, MOST_DOSES = 5000, 400
"""People, and doses of a regimen, that are followed together; ours, to bound the memory."""

TAIL = 5
"""Percent of people left out at each end of a band."""

TENTH = 10
"""Percent of sites from which a target counts as taken to some degree; ours."""


def mechanism_of(
    patient: Patient,
    regimen: Regimen,
    *,
    patients: int = 500,
    seed: int = 1,
    library: Library | None = None,
) -> Mechanism:
    """Give what a regimen takes hold of in the body, how much of it, and for how long.

    Parameters
    ----------
    patient
        What is known; the rest is drawn from the reference population.
    regimen
        What is given.
    patients
        How many virtual patients.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.

    Returns
    -------
    Occupancy of each target over time, and the slow clock beside it.

    Raises
    ------
    OutOfScope
        If the models do not cover the patient or the regimen, or no ketamine is given.
    RespiteError
        If too many patients or doses are asked for.
    """
    _refuse(regimen, patients)
    library = library or load_library()
    core, pain = library.assembled(CORE), library.assembled(PAIN)
    condition = Condition.CRPS if patient.condition is UNKNOWN else patient.condition
    events = regimen.events()
    used = for_events(core, events)
    group = draw_group(
        library, patient, People(seed, patients), kinetics=used, condition=condition.value
    )
    dosing = group.dose(events)
    times = looks(events)
    shares = free_shares(library)
    levels = levels_of(group, dosing, times)
    exposure = slow_exposure(group, dosing, times)
    per_micromole = to_mg_per_l(library, "ketamine", 1) / 1000
    low, middle, high = _bands(levels["ketamine"] * shares.ketamine / per_micromole)
    interactions = interactions_of(library, patient)
    made = provenance(library, (used, pain), seed, condition.value, interactions)
    return Mechanism(
        regimen=str(regimen),
        patients=patients,
        people=people_in_words(patient, library),
        seed=seed,
        last_dose_start_h=max(event.time_h for event in events),
        last_dose_end_h=regimen.last_dose_end_h,
        time_h=tuple(times),
        free_ketamine_q05=low,
        free_ketamine_q50=middle,
        free_ketamine_q95=high,
        free_share=(shares.ketamine, shares.least, shares.most),
        targets=tuple(_taken(library, levels, shares, times, regimen.last_dose_end_h)),
        slow_clock=_slow_clock(group, exposure, condition.value),
        scope=scope_of((core, pain), patient, regimen),
        assumed=(
            *assumed_numbers((used, pain), condition.value),
            *assumed_factors(library, interactions),
        ),
        provenance={**made, "sources": list(_sources(library, made["sources"]))},
    )


def _refuse(regimen: Regimen, patients: int) -> None:
    if all(event.drug is Drug.PLACEBO for event in regimen.events()):
        raise OutOfScope(
            _("The regimen gives no ketamine."),
            _("ketamine or esketamine, whose targets are shown."),
            _("--regimen 'ketamine 0.5 mg/kg iv over 40 min'."),
        )
    if not 1 <= patients <= MOST_PATIENTS:
        raise RespiteError(
            _("--patients is {patients}.").format(patients=patients),
            _("1 to {most}.").format(most=MOST_PATIENTS),
            _("--patients 500."),
        )
    doses = len(regimen.events())
    if doses > MOST_DOSES:
        raise RespiteError(
            _("The regimen has {doses} doses.").format(doses=doses),
            _("at most {most}, each of which is looked at closely.").format(most=MOST_DOSES),
            _("a shorter course: what is taken hold of repeats from dose to dose."),
        )


def _taken(
    library: Library,
    levels: dict[str, Floats],
    shares: FreeShares,
    times: list[float],
    end_h: float,
) -> Iterator[TargetTaken]:
    """Work out the occupancy of each target that has a figure for it."""
    expected = free(levels, shares.ketamine, shares.norketamine)
    least, most = (free(levels, share, share) for share in (shares.least, shares.most))
    for target in library.targets.values():
        occupancy = _occupancy(library, target, (expected, least, most), times, end_h)
        yield TargetTaken(target=target, occupancy=occupancy)


def _occupancy(
    library: Library,
    target: Target,
    levels: tuple[Levels, Levels, Levels],
    times: list[float],
    end_h: float,
) -> Occupancy | None:
    parents = assays_of(library, target, PARENT)
    if not parents:
        return None
    ratios = ratios_over(parents, assays_of(library, target, METABOLITE), *levels)
    low, middle, high = _bands(occupied_share(ratios.central))
    return Occupancy(
        q05=low,
        q50=middle,
        q95=high,
        least=_bands(occupied_share(ratios.least))[1],
        most=_bands(occupied_share(ratios.most))[1],
        hours_to_a_tenth=hours_to_a_tenth(times, middle, end_h),
    )


def hours_to_a_tenth(times: Sequence[float], shares: Sequence[float], end_h: float) -> float:
    """Find when less than a tenth is taken for good, between looks by a straight line.

    Parameters
    ----------
    times, shares
        Looks [h] and the share taken at each.
    end_h
        When the last dose ends [h].

    Returns
    -------
    Hours from the end of the last dose; zero where it never is a tenth after it.

    Examples
    --------
    >>> hours_to_a_tenth([0, 1, 3], [0.5, 0.2, 0.0], 0)
    2.0
    """
    tenth = TENTH / 100
    places = [i for i, share in enumerate(shares) if share >= tenth]
    if not places or times[places[-1]] < end_h:
        return 0
    last = places[-1]
    if last == len(times) - 1:
        return times[last] - end_h
    fallen = (shares[last] - tenth) / (shares[last] - shares[last + 1])
    return times[last] + fallen * (times[last + 1] - times[last]) - end_h


def _slow_clock(group: Group, exposure: Floats, condition: str) -> SlowClock:
    needed = group.needs.numbers["slow_ec50"][:, None]
    held = _bands(exposure * 1000)
    relief = _bands(occupied_share(exposure / needed))
    days = np.percentile(group.needs.numbers["slow_half_time"] / 24, [TAIL, 50, 100 - TAIL])
    low, middle, high = (float(value) for value in days)
    return SlowClock(
        exposure_q05=held[0],
        exposure_q50=held[1],
        exposure_q95=held[2],
        relief_q05=relief[0],
        relief_q50=relief[1],
        relief_q95=relief[2],
        half_time_days=(low, middle, high),
        condition=condition,
    )


def _bands(values: Floats) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Give the 5 %, the middle and the 95 % of people at each time."""
    low, middle, high = np.percentile(values, [TAIL, 50, 100 - TAIL], axis=0)
    return tuple(low.tolist()), tuple(middle.tolist()), tuple(high.tolist())


def _sources(library: Library, used: list[str]) -> Iterator[str]:
    """Name each source once: those of the levels, of the targets and of protein binding."""
    every = dict.fromkeys(used)
    every |= dict.fromkeys(
        seen.source for target in library.targets.values() for seen in target.affinities
    )
    for one in library.bindings.values():
        every |= dict.fromkeys((one.source, *(
            key for number in one.parameters.values() for key in number.sources
        )))  # fmt: skip
    yield from every
