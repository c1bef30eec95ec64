"""Writes a data set as the table that is read back as the same data set."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, nextafter

from respite.domain.data_set import Compartments, DataSet, Subject
from respite.domain.dosing import DoseEvent, Salt, Way
from respite.domain.errors import RecordsNotUnderstood
from respite.domain.record_cells import CARRIES, OBSERVES
from respite.domain.record_routes import told
from respite.domain.record_rows import Row, rows_of_subject
from respite.domain.words import listed
from respite.domain.words import translate as _

_NOTHING = "."
_FIRST = ("ID", "TIME", "EVID", "AMT", "RATE", "ADDL", "II", "SS")
_LAST = ("DV", "MDV")


@dataclass(frozen=True)
class _Form:
    """Which columns a table has, and which compartment each route is."""

    columns: tuple[str, ...]
    compartments: Mapping[Way, int]


def write(data: DataSet, *, compartments: Compartments | None, compress: bool) -> str:
    """Write a data set."""
    form = _form(data, compartments)
    lines = [",".join(form.columns)]
    for subject in data.subjects:
        lines += (",".join(cells) for cells in _lines(subject, form, compress=compress))
    return "\n".join(lines) + "\n"


def _form(data: DataSet, compartments: Compartments | None) -> _Form:
    numbers = _numbers(compartments)
    events = [event for subject in data.subjects for event in subject.doses]
    _check(events, compartments, numbers)
    seen = [one for subject in data.subjects for one in subject.observations]
    columns = [*_FIRST]
    if numbers or any(one.compartment is not None for one in seen):
        columns.append("CMT")
    if compartments is None:
        columns += ["DRUG", "ROUTE"]
    covariates = dict.fromkeys(
        name
        for subject in data.subjects
        for change in subject.covariate_changes
        for name in change.values
    )
    return _Form((*columns, *_LAST, *covariates), numbers)


def _numbers(compartments: Compartments | None) -> dict[Way, int]:
    """Give the first compartment of each route that the caller names."""
    numbers: dict[Way, int] = {}
    for number, route in told(compartments, None).routes.items():
        numbers.setdefault(route, number)
    return numbers


def _check(
    events: Sequence[DoseEvent], compartments: Compartments | None, numbers: Mapping[Way, int]
) -> None:
    """Refuse what a table of numbers alone would leave unsaid."""
    if compartments is None:
        return
    drugs = {(event.drug, event.salt) for event in events}
    if len(drugs) > 1:
        raise RecordsNotUnderstood(
            _("The doses are of several drugs or salts."),
            _("one drug in a table of numbers alone."),
            _("leave the compartments out: the table then says drug and route in words."),
        )
    known = set(numbers) if numbers else {told(compartments, None).route}
    unknown = sorted({str(event.way) for event in events if event.way not in known})
    if unknown:
        raise RecordsNotUnderstood(
            _("No compartment is named for {routes}.").format(routes=listed(unknown)),
            _("a compartment for every route that is used."),
            _('name it, as in --cmt "1=oral,2=iv".'),
        )


def _lines(subject: Subject, form: _Form, *, compress: bool) -> Iterator[list[str]]:
    changes = deque(subject.covariate_changes)
    known: dict[str, str] = {}
    for row in rows_of_subject(subject, compress=compress):
        while changes and changes[0].time_h <= row.time_h:
            change = changes.popleft()
            if any(name in known for name in change.values):
                # NONMEM lets a value hold backwards: the old one must reach to the change.
                yield _line(subject, Row(time_h=change.time_h, kind=CARRIES), form, known)
            known |= {name: number(value) for name, value in change.values.items()}
        yield _line(subject, row, form, known)


def _line(subject: Subject, row: Row, form: _Form, known: Mapping[str, str]) -> list[str]:
    cells = {"ID": str(subject.id), **_cells(row, form.compartments), **known}
    return [cells.get(column, _NOTHING) for column in form.columns]


def _cells(row: Row, compartments: Mapping[Way, int]) -> dict[str, str]:
    cells = {"TIME": number(row.time_h), "EVID": str(row.kind)}
    if row.observation is not None:
        value, place = row.observation.value, row.observation.compartment
        cells["DV"] = _NOTHING if value is None else number(value)
        cells["CMT"] = _NOTHING if place is None else str(place)
    # Whoever observes nothing has no DV either.
    is_seen = row.kind == OBSERVES and cells["DV"] != _NOTHING
    cells["MDV"] = "0" if is_seen else "1"
    if row.event is not None:
        cells |= _dose_cells(row, row.event, compartments)
    return cells


def _dose_cells(row: Row, event: DoseEvent, compartments: Mapping[Way, int]) -> dict[str, str]:
    cells = {
        "AMT": number(event.amount),
        "RATE": number(_rate(event.amount, event.duration_h)),
        "DRUG": f"{event.drug} HCl" if event.salt is Salt.HYDROCHLORIDE else str(event.drug),
        "ROUTE": str(event.way),
    }
    if event.way in compartments:
        cells["CMT"] = str(compartments[event.way])
    if row.interval_h:
        cells["II"] = number(row.interval_h)
    if row.additional:
        cells["ADDL"] = str(row.additional)
    if row.steady:
        cells["SS"] = str(row.steady)
    return cells


def _rate(amount: float, duration_h: float) -> float:
    """Give the rate that a reader divides the amount by to find this duration again."""
    if duration_h == 0:
        return 0
    rate = amount / duration_h
    nearby = (rate, nextafter(rate, inf), nextafter(rate, 0))
    return next((one for one in nearby if amount / one == duration_h), rate)


def number(value: float) -> str:
    """Write a number in the fewest digits that are read back as the same number.

    Examples
    --------
    >>> number(35.0), number(0.5), number(1e-7)
    ('35', '0.5', '1e-07')
    """
    return repr(float(value)).removesuffix(".0")
