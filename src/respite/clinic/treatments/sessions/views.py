"""Pages of the visits in which ketamine is given."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.access import patient_for, patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.treatments.models import SessionRecord
from respite.clinic.treatments.queries import current_plan
from respite.clinic.treatments.sessions import access, actions
from respite.clinic.treatments.sessions.actions import AlreadyDone, Refused
from respite.clinic.treatments.sessions.doings import Sent, keep, read_sent
from respite.clinic.treatments.sessions.mending import mend, mending_form
from respite.clinic.treatments.sessions.page import Bound, live_page, session_page
from respite.clinic.treatments.sessions.paper import observation_page, summary_page
from respite.clinic.treatments.sessions.queries import (
    entries_of,
    open_session,
    planned_now,
    sessions_by_day,
)
from respite.clinic.treatments.sessions.signing import NotSigned
from respite.domain import RespiteError
from respite.domain import translate as _

READ_AGAIN_SECONDS = 600
"""A page that stays open is put on the trail once in this time; ours."""

PLACES = {
    "answer": "checks", "tick": "checks", "overrule": "checks", "end": "leaving",
    "vitals": "vitals", "effect": "effects", "amounts": "amounts", "observed": "observed",
    "note": "notes", "relief": "relief",
}  # fmt: skip
"""Where on the page somebody goes on after writing."""


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List the sessions of a patient; open one by the plan that was signed."""
    user = user_of(request)
    if request.method == "POST":
        patient = patient_to_write(user, patient_id)
        plan = current_plan(patient)
        if plan is None:
            messages.error(request, _("A session needs a signed plan, and there is none."))
            return redirect("treatments:sessions", patient_id=patient.pk)
        opened = actions.open_today(user, patient, plan, timezone.localdate())
        return redirect("treatments:session", session_id=opened.pk)
    patient = patient_for(user, patient_id)
    read(user, patient, "sessions")
    plan = current_plan(patient)
    context = {
        "patient": patient,
        "tab": "sessions",
        "plan": plan,
        "planned": planned_now(plan) if plan else (),
        "sessions": sessions_by_day(patient),
        "open_session": open_session(patient),
        "may_write": patient.clinic_id == user.clinic_id,
    }
    return render(request, "treatments/sessions.html", context)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Keep the flowsheet of one session."""
    user = user_of(request)
    if request.method == "POST":
        return _written(request, access.session_to_write(user, session_id))
    found = access.session_for(user, session_id)
    _read_once(request, found, at_once=True)
    return render(request, "treatments/session.html", session_page(user, found))


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def session_live(request: HttpRequest, session_id: int, state: str) -> HttpResponse:
    """Show afresh what other devices wrote; typed text on the page is left alone."""
    found = access.session_for(user_of(request), session_id)
    _read_once(request, found)
    context = live_page(found, entries_of(found)) | {
        "may_write": found.patient.clinic_id == user_of(request).clinic_id,
        "page_state": state,
    }
    return render(request, "treatments/_session_live.html", context)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def session_correct(request: HttpRequest, session_id: int, entry_id: int) -> HttpResponse:
    """Correct one line by a new one; the old one stays readable."""
    user = user_of(request)
    is_post = request.method == "POST"
    found = (access.session_to_write if is_post else access.session_for)(user, session_id)
    entry = access.entry_for(found, entry_id)
    forms = mending_form(found, entry, request.POST if is_post else None)
    chosen = forms.back if request.POST.get("what") == "take_back" else forms.right
    if is_post and chosen is not None and chosen.is_valid():
        answer = _kept(request, found, lambda: mend(request, found, entry, chosen), chosen)
        if answer is not None:
            return answer
    if not is_post:
        read(user, found.patient, "session line")
    context = {
        "patient": found.patient,
        "tab": "sessions",
        "session": found,
        "entry": entry,
        "right": forms.right,
        "back": forms.back,
        "words": forms.words,
    }
    return render(request, "treatments/session_correct.html", context, status=_status(request))


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def session_summary(request: HttpRequest, session_id: int) -> HttpResponse:
    """Show a session on paper."""
    found = access.session_for(user_of(request), session_id)
    read(user_of(request), found.patient, "session summary")
    return render(request, "treatments/session_summary.html", summary_page(found))


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def session_observation(request: HttpRequest, session_id: int) -> HttpResponse:
    """Show what a safety programme asks after nasal esketamine, on paper."""
    found = access.session_for(user_of(request), session_id)
    read(user_of(request), found.patient, "session observation")
    return render(request, "treatments/session_observation.html", observation_page(found))


def _written(request: HttpRequest, found: SessionRecord) -> HttpResponse:
    sent = read_sent(found, request.POST)
    if sent is None:
        messages.error(request, _("This form is not of this session. Nothing was written."))
        return redirect("treatments:session", session_id=found.pk)
    if sent.form.is_valid():
        answer = _kept(request, found, lambda: keep(request, found, sent), sent.form, sent)
        if answer is not None:
            return answer
    found = access.session_for(user_of(request), found.pk)
    bound = Bound(sent.what, sent.about, sent.form)
    context = session_page(user_of(request), found, bound)
    return render(request, "treatments/session.html", context, status=422)


def _kept(
    request: HttpRequest, found: SessionRecord, doing: Any, form: Any, sent: Sent | None = None
) -> HttpResponse | None:
    """Keep something, and lead back to the page; put a fault beside what was typed."""
    try:
        doing()
    except AlreadyDone as fault:
        messages.warning(request, fault.words)
    except Refused as fault:
        form.add_error(None, fault.words)
        return None
    except NotSigned as fault:
        form.add_error(fault.field, fault.words)
        return None
    except RespiteError as fault:
        form.add_error(None, str(fault))
        return None
    answer = redirect("treatments:session", session_id=found.pk)
    place = PLACES.get(sent.what) if sent is not None else "lines"
    if place:
        answer["Location"] += f"#{place}"
    return answer


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _read_once(request: HttpRequest, found: SessionRecord, *, at_once: bool = False) -> None:
    """Put on the trail that a flowsheet is read; once in a while for a page that stays open."""
    key, now = f"session_read_{found.pk}", time.time()
    if at_once or now - request.session.get(key, 0) > READ_AGAIN_SECONDS:
        read(user_of(request), found.patient, "session")
        request.session[key] = now
