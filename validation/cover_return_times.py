"""How often do 95 % limits of a curve between visits hold the true share?

``python validation/cover_return_times.py`` draws groups of patients who lose relief at
exponential times with a median of 28 days, and who are seen at visits or known to the day. It
prints how often the limits at set days hold the truth, with how wide they are on average. It
takes some minutes.
"""

from __future__ import annotations

import numpy as np

from respite.domain import CourseSeen, Visits
from respite.evidence import return_times

MEDIAN = 28
GROUPS = 200
RESAMPLES = 200
SCHEDULE = (7, 14, 28, 56, 84)


def seen(generator: np.random.Generator, people: int, how: str) -> Visits:
    """Draw a group: when relief was lost, and what visits saw of it."""
    courses: list[CourseSeen] = []
    for number in range(people):
        lost = generator.exponential(MEDIAN / np.log(2))
        days = np.array(SCHEDULE, float)
        if how == "visits around the set days":
            days = np.sort(days + generator.integers(-4, 5, len(days)))
        held, gone = max([0.0, *days[days < lost]]), min([np.inf, *days[days >= lost]])
        if how == "known to the day" and lost <= days[-1]:
            held = gone = lost
        courses.append(
            CourseSeen(
                patient=str(number),
                course=1,
                group="",
                last_with_day=float(held),
                first_without_day=None if np.isinf(gone) else float(gone),
            )
        )
    return Visits(tuple(courses))


def main() -> None:
    """Print the table."""
    print("| seen | patients | 14 days | 28 days | 56 days |\n|---|---|---|---|---|")
    for how in ("known to the day", "visits on the set days", "visits around the set days"):
        for people in (10, 20, 60):
            generator = np.random.default_rng(people)
            held: dict[int, list[bool]] = {day: [] for day in (14, 28, 56)}
            wide: dict[int, list[float]] = {day: [] for day in held}
            for _group in range(GROUPS):
                answer = return_times(seen(generator, people, how), resamples=RESAMPLES)
                for share in answer.groups[0].shares:
                    if share.day in held:
                        low, high = share.interval95 or (0.0, share.highest)
                        held[share.day].append(low <= 0.5 ** (share.day / MEDIAN) <= high)
                        wide[share.day].append(high - low)
            cells = [f"{np.mean(held[day]):.0%} ({np.mean(wide[day]):.2f})" for day in held]
            print(f"| {how} | {people} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
