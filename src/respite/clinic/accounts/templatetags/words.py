"""Words on pages, and what is ticked: tags that every template knows.

``{% say "Signed by {name}" name=plan.signed_by %}`` writes a sentence of the catalogue of the
command line with its values escaped. ``{% tick choice %}`` writes one circle or box of a field,
and ``{% table_rows rows %}`` the rows of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.forms.boundfield import BoundWidget
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from respite.domain import translate as _

register = template.Library()


@register.simple_tag
def say(text: str, **values: object) -> SafeString:
    """Write a sentence of the catalogue with values put in."""
    return format_html(_(text), **values) if values else conditional_escape(_(text))


@register.simple_tag
def tick(choice: BoundWidget) -> SafeString:
    """Write the circle or box of one choice, as its field would.

    A field writes each by a template of its own, which takes most of the time of a page that has
    a hundred.
    """
    told = choice.data
    named = {"type": told["type"], "name": told["name"], "value": str(told["value"])}
    every = sorted((named | told["attrs"]).items())
    said = {k: v for k, v in every if v is not None and not isinstance(v, bool)}
    pairs = "".join(f' {name}="{{}}"' for name in said)
    marks = "".join(f" {name}" for name, value in every if value is True)
    return format_html(f"<input{pairs}{marks}>", *said.values())


@register.simple_tag
def table_rows(rows: Iterable[Sequence[str]], align: str = "text") -> SafeString:
    """Write rows that begin with a heading; in a template of their own, each cell takes longer.

    Parameters
    ----------
    rows
        The rows.
    align
        ``number`` where every column but the first stands to the right.
    """
    cell = '<td class="number">{}</td>' if align == "number" else "<td>{}</td>"
    lines = (
        format_html('<tr><th scope="row">{}</th>' + cell * (len(row) - 1) + "</tr>", *row)
        for row in rows
    )
    return format_html_join("", "{}", zip(lines))
