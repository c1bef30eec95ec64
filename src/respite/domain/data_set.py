"""A data set: doses and observed levels of several subjects, as pharmacometricians record them.

The tables are those that NONMEM and its successors read: one row for each
record, with the columns ID, TIME, AMT, RATE, ADDL, II, SS, EVID, CMT, DV and
MDV. Here such a table has one meaning, and what cannot be given that meaning
exactly is refused with its line and column.

**Records.** EVID 0 observes, 1 gives a dose, 2 only carries covariates, 3
resets (the body is empty from then on, running infusions stop, additional
doses still to come are cancelled), 4 resets and then gives a dose. Without a
column EVID, a row with AMT above zero is a dose and every other one observes.
A row observes a level where its DV is written and MDV is not 1; where DV is
not written, a level is asked for and missing.

**Doses.** AMT in mg. RATE in mg/h makes an infusion over AMT / RATE hours.
ADDL further doses like this one follow at intervals of II hours: plain doses,
also behind EVID 4 and SS. SS 1 resets, and takes the subject to where equal
doses at intervals of II, given for ever, would have led; the dose itself is
then given. SS 2 does the same on top of what is there, without a reset.

**Order.** Rows count in the order of the table, also at equal TIME: a level
that stands above a dose of the same TIME is read before it, one below it
after it. Additional doses have no row; at equal TIME they come before every
row, as in NONMEM.

**Covariates.** Every other column is a covariate. A value holds from its row
until a row of the same subject says another; "." and blank say nothing new.
NONMEM itself lets a value hold backwards, from the row before it: where a
covariate changes between rows, the two differ.

Start at :func:`read_data_set`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from respite.domain.dosing import DoseEvent, Drug, Route

if TYPE_CHECKING:
    from datetime import datetime
    from os import PathLike

    from respite.domain.history import DosingHistory
    from respite.domain.regimen import Regimen

Compartments = Mapping[int, Route] | Route | str
"""Which route each CMT is: ``{1: Route.ORAL, 2: Route.IV}``, or ``"1=oral,2=iv"``.

One route alone, ``Route.IV`` or ``"iv"``, is for tables without a column CMT.
"""


@dataclass(frozen=True, kw_only=True)
class SteadyDose:
    """A dose at steady state.

    It says that doses equal to ``event`` were given at
    ``event.time_h - k * interval_h`` for every k of 1 and above, without a
    beginning, and that ``event`` itself is given at its time. The doses of
    the past count although they lie before the episode.

    Parameters
    ----------
    event
        The dose that is given now.
    interval_h
        Hours from one of the doses to the next; no shorter than the infusion.
    """

    event: DoseEvent
    interval_h: float


@dataclass(frozen=True, kw_only=True)
class Episode:
    """A stretch between two resets, into which nothing is carried over.

    Parameters
    ----------
    start_h, end_h
        Hours on the clock of the subject: from the first record, or a reset,
        to the next reset. The last episode ends with the last record or the
        end of the last dose, whichever is later. An infusion that would run
        past a reset stops there, although its event keeps its whole length.
    events
        Doses in the order in which they are given, additional ones among them.
    steady
        Doses at steady state in their order; they are not among ``events``.
    """

    start_h: float
    end_h: float
    events: tuple[DoseEvent, ...] = ()
    steady: tuple[SteadyDose, ...] = ()

    @property
    def doses(self) -> tuple[DoseEvent, ...]:
        """Every dose given in the episode, in order of time; no imagined past."""
        given = [*(dose.event for dose in self.steady), *self.events]
        return tuple(sorted(given, key=lambda event: event.time_h))


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A level that was observed, or is asked for.

    The level is that of the doses ``episode.events[:events_before]`` and
    ``episode.steady[:steady_before]``, and of no other: so a level that is
    read at the time of a dose knows on which side of the dose it stands.

    Parameters
    ----------
    time_h
        Hours on the clock of the subject.
    value
        DV in ng/mL, or ``None`` where it is missing.
    episode
        Index of the episode among those of the subject.
    events_before, steady_before
        How many doses of that episode have been given when the level is read.
    compartment
        CMT as written, or ``None``.
    row
        Line of the file; it does not count when two observations are compared.
    """

    time_h: float
    value: float | None
    episode: int
    events_before: int
    steady_before: int
    compartment: int | None = None
    row: int = field(default=0, compare=False)

    @property
    def is_missing(self) -> bool:
        """Whether no level was observed."""
        return self.value is None


