"""The thread of a patient as the clinic sees it, with how to reach the patient beside it."""

from __future__ import annotations

from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.contact.messages.actions import open_messages
from respite.clinic.contact.messages.forms import ReplyForm
from respite.clinic.contact.messages.queries import last_message, messages_of, shown_of
from respite.clinic.contact.queries import call_due, waiting_of
from respite.clinic.contact.reminders.forms import CallForm
from respite.clinic.contact.reminders.queries import calls_of, mails_of, reach_of
from respite.clinic.patients.access import may_write
from respite.clinic.patients.actions import read
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord

ON_A_PAGE = 50
LATELY = 10
"""How many e-mails and calls are shown; ours."""


def show_thread(
    request: HttpRequest,
    user: User,
    patient: PatientRecord,
    *,
    reply: ReplyForm | None = None,
    call: CallForm | None = None,
) -> HttpResponse:
    """Show the thread; a form that was refused keeps what was typed.

    Parameters
    ----------
    request, user, patient
        Who looks at whose thread.
    reply, call
        A form that was sent and refused.
    """
    read(user, patient, "messages")
    page = Paginator(messages_of(patient), ON_A_PAGE).get_page(request.GET.get("page"))
    messages, may = list(page.object_list), may_write(user, patient)
    if may:
        # Only eyes of the clinic that promised an answer count as read.
        open_messages(user, patient, messages)
    seen = last_message(patient)
    today = today_of(patient)
    context = {
        "patient": patient,
        "page": page,
        "shown": shown_of(patient, messages),
        "waiting": waiting_of(patient),
        "reply": reply or ReplyForm(initial={"client_id": uuid4(), "seen": seen}),
        "seen": seen,
        "fresh_id": uuid4(),
        "now": timezone.now(),
        "due": call_due(patient),
        "call": call or CallForm(today, initial={"client_id": uuid4()}),
        "is_call_open": call is not None,
        "calls": calls_of(patient)[:LATELY],
        "mails": mails_of(patient)[:LATELY],
        "reach": reach_of(patient),
        "today": today,
        "may_write": may,
    }
    is_refused = reply is not None or call is not None
    return render(request, "contact/thread.html", context, status=422 if is_refused else 200)
