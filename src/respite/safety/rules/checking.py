"""May this plan be given to this patient, and what must be asked first?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from respite.domain import VERSION, DosingHistory, Drug, OutOfScope, Patient, Regimen
from respite.literature import Library, Verdict, load_library
from respite.safety.rules.answer import Safety
from respite.safety.rules.book import phases_of
from respite.safety.rules.findings import Finding, screen
from respite.safety.rules.gathering import facts_of
from respite.safety.rules.known import Facts, plain
from respite.safety.rules.patient_facts import unknown_medicines
from respite.safety.rules.questions import questions_of
from respite.safety.surveillance.schedule import last_done, surveillance_of

if TYPE_CHECKING:
    from respite.safety.effects.answer import AcuteEffect


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
        Kept with the answer; no rule draws anything at random.

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
            patient, on=day, regimen=regimen, history=history, done=_done(known, day)
        ),
        adverse_effects=()
        if "plan" not in names
        else _effects(patient, regimen, history, day, seed, library),
        provenance={
            "respite": VERSION,
            "library_digest": library.digest(),
            "sources": sorted({key for one in findings for key in one.data.sources}),
            "seed": seed,
        },
    )


def _effects(  # noqa: PLR0913 - each is something that may be known
    patient: Patient,
    regimen: Regimen | None,
    history: DosingHistory | None,
    day: date,
    seed: int,
    library: Library,
) -> tuple[AcuteEffect, ...]:
    """Say what the plan may do on the day; nothing of a placebo, or of whom models know nothing."""
    if regimen is None or set(regimen.drugs) == {Drug.PLACEBO}:
        return ()
    # Read here, since rules alone need no array library.
    from respite.safety.effects.acute import acute_effects

    before = 0 if history is None else days_with_doses(history, day)
    try:
        return acute_effects(
            patient, regimen, sessions_before=before, people=PEOPLE, seed=seed, library=library
        )
    except OutOfScope:
        return ()


def _done(known: Facts, day: date) -> dict[str, date]:
    """Say when items of surveillance were last done, from what was told."""
    return last_done({name: plain(value) for name, value in known.known.items()}, on=day)


def days_with_doses(history: DosingHistory, day: date) -> int:
    """Count the days with a dose in the weeks before: people get used to sessions.

    Parameters
    ----------
    history
        What was given.
    day
        The day on which is asked.
    """
    since = day - timedelta(weeks=WEEKS_USED)
    return len({dose.start.date() for dose in history.doses if since <= dose.start.date() <= day})


PEOPLE = 400
"""Virtual patients on whom effects of a plan are worked out; ours."""

WEEKS_USED = 8
"""Weeks before in which sessions count as ones that a person got used to; ours."""


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
