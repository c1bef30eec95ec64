"""Write what was fitted: numbers into the model file, predictions into a file of the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from respite.domain import Regimen
from respite.literature import load_library
from respite.population import Floats
from respite.safety import ACUTE_MODEL, FELT, RISING
from validation.effects.fit import BEFORE, SEED, Posterior, Table, felt_table, shares
from validation.effects.rows import Row, digest, levels_of

SCRIPT = "validation/effects/__main__.py"
LIBRARY = Path(__file__).resolve().parents[2] / "src/respite/literature/library"
MARK = (
    "# Below this line everything is written by validation/effects: python -m validation.effects\n"
)

NAMES = {
    "dissociation": "dissociation",
    "dizziness": "dizziness",
    "nausea": "nausea",
    "vomiting": "vomiting",
    "sedation": "sleepiness",
    "confusion": "confusion",
    "headache": "headache",
    "pressure_rise": "a marked rise of pressure",
    "systolic": "systolic pressure",
    "diastolic": "diastolic pressure",
    "heart_rate": "heart rate",
}
PERSON_RISE = {"systolic": 11.2 / 16.0, "diastolic": 8.45 / 11.0, "heart_rate": 0.7}
"""Spread of rises between people over their mean, as infusion_pressure_2024 saw them."""

OFFSETS = {
    "told": ("log odds of telling of an effect without being asked", "told_log_odds"),
    "scale": ("log odds that a scale adds", "scale_log_odds"),
    "long": ("log odds that days in hospital add", "long_log_odds"),
    "habit": ("log odds that getting used to sessions takes away", "habit_log_odds"),
    "own habit": (
        "log odds that getting used to sessions takes away from dissociation",
        "dissociation_habit_log_odds",
    ),
    "older": ("log odds of a marked rise of pressure that age adds", "older_log_odds"),
}


@dataclass(frozen=True)
class Figure:
    """One row beside its prediction, in percent or in its own unit."""

    row: Row
    observed: float
    predicted: tuple[float, float, float]
    fitted: float


def felt_figures(
    rows: tuple[Row, ...], without: str, left_out: Posterior, whole: Posterior
) -> Iterator[Figure]:
    """Predict the effects of a study from a fit without it."""
    table = felt_table(rows)
    apart, every = _felt_draws(table, left_out), _felt_draws(table, whole)
    generator = np.random.default_rng(SEED)
    for place, row in enumerate(table.rows):
        if row.people != without:
            continue
        seen = generator.binomial(row.n, np.clip(apart[:, place], 0, 1)) / row.n
        low, middle, high = np.percentile(100 * seen, (5, 50, 95)).tolist()
        # Counts are whole: a share is compared as it was counted.
        observed = 100 * round(row.observed * row.n) / row.n
        yield Figure(row, observed, (low, middle, high), 100 * float(every[:, place].mean()))


def _felt_draws(table: Table, posterior: Posterior) -> Floats:
    """Give the expected share of every row in every draw, in studies drawn anew."""
    generator = np.random.default_rng(SEED)
    draws = posterior.draws
    names = ("base", "gain", *OFFSETS, "person")
    found: list[Floats] = []
    for place in range(len(draws["person"])):
        values = {name: draws[name][place] for name in names}
        z = generator.standard_normal((2, table.cells))[:, table.cell]
        found.append(
            shares(
                np,
                table,
                values,
                draws["base_sd"][place] * z[0],
                draws["gain_sd"][place] * z[1],
            )
        )
    return np.asarray(found)


def rise_figures(
    rows: tuple[Row, ...], without: str, left_out: Posterior, whole: Posterior
) -> Iterator[Figure]:
    """Predict the rises of a study from a fit without it."""
    generator = np.random.default_rng(SEED)
    for row in rows:
        if row.seen.effect not in RISING or row.people != without:
            continue
        place = RISING.index(row.seen.effect)
        apart, every = (_rise_draws(one, place, row, generator) for one in (left_out, whole))
        seen = apart + row.error * generator.standard_normal(len(apart))
        low, middle, high = np.percentile(seen, (5, 50, 95)).tolist()
        yield Figure(row, row.observed, (low, middle, high), float(every.mean()))


def _rise_draws(
    posterior: Posterior, place: int, row: Row, generator: np.random.Generator
) -> Floats:
    rise, spread = posterior.draws["rise"][:, place], posterior.draws["rise_sd"]
    return np.exp(rise + spread * generator.standard_normal(len(rise))) * row.drive[0]


def model_text(felt: Posterior, rises: Posterior) -> str:
    """Write the fitted part of the model file."""
    parts = [*_felt_parameters(felt), *_rise_parameters(rises), *_seen()]
    return MARK + "".join(f"\n{part}" for part in parts)


def _table(name: str, words: str, typical: str, shape: str, *more: str) -> str:
    lines = (
        f"[parameters.{name}]",
        f'words = "{words}"',
        f"typical = {typical}",
        f'distribution = "{shape}"',
        'status = "pooled"',
        f'script = "{SCRIPT}"',
        *more,
    )
    return "\n".join(lines) + "\n"


def _spread(name: str, level: str, kind: str, value: float, because: str = "") -> str:
    lines = [f"[parameters.{name}.{level}]", f'kind = "{kind}"', f"value = {value:.3g}"]
    lines += ['status = "assumed"', f'because = "{because}"'] if because else ['status = "pooled"']
    return "\n".join(lines)


def _felt_parameters(felt: Posterior) -> Iterator[str]:
    draws = felt.draws
    for place, effect in enumerate(FELT):
        base, gain = draws["base"][:, place], draws["gain"][:, place]
        yield _table(
            f"{effect}_base",
            f"chance of {NAMES[effect]} in one session without drug, in a person who is neither"
            " prone nor not",
            f'{{ value = {100 / (1 + np.exp(-base.mean())):.4g}, unit = "%", standard_error ='
            f' {{ kind = "logit_sd", value = {base.std():.3g} }} }}',
            "logit_normal",
            _spread(f"{effect}_base", "between_studies", "logit_sd", draws["base_sd"].mean()),
        )
        yield _table(
            f"{effect}_gain",
            f"power of the level with which the odds of {NAMES[effect]} grow",
            f'{{ value = {np.exp(gain.mean()):.4g}, unit = "fraction", standard_error ='
            f' {{ kind = "omega_sd", value = {gain.std():.3g} }} }}',
            "log_normal",
            _spread(f"{effect}_gain", "between_studies", "omega_sd", draws["gain_sd"].mean()),
        )
    for key, (words, name) in OFFSETS.items():
        yield _table(
            name,
            words,
            f'{{ value = {draws[key].mean():.4g}, unit = "fraction", standard_error ='
            f' {{ kind = "standard_error", value = {draws[key].std():.3g} }} }}',
            "normal",
        )
    yield _table(
        "person_log_odds",
        "how prone a person is to an effect, as log odds",
        '{ value = 0, unit = "fraction" }',
        "normal",
        _spread("person_log_odds", "between_patients", "sd", draws["person"].mean()),
    )


def _rise_parameters(rises: Posterior) -> Iterator[str]:
    draws = rises.draws
    for place, effect in enumerate(RISING):
        rise = draws["rise"][:, place]
        unit = "1/min" if effect == "heart_rate" else "mmHg"
        omega = np.sqrt(np.log(1 + PERSON_RISE[effect] ** 2))
        because = (
            "of changes at their peak in one cohort the standard deviation was 0.7 of the mean"
        )
        if effect == "heart_rate":
            because = "not seen; like that of pressure"
        yield _table(
            f"{effect}_rise",
            f"mean rise of {NAMES[effect]} at the level of reference",
            f'{{ value = {np.exp(rise.mean()):.4g}, unit = "{unit}", standard_error ='
            f' {{ kind = "omega_sd", value = {rise.std():.3g} }} }}',
            "log_normal",
            _spread(f"{effect}_rise", "between_studies", "omega_sd", draws["rise_sd"].mean()),
            _spread(f"{effect}_rise", "between_patients", "omega_sd", float(omega), because),
        )


def _seen() -> Iterator[str]:
    every = [study for study in load_library().acute.values() if study.rows]
    measured = [study for study in every if any(row.asked == "measured" for row in study.rows)]
    for studies, of, words in ((every, "", ""), (measured, "pressure_", " of pressure")):
        highest = max(float(levels_of(study.id).peaks.mean(axis=0).max()) for study in studies)
        longest = max(_longest_h(study.regimen) for study in studies)
        yield _table(
            f"highest_{of}level_seen",
            f"highest mean level that any study{words} gave",
            f'{{ value = {1000 * highest:.0f}, unit = "ng/mL" }}',
            "fixed",
        )
        yield _table(
            f"longest_{of}dose_seen",
            f"longest infusion that any study{words} gave",
            f'{{ value = {60 * longest:.0f}, unit = "min" }}',
            "fixed",
        )


def _longest_h(regimen: str) -> float:
    """Give how long the longest infusion lasts, rates that follow each other as one [h]."""
    begun = ended = longest = 0.0
    for event in Regimen.parse(regimen).events():
        begun = begun if event.time_h <= ended else event.time_h
        ended = event.end_h
        longest = max(longest, ended - begun)
    return longest


def fit_text(figures: list[Figure], posteriors: tuple[Posterior, ...]) -> str:
    """Write the file of predictions."""
    library = load_library()
    studies = {figure.row.study for figure in figures}
    lines = [
        f'id = "{ACUTE_MODEL}"',
        f'model = "{ACUTE_MODEL}"',
        f'script = "{SCRIPT}"',
        f'data_digest = "{digest(library, BEFORE)}"',
        f"studies = {len(studies)}",
        f"rows = {len(figures)}",
        f"worst_r_hat = {max(one.worst_r_hat for one in posteriors):.4f}",
        f"divergent = {sum(one.divergent for one in posteriors)}",
    ]
    for figure in figures:
        seen = figure.row.seen
        low, middle, high = figure.predicted
        lines += [
            "",
            "[[figures]]",
            f'study = "{figure.row.study}"',
            f'effect = "{seen.effect}"',
            f'said = "{seen.said}"',
            f'arm = "{figure.row.arm}"',
            f'asked = "{seen.asked}"',
            f'unit = "{seen.unit}"',
            f"observed = {figure.observed:.4g}",
            f"predicted = [{low:.4g}, {middle:.4g}, {high:.4g}]",
            f"fitted = {figure.fitted:.4g}",
        ]
    return "\n".join(lines) + "\n"


def write_model(felt: Posterior, rises: Posterior) -> Path:
    """Put the fitted numbers below the mark of the model file."""
    place = LIBRARY / "models" / f"{ACUTE_MODEL}.toml"
    before = place.read_text("utf-8").partition(MARK)[0]
    place.write_text(before + model_text(felt, rises), "utf-8")
    return place


def write_fit(figures: list[Figure], posteriors: tuple[Posterior, ...]) -> Path:
    """Write the file of predictions into the library."""
    place = LIBRARY / "acute_fits" / f"{ACUTE_MODEL}.toml"
    place.parent.mkdir(exist_ok=True)
    place.write_text(fit_text(figures, posteriors), "utf-8")
    return place
