"""Pages that anybody may read, signed in or not: nothing here is about a person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from respite.clinic.knowledge import reading
from respite.domain import VERSION
from respite.literature import load_library
from respite.report import Face, marks_explained, model_entries, source_entries

CONDITION = "condition"
"""What an address may ask: a kind of pain, which says nothing of who reads."""

FOR_AN_HOUR = "public, max-age=3600"
FOR_GOOD = "public, max-age=31536000, immutable"
"""How long copies of a page and of a figure may be kept; ours."""


@login_not_required
@require_safe
def beginning(request: HttpRequest, face: Face = "patients") -> HttpResponse:
    """Answer the first question in short, and list what there is to read."""
    told = {"short": reading.answer_in_short(), "pains": reading.kinds_of_pain()}
    return _page(request, "knowledge/index.html", face, told)


@login_not_required
@require_safe
def told(request: HttpRequest, topic: str, face: Face = "patients") -> HttpResponse:
    """Tell one topic, of one kind of pain where the topic depends on it."""
    condition, is_known = reading.condition_asked(request.GET.get(CONDITION))
    answer = reading.topic_of(topic, face, condition)
    if answer is None:
        raise Http404
    values = {
        "topic": answer,
        "stamp": reading.stamp(),
        "pains": reading.kinds_of_pain() if topic in reading.BY_CONDITION else (),
        "is_known": is_known,
    }
    return _page(request, "knowledge/topic.html", face, values, status=200 if is_known else 404)


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List every source and every model, and say what the marks beside claims mean."""
    values = {
        "explained": marks_explained(), "models": model_entries(), "sources": source_entries(),
    }  # fmt: skip
    return _page(request, "knowledge/sources.html", "patients", values)


@login_not_required
@require_safe
def version(request: HttpRequest) -> HttpResponse:
    """Say by which release and which library these pages are told."""
    values = {
        "release": VERSION, "digest": load_library().digest(), "counts": reading.counts(),
    }  # fmt: skip
    return _page(request, "knowledge/version.html", "patients", values)


@login_not_required
@require_safe
def picture(
    request: HttpRequest, stamp: str, topic: str, figure: str, condition: str | None = None
) -> HttpResponse:
    """Send one figure; its address changes with the library, so copies may be kept for good."""
    now = reading.stamp()
    if stamp != now:
        place = {"stamp": now, "topic": topic, "figure": figure}
        view = "knowledge:figure"
        if condition is not None:
            place["condition"] = condition
            view = "knowledge:figure-of-condition"
        return redirect(reverse(view, kwargs=place))
    name = f'"{now}-{topic}-{condition or ""}-{figure}"'
    headers = {"Cache-Control": FOR_GOOD, "ETag": name}
    if request.headers.get("If-None-Match") == name:
        return HttpResponseNotModified(headers=headers)
    data = reading.picture_of(topic, figure, condition)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/png", headers=headers)


def _page(
    request: HttpRequest, template: str, face: Face, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page with its two faces and the list of topics."""
    values |= {
        "face": face,
        "contents": reading.contents(face),
        "here": request.path,
        "other_face": _other_face(request),
    }
    response = render(request, template, values, status=status)
    if settings.IS_PUBLIC:
        response["Cache-Control"] = FOR_AN_HOUR
    return response


def _other_face(request: HttpRequest) -> str:
    """Give the address of the same page for the other kind of reader; none where there is one."""
    match = request.resolver_match
    name = "" if match is None else match.url_name or ""
    views = {
        "index": "knowledge:for-clinicians",
        "for-clinicians": "knowledge:index",
        "topic": "knowledge:clinicians",
        "clinicians": "knowledge:topic",
    }
    if match is None or name not in views:
        return ""
    kept = {key: value for key, value in match.kwargs.items() if key == "topic"}
    address = reverse(views[name], kwargs=kept)
    condition, _known = reading.condition_asked(request.GET.get(CONDITION))
    return f"{address}?{CONDITION}={condition}" if condition else address
