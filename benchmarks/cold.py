"""How long does one forecast take, from the command to the answer?"""

from __future__ import annotations

import statistics
import subprocess
import sys

from benchmarks.figure import Figure, seconds
from benchmarks.setting import Size

BAR = 0.8
COMMAND = [
    *(sys.executable, "-m", "respite", "forecast"),
    *("--regimen", "ketamine 0.5 mg/kg iv over 40 min daily x10"),
    *("--condition", "crps", "--weight", "70"),
]


def figures(size: Size) -> list[Figure]:
    """Measure: the median of some starts, after one that warms the disk."""

    def start() -> None:
        subprocess.run(COMMAND, check=True, capture_output=True)

    start()
    median = statistics.median(seconds(start) for _ in range(size.cold_starts))
    note = f"whole process, median of {size.cold_starts}"
    return [Figure("`respite forecast`", median, "s", BAR, note=note)]
