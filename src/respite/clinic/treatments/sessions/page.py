"""What the pages of a session show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.treatments.models import EntryKind, SessionRecord, SessionState
from respite.clinic.treatments.sessions.chart import chart_of
from respite.clinic.treatments.sessions.checklist import Asked, Checklist
from respite.clinic.treatments.sessions.flowsheet import Flowsheet, flowsheet_of, rounded
from respite.clinic.treatments.sessions.forms import (
    CallOffForm,
    EffectForm,
    GivenForm,
    LineForm,
    NoteForm,
    RateForm,
    StartForm,
    StopForm,
    VitalsForm,
)
from respite.clinic.treatments.sessions.gates import checklist_of
from respite.clinic.treatments.sessions.queries import entries_of, lines_of, planned_now
from respite.clinic.treatments.sessions.signed_forms import (
    AmountsForm,
    AnswerForm,
    ObservedForm,
    OverruleForm,
    ReliefForm,
    TickForm,
)
from respite.clinic.treatments.sessions.watch import (
    EFFECTS,
    effect_titles,
    limit_words,
    reminders,
    rows_of,
    rules_on,
    severities,
    titles,
)
from respite.clinic.treatments.sessions.words import plain, told_lines
from respite.domain import Drug, PatientNotUnderstood, Route

RUNS = (SessionState.RUNNING, SessionState.WATCHED)

FORMS: dict[str, Callable[..., LineForm]] = {
    "start": StartForm,
    "rate": RateForm,
    "pause": StopForm,
    "given": GivenForm,
    "stop": StopForm,
    "vitals": VitalsForm,
    "note": NoteForm,
    "call_off": CallOffForm,
    "overrule": OverruleForm,
    "amounts": AmountsForm,
    "end": StopForm,
    "observed": ObservedForm,
}
"""Forms of which a page has one each."""


@dataclass(frozen=True)
class Bound:
    """A form that was sent and not kept: it stands on the page with what was typed."""

    what: str
    about: str
    form: Any


@dataclass(frozen=True)
class Question:
    """A question of a checklist with its form."""

    asked: Asked
    form: Any


def session_page(user: User, session: SessionRecord, bound: Bound | None = None) -> dict[str, Any]:
    """Give what the flowsheet shows.

    Parameters
    ----------
    user, session
        Who looks at which session.
    bound
        A form that was sent and not kept.
    """
    entries = entries_of(session)
    sheet = flowsheet_of(lines_of(entries))
    checklist = checklist_of(session, sheet, timezone.localdate())
    may_write = session.patient.clinic_id == user.clinic_id

    def form(what: str, make: Callable[..., Any], about: str = "", **more: Any) -> Any:
        if bound is not None and (bound.what, bound.about) == (what, about):
            return bound.form
        return make(session=session, name=f"{what}{about}", **more)

    suggested = suggestions(session)
    forms = {
        what: form(what, make, initial=suggested.get(what, {})) for what, make in FORMS.items()
    }
    relief = ReliefForm(
        initial={"relief_percent": session.relief_percent, "relief_hours": session.relief_hours}
    )
    if bound is not None and bound.what == "relief":
        relief = bound.form
    is_nasal = any(one.route == Route.INTRANASAL for one in planned_now(session.plan, session))
    return live_page(session, entries) | {
        "tab": "sessions",
        "may_write": may_write,
        "plan_words": session.plan.regimen,
        "planned": [_planned(one, session) for one in planned_now(session.plan, session)],
        "checklist": checklist,
        "questions": _questions(checklist, form),
        "ticks": [
            (one, form("tick", TickForm, one.rule, initial={"rule": one.rule}))
            for one in (checklist.cautions if checklist else ())
        ],
        "forms": forms | {"relief": relief},
        "rate_forms": forms,
        "effects": _effects(sheet, form),
        "severities": list(severities().items()),
        "is_nasal": is_nasal and _has_esketamine(session),
        "bound": bound,
        "infuses": bool(forms["rate"].fields["way"].choices),
    }


def _questions(checklist: Checklist | None, form: Callable[..., Any]) -> list[Question]:
    if checklist is None:
        return []
    return [
        Question(one, form("answer", AnswerForm, one.fact, asked=one)) for one in checklist.asked
    ]


def _effects(sheet: Flowsheet, form: Callable[..., Any]) -> list[dict[str, Any]]:
    names, words = effect_titles(), severities()
    last = {one.data["effect"]: one for one in sheet.of(EntryKind.EFFECT)}
    return [
        {
            "name": name,
            "title": names[name],
            "line": last.get(name),
            "told": words[last[name].data["severity"]] if name in last else "",
            "form": form("effect", EffectForm, name, initial={"effect": name}),
        }
        for name in EFFECTS
    ]


def live_page(session: SessionRecord, entries: list[Any]) -> dict[str, Any]:
    """Give what is shown afresh while a session goes on."""
    sheet = flowsheet_of(lines_of(entries))
    now = timezone.localtime()
    clinic = session.patient.clinic
    rows = rows_of(sheet, clinic)
    last = next((one for one in reversed(rows) if one.line is not None), None)
    runs = [one for one in sheet.steps if one.end is None]
    route = route_of(session, sheet)
    state = SessionState(session.state)
    since = {SessionState.RUNNING: sheet.started_at, SessionState.WATCHED: sheet.stopped_at}
    begun = since.get(state)
    elapsed = None if begun is None else max(int((now - begun).total_seconds()), 0)
    return {
        "session": session,
        "patient": session.patient,
        "state": str(state.value),
        "state_words": state.label,
        "is_open": state in (SessionState.CHECKS, *RUNS),
        "sheet": sheet,
        "begun": begun,
        "elapsed": elapsed,
        "elapsed_words": None if elapsed is None else clock_words(elapsed),
        "rate_now": runs[-1] if runs else None,
        "rate_words": _rate_words(sheet),
        "mg_so_far": tidy(sheet.mg_by(now)),
        "doses": sheet.doses(),
        "rows": rows,
        "titles": titles(),
        "limits": limit_words(clinic),
        "last_row": last,
        "last_says": rules_on(last) if last is not None and state in RUNS else (),
        "reminders": reminders(sheet, route, now),
        "chart": chart_of(rows, sheet, clinic, now),
        "log": told_lines(entries),
    }


def _rate_words(sheet: Flowsheet) -> str:
    rates = [one for one in sheet.of(EntryKind.START, EntryKind.RATE) if one.data.get("rate")]
    if not rates or sheet.stopped_at is not None:
        return ""
    return f"{plain(rates[-1].data['rate'])} {rates[-1].data['unit']}"


def route_of(session: SessionRecord, sheet: Flowsheet) -> str:
    """Say how the drug is given: as written, or as planned where nothing is yet."""
    for line in reversed(sheet.of(EntryKind.START, EntryKind.RATE, EntryKind.BOLUS)):
        if line.data.get("route"):
            return line.data["route"]
    return planned_now(session.plan, session)[0].route.value


def suggestions(session: SessionRecord) -> dict[str, dict[str, Any]]:
    """Give the rate and the dose that the plan has for this session, to be looked at and sent."""
    found: dict[str, dict[str, Any]] = {}
    for event in planned_now(session.plan, session):
        way = f"{event.drug.value} {event.route.value}"
        if event.duration_h:
            rate = rounded(Fraction(event.amount) / Fraction(event.duration_h), 4).normalize()
            unit = "mg/kg/h" if event.is_per_kg else "mg/h"
            told = {"way": way, "rate": f"{rate:f}", "unit": unit}
            found.setdefault("start", told)
            found.setdefault("rate", {"way": way, "unit": unit})
        elif (mg := _mg(event, session)) is not None:
            found.setdefault("given", {"way": way, "mg": tidy(mg)})
    return found


def _planned(event: Any, session: SessionRecord) -> dict[str, Any]:
    mg = _mg(event, session)
    return {
        "drug": event.drug.value,
        "route": str(event.way),
        "mg": None if mg is None else tidy(mg),
        "minutes": tidy(Fraction(event.duration_h * 60)),
        "is_infused": bool(event.duration_h),
    }


def _mg(event: Any, session: SessionRecord) -> Fraction | None:
    weight = session.weight_kg or session.patient.weight_kg
    try:
        return Fraction(event.amount_mg(None if weight is None else float(weight)))
    except PatientNotUnderstood:
        return None


def _has_esketamine(session: SessionRecord) -> bool:
    return Drug.ESKETAMINE in session.plan.to_regimen().drugs


def tidy(value: Fraction) -> str:
    """Write an amount with at most one decimal."""
    found: Decimal = rounded(value, 1).normalize()
    return f"{found:f}"


def clock_words(seconds: int) -> str:
    """Write a length of time as a clock does."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}"
