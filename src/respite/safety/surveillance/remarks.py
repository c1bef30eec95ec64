"""What does not apply, what nobody knows, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import DosingHistory, Patient, Sex, listed
from respite.domain import translate as _
from respite.literature import Library
from respite.safety.surveillance.occasions import Case

ONE_IN_TWENTY = 20
"""The limit below is one that a true rate above it would break in one series of twenty."""


def remarks_of(
    case: Case, patient: Patient, history: DosingHistory | None, library: Library
) -> tuple[str, ...]:
    """Give the remarks on what is due, as sentences.

    Parameters
    ----------
    case
        What decides when something is due.
    patient, history
        Who, and what was given.
    library
        Where the schedule comes from.
    """
    return tuple(_remarks(case, patient, history, library))


def _remarks(
    case: Case, patient: Patient, history: DosingHistory | None, library: Library
) -> Iterator[str]:
    if history is None:
        yield _("No dosing history was given: what went before is not known, and is not counted.")
    elif any(dose.start.date() > case.on for dose in history.doses):
        yield _("Doses of the history after {on} are not counted.").format(on=case.on.isoformat())
    if None in case.to_come.cumulative_mg.values():
        yield _("Milligrams in all are not known: doses are per kilogram, and the weight is not.")
    if case.is_over:
        yield _(
            "No ketamine within {days} days and none planned: nothing is due. Urinary symptoms that"
            " last after stopping still are looked into."
        ).format(days=case.window)
    elif case.tier in ("none", "single"):
        yield from _low_exposure(case, library)
    if case.tier != "none":
        yield _harm_at_low_doses(library)
        yield _("Fixed intervals are ours: no guideline that was read gives any.")
    if patient.sex is Sex.MALE:
        yield _("No pregnancy test: the patient is a man.")


def _low_exposure(case: Case, library: Library) -> Iterator[str]:
    least = library.convention("surveillance.intermittent").typical.value
    repeated = [
        item.title.lower()
        for item in library.surveillance.values()
        if item.timing("intermittent") and not item.timing("single")
    ]
    count = case.to_come.days_in_180
    yield _(
        "Ketamine on {count} of 180 days is fewer than {least:g}: {items} are not repeated at"
        " fixed times. New symptoms are looked into at any exposure."
    ).format(count=count, least=least, items=listed(repeated))


def _harm_at_low_doses(library: Library) -> str:
    people = int(library.convention("surveillance.therapeutic_series").typical.value)
    highest = 1 - (1 / ONE_IN_TWENTY) ** (1 / people)
    return _(
        "How much harm each milligram of treatment does is not known. Bladder harm was seen in 0"
        " of {people} people treated for pain, which does not exclude a rate of {percent:.1f} %."
    ).format(people=people, percent=100 * highest)
