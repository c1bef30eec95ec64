"""Pages of the work-list: who needs somebody now, and what is done about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.actions import read
from respite.clinic.worklist import actions, queries
from respite.clinic.worklist.access import item_for, unfound_of
from respite.clinic.worklist.forms import ActForm, ChooseForm
from respite.clinic.worklist.models import Act, WorkItem
from respite.clinic.worklist.words import kind_words
from respite.domain import translate as _

ON_A_PAGE = 50
NAMED = 5
"""How many patients are named whose reasons could not all be found."""

CARERS = (Role.CLINICIAN, Role.NURSE)


@only(*CARERS)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """List who needs somebody, the gravest need first, then the oldest."""
    user = user_of(request)
    actions.read_list(user)
    told = ChooseForm(request.GET).told()
    found = queries.chosen(user, told["kind"], mine=told["mine"], state=told["state"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_of(user)
    unfound = list(unfound_of(user)[: NAMED + 1])
    context = {
        "page": page,
        "rows": queries.rows_of(page.object_list),
        **told,
        "is_grouped": not told["state"],
        "kinds": [
            (kind, words, counts[kind]) for kind, words in kind_words().items() if kind in counts
        ],
        "total": sum(counts.values()),
        "kept": _query(told),
        "here": _address(request.GET),
        "late_since": queries.not_up_to_date(timezone.now()),
        "unfound": unfound[:NAMED],
        "more_unfound": len(unfound) > NAMED,
    }
    return render(request, "worklist/list.html", context)


@only(*CARERS)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show one item with what was done about it, and take what is done now."""
    user = user_of(request)
    asked = item_for(user, item_id)
    today = timezone.localdate()
    if request.method == "POST":
        form = ActForm(asked.need, today, request.POST)
        if form.is_valid():
            _do(request, asked, form.cleaned_data)
            return redirect(_back(request))
        return _item_page(request, asked, form)
    read(user, asked.patient, "work item")
    return _item_page(request, asked, ActForm(asked.need, today, initial={"client_id": uuid4()}))


def _do(request: HttpRequest, asked: WorkItem, told: dict[str, Any]) -> None:
    what = Act(told["act"])
    try:
        actions.act(
            user_of(request), asked, what, client_id=told["client_id"], until=told["until"],
            because=told["because"],
        )  # fmt: skip
    except actions.NothingToDo:
        messages.info(request, _("Nothing was changed: it is so already, or it cannot be here."))
    else:
        messages.success(request, _said(what))


def _said(what: Act) -> str:
    return {
        Act.DONE: _("Done. You find it under 'Done lately', and can open it again there."),
        Act.AGAIN: _("It is open again, where its reason still holds."),
        Act.PUT_OFF: _("Put off."),
        Act.BRING_BACK: _("It is back in the list."),
        Act.MINE: _("It is yours now."),
        Act.LET_GO: _("It is nobody's now."),
    }[what]


def _item_page(request: HttpRequest, asked: WorkItem, form: ActForm) -> HttpResponse:
    (row,) = queries.rows_of([asked])
    context = {
        "patient": asked.patient,
        "row": row,
        "form": form,
        "acts": queries.acts_of(asked),
        "back": _back(request),
    }
    return render(request, "worklist/item.html", context, status=422 if form.is_bound else 200)


def _back(request: HttpRequest) -> str:
    """Give the page from which somebody came: the list as it was asked for, or an overview.

    Of what was sent only that is kept which is ours, so that an address says nothing else.
    """
    asked = urlsplit(request.POST.get("back") or request.GET.get("back") or "")
    try:
        name = resolve(asked.path).view_name
    except Resolver404:
        name = ""
    if name == "patients:overview":
        return asked.path
    return _address(QueryDict(asked.query)) if name == "worklist:list" else reverse("worklist:list")


def _address(query: QueryDict) -> str:
    """Give the address of the list as it is asked for."""
    page = query.get("page", "")
    number = f"page={page}" if page.isascii() and page.isdigit() and len(page) < 10 else ""
    kept = "&".join(part for part in (_query(ChooseForm(query).told()), number) if part)
    return f"{reverse('worklist:list')}?{kept}" if kept else reverse("worklist:list")


def _query(told: dict[str, Any]) -> str:
    """Give what is asked for as part of an address, for the pages before and after."""
    kept = {name: "1" if value is True else value for name, value in told.items() if value}
    return urlencode(kept)
