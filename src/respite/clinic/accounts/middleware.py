"""Rules that hold for every request of somebody who is signed in."""

from __future__ import annotations

import time
import zoneinfo
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from respite.clinic.accounts.access import user_of

Answer = Callable[[HttpRequest], HttpResponse]

LAST_SEEN = "last_seen"

NOTED_EACH_S = 60
"""How often it is noted that somebody is there [s]: not every request writes a row. People who
are away are signed out by so much early, and never late. Ours."""

ASKED_BY_THE_PAGE = ("session_live", "outbox")
"""Pages that an open page asks for by itself: nobody need be sitting there."""

FREE_OF_TWO_WAYS = ("mfa_", "account_logout", "account_reauthenticate", "alive", "live", "ready")
"""Pages that somebody may open who has yet to set up the second way."""


def idle_logout(get_response: Answer) -> Answer:
    """Sign people out who have been away for too long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            kind = "staff" if user_of(request).must_use_two_ways else "patient"
            now, last = time.time(), request.session.get(LAST_SEEN)
            if last is not None and now - last > 60 * settings.IDLE_MINUTES[kind]:
                logout(request)
                return _to_login(request)
            is_due = last is None or not 0 <= now - last < NOTED_EACH_S
            if is_due and not _is_named(request.path_info, ASKED_BY_THE_PAGE):
                request.session[LAST_SEEN] = now
        return get_response(request)

    return middleware


def two_ways_for_staff(get_response: Answer) -> Answer:
    """Send staff who have no second way of proving who they are to where they set one up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        is_watched = user.is_authenticated and user_of(request).must_use_two_ways
        if is_watched and not is_mfa_enabled(user_of(request)) and not _is_free(request.path_info):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def clinic_clock(get_response: Answer) -> Answer:
    """Show times by the clock of the clinic."""

    def middleware(request: HttpRequest) -> HttpResponse:
        clinic = getattr(request.user, "clinic", None)
        if clinic is None:
            return get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(clinic.time_zone)):
            return get_response(request)

    return middleware


def keep_no_copies(get_response: Answer) -> Answer:
    """Ask browsers to keep no copy of any page of somebody who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def _to_login(request: HttpRequest) -> HttpResponse:
    """Lead the whole page to where people sign in, also where only a part of it was asked for."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("account_login")})
    return redirect("account_login")


def _is_free(path: str) -> bool:
    return _is_named(path, FREE_OF_TWO_WAYS)


def _is_named(path: str, beginnings: tuple[str, ...]) -> bool:
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return False
    return name.startswith(beginnings)
