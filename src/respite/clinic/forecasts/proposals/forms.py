"""Forms of advice."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from respite.clinic.treatments.models import Ruling
from respite.clinic.treatments.plans.forms import RegimenField
from respite.domain import translate as _

BOXES = 4
"""Plans that may stand side by side."""

FEWEST = 2


class AskForm(forms.Form):
    """A question that needs no words."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CompareForm(AskForm):
    """Two to four plans, each in a box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(BOXES):
            name = "ABCD"[place]
            label = _("Plan {name}") if place < FEWEST else _("Plan {name}, if you like")
            self.fields[f"regimen_{place}"] = RegimenField(
                required=False, label=label.format(name=name)
            )

    def clean(self) -> dict[str, Any]:
        """Ask for two plans that differ."""
        told = super().clean() or {}
        given = [told[name] for name in self.boxes if told.get(name)]
        if not self.errors and len(given) < FEWEST:
            raise forms.ValidationError(_("Write two plans at least, each in a box of its own."))
        if len(set(given)) < len(given):
            raise forms.ValidationError(_("Two boxes hold the same plan. Change one of them."))
        return told

    @property
    def boxes(self) -> list[str]:
        """Give the names of the boxes."""
        return [f"regimen_{place}" for place in range(BOXES)]

    @property
    def regimens(self) -> list[str]:
        """Give the plans that were written, in order."""
        return [self.cleaned_data[name] for name in self.boxes if self.cleaned_data[name]]


class RulingForm(forms.Form):
    """What a clinician does with advice, and why."""

    ruling = forms.ChoiceField(choices=[(one.value, one.value) for one in Ruling])
    plan = forms.IntegerField(required=False, min_value=0, max_value=9)
    regimen = RegimenField(required=False)
    reason = forms.CharField(required=False, max_length=300)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plans: list[str], **kwargs: Any) -> None:
        self.plans = plans
        super().__init__(*args, **kwargs)
        self.fields["regimen"].label = _("Regimen, as you would have it")
        self.fields["reason"].label = _("Why")

    def clean(self) -> dict[str, Any]:
        """Ask for what each ruling needs: a plan of the answer, another plan, or a reason."""
        told = super().clean() or {}
        ruling, place = told.get("ruling"), told.get("plan")
        if ruling == Ruling.ACCEPTED and (place is None or place >= len(self.plans)):
            raise forms.ValidationError(_("Choose one of the plans."))
        if ruling == Ruling.CHANGED and "regimen" not in self.errors and not told.get("regimen"):
            self.add_error("regimen", _("Write the plan as you would have it."))
        if ruling != Ruling.ACCEPTED and "reason" not in self.errors and not told.get("reason"):
            self.add_error("reason", _("Say why: it is kept beside the advice."))
        return told

    @property
    def drafted(self) -> str | None:
        """Give the plan that is drafted; ``None`` where none is."""
        ruling = self.cleaned_data["ruling"]
        if ruling == Ruling.ACCEPTED:
            return self.plans[self.cleaned_data["plan"]]
        return self.cleaned_data["regimen"] if ruling == Ruling.CHANGED else None
