"""The page on which somebody who is invited makes an account."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.actions import InvitationNotUsable, usable
from respite.clinic.accounts.forms import JoinForm
from respite.clinic.patients.actions import join as join_clinic


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account that a one-time link invites to."""
    try:
        invitation = usable(secret)
        form = JoinForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            user = join_clinic(secret, told["username"], told["password"])
            login(request, user)
            return redirect("home")
    except InvitationNotUsable:
        return render(request, "accounts/link_too_old.html", status=410)
    return render(
        request,
        "accounts/join.html",
        {"form": form, "invitation": invitation},
        status=422 if form.is_bound else 200,
    )
