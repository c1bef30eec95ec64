"""One word for everything that a fit to trials starts from."""

from __future__ import annotations

import hashlib

from msgspec import json

from respite.evidence.model_based.reading import seen_trials
from respite.evidence.model_based.unknowns import PRIOR
from respite.evidence.trials.rows import trial_rows
from respite.literature import Library
from respite.population import CORE

_SHOWN = 16


def digest_of_fit(library: Library) -> str:
    """Give a fingerprint of the trials that are fitted to, and of what was believed before.

    Parameters
    ----------
    library
        The library.
    """
    trials, _skipped = seen_trials(trial_rows(library), ("calibration",))
    before = [library.assembled(PRIOR), library.assembled(CORE)]
    constants = library.conventions["fitting"]
    parts = [repr(trials), json.encode(before).decode(), json.encode(constants).decode()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_SHOWN]
