"""Tables of what other treatments do; lasting pain and single doses never in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isinf
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import brief
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.evidence import ComparatorTable, ComparedRow

TO_BENEFIT = ("nnt50", "nnt30", "nnt", "nnt_smallest", "nnt_relapse")
TO_HARM = ("nnh", "nnh_withdrawal", "risk_ratio_harm", "harm_share")
IN_PAIN = ("mean_difference", "smd", "risk_difference", "risk_ratio_benefit")
META = "meta-analysis of "
"""How a note begins that names the year of a meta-analysis."""


def references(answer: ComparatorTable) -> dict[str, int]:
    """Number the sources of the answer, as the list of sources does."""
    return {key: number for number, key in enumerate(answer.provenance["sources"], start=1)}


def chronic_tables(answer: ComparatorTable) -> tuple[Table, ...]:
    """Give the tables of lasting pain, in the order in which they are shown."""
    rows, seen = answer.of("chronic"), references(answer)
    left = (*TO_BENEFIT, *TO_HARM, *IN_PAIN)
    tables = (
        people_table(
            _only(rows, TO_BENEFIT), seen, _("Lasting pain: people treated for one to benefit")
        ),
        figures_table(_only(rows, IN_PAIN), seen, _("Lasting pain: difference from placebo")),
        people_table(_only(rows, TO_HARM), seen, _("Lasting pain: unwanted effects")),
        figures_table(
            [row for row in rows if row.figure.metric not in left],
            seen,
            _("Lasting pain: how long, how many, and what was not found"),
        ),
    )
    return tuple(table for table in tables if table.rows)


def acute_tables(answer: ComparatorTable) -> tuple[Table, ...]:
    """Give the tables of single doses against short pain."""
    rows, seen = answer.of("acute_single_dose"), references(answer)
    tables = (
        people_table(
            _only(rows, TO_BENEFIT),
            seen,
            _("One dose after surgery: people treated for one to lose half the pain"),
        ),
        figures_table(
            [row for row in rows if row.figure.metric not in TO_BENEFIT],
            seen,
            _("One dose against short pain: how long it acts"),
        ),
    )
    return tuple(table for table in tables if table.rows)


def experimental_tables(answer: ComparatorTable) -> tuple[Table, ...]:
    """Give the table of volunteers, where there is one."""
    rows = answer.of("experimental")
    caption = _("Volunteers without pain, tested with heat or pressure")
    return (figures_table(rows, references(answer), caption),) if rows else ()


def people_table(rows: Iterable[ComparedRow], seen: Mapping[str, int], caption: str) -> Table:
    """Show numbers needed to treat or to harm, beside how many more of 100 that is."""
    return Table(
        caption=caption,
        head=(
            _("Treatment"),
            _("pain"),
            _("counted"),
            _("figure (95%)"),
            _("more of 100"),
            _("seen"),
        ),
        rows=tuple(
            (
                named(row),
                condition_words(row.figure.condition),
                counted(row),
                figure_words(row),
                of_100(row),
                seen_words(row, seen),
            )
            for row in rows
        ),
        align="text",
    )


def figures_table(rows: Iterable[ComparedRow], seen: Mapping[str, int], caption: str) -> Table:
    """Show figures that are no number of people."""
    return Table(
        caption=caption,
        head=(_("Treatment"), _("pain"), _("what"), _("figure (95%)"), _("when"), _("seen")),
        rows=tuple(
            (
                named(row),
                condition_words(row.figure.condition),
                counted(row),
                figure_words(row),
                when_words(row),
                seen_words(row, seen),
            )
            for row in rows
        ),
        align="text",
    )


def named(row: ComparedRow) -> str:
    """Name a treatment with its dose and route."""
    one = row.figure
    return " ".join(part for part in (one.treatment, one.dose, one.route) if part)


def condition_words(condition: str) -> str:
    """Say which pain a figure belongs to."""
    words = {
        "chronic-non-cancer": _("lasting, not cancer"),
        "acute-surgery": _("after surgery"),
        "acute-emergency": _("emergency room"),
        "acute-any": _("short pain"),
        "crps": _("CRPS"),
    }
    return words.get(condition, condition.replace("-", " "))


def counted(row: ComparedRow) -> str:
    """Say what a figure measures, in a few words."""
    words = {
        "nnt50": _("half the pain gone"),
        "nnt30": _("a third gone"),
        "nnt": _("as the source counts"),
        "nnt_smallest": _("least that matters"),
        "nnt_relapse": _("one relapse less"),
        "nnh": _("one more harmed"),
        "nnh_withdrawal": _("one more stops for harm"),
        "mean_difference": _("pain, points on {scale}").format(scale=row.figure.scale),
        "smd": _("mood, in standard deviations"),
        "risk_difference": _("more of 100 with relief"),
        "risk_ratio_benefit": _("ratio of responders"),
        "risk_ratio_harm": _("ratio: {effect}").format(effect=row.figure.note.split(";")[0]),
        "harm_share": _("share: {effect}").format(effect=row.figure.note.split(";")[0]),
        "share50": _("share with half the pain gone"),
        "share30": _("share with a third of the pain gone"),
        "share": _("share with relief"),
        "mean_relief": _("mean relief"),
        "duration": _("how long relief lasts"),
        "time_to_remedication": _("until more was needed"),
        "time_to_peak": _("until relief was greatest"),
        "weeks_to_judge": _("until its effect can be judged"),
        "in_words": _("in words"),
    }
    said = words[row.figure.metric]
    if row.counts_people and row.figure.note.startswith(META):
        return f"{said}, {row.figure.note.removeprefix(META)}"
    uncontrolled = row.figure.against == "nothing" and row.figure.metric.startswith("share")
    return _("{what}, no control group").format(what=said) if uncontrolled else said


def figure_words(row: ComparedRow) -> str:
    """Write a figure with its interval and unit as printed; a limit is said to be one."""
    one = row.figure
    if one.in_words:
        return one.in_words
    unit = "" if one.unit in ("1", "points") else one.unit
    if row.value == 1:
        unit = unit.removesuffix("s")
    if row.value is None:
        return _joined(_interval(row), unit)
    bounds = {
        "above": _("more than {value}"),
        "at_least": _("{value} or more"),
        "at_most": _("up to {value}"),
    }
    value = bounds.get(one.bound, "{value}").format(value=brief(row.value))
    inside = f" ({_interval(row)})" if row.interval else ""
    return _joined(f"{value}{inside}", unit)


def of_100(row: ComparedRow) -> str:
    """Say how many more of 100, with limits."""
    more, low, high = row.per_100
    if low is None or high is None:
        return "-" if more is None else f"{more:.0f}"
    limits = _("{low} to {high}").format(low=f"{low:.0f}", high=f"{high:.0f}")
    return limits if more is None else f"{more:.0f} ({limits})"


def when_words(row: ComparedRow) -> str:
    """Say when, and what else belongs to a figure."""
    said = [row.figure.time]
    if not row.figure.metric.startswith(("risk_ratio_harm", "harm_share")):
        said.append(row.figure.note)
    return "; ".join(part for part in said if part) or "-"


def seen_words(row: ComparedRow, seen: Mapping[str, int]) -> str:
    """Say how and where a figure was seen, and how certain it is where anybody graded it."""
    one = row.figure
    how = {
        "recalled": _("recalled, not seen"),
        "secondary_transcription": _("second hand"),
        "derived": _("computed"),
    }.get(one.read, one.read)
    place = f"[{seen[one.source]}] {how}" if one.source in seen else how
    if one.certainty == "not_graded":
        return place
    return _("{place}; certainty {grade}").format(place=place, grade=one.certainty)


def _only(rows: Iterable[ComparedRow], metrics: tuple[str, ...]) -> list[ComparedRow]:
    return [row for row in rows if row.figure.metric in metrics]


def _interval(row: ComparedRow) -> str:
    low, high = row.interval or (0, 0)
    return _("{low} to {high}").format(low=_end(low), high=_end(high))


def _end(end: float) -> str:
    return _("no limit") if isinf(end) else brief(end)


def _joined(value: str, unit: str) -> str:
    return f"{value} {unit}".rstrip()
