"""The grid of results, and the small forms beside it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import category

from django import forms
from django.http import QueryDict

from respite.clinic.patients.forms import OnceField
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.question_forms import DayInput
from respite.clinic.surveillance.actions import ToldResult
from respite.clinic.surveillance.lines import COLUMNS, MOST_LINES
from respite.clinic.surveillance.models import LabResult
from respite.domain import translate as _
from respite.safety import ResultNotUnderstood, read_limit, read_result

LONGEST_CELL = 60
LONGEST_NOTE = 300
LONGEST_LINE = 300
LONGEST_BLOCK = 20_000
FEWEST_ROWS = 3
UNREADABLE = frozenset({"Cc", "Cs"})

DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
DASHED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class PasteForm(forms.Form):
    """A block of lines."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Make the one field."""
        super().__init__(data)
        self.fields["block"] = forms.CharField(
            label=_("Paste results, one line each"),
            help_text=_(
                "Such as: ALT 34 U/L (10-40) 2026-11-02. Nothing is kept before you have seen it"
                " as a grid."
            ),
            max_length=LONGEST_BLOCK,
            widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        )


@dataclass
class ResultRow:
    """One row of the grid: what was typed, what is wrong with it, or the result it tells."""

    number: int
    cells: dict[str, str]
    line: str = ""
    sure: str = ""
    faults: dict[str, str] = field(default_factory=dict[str, str])
    doubt: str = ""
    told: ToldResult | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no result was typed; a test alone asks for none."""
        return not any(self.cells[name].strip() for name in COLUMNS if name not in {"test", "day"})

    @property
    def mark(self) -> str:
        """What a tick must say to stand for this very result."""
        return "|".join(self.cells[name].strip() for name in ("test", "value", "unit"))

    @property
    def is_sure(self) -> bool:
        """Whether somebody ticked that the unit is right."""
        return self.sure == self.mark

    def read(self, patient: PatientRecord, today: date, day_of_all: str) -> None:
        """Read the row; what is wrong stands in ``faults``, by column."""
        for name, text in self.cells.items():
            most = LONGEST_NOTE if name == "note" else LONGEST_CELL
            if len(text) > most or any(category(sign) in UNREADABLE for sign in text):
                self.faults[name] = _("This is too long, or holds what nobody can read.")
        if self.faults:
            return
        taken = self._day(patient, today, day_of_all)
        try:
            told = read_result(self.cells["test"], self.cells["value"], self.cells["unit"])
            low, high = (
                read_limit(
                    told.analyte, self.cells[name], self.cells["unit"], is_upper=name == "high"
                )
                for name in ("low", "high")
            )
        except ResultNotUnderstood as fault:
            place = {"limit": "high"}.get(fault.part, fault.part)
            self.faults[place] = str(fault)
            return
        if low is not None and high is not None and low >= high:
            self.faults["high"] = _("The upper limit must lie above the lower one.")
        self.doubt = told.doubt
        if taken is None or self.faults:
            return
        self.told = ToldResult(
            analyte=told.analyte.id, typed=self.cells["value"].strip(), day=taken,
            sign=told.sign, unit=told.unit, factor=told.factor, value=told.value, code=told.code,
            low=low, high=high, note=self.cells["note"].strip(),
        )  # fmt: skip

    def _day(self, patient: PatientRecord, today: date, day_of_all: str) -> date | None:
        text = self.cells["day"].strip() or day_of_all.strip()
        if not text:
            self.faults["day"] = _("Write the day on which it was taken.")
            return None
        taken = day_of(text)
        if taken is None:
            self.faults["day"] = _("This is no date. Write it as year-month-day: 2026-03-09.")
        elif taken > today:
            self.faults["day"] = _("This day is yet to come.")
        elif taken < patient.born:
            self.faults["day"] = _("This day lies before the patient was born.")
        else:
            return taken
        return None


def day_of(text: str) -> date | None:
    """Read a day as year-month-day, or as day.month.year; ``None`` where it is neither."""
    dotted, dashed = DOTTED.fullmatch(text), DASHED.fullmatch(text)
    if dotted is None and dashed is None:
        return None
    parts = dotted.groups()[::-1] if dotted is not None else dashed.groups() if dashed else ()
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


class ResultGrid:
    """Rows of results, and what holds for all of them."""

    def __init__(
        self,
        patient: PatientRecord,
        today: date,
        rows: Iterable[ResultRow] = (),
        *,
        day_of_all: str = "",
        client_id: uuid.UUID | None = None,
    ) -> None:
        """Keep them."""
        self.patient, self.today = patient, today
        self.rows = list(rows)
        self.day_of_all = day_of_all[:LONGEST_CELL]
        self.client_id = client_id or uuid.uuid4()
        self.fault = ""

    def is_right(self) -> bool:
        """Read every row; say whether all can be kept."""
        filled = [row for row in self.rows if not row.is_empty]
        for row in filled:
            row.read(self.patient, self.today, self.day_of_all)
        if not filled:
            self.fault = _("No result was typed yet, so nothing was kept.")
        elif len(self.rows) > MOST_LINES:
            self.fault = _("There are more than {most} rows; nothing was kept.").format(
                most=MOST_LINES
            )
        return not self.fault and all(
            row.told is not None and (not row.doubt or row.is_sure) for row in filled
        )

    @property
    def told(self) -> list[ToldResult]:
        """The results."""
        return [row.told for row in self.rows if row.told is not None]

    def with_room(self) -> ResultGrid:
        """Add a few empty rows."""
        missing = max(1, FEWEST_ROWS - len(self.rows))
        for _place in range(missing):
            self.rows.append(ResultRow(len(self.rows) + 1, dict.fromkeys(COLUMNS, "")))
        return self


def rows_from(told: Iterable[Mapping[str, str]]) -> list[ResultRow]:
    """Give rows of cells."""
    return [
        ResultRow(number, {name: one.get(name, "") for name in COLUMNS}, one.get("line", ""))
        for number, one in enumerate(told, start=1)
    ]


def sent_rows(post: QueryDict) -> list[ResultRow]:
    """Give the rows of a grid that was sent, and of a grid only."""
    columns = {name: post.getlist(name) for name in COLUMNS}
    lines, count = post.getlist("line"), max(map(len, columns.values()), default=0)
    ticked = set(post.getlist("sure"))
    rows: list[ResultRow] = []
    for place in range(min(count, 2 * MOST_LINES)):
        cells = {
            name: told[place][: LONGEST_NOTE + 1] if place < len(told) else ""
            for name, told in columns.items()
        }
        line = lines[place][:LONGEST_LINE] if place < len(lines) else ""
        row = ResultRow(place + 1, cells, line)
        row.sure = row.mark if row.mark in ticked else ""
        if any(cells.values()):
            rows.append(row)
    return rows


def row_of(result: LabResult, title: str) -> ResultRow:
    """Give a result on record as a row that can be corrected."""
    limits = {
        name: "" if value is None else f"{value.normalize():f}"
        for name, value in (("low", result.low), ("high", result.high))
    }
    cells = {
        "test": title, "value": result.typed, "unit": result.unit, "day": result.day.isoformat(),
        "note": result.note,
    } | limits  # fmt: skip
    return ResultRow(1, {name: cells[name] for name in COLUMNS})


def number_sent(post: QueryDict) -> uuid.UUID:
    """Give the number that a form was given where it was made; a new one where it holds none."""
    try:
        return uuid.UUID(str(post.get("client_id", "")))
    except ValueError:
        return uuid.uuid4()


class DoneForm(forms.Form):
    """Something that was done elsewhere."""

    def __init__(
        self, patient: PatientRecord, today: date, data: Mapping[str, Any] | None = None
    ) -> None:
        """Make the fields."""
        super().__init__(data)
        self.patient, self.today = patient, today
        self.fields |= {
            "client_id": OnceField(),
            "day": forms.DateField(label=_("Done on"), widget=DayInput()),
            "told_by": forms.CharField(
                label=_("Who says so"), max_length=120,
                help_text=_("Such as the patient, the GP, or a letter of a hospital."),
            ),
            "note": forms.CharField(
                label=_("Note"), max_length=LONGEST_NOTE, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }  # fmt: skip

    def clean_day(self) -> date:
        """Refuse a day to come, and one before birth."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day is yet to come."))
        if day < self.patient.born:
            raise forms.ValidationError(_("This day lies before the patient was born."))
        return day


class LookForm(forms.Form):
    """What somebody decided about a finding."""

    def __init__(self, keys: Iterable[str], data: Mapping[str, Any] | None = None) -> None:
        """Make the fields."""
        super().__init__(data, auto_id=False)
        self.fields |= {
            "client_id": OnceField(),
            "key": forms.ChoiceField(
                choices=[(key, key) for key in keys], widget=forms.HiddenInput,
                error_messages={
                    "invalid_choice": _("This finding is not open any more: look at the list.")
                },
            ),
            "decided": forms.CharField(
                label=_("What was decided"), max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }  # fmt: skip
