"""Every rule of safety, and every fact that rules ask about, as one page."""

from __future__ import annotations

from model_pages import spoken, table
from respite.literature import FactKind, Library, Rule, Rulebook, load_library

WHOSE = {
    "source": "the source's",
    "ours": "ours",
    "mixed": "in part ours",
    "unverified": "recalled, not verified",
    "none": "no numbers",
}
"""Whose the numbers of a rule are, in words."""

HOW = """\
Each rule is data: a condition, how grave it is, what to do, its sources, and whose its numbers are.
They are a proposal for review by clinicians and no validated decision aid. Where a rule says that
something in it is ours, no source says it.

A condition is true, false or unknown. *And* with a false part is false, *or* with a true part is
true; otherwise a part that nobody knows leaves the whole unknown, and the fact is asked for. So
what nobody told never counts as no. `missing(…)` is true where nothing was told.

How to use them: [check a plan](../how-to/check-a-plan.md).
"""


def page(note: str) -> str:
    """Write the page.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    book = library.rulebooks["safety"]
    parts = [
        f"# Rules of safety\n\n*For clinicians and developers.*\n\n{note.rstrip()}\n",
        counted(library),
        HOW,
        severities(book),
        *(rules_of_phase(library, phase.file, phase.name, phase.words) for phase in book.phases),
        contradictions(book),
        facts(library),
        medicines(library),
    ]
    return "\n".join(parts)


def counted(library: Library) -> str:
    """Say how many rules there are, and what they rest on."""
    every = [rule for rules in library.rules.values() for rule in rules.rules]
    ours = sum(rule.basis == "ours" for rule in every)
    seen = sum(rule.status == "published" for rule in every)
    return (
        f"{len(every)} rules about {len(library.vocabulary)} facts. The core of {seen} was read in"
        f" the source that is named, most often an abstract, a label copy or a summary; the other"
        f" {len(every) - seen} are recalled or ours. {ours} rest on a threshold or an action of"
        " ours.\n"
    )


def severities(book: Rulebook) -> str:
    """List severities with what they say of a plan, and phases with where they come from."""
    rows = ((one.name, one.words, one.verdict, spoken(one.drawn_from)) for one in book.severities)
    phases = (
        (one.name, one.words, ", ".join(map(spoken, one.drawn_from)), "yes" if one.default else "")
        for one in book.phases
    )
    return (
        "## How grave, and when\n\n"
        + table(("severity", "means", "verdict where it fires", "collected as"), rows)
        + "\n"
        + table(("phase", "means", "collected as", "looked at by default"), phases)
    )


def rules_of_phase(library: Library, file: str, name: str, words: str) -> str:
    """List the rules of one phase."""
    rules = library.rules[file].rules
    head = ("rule", "severity", "fires when", "what to do", "numbers", "rests on")
    return f"## {name.capitalize()}: {words}\n\n{table(head, map(told, rules))}"


def told(rule: Rule) -> tuple[str, ...]:
    """Write one rule as a row."""
    links = ", ".join(f"[{key}](sources.md#{key})" for key in rule.sources)
    rests = "; ".join(
        filter(None, (spoken(rule.basis), f"read: {spoken(rule.read)}", links, rule.because))
    )
    when = rule.when.replace("|", "\\|")
    action, rests = (text.replace("*", "\\*") for text in (rule.action, rests))
    return rule.id, rule.severity, f"`{when}`", action, WHOSE[rule.number_is], rests


def contradictions(book: Rulebook) -> str:
    """List facts that cannot all be true."""
    rows = ((one.says, f"`{one.when}`") for one in book.contradictions)
    return f"## Facts that cannot all be true\n\n{table(('refused where', 'condition'), rows)}"


def facts(library: Library) -> str:
    """List every fact with its unit and its question."""
    head = ("fact", "type", "unit", "asked as", "may be", "or told as")
    parts = ["## Facts\n\nBy these names they stand in a file for `--facts`.\n"]
    for held in library.facts.values():
        parts.append(f"### {held.title}\n\n{table(head, map(fact_row, held.facts))}")
    return "\n".join(parts)


def fact_row(kind: FactKind) -> tuple[str, ...]:
    """Write one fact as a row."""
    words = ", ".join(f"`{code}`" for code in kind.codes)
    bounds = "" if kind.lowest is None else f"{kind.lowest:g} to {kind.highest:g}"
    never = "never" if kind.never else ""
    others = ", ".join(
        [*(f"`{flag}`" for flag in kind.flags), *(f"`{name}`" for name in kind.stand_ins)]
    )
    may_be = words or ", ".join(filter(None, (bounds, never)))
    return f"`{kind.name}`", spoken(kind.type), kind.unit, kind.ask, may_be, others


def medicines(library: Library) -> str:
    """List the names of medicines by class."""
    parts = ["## Medicines by class\n"]
    for held in library.medicines.values():
        rows = (
            (f"`{one.code}`" if one.code else "named by no rule", ", ".join(one.names))
            for one in held.classes
        )
        parts.append(f"{held.because[:1].upper()}{held.because[1:]}.\n\n")
        parts.append(table(("class", "names"), rows))
    return "\n".join(parts)
