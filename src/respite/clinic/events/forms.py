"""Forms of unwanted effects, for staff."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from respite.clinic.events import words
from respite.clinic.events.models import EventVersion
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

LONGEST_WORDS, LONGEST_REASON, LONGEST_LINE = 2000, 1000, 120
MOST_DOSES = 60
"""Doses that may be chosen from, the latest of them; ours."""

NOT_KNOWN = ("", "")
YES, NO = "yes", "no"


def not_judged() -> tuple[str, str]:
    """Give the choice of those who leave a question."""
    return ("", _("not judged yet"))


def too_long() -> dict[str, Any]:
    """Give the words for a text that is too long, or holds what nobody can read."""
    return {
        "max_length": _(
            "This has %(show_value)d letters; there is room for %(limit_value)d."
            " Nothing was cut: please shorten it."
        ),
        "null_characters_not_allowed": _("This holds a sign that cannot be kept."),
    }


def date_words() -> dict[str, Any]:
    """Give the words for a day that cannot be read."""
    return {"invalid": _("This is no date. Write it as year-month-day, such as 2026-03-09.")}


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    """Ask for a day."""
    return forms.DateField(
        label=label, help_text=help_text, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=date_words() | {"required": _("Please choose the day.")},
    )  # fmt: skip


def text_field(
    label: str, help_text: str = "", *, most: int = LONGEST_REASON, rows: int = 3
) -> forms.CharField:
    """Ask for words."""
    box = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=most, widget=box,
        error_messages=too_long(),
    )  # fmt: skip


def refuse_tomorrow(day: date | None) -> date | None:
    """Refuse a day that has not come.

    Raises
    ------
    forms.ValidationError
        Where it has not.
    """
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(_("That day has not come yet."))
    return day


def refuse_unlived(day: date | None, patient: PatientRecord) -> date | None:
    """Refuse a day that has not come, or on which the patient was not born.

    Raises
    ------
    forms.ValidationError
        Where that is so.
    """
    if day is not None and day < patient.born:
        raise forms.ValidationError(_("The patient was not born then."))
    return refuse_tomorrow(day)


class EventForm(forms.Form):
    """All that is known of an unwanted effect. Nothing is needed but what happened."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    number = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=30_000
    )

    def __init__(
        self,
        *args: Any,
        patient: PatientRecord,
        may_assess: bool,
        before: EventVersion | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.before = patient, before
        self.may_assess = may_assess
        self._ask_what_happened()
        self._ask_how_grave()
        self._ask_what_was_done()
        self._ask_who_told()
        if may_assess:
            self._ask_causality()
        if before is not None:
            self.fields["is_withdrawn"] = forms.BooleanField(
                label=_("This was written in error, and does not count"), required=False
            )
            self.fields["why"] = text_field(_("Why it is changed"), most=300, rows=1)

    def _ask_what_happened(self) -> None:
        self.fields["words"] = text_field(
            _("What happened"),
            _("In the words of whoever tells it, in order of time."),
            most=LONGEST_WORDS, rows=4,
        )  # fmt: skip
        self.fields["terms"] = forms.MultipleChoiceField(
            label=_("Effects from the list"), required=False, choices=list(words.terms().items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("One of the ticks is not on our list.")},
        )  # fmt: skip
        self.fields["began"] = day_field(_("Began on"))
        self.fields["began_time"] = forms.TimeField(
            label=_("At"), required=False,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": _("This is no time. Write it as 14:30.")},
        )  # fmt: skip
        self.fields["course"] = _radio(
            _("Is it still there?"),
            {"": _("not known"), "ongoing": _("still there"), "ended": _("it has ended")},
        )
        self.fields["ended"] = day_field(_("Ended on"))

    def _ask_how_grave(self) -> None:
        self.fields["serious"] = _radio(
            _("Serious?"), {"": _("not judged yet"), NO: _("no"), YES: _("yes")}
        )
        self.fields["criteria"] = forms.MultipleChoiceField(
            label=_("Serious because of"), required=False,
            choices=list(words.criteria().items()), widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("One of the ticks is not on our list.")},
        )  # fmt: skip
        self.fields["severity"] = _radio(
            _("How strong"), {"": _("not known"), **words.severities()}
        )
        self.fields["outcome"] = _select(_("How it ended"), words.outcomes())

    def _ask_what_was_done(self) -> None:
        self.fields["followed"] = forms.ChoiceField(
            label=_("Which dose it followed"), required=False, choices=self._doses(),
            error_messages={"invalid_choice": _("This is no dose or session of this patient.")},
        )  # fmt: skip
        self.fields["action_taken"] = _select(
            _("What was done with ketamine"), words.actions_taken()
        )
        self.fields["dechallenge"] = _select(_("After lowering or stopping"), words.dechallenges())
        self.fields["rechallenge"] = _select(_("After giving it again"), words.rechallenges())

    def _ask_who_told(self) -> None:
        self.fields["reporter"] = _select(_("Who told of it"), words.reporters())
        self.fields["reporter_name"] = text_field(
            _("Name of who told"), _("Where the patient agrees."), most=LONGEST_LINE, rows=1
        )
        self.fields["history"] = text_field(
            _("Other history that matters"), _("Illness, allergies, earlier effects of this kind.")
        )
        self.fields["tests"] = text_field(_("Tests that matter"), _("With day, result and unit."))

    def _ask_causality(self) -> None:
        self.fields["causality"] = forms.ChoiceField(
            label=_("Is it from ketamine?"), required=False,
            choices=[not_judged(), *words.causality_choices()], widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of these.")},
        )  # fmt: skip
        self.fields["causality_why"] = text_field(_("Why this judgement"))

    def _doses(self) -> list[tuple[str, str]]:
        doses = self.patient.doses.filter(is_withdrawn=False).order_by("-start")[:MOST_DOSES]
        told = [(f"dose{one.pk}", _dose_words(one)) for one in doses]
        taken = {one.session_id for one in doses}
        sessions = self.patient.sessions.exclude(pk__in=[one for one in taken if one is not None])
        told += [
            (f"session{one.pk}", _("session of {day}").format(day=one.day.isoformat()))
            for one in sessions[:MOST_DOSES]
        ]
        # A dose that was withdrawn since, or lies far back, may stay where it is.
        now = "" if self.before is None else initial_of(self.before)["followed"]
        if now and now not in dict(told):
            told.append((now, _("as it is on record")))
        return [("", _("not known")), *told]

    def clean_began(self) -> date | None:
        """Refuse a day to come, and one before the patient was born."""
        return refuse_unlived(self.cleaned_data["began"], self.patient)

    def clean_ended(self) -> date | None:
        """Refuse a day to come."""
        return refuse_tomorrow(self.cleaned_data["ended"])

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot all be true, each beside its field."""
        told = super().clean() or self.cleaned_data
        for field, fault in faults_of(told):
            if field in self.fields and field not in self.errors:
                self.add_error(field, fault)
        return told

    def told(self) -> dict[str, Any]:
        """Give what was told, by field of a version."""
        kept = self.cleaned_data
        followed = kept["followed"]
        facts: dict[str, Any] = {
            name: kept[name]
            for name in (
                "words", "terms", "began", "began_time", "ended", "criteria", "severity",
                "outcome", "action_taken", "dechallenge", "rechallenge", "reporter",
                "reporter_name", "history", "tests",
            )
        }  # fmt: skip
        facts["is_ongoing"] = {"ongoing": True, "ended": False}.get(
            kept["course"], False if kept["ended"] else None
        )
        facts["is_serious"] = {YES: True, NO: False}.get(kept["serious"])
        facts["dose"] = self._chosen(followed, "dose", self.patient.doses)
        session = self._chosen(followed, "session", self.patient.sessions)
        facts["session"] = session if facts["dose"] is None else facts["dose"].session
        if self.may_assess:
            facts |= {name: kept[name] for name in ("causality", "causality_why")}
        if "is_withdrawn" in kept:
            facts["is_withdrawn"] = kept["is_withdrawn"]
        return facts

    @staticmethod
    def _chosen(followed: str, kind: str, rows: Any) -> Any:
        number = followed.removeprefix(kind)
        return rows.filter(pk=int(number)).first() if number.isdigit() else None


def initial_of(version: EventVersion) -> dict[str, Any]:
    """Give what is known, as the form shows it."""
    followed = ""
    if version.session_id is not None:
        followed = f"session{version.session_id}"
    if version.dose_id is not None:
        followed = f"dose{version.dose_id}"
    kept = (
        "words", "terms", "began", "began_time", "ended", "criteria", "severity", "outcome",
        "action_taken", "dechallenge", "rechallenge", "reporter", "reporter_name", "history",
        "tests", "causality", "causality_why", "is_withdrawn",
    )  # fmt: skip
    return {name: getattr(version, name) for name in kept} | {
        "course": {True: "ongoing", False: "ended", None: ""}[version.is_ongoing],
        "serious": {True: YES, False: NO, None: ""}[version.is_serious],
        "followed": followed,
        "number": version.number,
    }


def faults_of(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what cannot all be true of an unwanted effect, each with the field that it stands at."""
    found: list[tuple[str, str]] = []
    began, ended = told.get("began"), told.get("ended")
    if not (told.get("words") or told.get("terms")):
        found.append(("words", _("Say what happened, or tick an effect of the list.")))
    if began is not None and ended is not None and ended < began:
        found.append(("ended", _("It cannot have ended before it began.")))
    if told.get("course") == "ongoing" and ended is not None:
        found.append(("ended", _("It is said to be still there: leave this empty.")))
    if told.get("course") == "ongoing" and told.get("outcome") == words.RECOVERED:
        found.append(("outcome", _("It is said to be still there, and recovered.")))
    if told.get("began_time") is not None and began is None:
        found.append(("began", _("A time needs its day.")))
    found += _faults_of_seriousness(told)
    if told.get("causality") and not told.get("causality_why"):
        found.append(("causality_why", _("Say why you judge so.")))
    if told.get("causality_why") and not told.get("causality"):
        found.append(("causality", _("Choose a judgement for these reasons.")))
    if told.get("is_withdrawn") and not told.get("why"):
        found.append(("why", _("Say why it does not count.")))
    return found


