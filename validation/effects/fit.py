"""Fit the model of acute effects: NUTS over what all studies, or all but one, leave possible.

The chance that somebody of a study feels an effect at least once is an integral over how prone
people are; it is done by Gauss-Hermite quadrature. Each study has its own departures of base and
gain for each effect, whose spreads are common to all effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from respite.population import Floats, array_library
from respite.safety import FELT, MEASURED, RISING
from validation.effects.rows import Row

SEED = 2026
WARM_UP, DRAWS, CHAINS = 300, 400, 2
NODES = 16

BEFORE = {
    "base": ("normal", -4.5, 1.5),
    "gain": ("log normal about a common one", 0.5),
    "common gain": ("log normal", 1.0, 0.7),
    "spread of base": ("half normal", 0.7),
    "spread of gain": ("half normal", 0.4),
    "told": ("normal", -1.0, 1.0),
    "scale": ("normal", 1.0, 1.0),
    "older": ("normal", 0.5, 0.7),
    "rise": ("log normal", 10.0, 1.0),
    "spread of rise": ("half normal", 0.7),
    "person": ("log normal", 2.0, 0.3),
    "long": ("normal", 0.5, 1.0),
    "habit": ("minus half normal", 2.0),
    "own habit": ("minus half normal", 2.0),
}
"""What is believed before any row is seen."""


@dataclass(frozen=True)
class Posterior:
    """Draws of one fit, by name, shape ``(draws, ...)``, and how well chains agree."""

    draws: dict[str, Floats]
    worst_r_hat: float
    divergent: int


@dataclass(frozen=True)
class Table:
    """The rows as arrays; ``cells`` number the study and effect a row belongs to."""

    rows: tuple[Row, ...]
    effect: Any
    cell: Any
    cells: int
    drive: Any
    worn: Any
    counted: Any
    told: Any
    scale: Any
    older: Any
    long: Any
    n: Any
    events: Any


@cache
def felt_table(rows: tuple[Row, ...]) -> Table:
    """Lay out the rows of effects that are felt."""
    own = tuple(row for row in rows if row.seen.effect in FELT)
    cells = {cell: place for place, cell in enumerate(dict.fromkeys(map(_cell, own)))}
    longest = max(len(row.drive) for row in own)
    drive = np.zeros((len(own), longest))
    worn = np.zeros_like(drive)
    counted = np.zeros_like(drive)
    for place, row in enumerate(own):
        drive[place, : len(row.drive)] = row.drive
        counted[place, : len(row.drive)] = row.sessions
        if row.seen.effect not in MEASURED:
            worn[place, : len(row.drive)] = row.worn
    return Table(
        rows=own,
        effect=np.asarray([FELT.index(row.seen.effect) for row in own]),
        cell=np.asarray([cells[_cell(row)] for row in own]),
        cells=len(cells),
        drive=drive,
        worn=worn,
        counted=counted,
        told=np.asarray([row.seen.asked == "told" for row in own], float),
        scale=np.asarray([row.seen.asked == "scale" for row in own], float),
        older=np.asarray([row.seen.is_older for row in own], float),
        long=np.asarray([row.is_long and row.seen.effect not in MEASURED for row in own], float),
        n=np.asarray([row.n for row in own]),
        events=np.asarray([round(row.observed * row.n) for row in own]),
    )


def _cell(row: Row) -> tuple[str, str, str]:
    # A scale asks something else than a visit does: another effect of the same study.
    return row.people, row.seen.effect, row.seen.asked


def shares(xp: Any, table: Table, values: Any, base_of: Any, gain_of: Any) -> Any:
    """Give the expected share of each row, from departures of its study.

    Parameters
    ----------
    xp
        The array library.
    table
        The rows.
    values
        The numbers of one draw, by name.
    base_of, gain_of
        Departures of each row's study, shape ``(rows,)``.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    own = (
        values["base"][table.effect]
        + base_of
        + values["told"] * table.told
        + values["scale"] * table.scale
        + values["older"] * table.older
        + values["long"] * table.long
    )
    gain = xp.exp(values["gain"][table.effect] + gain_of)
    is_felt_apart = (table.effect == FELT.index("dissociation"))[:, None]
    habit = xp.where(is_felt_apart, values["own habit"], values["habit"])
    usual = own[:, None] + habit * table.worn + gain[:, None] * table.drive
    log_odds = usual[:, :, None] + values["person"] * nodes
    none = (xp.logaddexp(0.0, log_odds) * table.counted[:, :, None]).sum(axis=1)
    return 1 - (xp.exp(-none) * (weights / weights.sum())).sum(axis=1)