@dataclass(frozen=True, kw_only=True)
class CovariateChange:
    """New values of some covariates, which hold from now on.

    Parameters
    ----------
    time_h
        Hours on the clock of the subject.
    values
        Values by name of column, in capitals, for those that are new or changed.
    """

    time_h: float
    values: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One subject of a data set.

    Parameters
    ----------
    id
        Number of the subject.
    episodes
        Stretches between resets, in order; at least one.
    observations
        Levels in the order of the table.
    covariate_changes
        Covariates in order of time, each time once.
    """

    id: int
    episodes: tuple[Episode, ...]
    observations: tuple[Observation, ...] = ()
    covariate_changes: tuple[CovariateChange, ...] = ()

    @property
    def doses(self) -> tuple[DoseEvent, ...]:
        """Every dose given to the subject, in order of time within each episode."""
        return tuple(event for episode in self.episodes for event in episode.doses)

    def covariates_at(self, time_h: float) -> dict[str, float]:
        """Give the covariates that hold at a time: those last said at or before it."""
        known: dict[str, float] = {}
        for change in self.covariate_changes:
            if change.time_h <= time_h:
                known |= change.values
        return known


@dataclass(frozen=True)
class DataSet:
    """Doses and observed levels of several subjects.

    Made by :func:`read_data_set` and :func:`data_set_of`.

    Parameters
    ----------
    subjects
        At least one, in the order of the table.
    """

    subjects: tuple[Subject, ...]


def read_data_set(
    source: str | PathLike[str],
    *,
    compartments: Compartments | None = None,
    drug: Drug | str | None = None,
) -> DataSet:
    r"""Read a data set in the form that NONMEM reads.

    Parameters
    ----------
    source
        A path, or the text of the table: a string with a line break is taken
        for text. Cells are separated by commas or by semicolons; lines that
        begin with ``#`` are comments, and no other line is left out.
    compartments
        Which route each CMT of a dose is; needed unless a column ROUTE says
        it in words. Where both say it, they must agree.
    drug
        ``ketamine`` or ``esketamine``, with ``HCl`` behind it where AMT
        weighs the salt; needed unless a column DRUG says it.

    Returns
    -------
    The subjects with their episodes, observations and covariates; the module
    ``respite.domain.data_set`` defines what each record means.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read.
    RecordsNotUnderstood
        Where a record cannot be honoured exactly, with its line and column.

    Examples
    --------
    >>> data = read_data_set(
    ...     "ID,TIME,AMT,RATE,ADDL,II,DV\n"
    ...     "1,0,35,52.5,2,24,.\n"
    ...     "1,49,.,.,.,.,88\n",
    ...     compartments="iv",
    ...     drug="ketamine",
    ... )
    >>> [event.time_h for event in data.subjects[0].doses]
    [0.0, 24.0, 48.0]
    >>> data.subjects[0].observations[0].value
    88.0
    """
    # Imported here and below, so that those without a data set do not pay for its table.
    from respite.domain.record_files import read

    return read(source, compartments=compartments, drug=drug)


def read_records(
    source: str | PathLike[str],
    *,
    compartments: Compartments | None = None,
    drug: Drug | str | None = None,
) -> DataSet | DosingHistory:
    """Read a data set or a dosing history, whichever the first line announces.

    Parameters
    ----------
    source
        A path, or the text of the table, as for :func:`read_data_set`.
    compartments, drug
        What a data set leaves unsaid; a dosing history says it itself.

    Raises
    ------
    RespiteError
        Where the table cannot be read, as :func:`read_data_set` and
        :func:`read_dosing_history` say.
    """
    from respite.domain.record_files import read_either

    return read_either(source, compartments=compartments, drug=drug)


def write_data_set(
    given: DataSet | DosingHistory | Regimen,
    *,
    compartments: Compartments | None = None,
    compress: bool = False,
    weight_kg: float | None = None,
) -> str:
    """Write a data set as the table that :func:`read_data_set` reads.

    Reading the table again gives an equal data set. Made from a history or a
    regimen, the length of an infusion may differ in its last digit, since a
    table holds its rate.

    Parameters
    ----------
    given
        A data set, or the doses of one subject.
    compartments
        Which route each CMT is. The table then has numbers only; drug and
        routes are told when it is read. Without it, the columns DRUG and
        ROUTE say them in words, which NONMEM must be told to drop.
    compress
        Whether equal doses at equal intervals are written as one row with
        ADDL and II; otherwise every dose has its row.
    weight_kg
        Body weight, needed where a history or a regimen has doses per kilogram.

    Raises
    ------
    RespiteError
        Where a table of this form cannot hold what is given.
    """
    from respite.domain.record_writing import write

    data = given if isinstance(given, DataSet) else data_set_of(given, weight_kg=weight_kg)
    return write(data, compartments=compartments, compress=compress)


def data_set_of(given: DosingHistory | Regimen, *, weight_kg: float | None = None) -> DataSet:
    """Give the doses of a history or a regimen as a data set of one subject.

    Parameters
    ----------
    given
        What was or will be given; no placebo among it.
    weight_kg
        Body weight, needed for doses per kilogram; where it is given, it
        becomes the covariate WT.

    Raises
    ------
    PatientNotUnderstood
        Where a dose is per kilogram and the weight is not known.
    RecordsNotUnderstood
        Where a placebo is given: a data set has no record for it.
    """
    from respite.domain.record_doses import data_set_of_events

    return data_set_of_events(given.events(), weight_kg)


def dosing_history_of(data: DataSet, start: datetime) -> DosingHistory:
    """Give the doses of a data set as a dosing history; levels and covariates are left behind.

    Parameters
    ----------
    data
        One subject without reset and without steady state.
    start
        Date and time at which TIME is zero.

    Raises
    ------
    RecordsNotUnderstood
        Where a dosing history cannot say what the data set says.
    """
    from respite.domain.record_doses import history_of

    return history_of(data, start)
