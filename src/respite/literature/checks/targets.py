"""Rules of targets: concentrations that can be compared, or a reason why there are none."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import RespiteError
from respite.domain import translate as _
from respite.literature.checks.walk import parts
from respite.literature.derivation import agrees
from respite.literature.library import Library
from respite.literature.target import Affinity, Target
from respite.literature.units_of_print import canonical_unit, to_canonical


def affinities_are_concentrations(_library: Library, target: Target) -> Iterator[str]:
    """Check that an affinity is a concentration above zero, or a range of them."""
    for place, seen in parts(target, Affinity):
        try:
            is_molar = canonical_unit(seen.unit) == "mmol/L"
        except RespiteError:
            is_molar = True
        if not is_molar:
            yield _("{place} should be in units such as umol/L.").format(place=place)
            continue
        paired = seen.spread.kind == "range" and seen.spread.from_ is not None
        if isinstance(seen.value, str):
            if not paired:
                yield _("{place} has neither a value nor a range.").format(place=place)
        elif seen.value <= 0 or paired:
            yield _("{place} needs one value above zero, or a range.").format(place=place)


def affinities_agree_with_their_logarithm(_library: Library, target: Target) -> Iterator[str]:
    """Check that a concentration computed from a printed negative logarithm is what it gives."""
    for place, seen in parts(target, Affinity):
        if (seen.status == "derived") != (seen.negative_log is not None):
            yield _(
                "{place}: 'negative_log' belongs to a derived affinity, which needs it."
            ).format(place=place)
        if seen.negative_log is None or isinstance(seen.value, str):
            continue
        computed = 1000 * 10**-seen.negative_log
        if not agrees(seen.value, to_canonical(seen.value, seen.unit), computed):
            yield _("{place} is {printed:g}, and what it names gives {computed:.3g}.").format(
                place=place,
                printed=seen.value,
                computed=computed / to_canonical(1, seen.unit),
            )


def targets_have_figures_or_say_why(_library: Library, target: Target) -> Iterator[str]:
    """Check that a target without any affinity says that none was seen."""
    if not target.affinities and not target.not_reported:
        yield _("There is no affinity, and not_reported does not say why.")
