"""Forms of questionnaires: their items where they may be shown, else only a total."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from respite.clinic.patients.forms import OnceField
from respite.clinic.patients.instruments import Instrument
from respite.clinic.patients.question_forms import DayInput
from respite.domain import translate as _

ITEM = "item_"
MOST_TIMES = 200
"""More times a day are a slip of the pen; ours."""


class ScoreForm(forms.Form):
    """A questionnaire that is filled in now, or a total that was worked out elsewhere.

    After it was found valid, ``answers`` holds the points by number of item, and ``total`` the
    total.
    """

    def __init__(
        self, instrument: Instrument, today: date, data: Mapping[str, Any] | None = None
    ) -> None:
        """Make a field for each item that may be shown; for others, one for the total."""
        super().__init__(data, initial={"on": today})
        self.instrument, self.today = instrument, today
        self.answers: dict[int, int] = {}
        self.total = Decimal(0)
        self.fields["client_id"] = OnceField()
        self.fields["on"] = forms.DateField(label=_("Filled in on"), widget=DayInput())
        if instrument.may_be_shown:
            for number, words in enumerate(instrument.items, start=1):
                self.fields[f"{ITEM}{number}"] = self._item(number, words)
            if instrument.extra:
                self.fields["extra"] = forms.IntegerField(
                    label=instrument.extra, min_value=0, max_value=MOST_TIMES, required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )  # fmt: skip
        else:
            self.fields["total"] = self._total()

    def items(self) -> list[BoundField]:
        """Give the fields of the items."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    def others(self) -> list[BoundField]:
        """Give every other field that is seen."""
        return [self[name] for name in ("extra", "total", "on") if name in self.fields]

    def _item(self, number: int, words: str) -> forms.ChoiceField:
        may_be_skipped = self.instrument.skip_when_first_is_zero and number > 1
        return forms.ChoiceField(
            label=words,
            choices=self.instrument.choices_of(number),
            widget=forms.RadioSelect,
            required=not may_be_skipped,
            error_messages={"required": _("This was not answered.")},
        )

    def _total(self) -> forms.DecimalField:
        one = self.instrument
        return forms.DecimalField(
            label=_("Total"), min_value=one.lowest, max_value=one.highest, max_digits=6,
            decimal_places=0 if one.whole else 2,
            help_text=_("From {lowest} to {highest}").format(
                lowest=one.lowest, highest=one.highest
            ),
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip

    def clean_on(self) -> date:
        """Refuse a day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        return on

    def clean(self) -> dict[str, Any]:
        """Add the answers up; one that is left out is refused."""
        cleaned = super().clean() or self.cleaned_data
        if not self.instrument.may_be_shown:
            self.total = cleaned.get("total") or Decimal(0)
            return cleaned
        told = {
            int(name.removeprefix(ITEM)): int(value)
            for name, value in cleaned.items()
            if name.startswith(ITEM) and value != ""
        }
        if self.instrument.skip_when_first_is_zero and told.get(1):
            for number in range(2, len(self.instrument.items) + 1):
                name = f"{ITEM}{number}"
                if number not in told and name not in self.errors:
                    self.add_error(name, _("This was not answered."))
        self.answers = told
        self.total = self.instrument.total_of(told)
        return cleaned

    def kept_answers(self) -> dict[str, int]:
        """Give the answers as they are kept."""
        kept = {str(number): points for number, points in self.answers.items()}
        extra = self.cleaned_data.get("extra")
        return kept if extra is None else {**kept, "extra": extra}
