"""What medicines, liver, kidney and genotype change, as one page.

For each: what was measured, what was fitted to it, what the fit gives and by
how much it misses, and what is carried over from something else.
"""

from __future__ import annotations

from model_pages import bullets, spoken, spread_in_words, table
from respite.literature import Interaction, Library, MeasuredRatio, load_library
from respite.population import CORE, FirstPass, exposure_ratio, first_pass_of, typical_factors

ROUTES = {"iv": "into a vein", "intranasal": "by the nose", "oral": "by mouth"}
"""Routes for which the page tells what the factors do."""

MULTIPLIES = {
    "intrinsic": "intrinsic clearance of the liver",
    "gut": "intrinsic clearance of the gut wall",
    "metabolite": "clearance of norketamine",
}

EXTRAPOLATED = "extrapolated"
"""How something that nobody measured is marked."""

HOW = """\
A medicine seldom changes how much ketamine an infusion leaves in the blood by as much as it
changes what is left of a swallowed dose. So what is kept here is no ratio of one route but what
stands behind all of them: a factor on the intrinsic clearance of the liver, one on that of the gut
wall, and one on the clearance of norketamine. The liver is well stirred, as the textbooks say:

```text
E = CL / Q                 CLint = Q × CL / (Q − CL)
CL' = Q × m × CLint / (Q + m × CLint)
Fg' = 1 / (1 + g × (1 / Fg − 1))
by mouth: (Fg' / Fg) / m   into a vein: CL / CL'
```

m and g are the two factors, Q is the flow to the liver and Fg what passes the gut wall; their
values stand on the page of the [core](models/ketamine_respite1.md). A person's own departure of
clearance is given to flow and enzymes alike, so nobody clears more than the blood brings.

The factors are fitted to all ratios of a file together by `validation/fit_interactions.py`, which
says how far each ratio counts. Ratios in the table are *with* over *without*. Those marked
recalled were not seen in a source and count little. Nothing here is advice on doses.
"""


def page(note: str) -> str:
    """Write the page.

    Parameters
    ----------
    note
        What stands under the heading, to say that the page is generated.
    """
    library = load_library()
    core = library.assembled(CORE)
    first = first_pass_of(core)
    every = sorted(library.interactions.values(), key=lambda one: (rank(one), one.title.lower()))
    parts = [
        "# Medicines, liver, kidney and genotype\n\n*For clinicians and researchers.*\n\n"
        f"{note.rstrip()}\n",
        "What is known to change how fast ketamine leaves, and how Respite uses it.\n",
        HOW,
        "## What to expect\n\nExposure to S-ketamine in the typical person, with over without.\n",
        overview(library, first, every),
        *(section(library, one) for one in every),
    ]
    return "\n".join(parts)


def rank(one: Interaction) -> int:
    """Put what was measured first, then what is extrapolated, then what is not applied."""
    return 0 if one.factors else 1 if one.extrapolated_from else 2


def overview(library: Library, first: FirstPass, every: list[Interaction]) -> str:
    """List what each does by each route."""
    rows = (
        (f"[{plain(one.title)}](#{one.id})", *expected(library, first, one), evidence(one))
        for one in every
    )
    return table(("what", *ROUTES.values(), "norketamine", "evidence"), rows)


def expected(library: Library, first: FirstPass, one: Interaction) -> tuple[str, ...]:
    """Give what the factors do by each route, and to norketamine."""
    factors = typical_factors(library, one)
    if not factors:
        return ("-",) * (len(ROUTES) + 1)
    ratios = [exposure_ratio(first, factors, route) or 1 for route in ROUTES]
    return tuple(f"× {ratio:.2f}" for ratio in (*ratios, 1 / factors.get("metabolite", 1)))


def evidence(one: Interaction) -> str:
    """Say in a few words what stands behind a file."""
    if one.extrapolated_from is not None:
        return f"**{EXTRAPOLATED}** from {spoken(one.extrapolated_from.of)}"
    if not one.factors:
        return "not applied"
    if all(ratio.status == "assumed" for ratio in one.measured):
        return "fitted to what is recalled alone"
    missed = [abs(ratio.misfit) for ratio in one.measured if ratio.misfit is not None]
    return f"fitted; misses a ratio by at most {100 * max(missed):.0f} %"


def plain(text: str) -> str:
    """Keep the star of an allele from being read as emphasis."""
    return text.replace("*", "\\*")


def section(library: Library, one: Interaction) -> str:
    """Write what is known of one."""
    parts = [
        f"## {plain(one.title)} {{#{one.id}}}\n",
        f"{one.mechanism[:1].upper()}{one.mechanism[1:]}.\n",
    ]
    if one.names:
        parts.append(f"Recognised as: {', '.join(one.names)}.\n")
    stand_in = one.extrapolated_from
    if stand_in is not None:
        power = "" if stand_in.power == 1 else f", to the power {stand_in.power:g}"
        parts.append(
            f"**{EXTRAPOLATED.capitalize()}.** The factors are those of"
            f" [{library.interaction(stand_in.of).title}](#{stand_in.of}){power}, with more spread:"
            f" {spread_in_words(stand_in.added_spread)}. Why: {stand_in.because}.\n"
        )
    if one.measured:
        parts.append(ratios_table(one))
    if one.factors:
        parts.append(factors_table(one))
    if one.not_applied_because:
        parts.append(f"Not applied: {one.not_applied_because}.\n")
    if one.not_reported:
        parts.append(f"Not reported:\n\n{bullets(one.not_reported)}")
    if one.known_problems:
        parts.append(f"Known problems:\n\n{bullets(one.known_problems)}")
    return "\n".join(parts)


def ratios_table(one: Interaction) -> str:
    """List what was measured, what the fit gives for it, and by how much it misses."""
    rows = (
        (
            f"{ratio.analyte}, {spoken(ratio.what)}, {ROUTES.get(ratio.route, ratio.route)}",
            seen(ratio),
            "" if ratio.fitted is None else f"{ratio.fitted:g}",
            "" if ratio.misfit is None else f"{100 * ratio.misfit:+.0f} %",
            "" if isinstance(ratio.n, str) else str(ratio.n),
            ratio.status,
            told_where(one, ratio),
        )
        for ratio in one.measured
    )
    return table(("measured", "ratio", "fit", "misfit", "people", "status", "where from"), rows)


def seen(ratio: MeasuredRatio) -> str:
    """Say a ratio with its interval."""
    value = spoken(ratio.value) if isinstance(ratio.value, str) else f"{ratio.value:g}"
    has_interval = ratio.spread.kind != "not_reported"
    return f"{value}; {spread_in_words(ratio.spread)}" if has_interval else value


def told_where(one: Interaction, ratio: MeasuredRatio) -> str:
    """Say where a ratio comes from."""
    key = ratio.source or one.source
    how = f"read: {spoken(ratio.read or one.read)}"
    return "; ".join(
        filter(None, (f"[{key}](sources.md#{key})", ratio.at, how, plain(ratio.because)))
    )


def factors_table(one: Interaction) -> str:
    """List the factors with their spreads."""
    rows = (
        (
            MULTIPLIES[name],
            f"{number.value:g}",
            f"{number.between_studies_sd or 0:g}",
            number.status,
            f"{number.because}; calibrated to {', '.join(number.calibrated_to)}",
        )
        for name, number in one.factors.items()
    )
    return table(("factor on", "value", "log SD", "status", "why"), rows)
