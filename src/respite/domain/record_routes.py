"""What is given, and how: drug and route of a dose record, from its words or from the caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from respite.domain.dosing import DoseEvent, Drug, Route, Salt, Way
from respite.domain.errors import RecordsNotUnderstood
from respite.domain.forms import way_of
from respite.domain.history_cells import drug_and_salt, read_drug, read_route
from respite.domain.record_cells import MISSING, Record
from respite.domain.record_rules import duration_of
from respite.domain.spelling import closest_word, quoted
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from respite.domain.data_set import Compartments

MOST_COMPARTMENTS = 50
MOST_COMPARTMENT_DIGITS = 4


@dataclass(frozen=True)
class Told:
    """What the caller says about every dose of a table.

    Parameters
    ----------
    routes
        Route of each compartment by its number.
    route
        The one route of a table without compartments.
    drug
        What is given, and what AMT weighs.
    """

    routes: Mapping[int, Way] = field(default_factory=dict[int, Way])
    route: Way | None = None
    drug: tuple[Drug, Salt] | None = None


def told(compartments: Compartments | None, drug: Drug | str | None) -> Told:
    """Read what the caller says about routes and drug.

    Raises
    ------
    RecordsNotUnderstood
        Where a route, a drug or a pair of the list is not understood.
    """
    given = None if drug is None else _drug(str(drug))
    if compartments is None:
        return Told(drug=given)
    if isinstance(compartments, Mapping):
        pairs = ((str(number), str(route)) for number, route in compartments.items())
        return Told(routes=_pairs(pairs), drug=given)
    text = str(compartments).strip()
    if "=" not in text:
        return Told(route=_route(text), drug=given)
    parts = text.split(",")
    return Told(routes=_pairs(_split(part) for part in parts[: MOST_COMPARTMENTS + 1]), drug=given)


def event_of(record: Record, told: Told) -> DoseEvent:
    """Give the dose of a record as an event.

    Raises
    ------
    RecordsNotUnderstood
        Where nobody says its drug or route, or two say different ones.
    """
    drug, salt = _drug_of(record, told)
    route, form = _route_of(record, told)
    return DoseEvent(
        time_h=record.time_h,
        drug=drug,
        route=route,
        form=form,
        amount=record.amount,
        duration_h=duration_of(record),
        salt=salt,
    )


def _drug_of(record: Record, told: Told) -> tuple[Drug, Salt]:
    written = record.cells.by_name.get("DRUG", "")
    said = None if written in MISSING else read_drug(record.cells, "DRUG")
    drug = said or told.drug
    if drug is None:
        raise record.refusal(
            "AMT",
            _("nobody says which drug this dose is."),
            _("ketamine or esketamine, for the whole table or in a column DRUG."),
            _("name the drug (--drug ketamine), or add the column."),
        )
    if told.drug not in (None, drug):
        raise record.refusal(
            "DRUG",
            _("{word} is not the drug that was named for the whole table.").format(
                word=quoted(written)
            ),
            _("one drug, or the column alone."),
            _("leave one of the two out."),
        )
    if drug[0] is Drug.PLACEBO:
        raise record.refusal(
            "DRUG",
            _("a placebo has no dose record."),
            _("ketamine or esketamine."),
            _("leave the row out, or keep its covariates with EVID 2."),
        )
    return drug


def _route_of(record: Record, told: Told) -> Way:
    written = record.cells.by_name.get("ROUTE", "")
    said = None if written in MISSING else read_route(record.cells, "ROUTE")
    compartment = record.compartment
    known = told.route
    if told.routes:
        only = next(iter(told.routes.values())) if len(set(told.routes.values())) == 1 else None
        in_table = "CMT" in record.cells.by_name
        known = told.routes.get(compartment or 0) if in_table else only
    elif compartment is not None and said is None:
        known = None
    if said is None and known is None:
        raise _no_route(record, told)
    if said is not None and known not in (None, said):
        raise record.refusal(
            "ROUTE",
            _("{word} is not the route {route} that was named for it.").format(
                word=quoted(written), route=known
            ),
            _("one route, or the column alone."),
            _("leave one of the two out."),
        )
    route = said or known
    # One of the two is there, since their absence was refused.
    assert route is not None
    return route


def _no_route(record: Record, told: Told) -> RecordsNotUnderstood:
    column = "CMT" if "CMT" in record.cells.by_name else "AMT"
    if record.compartment is None:
        found = _("nobody says by which route this dose is given.")
    else:
        found = _("nobody says which route CMT {compartment} is.").format(
            compartment=record.compartment
        )
    pairs = ", ".join(f"{number}={route}" for number, route in told.routes.items())
    expected = _("a route for every dose.")
    if pairs:
        expected = _("one of {pairs}.").format(pairs=pairs)
    return record.refusal(
        column,
        found,
        expected,
        _('name it (--cmt "1=oral,2=iv", or --cmt iv without a column CMT), or add ROUTE.'),
    )


def _drug(text: str) -> tuple[Drug, Salt]:
    known = drug_and_salt(text.strip())
    if known is None or known[0] is Drug.PLACEBO:
        raise RecordsNotUnderstood(
            _("The drug {word} cannot be that of a data set.").format(word=quoted(text)),
            _("ketamine or esketamine, with HCl behind it where AMT weighs the salt."),
            _("--drug ketamine."),
        )
    return known


def _split(part: str) -> tuple[str, str]:
    number, _sign, route = part.partition("=")
    return number.strip(), route.strip()


def _pairs(pairs: Iterable[tuple[str, str]]) -> dict[int, Way]:
    routes: dict[int, Way] = {}
    for number, word in pairs:
        is_number = number.isascii() and number.isdecimal() and len(number) > 0
        compartment = int(number) if is_number and len(number) <= MOST_COMPARTMENT_DIGITS else 0
        if compartment == 0 or compartment in routes or len(routes) >= MOST_COMPARTMENTS:
            raise RecordsNotUnderstood(
                _("The compartment {word} is no number from 1, or is named twice.").format(
                    word=quoted(number)
                ),
                _("each compartment once, with its route."),
                _('--cmt "1=oral,2=iv".'),
            )
        routes[compartment] = _route(word)
    return routes


def _route(word: str) -> Way:
    way = way_of(word)
    if way is None:
        near = closest_word(word, list(Route))
        raise RecordsNotUnderstood(
            _("The route {word} of a compartment is not known.").format(word=quoted(word)),
            _("one of {routes}, and a form only after oral.").format(routes=", ".join(Route)),
            _("write {word}.").format(word=quoted(near)) if near else _("use one of these words."),
        )
    return way
