"""Fit what medicines, liver, kidney and genotype do to clearance to all ratios that were seen.

Run with the project's environment: ``python validation/fit_interactions.py``.
It prints, for each file of ``library/interactions`` that has factors, the
factors with their spreads, and what they give for each measured ratio; it
changes no file. Nothing is drawn: it prints the same every time.

What is fitted
--------------
Factors on the intrinsic clearance of the liver and of the gut wall, in the
well-stirred first pass of the core, by least squares on logs of ratios, all
routes of one file together. The factor on the clearance of norketamine is the
weighted mean of its own ratios. A file says by what it lists which of the
three are free.

How far each ratio counts
-------------------------
``ERROR`` gives the log SD of each ratio by its status. A nasal ratio counts
less, because how a nasal dose divides is itself assumed. Where one file has
both gut and liver free, both are pulled weakly towards one (``PULL``): ratios
by mouth alone cannot tell the two apart. Where ratios contradict each other,
spreads are widened by the root of chi-square over its degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, hypot, log, sqrt

import numpy as np
from scipy.optimize import least_squares

from respite.literature import Interaction, MeasuredRatio, load_library
from respite.population import FirstPass, first_pass_of, fitted_ratio

ERROR = {"published": 0.1, "derived": 0.2, "assumed": 0.5}
"""Log SD of a ratio: ten people or so in an abstract; worked out by us; recalled."""

NASAL = 0.3
"""Log SD of what is not known about the way of a nasal dose, beside that of the ratio."""

PULL = 1.0
"""Log SD of the pull towards no effect: nine factors in ten lie between a fifth and five."""

PARENT = ("intrinsic", "gut")


@dataclass(frozen=True)
class Fit:
    """What the script gives for one file: the numbers that the file must hold."""

    factors: dict[str, float]
    spreads: dict[str, float]
    correlation: float | None
    ratios: tuple[float | None, ...]


def error_of(ratio: MeasuredRatio) -> float:
    """Give the log SD of one ratio."""
    return hypot(ERROR[ratio.status], NASAL if ratio.route == "intranasal" else 0)


def value_of(ratio: MeasuredRatio) -> float:
    """Give a ratio that was seen as a number."""
    if isinstance(ratio.value, str):
        raise SystemExit(f"a ratio without a value cannot be fitted: {ratio}")
    return ratio.value


def given(first: FirstPass, factors: Mapping[str, float], ratio: MeasuredRatio) -> float:
    """Give what the factors make of a ratio."""
    made = fitted_ratio(first, factors, ratio)
    if made is None:
        raise SystemExit(f"a route whose way into the body is not in the library: {ratio}")
    return made


def fit_parent(first: FirstPass, one: Interaction) -> tuple[dict, dict, float | None]:
    """Fit the factors on liver and gut; give them, their log SDs and their correlation."""
    free = [name for name in PARENT if name in one.factors]
    seen = [
        ratio
        for ratio in one.measured
        if not ratio.is_of_metabolite and not isinstance(ratio.value, str)
    ]
    if not free:
        return {}, {}, None
    pulled = len(free) > 1

    def misses(logs: np.ndarray) -> np.ndarray:
        factors = dict(zip(free, np.exp(logs), strict=True))
        rows = [
            log(given(first, factors, ratio) / value_of(ratio)) / error_of(ratio) for ratio in seen
        ]
        return np.array([*rows, *(logs / PULL if pulled else ())])

    best = least_squares(misses, np.zeros(len(free)))
    covariance = np.linalg.inv(best.jac.T @ best.jac)
    widened = widening(2 * best.cost, len(best.fun) - len(free))
    sd = np.sqrt(np.diag(covariance))
    together = covariance[0, 1] / (sd[0] * sd[1]) if len(free) > 1 else None
    factors = {name: exp(value) for name, value in zip(free, best.x, strict=True)}
    return factors, dict(zip(free, widened * sd, strict=True)), together


def fit_metabolite(one: Interaction) -> tuple[dict, dict]:
    """Average the ratios of norketamine; give its factor and the log SD of that."""
    if "metabolite" not in one.factors:
        return {}, {}
    seen = [ratio for ratio in one.measured if ratio.is_of_metabolite]
    logs = [(1 if r.what == "clearance" else -1) * log(value_of(r)) for r in seen]
    weights = np.array([1 / error_of(ratio) ** 2 for ratio in seen])
    mean = float(np.average(logs, weights=weights))
    chi_square = float(np.sum(weights * (np.array(logs) - mean) ** 2))
    widened = widening(chi_square, len(seen) - 1)
    return {"metabolite": exp(mean)}, {"metabolite": widened / sqrt(weights.sum())}


def widening(chi_square: float, degrees: int) -> float:
    """Give by how much ratios that contradict each other widen a spread; never narrow it."""
    return sqrt(max(1, chi_square / max(degrees, 1)))


def fit(first: FirstPass, one: Interaction) -> Fit:
    """Fit one file, with its numbers rounded as a file prints them."""
    factors, spreads, together = fit_parent(first, one)
    of_metabolite = fit_metabolite(one)
    factors = {name: rounded(value, 3) for name, value in (factors | of_metabolite[0]).items()}
    spreads = {name: rounded(value, 2) for name, value in (spreads | of_metabolite[1]).items()}
    ratios = tuple(
        None if isinstance(r.value, str) else rounded(given(first, factors, r), 3)
        for r in one.measured
    )
    return Fit(factors, spreads, together and rounded(together, 2), ratios)


def rounded(value: float, digits: int) -> float:
    """Round to so many significant digits."""
    return float(f"{value:.{digits}g}")


def fits() -> dict[str, Fit]:
    """Fit every file of the shipped library that has factors."""
    library = load_library()
    first = first_pass_of(library.assembled("ketamine_respite1"))
    return {id: fit(first, one) for id, one in library.interactions.items() if one.factors}


def main() -> None:
    """Print the factors and what they give."""
    library = load_library()
    for id, found in fits().items():
        print(f"\n{id}")
        for name, value in found.factors.items():
            print(f"  {name:10s} {value:<7g} log SD {found.spreads[name]:g}")
        if found.correlation is not None:
            print(f"  correlation of intrinsic and gut {found.correlation:g}")
        for ratio, made in zip(library.interaction(id).measured, found.ratios, strict=True):
            if made is not None:
                told = f"{ratio.analyte} {ratio.what} {ratio.route}"
                miss = 100 * (made / value_of(ratio) - 1)
                print(f"  {told:36s} seen {ratio.value:<6g} given {made:<6g} {miss:+.0f} %")


if __name__ == "__main__":
    main()
