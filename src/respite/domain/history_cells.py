"""Reads the cells of one line of a dosing history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from respite.domain.dosing import (
    DRUG_WORDS,
    INFUSED_ROUTES,
    NEIGHBOURING_DRUGS,
    ROUTE_WORDS,
    SALT_WORDS,
    Drug,
    Form,
    Route,
    Salt,
    Way,
)
from respite.domain.errors import RegimenNotUnderstood
from respite.domain.forms import closest_form, way_of
from respite.domain.history import GivenDose
from respite.domain.numerals import numeral_fault
from respite.domain.plausible_doses import dose_fault
from respite.domain.regimen_words import unit_of_amount
from respite.domain.spelling import closest_word, quoted
from respite.domain.tables import in_cell
from respite.domain.words import translate as _
from respite.domain.written_times import (
    FIRST_YEAR,
    LAST_YEAR,
    is_iso_date,
    iso_time,
    out_of_reach,
)


@dataclass(frozen=True)
class Cells:
    """One line of the table: its number, and its cells by name of column."""

    line: int
    by_name: Mapping[str, str]

    def refusal(self, column: str, what: str, expected: str, remedy: str) -> RegimenNotUnderstood:
        """Make the error for one cell."""
        return RegimenNotUnderstood(in_cell(self.line, column, what), expected, remedy)


def read_dose(cells: Cells) -> GivenDose:
    """Read one line.

    Raises
    ------
    RegimenNotUnderstood
        With the line, the column, and what was expected in it.
    """
    drug, salt = read_drug(cells)
    route, form = read_route(cells)
    amount, unit = _placebo_amount(cells) if drug is Drug.PLACEBO else _amount(cells)
    dose = GivenDose(
        start=_start(cells),
        drug=drug,
        amount=amount,
        unit=unit,
        route=route,
        duration_min=_duration(cells, route),
        salt=salt,
        form=form,
    )
    event = dose.event_after(dose.start)
    fault = dose_fault(event.amount, event.duration_h, is_per_kg=event.is_per_kg)
    if fault is not None:
        raise cells.refusal(
            "amount",
            _('"{amount} {unit}" is beyond what anyone is given.').format(amount=amount, unit=unit),
            fault,
            _("check the amount, the unit and the duration."),
        )
    return dose


def _start(cells: Cells) -> datetime:
    text = cells.by_name["start"]
    expected = _("a date and time such as 2026-03-02T09:00.")
    remedy = _("write the year first, then month, day and time.")
    if is_iso_date(text):
        remedy = _("add the time: {text}T09:00.").format(text=text)
        raise cells.refusal(
            "start", _("{word} has no time of day.").format(word=quoted(text)), expected, remedy
        )
    start = iso_time(text)
    if start is None:
        raise cells.refusal(
            "start", _("{word} is not a date and time.").format(word=quoted(text)), expected, remedy
        )
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        fault = out_of_reach(text)
        raise cells.refusal("start", fault.what, fault.expected, fault.remedy)
    return start


def drug_and_salt(text: str) -> tuple[Drug, Salt] | None:
    """Read a drug with the salt behind it, or give ``None`` where it is neither."""
    word, _space, rest = text.lower().partition(" ")
    drug = DRUG_WORDS.get(word)
    salt = SALT_WORDS.get(rest.strip()) if rest else Salt.BASE
    is_salted_placebo = drug is Drug.PLACEBO and rest
    return None if drug is None or salt is None or is_salted_placebo else (drug, salt)


def read_drug(cells: Cells, column: str = "drug") -> tuple[Drug, Salt]:
    """Read the cell that names the drug, and the salt that its amounts weigh."""
    text = cells.by_name[column]
    known = drug_and_salt(text)
    if known is not None:
        return known
    is_neighbour = text.lower().partition(" ")[0] in NEIGHBOURING_DRUGS
    near = None if is_neighbour else closest_word(text, DRUG_WORDS)
    raise cells.refusal(
        column,
        _("{word} is not a drug that this program knows.").format(word=quoted(text)),
        _("ketamine, esketamine or placebo (with HCl where the amount is of the salt)."),
        _("write {word}.").format(word=quoted(near))
        if near
        else _("leave other medicines out of this table."),
    )


def read_route(cells: Cells, column: str = "route") -> Way:
    """Read the cell that names the route, and the form of an oral dose where it says one."""
    way = way_of(cells.by_name[column])
    if way is not None:
        return way
    words = cells.by_name[column].lower().split()
    route, spelling = ROUTE_WORDS.get("".join(words[:1])), " ".join(words[1:])
    if route is not Route.ORAL:
        raise _not_a_route(cells, column, route)
    near = closest_form(spelling)
    raise cells.refusal(
        column,
        _("{word} is not a form of an oral dose.").format(word=quoted(spelling)),
        _("one of {forms} after the route, or nothing.").format(
            forms=", ".join(filter(None, Form))
        ),
        _("write {word}.").format(word=quoted(f"{route} {near}"))
        if near
        else _("use one of these words, or none."),
    )


def _not_a_route(cells: Cells, column: str, first: Route | None) -> RegimenNotUnderstood:
    """Make the error for a cell that is no route, though its first word may be."""
    text = cells.by_name[column]
    near = first or closest_word(text, list(Route))
    return cells.refusal(
        column,
        _("{word} is not a route.").format(word=quoted(text)),
        _("one of {routes}, and a form only after oral.").format(routes=", ".join(Route)),
        _("write {word}.").format(word=quoted(near)) if near else _("use one of these words."),
    )


def _amount(cells: Cells) -> tuple[Decimal, str]:
    amount = _number(cells, "amount", _("an amount above zero, such as 35 or 0.5."))
    if amount == 0:
        raise cells.refusal(
            "amount",
            _("a dose of 0 was not given."),
            _("an amount above zero."),
            _("remove the line."),
        )
    written = cells.by_name["unit"]
    unit = unit_of_amount(written)
    if unit is None or unit[2] is not None:
        fault = (
            _("{word} is not a unit of dose.") if unit is None else _("{word} is a rate.")
        ).format(word=quoted(written))
        raise cells.refusal(
            "unit",
            fault,
            _("mg, ug, g, mg/kg or ug/kg."),
            # A suggested unit could make a dose a thousand times too large.
            _("write the whole dose that was given, in one of these units."),
        )
    mass, is_per_kg, _time = unit
    return amount, f"{mass}/kg" if is_per_kg else str(mass)


def _placebo_amount(cells: Cells) -> tuple[Decimal, str]:
    """Read the amount of a placebo: none, whatever it looks like."""
    if cells.by_name["amount"]:
        _number(cells, "amount", _("nothing, or the amount that the placebo looks like."))
    return Decimal(0), "mg"


def _duration(cells: Cells, route: Route) -> Decimal:
    if cells.by_name["duration_min"] == "" and route not in INFUSED_ROUTES:
        return Decimal(0)
    return _number(cells, "duration_min", _("minutes, and 0 for a bolus."))


def _number(cells: Cells, column: str, expected: str) -> Decimal:
    text = cells.by_name[column]
    fault = _("write it down.") if text == "" else numeral_fault(text)
    if fault is not None:
        what = (
            _("nothing is written.")
            if text == ""
            else _("{word} is not a plain number.").format(word=quoted(text))
        )
        raise cells.refusal(column, what, expected, fault)
    return Decimal(text).normalize()
