"""What a phone keeps to write without a network: one page without anybody in it, and its looks."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from respite.clinic.diaries.days import DAYS_BACK
from respite.clinic.diaries.forms import SCORES, EntryForm
from respite.clinic.diaries.words import URGENT_BLADDER, URGENT_EFFECTS
from respite.domain import VERSION
from respite.domain import translate as _

LOADED = (
    "clinic/clinic.css",
    "clinic/icon.svg",
    "clinic/clock.js",
    "clinic/store.js",
    "clinic/outbox.js",
    "clinic/waiting.js",
    "clinic/writing.js",
    "clinic/sign_out.js",
)
"""What the page loads, all of it the same for everybody."""

WORKER = "clinic/service_worker.js"
NOBODY = UUID(int=0)
INK, PAPER = "#1f5f6b", "#fbfbf9"


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page that a phone keeps: it is rendered for nobody, whoever asks."""
    return HttpResponse(_shell(), headers={"Cache-Control": "no-cache"})


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps that page on the phone; a new release has another version."""
    page = reverse("diaries:offline")
    files = [page, *(static(name) for name in LOADED)]
    shell = json.dumps({"version": _version(), "page": page, "files": files})
    text = f"const SHELL = {shell};\n{_file(WORKER).decode()}"
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Give what a phone needs to put the diary on its first screen."""
    told = {
        "id": "/diary/",
        "name": _("Respite diary"),
        "short_name": _("Diary"),
        "start_url": reverse("diaries:diary"),
        "scope": "/",
        "display": "standalone",
        "lang": "en",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": [
            {"src": static("clinic/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static(f"clinic/icon-{size}.png"), "sizes": f"{size}x{size}",
                 "type": "image/png", "purpose": purpose}
                for size in (192, 512)
                for purpose in ("any", "maskable")
            ),
        ],
    }  # fmt: skip
    return JsonResponse(
        told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"}
    )


@cache
def _shell() -> str:
    """Write the page without a request, so that nothing of anybody can come into it."""
    told = {
        "form": EntryForm(initial={"client_id": NOBODY}),
        "scores": [value for value, _words in SCORES],
        "urgent": [*URGENT_EFFECTS, *(f"bladder_{name}" for name in URGENT_BLADDER)],
        "days_back": DAYS_BACK,
        "version": VERSION,
    }
    return render_to_string("diaries/offline.html", told)


@cache
def _version() -> str:
    """Give the digest of all that is kept: what changes in a release replaces what is kept."""
    digest = hashlib.sha256(_shell().encode())
    for name in (*LOADED, WORKER):
        digest.update(_file(name))
    return digest.hexdigest()[:16]


def _file(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()