def fit_felt(rows: tuple[Row, ...], without: str = "") -> Posterior:
    """Fit the effects that are felt; rows of one study may be left out."""
    return _sampled(_felt_sampler(rows, _chains(without)), rows, FELT, without)


def fit_rises(rows: tuple[Row, ...], without: str = "") -> Posterior:
    """Fit the readings that rise; rows of one study may be left out."""
    return _sampled(_rise_sampler(rows, _chains(without)), rows, RISING, without)


def _chains(without: str) -> int:
    # One chain is enough for an interval; the fit that is kept has two, to be compared.
    return 1 if without else CHAINS


def _sampled(sampler: Any, rows: tuple[Row, ...], effects: Any, without: str) -> Posterior:
    import jax
    from numpyro.diagnostics import summary

    kept = np.asarray(
        [row.people != without and not row.is_check for row in rows if row.seen.effect in effects],
        float,
    )
    sampler.run(jax.random.PRNGKey(SEED), kept, extra_fields=("diverging",))
    by_chain = sampler.get_samples(group_by_chain=True)
    told = summary(by_chain)
    worst = max(float(np.max(part["r_hat"])) for part in told.values())
    draws = {name: np.asarray(values) for name, values in sampler.get_samples().items()}
    return Posterior(draws, worst, int(sampler.get_extra_fields()["diverging"].sum()))


def _mcmc(model: Any, chains: int) -> Any:
    from numpyro.infer import MCMC, NUTS

    kernel = NUTS(model, target_accept_prob=0.85, max_tree_depth=7)
    return MCMC(
        kernel,
        num_warmup=WARM_UP,
        num_samples=DRAWS,
        num_chains=chains,
        chain_method="sequential",
        progress_bar=False,
        jit_model_args=True,
    )


@cache
def _felt_sampler(rows: tuple[Row, ...], chains: int) -> Any:
    array_library("jax")
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as of

    table = felt_table(rows)
    effects = len(FELT)
    drawn: Any = numpyro.sample

    def model(kept: Any) -> None:
        common = drawn("common", of.Normal(np.log(1.0), 0.7))
        values = {
            "base": drawn("base", of.Normal(-4.5, 1.5).expand([effects])),
            "gain": common + 0.5 * drawn("gain_z", of.Normal(0, 1).expand([effects])),
            "told": drawn("told", of.Normal(-1.0, 1.0)),
            "scale": drawn("scale", of.Normal(1.0, 1.0)),
            "older": drawn("older", of.Normal(0.5, 0.7)),
            "long": drawn("long", of.Normal(0.5, 1.0)),
            "habit": -drawn("habit_less", of.HalfNormal(2.0)),
            "own habit": -drawn("own_habit_less", of.HalfNormal(2.0)),
            "person": drawn("person", of.LogNormal(np.log(2.0), 0.3)),
        }
        numpyro.deterministic("gain", values["gain"])
        numpyro.deterministic("habit", values["habit"])
        numpyro.deterministic("own habit", values["own habit"])
        base_sd = drawn("base_sd", of.HalfNormal(0.7))
        gain_sd = drawn("gain_sd", of.HalfNormal(0.4))
        z = drawn("z", of.Normal(0, 1).expand([2, table.cells]))
        share = shares(jnp, table, values, base_sd * z[0][table.cell], gain_sd * z[1][table.cell])
        share = jnp.clip(share, 1e-9, 1 - 1e-9)
        found = of.Binomial(table.n, share).log_prob(table.events)
        numpyro.factor("rows", (kept * found).sum())

    return _mcmc(model, chains)


@cache
def _rise_sampler(rows: tuple[Row, ...], chains: int) -> Any:
    array_library("jax")
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as of

    drawn: Any = numpyro.sample
    own = [row for row in rows if row.seen.effect in RISING]
    cells = {cell: place for place, cell in enumerate(dict.fromkeys(map(_cell, own)))}
    cell = np.asarray([cells[_cell(row)] for row in own])
    effect = np.asarray([RISING.index(row.seen.effect) for row in own])
    drive = np.asarray([row.drive[0] for row in own])
    error = np.asarray([row.error for row in own])
    seen = np.asarray([row.observed for row in own])

    def model(kept: Any) -> None:
        rise = drawn("rise", of.Normal(np.log(10.0), 1.0).expand([len(RISING)]))
        spread = drawn("rise_sd", of.HalfNormal(0.7))
        z = drawn("z", of.Normal(0, 1).expand([len(cells)]))
        expected = jnp.exp(rise[effect] + spread * z[cell]) * drive
        found = of.Normal(expected, error).log_prob(seen)
        numpyro.factor("rows", (kept * found).sum())

    return _mcmc(model, chains)
