"""Beside each claim, a link to where it comes from.

``{% marks origins %}`` writes the links; ``{% marks origins "status" %}`` says beside them how the
claim is known, where there is more to say than its sources do. Clinicians also read at each link
how the source was seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from respite.report import Origin, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def marks(context: dict[str, Any], origins: Iterable[Origin], status: str = "") -> SafeString:
    """Write a link for each source of a claim, and how it is known."""
    page, is_full = reverse("knowledge:sources"), context.get("face") == "clinicians"
    links = format_html_join(
        " ",
        '<a href="{}#{}" aria-label="{}">[{}]</a>',
        ((page, one.anchor, _spoken(one), _shown(one, is_full=is_full)) for one in origins),
    )
    known = format_html(' <span class="known">{}</span>', status) if status else ""
    if not links and not known:
        return SafeString("")
    return format_html(' <span class="origins">{}{}</span>', links, known)


def _shown(origin: Origin, *, is_full: bool) -> str:
    mark = mark_of(origin)
    if origin.kind == "mark":
        return mark.known
    return f"{mark.label}, {mark.known}" if is_full and origin.kind == "source" else mark.label


def _spoken(origin: Origin) -> str:
    """Name a link for those who hear it; what is seen of it comes first."""
    mark = mark_of(origin)
    if origin.kind == "mark":
        return f"[{mark.known}]"
    return f"[{mark.label}, {mark.known}] {mark.citation}"
