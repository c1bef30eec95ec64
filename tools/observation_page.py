"""The page of predicted against observed: every figure, what each model gives, and every miss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model_pages import bullets, source_link, spoken, spread_in_words, table
from respite.literature import ObservationRow
from respite.population import Comparison, Prediction, metric_words

PICTURE = "predicted-and-observed.png"

ROUTES = {
    "iv": "Into a vein",
    "im": "Into muscle",
    "sc": "Under the skin",
    "intranasal": "Into the nose",
    "oral": "By mouth",
    "sublingual": "Under the tongue",
    "buccal": "In the cheek",
    "rectal": "Rectal",
    "inhaled": "Inhaled",
}

ABOUT = """\
What studies measured, beside what each kinetic model gives for the same doses in the same people,
summed up in the same way. A model is asked only about people, drugs, routes, sampling sites and
analytes that it covers: a rule in the code decides, and what no model covers is listed at the end
with the reason.

A figure that went into a model, or that comes from the model's own source, is marked *built on*:
agreement there shows that numbers were carried faithfully, and says nothing on other people.
Only a *check* is news.

What a study does not say of its people is that of the model's own reference patient. Where a
study does not say where blood was drawn, it is taken to be venous. Means, medians and geometric
means are those of a group of virtual people with a fixed seed; any other figure is that of the
typical person. Figures that are only recalled are never counted.
"""


def page(comparison: Comparison, note: str) -> str:
    """Write the page.

    Parameters
    ----------
    comparison
        Every observed figure with what models give for it.
    note
        What stands under the heading, to say that the page is generated.
    """
    predictions = comparison.predictions
    figures = {id(each.row.observation) for each in predictions}
    parts = [
        f"# Predicted and observed\n\n*For clinicians and developers.*\n\n{note.rstrip()}\n",
        ABOUT,
        f"{len(figures)} figures are covered by one model or more, which makes "
        f"{len(predictions)} comparisons; {len(comparison.uncovered)} are covered by none.\n",
        f"![Predicted against observed](../pictures/{PICTURE})\n",
        f"## How near\n\n{shares(predictions)}",
        f"## Misses\n\nMore than twice too high or too low.\n\n{misses(comparison.misses)}",
        "## Every comparison\n",
    ]
    for route, title in ROUTES.items():
        listed = [each for each in predictions if each.row.arm.route == route]
        if listed:
            parts.append(f"### {title} {{#{route}}}\n\n{comparisons(listed)}")
    parts.append(f"## Not compared\n\n{uncovered(comparison)}")
    return "\n".join(parts)


def shares(predictions: Sequence[Prediction]) -> str:
    """Say how many comparisons lie within 1.5-fold and 2-fold, overall and by model."""
    models = sorted({each.model for each in predictions})
    groups = {"all models": list(predictions)}
    groups |= {model: [each for each in predictions if each.model == model] for model in models}
    rows: list[tuple[str, ...]] = []
    for name, group in groups.items():
        link = f"[{name}](models/{name}.md)" if name in models else name
        for role in ("check", "built on", "both"):
            kept = [each for each in group if role in (each.role, "both")]
            if kept:
                rows.append((link, role, str(len(kept)), within(kept, 1.5), within(kept, 2)))
    return table(("model", "role", "comparisons", "within 1.5-fold", "within 2-fold"), rows)


def within(predictions: Sequence[Prediction], fold: float) -> str:
    """Say which share of some comparisons lies within a factor."""
    near = sum(each.fold <= fold for each in predictions)
    return f"{near} ({100 * near / len(predictions):.0f} %)"


def misses(predictions: Sequence[Prediction]) -> str:
    """Discuss every miss, those of one figure together."""
    by_row: dict[int, list[Prediction]] = {}
    for each in predictions:
        by_row.setdefault(id(each.row.observation), []).append(each)
    lines: list[str] = []
    for group in by_row.values():
        row = group[0].row
        given = ", ".join(
            f"{each.model} gives {plain(each.predicted)} (ratio {each.ratio:.2f})" for each in group
        )
        lines.append(
            f"{source(row)}, {row.arm.name}, {figure(row)}: {observed(row)} observed; {given}. "
            f"{row.observation.discussion}"
        )
    return bullets(lines) or "None.\n"


def comparisons(predictions: Iterable[Prediction]) -> str:
    """List comparisons, a line for each figure and model."""
    rows = (
        (
            source(each.row),
            each.row.arm.name,
            figure(each.row),
            observed(each.row),
            each.model,
            f"{plain(each.predicted)}",
            f"{each.ratio:.2f}",
            each.role,
            "; ".join(filter(None, (*each.notes, each.row.observation.note))),
        )
        for each in predictions
    )
    head = ("study", "arm", "figure", "observed", "model", "predicted", "ratio", "role", "notes")
    return table(head, rows)


def uncovered(comparison: Comparison) -> str:
    """List what no model covers, with the reason."""
    rows = (
        (
            source(row),
            row.arm.name,
            figure(row),
            observed(row),
            reason,
            row.observation.note,
        )
        for row, reason in comparison.uncovered
    )
    return table(("study", "arm", "figure", "observed", "why not", "note"), rows)


def source(row: ObservationRow) -> str:
    """Point to the source of a figure."""
    return source_link(row.source).replace("../", "")


def figure(row: ObservationRow) -> str:
    """Say what was measured."""
    seen = row.observation
    told = [seen.analyte, metric_words(seen.metric)]
    if seen.time_h is not None:
        told.append(f"at {seen.time_h:g} h")
    if seen.until_h is not None:
        told.append(f"to {seen.until_h:g} h")
    if seen.compared_with:
        told.append(f"(other group: {seen.compared_with})")
    return " ".join(told)


def plain(number: float) -> str:
    """Write a number with about three figures, and never with a power of ten."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def observed(row: ObservationRow) -> str:
    """Say what was observed, in whom it was summed up how, and how far it spread."""
    seen = row.observation
    if seen.in_words:
        return seen.in_words
    told = [f"{seen.value:g} {seen.unit}" if not isinstance(seen.value, str) else f"in {seen.unit}"]
    if seen.summary != "not_reported" and seen.summary != "range":
        told.append(spoken(seen.summary))
    if seen.spread.kind != "not_reported":
        told.append(spread_in_words(seen.spread))
    if row.n is not None:
        told.append(f"n {row.n}")
    if seen.status != "published":
        told.append(seen.status)
    return ", ".join(told)
