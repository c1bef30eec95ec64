"""What moved a forecast since the one before: its headline numbers, and what is new beneath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.queries import Earlier
from respite.domain import translate as _
from respite.domain import translate_plural

LAST_SHOWN = 56
"""Days after the last dose up to which chances stand on top of a page; a table has all."""

NAMED = 4
"""How many scores and doses are named; the others are counted."""


@dataclass(frozen=True)
class Moved:
    """One number before and now, in words; ``differs`` where a reader would see it."""

    label: str
    before: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the two read differently."""
        return self.before != self.now


def moved_numbers(before: Earlier, now: ForecastRecord) -> list[Moved]:
    """Put the headline numbers of two forecasts side by side."""
    pairs: list[tuple[str, Callable[[dict[str, Any]], str]]] = [
        (_("Relief for a day or more"), _lasting),
        (_("Days until pain returns, median"), _median),
        (_("80% interval, days"), _interval),
    ]
    pairs += [
        (_("Relief holds at {day} days").format(day=day), _held(day))
        for day in now.answer["time_to_pain_return"]["survival"]
    ]
    return [Moved(label, number(before.returns), number(_returns(now))) for label, number in pairs]


def chances(record: ForecastRecord) -> list[tuple[str, str]]:
    """Give the chance that relief still holds, by days after the last dose."""
    held = _returns(record)["survival"]
    return [(day, _percent(share)) for day, share in held.items() if int(day) <= LAST_SHOWN]


def news(before: Earlier, now: ForecastRecord) -> list[str]:
    """Say what the later forecast was made from that the earlier one was not."""
    old, new = before.inputs, now.inputs
    return [
        *_scores(old, new),
        *_doses(old.get("given", []), new.get("given", [])),
        *_facts(old.get("patient", {}), new.get("patient", {})),
        *([_("The plan changed.")] if _plan(old) != _plan(new) else []),
        *([_("What counts as relief changed.")] if _differ(old, new, "threshold") else []),
        *([_("The published numbers changed with the program.")]
          if _differ(old, new, "library", "version") else []),
    ]  # fmt: skip


def _returns(record: ForecastRecord) -> dict[str, Any]:
    return record.answer["time_to_pain_return"]


def _lasting(told: dict[str, Any]) -> str:
    return _percent(told["p_returns"] + told["p_beyond_horizon"])


def _median(told: dict[str, Any]) -> str:
    return "-" if told["median_days"] is None else f"{told['median_days']:.0f}"


def _interval(told: dict[str, Any]) -> str:
    interval = told["interval80_days"]
    if interval is None:
        return "-"
    return _("{low} to {high}").format(low=f"{interval[0]:.0f}", high=f"{interval[1]:.0f}")


def _held(day: str) -> Callable[[dict[str, Any]], str]:
    return lambda told: _percent(told["survival"].get(day))


def _percent(share: float | None) -> str:
    """Write a share as every face does: without a claim to be certain."""
    if share is None:
        return "-"
    count = round(100 * share)
    if count <= 0:
        return "<1%"
    return ">99%" if count >= 100 else f"{count}%"


def _scores(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    before = {one["at"]: one["pain"] for one in old.get("diary", [])}
    now = {one["at"]: one["pain"] for one in new.get("diary", [])}
    added = [at for at in now if at not in before]
    changed = [at for at in now if at in before and now[at] != before[at]]
    gone = [at for at in before if at not in now]
    named = [_("pain {pain} on {day}").format(pain=f"{now[at]:g}", day=_day(at)) for at in added]
    lines: list[str] = []
    if added:
        text = translate_plural("{n} new score: {named}.", "{n} new scores: {named}.", len(added))
        lines.append(text.format(n=len(added), named=_named(named)))
    if changed:
        text = translate_plural("{n} score was changed.", "{n} scores were changed.", len(changed))
        lines.append(text.format(n=len(changed)))
    if gone:
        text = translate_plural("{n} score was taken out.", "{n} scores were taken out.", len(gone))
        lines.append(text.format(n=len(gone)))
    return lines


def _doses(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    added = [one for one in now if one not in before]
    gone = [one for one in before if one not in now]
    named = [
        _("{drug} {amount} {unit} on {day}").format(**one | {"day": _day(one["start"])})
        for one in added
    ]
    lines: list[str] = []
    if added:
        text = translate_plural("{n} new dose: {named}.", "{n} new doses: {named}.", len(added))
        lines.append(text.format(n=len(added), named=_named(named)))
    if gone:
        text = translate_plural("{n} dose was withdrawn.", "{n} doses were withdrawn.", len(gone))
        lines.append(text.format(n=len(gone)))
    return lines


def _facts(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    names = sorted({*before, *now})
    changed = [name.replace("_", " ") for name in names if before.get(name) != now.get(name)]
    if not changed:
        return []
    return [_("Facts about the patient changed: {names}.").format(names=", ".join(changed))]


def _named(words: list[str]) -> str:
    left = len(words) - NAMED
    more = [_("and {n} more").format(n=left)] if left > 0 else []
    return "; ".join([*words[-NAMED:], *more])


def _plan(inputs: dict[str, Any]) -> tuple[Any, ...]:
    return inputs.get("plan"), inputs.get("start"), len(inputs.get("to_come", ()))


def _differ(old: dict[str, Any], new: dict[str, Any], *names: str) -> bool:
    return any(old.get(name) != new.get(name) for name in names)


def _day(moment: str) -> str:
    at = datetime.fromisoformat(moment).astimezone(get_current_timezone())
    return date_format(at, "Y-m-d")
