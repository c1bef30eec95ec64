"""What may be written in a session."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from respite.clinic.treatments.models import SessionRecord
from respite.clinic.treatments.sessions.flowsheet import RATE_UNITS
from respite.clinic.treatments.sessions.watch import (
    EFFECTS,
    NUMBERS,
    SCORES,
    effect_titles,
    scales,
    severities,
    titles,
)
from respite.domain import INFUSED_ROUTES
from respite.domain import translate as _

LATEST_RESEND = timedelta(hours=24)
"""A line that was sent later than this after it was written must say its time; ours."""

AHEAD = timedelta(minutes=2)
"""How far a time may lie ahead of our clock; ours."""

LONGEST_NOTE = 1000

BOUNDS = {
    "systolic": (20, 320),
    "diastolic": (10, 250),
    "pulse": (10, 300),
    "saturation": (20, 100),
    "breaths": (0, 90),
}
"""Outside, a number is a slip of the keyboard; ours."""


class LineForm(forms.Form):
    """One line of a flowsheet: made once, at some time."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    seconds_ago = forms.DecimalField(
        widget=forms.HiddenInput, required=False, min_value=Decimal(0), max_digits=9,
        decimal_places=3, max_value=Decimal(int(LATEST_RESEND.total_seconds())),
    )  # fmt: skip
    at = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def __init__(self, data: Any = None, *, session: SessionRecord, name: str, **more: Any) -> None:
        """Make the form of one session.

        Parameters
        ----------
        data
            What was sent.
        session
            The session that is written in.
        name
            What the form is called on its page: ids of fields begin with it.
        more
            For the form.
        """
        self.session, self.near = session, more.pop("near", None)
        initial = {"client_id": uuid.uuid4()} | more.pop("initial", {})
        super().__init__(data, auto_id=f"{name}-%s", initial=initial, **more)
        self.fields["at"].label = _("When")
        self.fields["at"].help_text = (
            _("Empty: now.") if self.near is None else _("Empty: the time of the line.")
        )
        self.prepare()

    def prepare(self) -> None:
        """Name the fields; each form does it its own way."""

    def clean(self) -> dict[str, Any]:
        """Find out when it was."""
        told = super().clean() or self.cleaned_data
        at = told.get("at")
        now = timezone.now()
        if at is None and self.near is None:
            told["moment"] = now - timedelta(seconds=float(told.get("seconds_ago") or 0))
        elif at is None:
            told["moment"] = self.near
        else:
            told["moment"] = moment_near(self.near or now, at)
        if told["moment"] > now + AHEAD:
            self.add_error("at", _("This time has not come yet."))
        elif told["moment"] < self.session.made_at - timedelta(days=1):
            self.add_error("at", _("This time lies before the session."))
        told["moment"] = min(told["moment"], now)
        return told

    def told(self) -> dict[str, Any]:
        """Give what the line holds."""
        return {}

    @staticmethod
    def written(data: Mapping[str, Any]) -> dict[str, Any]:
        """Give the fields of a line that holds something, so that it can be corrected."""
        return dict(data)


def moment_near(anchor: datetime, clock: Any) -> datetime:
    """Give the moment nearest to another at which the clock of the clinic shows a time.

    Parameters
    ----------
    anchor
        The other moment.
    clock
        Hours and minutes.
    """
    local = timezone.localtime(anchor)
    days = [local.date() + timedelta(days=shift) for shift in (-1, 0, 1)]
    found = [timezone.make_aware(datetime.combine(day, clock)) for day in days]
    return min(found, key=lambda one: abs(one - anchor))


def ways_of(session: SessionRecord, *, infused: bool | None = None) -> list[tuple[str, str]]:
    """Give how a plan gives drugs, as choices.

    Parameters
    ----------
    session
        The session.
    infused
        Only ways by which drug can run in.
    """
    ways = dict.fromkeys(
        (event.drug, event.route) for event in session.plan.to_regimen().events()
    )  # fmt: skip
    return [
        (f"{drug.value} {route.value}", f"{drug.value} {route.value}")
        for drug, route in ways
        if not infused or route in INFUSED_ROUTES
    ]


def _way_told(told: Mapping[str, Any]) -> dict[str, str]:
    drug, route = told["way"].split(" ")
    return {"drug": drug, "route": route}


