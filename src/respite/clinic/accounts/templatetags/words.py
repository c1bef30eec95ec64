"""Words on pages: every sentence goes through the catalogue of the command line.

``{% say "Signed by {name}" name=plan.signed_by %}`` writes a sentence with its values escaped.
"""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from respite.domain import translate as _

register = template.Library()


@register.simple_tag
def say(text: str, **values: object) -> SafeString:
    """Write a sentence of the catalogue with values put in."""
    return format_html(_(text), **values) if values else conditional_escape(_(text))
