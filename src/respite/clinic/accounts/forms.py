"""Forms of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from respite.clinic.accounts.models import STAFF, Clinic, Role, User
from respite.clinic.accounts.queries import is_taken
from respite.domain import translate as _


class JoinForm(forms.Form):
    """A login and a password for a new account."""

    username = forms.CharField(
        label=_("Login"),
        help_text=_("Letters and digits; not your name, if you would rather not."),
        min_length=3,
        max_length=40,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", _("Letters, digits, dots and dashes."))],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least twelve signs: a few words are good."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """Refuse a login that somebody has."""
        told = self.cleaned_data["username"]
        if is_taken(told):
            raise forms.ValidationError(_("Somebody has this login. Choose another."))
        return told

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password, and one that was mistyped."""
        told = super().clean() or {}
        password, again = told.get("password"), told.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two differ. Type the same password twice."))
        if password:
            try:
                validate_password(password, User(username=told.get("username", "")))
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return told


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    full_name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(
        label=_("Role"), choices=[(one.value, one.label) for one in Role if one in STAFF]
    )


class ClinicForm(forms.ModelForm[Clinic]):
    """How a clinic is reached, and the limits it sets."""

    class Meta:
        """Every field but the time zone, which sessions on record rest on."""

        model = Clinic
        fields = (
            "name", "phone", "urgent_phone", "systolic_highest", "diastolic_highest",
            "pulse_highest", "pulse_lowest", "saturation_lowest", "breaths_lowest",
            "reply_hours", "silent_days", "fading_days", "visit_days",
        )  # fmt: skip
        labels = {
            "name": _("Name of the clinic"),
            "phone": _("Phone"),
            "urgent_phone": _("Phone in an emergency"),
            "systolic_highest": _("Highest systolic pressure [mmHg]"),
            "diastolic_highest": _("Highest diastolic pressure [mmHg]"),
            "pulse_highest": _("Highest pulse [1/min]"),
            "pulse_lowest": _("Lowest pulse [1/min]"),
            "saturation_lowest": _("Lowest oxygen saturation [%]"),
            "breaths_lowest": _("Fewest breaths [1/min]"),
            "reply_hours": _("Hours within which a message is answered"),
            "silent_days": _("Days without an entry after which a patient counts as silent"),
            "fading_days": _("Days ahead for which a return of pain is looked for"),
            "visit_days": _("Longest time between two visits [days]"),
        }
