"""When does pain return in a group of patients who are seen at visits?"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING

from respite.domain import VERSION, RespiteError, Visits, read_visits
from respite.domain import translate as _
from respite.evidence.returns.answer import Difference, GroupReturns, ReturnTimes
from respite.evidence.returns.bands import Draws
from respite.evidence.returns.comparison import difference
from respite.evidence.returns.group import group_returns

if TYPE_CHECKING:
    from respite.population import Progress

MOST_RESAMPLES = 100_000
"""More would not make a rough band finer; ours."""


def return_times(
    visits: Visits | str | PathLike[str],
    *,
    resamples: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
) -> ReturnTimes:
    r"""Find when pain returned in a group of patients who were seen at visits.

    Every course counts as one loss of relief. Where each is known to the day
    or has not come yet, the curve is that of Kaplan and Meier; where visits
    tell only between which days it came, the curve is the nonparametric
    maximum likelihood estimate of Turnbull over half-open intervals.

    Parameters
    ----------
    visits
        What was seen, a path to a table of it, or the table as text.
    resamples
        How many groups are drawn for a band, where it has to be drawn.
    seed
        Same seed, same answer.
    progress
        Told now and then what share of the work is done, from 0 to 1.

    Raises
    ------
    FileNotUnderstood, VisitsNotUnderstood
        Where the table cannot be read.
    RespiteError
        Where no or too many groups are to be drawn.

    Examples
    --------
    >>> table = "patient,last_seen_with_relief_day,first_seen_without_day"
    >>> answer = return_times(f"{table}\nA,7,14\nB,14,28\nC,28,\n", resamples=50)
    >>> answer.groups[0].method
    'npmle'
    """
    if not 1 <= resamples <= MOST_RESAMPLES:
        raise RespiteError(
            _("--resamples is {count}.").format(count=resamples),
            _("1 to {most:,}.").format(most=MOST_RESAMPLES),
            _("--resamples 1000."),
        )
    seen = visits if isinstance(visits, Visits) else read_visits(visits)
    names = seen.groups
    groups = [
        group_returns(
            seen.of_group(name),
            Draws(resamples, seed, _part(progress, done, len(names))),
            name or None,
        )
        for done, name in enumerate(names)
    ]
    return ReturnTimes(
        groups=tuple(groups),
        differences=tuple(_differences(groups)),
        resamples=resamples,
        provenance={"respite": VERSION, "seed": seed},
    )


def _part(progress: Progress | None, done: int, count: int) -> Progress | None:
    """Give one group its part of the whole work."""
    if progress is None:
        return None
    return lambda share: progress((done + share) / count)


def _differences(groups: list[GroupReturns]) -> Iterator[Difference]:
    first, *others = groups
    for other in others:
        for one, base in zip(other.shares, first.shares, strict=True):
            value, interval, because = None, None, one.because or base.because
            if (
                one.share is not None
                and base.share is not None
                and one.interval95 is not None
                and base.interval95 is not None
            ):
                value, interval = difference(one.share, one.interval95, base.share, base.interval95)
            yield Difference(
                group=other.group or "",
                minus=first.group or "",
                day=one.day,
                difference=value,
                interval95=interval,
                because=because,
            )
