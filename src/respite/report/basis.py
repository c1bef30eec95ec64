"""What an answer rests on, in sentences; every face says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.diary_sentences import how_found
from respite.report.phrases import as_sentence

if TYPE_CHECKING:
    from respite.forecasting import Forecast

SHOWN_ASSUMPTIONS = 5
"""How many assumed numbers an answer names before it only counts them."""


APPLIED = frozenset({"medicine", "liver", "kidney", "genotype"})
"""Facts that change clearance; what they do is said even where it was measured."""


def scope_lines(scope: tuple[Mapping[str, str], ...]) -> tuple[str, ...]:
    """Say what was measured of medicines and traits, what was not studied, what is not known."""
    marks = {
        "inside": _("Taken into account"),
        "outside": _("Outside what was studied"),
        "unknown": _("Not known"),
    }
    return tuple(
        _("{mark}: {message}").format(
            mark=mark, message=entry.get("message") or as_sentence(entry.get("fact", ""))
        )
        for status, mark in marks.items()
        for entry in scope
        if entry.get("status") == status and (status != "inside" or entry.get("fact") in APPLIED)
    )


def assumption_lines(assumed: tuple[str, ...]) -> tuple[str, ...]:
    """Count the numbers that nobody published, and name the first few."""
    if not assumed:
        return (_("Every number it rests on was published or derived from published ones."),)
    count = translate_plural(
        "It rests on {n} number that nobody published and that we assumed:",
        "It rests on {n} numbers that nobody published and that we assumed:",
        len(assumed),
    ).format(n=len(assumed))
    left = len(assumed) - SHOWN_ASSUMPTIONS
    more = (
        (translate_plural("and {n} more.", "and {n} more.", left).format(n=left),)
        if left > 0
        else ()
    )
    return (count, *assumed[:SHOWN_ASSUMPTIONS], *more)


def method(forecast: Forecast) -> str:
    """Say how the answer was computed, so that it can be computed again."""
    found = forecast.diagnostics
    parts = [
        _("{n} draws").format(n=found.get("draws", "-")),
        *how_found(forecast),
        _("seed {n}").format(n=forecast.provenance.get("seed", "-")),
        _("Respite {version}").format(version=forecast.provenance.get("respite", "-")),
    ]
    digest = str(forecast.provenance.get("library_digest", ""))
    if digest:
        parts.append(_("library {digest}").format(digest=digest[:12]))
    models = [str(name) for name in forecast.provenance.get("models", ())]
    if models:
        parts.append(_("models {names}").format(names=", ".join(models)))
    return "; ".join(parts)


def intended_use() -> str:
    """Say what the answer is for, and what it is not."""
    return _(
        "Decision support for clinicians; not a medical device. It describes groups of people"
        " and cannot foresee one person's course. The decision rests with the treating clinician."
    )
