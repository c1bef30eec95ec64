"""What to propose: dose, route and interval, with relief and harm side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from respite.domain import (
    UNKNOWN,
    Diary,
    DosingHistory,
    Drug,
    Patient,
    Regimen,
    RespiteError,
    Sessions,
    Threshold,
)
from respite.domain import translate as _
from respite.forecasting import Planned, condition_of, draw_person
from respite.forecasting import forecast as ask_forecast
from respite.literature import Claim, Library, claims_for, load_library, ways_of_giving
from respite.planning.answer import Plan, Proposal, RefusedPlan, TriedPlan
from respite.planning.candidates import Candidate, candidates
from respite.planning.choosing import Choice, choose
from respite.planning.harm import Harms, draw_harms, reasons_against
from respite.planning.holding import Held, hold
from respite.planning.refusals import refuse_future
from respite.planning.scoring import Scored, score
from respite.planning.titration.answer import NextStep
from respite.planning.titration.decide import next_step
from respite.planning.words import limit_words, why_proposed, would_change
from respite.population import CORE, PAIN, Progress, assumed_numbers, people_in_words, provenance
from respite.safety import (
    Facts,
    acute_effects,
    days_with_doses,
    done_by,
    surveillance_of,
    unknown_medicines,
)

DRAWS = 500
"""People on whom every plan is tried; ours."""

_DRAWS_OF_PROPOSAL, _PEOPLE_OF_EFFECTS = 1000, 400
_DAYS_A_YEAR, _DAY_H = 365, 24


def plan(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    *,
    history: DosingHistory | None = None,
    diary: Diary | None = None,
    sessions: Sessions | None = None,
    facts: Facts | None = None,
    start: str | None = None,
    at: date | None = None,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    horizon_days: int = 90,
    draws: int = DRAWS,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Propose what is defensible for one person.

    Every plan of the library's ways of giving is held against the rules of safety; those that
    stand are tried on the same people, who fit what is known of this one.

    Parameters
    ----------
    patient
        What is known of the patient.
    history, diary
        What was given, and what the patient wrote.
    sessions
        The record of the last sessions, for the next step of what is being given.
    facts
        Facts for the rules beside those of the patient.
    start
        Date of the first planned dose, ``YYYY-MM-DD``.
    at
        The day on which is asked; today by default.
    threshold
        What counts as relief.
    horizon_days
        Days from the first planned dose in which relief counts.
    draws, seed
        How many draws, and the seed of all of them.
    library
        Where numbers come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Returns
    -------
    The proposals with relief and harm, every plan that was tried, and every refusal.

    Raises
    ------
    OutOfScope
        If no model may be asked, or the threshold cannot be assessed.
    FactsNotUnderstood
        Where facts cannot all be true.
    DiaryNotUnderstood, SessionsNotUnderstood
        Where a score or a session lies after the day on which is asked.
    RespiteError
        If the horizon is too short for any plan, or none is given at the place that is told.
    """
    library = library or load_library()
    day = at or date.today()
    refuse_future(day, diary=diary, sessions=sessions)
    every = _every(library, patient, horizon_days, facts)
    held = hold(library, patient, every, facts=facts, history=history, day=day)
    allowed = [one for one in every if not held.against(one.text)]
    asked = _Asked(library, patient, history, diary, start, threshold, horizon_days, seed)
    recent = 0 if history is None else days_with_doses(history, day)
    harms = draw_harms(
        library, patient, every, systolic=_systolic(facts), sessions_before=recent, seed=seed
    )
    person = asked.person([one.regimen for one in every], draws)
    scored = score(person, harms, allowed, _weight(patient, harms), progress)
    broken = {one.candidate.text: reasons_against(one.harm, harms.limits) for one in scored}
    within = [one for one in scored if not broken[one.candidate.text]]
    worthwhile = library.convention("planning.worthwhile_days").value / _DAY_H
    choice = choose(within, worthwhile, library.convention("planning.least_chance").value)
    tried = {
        one.candidate.text: _tried(one, worthwhile, horizon_days, choice, broken)
        for one in sorted(scored, key=lambda one: -one.mean_days)
    }
    pain = library.assembled(PAIN)
    condition = condition_of(patient)
    certainty, models = pain.conditions[condition].certainty, (pain, library.assembled(CORE))
    return Plan(
        people=people_in_words(patient, library),
        horizon_days=horizon_days,
        threshold=threshold.value,
        worthwhile_days=worthwhile,
        start=start,
        proposals=tuple(
            asked.proposal(one, choice, tried, held, recent) for one in choice.proposed
        ),
        no_ketamine_first=choice.is_weak or bool(held.says_weak),
        weak_because=held.says_weak,
        fewer_because=_fewer(choice, scored, every),
        ties=choice.ties,
        better=tuple(
            tuple(one.better_than(other) for other in choice.proposed) for one in choice.proposed
        ),
        tried=tuple(tried.values()),
        refused=(*held.refused(every), *_beyond(broken)),
        of_patient=held.of_patient_said(),
        not_recognised=unknown_medicines(library, patient),
        ask=held.ask(library),
        surveillance=surveillance_of(
            patient,
            on=day,
            history=history,
            regimen=choice.proposed[0].candidate.regimen if choice.proposed else None,
            done=done_by(held.known, day),
        ),
        next_step=_next_step(sessions, choice, history, patient, library),
        certainty={"grade": certainty.grade.replace("_", " "), "why": certainty.why},
        claims=_claims(library, condition, choice),
        diagnostics=person.diagnostics,
        assumed=assumed_numbers(models, condition),
        provenance=provenance(library, models, seed, condition),
        seed=seed,
    )


