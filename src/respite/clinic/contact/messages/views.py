"""Pages of messages: the patient's own, and the thread as the clinic sees it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role, User
from respite.clinic.contact.messages import actions
from respite.clinic.contact.messages.forms import MessageForm, ReplyForm, SeenForm
from respite.clinic.contact.messages.models import Message
from respite.clinic.contact.messages.queries import messages_of, oldest_waiting, shown_of
from respite.clinic.contact.thread_page import ON_A_PAGE, show_thread
from respite.clinic.diaries.queries import dial
from respite.clinic.patients.access import own_record, patient_for, patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

BY = "l j F, H:i"
"""How a promise is written: Wednesday 25 November, 14:00."""


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show patients their own thread, and take a message."""
    user = user_of(request)
    patient = own_record(user)
    if request.method == "GET":
        return _own_page(request, user, patient, MessageForm(initial={"client_id": uuid4()}))
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            kept = actions.send(user, patient, form.cleaned_data["text"], client_id=form.number)
        except actions.TooMany:
            form.add_error("text", _too_many(patient))
        else:
            messages.success(request, _promise(kept))
            return redirect("contact:mine")
    return _own_page(request, user, patient, form)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show the thread of a patient, and take a message of the clinic."""
    user = user_of(request)
    if request.method == "GET":
        return show_thread(request, user, patient_for(user, patient_id))
    patient = patient_to_write(user, patient_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show_thread(request, user, patient, reply=form)
    told = form.cleaned_data
    actions.reply(user, patient, told["text"], client_id=form.number, seen=told["seen"])
    messages.success(request, _("Sent."))
    _warn_of_news(request, patient)
    return redirect("contact:thread", patient.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def settle(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Write down that what is on the screen needs no answer."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    form = SeenForm(request.POST)
    if form.is_valid() and actions.settle(user, patient, form.cleaned_data["seen"]):
        messages.success(request, _("Closed without an answer. The patient sees this."))
    _warn_of_news(request, patient)
    return redirect("contact:thread", patient.pk)


def _own_page(
    request: HttpRequest, user: User, patient: PatientRecord, form: MessageForm
) -> HttpResponse:
    read(user, patient, "messages")
    page = Paginator(messages_of(patient), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    actions.open_messages(user, patient, shown)
    clinic, now = patient.clinic, timezone.now()
    context = {
        "patient": patient,
        "page": page,
        "shown": shown_of(patient, shown),
        "form": form,
        "fresh_id": uuid4(),
        "now": now,
        "answer_by": now + timedelta(hours=clinic.reply_hours),
        "dial": dial(clinic.urgent_phone),
        "dial_clinic": dial(clinic.phone),
    }
    return render(request, "contact/mine.html", context, status=422 if form.errors else 200)


def _promise(kept: Message) -> str:
    by = date_format(timezone.localtime(kept.answer_by), BY)
    return _("Sent. We answer by {moment}.").format(moment=by)


def _too_many(patient: PatientRecord) -> str:
    words = _(
        "You have sent {n} messages within an hour, and we cannot keep up. This one was not sent:"
        " it stands below. Please call {phone}, or send it later."
    )
    return words.format(n=actions.MOST_AN_HOUR, phone=patient.clinic.phone)


def _warn_of_news(request: HttpRequest, patient: PatientRecord) -> None:
    if oldest_waiting(patient) is not None:
        messages.warning(request, _("Another message came in meanwhile. It still waits."))
