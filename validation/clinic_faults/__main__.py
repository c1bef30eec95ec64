"""Run the trials on both engines, and say what was found."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from random import Random

from validation.clinic_faults.trial import Trial

KILLS = 20


def main() -> None:
    """Run from the command line; ends with one if a word was lost."""
    words = argparse.ArgumentParser(prog="python -m validation.clinic_faults", description=__doc__)
    words.add_argument("--kills", type=int, default=KILLS)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--engine", choices=("postgresql", "sqlite", "both"), default="both")
    asked = words.parse_args()
    # Told to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    engines = ("postgresql", "sqlite") if asked.engine == "both" else (asked.engine,)
    is_whole = True
    for engine in engines:
        may = ("web", "worker", "database") if engine == "postgresql" else ("web", "worker")
        targets = [may[number % len(may)] for number in range(asked.kills)]
        Random(asked.seed).shuffle(targets)
        begun = time.monotonic()
        trial = Trial(targets, is_on_sqlite=engine == "sqlite", seed=asked.seed)
        told = trial.run()
        print(f"{engine}: killed {', '.join(told.killed)}")
        print(
            f"{engine}: {told.kept} kept, {told.sent} sent, {time.monotonic() - begun:.0f} s:"
            f" {told.words}",
            flush=True,
        )
        is_whole = is_whole and told.is_whole
    sys.exit(not is_whole)


if __name__ == "__main__":
    main()
