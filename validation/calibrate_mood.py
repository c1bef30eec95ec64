"""Calibrate the mood model: how many respond, and how far times to relapse spread.

Run with the project's environment: ``python validation/calibrate_mood.py``. It prints the numbers
that ``mood_respite1.toml`` carries with ``calibrated_to``; it changes no file. Nothing is drawn
for the fit: shares are integrals over the normal curve. The check at the end draws people.

Rows it is calibrated to
------------------------
mood_response_chance, mood_relapse_time (spread between people)
    han2016: 52.2, 47.9 and 39.8 % in response 1, 3 and 7 days after one dose.
mood_session_gain
    murrough2013: 70.8 % in response after six sessions in 12 days.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.special import expit, logit, ndtr

from respite.domain import Regimen
from respite.literature import load_library
from respite.population import MOOD, People, draw_moods, follow_mood

ONE_DOSE = {1: 0.522, 3: 0.479, 7: 0.398}
SIX_DOSES = 0.708
MEDIAN_DAYS = 18
BETWEEN_STUDIES = 0.4


def fitted() -> tuple[float, float, float]:
    """Give the chance of one session, the spread of times to relapse, and the gain."""
    days = np.array(list(ONE_DOSE))
    seen = np.array(list(ONE_DOSE.values()))
    grid = product(np.arange(0.50, 0.60, 0.005), np.arange(0.8, 1.8, 0.05))

    def distance(of: tuple[float, float]) -> float:
        chance, spread = of
        total = np.hypot(spread, BETWEEN_STUDIES)
        return float(np.sum((chance * ndtr(np.log(MEDIAN_DAYS / days) / total) - seen) ** 2))

    chance, spread = min(grid, key=distance)
    return chance, spread, float((logit(SIX_DOSES) - logit(chance)) / np.log2(6))


def simulated(regimen: str, after_days: tuple[float, ...]) -> tuple[list[float], float]:
    """Simulate shares in response so long after the last dose, and the median time to relapse."""
    moods = draw_moods(load_library().assembled(MOOD), People(1, 20_000))
    events = Regimen.parse(regimen).events()
    end = max(event.end_h for event in events)
    course = follow_mood(moods, events, end + 24 * np.array(after_days))
    responded = course.until_h[np.isfinite(course.until_h)]
    return course.responding.mean(axis=0).tolist(), float(np.median(responded - end) / 24)


def main() -> None:
    """Print the fit, and what people drawn from the library show."""
    chance, spread, gain = fitted()
    print(f"chance {chance:.3f}  spread between people {spread:.2f}  gain {gain:.2f}")
    print(f"six sessions: {expit(logit(chance) + gain * np.log2(6)):.3f}")
    print("one dose, days 1, 3, 7:", simulated("ketamine 0.5 mg/kg iv over 40 min", (1, 3, 7)))
    six = "ketamine 0.5 mg/kg iv over 40 min every 54 h x6"
    print("six doses, 4.5 h after the last; median relapse:", simulated(six, (4.5 / 24,)))


if __name__ == "__main__":
    main()
