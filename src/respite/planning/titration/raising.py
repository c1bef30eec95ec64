"""How a dose is kept, raised or given less often: by relief, within every ceiling."""

from __future__ import annotations

from respite.domain import Regimen, Sessions, convert
from respite.domain import translate as _
from respite.literature import Library
from respite.planning.titration.amounts import longest_interval_h, scaled, with_interval
from respite.planning.titration.answer import Basis, NextStep, StepKind
from respite.planning.titration.concerns import Limit, convention_basis
from respite.planning.titration.protocols import ceiling_factors, smallest, step_factors
from respite.planning.titration.question import Question, capital, weight_asked


def by_relief(asked: Question, sessions: Sessions, limit: Limit) -> NextStep:
    """Keep, raise or stretch, by the relief of the last session.

    Parameters
    ----------
    asked
        The question.
    sessions
        What was seen.
    limit
        Whether the dose may be raised at all.
    """
    library, regimen = asked.library, asked.regimen
    enough = library.convention("titration.enough_relief")
    relief = sessions.last.relief_percent
    basis = convention_basis("enough_relief", enough)
    if relief is None:
        return NextStep(
            kind=StepKind.KEEP,
            regimen=regimen,
            reasons=(_("The relief of the last session was not written down."),),
            asks=(_("By how many percent did pain fall after the last session?"),),
        )
    if relief >= enough.typical.value:
        longer = _longer(sessions, regimen, library)
        reason = _("Relief of {relief:g} % is enough (at least {least:g} %).").format(
            relief=relief, least=enough.typical.value
        )
        return longer or NextStep(
            kind=StepKind.KEEP, regimen=regimen, reasons=(reason,), basis=(basis,)
        )
    told = _("Relief of {relief:g} % is less than {least:g} %.").format(
        relief=relief, least=enough.typical.value
    )
    if limit is Limit.HOLD:
        return NextStep(
            kind=StepKind.KEEP,
            regimen=regimen,
            reasons=(_("{told} The dose is not raised before this is settled.").format(told=told),),
            basis=(basis,),
        )
    return _raised(asked, told, basis)


def _raised(asked: Question, told: str, basis: Basis) -> NextStep:
    regimen = asked.regimen
    asks = asked.condition_asked()
    step = smallest(step_factors(asked.sources, asked.regimen, asked.weight_kg))
    ceiling = smallest(ceiling_factors(asked.sources, asked.regimen, asked.weight_kg))
    if step is None:
        return NextStep(
            kind=StepKind.KEEP,
            regimen=regimen,
            reasons=(told,),
            asks=asks,
            holes=(
                _(
                    "No source that was read says by how much to raise this drug by this route"
                    " for this patient: no step is proposed."
                ),
            ),
            basis=(basis,),
        )
    rules = tuple(one.basis for one in (step, ceiling) if one is not None)
    if step.factor is None or (ceiling is not None and ceiling.factor is None):
        return NextStep(
            kind=StepKind.KEEP,
            regimen=regimen,
            reasons=(told,),
            asks=(*asks, weight_asked()),
            basis=(basis, *rules),
        )
    highest = step.factor
    if ceiling is not None and ceiling.factor is not None:
        highest = min(highest, ceiling.factor)
    raised = scaled(regimen, highest) if highest > 1 else regimen
    if raised == regimen:
        reason = _("{told} The ceiling is reached: {rule}.").format(told=told, rule=rules[-1].words)
        return NextStep(
            kind=StepKind.KEEP,
            regimen=regimen,
            reasons=(reason,),
            asks=asks,
            basis=(basis, *rules),
        )
    return NextStep(
        kind=StepKind.STEP_UP,
        regimen=raised,
        reasons=(told, *(_("{rule}.").format(rule=capital(rule.words)) for rule in rules)),
        asks=asks,
        holes=()
        if ceiling is not None
        else (_("No source that was read gives a ceiling for this drug by this route."),),
        basis=(basis, *rules),
    )


def _longer(sessions: Sessions, regimen: Regimen, library: Library) -> NextStep | None:
    """Lengthen the interval where relief outlasted it, session after session."""
    number = library.convention("titration.lasting_sessions")
    latest = sessions.records[-int(number.typical.value) :]
    gap_h = longest_interval_h(regimen)
    hours = [one.hours_of_relief for one in latest if one.hours_of_relief is not None]
    if gap_h is None or len(hours) < number.typical.value or min(hours) <= gap_h:
        return None
    stretch = library.convention("titration.stretch")
    longest = min(min(hours), gap_h * stretch.typical.value)
    days = int(convert(longest, "h", "days"))
    if convert(days, "days", "h") <= gap_h:
        return None
    changed = with_interval(regimen, days)
    return NextStep(
        kind=StepKind.LENGTHEN,
        regimen=changed,
        reasons=(
            _(
                "Relief outlasted the interval in the last {count} sessions: {days} days to the"
                " next dose instead of {now:g}."
            ).format(count=len(latest), days=days, now=convert(gap_h, "h", "days")),
        ),
        holes=()
        if changed
        else (_("How a plan of several parts is stretched, nobody says: change it by hand."),),
        basis=(
            convention_basis("lasting_sessions", number),
            convention_basis("stretch", stretch),
        ),
    )
