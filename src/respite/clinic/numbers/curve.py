"""The curve of relief as a picture: where everything stands, for a page to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTHS = {"slim": 360, "broad": 720}
LEFT, RIGHT, TOP, PLOT, FOOT = 44, 12, 12, 220, 44
TICK_WIDTH = 56
STEPS = (1, 2, 7, 14, 28, 56, 84, 168, 364)
"""Days between ticks."""


@dataclass(frozen=True)
class CurvePicture:
    """Where everything stands in a picture of one width [px]."""

    name: str
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    levels: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, int], ...]
    band: str
    unknown: tuple[str, ...]
    known: tuple[str, ...]
    guessed: tuple[str, ...]


def pictures_of(group: Mapping[str, Any]) -> list[CurvePicture]:
    """Draw the curve of a group for narrow and for wide screens.

    Parameters
    ----------
    group
        One group of ``respite.return-times/1``.
    """
    return [_draw(group, name, width) for name, width in WIDTHS.items()]


def _draw(group: Mapping[str, Any], name: str, width: int) -> CurvePicture:
    steps: list[Mapping[str, Any]] = list(group["curve"])
    end = group["known_to_day"]
    days = [1.0, *(one["to_day"] for one in steps)]
    last = max(days) if end is None else max(*days, end)
    left, right, top, bottom = float(LEFT), float(width - RIGHT), float(TOP), float(TOP + PLOT)

    def x(day: float) -> float:
        return round(left + (right - left) * day / last, 1)

    def y(share: float) -> float:
        return round(bottom - PLOT * share, 1)

    known: list[str] = []
    guessed: list[str] = []
    unknown: list[str] = []
    above: list[tuple[float, float]] = []
    below: list[tuple[float, float]] = []
    at, share, high = 0.0, 1.0, 1.0
    for one in steps:
        known.append(f"{x(at)},{y(share)} {x(one['from_day'])},{y(share)}")
        ends = f"{x(one['from_day'])},{y(share)} {x(one['to_day'])},{y(one['share'])}"
        if one["from_day"] == one["to_day"]:
            known.append(ends)
        else:
            guessed.append(ends)
            unknown.append(
                f"{x(one['from_day'])},{y(share)} {x(one['to_day'])},{y(share)}"
                f" {x(one['to_day'])},{y(one['share'])} {x(one['from_day'])},{y(one['share'])}"
            )
        above += [(x(one["from_day"]), y(high)), (x(one["to_day"]), y(high))]
        above += [(x(one["to_day"]), y(one["high"]))]
        below += [(x(one["from_day"]), y(one["low"])), (x(one["to_day"]), y(one["low"]))]
        at, share, high = one["to_day"], one["share"], one["high"]
    until = last if end is None else end
    known.append(f"{x(at)},{y(share)} {x(until)},{y(share)}")
    if steps:
        above.append((x(until), y(steps[-1]["high"])))
        below.append((x(until), y(steps[-1]["low"])))
    step = next((one for one in STEPS if last / one <= (right - left) / TICK_WIDTH), STEPS[-1])
    corners = [*above, *reversed(_stepped(below))]
    return CurvePicture(
        name=name, width=width, height=TOP + PLOT + FOOT, left=left, right=right, top=top,
        bottom=bottom,
        levels=tuple((y(percent / 100), percent) for percent in (0, 25, 50, 75, 100)),
        ticks=tuple((x(day), day) for day in range(0, int(last) + 1, step)),
        band=" ".join(f"{one},{other}" for one, other in corners),
        unknown=tuple(unknown), known=tuple(known), guessed=tuple(guessed),
    )  # fmt: skip


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Hold each limit until the next step, rather than lead to it."""
    held: list[tuple[float, float]] = []
    for one, other in points:
        if held:
            held.append((one, held[-1][1]))
        held.append((one, other))
    return held
