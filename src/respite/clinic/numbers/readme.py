"""What an export says of itself: its files, its tables and their columns, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from respite.clinic.numbers.about_patient import WHOSE, PatientTable
from respite.domain import VERSION
from respite.domain import translate as _


def readme(counts: Mapping[str, int], scope: str) -> str:
    """Write what stands in an export of patients, and how to read it.

    Parameters
    ----------
    counts
        Rows of each table.
    scope
        ``patient`` or ``clinic``.
    """
    about = (
        _("Everything that this clinic has on record about one patient.")
        if scope == "patient"
        else _("Everything that this clinic has on record about its patients.")
    )
    where = "respite/" if scope == "patient" else "respite/patient-NUMBER/"
    lines = [
        about,
        _("Written by Respite {version}.").format(version=VERSION),
        "",
        _("record.json: every row of every table, exact; schema {schema}.").format(
            schema="respite.clinic-export/1"
        ),
        _("tables/NAME.csv: the same rows, one file for each table, for a spreadsheet."),
        _("dictionary.csv: what each column holds."),
        _("{folder}diary.csv and doses.csv: as the command line of Respite reads them:").format(
            folder=where
        ),
        "    respite forecast --diary diary.csv --history doses.csv",
        "",
        _("What was corrected or taken back is here too: nothing is ever removed."),
        _("The column {whose} holds the number of the patient in every table.").format(whose=WHOSE),
        _("Times are in UTC, as ISO 8601. Numbers with decimals are text in the JSON, so that no"
          " digit is lost."),
        _("The tables are in UTF-8 and begin with a mark by which spreadsheets know it, so names"
          " in any script open as they are."),
        _("In the tables, text that begins with = + - @ has a ' before it: a spreadsheet would"
          " take it for a formula. The JSON has it as it was written."),
        _("Passwords, and secrets of links, are left out."),
        _("Anybody who has this file can read all of it. Keep it as you keep the record."),
        "",
        _("Rows of each table:"),
        *(f"    {name}: {count}" for name, count in sorted(counts.items())),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def dictionary_rows(tables: list[PatientTable]) -> Iterator[tuple[str, ...]]:
    """Give a line for each column of each table: its kind, whether it may be empty, its words."""
    for one in tables:
        yield one.name, "", "", "", (one.model.__doc__ or "").strip().split("\n")[0]
        yield one.name, WHOSE, "number of a patient", "", ""
        fields = {field.attname: field for field in one.model._meta.concrete_fields}
        for name in one.columns:
            field = fields[name]
            target = field.related_model
            refers = (
                f"refers to {target._meta.label_lower}"
                if isinstance(target, type) and target is not one.model
                else ""
            )
            words = "; ".join(
                f"{value}: {label}" for value, label in (getattr(field, "choices", None) or ())
            )
            kind = refers or field.get_internal_type()
            yield one.name, name, kind, "yes" if field.null else "no", words
