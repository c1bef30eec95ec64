"""Forms of questions: each fact has the fields that its kind needs. Nothing is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from respite.clinic.patients.evaluation import fits, refuse_impossible
from respite.clinic.patients.models import FactAnswer, PatientRecord
from respite.clinic.patients.queries import latest_answers
from respite.clinic.patients.questions import (
    LIVER_DAY,
    LIVER_TESTS,
    MEDICINES,
    Asked,
    families,
    names_of,
)
from respite.domain import RespiteError
from respite.domain import translate as _
from respite.safety import read_facts

TAKEN = "taken"
COMPLETE = ".complete"
NEVER = ".never"
UNIT = ".unit"

NUMBER = re.compile(r"\s*([-+]?\d+)(?:[.,](\d{1,2}))?\s*", re.ASCII)
"""A number that may have a decimal comma, where that leaves no doubt."""


class DayInput(forms.DateInput):
    """A day, by the picker of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as browsers read them."""
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True)
class Row:
    """One question with its fields, as the page shows it."""

    asked: Asked
    fields: tuple[BoundField, ...]

    @property
    def has_error(self) -> bool:
        """Whether something about it was not understood."""
        return any(one.errors for one in self.fields)


class QuestionsForm(forms.Form):
    """Some questions about one patient.

    After it was found valid, ``told`` holds the answers by fact, and ``on`` the day for which
    they hold.
    """

    def __init__(
        self,
        patient: PatientRecord,
        asked: Iterable[Asked],
        today: date,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Give every question its fields."""
        super().__init__(data, auto_id="q_%s")
        self.patient, self.today, self.on = patient, today, today
        self.asked = [one for one in asked if one.has_fields]
        self.told: dict[str, Any] = {}
        self.names: dict[str, list[str]] = {}
        self._fits_now = True
        for one in self.asked:
            made = dict(_fields(one))
            self.names[one.fact] = list(made)
            self.fields.update(made)
        self.has_labs = any(one.fact.startswith("labs.") and not _by_day(one) for one in self.asked)
        if self.has_labs:
            self.fields[TAKEN] = forms.DateField(
                label=_("Day on which these were taken"),
                help_text=_("Needed for results; every result of this form is of this day."),
                widget=DayInput(),
                required=False,
            )

    def rows(self) -> Iterator[Row]:
        """Give the questions with their fields."""
        for one in self.asked:
            yield Row(one, tuple(self[name] for name in self.names[one.fact]))

    @property
    def taken(self) -> BoundField | None:
        """The day of the results, where results are asked for."""
        return self[TAKEN] if self.has_labs else None

    def clean(self) -> dict[str, Any]:
        """Read every answer as the rules read it; what is not understood is said at its field."""
        cleaned = super().clean() or self.cleaned_data
        standing = latest_answers(self.patient)
        self._read_day(standing)
        self._fits_now = fits(self.patient)
        for one in self.asked:
            if any(name in self.errors for name in self.names[one.fact]):
                continue
            try:
                self._take(one, standing)
            except RespiteError as fault:
                self.add_error(self.names[one.fact][0], str(fault))
        if not self.errors and not self.told:
            self.add_error(None, _("Nothing was answered yet, so nothing was written."))
        return cleaned

    def _read_day(self, standing: Mapping[str, FactAnswer]) -> None:
        """Read the day of results: there must be one, not to come, and not before known ones."""
        if not self.has_labs or TAKEN in self.errors:
            return
        results = [one for one in self.asked if one.fact.startswith("labs.") and not _by_day(one)]
        given = [one for one in results if self._has_answer(one)]
        taken = self.cleaned_data.get(TAKEN)
        if not given:
            return
        if taken is None:
            self.add_error(TAKEN, _("Write the day on which the results were taken."))
        elif taken > self.today:
            self.add_error(TAKEN, _("This day is yet to come."))
        else:
            self.on = taken
            names = {name for one in given for name in names_of(one.kind)}
            later = [a.on for name, a in standing.items() if name in names and a.on > taken]
            if later:
                self.add_error(
                    TAKEN,
                    _("A result of {day} is on record, and an older one would hide it.").format(
                        day=max(later).isoformat()
                    ),
                )

    def _has_answer(self, one: Asked) -> bool:
        return any(self.cleaned_data.get(name) for name in self.names[one.fact])

    def _take(self, one: Asked, standing: Mapping[str, FactAnswer]) -> None:
        told = dict(self._told(one))
        if not told:
            return
        read_facts(told, on=self.on)
        if one.fact in LIVER_TESTS:
            told[LIVER_DAY] = self.on.isoformat()
            stale = names_of(families()[LIVER_DAY]) | names_of(one.kind)
        else:
            stale = names_of(one.kind)
        # Another way of telling the same would contradict this one, so it is taken back.
        back = {name: None for name in stale if name in standing and name not in self.told}
        every = {name: answer.told for name, answer in standing.items()} | self.told | back | told
        if self._fits_now:
            refuse_impossible(self.patient, every)
        self.told |= back | told

    def _told(self, one: Asked) -> Iterator[tuple[str, Any]]:
        kind, get = one.kind, self.cleaned_data.get
        if one.fact == MEDICINES:
            told = {code: get(f"{kind.name}.{code}") for code in one.codes}
            answers = {code: value == "yes" for code, value in told.items() if value}
            if answers:
                yield kind.name, {**one.before, **answers}
        elif kind.type == "codes":
            yield from self._codes(one, get(kind.name) or [], bool(get(kind.name + COMPLETE)))
        elif kind.type == "number":
            yield from self._number(one)
        elif get(kind.name):
            yield kind.name, get(kind.name) == "yes" if kind.type == "yes_no" else get(kind.name)

    def _number(self, one: Asked) -> Iterator[tuple[str, Any]]:
        kind, given = one.kind, self.cleaned_data
        if kind.never and given.get(kind.name + NEVER):
            yield kind.name, "never"
        if kind.date and given.get(kind.date):
            yield kind.date, given[kind.date].isoformat()
        if kind.ratio:
            unit = (given.get(kind.name + UNIT) or "").strip()
            for name in kind.ratio:
                if given.get(name):
                    yield name, f"{_number_text(given[name])} {unit}".strip()
        elif not kind.date and given.get(kind.name):
            yield kind.name, _quantity(one, given[kind.name])

    def _codes(self, one: Asked, ticked: list[str], is_complete: bool) -> Iterator[tuple[str, Any]]:
        has = {code for code, yes in one.before.items() if yes} | set(ticked)
        if is_complete:
            yield one.fact, sorted(has)
        elif ticked:
            yield one.fact, {**one.before, **dict.fromkeys(ticked, True)}


