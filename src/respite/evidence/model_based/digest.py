"""One word for everything that a fit to trials starts from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from respite.evidence.model_based.reading import seen_trials
from respite.evidence.model_based.unknowns import PRIOR
from respite.evidence.trials.rows import trial_rows
from respite.literature import Library, Model, Parameter
from respite.population import CORE, person_sd, study_sd

_SHOWN = 16


def digest_of_fit(library: Library) -> str:
    """Give a fingerprint of the trials that are fitted to, and of what was believed before.

    Parameters
    ----------
    library
        The library.

    Returns
    -------
    One word, which no change of words in the library moves, but any change of a number.
    """
    trials, _skipped = seen_trials(trial_rows(library), ("calibration",))
    parts = [
        repr(trials),
        *_numbers(library.conventions["fitting"].parameters),
        *(line for name in (PRIOR, CORE) for line in _of_model(library.assembled(name))),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_SHOWN]


def _of_model(model: Model) -> Iterator[str]:
    yield from _numbers(model.parameters)
    yield from _numbers(model.residual)
    for name, condition in model.conditions.items():
        yield name
        yield from _numbers(condition.parameters)


def _numbers(parameters: Mapping[str, Parameter]) -> Iterator[str]:
    for name, number in parameters.items():
        spreads = (study_sd(number), person_sd(number))
        yield f"{name} {number.distribution} {number.value!r} {spreads!r}"
