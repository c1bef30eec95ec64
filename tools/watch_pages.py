"""What is watched, and how doses are raised, as two pages: every number with whose it is."""

from __future__ import annotations

from model_pages import bullets, spoken, table
from respite.literature import (
    Analyte,
    Library,
    Parameter,
    Protocol,
    SessionEffect,
    Setpoint,
    SurveillanceItem,
    Timing,
    Told,
    Trigger,
    load_library,
)

WHOSE = {
    "source": "of the source",
    "ours": "**ours**",
    "mixed": "**partly ours**",
    "recalled": "**recalled, not seen**",
    "none": "no number",
}
"""How it is said whose a number is."""

OCCASIONS = {
    "start": "before the first dose",
    "after_start": "after the first dose",
    "near_daily": "near-daily exposure",
    "intermittent": "intermittent exposure",
    "single": "a few days of exposure",
    "each_session": "at each session",
    "each_course": "before each course",
    "during_long_infusion": "while a long infusion runs",
    "after_long_infusion": "after a long infusion",
    "retreatment": "a long infusion soon after another",
    "after_course": "after the last dose",
    "in_session": "within a session",
    "trigger": "only when something is found",
}
"""How an occasion is said."""

HOW_WATCHED = """\
The schedule follows exposure: days on which any ketamine was given within 180 days. From 90 days
exposure is near-daily, from 6 intermittent; below that, nothing is repeated at fixed times. **All
fixed intervals are ours**: no guideline that was read gives any. Each number says whose it is.

How much harm each milligram of treatment does is not known. Bladder harm is well shown in people
who took grams; in 179 people treated for pain it was not seen, which does not exclude a rate of
1.7 %. `surveillance_plan` in Python turns a dosing history and a plan into dates:
[titrate and watch](../how-to/titrate.md).
"""

HOW_RAISED = """\
What each source says of one drug by one route. A hole is a hole: where no source states a step,
none is proposed. Esketamine is never held to numbers of the racemate, nor the other way round.
Doses are of base. These are reports of what was done, and no advice:
[titrate](../how-to/titrate.md).

How the next step follows from the last sessions: every concern is a limit (no dose, less, no more,
or free), and the strictest decides. So a worse effect never leads to a higher dose. A step is the
smallest that any source which applies states, and stays below every ceiling that may apply.
"""


def surveillance_page(note: str) -> str:
    """Write the page of what is watched.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    items = sorted(library.surveillance.values(), key=lambda one: (one.organ, one.title))
    parts = [
        f"# Surveillance\n\n*For clinicians.*\n\n{note.rstrip()}\n",
        HOW_WATCHED,
        "## The schedule\n\nDays from one to the next.\n",
        overview(items),
        *(watched_section(item) for item in items),
        "## Numbers that are counted with {#numbers}\n",
        conventions_table(library, "surveillance"),
    ]
    return "\n".join(parts)


def analytes_page(note: str) -> str:
    """Write the page of tests of laboratories.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    tests = sorted(library.analytes.values(), key=lambda one: (one.item, one.place))
    numbers = [one for one in tests if one.units]
    parts = [
        f"# Tests of the laboratory\n\n*For clinicians.*\n\n{note.rstrip()}\n",
        "A number outside of what is plausible is refused. One outside of what is usual is asked"
        " about where it would be usual in another unit. Both bounds are ours. The upper limit is"
        " taken where a laboratory prints none.\n",
        "## Numbers\n",
        table(
            ("test", "for", "units, and what makes them the first", "plausible", "usual",
             "upper limit"),
            map(analyte_row, numbers),
        ),
        "## Words\n",
        table(
            ("test", "for", "results"),
            (
                (one.title, library.surveillance[one.item].title,
                 "; ".join(word.words for word in one.words))
                for one in tests
                if one.words
            ),
        ),
        "## Filtration from creatinine {#numbers}\n",
        conventions_table(library, "filtration"),
    ]  # fmt: skip
    return "\n".join(parts)


def analyte_row(one: Analyte) -> tuple[str, ...]:
    """Give what is known of one test in a row."""
    item = load_library().surveillance[one.item].title
    units = ", ".join(
        unit.name if unit.factor == 1 else f"{unit.name} (x {unit.factor:g})" for unit in one.units
    )
    bounds = [
        "" if span is None else f"{span.lowest:g} to {span.highest:g}"
        for span in (one.plausible, one.usual)
    ]
    limit = "" if one.upper_limit is None else f"{one.upper_limit.value:g} (ours)"
    return (one.title, item, units, *bounds, limit)


