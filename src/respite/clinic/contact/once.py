"""What forms of this app share: a number of their own, and long text of which nothing is cut."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator

from respite.domain import translate as _


class Once(forms.Form):
    """A form that is kept once, however often it is sent."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def number(self) -> UUID:
        """Give its number."""
        return self.cleaned_data["client_id"]


class LongText(forms.CharField):
    """Text of several lines. What is too long is said and kept, where a browser would cut it."""

    def __init__(self, most: int, rows: int, **told: Any) -> None:
        """Set how much there is room for, without telling the browser."""
        too_long = _(
            "This has %(show_value)d letters; there is room for %(limit_value)d."
            " Nothing was cut: please shorten it."
        )
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
            validators=[MaxLengthValidator(most, too_long)],
            **told,
        )
        self.error_messages["null_characters_not_allowed"] = _(
            "The text holds a sign that cannot be kept."
        )

    def to_python(self, value: Any) -> str:
        """Count a new line as one sign, as people do."""
        told = super().to_python(value)
        return (told or "").replace("\r\n", "\n")
