"""How a fit enters the library: one file of what was learnt, and the pooled model."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpyro.diagnostics import effective_sample_size, gelman_rubin

from respite.evidence import (
    EFFECTS,
    PRIOR,
    STRUCTURES,
    Skipped,
    arms_of,
    chances_of_orders,
    expect_all,
    figures_of,
    seen_trials,
    trial_rows,
    unknowns_of,
    with_fresh,
)
from respite.literature import (
    ComparedStructure,
    Fit,
    FittedNumber,
    OrderChance,
    Parameter,
    PredictedFigure,
    load_library,
)
from respite.population import Floats
from validation.trials import jobs
from validation.trials.sampling import SEED, Job, fitted_trials, problem_of

ID = "pain_respite1"
SCRIPT = "validation/trials/__main__.py"
LIBRARY = jobs.ROOT / "src" / "respite" / "literature" / "library"

FOLLOWED = 1000
"""Draws whose predictions are worked out."""

ORDERED = "crps_three_five_seven"
"""The trial whose arms are put in order."""


def fit_record() -> Fit:
    """Put the finished chains together."""
    chains = [jobs.read(Job(jobs.SHIPPED, "", chain, jobs.DRAWS)) for chain in range(jobs.CHAINS)]
    unknowns = problem_of(jobs.SHIPPED).unknowns
    stacked = np.stack([chain.points for chain in chains])
    scales = _scales(stacked)
    names, values = _typical(stacked.reshape(-1, stacked.shape[-1]))
    predicted, orders = _predictions(stacked.reshape(-1, stacked.shape[-1]))
    _trials, skipped = seen_trials(trial_rows(load_library()))
    return Fit(
        id=ID,
        title="The pain model fitted to trials",
        source="respite",
        model=ID,
        before=PRIOR,
        script=SCRIPT,
        script_digest=_script_digest(),
        data_digest=jobs.fitted_digest(),
        seed=SEED,
        chains=jobs.CHAINS,
        draws=jobs.CHAINS * jobs.DRAWS,
        worst_r_hat=_shown(float(np.max(gelman_rubin(scales)))),
        least_ess=int(np.min(effective_sample_size(scales))),
        divergent=sum(chain.divergent for chain in chains),
        trials=tuple(trial.study for trial in unknowns.trials),
        names=names,
        mean=tuple(_shown(value) for value in values.mean(axis=0)),
        covariance=tuple(tuple(_shown(one) for one in row) for row in np.cov(values.T)),
        between_trials=_between_trials(stacked.reshape(-1, stacked.shape[-1])),
        numbers=tuple(_numbers(names, values)),
        structures=tuple(_structures()),
        figures=tuple(predicted),
        orders=tuple(orders),
        left_out=tuple(_left_out(skipped)),
    )


def _left_out(skipped: Iterable[Skipped]) -> Iterable[str]:
    """Name what is not held against the model; of a whole study, the reason its file gives."""
    studies = load_library().studies
    for one in skipped:
        study = studies[one.study]
        because = study.role_because if study.role == "none" else one.because
        yield f"{one.study}: {one.what}: {because}"


def _shown(value: float) -> float:
    return float(f"{value:.5g}")


def _scales(stacked: Floats) -> Floats:
    """Give every typical value of every draw, ``(chains, draws, names)``."""
    return np.stack([_typical(chain)[1] for chain in stacked])


def _typical(points: Floats) -> tuple[tuple[str, ...], Floats]:
    """Give the names of typical values, and their draws on the scale of their distributions."""
    unknowns = problem_of(jobs.SHIPPED).unknowns
    each = [unknowns.transformed(point) for point in points]
    names = tuple(name for name in each[0] if not name.startswith("depression."))
    return names, np.asarray([[float(one[name]) for name in names] for one in each])


def _between_trials(points: Floats) -> dict[str, float]:
    unknowns = problem_of(jobs.SHIPPED).unknowns
    return {
        effect: _shown(float(np.mean([float(unknowns.spread(point, effect)) for point in points])))
        for effect in EFFECTS
    }


def _parameter(name: str) -> tuple[str, Parameter]:
    """Give the condition that a name speaks of, and the number before trials."""
    model = load_library().assembled(PRIOR)
    condition, dot, own = name.partition(".")
    if not dot:
        return "", model.parameters[name]
    return condition, model.conditions[condition].parameters[own]


def _printed(number: Parameter, value: float) -> float:
    """Turn a value on the scale of its distribution into the printed unit."""
    plain = {"log_normal": math.exp, "logit_normal": lambda x: 1 / (1 + math.exp(-x))}
    unit = number.typical.value / number.value
    return _shown(plain.get(number.distribution, float)(value) * unit)


def _numbers(names: Sequence[str], values: Floats) -> Iterable[FittedNumber]:
    unknowns = problem_of(jobs.SHIPPED).unknowns
    random = np.random.default_rng(SEED)
    _names, before = _typical(random.standard_normal((4000, len(unknowns.names))))
    for place, name in enumerate(names):
        condition, number = _parameter(name)
        yield FittedNumber(
            name=name.partition(".")[2] or name,
            unit=number.typical.unit,
            before=_interval(number, before[:, place]),
            after=_interval(number, values[:, place]),
            condition=condition,
        )


_ASKED = (1 / 20, 1 / 2, 19 / 20)


def _interval(number: Parameter, draws: Floats) -> tuple[float, float, float]:
    low, middle, high = (_printed(number, float(x)) for x in np.quantile(draws, _ASKED))
    return low, middle, high


def _predictions(points: Floats) -> tuple[list[PredictedFigure], list[OrderChance]]:
    """Put every figure beside its prediction: fitted, left out, and never seen by the fit."""
    library = load_library()
    trials, _skipped = seen_trials(trial_rows(library))
    arms = arms_of(library, trials, STRUCTURES[0], seed=SEED)
    unknowns = unknowns_of(library, trials, arms.atlas.people)
    names = problem_of(jobs.SHIPPED).unknowns.names
    every = len(points) // FOLLOWED
    expected = expect_all(arms, with_fresh(unknowns, names, points[::every], SEED))
    fitted = [trial.study for trial in fitted_trials()]
    others = [trial.study for trial in trials if trial.study not in fitted]
    figures = figures_of(expected, fitted, "calibration", SEED)
    for trial in fitted_trials():
        own = arms_of(library, [trial], STRUCTURES[0], seed=SEED)
        alone = unknowns_of(library, [trial], own.atlas.people, without=trial.study)
        without = jobs.read(jobs.without(jobs.SHIPPED, trial.study))
        left_out = expect_all(own, with_fresh(alone, names, without.points, SEED))
        figures += figures_of(left_out, [trial.study], "left-out", SEED)
    figures += figures_of(expected, others, "validation", SEED)
    orders = [
        OrderChance(ORDERED, _shown(days), order, _shown(chance), _shown(seen))
        for days, order, chance, seen in chances_of_orders(expected, ORDERED, SEED)
    ]
    return figures, orders


def _structures() -> Iterable[ComparedStructure]:
    places = range(len(fitted_trials()))
    for one in STRUCTURES:
        scores = (_shown(jobs.log_score_without(one.name, place)) for place in places)
        yield ComparedStructure(one.name, one.words, tuple(scores))


def _script_digest() -> str:
    return jobs.fingerprint()


def write(fit: Fit, library: Path = LIBRARY) -> tuple[Path, Path]:
    """Write the two files of the library, and say where.

    Parameters
    ----------
    fit
        The fit.
    library
        Folder of the library.
    """
    of_fit, of_model = library / "fits" / f"{ID}.toml", library / "models" / f"{ID}.toml"
    of_fit.parent.mkdir(exist_ok=True)
    of_fit.write_text(_toml(json.loads(msgspec.json.encode(fit)), FIT_SAYS), "utf-8")
    of_model.write_text(model_text(fit), "utf-8")
    return of_fit, of_model


FIT_SAYS = "# Written by `make refit`; nobody edits it.\n"

MODEL_SAYS = f"""\
# Written by `make refit`; nobody edits it. What trials taught of the pain model: typical values
# and what is left uncertain of them. All else stands in {PRIOR}.toml, and how the fit went,
# with the covariance of these numbers, in fits/{ID}.toml.
"""


def _toml(data: dict[str, Any], says: str) -> str:
    """Write a record as TOML: plain values first, then one table for each record of a list."""
    lines = [says]
    for key, value in data.items():
        if not _is_records(value):
            lines.append(f"{key} = {_value(value)}\n")
    for key, value in data.items():
        if _is_records(value):
            for record in value:
                lines.append(f"\n[[{key}]]\n")
                lines += [
                    f"{name} = {_value(one)}\n"
                    for name, one in record.items()
                    if one not in ("", None)
                ]
    return "".join(lines)


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + "".join(f"    {_value(row)},\n" for row in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def model_text(fit: Fit) -> str:
    """Write the pooled model as a library file, built on what was believed before."""
    parts = [MODEL_SAYS, _head(fit)]
    names = [name for name in fit.names if "." not in name]
    parts += [_entry(name, f"parameters.{name}", fit) for name in names]
    for condition in load_library().assembled(PRIOR).conditions:
        source = "mixed" if condition == "depression" else condition
        parts.append(f"\n[conditions.{condition}]\n{_certainty(condition)}")
        parts += [
            _entry(f"{source}.{chance}", f"conditions.{condition}.parameters.{chance}", fit)
            for chance in ("response_chance", "fast_response_chance")
        ]
    return "".join(parts)


def _head(fit: Fit) -> str:
    return f"""id = "{ID}"
