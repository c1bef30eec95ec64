"""What calibration asks about: fixed before any result was seen, and never tuned to one."""

from __future__ import annotations

from dataclasses import dataclass

CONDITION = "crps"
REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
RUN_IN_DAYS = 7
DOSE_HOUR, SCORE_HOUR = 9, 20
"""Infusions start in the morning, scores are written in the evening."""

AFTER_DAYS = (0, 7, 14, 60)
"""How long after the day of the last infusion a diary ends."""

HORIZON_DAYS = 180
CONFIRM_DAYS = 3
DRAWS = 1000

MISSING = 0.2
"""Share of days without a score."""

GAP_PER_POINT = 0.35
"""Where gaps depend on pain: what each point above ``GAP_FROM`` adds to the logit of a gap. A
score of 9 is then left out twice as often as one of 6. Nobody measured this; it is set to be
felt."""
GAP_FROM = 6

PATIENTS, PATIENTS_OF_OTHERS = 4000, 500
BLOCK = 20
"""Patients whose results are kept in one file."""

SEED_OF_PATIENTS = 20_260_101
SEED_OF_DIARIES = 20_260_102
SEED_OF_DRAWS = 20_260_103
"""Patients are never drawn with the seed that a forecast draws with."""

HALF_TIME_FIXED_DAYS = 18
"""The wrong half-time that calibration must notice."""

NO_CORRELATION_DAYS = 0.01
"""So soon is everything forgotten where the forecast thinks that days do not hang together."""


@dataclass(frozen=True)
class Size:
    """How many patients are asked about, with how many draws each."""

    patients: int = PATIENTS
    patients_of_others: int = PATIENTS_OF_OTHERS
    draws: int = DRAWS
