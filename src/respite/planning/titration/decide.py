"""From a record of sessions to the next step."""

from __future__ import annotations

from respite.domain import Patient, Regimen, Sessions
from respite.domain import translate as _
from respite.literature import Library, load_library
from respite.planning.titration.amounts import scaled
from respite.planning.titration.answer import NextStep, StepKind
from respite.planning.titration.concerns import Limit, concerns_of
from respite.planning.titration.ending import lowered, stopped
from respite.planning.titration.protocols import (
    Sources,
    ceiling_factors,
    smallest,
    start_factors,
)
from respite.planning.titration.question import Question, capital, weight_asked
from respite.planning.titration.raising import by_relief


def next_step(
    sessions: Sessions | None,
    regimen: Regimen,
    patient: Patient | None = None,
    library: Library | None = None,
) -> NextStep:
    r"""Say what the record of the last sessions asks for next.

    Parameters
    ----------
    sessions
        The sessions that were given on this plan; ``None`` before the first.
    regimen
        The plan that is being given, or is to be begun.
    patient
        The patient; the condition decides which sources apply, and the
        weight is needed where mg and mg/kg meet.
    library
        Where starts, steps and ceilings come from; the one that comes with
        Respite by default.

    Returns
    -------
    What to do. A step never exceeds the step of any source that applies, nor
    the ceiling of any source that may. Where no source that was read states a
    step, none is proposed, and the hole is said. A suggestion for the
    clinician, and no order.

    Examples
    --------
    >>> from respite.domain import read_sessions
    >>> record = read_sessions(
    ...     "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
    ...     "2026-03-02T09:00,10,5,none,128,80\n"
    ... )
    >>> plan = Regimen.parse("ketamine 0.2 mg/kg/h iv for 4 h daily x3")
    >>> step = next_step(record, plan, Patient(condition="neuropathic", weight=70))
    >>> print(step.kind, "|", step.regimen)
    step up | ketamine 0.4 mg/kg/h iv for 4 h daily x3
    """
    library = library or load_library()
    patient = patient or Patient()
    asked = Question(
        regimen=regimen,
        patient=patient,
        library=library,
        sources=Sources.of(library, regimen, patient),
    )
    if sessions is None:
        return _begun(asked)
    concerns = concerns_of(sessions, regimen, library)
    limit = min((one.limit for one in concerns), default=Limit.FREE)
    told = sorted((one for one in concerns if one.reason), key=lambda one: one.limit)
    reasons = tuple(one.reason for one in told if one.limit < Limit.FREE)
    noted = tuple(one.reason for one in told if one.limit is Limit.FREE)
    basis = tuple(dict.fromkeys(rule for one in told for rule in one.basis))
    asks = tuple(dict.fromkeys(one.ask for one in concerns if one.ask))
    if limit is Limit.STOP:
        step = stopped(asked, sessions, concerns)
    elif limit is Limit.DOWN:
        step = lowered(asked)
    else:
        step = by_relief(asked, sessions, limit)
    return NextStep(
        kind=step.kind,
        regimen=step.regimen,
        reasons=(*reasons, *step.reasons, *noted),
        asks=tuple(dict.fromkeys((*asks, *step.asks))),
        holes=step.holes,
        basis=tuple(dict.fromkeys((*basis, *step.basis))),
    )


def _begun(asked: Question) -> NextStep:
    """Begin no higher than any source that applies, and below every ceiling that may."""
    parts = (asked.sources, asked.regimen, asked.weight_kg)
    starts = start_factors(*parts)
    lowest = smallest((*starts, *ceiling_factors(*parts)))
    regimen, basis, more = asked.regimen, tuple(one.basis for one in starts), ()
    reason = _("The plan begins no higher than the sources that apply.")
    if lowest is None:
        reason = _("The plan as it stands: no source that was read can be held against it.")
    elif lowest.factor is None:
        regimen, basis, more = None, (lowest.basis,), (weight_asked(),)
        reason = _("{rule}; without the weight the plan cannot be held against it.").format(
            rule=capital(lowest.basis.words)
        )
    elif lowest.factor < 1:
        regimen, basis = scaled(asked.regimen, lowest.factor), (lowest.basis,)
        reason = _("{rule}; the plan was higher.").format(rule=capital(lowest.basis.words))
    hole = _("No source that was read says how to begin with this drug by this route.")
    return NextStep(
        kind=StepKind.START,
        regimen=regimen,
        reasons=(reason,),
        asks=(*asked.condition_asked(), *more),
        holes=() if starts else (hole,),
        basis=basis,
    )
