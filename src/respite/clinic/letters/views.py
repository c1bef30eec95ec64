"""Pages of letters, for those who treat: list, draft, read, sign, share, print."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.letters import actions, queries
from respite.clinic.letters.access import letter_for, letter_to_write
from respite.clinic.letters.forms import LetterForm, SignForm
from respite.clinic.letters.models import LetterRecord
from respite.clinic.letters.paper import pdf_answer
from respite.clinic.letters.signature import verifies
from respite.clinic.letters.writing import letter_words, proposed_visit
from respite.clinic.pages import conflict
from respite.clinic.patients.access import may_write, patient_for, patient_to_write
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.models import PatientRecord
from respite.domain import RespiteError
from respite.domain import translate as _

CARERS = (Role.CLINICIAN, Role.NURSE)
LONGEST_NUMBER = 15


@only(*CARERS)
@require_GET
def letters(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List the letters about a patient."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    read(user, patient, "letters")
    shared = {one.pk for one in queries.shared_letters(patient)}
    shown = {
        "patient": patient,
        "letters": [(one, one.pk in shared) for one in queries.letters_about(patient)],
        "may_write": may_write(user, patient),
    }
    return render(request, "letters/list.html", shown)


@only(*CARERS)
@require_http_methods(["GET", "POST"])
def gp(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Draft a letter to the GP from what is on record."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    sent = request.GET if request.method == "GET" else request.POST
    replaced = _replaced(patient, sent.get("replaces", ""))
    if request.method == "GET":
        read(user, patient, "new letter")
        today = timezone.localdate()
        visit = proposed_visit(patient, today)
        begun: dict[str, Any] = queries.last_recipient(patient) | {"next_visit": visit}
        if replaced is not None:
            begun |= {"remarks": replaced.remarks, "left_out": replaced.left_out}
        words = letter_words(patient, visit, timezone.now())
        form = LetterForm(initial=begun | {"client_id": uuid.uuid4()}, parts=words["parts"])
        return _form_page(request, form, words, patient=patient, replaced=replaced)
    words = letter_words(patient, None, timezone.now())
    form = LetterForm(request.POST, parts=words["parts"])
    if not form.is_valid():
        return _form_page(request, form, words, patient=patient, replaced=replaced)
    letter = actions.draft(user, patient, form.told(), form.cleaned_data["client_id"], replaced)
    return redirect("letters:letter", letter.pk)


@only(*CARERS)
@require_http_methods(["GET", "POST"])
def change_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Change a draft; what was signed is never changed."""
    user = user_of(request)
    letter = letter_to_write(user, letter_id)
    if request.method == "GET":
        if not letter.is_draft:
            return redirect("letters:letter", letter.pk)
        read(user, letter.patient, "change letter")
        names = ("to_name", "to_practice", "to_address", "next_visit", "remarks", "left_out")
        begun = {name: getattr(letter, name) for name in (*names, "client_id", "version")}
        form = LetterForm(initial=begun, parts=letter.words["parts"])
        return _form_page(request, form, letter.words, patient=letter.patient, letter=letter)
    form = LetterForm(request.POST, parts=letter.words["parts"])
    if not form.is_valid():
        return _form_page(request, form, letter.words, patient=letter.patient, letter=letter)
    try:
        actions.change(user, letter, form.told(), form.cleaned_data["version"] or 0)
    except Stale as stale:
        return conflict(request, _labelled(form.told()), _labelled(vars(stale.now)))
    return redirect("letters:letter", letter.pk)


