"""What a patient sends to report an unwanted effect: short, in plain words."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from respite.clinic.diaries.words import bladder_words, effect_words
from respite.clinic.events.forms import (
    LONGEST_WORDS,
    date_words,
    refuse_tomorrow,
    too_long,
)
from respite.clinic.events.words import TERMS_OF_DIARY, cares
from respite.domain import translate as _

WHERE_IT_IS = {"ongoing": True, "ended": False}


class OwnReportForm(forms.Form):
    """What happened, since when, and whether there was help."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask; only one of ticks and words is needed."""
        super().__init__(*args, **kwargs)
        self.fields["effects"] = _ticks(_("What did you feel?"), effect_words())
        self.fields["bladder"] = _ticks(_("Your bladder"), bladder_words())
        self.fields["words"] = forms.CharField(
            label=_("What happened, in your own words?"),
            help_text=_("Up to {n} letters.").format(n=LONGEST_WORDS),
            required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}),
            error_messages=too_long(),
        )  # fmt: skip
        self.fields["began"] = forms.DateField(
            label=_("When did it begin?"), help_text=_("Leave it empty if you do not know."),
            required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages=date_words(),
        )  # fmt: skip
        self.fields["course"] = _choice(
            _("Is it still there?"), {"ongoing": _("Yes"), "ended": _("No, it has gone")}
        )
        self.fields["care"] = _choice(_("Did you need help for it?"), cares())

    def clean_began(self) -> date | None:
        """Refuse a day to come."""
        return refuse_tomorrow(self.cleaned_data["began"])

    def clean(self) -> dict[str, Any]:
        """Refuse a report that says nothing."""
        told = super().clean() or self.cleaned_data
        asked = ("effects", "bladder", "words")
        if not any(told.get(name) for name in asked) and not self.errors:
            self.add_error("words", _("Please tick what you felt, or write what happened."))
        return told

    def told(self) -> dict[str, Any]:
        """Give what was told, by field of an unwanted effect."""
        kept = self.cleaned_data
        ticked = [*kept["effects"], *kept["bladder"]]
        return {
            "words": kept["words"],
            "terms": list(dict.fromkeys(TERMS_OF_DIARY[one] for one in ticked)),
            "told": {
                "effects": kept["effects"],
                "bladder": dict.fromkeys(kept["bladder"], True),
                "care": kept["care"],
            },
            "began": kept["began"],
            "is_ongoing": WHERE_IT_IS.get(kept["course"]),
            "reporter": "patient",
        }


def _choice(label: str, choices: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=list(choices.items()), widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose one of these, or leave it.")},
    )  # fmt: skip


def _ticks(label: str, choices: dict[str, str]) -> forms.MultipleChoiceField:
    not_ours = _("One of the ticks is not on our list. Please tick again.")
    return forms.MultipleChoiceField(
        label=label, required=False, choices=list(choices.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": not_ours, "invalid_list": not_ours},
    )  # fmt: skip
