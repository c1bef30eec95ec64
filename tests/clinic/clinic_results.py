"""Results of a laboratory as tests send them."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

TODAY = timezone.localdate()


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def grid(*rows: tuple[str, ...], **more) -> dict[str, object]:
    """Give rows as the page sends them: test, result, unit, lower and upper limit, days ago."""
    told: dict[str, list[str]] = {
        n: [] for n in ("test", "value", "unit", "low", "high", "day", "note", "line")
    }
    for row in rows:
        test, value, unit, low, high, days = (*row, "", "", "", "", "")[:6]
        cells = (test, value, unit, low, high, ago(int(days)) if days else "", "", "")
        for name, cell in zip(told, cells, strict=True):
            told[name].append(cell)
    return {**told, "client_id": str(uuid.uuid4()), "tells_rules": "yes", **more}


def sent(client, patient, *rows, **more):
    return client.post(reverse("surveillance:lab", args=[patient.pk]), grid(*rows, **more))
