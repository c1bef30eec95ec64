"""Forms of plans."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from respite.clinic.treatments.plans.signature import meanings
from respite.domain import Regimen, RespiteError
from respite.domain import translate as _

PAST_DAYS, FUTURE_DAYS = 31, 366
"""How far from today a plan may begin; ours."""


def read_regimen(text: str) -> Regimen:
    """Read a regimen; what cannot be read is refused in the sentences of the library.

    Raises
    ------
    forms.ValidationError
        With what was found, expected, and what to try, each as a line.
    """
    try:
        return Regimen.parse(text)
    except RespiteError as fault:
        raise forms.ValidationError(list(fault_lines(fault))) from fault


def fault_lines(fault: RespiteError) -> tuple[str, str, str]:
    """Give the three sentences of a refusal."""
    return (
        clean(fault.found),
        _("Expected: {expected}").format(expected=clean(fault.expected)),
        _("Try: {remedy}").format(remedy=clean(fault.remedy)),
    )


def clean(text: str) -> str:
    """Leave out letters that no page and no table can hold."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


class RegimenField(forms.CharField):
    """A text area for the regimen language; its value is the canonical text."""

    def __init__(self, **told: Any) -> None:
        box = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"})
        super().__init__(widget=box, **told)
        # The language says itself what it cannot read, NUL bytes and all.
        self.validators = []

    def clean(self, value: Any) -> str:
        """Read the text and give it back as the language writes it."""
        text = str(value or "")
        if not text.strip() and not self.required:
            return ""
        return str(read_regimen(text))


class PlanForm(forms.Form):
    """A draft: what, from when, and why."""

    regimen = RegimenField()
    starts = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(required=False, max_length=300)
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regimen"].label = _("Regimen")
        self.fields["regimen"].help_text = _(
            "For example: ketamine 0.5 mg/kg iv over 40 min daily x10"
        )
        self.fields["starts"].label = _("First day")
        self.fields["starts"].help_text = _("May wait until the plan is signed.")
        self.fields["reason"].label = _("Why this plan")

    def clean_starts(self) -> date | None:
        """Refuse a first day too far away."""
        day = self.cleaned_data["starts"]
        today = timezone.localdate()
        if day is not None and not (
            today - timedelta(days=PAST_DAYS) <= day <= today + timedelta(days=FUTURE_DAYS)
        ):
            raise forms.ValidationError(
                _("The first day must lie within a year from now, and at most a month back.")
            )
        return day


class SignForm(forms.Form):
    """A signature; a reason is asked for each rule that is overruled."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    meaning = forms.ChoiceField(widget=forms.RadioSelect)
    open = forms.BooleanField(required=False)
    password = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, rules: list[str], open_rules: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meaning"].label = _("Meaning of your signature")
        self.fields["meaning"].choices = list(meanings().items())
        self.fields["password"].label = _("Your password, once more")
        self.fields["open"].label = _(
            "I have seen which rules that could say stop nobody can answer yet."
        )
        if not open_rules:
            del self.fields["open"]
        for rule in rules:
            self.fields[f"reason_{rule}"] = forms.CharField(
                max_length=300,
                label=_("Why {rule} is overruled").format(rule=rule),
                help_text=_("Your name stands beside it."),
            )

    @property
    def reasons(self) -> dict[str, str]:
        """Give the reasons by rule."""
        told = self.cleaned_data.items()
        return {
            name.removeprefix("reason_"): value
            for name, value in told
            if name.startswith("reason_")
        }


class EndForm(forms.Form):
    """Why a plan ends."""

    reason = forms.CharField(max_length=300, min_length=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why it ends")
