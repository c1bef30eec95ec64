"""How a treatment is ended or lowered."""

from __future__ import annotations

from fractions import Fraction

from respite.domain import Drug, Regimen, Sessions, convert
from respite.domain import translate as _
from respite.literature import Library
from respite.planning.titration.amounts import active_events, longest_interval_h, scaled
from respite.planning.titration.answer import NextStep, StepKind
from respite.planning.titration.concerns import Concern, Limit, convention_basis
from respite.planning.titration.question import Question


def stopped(asked: Question, sessions: Sessions, concerns: tuple[Concern, ...]) -> NextStep:
    """End treatment: at once, or step by step where it went on daily for weeks.

    Parameters
    ----------
    asked
        The question.
    sessions, concerns
        What was seen, and what speaks against going on.
    """
    library = asked.library
    harm = any(one.limit is Limit.STOP and not one.is_benefit for one in concerns)
    after = library.convention("titration.taper_after")
    gap_h = longest_interval_h(asked.regimen)
    span = sessions.last.start - sessions.records[0].start
    is_daily = gap_h is not None and gap_h <= convert(1, "days", "h")
    is_long = is_daily and span.total_seconds() / convert(1, "h", "s") >= after.value
    low = () if harm else _too_little(asked.regimen, library)
    if not is_long:
        return NextStep(kind=StepKind.STOP, regimen=None, reasons=low)
    basis = convention_basis("taper_after", after)
    said = [one for one in asked.sources.every if one.taper is not None]
    holes = () if said else (_("How fast to taper, no source that was read says."),)
    told = tuple(
        _("{title}: {words}.").format(title=one.title, words=one.taper.words)
        for one in said
        if one.taper is not None
    )
    reason = _("Ketamine was taken daily for more than {weeks:g} weeks: taper.").format(
        weeks=after.typical.value
    )
    if harm:
        reason = _(
            "Ketamine was taken daily for more than {weeks:g} weeks: stop, and watch for"
            " symptoms of withdrawal."
        ).format(weeks=after.typical.value)
        return NextStep(kind=StepKind.STOP, regimen=None, reasons=(reason,), basis=(basis,))
    return NextStep(
        kind=StepKind.TAPER,
        regimen=None,
        reasons=(reason, *told, *low),
        holes=holes,
        basis=(basis,),
    )


def _too_little(regimen: Regimen, library: Library) -> tuple[str, ...]:
    """Say that the doses were below those for which the consensus finds relief."""
    mg = library.convention("titration.enough_mg")
    hours = library.convention("titration.enough_hours")
    events = active_events(regimen)
    is_told = events and all(
        event.drug is Drug.KETAMINE and event.duration_h > 0 and not event.is_per_kg
        for event in events
    )
    is_short = any(event.duration_h <= hours.value for event in events if event.duration_h)
    is_small = is_told and any(event.amount < mg.typical.value for event in events)
    if not (is_short or is_small):
        return ()
    return (
        _(
            "Doses were below those for which the consensus finds relief (at least {mg:g} mg over"
            " more than {hours:g} hours, low certainty): whether such a plan would help is a new"
            " decision, and no step of this one."
        ).format(mg=mg.typical.value, hours=hours.typical.value),
    )


def lowered(asked: Question) -> NextStep:
    """Give less of every dose."""
    factor = asked.library.convention("titration.down_factor")
    return NextStep(
        kind=StepKind.STEP_DOWN,
        regimen=scaled(asked.regimen, Fraction(str(factor.typical.value))),
        reasons=(_("Half the dose next time, and then look again."),),
        basis=(convention_basis("down_factor", factor),),
    )
