"""The library as pages: one for each model, one that lists them, one of sources.

Every number is shown as its file prints it, with its spreads, status, how it
was read and where it stands in its source.
"""

from __future__ import annotations

from collections.abc import Iterable

from respite.literature import Ingredient, Library, Model, Parameter, Source, Spread, load_library

SPREADS = {
    "between people": "between_patients",
    "between studies": "between_studies",
    "between occasions": "between_occasions",
}


def pages(note: str) -> dict[str, str]:
    """Give every page about the library, by its place under ``reference``.

    Parameters
    ----------
    note
        What stands under each heading, to say that the page is generated.
    """
    library = load_library()
    written = {
        f"models/{id}.md": model_page(library, library.model(id), note) for id in library.models
    }
    written["models/index.md"] = index_page(library, note)
    written["sources.md"] = sources_page(library, note)
    return written


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a Markdown table."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines) + "\n"


def cell(text: str) -> str:
    """Make a text safe within a table."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def spoken(word: str) -> str:
    """Say a word of a file as words."""
    return word.replace("_", " ")


def spread_in_words(spread: Spread) -> str:
    """Say a spread as it was printed."""
    kind = spoken(spread.kind)
    if spread.from_ is not None and spread.to is not None:
        return f"{spread.from_:g} to {spread.to:g} ({kind})"
    return kind if spread.value is None else f"{spread.value:g} ({kind})"


def spreads_in_words(number: Parameter) -> str:
    """Say every spread of a number, each with its kind."""
    told = {"standard error": number.typical.standard_error}
    told |= {words: getattr(number, field) for words, field in SPREADS.items()}
    return "; ".join(
        f"{words} {spread_in_words(spread)}" for words, spread in told.items() if spread is not None
    )


def source_link(key: str) -> str:
    """Point from a model page to a source."""
    return f"[{key}](../sources.md#{key})"


def ingredient(part: Ingredient) -> str:
    """Say one thing that a derived number is computed from, and point to its source."""
    if part.rule is not None:
        inner = ", ".join(ingredient(one) for one in part.from_)
        told = f"({spoken(part.rule)} of {inner})"
    else:
        told = f"`{part.of}`" if part.of else f"{part.value:g} {part.unit}"
    return f"{told} [{source_link(part.source)}]" if part.source else told


def origin(model: Model, number: Parameter) -> str:
    """Say where a number comes from, or why it was assumed."""
    place = source_link(number.source or model.source)
    told = [place, number.at, f"read: {spoken(number.read or model.read)}"]
    if number.rule is not None:
        parts = ", ".join(ingredient(part) for part in number.from_)
        told.append(f"{spoken(number.rule)} of {parts}")
    if number.calibrated_to:
        told.append(f"calibrated to {', '.join(number.calibrated_to)}")
    if number.script:
        told.append(f"made by `{number.script}`")
    if number.because:
        told.append(number.because)
    return "; ".join(filter(None, told))


def numbers_table(model: Model, numbers: dict[str, Parameter]) -> str:
    """List numbers with unit, spread, status and source."""
    rows = (
        (
            f"`{name}`",
            number.printed,
            spreads_in_words(number),
            number.status,
            origin(model, number),
        )
        for name, number in numbers.items()
    )
    return table(("number", "value", "spread", "status", "where from"), rows)


def scope_table(model: Model) -> str:
    """Say whom the model saw, and how far it may be asked."""
    rows: list[tuple[str, str, str, str]] = []
    for fact, seen in model.scope.items():
        studied, usable = ", ".join(seen.words), ", ".join(seen.usable_words)
        if seen.studied is not None:
            studied = (
                "not reported"
                if isinstance(seen.studied, str)
                else f"{seen.studied.from_:g} to {seen.studied.to:g} {seen.studied.unit}"
            )
        if seen.usable is not None:
            usable = f"{seen.usable.from_:g} to {seen.usable.to:g} {seen.usable.unit}"
        rows.append((spoken(fact), studied, usable, seen.because))
    return table(("fact", "studied", "may also be asked", "because"), rows)


def anchors_table(model: Model) -> str:
    """List the facts that the model must reproduce."""
    rows = (
        (
            anchor.what,
            f"{anchor.expect.value:g} {anchor.expect.unit}",
            f"{anchor.expect.within_percent:g} %",
            anchor.status,
            "; ".join(filter(None, (source_link(anchor.source or model.source), anchor.at))),
        )
        for anchor in model.anchors
    )
    return table(("fact", "expected", "within", "status", "where from"), rows)


def effects_table(model: Model) -> str:
    """List how facts about a patient shift the numbers."""
    rows = (
        (
            f"`{effect.parameter}`",
            " ".join(filter(None, (spoken(effect.covariate), effect.when))),
            spoken(effect.form),
            f"{effect.value:g} {effect.unit}",
            effect.status,
            "; ".join(
                filter(
                    None, (source_link(effect.source or model.source), effect.at, effect.because)
                )
            ),
        )
        for effect in model.covariate_effects
    )
    return table(("number", "fact", "form", "value", "status", "where from"), rows)


def bullets(lines: Iterable[str]) -> str:
    """Lay out a list."""
    return "".join(f"- {line}\n" for line in lines)


def model_page(library: Library, model: Model, note: str) -> str:
    """Write the page of one model, with only the sections it has."""
    base = (
        f"Built on [{model.base}]({model.base}.md): what is not listed here is taken from there.\n"
        if model.base
        else ""
    )
    site = f" Levels are those of {model.sampling.site} plasma." if model.sampling else ""
    parts = [
        f"# {model.id}\n\n*For clinicians and developers.*\n\n{note.rstrip()}\n",
        f"**{model.title}**\n\n{model.role}{site} Source: {source_link(model.source)}, "
        f"read as {spoken(model.read)}.\n",
        base,
    ]
    if model.certainty is not None:
        parts.append(f"Certainty: {spoken(model.certainty.grade)}. {model.certainty.why}\n")
    sections = {
        "Whom it saw": scope_table(model) if model.scope else "",
        "Numbers": numbers_table(model, model.parameters) if model.parameters else "",
        "What a patient changes": effects_table(model) if model.covariate_effects else "",
        "Residual": numbers_table(model, model.residual) if model.residual else "",
        "What it must reproduce": anchors_table(model) if model.anchors else "",
        "Not reported": bullets(map(spoken, model.not_reported)),
        "Known problems": bullets(model.known_problems),
        "Revisions": bullets(f"{revision.on}: {revision.what}" for revision in model.revisions),
    }
    for name, condition in model.conditions.items():
        why = f"Certainty: {spoken(condition.certainty.grade)}. {condition.certainty.why}\n"
        numbers = numbers_table(model, condition.parameters) if condition.parameters else ""
        sections[f"In {condition.title or spoken(name)}"] = f"{why}\n{numbers}"
    parts += [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    return "\n".join(filter(None, parts))


def index_page(library: Library, note: str) -> str:
    """Write the page that lists the models."""
    rows = (
        (f"[{model.id}]({model.id}.md)", model.kind, model.title, spoken(model.read))
        for model in (library.model(id) for id in library.models)
    )
    listed = table(("model", "kind", "what it describes", "how it was read"), rows)
    return (
        f"# Models\n\n*For clinicians and developers.*\n\n{note}"
        "Every number of a model stands on its page with unit, spread, status and source. "
        f"[What the status words mean](../glossary.md#status).\n\n{listed}"
    )


def sources_page(library: Library, note: str) -> str:
    """Write the page of every source."""
    parts = [f"# Sources\n\n*For clinicians and developers.*\n\n{note.rstrip()}\n"]
    parts += [source_section(library.source(id)) for id in library.sources]
    return "\n".join(parts)


def source_section(source: Source) -> str:
    """Write what is known of one source."""
    told = [
        source.citation,
        f"Population: {source.population}",
        f"Read: {spoken(source.read)}, {source.date_read}",
        f"Seen through: {', '.join(source.read_in)}" if source.read_in else "",
        f"Licence: {source.licence}",
        f"Note: {source.note}" if source.note else "",
    ]
    return f"## {source.id}\n\n{bullets(filter(None, told))}"
