"""A plan that was chosen, for its patient: the leaflet, and the text of consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.leaflet_words import (
    what_is_checked,
    what_is_felt,
    what_it_is,
    when_to_call,
)
from respite.report.literature_words import LiteratureWords, PagePart, part_of
from respite.report.numerals import days, of_100
from respite.report.phrases import as_sentence
from respite.report.plans_page import certainty_words
from respite.report.regimen_told import DosesTold

if TYPE_CHECKING:
    from respite.forecasting import Forecast
    from respite.safety import Safety

WEEK, FOUR_WEEKS = 7, 28
"""Days after the last dose for which people are told how many still have relief."""


def chosen_leaflet(told: DosesTold, outlook: Forecast | None, safety: Safety) -> LiteratureWords:
    """Say to the patient what the chosen plan is, what it may do, and what will be checked.

    Parameters
    ----------
    told
        The plan in plain words.
    outlook
        What to expect of it; ``None`` where no model may be asked.
    safety
        What rules say of it, with its effects and what is due.
    """
    parts = [
        part_of(_("What it is"), what_it_is()),
        part_of(_("What you will get"), (*told.lines, told.ends)),
        part_of(_("How long relief may last"), _how_long(outlook)),
        part_of(_("What you may feel"), what_is_felt(safety.adverse_effects)),
        part_of(_("Before and after"), _before_and_after()),
        part_of(_("When to call us"), when_to_call()),
    ]
    checks = tuple(what_is_checked(safety.surveillance))
    if checks:
        parts.append(part_of(_("What we will check"), checks))
    return LiteratureWords(
        title=_("Ketamine for your pain"),
        lead=(_("Your team would like to try ketamine with you."),),
        question=(),
        parts=tuple(parts),
        notes=(
            _("This sheet does not replace a talk with your doctor. Ask about anything."),
            _("The numbers are for 100 people like you. Nobody can tell which one you will be."),
        ),
        notes_heading=_("Good to know"),
        sheet="leaflet",
    )


def plan_for_patient(told: DosesTold) -> LiteratureWords:
    """Say to a patient what the plan is, how to get ready for a visit, and when to call.

    Parameters
    ----------
    told
        The plan in plain words.
    """
    return LiteratureWords(
        title=_("My plan"),
        lead=(),
        question=(),
        parts=(
            part_of(_("What you will get"), (*told.lines, told.ends)),
            part_of(_("Before and after a visit"), _before_and_after()),
            part_of(_("When to call us"), when_to_call()),
        ),
        notes=(_("Keep to your plan. Ask your clinic first if you wish to change anything."),),
        notes_heading=_("Good to know"),
    )


def consent_words(told: DosesTold, outlook: Forecast | None, safety: Safety) -> LiteratureWords:
    """Say what somebody agrees to who is given the chosen plan, in plain words.

    Parameters
    ----------
    told, outlook, safety
        As for :func:`chosen_leaflet`.
    """
    return LiteratureWords(
        title=_("Consent to treatment with ketamine"),
        lead=(_("Please read this with your doctor. Sign only when you have no more questions."),),
        question=(),
        parts=tuple(_consent_parts(told, outlook, safety)),
        notes=(
            _("The numbers are for 100 people like you. Nobody can tell which one you will be."),
        ),
        notes_heading=_("Good to know"),
        sheet="consent",
    )


def _consent_parts(told: DosesTold, outlook: Forecast | None, safety: Safety) -> Iterable[PagePart]:
    yield part_of(_("What it is"), what_it_is())
    yield part_of(
        _("Outside its licence"),
        (
            _("The licence of this medicine does not cover long-lasting pain."),
            _("Doctors may still give it where they think it can help. They must tell you so."),
        ),
    )
    yield part_of(_("The plan"), (*told.lines, *told.totals, told.ends))
    yield part_of(_("What it may do for you"), _how_long(outlook))
    yield part_of(_("What you may feel"), what_is_felt(safety.adverse_effects))
    yield part_of(
        _("What it may do if given often or for long"),
        (
            _("It can harm the bladder. That can start with pain or blood on passing water."),
            _("It can harm the liver. Blood tests find that early."),
            _("Thinking and memory can suffer while it is given often."),
            _("Some people come to crave it. Tell us if you think of it more than you like."),
            _("How often this happens at doses against pain is not well known."),
        ),
    )
    yield part_of(
        _("What else there is"),
        (
            _("You may choose to go without ketamine. Your care goes on as before."),
            _("Other medicines, nerve blocks, exercise and talking therapy may help too."),
            _("Ask your team which of them you have not tried."),
        ),
    )
    yield part_of(
        _("You may stop"),
        (
            _("You may say no now, or stop at any time. You need not say why."),
            _("To stop does not change how you are cared for."),
        ),
    )


def _how_long(outlook: Forecast | None) -> Iterable[str]:
    if outlook is None:
        yield _("Nobody can put a number on how long relief may last with this plan.")
        return
    alone = outlook.drug_only
    for day in (WEEK, FOUR_WEEKS):
        share = alone.survival.get(day)
        if share is not None:
            yield _(
                "{days} after the last dose, {count} people still have relief from the medicine."
            ).format(count=of_100(round(100 * share)), days=days(day))
    none = alone.p_no_response + alone.p_gone_before_last_dose
    yield _("None, or none that is left at the last dose: {count} people.").format(
        count=of_100(round(100 * none))
    )
    yield _("For some hours only: {count} people.").format(
        count=of_100(round(100 * alone.p_hours_only))
    )
    grade, _why = certainty_words(dict(outlook.certainty))
    yield as_sentence(_("How sure this is: {grade}").format(grade=grade))
    yield _("We are not sure of this. Few people have been studied for long.")
    yield _("A pain diary will show how it is for you. Please write one.")


def _before_and_after() -> Iterable[str]:
    yield _("Your team tells you when to stop eating and drinking before a visit.")
    yield _("Bring the list of your medicines. Come with someone who can take you home.")
    yield _("Until the next day do not drive, use machines or sign papers that matter.")
