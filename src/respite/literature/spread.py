"""How far a number spreads, as printed, and its one exact conversion to a standard deviation."""

from __future__ import annotations

from math import log, sqrt
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

Distribution = Literal["log_normal", "logit_normal", "normal", "fixed"]
"""Shape of a spread: the standard deviation is that of the log, the logit or the number itself."""

SpreadKind = Literal[
    "omega_variance",
    "omega_sd",
    "cv_percent",
    "logit_sd",
    "geometric_sd",
    "sd",
    "standard_error",
    "standard_error_percent",
    "ci95",
    "ci90",
    "range",
    "iqr",
    "not_reported",
    "none",
]
"""What a source prints. ``none`` means zero by design; ``not_reported`` means nobody says.
``geometric_sd`` is the factor by which a geometric mean is multiplied and divided."""

IN_THE_UNIT_OF_THE_NUMBER = frozenset({"sd", "standard_error", "ci95", "ci90", "range", "iqr"})
"""Kinds that are printed in the unit of the number they belong to."""

PAIRED = frozenset({"ci95", "ci90", "range", "iqr"})
"""Kinds printed as a lowest and a highest number."""

SpreadStatus = Literal["published", "derived", "pooled", "assumed"]


class Spread(Struct, frozen=True, forbid_unknown_fields=True):
    """A spread as printed, in the unit of the number it belongs to.

    Attributes
    ----------
    kind
        What the printed figure is.
    value
        The figure, for every kind but the paired ones.
    from_, to
        Lowest and highest, for the paired kinds.
    status, source, at, because
        Where the spread comes from, if not from where its number does.
    """

    kind: SpreadKind
    value: float | None = None
    from_: float | None = field(name="from", default=None)
    to: float | None = None
    status: SpreadStatus | None = None
    source: str = ""
    at: str = ""
    because: str = ""

    def in_units_of(self, factor: float) -> Spread:
        """Give the same spread with its number in another unit.

        Parameters
        ----------
        factor
            What one printed unit is worth in the other unit.
        """
        if self.kind not in IN_THE_UNIT_OF_THE_NUMBER or factor == 1:
            return self
        value, lowest, highest = (
            None if number is None else number * factor
            for number in (self.value, self.from_, self.to)
        )
        return replace(self, value=value, from_=lowest, to=highest)

    def sd(self, distribution: Distribution, value: float) -> float | None:
        r"""Give the standard deviation on the scale of the distribution.

        Parameters
        ----------
        distribution
            ``log_normal`` gives a log SD, ``logit_normal`` a logit SD, ``normal`` a plain SD.
        value
            The number the spread belongs to, in the same unit.

        Returns
        -------
        The standard deviation; zero where there is none by design; ``None`` where it is not
        reported, or is a range, which says nothing without the number of people in it.

        Notes
        -----
        .. math::
            \mathrm{CV}^2 = e^{\omega^2} - 1

        Standard errors, and coefficients of variation on a logit or plain scale, go through the
        first derivative (delta method). Intervals go by their width on the transformed scale.

        Examples
        --------
        >>> print(round(Spread(kind="cv_percent", value=100).sd("log_normal", 5), 4))
        0.8326
        >>> print(Spread(kind="not_reported").sd("log_normal", 5))
        None
        """
        if self.kind in ("not_reported", "range"):
            return None
        if self.kind == "none" or distribution == "fixed":
            return 0
        if self.kind in PAIRED:
            return self._sd_of_interval(distribution)
        figure = 0 if self.value is None else self.value
        match self.kind:
            case "omega_variance":
                return sqrt(figure)
            case "omega_sd" | "logit_sd":
                return figure
            case "geometric_sd":
                return _by_first_derivative(log(figure) * abs(value), distribution, value)
            case "cv_percent":
                return _from_sd(figure / 100 * abs(value), distribution, value)
            case "sd":
                return _from_sd(figure, distribution, value)
            case "standard_error_percent":
                return _by_first_derivative(figure / 100 * abs(value), distribution, value)
            case _:
                return _by_first_derivative(figure, distribution, value)

    def _sd_of_interval(self, distribution: Distribution) -> float:
        lowest, highest = self.from_, self.to
        if lowest is None or highest is None:
            return 0
        # Imported here, because the module is slow to load and many numbers have no interval.
        from statistics import NormalDist

        share_within = {"ci95": 95 / 100, "ci90": 90 / 100}.get(self.kind, 0.5)
        share_below = (1 - share_within) / 2
        width = _transformed(highest, distribution) - _transformed(lowest, distribution)
        return width / (2 * NormalDist().inv_cdf(1 - share_below))


def _from_sd(sd: float, distribution: Distribution, value: float) -> float:
    if distribution == "log_normal":
        return sqrt(log(1 + (sd / value) ** 2))
    return _by_first_derivative(sd, distribution, value)


def _by_first_derivative(sd: float, distribution: Distribution, value: float) -> float:
    if distribution == "log_normal":
        return sd / abs(value)
    if distribution == "logit_normal":
        return sd / (value * (1 - value))
    return sd


def _transformed(value: float, distribution: Distribution) -> float:
    if distribution == "log_normal":
        return log(value)
    if distribution == "logit_normal":
        return log(value / (1 - value))
    return value