def _by_day(one: Asked) -> bool:
    return bool(one.kind.date)


def _number_text(text: str) -> str:
    """Write a decimal comma as a point where that leaves no doubt; leave the rest as it is."""
    match = NUMBER.fullmatch(text)
    if match is None:
        return text.strip()
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def _quantity(one: Asked, text: str) -> Any:
    number = _number_text(text)
    if NUMBER.fullmatch(number) is None:
        return number
    if one.kind.unit:
        return f"{number} {one.kind.unit}"
    return float(number) if "." in number else int(number)


def _fields(one: Asked) -> Iterator[tuple[str, forms.Field]]:
    kind = one.kind
    if kind.type == "yes_no":
        yield kind.name, _yes_no(one.ask)
    elif one.fact == MEDICINES:
        for code, words in one.codes.items():
            yield f"{kind.name}.{code}", _yes_no(words)
    elif kind.type == "code":
        choices = [*kind.codes.items(), ("", _("not known"))]
        yield kind.name, _choice(one.ask, choices)
    elif kind.type == "codes":
        yield kind.name, forms.MultipleChoiceField(
            label=one.ask, choices=list(one.codes.items()), required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        yield (
            kind.name + COMPLETE,
            forms.BooleanField(label=_("The list is complete: none of the others"), required=False),
        )
    elif kind.date:
        label = _("Day") if kind.never else one.ask
        yield kind.date, forms.DateField(label=label, widget=DayInput(), required=False)
        if kind.never:
            yield kind.name + NEVER, forms.BooleanField(label=_("never"), required=False)
    elif kind.ratio:
        yield from _results(one)
    else:
        yield kind.name, _number(one.ask, _bounds(one))


def _results(one: Asked) -> Iterator[tuple[str, forms.Field]]:
    result, limit = one.kind.ratio
    yield result, _number(_("Result"), "")
    yield limit, _number(_("Upper limit of the laboratory"), "")
    yield one.kind.name + UNIT, forms.CharField(
        label=_("Unit of both"), max_length=20, required=False,
        help_text=_("As on the report, such as U/L."),
    )  # fmt: skip


def _bounds(one: Asked) -> str:
    kind = one.kind
    if kind.lowest is None or kind.highest is None:
        return kind.unit
    said = _("From {lowest:g} to {highest:g}").format(lowest=kind.lowest, highest=kind.highest)
    return f"{said} {kind.unit}" if kind.unit else said


def _number(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


def _yes_no(label: str) -> forms.ChoiceField:
    return _choice(label, [("yes", _("yes")), ("no", _("no")), ("", _("not known"))])


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
