"""Unwanted effects in words, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from respite.clinic.events import words
from respite.clinic.events.models import EventRecord, EventVersion
from respite.clinic.events.queries import Standing, may_not_wait, versions_of
from respite.domain import listed
from respite.domain import translate as _


@dataclass(frozen=True)
class Row:
    """One unwanted effect in a list.

    Attributes
    ----------
    standing, title
        It, and its name in a few words.
    grave
        Whether it was serious, in words.
    causality
        Whether it is from ketamine, in words.
    to_do
        What is still to be done, in words.
    is_urgent
        Whether the patient ticked a sign that may not wait.
    """

    standing: Standing
    title: str
    grave: str
    causality: str
    to_do: str
    is_urgent: bool


def rows_of(every: Iterable[Standing]) -> list[Row]:
    """Say each unwanted effect in a few words."""
    return [
        Row(
            standing=one,
            title=words.title_of(one.version),
            grave=grave_words(one.version),
            causality=words.causalities().get(one.version.causality, ""),
            to_do=to_do(one),
            is_urgent=may_not_wait(one.version),
        )
        for one in every
    ]


def grave_words(version: EventVersion) -> str:
    """Say whether it was serious."""
    told = {True: _("serious"), False: _("not serious"), None: _("not judged yet")}
    return told[version.is_serious]


def to_do(one: Standing) -> str:
    """Say what is still to be done; empty where nothing is."""
    if one.version.is_withdrawn:
        return ""
    steps: list[str] = []
    if one.is_unassessed:
        steps.append(_("assess it"))
    if one.is_unreported:
        steps.append(_("report it"))
    if one.is_later_than_report:
        steps.append(_("see whether the change must be reported"))
    return listed(steps)


def facts_of(version: EventVersion) -> list[tuple[str, str]]:
    """Give what is known, as labels with words; what is not known is left out."""
    ongoing = {True: _("still there"), False: _("it has ended")}
    told: list[tuple[str, str]] = [
        (_("What happened"), version.words),
        (_("Effects from the list"), words.in_words(version.terms, words.terms())),
        (_("Ticked by the patient"), "; ".join(words.told_in_words(version))),
        (_("Began"), began_words(version)),
        (_("Ended"), version.ended.isoformat() if version.ended else ""),
        (_("Course"), "" if version.is_ongoing is None else ongoing[version.is_ongoing]),
        (_("Serious?"), grave_words(version)),
        (_("Because of"), words.in_words(version.criteria, words.criteria())),
        (_("How strong"), words.severities().get(version.severity, "")),
        (_("How it ended"), words.outcomes().get(version.outcome, "")),
        (_("Dose it followed"), followed_words(version)),
        (_("What was done with ketamine"), words.actions_taken().get(version.action_taken, "")),
        (_("After lowering or stopping"), words.dechallenges().get(version.dechallenge, "")),
        (_("After giving it again"), words.rechallenges().get(version.rechallenge, "")),
        (_("Told by"), reporter_words(version)),
        (_("Other history"), version.history),
        (_("Tests"), version.tests),
        (_("From ketamine?"), words.causalities().get(version.causality, "")),
        (_("Why"), version.causality_why),
    ]
    if version.is_withdrawn:
        told.insert(0, (_("Does not count"), _("written in error")))
    return [(label, text) for label, text in told if text]


def began_words(version: EventVersion) -> str:
    """Say when it began."""
    if version.began is None:
        return ""
    if version.began_time is None:
        return version.began.isoformat()
    return f"{version.began.isoformat()} {version.began_time:%H:%M}"


def reporter_words(version: EventVersion) -> str:
    """Say who told of it."""
    told = words.reporters().get(version.reporter, "")
    return f"{told}: {version.reporter_name}" if version.reporter_name else told


def followed_words(version: EventVersion) -> str:
    """Say which dose, or which session, it followed."""
    dose = version.dose
    if dose is not None:
        return _("{at}: {drug} {amount} {unit} {route}").format(
            at=timezone.localtime(dose.start).strftime("%Y-%m-%d %H:%M"), drug=dose.drug,
            amount=f"{dose.amount.normalize():f}", unit=dose.unit, route=dose.route,
        )  # fmt: skip
    if version.session is not None:
        return _("session of {day}").format(day=version.session.day.isoformat())
    return ""


@dataclass(frozen=True)
class VersionTold:
    """One version, and what it changed.

    Attributes
    ----------
    version
        The version.
    changed
        Label, words before and words now of what it changed; nothing for the first.
    """

    version: EventVersion
    changed: tuple[tuple[str, str, str], ...]


def history_of_versions(event: EventRecord) -> list[VersionTold]:
    """Give every version with what it changed, the latest first."""
    every = list(versions_of(event))
    found: list[VersionTold] = []
    for place, one in enumerate(every):
        before = every[place + 1] if place + 1 < len(every) else None
        found.append(VersionTold(one, () if before is None else tuple(_changed(before, one))))
    return found


def _changed(before: EventVersion, now: EventVersion) -> Iterable[tuple[str, str, str]]:
    old, new = dict(facts_of(before)), dict(facts_of(now))
    for label in dict.fromkeys([*old, *new]):
        if old.get(label, "") != new.get(label, ""):
            yield label, old.get(label, ""), new.get(label, "")
