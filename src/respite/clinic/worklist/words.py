"""What the work-list says: each reason as a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from respite.clinic.diaries.words import effect_words
from respite.clinic.worklist.reasons import Kind, Need
from respite.domain import translate as _
from respite.domain import translate_plural


def kind_words() -> dict[str, str]:
    """Name each kind of reason."""
    return {
        Kind.URGENT: _("Urgent diary entry"),
        Kind.MOOD: _("Mood"),
        Kind.FINDING: _("Finding"),
        Kind.EVENT: _("Unwanted effect"),
        Kind.MESSAGE: _("Message"),
        Kind.CALL: _("Call"),
        Kind.FADING: _("Relief fading"),
        Kind.VISIT: _("Visit"),
        Kind.SILENT: _("No diary"),
        Kind.TEST: _("Test"),
        Kind.PLAN: _("Plan"),
        Kind.FORECAST: _("Forecast"),
    }


def need_words() -> dict[int, str]:
    """Name each need."""
    return {Need.NOW: _("Now"), Need.TODAY: _("Today"), Need.WEEK: _("This week")}


def sentence(says: str, values: Mapping[str, Any]) -> str:
    """Say a reason; one that has no sentence any more is named as it is kept.

    Parameters
    ----------
    says, values
        The name of the sentence, and what is put into it.
    """
    template = _sentences().get(says)
    try:
        told = {
            **values,
            "answers": _answers(str(values.get("answers", ""))),
            "more": _more(values),
        }
        return says.replace("_", " ") if template is None else template.format(**told)
    except (KeyError, IndexError):
        # An item that an older release wrote may lack what this one would say.
        return says.replace("_", " ")


def _more(values: Mapping[str, Any]) -> str:
    """Say how many there are beside those that are named; empty where all are."""
    count = int(values.get("n", 0)) - int(values.get("named", 0))
    if "named" not in values or count < 1:
        return ""
    return translate_plural(", and {n} more", ", and {n} more", count).format(n=count)


def _answers(names: str) -> str:
    """Name the answers of a diary that may not wait."""
    words = effect_words() | {
        "blood": _("Blood in the water"),
        "cannot_pass": _("Cannot pass water"),
    }
    return ", ".join(words.get(one, one) for one in names.split(",")) or _("not named")


def age_words(days: int) -> str:
    """Say for how long a reason has held; empty where it does only from a later day on."""
    if days < 0:
        return ""
    if days == 0:
        return _("Since today.")
    return translate_plural("For {n} day.", "For {n} days.", days).format(n=days)


def certainty_words(values: Mapping[str, Any]) -> str:
    """Say how sure a forecast is; empty where the reason is no forecast."""
    grade = values.get("certainty")
    grades = {
        "very low": _("Certainty: very low."),
        "low": _("Certainty: low."),
        "moderate": _("Certainty: moderate."),
        "high": _("Certainty: high."),
    }
    return grades.get(str(grade), "")


def _sentences() -> dict[str, str]:
    return {
        "pain_returned": _(
            "The diary shows that pain has returned, by {day}. The last dose was on {dose}."
        ),
        "has_faded": _(
            "By the forecast, relief has faded by now: {percent} in 100 such people have lost it."
        ),
        "fades_soon": _(
            "By the forecast, relief fades about {day}: within {days} days, {percent} in 100 such "
            "people have lost it."
        ),
        "silent_since": _("Nothing was written into the diary since {day}."),
        "never_wrote": _("Nothing was ever written into the diary; the account is from {day}."),
        "call_due": _("Reminders had no answer ({n} were sent): a person should call."),
        "urgent_entry": _("The diary of {day} may not wait: {answers}."),
        "score_urgent": _("{form} of {day}: an answer asks for a talk today."),
        "mood_positive": _("{form} of {day} is a positive screen: {total}. Ask about suicide."),
        "message_waits": _("A message waits for an answer."),
        "message_overdue": _("A message waits, and the time promised for an answer has passed."),
        "test_due": _("{title}: due by {day}. {reason}"),
        "test_overdue": _("{title}: overdue since {day}. {reason}"),
        "tests_due": _("{n} tests are due from {day} on: {titles}{more}."),
        "tests_overdue": _("{n} tests are overdue, the first since {day}: {titles}{more}."),
        "finding": _("{title}: {reason} {action}"),
        "serious_event": _("A serious unwanted effect needs an assessment or a report."),
        "event": _("An unwanted effect needs an assessment or a report."),
        "dose_due": _("By the plan a dose is due since {day}, and no session is made for it."),
        "session_left_open": _("The session of {day} was begun, and not ended."),
        "session_not_begun": _("The session of {day} was made, and not begun or called off."),
        "visit_long_ago": _("The last visit was on {day}, more than {days} days ago."),
        "plan_unsigned": _("A plan that was written on {day} is not signed."),
        "forecast_refused": _("No forecast can be made. {found} {remedy}"),
        "forecast_late": _("The forecast of {day} is not up to date, and none comes."),
        "forecast_never_shown": _("No forecast was ever shown to the patient."),
        "forecast_shown_long_ago": _("No forecast was shown to the patient since {day}."),
    }
