"""The library as pages of text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report.citations import bibtex, citation
from respite.report.layout import Page
from respite.report.library import STATUSES, model_rows, named_numbers
from respite.report.numerals import brief
from respite.report.phrases import as_sentence, spoken
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.literature import (
        CovariateEffect,
        Finding,
        Ingredient,
        Library,
        Model,
        Parameter,
        Source,
        Spread,
    )
    from respite.population import AnchorResult


def models_text(library: Library, *, page: Page) -> str:
    """List every model: what it describes, where blood was drawn, how sure its numbers are."""
    rows = model_rows(library)
    count = translate_plural("{n} model", "{n} models", len(rows)).format(n=len(rows))
    blocks = [page.heading(count), *(_listed(row, page) for row in rows)]
    more = _("Every number of one model, with its source: respite models show NAME")
    digest = _("Library {digest}").format(digest=library.digest()[:12])
    return "\n\n".join([*blocks, page.paragraph(more), digest]) + "\n"


def _listed(row: Mapping[str, Any], page: Page) -> str:
    counts = [f"{row[status]} {status}" for status in STATUSES if row[status]]
    about = "; ".join(
        [
            ", ".join(filter(None, (spoken(row["kind"]), row["site"]))),
            _("read as {read}").format(read=spoken(row["read"])),
            _("numbers: {counts}").format(counts=listed(counts) or _("none of its own")),
        ]
    )
    lines = (page.paragraph(as_sentence(text), "  ") for text in (row["title"], about))
    return "\n".join([page.heading(row["id"]), *lines])


def model_text(library: Library, name: str, *, page: Page) -> str:
    """Show one model: every number with its unit, spread, status, source and place."""
    model = library.assembled(name)
    asked = [
        (_("Kind"), spoken(model.kind)),
        (_("Role"), as_sentence(spoken(model.role))),
        (_("Read"), spoken(model.read)),
        (_("Site"), model.sampling.site if model.sampling else "-"),
    ]
    blocks = [
        f"{page.heading(model.id)}\n{page.paragraph(as_sentence(model.title))}",
        "\n".join(page.labelled(label, text) for label, text in asked),
        "\n".join([page.heading(_("Numbers")), *_numbers(model, page)]),
        _limits(model, page),
        "\n".join(
            [
                page.heading(_("Sources")),
                *(page.item(f"[{key}] {citation(library.source(key))}") for key in model.sources()),
            ]
        ),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _numbers(model: Model, page: Page) -> list[str]:
    """Write every number of a model, with the condition it belongs to, if any."""
    effects = (
        (
            _("{parameter} by {covariate} ({form})").format(
                parameter=effect.parameter, covariate=effect.covariate, form=effect.form
            ),
            f"{effect.value:g} {effect.unit}",
            effect,
        )
        for effect in model.covariate_effects
    )
    numbers = (
        (name, f"{number.printed}{_spreads(number)}", number)
        for name, number in named_numbers(model)
    )
    return [
        line
        for name, value, entry in (*numbers, *effects)
        for line in (
            page.item(f"{spoken(name)}: {value}"),
            page.paragraph(_origin(model, entry), "      "),
        )
    ]


def _spreads(number: Parameter) -> str:
    spreads = (
        (_("standard error"), number.typical.standard_error),
        (_("between people"), number.between_patients),
        (_("between studies"), number.between_studies),
        (_("between occasions"), number.between_occasions),
    )
    return "".join(
        f"; {words} {spread_words(spread)}" for words, spread in spreads if spread is not None
    )


def spread_words(spread: Spread) -> str:
    """Say a spread as it was printed."""
    if spread.from_ is not None and spread.to is not None:
        return f"{spread.from_:g} to {spread.to:g} ({spoken(spread.kind)})"
    if spread.value is None:
        return spoken(spread.kind)
    if spread.kind in {"cv_percent", "standard_error_percent"}:
        return f"{spread.value:g}%"
    return f"{spread.value:g} ({spoken(spread.kind)})"


def _origin(model: Model, number: Parameter | CovariateEffect) -> str:
    place = [number.source or model.source, number.at]
    read = number.read or model.read
    text = _("{status}: {place}; read as {read}").format(
        status=number.status, place=", ".join(filter(None, place)), read=spoken(read)
    )
    if number.status == "assumed":
        text = _("ASSUMED")
    said = as_sentence(f"{text}: {number.because}" if number.because else text)
    return " ".join([said, *_made_from(number)])


def _made_from(number: Parameter | CovariateEffect) -> list[str]:
    """Say what a derived number is computed from, and what a fitted one was fitted to."""
    from respite.literature import Parameter

    if not isinstance(number, Parameter):
        return []
    said: list[str] = []
    if number.rule is not None:
        recipe = _("{rule} of {parts}").format(
            rule=spoken(number.rule), parts="; ".join(_ingredient(part) for part in number.from_)
        )
        said.append(as_sentence(recipe))
    if number.calibrated_to:
        fitted = _("Fitted to {rows}, by {script}").format(
            rows="; ".join(number.calibrated_to), script=number.script
        )
        said.append(as_sentence(fitted))
    return said


def _ingredient(part: Ingredient) -> str:
    """Say one thing that a derived number is computed from, with its source."""
    if part.rule is not None:
        parts = "; ".join(_ingredient(inner) for inner in part.from_)
        said = _("{rule} of {parts}").format(rule=spoken(part.rule), parts=f"[{parts}]")
    elif part.of:
        said = part.of
    else:
        said = f"{part.value:g} {part.unit}"
    place = ", ".join(filter(None, [part.source, part.at]))
    return f"{said} ({place})" if place else said


def _limits(model: Model, page: Page) -> str:
    notes = [
        *(_("Not reported: {what}").format(what=spoken(what)) for what in model.not_reported),
        *(_("Known problem: {what}").format(what=what) for what in model.known_problems),
    ]
    lines = [page.item(as_sentence(note)) for note in notes]
    return "\n".join([page.heading(_("What to mind")), *lines]) if lines else ""


def check_text(findings: Sequence[Finding], anchors: Sequence[AnchorResult], *, page: Page) -> str:
    """Say which checks the library passes, and how near each model comes to its own paper."""
    met = sum(anchor.met for anchor in anchors)
    lines = [page.item(f"✗ {found.file}, {found.rule}: {found.message}") for found in findings]
    sound = _("Every file keeps every rule of the library.")
    broken = translate_plural("{n} rule is broken.", "{n} rules are broken.", len(findings)).format(
        n=len(findings)
    )
    head = _("{met} of {all} facts that models must reproduce are met.").format(
        met=met, all=len(anchors)
    )
    table = Table(
        caption=head,
        head=("", _("model"), _("what"), _("expected"), _("got"), _("within")),
        rows=tuple(
            (
                "✓" if anchor.met else "✗",
                anchor.model,
                anchor.what,
                f"{brief(anchor.expected)} {anchor.unit}",
                brief(anchor.got),
                f"{brief(anchor.within_percent)}%",
            )
            for anchor in anchors
        ),
        align="text",
    )
    first = "\n".join([page.paragraph(broken if findings else f"✓ {sound}"), *lines])
    return f"{first}\n\n{page.table(table) if anchors else head}\n"


def cite_text(sources: Sequence[Source], *, page: Page) -> str:
    """Cite sources in words and as BibTeX."""
    blocks = [f"{page.paragraph(citation(source))}\n\n{bibtex(source)}" for source in sources]
    return "\n\n".join(blocks) + "\n"
