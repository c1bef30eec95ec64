"""Forms of exports and of consent."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from respite.domain import translate as _


class ExportForm(forms.Form):
    """The password once more, before data leave the clinic."""

    password = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Your password, once more")
        self.fields["password"].help_text = _("So that nobody takes data out in your name.")


class ConsentForm(forms.Form):
    """Whether a patient agrees to research."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    agrees = forms.TypedChoiceField(
        choices=(("yes", "yes"), ("no", "no")),
        coerce=lambda word: word == "yes",
        widget=forms.HiddenInput,
    )


def new_consent(*, agrees: bool) -> ConsentForm:
    """Make the form by which somebody agrees, or takes it back; it is kept once."""
    told = {"client_id": uuid.uuid4(), "agrees": "yes" if agrees else "no"}
    return ConsentForm(initial=told, auto_id=False)
