"""Rules of comparators: figures that say what they are, computed ones computed again."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import Condition
from respite.domain import translate as _
from respite.literature.checks.walk import parts
from respite.literature.comparator import Comparator, ComparedFigure
from respite.literature.derivation import agrees
from respite.literature.library import Library
from respite.literature.units_of_print import canonical_unit

ACUTE = frozenset({"acute-surgery", "acute-emergency", "acute-any"})
"""Short pain; its figures belong to the setting of single doses, and only they do."""

CONDITIONS = frozenset(Condition) | ACUTE | {"chronic-non-cancer", "volunteers"}

TIMES = frozenset({"duration", "time_to_remedication", "time_to_peak", "weeks_to_judge"})
IN_POINTS = frozenset({"mean_difference"})


def compared_figures_are_in_known_words(_library: Library, one: Comparator) -> Iterator[str]:
    """Check that conditions are known, and that single doses stay apart from lasting pain."""
    for place, seen in parts(one, ComparedFigure):
        if seen.condition not in CONDITIONS:
            yield _("{place}.condition says '{word}', which is not one of {words}.").format(
                place=place, word=seen.condition, words=", ".join(sorted(CONDITIONS))
            )
        if (seen.condition in ACUTE) != (seen.setting == "acute_single_dose"):
            yield _("{place}: acute pain and the setting of single doses go together.").format(
                place=place
            )


def compared_figures_are_numbers_ranges_or_words(
    _library: Library, one: Comparator
) -> Iterator[str]:
    """Check that there is a figure with its unit, a range, or what is known in words."""
    for place, seen in parts(one, ComparedFigure):
        has_range = seen.spread.kind == "range" and seen.spread.from_ is not None
        if (seen.metric == "in_words") != bool(seen.in_words):
            yield _("{place}: 'in_words' belongs to the metric in_words, which needs it.").format(
                place=place
            )
        elif seen.in_words:
            continue
        elif isinstance(seen.value, str) and not has_range:
            yield _("{place} has neither a value nor a range.").format(place=place)
        else:
            yield from _wrong_unit(place, seen)


def _wrong_unit(place: str, seen: ComparedFigure) -> Iterator[str]:
    expected = "h" if seen.metric in TIMES else "point" if seen.metric in IN_POINTS else "fraction"
    if not seen.unit or canonical_unit(seen.unit) != expected:
        yield _("{place} is a {metric}, and its unit should be like {unit}.").format(
            place=place, metric=seen.metric, unit=expected
        )
    if (seen.metric in IN_POINTS) != bool(seen.scale):
        yield _("{place}: 'scale' belongs to a difference of pain, which needs it.").format(
            place=place
        )


def numbers_needed_to_treat_are_possible(_library: Library, one: Comparator) -> Iterator[str]:
    """Check that no number needed to treat or to harm is below one, nor above its own limits."""
    for place, seen in parts(one, ComparedFigure):
        if not seen.metric.startswith(("nnt", "nnh")):
            continue
        low = seen.spread.from_
        high = seen.spread.to
        value = low if isinstance(seen.value, str) else seen.value
        if value is None or value < 1 or (low is not None and high is not None and value < low):
            yield _("{place} is a number of people for one, and cannot be {value}.").format(
                place=place, value=value
            )


def computed_comparisons_recompute(_library: Library, one: Comparator) -> Iterator[str]:
    """Check that what was computed from shares or from a fall of pain is what they give."""
    for place, seen in parts(one, ComparedFigure):
        if seen.status == "derived" and seen.risk_difference is None and seen.pain_fall is None:
            yield _("{place} is derived and does not say from what.").format(place=place)
        computed = _computed(seen)
        if computed is None or isinstance(seen.value, str):
            continue
        if not agrees(seen.value, seen.value, computed):
            yield _("{place} is {printed:g}, and what it names gives {computed:.3g}.").format(
                place=place, printed=seen.value, computed=computed
            )


def _computed(seen: ComparedFigure) -> float | None:
    """Give one over the difference of risks, or the share of pain that has gone."""
    if seen.pain_fall is not None:
        before, after = seen.pain_fall
        return 100 * (1 - after / before)
    if not seen.metric.startswith("nnt"):
        return None
    difference = seen.risk_difference
    if seen.shares is not None:
        difference = seen.shares[0] - seen.shares[1]
    return 100 / difference if difference else None


def recalled_comparisons_are_assumed(_library: Library, one: Comparator) -> Iterator[str]:
    """Check that a figure nobody saw in a source is never counted as seen."""
    for place, seen in parts(one, ComparedFigure):
        if (seen.read == "recalled") != (seen.status == "assumed"):
            yield _("{place} is recalled, so its status must be assumed.").format(place=place)
        if seen.status != "assumed" and not seen.source:
            yield _("{place} names no source.").format(place=place)
