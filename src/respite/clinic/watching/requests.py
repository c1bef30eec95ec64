"""One line and one count for each request, without anything that a person typed."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from respite.clinic.request_number import number
from respite.clinic.watching.measures import measure

Answer = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""A number that a proxy may have given to a request; any other is replaced."""

log = logging.getLogger("respite.requests")


def each_request(get_response: Answer) -> Answer:
    """Number each request, time it, count it, and log it by the name of its page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.headers.get(HEADER, "")
        number.set(told if SANE.fullmatch(told) else uuid.uuid4().hex)
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        # The name of the page, never its address: addresses hold numbers of patients.
        found = request.resolver_match
        page = "" if found is None else found.view_name
        measure(page, request.method or "", response.status_code, seconds)
        response[HEADER] = number.get()
        user = getattr(request, "user", None)
        log.info(
            "request",
            extra={
                "bare": {
                    "page": page,
                    "method": request.method,
                    "status": response.status_code,
                    "ms": round(1000 * seconds, 1),
                    "role": getattr(user, "role", ""),
                }
            },
        )
        return response

    return middleware
