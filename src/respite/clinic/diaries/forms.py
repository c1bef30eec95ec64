"""What a patient sends from the pages of the diary. Nothing is filled in beforehand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone

from respite.clinic.diaries.actions import Told
from respite.clinic.diaries.days import DAYS_BACK, day_at, offset_told
from respite.clinic.diaries.words import bladder_words, effect_words
from respite.domain import WORST_PAIN
from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.clinic.accounts.models import Clinic
    from respite.clinic.diaries.models import Entry

LONGEST_NOTE = 1000
SCORES = [(str(score), str(score)) for score in range(WORST_PAIN + 1)]
FARTHEST_MIN = 32_767
"""More than any clock; the database keeps no larger number."""


class ClockField(forms.IntegerField):
    """How far a phone's clock stands from UTC. What cannot be read was not told."""

    def __init__(self) -> None:
        """Hide the field."""
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> int | None:
        """Give the minutes, or ``None``: a phone that tells nonsense troubles nobody."""
        try:
            told = super().clean(value)
        except forms.ValidationError:
            return None
        return told if told is not None and abs(told) <= FARTHEST_MIN else None


class Sent(forms.Form):
    """What every post of the diary carries: a number of its own, so that it is kept once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def number(self) -> UUID:
        """Give that number."""
        return self.cleaned_data["client_id"]


class TapForm(Sent):
    """One tap: a score for now."""

    pain = forms.ChoiceField(choices=SCORES)
    offset_minutes = ClockField()

    def to_told(self) -> Told:
        """Give what was told."""
        return Told(pain=Decimal(self.cleaned_data["pain"]))


def day_that_may_be(day: date, told_min: int | None, clinic: Clinic) -> date:
    """Give a day for which an entry may be written, by the clock of the patient.

    Raises
    ------
    ValidationError
        Where it is to come, or too far back.
    """
    now = timezone.now()
    today = day_at(now, offset_told(told_min, clinic, now))
    if day > today:
        raise forms.ValidationError(
            _("That day has not come yet: where you are it is {today}.").format(today=today)
        )
    if day < today - timedelta(days=DAYS_BACK):
        raise forms.ValidationError(
            _("That is more than {n} days back. Please tell your clinic instead.").format(
                n=DAYS_BACK
            )
        )
    return day


class LateForm(Sent):
    """A score for an earlier day."""

    offset_minutes = ClockField()
    day_offset_minutes = ClockField()

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        """Ask for a day and a score."""
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        self.fields["day"] = forms.DateField(
            label=_("Which day?"),
            help_text=_("Today, or up to {n} days back.").format(n=DAYS_BACK),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("Please choose the day."),
                "invalid": _("This is no date. Write it as year-month-day, such as 2026-03-09."),
            },
        )
        self.fields["pain"] = _pain_field(_("How was your pain on that day?"))

    def clean_day(self) -> date:
        """Refuse days to come, and those too far back to remember."""
        told = self.cleaned_data.get("offset_minutes")
        return day_that_may_be(self.cleaned_data["day"], told, self.clinic)

    def to_told(self) -> Told:
        """Give what was told."""
        return Told(pain=Decimal(self.cleaned_data["pain"]))


class EntryForm(Sent):
    """Everything of one entry: its score, and what may be told beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the score, unwanted effects, the bladder and a note."""
        super().__init__(*args, **kwargs)
        self.fields["pain"] = _pain_field(_("Your pain"))
        self.fields["effects"] = forms.MultipleChoiceField(
            label=_("Did you feel any of these?"),
            help_text=_("Tick all that you felt."),
            required=False,
            choices=list(effect_words().items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _("One of the ticks is not on our list. Please tick again."),
                "invalid_list": _("One of the ticks is not on our list. Please tick again."),
            },
        )
        for name, words in bladder_words().items():
            self.fields[f"bladder_{name}"] = forms.ChoiceField(
                label=words,
                required=False,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Please answer yes or no, or leave it.")},
            )
        self.fields["note"] = forms.CharField(
            label=_("Anything else?"),
            help_text=_("Up to {n} letters. Your clinic reads it at your next visit.").format(
                n=LONGEST_NOTE
            ),
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "max_length": _(
                    "This note has %(show_value)d letters; there is room for %(limit_value)d."
                    " Nothing was cut: please shorten it."
                ),
                "null_characters_not_allowed": _("The note holds a sign that cannot be kept."),
            },
        )

    @classmethod
    def of(cls, entry: Entry, client_id: UUID) -> EntryForm:
        """Give the form as the entry stands."""
        scored = None if entry.pain is None else f"{entry.pain.normalize():f}"
        told = {"pain": scored, "effects": entry.effects, "note": entry.note}
        bladder = {f"bladder_{k}": "yes" if v else "no" for k, v in entry.bladder.items()}
        return cls(initial={"client_id": client_id, **told, **bladder})

    def bladder_fields(self) -> list[forms.BoundField]:
        """Give the questions of the bladder check."""
        return [self[f"bladder_{name}"] for name in bladder_words()]

    def to_told(self) -> Told:
        """Give what was told; a question that was left is not answered."""
        kept = self.cleaned_data
        answers = {name: kept[f"bladder_{name}"] for name in bladder_words()}
        return Told(
            pain=Decimal(kept["pain"]),
            effects=tuple(kept["effects"]),
            bladder={name: said == "yes" for name, said in answers.items() if said},
            note=kept["note"],
        )


def _pain_field(label: str) -> forms.ChoiceField:
    wrong = _("Please choose a number from 0 to 10.")
    return forms.ChoiceField(
        label=label,
        help_text=_("0 is no pain, 10 the worst you can imagine."),
        choices=SCORES,
        widget=forms.RadioSelect,
        error_messages={"required": wrong, "invalid_choice": wrong},
    )
