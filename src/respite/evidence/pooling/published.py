"""What published syntheses say about a time: shown beside our own pool, and never part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.evidence.pooling.answer import Synthesis
from respite.evidence.pooling.trial import FALLS, Measure
from respite.evidence.pooling.window import window_around
from respite.literature import Library, Study

if TYPE_CHECKING:
    from respite.evidence.trials.rows import TrialRow


def syntheses(
    library: Library,
    rows: tuple[TrialRow, ...],
    measure: Measure,
    days: float,
    condition: str | None,
) -> tuple[Synthesis, ...]:
    """Give the published syntheses whose time lies within the window.

    Parameters
    ----------
    library
        Where their titles stand.
    rows
        Figures of every study.
    measure, days, condition
        What is asked. A synthesis of mixed pain stands beside any condition but depression.
    """
    return tuple(
        _synthesis(library.study(row.study), row)
        for row in rows
        if row.kind == "meta_analysis"
        and row.against
        and _is_asked(row, measure)
        and condition in (None, row.condition, *(_SHARED if row.condition == "mixed" else ()))
        and _is_within(row, days)
    )


_SHARED = ("crps", "neuropathic", "fibromyalgia", "phantom-limb", "post-herpetic",
           "spinal-cord-injury")  # fmt: skip
"""Conditions of which syntheses of mixed chronic pain hold trials; those of cancer do not."""


def _is_asked(row: TrialRow, measure: Measure) -> bool:
    return row.value is not None and row.measure in (
        FALLS if measure == "mean_pain" else (measure,)
    )


def _is_within(row: TrialRow, days: float) -> bool:
    first, last = window_around(days)
    return row.days is not None and first <= row.days <= last


def _synthesis(study: Study, row: TrialRow) -> Synthesis:
    assert row.value is not None
    assert row.days is not None
    printed = next(
        (one.spread for one in study.contrasts if one.what == row.what and one.value == row.value),
        None,
    )
    interval = None
    if printed is not None and printed.from_ is not None and printed.to is not None:
        interval = (printed.from_, printed.to)
    return Synthesis(
        study=study.id,
        title=study.title,
        days=row.days,
        estimate=row.value,
        interval95=interval,
        unit="points",
        note=row.note,
        status=row.status,
        read=row.read,
        source=row.source,
    )
