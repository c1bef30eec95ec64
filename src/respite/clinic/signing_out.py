"""Signing out: a device forgets what was written on it, and asks first where it was not sent."""

from __future__ import annotations

import re

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries.days import DAYS_BACK
from respite.clinic.diaries.forms import SCORES

COUNTS = "outbox"
"""A cookie of the diary's own script: how many entries wait on the device, of this person and of
others; nothing of what they say."""


@only(*Role)
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign somebody out; patients are asked first where entries of theirs were not sent."""
    if request.method == "GET" or user_of(request).role != Role.PATIENT:
        return logout(request)
    mine, others = _waiting(request)
    if mine and "lose" not in request.POST:
        told = {"waiting": mine, "days_back": DAYS_BACK, "scores": [value for value, _ in SCORES]}
        return render(request, "diaries/sign_out.html", told)
    answer = logout(request)
    if others:
        # What waits of somebody else is not this person's to delete; the page's script deletes
        # what is.
        answer["Clear-Site-Data"] = '"cache"'
        answer.set_cookie(COUNTS, f"0.{others}", samesite="Strict", secure=request.is_secure())
    else:
        answer["Clear-Site-Data"] = '"cache", "storage"'
        answer.delete_cookie(COUNTS)
    return answer


def _waiting(request: HttpRequest) -> tuple[int, int]:
    """Give how many entries wait on the device, of this person and of others."""
    found = re.fullmatch(r"([0-9]{1,6})\.([0-9]{1,6})", request.COOKIES.get(COUNTS, ""))
    return (int(found[1]), int(found[2])) if found else (0, 0)
