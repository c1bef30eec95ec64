"""Lines of a log as a forecast that never was would have left them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from respite.forecasting import LoggedForecast
from respite.forecasting.track_record.log_chain import sealed
from respite.forecasting.track_record.log_line import read_line

EVEN = tuple(1 / 11 for _ in range(11))


def returns(**changes: Any) -> dict[str, Any]:
    whole = {
        "p_no_response": 0.4,
        "p_gone_before_last_dose": 0.1,
        "p_hours_only": 0.1,
        "p_returns": 0.35,
        "p_beyond_horizon": 0.05,
        "hours_only_median_h": None,
        "median_days": 20.0,
        "interval80_days": [5.0, 60.0],
        "survival": {"7": 0.3},
        "missing": {},
    }
    return whole | changes


def body(*, chances: Sequence[Sequence[float]] = (EVEN,) * 4, **changes: Any) -> dict[str, Any]:
    """Say what a line holds; ``times`` changes what is said of the return of pain."""
    times = changes.pop("times", {})
    answer = {
        "regimen": "ketamine 35 mg iv over 40 min",
        "threshold": changes.pop("threshold", "30%"),
        "confirm_days": changes.pop("confirm_days", 3),
        "horizon_days": changes.pop("horizon_days", 180),
        "last_dose_end_day": changes.pop("last_dose_end_day", 0.0),
        "time_to_pain_return": returns(**times),
    }
    whole = {
        "made_at": "2026-03-01T12:00:00+00:00",
        "clock_offset_min": 0,
        "inputs_digest": "0" * 64,
        "first_dose": None,
        "last_entry": None,
        "last_entry_h": None,
        "baseline_pain": None,
        "dose_days": [0.0],
        "forecast": answer,
        "written": {"day": list(range(len(chances))), "chances": [list(row) for row in chances]},
    }
    return whole | changes


def line(**changes: Any) -> LoggedForecast:
    return read_line(sealed(body(**changes), None)[:-1], 1)


def log_of(*bodies: dict[str, Any]) -> bytes:
    """Write a whole log."""
    previous: str | None = None
    lines: list[bytes] = []
    for one in bodies:
        lines.append(sealed(one, previous))
        previous = lines[-1][-67:-3].decode()
    return b"".join(lines)
