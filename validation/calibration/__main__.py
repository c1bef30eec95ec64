"""Ask about every patient, and write the page: some hours on two cores, or what is left of them."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from respite.literature import load_library
from validation.calibration import agreement
from validation.calibration.agreement import Agreement
from validation.calibration.figures import coverage, histograms
from validation.calibration.page import COVERAGE, HISTOGRAMS, page
from validation.calibration.runs import ROOT, blocks_of, joined, run
from validation.calibration.scenarios import SCENARIOS
from validation.calibration.settings import Size
from validation.calibration.summary import Summary, summarise

DOCS = ROOT / "docs"


def measure(names: list[str], size: Size) -> list[Summary]:
    """Ask about the patients of some scenarios, and sum up.

    Parameters
    ----------
    names
        Which scenarios.
    size
        How many patients, with how many draws.
    """
    blocks = [block for name in names for block in blocks_of(SCENARIOS[name], size)]
    rows = joined(run(blocks, watched=sys.stderr.isatty()))
    return [one for name in names for one in summarise(SCENARIOS[name], rows[name])]


def with_nuts(patients: int) -> Agreement | None:
    """Compare some patients with NUTS, and say on standard error how far it is."""
    compared: list[agreement.Compared] = []
    for one in agreement.compare_all(patients):
        compared.append(one)
        print(f"NUTS: {len(compared)} of {patients}", file=sys.stderr)
    return agreement.agreement(compared) if compared else None


def write(summaries: list[Summary], size: Size, docs: Path, nuts: Agreement | None = None) -> None:
    """Write the page, its figures as data, and its pictures.

    Parameters
    ----------
    summaries
        What was found.
    size
        How many patients were asked about.
    docs
        The folder of all pages.
    nuts
        How near forecasts are to NUTS, where that was asked.
    """
    digest = load_library().digest_of_models()
    reference, pictures = docs / "reference", docs / "pictures"
    for folder in (reference, pictures):
        folder.mkdir(parents=True, exist_ok=True)
    data = {
        "schema": "respite.calibration/1",
        "library_digest": digest,
        "size": asdict(size),
        "summaries": [one.to_dict() for one in summaries],
        "nuts": None if nuts is None else asdict(nuts),
    }
    (reference / "calibration.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    (reference / "calibration.md").write_text(page(summaries, size, digest, nuts), "utf-8")
    (pictures / HISTOGRAMS).write_bytes(histograms(summaries))
    (pictures / COVERAGE).write_bytes(coverage(summaries))


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m validation.calibration", description=__doc__)
    words.add_argument("--only", nargs="*", choices=SCENARIOS, default=list(SCENARIOS))
    words.add_argument("--patients", type=int, default=Size().patients)
    words.add_argument("--others", type=int, default=Size().patients_of_others)
    words.add_argument("--draws", type=int, default=Size().draws)
    words.add_argument("--nuts", type=int, default=agreement.PATIENTS, help="0 leaves NUTS out")
    words.add_argument("--into", type=Path, help="write the page under this folder of pages")
    asked = words.parse_args()
    size = Size(asked.patients, asked.others, asked.draws)
    summaries = measure(asked.only, size)
    nuts = with_nuts(asked.nuts)
    print(page(summaries, size, load_library().digest_of_models(), nuts))
    if asked.into:
        write(summaries, size, asked.into, nuts)


if __name__ == "__main__":
    main()
