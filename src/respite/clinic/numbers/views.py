"""The clinic's own numbers: what treatment did, how long relief lasted, did forecasts hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.numbers import said
from respite.clinic.numbers.access import SEE_NUMBERS, TAKE_RESEARCH, least_shown
from respite.clinic.numbers.actions import ask_numbers
from respite.clinic.numbers.curve import pictures_of
from respite.clinic.numbers.models import ClinicNumbers
from respite.clinic.numbers.queries import numbers_now
from respite.clinic.numbers.working_out import SCHEMA

MOST_LOOKS = 150
"""How often a page looks whether the worker is done, before it asks people to look."""


@only(*SEE_NUMBERS)
@require_safe
def clinic(request: HttpRequest, looks: int = 0) -> HttpResponse:
    """Show the clinic's numbers as they were worked out last; the first look asks for them."""
    user = user_of(request)
    kept = numbers_now(user.clinic)
    if not _is_made(kept) and looks == 0:
        ask_numbers(user.clinic)
        kept = numbers_now(user.clinic)
    page: dict[str, Any] = {
        "kept": kept if _is_made(kept) else None,
        "is_waiting": _is_waiting(kept),
        "looks": looks + 1,
        "has_given_up": looks >= MOST_LOOKS,
        "is_carer": user.is_carer,
        "may_take": user.role in TAKE_RESEARCH,
        "least": said.FEWEST_SHOWN,
    }
    if kept is not None and _is_made(kept):
        page |= _told(kept, least_shown(user))
    return render(request, "numbers/clinic.html", page)


@only(*SEE_NUMBERS)
@require_safe
def state(request: HttpRequest, looks: int) -> HttpResponse:
    """Say whether the numbers are worked out; a page looks again until they are."""
    kept = numbers_now(user_of(request).clinic)
    if _is_waiting(kept):
        page = {"looks": looks + 1, "has_given_up": looks >= MOST_LOOKS}
        return render(request, "numbers/_waiting.html", page)
    return HttpResponse(headers={"HX-Redirect": reverse("numbers:clinic")})


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Have the numbers worked out anew."""
    ask_numbers(user_of(request).clinic)
    return redirect("numbers:clinic")


def _is_made(kept: ClinicNumbers | None) -> bool:
    """Say whether there are numbers of the form that this program shows."""
    return kept is not None and kept.numbers.get("schema") == SCHEMA


def _is_waiting(kept: ClinicNumbers | None) -> bool:
    return kept is not None and kept.asked_at is not None


def _told(kept: ClinicNumbers, least: int) -> dict[str, Any]:
    numbers = kept.numbers
    returns = said.returns_said(numbers, least)
    curve = returns.get("curve")
    return {
        "who": [said.who_table(numbers, least), said.doses_table(numbers, least)],
        "outcomes": said.outcome_tables(numbers, least),
        "missing": said.missing_sentences(numbers, least),
        "peg": said.peg_sentence(numbers, least),
        "returns": returns,
        "pictures": [] if curve is None else pictures_of(curve),
        "record": said.record_said(numbers, least),
        "effects": said.effects_table(numbers, least),
        "effects_said": said.effects_sentence(numbers, least),
    }
