"""Pages of accounts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from respite.clinic.accounts import actions, queries
from respite.clinic.accounts.access import colleagues_of, only, user_of
from respite.clinic.accounts.forms import ClinicForm, InviteForm
from respite.clinic.accounts.models import Role


@only(*Role)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show somebody's own account."""
    return render(request, "accounts/me.html")


@only(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Show the people of a clinic; invite colleagues; set the limits of the clinic."""
    user = user_of(request)
    asked = request.POST.get("do", "")
    invite = InviteForm(request.POST if asked == "invite" else None)
    limits = ClinicForm(request.POST if asked == "limits" else None, instance=user.clinic)
    shown = {"people": colleagues_of(user), "invite": invite, "limits": limits}
    if invite.is_bound and invite.is_valid():
        told = invite.cleaned_data
        _made, secret = actions.invite(user, Role(told["role"]), told["full_name"], user.clinic)
        link = request.build_absolute_uri(reverse("join", args=[secret]))
        return render(
            request,
            "accounts/staff.html",
            shown | {"invite": InviteForm(), "link": link, "invited": told["full_name"]},
        )
    if limits.is_bound and limits.is_valid():
        actions.change_clinic(user, limits)
        return redirect("accounts:staff")
    return render(request, "accounts/staff.html", shown, status=422 if asked else 200)


@only(Role.ADMINISTRATOR)
@require_POST
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close the account of a colleague, or open it again."""
    user = user_of(request)
    colleague = get_object_or_404(colleagues_of(user).exclude(pk=user.pk), pk=user_id)
    actions.switch_account(user, colleague)
    return redirect("accounts:staff")


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """List the logins of a demo; nowhere else is there such a page."""
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "accounts/demo.html", queries.demo_logins())
