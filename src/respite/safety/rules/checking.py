"""May this plan be given to this patient, and what must be asked first?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from respite.domain import VERSION, DosingHistory, Patient, Regimen
from respite.literature import Library, Verdict, load_library
from respite.safety.effects.of_plan import PlanEffects, effects_of_plan
from respite.safety.rules.answer import Safety
from respite.safety.rules.book import phases_of
from respite.safety.rules.findings import Finding, screen
from respite.safety.rules.gathering import facts_of
from respite.safety.rules.known import Facts, plain
from respite.safety.rules.patient_facts import unknown_medicines
from respite.safety.rules.questions import questions_of
from respite.safety.surveillance.schedule import last_done, surveillance_of


def check(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen | None = None,
    *,
    facts: Facts | None = None,
    history: DosingHistory | None = None,
    phase: str | Sequence[str] | None = None,
    at: date | None = None,
    library: Library | None = None,
    seed: int = 1,
) -> Safety:
    """Hold a plan and a patient against the rules of safety.

    What is not known is never taken for harmless: a rule that needs it stays unknown, and the
    fact is asked for.

    Parameters
    ----------
    patient
        The patient.
    regimen
        What is planned, or nothing.
    facts
        Facts beside those of patient, plan and history, as :func:`read_facts` gives them.
    history
        What was given before.
    phase
        Phases that are looked at, one or several; by default the evaluation and the plan.
    at
        The day on which is asked; today by default.
    library
        Where rules come from; by default the library that ships.
    seed
        Seed of the people on whom acute effects are worked out; no rule draws at random.

    Returns
    -------
    The verdict, what became of every rule, and what must be asked.

    Raises
    ------
    FactsNotUnderstood
        Where two tellings of one fact differ, or facts cannot all be true.
    PhaseNotKnown
        Where a phase has no such name.

    Examples
    --------
    >>> plan = Regimen.parse("esketamine 1 mg/kg iv over 40 min")
    >>> check(Patient(age=45), plan).verdict
    'stop'
    """
    library = library or load_library()
    day = at or date.today()
    known = facts_of(library, patient, regimen, told=facts, history=history, at=day)
    phases = phases_of(library, [phase] if isinstance(phase, str) else phase)
    names = tuple(one.name for one in phases)
    findings = screen(library, known, names)
    acute = (
        PlanEffects(())
        if regimen is None or "plan" not in names
        else effects_of_plan(patient, regimen, history=history, on=day, seed=seed, library=library)
    )
    return Safety(
        regimen=None if regimen is None else str(regimen),
        people=patient.in_words(),
        phases=names,
        on=day,
        verdict=verdict_of(findings),
        findings=findings,
        questions=questions_of(findings, library.vocabulary),
        facts=known,
        not_recognised=unknown_medicines(library, patient),
        surveillance=surveillance_of(
            patient, on=day, regimen=regimen, history=history, done=done_by(known, day)
        ),
        adverse_effects=acute.effects,
        effects_missing=acute.missing,
        provenance={
            "respite": VERSION,
            "library_digest": library.digest(),
            "sources": sorted({key for one in findings for key in one.data.sources}),
            "seed": seed,
        },
    )


def done_by(known: Facts, day: date) -> dict[str, date]:
    """Say when items of surveillance were last done, by what was told.

    Parameters
    ----------
    known
        What is known.
    day
        The day on which is asked.
    """
    return last_done({name: plain(value) for name, value in known.known.items()}, on=day)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Give the verdict of findings together.

    A rule that fires says what its severity says. A rule that is unknown and would say more than
    *proceed* keeps the verdict at *caution* or above: nobody may go on without asking.

    Parameters
    ----------
    findings
        What became of each rule.
    """
    says = {one.says for one in findings if one.fires}
    if "stop" in says:
        return "stop"
    is_open = any(one.status == "unknown" and one.says != "proceed" for one in findings)
    return "caution" if is_open or "caution" in says else "proceed"