def _faults_of_seriousness(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    serious, criteria = told.get("serious", ""), told.get("criteria") or []
    found: list[tuple[str, str]] = []
    if serious == YES and not criteria:
        found.append(("criteria", _("Tick what makes it serious.")))
    if serious != YES and criteria:
        found.append(("serious", _("What is ticked below makes it serious.")))
    if told.get("outcome") == words.FATAL and words.DEATH not in criteria:
        found.append(("criteria", _("It is said to be fatal: tick death.")))
    if words.DEATH in criteria and told.get("outcome") != words.FATAL:
        found.append(("outcome", _("Death is ticked: say here that it was fatal.")))
    return found


class ReportedForm(forms.Form):
    """That it was reported: to whom, when, under which number."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = text_field(
            _("Reported to"), _("The authority, or the maker of the medicine."),
            most=LONGEST_LINE, rows=1,
        )  # fmt: skip
        self.fields["to"].required = True
        self.fields["to"].error_messages["required"] = _("Say to whom.")
        self.fields["on"] = day_field(_("On"), required=True)
        self.fields["reference"] = text_field(_("Their reference number"), most=80, rows=1)

    def clean_on(self) -> date | None:
        """Refuse a day to come."""
        return refuse_tomorrow(self.cleaned_data["on"])

    def told(self) -> dict[str, Any]:
        """Give what was told."""
        return {name: self.cleaned_data[name] for name in ("to", "on", "reference")}


def _radio(label: str, choices: Mapping[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=list(choices.items()), widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )  # fmt: skip


def _select(label: str, choices: Mapping[str, str]) -> forms.ChoiceField:
    offered = [("", "–"), *((name, said) for name, said in choices.items())]
    return forms.ChoiceField(
        label=label, required=False, choices=offered,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )  # fmt: skip


def _dose_words(dose: Any) -> str:
    return _("{at}: {drug} {amount} {unit} {route}").format(
        at=timezone.localtime(dose.start).strftime("%Y-%m-%d %H:%M"), drug=dose.drug,
        amount=f"{dose.amount.normalize():f}", unit=dose.unit, route=dose.route,
    )  # fmt: skip
