"""Answers as plain data for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, cast


def json_text(data: Mapping[str, Any]) -> str:
    """Write plain data as JSON; a number that does not exist is null.

    Examples
    --------
    >>> print(json_text({"sd": float("nan")}), end="")
    {
      "sd": null
    }
    """
    return json.dumps(_finite(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as CSV with one line of headings; what does not exist is left blank."""
    if not rows:
        return ""
    page = io.StringIO()
    writer = csv.DictWriter(page, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(_finite(row))
    return page.getvalue()


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return {key: _finite(inner) for key, inner in entries.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in cast("Sequence[Any]", value)]
    return value