def _every(
    library: Library, patient: Patient, horizon_days: int, facts: Facts | None
) -> tuple[Candidate, ...]:
    """List the plans that are tried: only those given where the plan is told to be given."""
    told = facts.known.get("plan.setting") if facts else None
    every = candidates(library, patient, horizon_days)
    there = tuple(one for one in every if told in (None, one.practice.setting))
    if not every:
        raise RespiteError(
            _("No plan ends within {days} days.").format(days=horizon_days),
            _("a horizon of some weeks."),
            _("--horizon 90."),
        )
    if not there:
        raise RespiteError(
            _("Nothing that is tried in this condition is given at this place: {place}.").format(
                place=told
            ),
            _("a place where ketamine is given."),
            _("leave plan.setting out, so that every place is tried."),
        )
    return there


@dataclass(frozen=True)
class _Asked:
    """The question, as every plan is asked it."""

    library: Library
    patient: Patient
    history: DosingHistory | None
    diary: Diary | None
    start: str | None
    threshold: Threshold
    horizon_days: int
    seed: int

    def person(self, regimens: Sequence[Regimen], draws: int) -> Planned:
        return draw_person(
            self.patient,
            regimens,
            history=self.history,
            diary=self.diary,
            start=self.start,
            threshold=self.threshold,
            horizon_days=self.horizon_days,
            draws=draws,
            seed=self.seed,
            library=self.library,
        )

    def proposal(
        self,
        one: Scored,
        choice: Choice,
        tried: dict[str, TriedPlan],
        held: Held,
        sessions_before: int,
    ) -> Proposal:
        regimen, text = one.candidate.regimen, one.candidate.text
        answer = ask_forecast(
            self.patient,
            regimen,
            history=self.history,
            diary=self.diary,
            start=self.start,
            threshold=self.threshold,
            draws=_DRAWS_OF_PROPOSAL,
            seed=self.seed,
            library=self.library,
        )
        return Proposal(
            tried=tried[text],
            survival=answer.drug_only.survival,
            adverse_effects=acute_effects(
                self.patient,
                regimen,
                people=_PEOPLE_OF_EFFECTS,
                seed=self.seed,
                library=self.library,
                sessions_before=sessions_before,
            ),
            why=why_proposed(one, choice),
            would_change_if=would_change(held.open_on(text)),
            conditions=held.conditions(text),
        )


def _tried(
    one: Scored,
    worthwhile: float,
    horizon_days: int,
    choice: Choice,
    broken: dict[str, tuple[str, ...]],
) -> TriedPlan:
    candidate, harm = one.candidate, one.harm
    return TriedPlan(
        regimen=candidate.text,
        words=candidate.practice.words,
        setting=candidate.practice.setting,
        mean_days=one.mean_days,
        interval80_days=one.interval80(),
        chance_worthwhile=one.chance_of(worthwhile),
        dissociation=harm.dissociation,
        pressure_rise=harm.pressure_rise,
        over_pressure=harm.over_pressure,
        peak=harm.peak,
        over_level=harm.over_level,
        hours_in_care=candidate.hours_in_care,
        dose_mg=one.dose_mg,
        yearly_dose_mg=one.dose_mg * _DAYS_A_YEAR / horizon_days,
        is_on_front=one in choice.front,
        breaks=broken[candidate.text],
        outside=one.outside,
    )


def _beyond(broken: dict[str, tuple[str, ...]]) -> tuple[RefusedPlan, ...]:
    """Name the plans that break a limit."""
    return tuple(
        RefusedPlan(
            regimen=plan,
            rule=f"planning.{names[0]}",
            because=limit_words(names[0]),
            action=_("Give less, or more slowly."),
        )
        for plan, names in broken.items()
        if names
    )


def _fewer(choice: Choice, scored: Sequence[Scored], every: Sequence[Candidate]) -> str | None:
    """Say why fewer than two plans are proposed."""
    if len(choice.proposed) > 1:
        return None
    if not scored:
        return _("rules of safety speak against each of {n} plans").format(n=len(every))
    if not choice.proposed:
        return _("every plan that rules allow breaks a limit of level or pressure")
    return _("no second plan is likely enough to be worth its burden")


def _systolic(facts: Facts | None) -> float | None:
    """Give the systolic pressure that was told, where one was."""
    told = None if facts is None else facts.known.get("session.pre.sbp")
    low, high = getattr(told, "lowest", None), getattr(told, "highest", None)
    return None if low is None or high is None else (low + high) / 2


def _weight(patient: Patient, harms: Harms) -> float:
    if patient.weight is not UNKNOWN:
        return patient.weight
    return float(harms.exposed.group.covariates["weight"].mean())


def _next_step(
    sessions: Sessions | None,
    choice: Choice,
    history: DosingHistory | None,
    patient: Patient,
    library: Library,
) -> NextStep | None:
    """Ask for the next step of the dose that was given last, or of what is proposed first."""
    if sessions is None:
        return None
    if history is not None:
        return next_step(sessions, history.doses[-1].as_regimen(), patient, library)
    if choice.proposed:
        return next_step(sessions, choice.proposed[0].candidate.regimen, patient, library)
    return None


def _claims(library: Library, condition: str, choice: Choice) -> tuple[Claim, ...]:
    """Give what evidence claims of pain in such a patient, given ketamine in such ways."""
    events = [event for one in choice.proposed for event in one.candidate.events]
    giving = ways_of_giving(event for event in events if event.drug is not Drug.PLACEBO)
    return claims_for(library, condition=condition, measure="mean_pain", giving=giving or None)
