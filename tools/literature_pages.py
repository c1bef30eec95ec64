"""Other treatments and targets as pages: every figure with how it was seen and its source."""

from __future__ import annotations

from math import isinf

from model_pages import bullets, spoken, table
from respite.evidence import ComparedRow, comparators_for
from respite.literature import Affinity, Library, Parameter, Target, load_library

SETTINGS = {
    "chronic": (
        "Lasting pain",
        "Figures of treatments that go on, or whose effect is looked for over days and weeks.",
    ),
    "acute_single_dose": (
        "One dose against short pain",
        "Another question: for how many hours one dose acts on pain that would soon pass by itself."
        " Hours after surgery and weeks of relief from lasting pain say nothing about each other:"
        " do not compare them.",
    ),
    "experimental": (
        "Volunteers",
        "Pain made in a laboratory in people who have none; not to be compared with the rest.",
    ),
}


def comparator_page(note: str) -> str:
    """Write the page of other treatments.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    answer = comparators_for()
    parts = [
        f"# Other treatments of pain\n\n*For clinicians and researchers.*\n\n{note.rstrip()}\n",
        f"{len(answer.rows)} figures, in the order of the alphabet and never of effect: ketamine's"
        " larger effects come from small trials in which many people could guess what they were"
        " given. How to read them: [compare with other medicines]"
        "(../how-to/compare-with-other-drugs.md). Figures marked recalled were not seen in a"
        " source.\n",
    ]
    for setting, (heading, says) in SETTINGS.items():
        rows = map(compared, answer.of(setting))
        head = (
            "treatment", "pain", "against", "measure", "figure", "interval", "when, and what else",
            "certainty", "status", "where from",
        )  # fmt: skip
        parts.append(f"## {heading}\n\n{says}\n\n{table(head, rows)}")
    return "\n".join(parts)


def compared(row: ComparedRow) -> tuple[str, ...]:
    """Write one figure as a row."""
    one = row.figure
    low, high = row.interval or (None, None)
    interval = "" if low is None or high is None else f"{end(low)} to {end(high)}"
    value = "" if row.value is None else f"{row.value:g}"
    unit = "" if one.unit == "1" else one.unit
    figure = one.in_words or " ".join(filter(None, (spoken(one.bound), value, unit)))
    origin = "" if not one.source else f"[{one.source}](sources.md#{one.source})"
    certainty = "" if one.certainty == "not_graded" else f"{one.certainty} ({one.certainty_by})"
    return (
        " ".join(filter(None, (one.treatment, one.dose, one.route))),
        one.condition,
        one.against,
        f"{spoken(one.metric)} {one.scale}".rstrip(),
        figure,
        f"{interval} ({spoken(one.spread.kind)})" if interval else "",
        "; ".join(filter(None, (one.time, one.note))),
        certainty,
        one.status,
        "; ".join(filter(None, (origin, one.at, f"read: {spoken(one.read)}", one.because))),
    )


def end(value: float) -> str:
    """Write one end of an interval."""
    return "infinity" if isinf(value) else f"{value:g}"


def target_page(note: str) -> str:
    """Write the page of targets.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    every = sorted(library.targets.values(), key=lambda one: one.title.casefold())
    parts = [
        f"# Targets\n\n*For researchers.*\n\n{note.rstrip()}\n",
        "What ketamine and its metabolites bind to, assay by assay. Assays that disagree are all"
        " listed. How occupancy is computed from them, and what that leaves out:"
        " [how ketamine works](../explanation/how-ketamine-works.md).\n",
        binding(library),
        *(section(target) for target in every),
    ]
    return "\n".join(parts)


def binding(library: Library) -> str:
    """Write how much is held by proteins of plasma."""
    rows = (
        (number.words, number.printed, number.status, told_where(number, one.source))
        for one in library.bindings.values()
        for number in one.parameters.values()
    )
    return f"## Bound in plasma\n\n{table(('what', 'share', 'status', 'where from'), rows)}"


def told_where(number: Parameter, otherwise: str) -> str:
    """Say where a number comes from; ``otherwise`` is the source of its file."""
    keys = number.sources or (otherwise,)
    links = ", ".join(f"[{key}](sources.md#{key})" for key in keys)
    return "; ".join(filter(None, (links, number.at, number.because, number.note)))


def section(target: Target) -> str:
    """Write one target."""
    parts = [f"## {target.title} {{#{target.id}}}\n", f"For a patient: {target.plain}.\n"]
    parts.append(f"Ketamine: {target.action}.\n")
    if target.affinities:
        head = ("tested", "measure", "µmol/L", "assay", "species", "status", "where from")
        parts.append(table(head, map(affinity, target.affinities)))
    if target.not_reported:
        parts.append(f"Not reported:\n\n{bullets(target.not_reported)}")
    if target.known_problems:
        parts.append(f"Known problems:\n\n{bullets(target.known_problems)}")
    return "\n".join(parts)


def affinity(seen: Affinity) -> tuple[str, ...]:
    """Write one affinity as a row."""
    low, high = (1000 * limit for limit in seen.limits)
    value = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    printed = "" if seen.negative_log is None else f", printed as {seen.negative_log:g}"
    measure = {"ki": "Ki", "ic50": "IC50"}[seen.measure]
    return (
        seen.form,
        measure,
        f"{spoken(seen.bound)} {value}{printed}".strip(),
        spoken(seen.assay),
        spoken(seen.species),
        seen.status,
        f"[{seen.source}](sources.md#{seen.source}); {seen.at}; read: {spoken(seen.read)}",
    )
