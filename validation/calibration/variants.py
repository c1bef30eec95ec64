"""Libraries that differ from ours in one number: another truth, or another belief."""

from __future__ import annotations

from msgspec.structs import replace

from respite.literature import Library, Parameter
from validation.calibration import settings

PAIN = "pain_respite1"


def as_shipped(library: Library) -> Library:
    """Give the library as it is."""
    return library


def half_time_twice(library: Library) -> Library:
    """Give a library in which slow relief sets in and wears off half as fast."""
    return _with_half_time(library, 2)


def half_time_thrice(library: Library) -> Library:
    """Give a library in which slow relief sets in and wears off a third as fast."""
    return _with_half_time(library, 3)


def half_time_fixed(library: Library) -> Library:
    """Give a library that is sure of a wrong typical half-time."""
    number = library.model(PAIN).parameters["slow_half_time"]
    typical = replace(number.typical, value=settings.HALF_TIME_FIXED_DAYS, standard_error=None)
    return _with_parameter(library, replace(number, typical=typical))


def without_correlation(library: Library) -> Library:
    """Give a library that takes each day's score for news of its own."""
    model = library.model(PAIN)
    number = library.assembled(PAIN).residual["autocorrelation_time"]
    typical = replace(number.typical, value=settings.NO_CORRELATION_DAYS)
    residual = {**model.residual, "autocorrelation_time": replace(number, typical=typical)}
    return library.with_model(replace(model, residual=residual))


def _with_half_time(library: Library, factor: float) -> Library:
    number = library.model(PAIN).parameters["slow_half_time"]
    value = factor * number.typical.value
    error = number.typical.standard_error
    # On the scale of logarithms the spread stays as it is.
    scaled = None if error is None else error.in_units_of(factor)
    typical = replace(number.typical, value=value, standard_error=scaled)
    return _with_parameter(library, replace(number, typical=typical))


def _with_parameter(library: Library, half_time: Parameter) -> Library:
    model = library.model(PAIN)
    parameters = {**model.parameters, "slow_half_time": half_time}
    return library.with_model(replace(model, parameters=parameters))
