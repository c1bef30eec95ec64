"""Forms about a patient: who it is, medicines, tried treatments, search, emergency."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from respite.clinic.patients.models import DAYS_A_YEAR, Outcome
from respite.clinic.patients.question_forms import DayInput
from respite.clinic.patients.words import (
    condition_words,
    liver_words,
    sex_words,
    threshold_words,
)
from respite.domain import Patient, RespiteError
from respite.domain import translate as _

FACT_OF = {
    "sex": "sex",
    "weight_kg": "weight",
    "height_cm": "height",
    "condition": "condition",
    "usual_pain": "baseline_pain",
    "liver": "liver",
    "egfr": "egfr",
    "cyp2b6": "cyp2b6",
    "opioid_mg": "daily_opioid_mg",
}
"""Fields of the record, with the fact about a patient that each holds."""

PHONE = r"^\+?(?:[ ()/.-]*[0-9]){3,}[ ()/.-]*\Z"
"""What is a telephone number."""

OLDEST_YEARS = 120
FEWEST_WORDS = 3
"""A reason with fewer words says nothing; ours."""


def _decimal(label: str, help_text: str, digits: int, places: int = 1) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, max_digits=digits, decimal_places=places,
        required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("not known")), *choices], required=False)


class PatientForm(forms.Form):
    """Who a patient is, and what stands in the record itself. What is left empty is unknown."""

    def __init__(
        self,
        today: date,
        is_taken: Callable[[str], bool],
        data: Mapping[str, Any] | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Make the fields.

        Parameters
        ----------
        today
            The day by the clock of the clinic.
        is_taken
            Says whether another patient of the clinic has a number.
        data, initial
            What was sent, and what stands there.
        """
        super().__init__(data, initial=initial)
        self.today, self.is_taken = today, is_taken
        self.fields |= {
            "name": forms.CharField(
                label=_("Name"), max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            ),
            "number": forms.CharField(
                label=_("Number"), max_length=40, required=False,
                help_text=_("The number of this clinic's files, if there is one."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            ),
            "phone": forms.CharField(
                label=_("Phone"), max_length=40, required=False,
                help_text=_("Where the clinic calls, such as +31 6 1234 5678."),
                validators=[RegexValidator(PHONE, _("Digits, and + ( ) / . - beside them."))],
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
            ),
            "born": forms.DateField(label=_("Born on"), widget=DayInput()),
            "sex": _choice(_("Sex"), sex_words()),
            "condition": _choice(_("What is treated"), condition_words()),
            "pain_since": forms.DateField(
                label=_("Pain since"), widget=DayInput(), required=False,
                help_text=_("About is enough: the first day of a month or year will do."),
            ),
            "usual_pain": _decimal(_("Usual pain"), _("0 to 10, without ketamine"), 4),
            "threshold": forms.ChoiceField(
                label=_("What counts as relief"), choices=threshold_words()
            ),
            "weight_kg": _decimal(_("Weight"), _("in kg"), 5),
            "height_cm": _decimal(_("Height"), _("in cm"), 5),
            "liver": _choice(_("Liver"), liver_words()),
            "egfr": _decimal(_("Kidney function (eGFR)"), _("in mL/min per 1.73 m²"), 5),
            "opioid_mg": _decimal(
                _("Opioids a day"), _("in mg of oral morphine; 0 where none are taken"), 6
            ),
            "cyp2b6": forms.CharField(
                label=_("CYP2B6 genotype"), max_length=12, required=False,
                help_text=_("If it was ever tested, such as *1/*6."),
            ),
        }  # fmt: skip

    def clean_number(self) -> str:
        """Refuse a number that another patient has."""
        number: str = self.cleaned_data["number"]
        if number and self.is_taken(number):
            raise forms.ValidationError(_("Another patient of this clinic has this number."))
        return number

    def clean_born(self) -> date:
        """Refuse a birth to come, or one that is too long ago."""
        born: date = self.cleaned_data["born"]
        if born > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        if (self.today - born).days > OLDEST_YEARS * DAYS_A_YEAR:
            raise forms.ValidationError(_("This is too long ago: check the year."))
        return born

    def clean_pain_since(self) -> date | None:
        """Refuse pain that begins in the future."""
        since: date | None = self.cleaned_data["pain_since"]
        if since is not None and since > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        return since

    def clean(self) -> dict[str, Any]:
        """Hold every fact against what is possible, alone and then together."""
        cleaned = super().clean() or self.cleaned_data
        for field, fact in FACT_OF.items():
            value = cleaned.get(field)
            if value in (None, ""):
                continue
            try:
                kept = Patient.from_mapping({fact: _plain(value)})
            except RespiteError as fault:
                self.add_error(field, str(fault))
            else:
                if field == "cyp2b6":
                    cleaned[field] = str(kept.cyp2b6)
        born, since = cleaned.get("born"), cleaned.get("pain_since")
        if born and since and since < born:
            self.add_error("pain_since", _("This is before the patient was born."))
        if not self.errors:
            try:
                Patient.from_mapping(self._together(cleaned))
            except RespiteError as fault:
                self.add_error(None, str(fault))
        return cleaned

    def _together(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Give the facts that must fit one person."""
        told = {fact: cleaned[f] for f, fact in FACT_OF.items() if cleaned[f] not in (None, "")}
        told = {fact: _plain(value) for fact, value in told.items()}
        told["age"] = (self.today - cleaned["born"]).days / DAYS_A_YEAR
        if cleaned["pain_since"]:
            told["pain_years"] = (self.today - cleaned["pain_since"]).days / DAYS_A_YEAR
        return told


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


class OnceField(forms.UUIDField):
    """A number that is made where a form is shown, so that the form is kept once."""

    def __init__(self) -> None:
        """Hide it."""
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class MedicineForm(forms.Form):
    """A medicine that is taken beside ketamine."""

    def __init__(self, today: date, data: Mapping[str, Any] | None = None) -> None:
        """Make the fields."""
        super().__init__(data, auto_id="medicine_%s")
        self.today = today
        self.fields |= {
            "client_id": OnceField(),
            "name": forms.CharField(
                label=_("Medicine"), max_length=80,
                help_text=_("The generic name, such as duloxetine; brands may not be known."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            ),
            "dose": forms.CharField(
                label=_("Dose"), max_length=80, required=False,
                help_text=_("As it is written, such as 60 mg in the morning."),
            ),
            "since": forms.DateField(label=_("Taken since"), widget=DayInput(), required=False),
        }  # fmt: skip

    def clean_name(self) -> str:
        """Refuse what cannot be the name of a medicine."""
        name: str = self.cleaned_data["name"]
        try:
            Patient.from_mapping({"medicines": [name]})
        except RespiteError as fault:
            raise forms.ValidationError(str(fault)) from None
        return name

    def clean_since(self) -> date | None:
        """Refuse a day to come."""
        since: date | None = self.cleaned_data["since"]
        if since is not None and since > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        return since


class TriedForm(forms.Form):
    """A treatment that was tried before."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Make the fields."""
        super().__init__(data, auto_id="tried_%s")
        self.fields |= {
            "client_id": OnceField(),
            "name": forms.CharField(label=_("Treatment"), max_length=80),
            "outcome": forms.ChoiceField(
                label=_("What it did"), choices=Outcome.choices, widget=forms.RadioSelect
            ),
            "note": forms.CharField(label=_("Note"), max_length=200, required=False),
        }


class SearchForm(forms.Form):
    """Words to search the list of patients for."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Make the one field."""
        super().__init__(data)
        self.fields["words"] = forms.CharField(
            label=_("Name or number"), max_length=200, required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        )  # fmt: skip


class EmergencyForm(forms.Form):
    """Which patient of another clinic, and why."""

    def __init__(
        self, clinics: list[tuple[int, str]], data: Mapping[str, Any] | None = None
    ) -> None:
        """Make the fields."""
        super().__init__(data)
        self.fields |= {
            "clinic": forms.TypedChoiceField(
                label=_("Clinic of the patient"), coerce=int,
                choices=[("", _("choose a clinic")), *clinics],
            ),
            "number": forms.CharField(
                label=_("Number of the patient there"), max_length=40,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            ),
            "reason": forms.CharField(
                label=_("Why the record is needed now"), max_length=300,
                help_text=_("In a few words. The clinic of the patient reads it."),
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }  # fmt: skip

    def clean_reason(self) -> str:
        """Refuse a reason that says nothing."""
        reason = " ".join(self.cleaned_data["reason"].split())
        if len(reason.split()) < FEWEST_WORDS:
            raise forms.ValidationError(_("Write the reason in at least three words."))
        return reason


def labelled(form: forms.Form, values: Mapping[str, Any]) -> dict[str, str]:
    """Give values by the labels of their fields, each in the words of its choices."""
    shown: dict[str, str] = {}
    for name, value in values.items():
        field = form.fields.get(name)
        if field is None:
            continue
        choices = dict(getattr(field, "choices", ()))
        shown[str(field.label)] = str(choices.get(value, "" if value is None else value))
    return shown
