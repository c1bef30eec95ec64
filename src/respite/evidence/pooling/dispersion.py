"""How sure a mean is: as printed, or made up for in a stated way where it is not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.evidence.trials.rows import TrialRow
    from respite.literature import Library, Parameter


@dataclass(frozen=True)
class MeanError:
    """The standard error of a mean; where it had to be made up for, ``imputed`` says how.

    ``rests_on`` names the convention of the library that was used.
    """

    value: float
    imputed: str = ""
    rests_on: str = ""


def error_of_mean(row: TrialRow, beside: Iterable[TrialRow], library: Library) -> MeanError | None:
    """Give the standard error of one mean.

    A printed error comes first; then the spread at the start of the same arm, or of another
    arm of the trial; then an assumed spread of scores, whose own doubt is added to it.

    Parameters
    ----------
    row
        The mean.
    beside
        Every row of the same trial.
    library
        Where the assumed spread comes from.

    Returns
    -------
    The error, or ``None`` where it is not known how many people were measured.
    """
    if row.se is not None and row.se > 0:
        assumed = row.spread_status == "assumed"
        return MeanError(row.se, _("the kind of the printed ± is assumed") if assumed else "")
    if row.n is None or row.n < 1:
        return None
    if row.sd is not None and row.sd > 0:
        return MeanError(row.sd / math.sqrt(row.n))
    at_start = _spread_at_start(row, beside)
    if at_start is not None:
        return MeanError(
            at_start / math.sqrt(row.n),
            _("no spread printed; that before treatment is taken, an SD of {sd} points").format(
                sd=f"{at_start:.1f}"
            ),
        )
    return assumed_error(row.n, library)


def assumed_error(n: int, library: Library) -> MeanError:
    r"""Give the standard error of a mean whose spread nobody printed.

    Parameters
    ----------
    n
        How many people were measured.
    library
        Where the assumed spread comes from.

    Notes
    -----
    The spread is itself log-normal, so what enters is the mean of its square,
    :math:`\mathrm{SD}^2 e^{2\omega^2}`.
    """
    spread: Parameter = library.convention("pooling.score_sd")
    doubt = spread.standard_error_sd or 0
    return MeanError(
        spread.value * math.exp(doubt**2) / math.sqrt(n),
        _("no spread printed; an SD of {sd} points is assumed").format(sd=f"{spread.value:.1f}"),
        rests_on="score_sd",
    )


def error_from_chance(value: float, chance: float) -> MeanError | None:
    """Give the standard error that goes with a difference and the P beside it.

    Parameters
    ----------
    value
        The difference.
    chance
        Its two-sided P.

    Examples
    --------
    >>> found = error_from_chance(-1.96, 0.05)
    >>> print(f"{found.value:.3f}")
    1.000
    """
    if value == 0 or not 0 < chance < 1:
        return None
    return MeanError(
        abs(value) / NormalDist().inv_cdf(1 - chance / 2),
        _("the error follows from P = {p}").format(p=f"{chance:g}"),
    )


def _spread_at_start(row: TrialRow, beside: Iterable[TrialRow]) -> float | None:
    starts = [
        one
        for one in beside
        if one.measure == "mean_pain"
        and not one.against
        and one.days is not None
        and one.days <= 0
        and one.sd
        and one.unit == row.unit
    ]
    own = [one for one in starts if one.arm == row.arm]
    return next((one.sd for one in (*own, *starts)), None)