class RateForm(LineForm):
    """A rate from some time on; zero is a pause."""

    way = forms.ChoiceField()
    rate = forms.DecimalField(
        max_digits=9, decimal_places=4, min_value=Decimal(0), required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip
    unit = forms.ChoiceField(choices=[(one, one) for one in RATE_UNITS])

    def prepare(self) -> None:
        """Name the fields."""
        choices = ways_of(self.session, infused=True)
        self.fields["way"].choices = choices  # pyright: ignore[reportAttributeAccessIssue]
        self.fields["way"].label = _("What runs in")
        self.fields["way"].required = self.fields["unit"].required = bool(choices)
        self.fields["rate"].label = _("Rate")
        self.fields["unit"].label = _("Unit")

    def clean(self) -> dict[str, Any]:
        """Ask for the rate where something can run in."""
        told = super().clean()
        if self.is_needed() and told.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", _("Write the rate; 0 is a pause."))
        return told

    def is_needed(self) -> bool:
        """Say whether a rate must be written."""
        return True

    def told(self) -> dict[str, Any]:
        """Give the rate as it was written."""
        told = self.cleaned_data
        if told.get("rate") is None or not told.get("way"):
            return {}
        return {**_way_told(told), "rate": str(told["rate"]), "unit": told["unit"]}

    @staticmethod
    def written(data: Mapping[str, Any]) -> dict[str, Any]:
        """Give the fields of a line."""
        return dict(data) | {"way": f"{data.get('drug', '')} {data.get('route', '')}".strip()}


class StartForm(RateForm):
    """The start, with the first rate where drug runs in."""

    def is_needed(self) -> bool:
        """Say whether a rate must be written: where drug can only run in."""
        return bool(ways_of(self.session, infused=True)) and any(
            event.duration_h for event in self.session.plan.to_regimen().events()
        )


class GivenForm(LineForm):
    """A single dose."""

    way = forms.ChoiceField()
    mg = forms.DecimalField(
        max_digits=9, decimal_places=3, min_value=Decimal("0.001"),
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip

    def prepare(self) -> None:
        """Name the fields."""
        self.fields["way"].choices = ways_of(self.session)  # pyright: ignore[reportAttributeAccessIssue]
        self.fields["way"].label = _("What is given at once")
        self.fields["mg"].label = _("Amount (mg)")

    def told(self) -> dict[str, Any]:
        """Give the dose."""
        return {**_way_told(self.cleaned_data), "mg": str(self.cleaned_data["mg"])}

    @staticmethod
    def written(data: Mapping[str, Any]) -> dict[str, Any]:
        """Give the fields of a line."""
        return dict(data) | {"way": f"{data['drug']} {data['route']}"}


class StopForm(LineForm):
    """The stop."""


class VitalsForm(LineForm):
    """Vital signs at one time; what was not measured stays empty."""

    def prepare(self) -> None:
        """Make a field for each vital sign."""
        names, words = titles(), scales()
        for name in NUMBERS:
            lowest, highest = BOUNDS[name]
            self.fields[name] = forms.IntegerField(
                label=names[name], required=False, min_value=lowest, max_value=highest,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        for name in SCORES:
            choices = [("", _("not scored")), *enumerate(words[name])]
            self.fields[name] = forms.TypedChoiceField(
                label=names[name], required=False, choices=choices, coerce=int, empty_value=None
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an empty line, and pressures that cannot belong together."""
        told = super().clean()
        if not self.errors and all(told.get(name) is None for name in (*NUMBERS, *SCORES)):
            self.add_error(None, _("Write at least one value."))
        high, low = told.get("systolic"), told.get("diastolic")
        if (high is None) != (low is None) and not {"systolic", "diastolic"} & set(self.errors):
            missing = "systolic" if high is None else "diastolic"
            self.add_error(missing, _("A blood pressure has two numbers."))
        if high is not None and low is not None and high <= low:
            self.add_error("systolic", _("The upper pressure must be above the lower one."))
        return told

    def told(self) -> dict[str, Any]:
        """Give what was measured."""
        names = (*NUMBERS, *SCORES)
        found = {name: self.cleaned_data.get(name) for name in names}
        return {name: value for name, value in found.items() if value is not None}


class EffectForm(LineForm):
    """One unwanted effect, and how strong it is."""

    effect = forms.ChoiceField(choices=[(one, one) for one in EFFECTS], widget=forms.HiddenInput)
    words = forms.CharField(required=False, max_length=60)
    severity = forms.ChoiceField()

    def prepare(self) -> None:
        """Name the fields."""
        self.fields["effect"].choices = list(effect_titles().items())  # pyright: ignore[reportAttributeAccessIssue]
        self.fields["severity"].choices = list(severities().items())  # pyright: ignore[reportAttributeAccessIssue]
        self.fields["severity"].label = _("How strong")
        self.fields["words"].label = _("Which")

    def clean(self) -> dict[str, Any]:
        """Ask for the name of another effect."""
        told = super().clean()
        is_other = told.get("effect") == "other"
        if is_other and told.get("severity") not in (None, "none") and not told.get("words"):
            self.add_error("words", _("Write which effect it is."))
        return told

    def told(self) -> dict[str, Any]:
        """Give the effect."""
        told = {name: self.cleaned_data[name] for name in ("effect", "severity")}
        words = " ".join(self.cleaned_data["words"].split()).lower()
        return told | ({"words": words} if words and told["effect"] == "other" else {})


class NoteForm(LineForm):
    """A note in words."""

    text = forms.CharField(max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """Name the field."""
        self.fields["text"].label = _("Note")

    def told(self) -> dict[str, Any]:
        """Give the words."""
        return {"text": self.cleaned_data["text"]}


class CallOffForm(LineForm):
    """Why nothing is given today."""

    reason = forms.CharField(max_length=300)

    def prepare(self) -> None:
        """Name the field."""
        self.fields["reason"].label = _("Why nothing is given today")

    def told(self) -> dict[str, Any]:
        """Give the reason."""
        return {"called_off": self.cleaned_data["reason"]}


class TakeBackForm(LineForm):
    """Why a line was never so."""

    why = forms.CharField(max_length=200)

    def prepare(self) -> None:
        """Name the field."""
        self.fields["why"].label = _("Why this was never so")

    def told(self) -> dict[str, Any]:
        """Give the reason."""
        return {"taken_back": self.cleaned_data["why"]}
