"""Filtration of the kidneys from creatinine, where a laboratory gives none."""

from __future__ import annotations

from functools import cache

from respite.domain import Sex
from respite.literature import Library, load_library


def egfr_of(
    creatinine_umol_l: float, age: float, sex: Sex, *, library: Library | None = None
) -> float | None:
    r"""Estimate the filtration rate from creatinine by the CKD-EPI equation of 2021.

    Parameters
    ----------
    creatinine_umol_l
        Creatinine in blood [µmol/L].
    age
        Age in years.
    sex
        Sex.
    library
        Where the coefficients come from; the one that comes with Respite by default.

    Returns
    -------
    The rate [mL/min/1.73 m²]; ``None`` below the age from which the equation holds.

    Notes
    -----
    .. math::
        142 \cdot \min(c/k, 1)^{a} \cdot \max(c/k, 1)^{-1.2} \cdot 0.9938^{age}
        \;[\cdot 1.012\ \text{for women}]

    with creatinine :math:`c` and the bend :math:`k` in mg/dL. Source: Inker and others 2021,
    https://doi.org/10.1056/NEJMoa2102953; coefficients in ``library/conventions/filtration.toml``.

    Examples
    --------
    >>> print(round(egfr_of(106.1, 55, Sex.MALE)))
    71
    """
    numbers = _numbers(library or load_library())
    if age < numbers["adult"]:
        return None
    whose = "female" if sex is Sex.FEMALE else "male"
    share = creatinine_umol_l / numbers["umol_l"] / numbers[f"bend_{whose}"]
    rate = (
        numbers["scale"]
        * min(share, 1) ** numbers[f"below_{whose}"]
        * max(share, 1) ** numbers["above"]
        * numbers["each_year"] ** age
    )
    return rate * numbers["female"] if sex is Sex.FEMALE else rate


@cache
def _numbers(library: Library) -> dict[str, float]:
    told = library.conventions["filtration"].parameters
    units = {one.name: one.factor for one in library.analytes["creatinine"].units}
    return {name: one.typical.value for name, one in told.items()} | {"umol_l": units["mg/dL"]}
