"""Forms of letters: what a clinician may write, and the signature."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from respite.clinic.events.forms import day_field, text_field
from respite.clinic.letters.signature import meanings
from respite.domain import translate as _

LONGEST_REMARKS = 800
"""Letters of remarks that leave the letter on one page; ours."""

FARTHEST_DAYS = 731
"""How far ahead a next visit may lie; ours."""

FIXED = frozenset({"short"})
"""Parts that no letter goes without."""


class LetterForm(forms.Form):
    """To whom, what is left out, and remarks; what comes from the record is nobody's to edit."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = text_field(_("Name of the GP"), most=120, rows=1)
        name.required = True
        name.error_messages["required"] = _("Say to whom the letter goes.")
        self.fields["to_name"] = name
        self.fields["to_practice"] = text_field(_("Practice"), most=120, rows=1)
        self.fields["to_address"] = text_field(_("Address"), most=300, rows=3)
        self.fields["next_visit"] = day_field(
            _("Next visit"), _("As the plan has it; change it where another day is agreed.")
        )
        self.fields["remarks"] = text_field(
            _("Your remarks"),
            _("Yours alone, and marked so. Up to {n} letters, so that the letter stays one page.")
            .format(n=LONGEST_REMARKS),
            most=LONGEST_REMARKS, rows=5,
        )  # fmt: skip
        self.fields["left_out"] = forms.MultipleChoiceField(
            label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one["key"], one["heading"]) for one in parts if one["key"] not in FIXED],
            error_messages={"invalid_choice": _("There is no such part.")},
        )  # fmt: skip

    def clean_next_visit(self) -> date | None:
        """Refuse a day that has passed, or lies years ahead."""
        day = self.cleaned_data["next_visit"]
        today = timezone.localdate()
        if day is not None and not today <= day <= today + timedelta(days=FARTHEST_DAYS):
            raise forms.ValidationError(
                _("The next visit must lie between today and two years from now.")
            )
        return day

    def told(self) -> dict[str, Any]:
        """Give what was told, by field of a letter."""
        names = ("to_name", "to_practice", "to_address", "next_visit", "remarks", "left_out")
        return {name: self.cleaned_data[name] for name in names}


class SignForm(forms.Form):
    """A signature."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    meaning = forms.ChoiceField(widget=forms.RadioSelect)
    password = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meaning"].label = _("Meaning of your signature")
        self.fields["meaning"].choices = list(meanings().items())
        self.fields["password"].label = _("Your password, once more")
