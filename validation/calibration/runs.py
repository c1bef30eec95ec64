"""Ask about many patients: block by block, on two processes, each block kept once it is done."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from respite.literature import Library, load_library
from respite.population import People
from validation.calibration import metrics, settings
from validation.calibration.asking import Answer, ask, entries_of
from validation.calibration.scenarios import SCENARIOS, Scenario
from validation.calibration.settings import Size
from validation.calibration.virtual import DAY_H, EVENTS, SCORES_H, Life, facts_of, live

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".calibration"
"""Where finished blocks are kept: not part of the project."""

DECIDES = (
    "src/respite/domain",
    "src/respite/literature",
    "src/respite/engine",
    "src/respite/population",
    "src/respite/forecasting",
    "validation/calibration/asking.py",
    "validation/calibration/diaries.py",
    "validation/calibration/metrics.py",
    "validation/calibration/plan2012.py",
    "validation/calibration/runs.py",
    "validation/calibration/settings.py",
    "validation/calibration/variants.py",
    "validation/calibration/virtual.py",
)
"""Code on which a result depends."""

PROCESSES = 2


@dataclass(frozen=True)
class Row:
    """One patient and one length of diary: what was said, beside the truth.

    Attributes
    ----------
    number
        Which patient.
    after_days
        Days from the last infusion to the end of the diary; ``None`` for no diary.
    place
        Where the truth lies on the line.
    pit, pit_returned
        Transform of the truth among all draws; and among those that return after a day or more
        and within the horizon, where the truth does so too.
    crps
        Score of the days with relief, up to the horizon.
    slow, slow_chance
        Whether this is a slow responder, and the chance that was given for it.
    width80
        Width of the 80 % interval [days].
    pareto_k, ess, step, seconds
        As in an answer.
    """

    number: int
    after_days: int | None
    place: float
    pit: float
    pit_returned: float
    crps: float
    slow: bool
    slow_chance: float
    width80: float
    pareto_k: float
    ess: float
    step: str
    seconds: float


@dataclass(frozen=True)
class Block:
    """Some patients of one scenario, asked about together."""

    scenario: str
    first: int
    count: int
    draws: int

    @property
    def place(self) -> Path:
        """Where its results are kept, under the fingerprint of all they depend on."""
        name = f"{self.first:05d}-{self.count}-{self.draws}.json"
        return KEPT / fingerprint() / self.scenario / name


@cache
def fingerprint() -> str:
    """Give one word for the library and the code that results depend on, comments left out."""
    parts = [load_library().digest_of_models()]
    for place in DECIDES:
        path = ROOT / place
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        parts += [_meaning(file) for file in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _meaning(file: Path) -> str:
    """Give what a file says to Python: without comments and docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not _is_text(part)]  # pyright: ignore
    return ast.dump(tree)


def _is_text(part: ast.stmt) -> bool:
    return (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Constant)
        and isinstance(part.value.value, str)
    )


def blocks_of(scenario: Scenario, size: Size) -> Iterator[Block]:
    """Split the patients of a scenario into blocks."""
    count = scenario.count(size)
    for first in range(0, count, settings.BLOCK):
        yield Block(scenario.name, first, min(settings.BLOCK, count - first), size.draws)


def rows_of(block: Block) -> list[Row]:
    """Give the results of a block: those that are kept, or else new ones, which are kept then."""
    if block.place.exists():
        return [Row(**row) for row in json.loads(block.place.read_text("utf-8"))]
    rows = list(_asked(block))
    block.place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = block.place.with_suffix(".part")
    unfinished.write_text(json.dumps([asdict(row) for row in rows]), "utf-8")
    unfinished.replace(block.place)
    return rows


def _asked(block: Block) -> Iterator[Row]:
    scenario = SCENARIOS[block.scenario]
    shipped = load_library()
    truth, fit = scenario.truth(shipped), scenario.fit(shipped)
    for number in range(block.first, block.first + block.count):
        yield from ask_about(scenario, truth, fit, number, block.draws)


def ask_about(
    scenario: Scenario, truth: Library, fit: Library, number: int, draws: int
) -> Iterator[Row]:
    """Ask about one patient with diaries of every length.

    Parameters
    ----------
    scenario
        How the patient lives and writes.
    truth, fit
        The library the patient is drawn from, and the one the forecast uses.
    number
        Which patient.
    draws
        How many draws a forecast takes.
    """
    patient = facts_of(truth, number)
    life = live(truth, patient, number)
    # Each patient has chance of their own, the same in every scenario.
    chance = np.random.default_rng([settings.SEED_OF_DIARIES, number])
    scores = scenario.write(truth, life, chance)
    written = scenario.gaps(scores, chance)
    coins = chance.random(2)
    for after in scenario.after_days:
        last_h = -np.inf if after is None else EVENTS[-1].time_h + (after + 1) * DAY_H
        kept = written & (last_h > SCORES_H)
        people = People(settings.SEED_OF_DRAWS + number, draws)
        answer = ask(fit, patient, entries_of(SCORES_H[kept], scores[kept]), people)
        yield _beside_truth(life, after, answer, coins)


def _beside_truth(life: Life, after: int | None, answer: Answer, coins: metrics.Floats) -> Row:
    places, place = answer.places, life.place
    has_returned = bool(metrics.has_returned(np.asarray([place]))[0])
    returned = places[metrics.has_returned(places)]
    days = metrics.as_days(places, settings.HORIZON_DAYS)
    happened = metrics.as_days(np.asarray([place]), settings.HORIZON_DAYS)
    return Row(
        number=life.number,
        after_days=after,
        place=place,
        pit=metrics.pit(place, places, float(coins[0])),
        pit_returned=(
            metrics.pit(place, returned, float(coins[1])) if has_returned else float("nan")
        ),
        crps=metrics.crps(float(happened[0]), days),
        slow=life.is_slow_responder,
        slow_chance=answer.slow_chance,
        width80=metrics.width80(places),
        pareto_k=answer.pareto_k,
        ess=answer.ess,
        step=answer.step,
        seconds=answer.seconds,
    )


def run(blocks: Sequence[Block], *, watched: bool) -> Iterator[tuple[Block, list[Row]]]:
    """Go through blocks on two processes, in any order, and show how far it is.

    Parameters
    ----------
    blocks
        What to ask about.
    watched
        Whether somebody watches standard error.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not watched,
    )
    with bar, ProcessPoolExecutor(PROCESSES) as pool:
        task = bar.add_task("blocks", total=len(blocks))
        waiting = {pool.submit(rows_of, block): block for block in blocks}
        for done in as_completed(waiting):
            bar.advance(task)
            yield waiting[done], done.result()


def joined(parts: Iterable[tuple[Block, list[Row]]]) -> dict[str, list[Row]]:
    """Put the rows of each scenario together, in order of patients."""
    rows: dict[str, list[Row]] = {}
    for block, found in sorted(parts, key=lambda part: (part[0].scenario, part[0].first)):
        rows.setdefault(block.scenario, []).extend(found)
    return rows
