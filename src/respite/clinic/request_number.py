"""The number of the request at hand; log lines and answers carry it."""

from __future__ import annotations

from contextvars import ContextVar

number: ContextVar[str] = ContextVar("number", default="")
"""Empty outside of requests."""
