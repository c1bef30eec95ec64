"""What an export for research says of itself, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Mapping

from respite.clinic.numbers.research import LEAST, OLDEST
from respite.domain import VERSION
from respite.domain import translate as _

DAY = "days from the start of the first dose"

DICTIONARY = (
    ("patients.csv", "study_id", "a number by chance, other in each export"),
    ("patients.csv", "age", "decade at the first dose; 90+ from 90 on; empty: not told"),
    ("patients.csv", "sex", "female or male; empty: not told, or not known"),
    ("patients.csv", "condition", "what is treated; other: too rare; empty: not told"),
    ("patients.csv", "weight_kg", "to the nearest 10 kg; empty: not told, or not known"),
    ("doses.csv", "day", DAY),
    ("doses.csv", "drug", "ketamine (racemic) or esketamine, as base"),
    ("doses.csv", "amount", "two significant digits, in the unit beside it"),
    ("doses.csv", "route", "how it was given"),
    ("doses.csv", "duration_min", "length of the infusion; 0: at once"),
    ("diary.csv", "day", DAY + ", by the time for which the score stands"),
    ("diary.csv", "pain", "0 to 10"),
    ("questionnaires.csv", "day", "whole days from the day of the first dose"),
    ("questionnaires.csv", "total", "of the questionnaire: peg, phq9 and so on"),
    ("effects.csv", "effect", "unwanted effect in a session, of a fixed list"),
    ("effects.csv", "severity", "none, mild, moderate or severe"),
    ("visits.csv", "patient", "study_id"),
    ("visits.csv", "last_seen_with_relief_day", "days from the last dose of the course"),
    ("visits.csv", "first_seen_without_day", "empty: not lost while it was watched"),
    ("people/ID/records.csv", "TIME", "hours from the first dose"),
    ("people/ID/records.csv", "AMT", "mg; of doses by weight at the weight told, else 70 kg"),
    ("people/ID/diary.csv", "day", DAY),
)
"""File, column, and what stands in it."""


def research_readme(counts: Mapping[str, int]) -> str:
    """Write what stands in an export for research, and what it may be used for.

    Parameters
    ----------
    counts
        How many people and rows there are, and how many were left out.
    """
    lines = [
        _("Records of patients of one clinic who agreed to research, without names."),
        _("Written by Respite {version}; schema {schema}.").format(
            version=VERSION, schema="respite.research-export/1"
        ),
        "",
        _("What is left out: names, numbers, staff, dates, and everything that was written freely:"
          " notes, messages, reasons, medicines."),
        _("Study numbers are by chance and other in each export. The secret they were made with"
          " was thrown away: no row leads back, and two exports cannot be joined by them."),
        _("Days count from the first dose of each person. Ages are decades, from {oldest} on"
          " together. Amounts have two digits.").format(oldest=OLDEST),
        _("Age, sex, condition and weight are told only as far as at least {n} people here share"
          " them all; what fewer share is empty, and rare conditions are other.").format(n=LEAST),
        "",
        _("Somebody who knows on which days a person was treated, or what they wrote, could still"
          " find the row. Do not try, do not join this with other data, and do not pass it on."),
        "",
        _("How to read it with the command line of Respite:"),
        "    respite return-times visits.csv",
        "    respite records people/1/records.csv --to doses --start 2001-01-01T09:00"
        " --output doses.csv",
        "    respite forecast --history doses.csv --diary people/1/diary.csv",
        _("The date is made up: only days from it count. visits.csv counts relief as 30% less pain"
          " than before the first dose, staying away for three days."),
        "",
        *(f"{name}: {count}" for name, count in counts.items()),
        "",
    ]  # fmt: skip
    return "\n".join(lines)
