"""What curves say about themselves in every form: names, units, sources, and the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.population import CurveColumn, Curves

SCHEMA = "respite.curves/1"
"""Name and version of the form that all files of curves share."""


def heading(column: CurveColumn) -> str:
    """Give the heading of a column in a table, which has no better place for site and unit.

    Examples
    --------
    >>> from respite.population import CurveColumn
    >>> level = CurveColumn(
    ...     name="ketamine", words="ketamine", unit="ng/mL", site="venous", sources=()
    ... )
    >>> heading(level)
    'ketamine_venous_ng_per_ml'
    """
    unit = None if column.unit == "1" else column.unit.replace("/", "_per_").lower()
    return "_".join(part for part in (column.name, column.site, unit) if part)


def labels(column: CurveColumn) -> dict[str, str]:
    """Say what a column is: words, unit, site where there is one, and sources."""
    said = {"long_name": column.words, "units": column.unit, "source": ", ".join(column.sources)}
    return said | ({"site": column.site} if column.site else {})


def time_labels() -> dict[str, str]:
    """Say what the times are.

    The unit is ``h`` and not a word that xarray would take for a span of the calendar.
    """
    return {"long_name": _("time from the start of the first dose"), "units": "h"}


def patient_labels() -> dict[str, str]:
    """Say what the numbers of the patients are."""
    return {"long_name": _("number of the virtual patient")}


def about(curves: Curves) -> dict[str, str | int]:
    """Say what curves as a whole are: the question, and with what it was answered."""
    made = curves.provenance
    return {
        "schema": SCHEMA,
        "regimen": curves.regimen,
        "people": curves.people,
        "patients": curves.patients,
        "model": curves.model,
        "models": ", ".join(made["models"]),
        "sources": ", ".join(made["sources"]),
        "seed": curves.seed,
        "respite": made["respite"],
        "library_digest": made["library_digest"],
        "scope": "\n".join(line["message"] for line in curves.scope if line["status"] != "inside"),
        "assumed": "\n".join(curves.assumed),
    }
