"""What a tag writes is what a field or template would write, and nothing in it runs."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test.html import parse_html
from hypothesis import given
from hypothesis import strategies as st

from respite.clinic.accounts.templatetags.words import table_rows, tick

TEXT = st.text(max_size=20)


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@given(st.dictionaries(TEXT, TEXT, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_it_is_what_the_field_writes(widget, offered, is_chosen, is_disabled):
    kind = forms.MultipleChoiceField if widget.allow_multiple_selected else forms.ChoiceField

    class Asked(forms.Form):
        pain = kind(
            choices=list(offered.items()), widget=widget, required=False, disabled=is_disabled
        )

    chosen = next(iter(offered))
    told = [chosen] if widget.allow_multiple_selected else chosen
    form = Asked({"pain": told} if is_chosen else None, initial={"pain": told})
    for choice in form["pain"]:
        assert parse_html(tick(choice)) == parse_html(choice.tag())


ROWS = Template(
    "{% for row in rows %}<tr>{% for cell in row %}"
    '{% if forloop.first %}<th scope="row">{{ cell }}</th>'
    '{% else %}<td{% if align == "number" %} class="number"{% endif %}>{{ cell }}</td>{% endif %}'
    "{% endfor %}</tr>{% endfor %}"
)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4)), st.sampled_from(["text", "number"]))
def test_rows_are_what_a_template_writes(rows, align):
    assert table_rows(rows, align) == ROWS.render(Context({"rows": rows, "align": align}))
