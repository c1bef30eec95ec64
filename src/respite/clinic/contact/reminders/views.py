"""Pages of reminders: what a patient wishes, the calendar file, and calls of the clinic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role, User
from respite.clinic.contact.queries import is_quiet
from respite.clinic.contact.reminders import actions
from respite.clinic.contact.reminders.calendar import calendar_of
from respite.clinic.contact.reminders.forms import (
    AddressForm,
    CalendarForm,
    CallForm,
    CodeForm,
    PauseForm,
    WishesForm,
)
from respite.clinic.contact.reminders.models import Reach
from respite.clinic.contact.reminders.queries import reach_of
from respite.clinic.contact.thread_page import show_thread
from respite.clinic.patients.access import own_record, patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

Doing = Callable[[User, PatientRecord, forms.Form], str]
"""Does what was asked, and says so; raises ``forms.ValidationError`` where it cannot."""


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Show how a patient wishes to be reached, and take a change."""
    user = user_of(request)
    patient = own_record(user)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if asked not in _DOINGS or not settings.EMAIL_IS_ON:
        read(user, patient, "reminders")
        status = 422 if request.method == "POST" else 200
        return _page(request, patient, {}, status)
    kind, do = _DOINGS[asked]
    form = kind(request.POST)
    if form.is_valid():
        try:
            messages.success(request, do(user, patient, form))
        except forms.ValidationError as refusal:
            form.add_error(next(iter(form.fields), None), refusal)
        else:
            return redirect("contact:reminders")
    read(user, patient, "reminders")
    return _page(request, patient, {asked: form}, 422)


@only(Role.PATIENT)
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """Give a reminder for the calendar of the patient's own phone."""
    patient = own_record(user_of(request))
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, patient, {"calendar": form}, 422)
    text = calendar_of(form.cleaned_data["hour"], timezone.localdate(), timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return answer


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def call(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Write down what came of a call."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    form = CallForm(today_of(patient), request.POST)
    if not form.is_valid():
        return show_thread(request, user, patient, call=form)
    told = form.cleaned_data
    actions.record_call(
        user, patient, told["outcome"], note=told["note"], again_on=told["again_on"],
        client_id=form.number,
    )  # fmt: skip
    messages.success(request, _("The call is on record."))
    return redirect("contact:thread", patient.pk)


def _page(
    request: HttpRequest, patient: PatientRecord, refused: dict[str, Any], status: int
) -> HttpResponse:
    reach = reach_of(patient) or Reach(patient=patient)
    wishes = {"hour": reach.hour, "wants_messages": reach.wants_messages}
    context = {
        "reach": reach,
        "is_on": settings.EMAIL_IS_ON,
        "is_paused": reach.paused_until is not None and reach.paused_until >= today_of(patient),
        "is_quiet": is_quiet(patient),
        "address": refused.get("address", AddressForm()),
        "again": refused.get("again"),
        "code": refused.get("code", CodeForm()),
        "wishes": refused.get("wishes", WishesForm(initial=wishes)),
        "pause": refused.get("pause", PauseForm()),
        "calendar": refused.get("calendar", CalendarForm(auto_id="calendar_%s")),
    }
    return render(request, "contact/reminders.html", context, status=status)


def _address(user: User, patient: PatientRecord, form: forms.Form) -> str:
    try:
        actions.set_address(user, patient, form.cleaned_data["email"])
    except actions.TooManyCodes:
        raise forms.ValidationError(
            _("Too many codes were asked for today. Please try again tomorrow.")
        ) from None
    return _("A code is on its way to you. It may take a minute.")


def _again(user: User, patient: PatientRecord, _form: forms.Form) -> str:
    reach = reach_of(patient)
    if reach is None or not reach.email:
        raise forms.ValidationError(_("Please write your e-mail address first."))
    try:
        actions.set_address(user, patient, reach.email)
    except actions.TooManyCodes:
        raise forms.ValidationError(
            _("Too many codes were asked for today. Please try again tomorrow.")
        ) from None
    return _("A code is on its way to you. It may take a minute.")


def _code(user: User, patient: PatientRecord, form: forms.Form) -> str:
    try:
        actions.confirm(user, patient, form.cleaned_data["code"])
    except actions.CodeNotRight:
        raise forms.ValidationError(
            _("This code is not the one we sent last, or it is too old. Ask for another below.")
        ) from None
    return _("Thank you. Now choose what we may send.")


def _wishes(user: User, patient: PatientRecord, form: forms.Form) -> str:
    actions.set_wishes(user, patient, form.cleaned_data)
    return _("Kept.")


def _pause(user: User, patient: PatientRecord, form: forms.Form) -> str:
    actions.pause(user, patient, form.cleaned_data["days"])
    return _("We are quiet now.")


def _resume(user: User, patient: PatientRecord, _form: forms.Form) -> str:
    actions.resume(user, patient)
    return _("Reminders go on.")


def _forget(user: User, patient: PatientRecord, _form: forms.Form) -> str:
    actions.forget_address(user, patient)
    return _("Your address was removed. You get no more e-mails.")


_DOINGS: dict[str, tuple[type[forms.Form], Doing]] = {
    "address": (AddressForm, _address),
    "again": (forms.Form, _again),
    "code": (CodeForm, _code),
    "wishes": (WishesForm, _wishes),
    "pause": (PauseForm, _pause),
    "resume": (forms.Form, _resume),
    "forget": (forms.Form, _forget),
}