def titration_page(note: str) -> str:
    """Write the page of how doses are begun, raised, capped and ended.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    protocols = sorted(library.titration.values(), key=lambda one: (one.drug, one.route, one.title))
    parts = [
        f"# Titration\n\n*For clinicians.*\n\n{note.rstrip()}\n",
        HOW_RAISED,
        "## Sources side by side\n",
        table(
            ("drug, route", "source", "setting", "start", "step", "ceiling", "taper", "duration"),
            map(protocol_row, protocols),
        ),
        "## What each says\n",
        *(protocol_section(one) for one in protocols),
        "## Effects of sessions {#effects}\n",
        "What an effect asks of the next dose, by its grade; without a grade it counts as"
        " moderate. A word that is not here is asked about, and never passed over.\n",
        effects_table(library),
        "## Numbers that decide {#numbers}\n",
        conventions_table(library, "titration"),
    ]
    return "\n".join(parts)


def overview(items: list[SurveillanceItem]) -> str:
    """List every item with its intervals by exposure."""
    rows = (
        (
            item.organ.replace("_", " "),
            f"[{item.title}](#{item.id})",
            "yes" if item.timing("start") else "",
            *(days(item.timing(tier)) for tier in ("near_daily", "intermittent", "single")),
            "; ".join(
                OCCASIONS[timing.occasion]
                for timing in item.when
                if timing.occasion not in ("start", "near_daily", "intermittent", "single")
            ),
        )
        for item in items
    )
    head = ("what for", "item", "at first", "near-daily", "intermittent", "a few days", "also")
    return table(head, rows)


def days(timing: Timing | None) -> str:
    """Say an interval in days, or nothing."""
    return "" if timing is None or timing.every is None else f"{timing.every.value:g}"


def watched_section(item: SurveillanceItem) -> str:
    """Write what is known of one item."""
    parts = [
        f"## {item.title} {{#{item.id}}}\n",
        f"{item.does[:1].upper()}{item.does[1:]}. Why: {item.why}.\n",
        table(
            ("when", "every", "number", "where from"),
            (
                (
                    OCCASIONS[timing.occasion],
                    every(timing),
                    WHOSE[timing.number_is],
                    origin(timing, item.source),
                )
                for timing in item.when
            ),
        ),
    ]
    if item.triggers:
        parts.append(
            table(
                ("found", "then", "number", "where from"),
                (
                    (one.threshold, one.action, WHOSE[one.number_is], origin(one, item.source))
                    for one in item.triggers
                ),
            )
        )
    if item.unknown:
        parts.append(f"Not known: {item.unknown}.\n")
    return "\n".join(parts)


def every(timing: Timing) -> str:
    """Say after how long an item is due again."""
    if timing.days:
        return f"{', '.join(map(str, timing.days))} days after"
    return "" if timing.every is None else f"{timing.every.value:g} {timing.every.unit}"


def protocol_row(one: Protocol) -> tuple[str, ...]:
    """Give what one source says in a row."""
    return (
        f"{one.drug}, {one.route}",
        f"[{one.title}](#{one.id})",
        spoken(one.setting),
        amount(one.start),
        amount(one.step),
        "; ".join(map(amount, one.ceilings)) or "not reported",
        words_of(one.taper),
        words_of(one.duration),
    )


def amount(point: Setpoint | None) -> str:
    """Say an amount, and whose it is."""
    if point is None:
        return "not reported"
    return f"{point.printed} per {point.per} ({WHOSE[point.number_is]})"


def words_of(told: Told | None) -> str:
    """Say what a source says in words, or that it does not."""
    return "not reported" if told is None else told.words


def protocol_section(one: Protocol) -> str:
    """Write where each number of one source was seen."""
    named: list[tuple[str, Setpoint | Told | None]] = [
        ("start", one.start),
        ("step", one.step),
        *(("ceiling", ceiling) for ceiling in one.ceilings),
        ("stop", one.stop),
        ("taper", one.taper),
        ("duration", one.duration),
    ]
    lines = [
        f"{name}: {amount(part) if isinstance(part, Setpoint) else part.words};"
        f" {origin(part, one.source)}"
        for name, part in named
        if part is not None
    ]
    if one.infusion_h is not None:
        lines.append(f"for infusions of {one.infusion_h.from_:g} to {one.infusion_h.to:g} hours")
    if one.conditions:
        lines.append(f"for {', '.join(one.conditions)} only")
    if one.not_reported:
        lines.append(f"not reported: {', '.join(map(spoken, one.not_reported))}")
    if one.note:
        lines.append(one.note)
    return f"### {one.title} {{#{one.id}}}\n\n{bullets(lines)}"


def effects_table(library: Library) -> str:
    """List every effect with what it asks of the next dose."""
    acts = {"free": "-", "hold": "no more", "down": "less", "stop": "none"}

    def row(one: SessionEffect) -> tuple[str, ...]:
        grades = (acts[one.mild], acts[one.moderate], acts[one.severe])
        return (one.title, ", ".join(one.names), *grades, one.action, one.because)

    rows = map(row, library.session_effects.values())
    return table(("effect", "words", "mild", "moderate", "severe", "also", "why (ours)"), rows)


def conventions_table(library: Library, name: str) -> str:
    """List the numbers of one file of conventions."""

    def row(number: Parameter) -> tuple[str, ...]:
        source = number.source or "respite"
        link = f"[{source}](sources.md#{source})"
        said = "; ".join(filter(None, (link, number.at, number.because)))
        return (number.words, number.printed.removesuffix(" 1"), number.status, said)

    rows = map(row, library.conventions[name].parameters.values())
    return table(("number", "value", "status", "where from, or why"), rows)


def origin(part: Timing | Trigger | Setpoint | Told, otherwise: str) -> str:
    """Say where a statement comes from, or why it is ours."""
    source = part.source or otherwise
    told = (f"[{source}](sources.md#{source})", part.at, part.because)
    return "; ".join(text for text in told if text)