@only(*CARERS)
@require_GET
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one letter as it is sent."""
    user = user_of(request)
    found = letter_for(user, letter_id)
    read(user, found.patient, "letter")
    is_clinician = user.role == Role.CLINICIAN and may_write(user, found.patient)
    shown = {
        "patient": found.patient,
        "letter": found,
        "parts": queries.shown_parts(found),
        "is_verified": verifies(found),
        "is_shared": queries.is_shared(found),
        "correction": queries.correction_of(found),
        "may_write": may_write(user, found.patient),
        "may_sign": is_clinician,
    }
    return render(request, "letters/letter.html", shown)


@only(Role.CLINICIAN)
@require_http_methods(["GET", "POST"])
def sign_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Sign a draft: the letter, its meaning, and the password once more."""
    user = user_of(request)
    found = letter_to_write(user, letter_id)
    if request.method == "GET":
        if not found.is_draft:
            return redirect("letters:letter", found.pk)
        read(user, found.patient, "sign letter")
        return _sign_page(request, found, SignForm(initial={"version": found.version}))
    form = SignForm(request.POST)
    if not form.is_valid():
        return _sign_page(request, found, form)
    kept = form.cleaned_data
    try:
        actions.sign(
            user, found, version=kept["version"], password=kept["password"],
            meaning=kept["meaning"],
        )  # fmt: skip
    except actions.NotSigned as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)
        return _sign_page(request, found, form)
    except actions.RecordMoved:
        text = _("The record changed since this was drafted. It is written afresh: read it again.")
        messages.warning(request, text)
        return redirect("letters:sign", found.pk)
    except Stale as stale:
        return conflict(request, _labelled(vars(found)), _labelled(vars(stale.now)))
    messages.success(request, _("The letter is signed."))
    return redirect("letters:letter", found.pk)


@only(*CARERS)
@require_POST
def put_aside(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Put a draft aside."""
    user = user_of(request)
    found = letter_to_write(user, letter_id)
    actions.put_aside(user, found)
    return redirect("letters:list", found.patient_id)


@only(Role.CLINICIAN)
@require_POST
def share(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show a signed letter to its patient."""
    user = user_of(request)
    found = letter_to_write(user, letter_id)
    if actions.release(user, found) is not None:
        messages.success(request, _("The patient can now see this letter."))
    return redirect("letters:letter", found.pk)


@only(Role.CLINICIAN)
@require_POST
def take_back(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Take a letter back that its patient could see."""
    user = user_of(request)
    found = letter_to_write(user, letter_id)
    if actions.withdraw(user, found) is not None:
        messages.success(request, _("The patient no longer sees this letter."))
    return redirect("letters:letter", found.pk)


@only(*CARERS)
@require_GET
def letter_pdf(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Give a letter as a PDF, or say why there is none."""
    user = user_of(request)
    found = letter_for(user, letter_id)
    read(user, found.patient, "letter as PDF")
    try:
        return pdf_answer(found)
    except RespiteError as fault:
        messages.error(request, f"{fault.found} {_('Print it with your browser.')}")
        return redirect("letters:letter", found.pk)


def _replaced(patient: PatientRecord, number: str) -> LetterRecord | None:
    """Give the signed letter about the same patient that is to be corrected, if any."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return next(
        (one for one in queries.letters_about(patient) if one.pk == int(number) and one.is_signed),
        None,
    )


def _form_page(
    request: HttpRequest, form: LetterForm, words: dict[str, Any], **told: Any
) -> HttpResponse:
    shown = {"form": form, "words": words, **told}
    return render(request, "letters/form.html", shown, status=422 if form.errors else 200)


def _sign_page(request: HttpRequest, letter: LetterRecord, form: SignForm) -> HttpResponse:
    shown = {
        "patient": letter.patient,
        "letter": letter,
        "parts": queries.shown_parts(letter),
        "form": form,
    }
    return render(request, "letters/sign.html", shown, status=422 if form.errors else 200)


def _labelled(told: dict[str, Any]) -> dict[str, Any]:
    words = {
        "to_name": _("Name of the GP"),
        "to_practice": _("Practice"),
        "to_address": _("Address"),
        "next_visit": _("Next visit"),
        "remarks": _("Your remarks"),
        "version": _("Version"),
        "signed_name": _("Signed by"),
    }
    return {words[name]: told.get(name) or "" for name in words if name in told}
