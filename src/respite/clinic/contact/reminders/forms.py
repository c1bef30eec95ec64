"""What is sent from the page of reminders, and what is written down of a call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from respite.clinic.contact.once import LongText, Once
from respite.clinic.contact.reminders.codes import DIGITS
from respite.clinic.contact.reminders.hours import HOURS
from respite.clinic.contact.reminders.models import Outcome
from respite.clinic.patients.question_forms import DayInput
from respite.domain import translate as _

PAUSES_DAYS = (3, 7, 14, 30)
"""How long a pause may be; ours."""

FARTHEST_AGAIN_DAYS = 60
"""How far ahead a call may be put off; ours."""

LONGEST_NOTE = 1000
USUAL_HOUR = 20


class AddressForm(forms.Form):
    """An e-mail address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address."),
            "invalid": _("This is no e-mail address. It looks like name@example.org."),
            "null_characters_not_allowed": _("The address holds a sign that cannot be kept."),
        },
    )

    def clean_email(self) -> str:
        """Write the part after the sign at in small letters, where capitals mean nothing."""
        name, _at, domain = self.cleaned_data["email"].rpartition("@")
        return f"{name}@{domain.lower()}"


class CodeForm(forms.Form):
    """The code that came by e-mail."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Eight digits; spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Take spaces and dashes out."""
        told = "".join(sign for sign in self.cleaned_data["code"] if sign not in " -\u00a0")
        if not (told.isascii() and told.isdigit() and len(told) == DIGITS):
            raise forms.ValidationError(_("A code has eight digits."))
        return told


class WishesForm(forms.Form):
    """At which hour a reminder comes, and whether messages are told of."""

    hour = forms.TypedChoiceField(
        label=_("One reminder a day"),
        help_text=_("Only on days on which you have written nothing."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("no reminder")), *((hour, f"{hour:02d}:00") for hour in HOURS)],
        error_messages={"invalid_choice": _("Please choose an hour from the list.")},
    )
    wants_messages = forms.BooleanField(
        label=_("Tell me when my clinic has written to me"), required=False
    )


class PauseForm(forms.Form):
    """For how long to be quiet."""

    days = forms.TypedChoiceField(
        label=_("Be quiet for"),
        coerce=int,
        choices=[(days, _("{n} days").format(n=days)) for days in PAUSES_DAYS],
        initial=7,
        error_messages={"invalid_choice": _("Please choose from the list.")},
    )


class CalendarForm(forms.Form):
    """At which hour a reminder comes in the patient's own calendar."""

    hour = forms.TypedChoiceField(
        label=_("At which hour"),
        choices=[(hour, f"{hour:02d}:00") for hour in HOURS],
        coerce=int,
        initial=USUAL_HOUR,
        error_messages={"invalid_choice": _("Please choose an hour from the list.")},
    )


class CallForm(Once):
    """What came of a call."""

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        """Ask for the outcome, a note and a day."""
        super().__init__(*args, auto_id="call_%s", **kwargs)
        self.today = today
        self.fields["outcome"] = forms.ChoiceField(
            label=_("What came of the call"),
            choices=Outcome.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please choose one.")},
        )
        self.fields["again_on"] = forms.DateField(
            label=_("Try again on"),
            help_text=_("Only where nobody was reached."),
            required=False,
            widget=DayInput(),
            error_messages={"invalid": _("This is no date. Write it as year-month-day.")},
        )
        self.fields["note"] = LongText(
            LONGEST_NOTE, 3, label=_("Note"), required=False,
            help_text=_("For colleagues. The patient does not see it here."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the day of another try, and for the note where one is spoken of."""
        told = super().clean() or {}
        outcome, again_on = told.get("outcome"), told.get("again_on")
        if outcome == Outcome.MISSED and "again_on" not in self.errors:
            last = self.today + timedelta(days=FARTHEST_AGAIN_DAYS)
            if again_on is None or not self.today < again_on <= last:
                words = _("Please choose a day from tomorrow on, within {n} days.")
                self.add_error("again_on", words.format(n=FARTHEST_AGAIN_DAYS))
        elif outcome:
            told["again_on"] = None
        if outcome == Outcome.NOTE and not told.get("note") and "note" not in self.errors:
            self.add_error("note", _("Please write the note."))
        return told
