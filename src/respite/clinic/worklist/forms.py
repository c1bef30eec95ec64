"""Forms of the work-list: what somebody does with an item, and which items are asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from respite.clinic.patients.question_forms import DayInput
from respite.clinic.worklist.models import Act
from respite.clinic.worklist.reasons import Kind, Need
from respite.domain import translate as _
from respite.domain import translate_plural

PUT_OFF_DAYS = {Need.NOW: 1, Need.TODAY: 14, Need.WEEK: 90}
"""For how many days an item may be put off, by its need; ours."""

LONGEST = 300


class ActForm(forms.Form):
    """What somebody does with an item: done, put off until a day, taken, and back again."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=Act)

    def __init__(self, need: int, today: date, data: Any = None, **told: Any) -> None:
        """Make the fields.

        Parameters
        ----------
        need, today
            Of the item, and by the clock of the clinic.
        data, told
            What was sent, and whatever else a form takes.
        """
        super().__init__(data, **told)
        self.need, self.today = need, today
        self.most = PUT_OFF_DAYS[Need(need)]
        text = translate_plural("Tomorrow at the latest.", "In {n} days at the latest.", self.most)
        self.fields["until"] = forms.DateField(
            label=_("Put off until"),
            help_text=text.format(n=self.most),
            required=False,
            widget=DayInput(),
        )
        self.fields["because"] = forms.CharField(
            label=_("Because"),
            help_text=_("Why it may wait, or what was done about it."),
            max_length=LONGEST,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a day and a reason to put it off, and for what was done about what was urgent."""
        told = super().clean() or self.cleaned_data
        if told.get("act") != Act.PUT_OFF:
            is_silent = "because" not in self.errors and not told.get("because")
            if told.get("act") == Act.DONE and self.need == Need.NOW and is_silent:
                self.add_error("because", _("Say what was done about it."))
            return told | {"until": None}
        until = told.get("until")
        last = self.today + timedelta(days=self.most)
        if "until" not in self.errors and until is None:
            self.add_error("until", _("Say until which day."))
        elif until is not None and not self.today < until <= last:
            text = _("A day from {first} to {last}.")
            first = self.today + timedelta(days=1)
            self.add_error("until", text.format(first=first.isoformat(), last=last.isoformat()))
        if "because" not in self.errors and not told.get("because"):
            self.add_error("because", _("Say why it may wait."))
        return told


class ChooseForm(forms.Form):
    """Which items are asked for; what cannot be read is not asked for."""

    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in Kind], required=False)
    state = forms.ChoiceField(choices=[("put_off", ""), ("done", "")], required=False)
    mine = forms.BooleanField(required=False)

    def told(self) -> dict[str, Any]:
        """Give what can be read of it."""
        self.is_valid()
        read = self.cleaned_data
        return {
            "kind": read.get("kind", ""),
            "state": read.get("state", ""),
            "mine": bool(read.get("mine")),
        }
