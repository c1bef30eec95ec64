"""How long does relief last, against dose, hours, sessions, interval and route?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import Patient, Regimen, ReliefRule, RespiteError, Threshold
from respite.domain import translate as _
from respite.forecasting.plans.doubling import Doubling, double, gains, responder
from respite.forecasting.plans.pattern import Pattern
from respite.forecasting.plans.vary import LeftOut, Varied, vary
from respite.forecasting.plans.window import Window, common_window
from respite.forecasting.refusals import refuse_unassessable
from respite.forecasting.unknowns import condition_of
from respite.literature import Library, Model, load_library
from respite.population import (
    PAIN,
    Floats,
    Group,
    People,
    Progress,
    assumed_factors,
    assumed_numbers,
    draw_group,
    for_events,
    interactions_of,
    people_in_words,
    provenance,
    quantiles,
    scope_of_doses,
)

BASE = "ketamine 0.5 mg/kg iv over 40 min daily x10"
"""What everything is varied around, unless asked otherwise."""


@dataclass(frozen=True, kw_only=True)
class PlanDays:
    """Days with relief that one plan gives.

    Attributes
    ----------
    varied
        The plan, and what is varied in it.
    mean_days
        Mean over people and studies.
    studies80_days
        80 % of the means of studies: how well the typical value is known.
    people80_days
        What 80 % of the people of one study have, averaged over studies.
    outside
        Which of its routes the time course was not estimated from, in words; mostly empty.
    """

    varied: Varied
    mean_days: float
    studies80_days: tuple[float, float]
    people80_days: tuple[float, float]
    outside: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "way": self.varied.way,
            "value": self.varied.value,
            "unit": self.varied.unit,
            "regimen": str(self.varied.regimen),
            "is_base": self.varied.is_base,
            "mean_days": self.mean_days,
            "studies80_days": list(self.studies80_days),
            "people80_days": list(self.people80_days),
            "extrapolated": bool(self.outside),
            "outside": list(self.outside),
        }


@dataclass(frozen=True, kw_only=True)
class DoseDuration:
    """Days with relief against what is given, and what doubling buys.

    Attributes
    ----------
    base, people, threshold
        The question, as it was understood.
    window_days
        Days from the first dose in which relief counts, the same for every plan.
    studies, per_study
        How many studies were drawn, and how many people in each: the same in all of them.
    half_time_days
        Half-time of slow relief in the typical person: what a doubled rate adds there.
    rows, doubling, left_out
        The answer, and what could not be varied.
    """

    base: str
    people: str
    threshold: str
    window_days: int
    studies: int
    per_study: int
    seed: int
    half_time_days: float
    rows: tuple[PlanDays, ...]
    doubling: tuple[Doubling, ...]
    left_out: tuple[LeftOut, ...]
    certainty: Mapping[str, str]
    scope: tuple[Mapping[str, str], ...]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.dose-duration/1``."""
        return {
            "schema": "respite.dose-duration/1",
            "base": self.base,
            "people": self.people,
            "threshold": self.threshold,
            "window_days": self.window_days,
            "studies": self.studies,
            "people_per_study": self.per_study,
            "seed": self.seed,
            "half_time_days": self.half_time_days,
            "rows": [row.to_dict() for row in self.rows],
            "doubling": [one.to_dict() for one in self.doubling],
            "left_out": [vars(one).copy() for one in self.left_out],
            "certainty": dict(self.certainty),
            "scope": [dict(line) for line in self.scope],
            "assumed": list(self.assumed),
            "provenance": dict(self.provenance),
        }


