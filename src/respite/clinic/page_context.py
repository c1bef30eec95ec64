"""What every page is told, of whichever mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from respite.domain import VERSION


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Give the version, the mode and the clinic to every page."""
    user = getattr(request, "user", None)
    return {
        "version": VERSION,
        "is_demo": settings.IS_DEMO,
        "clinic": getattr(user, "clinic", None),
    }
