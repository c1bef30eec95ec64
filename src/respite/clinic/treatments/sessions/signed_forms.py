"""Answers of checklists, and what is written in a session with a signature."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from respite.clinic.treatments.sessions.checklist import Asked
from respite.clinic.treatments.sessions.checks import kind_of
from respite.clinic.treatments.sessions.flowsheet import PAIN_AFTER, PAIN_BEFORE, WEIGHT
from respite.clinic.treatments.sessions.forms import LineForm, severities, ways_of
from respite.domain import translate as _

OWN_BOUNDS = {WEIGHT: (2, 400), PAIN_BEFORE: (0, 10), PAIN_AFTER: (0, 10)}
"""Outside, a number is a slip of the keyboard; ours."""

PASSWORD = {"autocomplete": "off"}


class AnswerForm(LineForm):
    """The answer to one question of a checklist."""

    def __init__(self, data: Any = None, *, asked: Asked, **more: Any) -> None:
        """Make the form of one question."""
        self.asked = asked
        super().__init__(data, **more)

    def prepare(self) -> None:
        """Make the field that the question needs."""
        asked = self.asked
        if asked.type == "number":
            kind = kind_of(asked.fact)
            own = OWN_BOUNDS.get(asked.fact, (None, None))
            lowest, highest = (kind.lowest, kind.highest) if kind else own
            self.fields["told"] = forms.DecimalField(
                max_digits=9, decimal_places=1 if kind is None or not kind.whole else 0,
                min_value=None if lowest is None else Decimal(str(lowest)),
                max_value=None if highest is None else Decimal(str(highest)),
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )  # fmt: skip
        else:
            yes_no = (("yes", _("yes")), ("no", _("no")))
            choices = (("", _("choose")), *asked.choices) if asked.choices else yes_no
            self.fields["told"] = forms.ChoiceField(choices=choices)
        self.fields["told"].label = asked.ask

    def told(self) -> dict[str, Any]:
        """Give the answer as the rules read it."""
        asked, value = self.asked, self.cleaned_data["told"]
        if asked.type == "yes_no":
            value = value == "yes"
        elif asked.type == "number" and asked.fact.startswith("own."):
            value = f"{value.normalize():f}"
        elif asked.type == "number":
            plain = int(value) if value == int(value) else float(value)
            value = f"{plain} {asked.unit}" if asked.unit else plain
        return {"fact": asked.fact, "told": value}

    @staticmethod
    def written(data: Mapping[str, Any]) -> dict[str, Any]:
        """Give the field of a line."""
        told = data.get("told")
        if isinstance(told, bool):
            return {"told": "yes" if told else "no"}
        return {"told": str(told).split(" ")[0]}


class TickForm(LineForm):
    """A tick beside a caution."""

    rule = forms.CharField(max_length=40, widget=forms.HiddenInput)


class OverruleForm(LineForm):
    """The signature of a clinician for going on all the same."""

    reason = forms.CharField(max_length=300)
    signer = forms.CharField(max_length=150, widget=forms.TextInput(attrs=PASSWORD))
    signer_password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs=PASSWORD)
    )

    def prepare(self) -> None:
        """Name the fields."""
        self.fields["reason"].label = _("Why going on is right for this patient today")
        self.fields["signer"].label = _("User name of the clinician")
        self.fields["signer_password"].label = _("Password of the clinician")

    def told(self) -> dict[str, Any]:
        """Give the reason."""
        return {"reason": self.cleaned_data["reason"]}


class AmountsForm(LineForm):
    """What was drawn up, given and wasted, with the signatures of two people."""

    drug = forms.ChoiceField()
    lot = forms.CharField(max_length=60)
    drawn = forms.DecimalField(max_digits=9, decimal_places=3, min_value=Decimal(0))
    given = forms.DecimalField(max_digits=9, decimal_places=3, min_value=Decimal(0))
    wasted = forms.DecimalField(max_digits=9, decimal_places=3, min_value=Decimal(0))
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs=PASSWORD)
    )
    signer = forms.CharField(max_length=150, widget=forms.TextInput(attrs=PASSWORD))
    signer_password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs=PASSWORD)
    )

    def prepare(self) -> None:
        """Name the fields."""
        drugs = dict.fromkeys(value.split(" ")[0] for value, _label in ways_of(self.session))
        self.fields["drug"].choices = [(one, one) for one in drugs]  # pyright: ignore[reportAttributeAccessIssue]
        labels = {
            "drug": _("Drug"),
            "lot": _("Lot number"),
            "drawn": _("Drawn up (mg)"),
            "given": _("Given (mg)"),
            "wasted": _("Wasted (mg)"),
            "password": _("Your password"),
            "signer": _("User name of the second person"),
            "signer_password": _("Password of the second person"),
        }
        for name, label in labels.items():
            self.fields[name].label = label

    def clean(self) -> dict[str, Any]:
        """Refuse amounts that do not add up."""
        told = super().clean()
        drawn, given, wasted = (told.get(name) for name in ("drawn", "given", "wasted"))
        if drawn is None or given is None or wasted is None or drawn == given + wasted:
            return told
        words = _("Given and wasted come to {sum} mg, and {drawn} mg were drawn up.")
        self.add_error("wasted", words.format(sum=given + wasted, drawn=drawn))
        return told

    def told(self) -> dict[str, Any]:
        """Give the amounts."""
        names = ("drug", "lot", "drawn", "given", "wasted")
        return {name: str(self.cleaned_data[name]) for name in names}


class ObservedForm(LineForm):
    """What a safety programme asks after a nasal dose, beside what the flowsheet holds."""

    sedation = forms.ChoiceField()
    sedation_minutes = forms.IntegerField(required=False, min_value=0, max_value=1440)
    dissociation = forms.ChoiceField()
    dissociation_minutes = forms.IntegerField(required=False, min_value=0, max_value=1440)
    serious = forms.ChoiceField()
    serious_words = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        """Name the fields."""
        words = list(severities().items())
        yes_no = [("no", _("no")), ("yes", _("yes"))]
        labels = {
            "sedation": _("Sedation seen"),
            "sedation_minutes": _("Minutes until sedation was gone"),
            "dissociation": _("Dissociation seen"),
            "dissociation_minutes": _("Minutes until dissociation was gone"),
            "serious": _("A serious event"),
            "serious_words": _("What happened, and what was done"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        for name, choices in (("sedation", words), ("dissociation", words), ("serious", yes_no)):
            self.fields[name].choices = [("", _("choose")), *choices]  # pyright: ignore[reportAttributeAccessIssue]

    def clean(self) -> dict[str, Any]:
        """Ask for words where something serious happened."""
        told = super().clean()
        if told.get("serious") == "yes" and not told.get("serious_words"):
            self.add_error("serious_words", _("Write what happened."))
        return told

    def told(self) -> dict[str, Any]:
        """Give what was seen."""
        names = (
            "sedation", "sedation_minutes", "dissociation", "dissociation_minutes", "serious",
            "serious_words",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class ReliefForm(forms.Form):
    """How much relief a session brought, and for how long, as the patient tells."""

    relief_percent = forms.IntegerField(required=False, min_value=-1000, max_value=100)
    relief_hours = forms.DecimalField(
        required=False, max_digits=7, decimal_places=1, min_value=Decimal(0)
    )

    def __init__(self, data: Any = None, *, name: str = "relief", **more: Any) -> None:
        """Name the fields."""
        super().__init__(data, auto_id=f"{name}-%s", **more)
        self.fields["relief_percent"].label = _("How far pain fell at best (%)")
        self.fields["relief_percent"].help_text = _("100: all of it gone. Below 0: it rose.")
        self.fields["relief_hours"].label = _("How long that lasted (hours)")