def dose_duration(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    base: Regimen | None = None,
    *,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    confirm_days: int = 3,
    horizon_days: int = 180,
    studies: int = 40,
    per_study: int = 100,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> DoseDuration:
    """Find the expected days with relief by the drug alone, against what is given.

    Parameters
    ----------
    patient
        Whom the people resemble; what is not known is drawn.
    base
        The plan that one thing at a time is varied around.
    threshold, confirm_days
        What counts as relief, and for how many days it must stay away to have gone.
    horizon_days
        How far to look after the last dose of the longest plan.
    studies, per_study
        How many studies to draw, and how many people: the same people in every study, and
        every plan on the same people.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Raises
    ------
    OutOfScope
        If the base is not of equal doses at equal intervals, or no model may be asked.
    RespiteError
        If too little or too much is to be drawn.
    """
    refuse_unassessable(patient, threshold)
    _refuse_size(studies, per_study)
    plan = Regimen.parse(BASE) if base is None else base
    pattern = Pattern.of(plan)
    (varied, left), (doubled, left_doubled) = vary(pattern), double(pattern)
    library = library or load_library()
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    varied, refused = _in_scope(varied, (core, pain), patient)
    regimens = _distinct([plan, *(one.regimen for one in varied), *doubled.values()])
    rule = ReliefRule(threshold, confirm_days)
    window = common_window([one.events() for one in regimens.values()], horizon_days, rule)
    condition = condition_of(patient)
    used = for_events(core, [event for one in regimens.values() for event in one.events()])

    def draw(people: People) -> Group:
        return draw_group(library, patient, people, kinetics=used, condition=condition)

    people = draw(People(seed, studies * per_study, per_study=per_study))
    days = _days(window, people, regimens, progress)
    typical = draw(People(seed, 1, is_typical=True))
    one = responder(typical, window)
    of_base = days[str(plan)]
    interactions = interactions_of(library, patient)
    certainty = pain.conditions[condition].certainty
    return DoseDuration(
        base=str(plan),
        people=people_in_words(patient, library),
        threshold=threshold.value,
        window_days=window.days,
        studies=studies,
        per_study=per_study,
        seed=seed,
        half_time_days=float(typical.needs.numbers["slow_half_time"][0]) / 24,
        rows=tuple(
            _row(each, days[str(each.regimen)], studies, _outside(pain, patient, each.regimen))
            for each in varied
        ),
        doubling=tuple(
            gains(way, regimen, plan, one, (of_base, days[str(regimen)]), studies)
            for way, regimen in doubled.items()
        ),
        left_out=(*left, *refused, *left_doubled),
        certainty={"grade": certainty.grade.replace("_", " "), "why": certainty.why},
        scope=scope_of_doses((core, pain), patient, plan.events()),
        assumed=(
            *assumed_numbers((pain, used), condition),
            *assumed_factors(library, interactions),
        ),
        provenance=provenance(library, (pain, used), seed, condition, interactions),
    )


def _refuse_size(studies: int, per_study: int) -> None:
    for name, value, most in (("studies", studies, 500), ("people", per_study, 2000)):
        if not 10 <= value <= most:
            raise RespiteError(
                _("--{name} is {value}.").format(name=name, value=value),
                _("{lowest} to {highest}.").format(lowest=10, highest=most),
                _("--{name} {nearest}.").format(name=name, nearest=min(max(value, 10), most)),
            )


def _in_scope(
    varied: Sequence[Varied], models: tuple[Model, Model], patient: Patient
) -> tuple[tuple[Varied, ...], tuple[LeftOut, ...]]:
    """Part the plans that the models may be asked about from those they may not."""
    kept: list[Varied] = []
    refused: list[LeftOut] = []
    for one in varied:
        try:
            scope_of_doses(models, patient, one.regimen.events())
        except RespiteError as error:
            if one.is_base:
                raise
            refused.append(LeftOut(way=one.way, value=one.value, because=str(error.found)))
        else:
            kept.append(one)
    return tuple(kept), tuple(refused)


def _outside(pain: Model, patient: Patient, regimen: Regimen) -> tuple[str, ...]:
    """Say which routes of a plan the pain model was not built from."""
    lines = scope_of_doses((pain,), patient, regimen.events())
    return tuple(
        line["message"] for line in lines if line["status"] == "outside" and line["fact"] == "route"
    )


def _distinct(regimens: Sequence[Regimen]) -> dict[str, Regimen]:
    return {str(regimen): regimen for regimen in regimens}


def _days(
    window: Window, people: Group, regimens: Mapping[str, Regimen], tell: Progress | None
) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for text, regimen in regimens.items():
        found[text] = window.days_by_drug(regimen.events(), people)
        if tell is not None:
            tell(len(found) / len(regimens))
    return found


def _row(varied: Varied, days: Floats, studies: int, outside: tuple[str, ...]) -> PlanDays:
    by_study = days.reshape(studies, -1)
    low, high = quantiles(np.mean(by_study, axis=1), 10 / 100, 90 / 100)
    few, many = (float(np.mean(np.quantile(by_study, share / 100, axis=1))) for share in (10, 90))
    return PlanDays(
        varied=varied,
        mean_days=float(np.mean(days)),
        studies80_days=(float(low), float(high)),
        people80_days=(few, many),
        outside=outside,
    )