kind = "pain"
title = "Pain over hours and months: a fast, a slow and a placebo part"
source = "respite"
read = "derived"
drug = "ketamine"
role = "The pain model of every forecast."

[structure]
base = "{fit.before}"
"""


def _certainty(condition: str) -> str:
    found = load_library().assembled(PRIOR).conditions[condition]
    words = {"grade": found.certainty.grade, "why": found.certainty.why}
    return f"title = {_value(found.title)}\ncertainty = {_value(words)}\n"


BETWEEN_TRIALS = {"placebo_chance": "placebo", "slow_ec50": "need", "fast_ec50": "need"}
"""Parameters whose typical value differs between trials, and what that difference is called."""

KINDS = {"log_normal": "omega_sd", "logit_normal": "logit_sd"}


def _entry(name: str, table: str, fit: Fit) -> str:
    """Write one pooled number: its middle, what is left uncertain, and all else as before."""
    condition, number = _parameter(name)
    place = fit.names.index(name)
    kind = KINDS.get(number.distribution, "sd")
    error = {"kind": kind, "value": _shown(math.sqrt(fit.covariance[place][place]))}
    typical = {
        "value": _printed(number, fit.mean[place]),
        "unit": number.typical.unit,
        "standard_error": error,
    }
    is_still_assumed = number.status == "assumed" and _hardly_moved(fit, name)
    entry: dict[str, Any] = {
        "words": number.words,
        "typical": typical,
        "distribution": number.distribution,
        # What trials hardly moved rests on what was assumed before, and says so in every answer.
        "status": "assumed" if is_still_assumed else "pooled",
        "script": SCRIPT,
        "because": _because(condition),
    }
    if is_still_assumed:
        entry["because"] = f"{number.because}; the trials that were fitted hardly moved it"
    if number.sources and number.sources[0] != "respite":
        # What was published before trials still counts, so its source stays with the number.
        entry["source"] = number.sources[0]
    if number.between_patients is not None:
        spread = msgspec.to_builtins(number.between_patients)
        entry["between_patients"] = {key: one for key, one in spread.items() if one}
    if name in BETWEEN_TRIALS:
        value = fit.between_trials[BETWEEN_TRIALS[name]]
        entry["between_studies"] = {"kind": kind, "value": value, "status": "pooled"}
    lines = [f"{key} = {_value(value)}\n" for key, value in entry.items()]
    return f"\n[{table}]\n{''.join(lines)}"


HARDLY = 80 / 100
"""Where more of the width of an interval than this is left, and ..."""

SIXTH = 1 / 6
"""... its middle has moved by less of that width, the trials hardly moved a number."""


def _hardly_moved(fit: Fit, name: str) -> bool:
    """Say whether the trials left a number about as unsure as it was before."""
    condition, number = _parameter(name)
    own = name.partition(".")[2] or name
    one = next(each for each in fit.numbers if (each.name, each.condition) == (own, condition))
    (low, middle, high), (least, now, most) = (
        _on_scale(number, three) for three in (one.before, one.after)
    )
    width = high - low
    return most - least > HARDLY * width and abs(now - middle) < SIXTH * width


def _on_scale(number: Parameter, three: tuple[float, float, float]) -> list[float]:
    """Give an interval and its middle on the scale of the number's distribution."""
    values = [value * number.value / number.typical.value for value in three]
    if number.distribution == "logit_normal":
        return [math.log(value / (1 - value)) for value in values]
    return [math.log(value) for value in values]


def _because(condition: str) -> str:
    trials = [trial.study for trial in fitted_trials() if trial.condition == condition]
    if not condition:
        return f"fitted to {len(fitted_trials())} trials, starting from {PRIOR}"
    if trials:
        return f"fitted to {', '.join(trials)}, drawn towards the mean of all conditions"
    return "no trial of this condition was fitted: what trials of other conditions leave possible"


__all__ = ["fit_record", "write"]
