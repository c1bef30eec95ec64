"""What follows from what is known of a patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from respite.domain import UNKNOWN, Condition, Liver, Patient, Sex
from respite.literature import Library
from respite.safety.rules.known import Codes, Value

CHILD_PUGH = {
    Liver.NORMAL: "none",
    Liver.CHILD_PUGH_A: "A",
    Liver.CHILD_PUGH_B: "B",
    Liver.CHILD_PUGH_C: "C",
}

TWO_IN_ONE = re.compile(r"\s*[/+]\s*|\s+and\s+|\s+with\s+")
"""What stands between the names of two medicines in one tablet."""


def patient_facts(library: Library, patient: Patient) -> dict[str, Value]:
    """Give the facts of rules that follow from a patient; what is unknown stays so.

    Parameters
    ----------
    library
        Where names of medicines come from.
    patient
        The patient.
    """
    known: dict[str, Value] = {}
    for name, value in (
        ("patient.age_years", patient.age),
        ("patient.egfr", patient.egfr),
        ("patient.phq9", patient.depression),
        ("patient.opioid_ome_mg_day", patient.daily_opioid_mg),
    ):
        if value is not UNKNOWN:
            known[name] = float(value)
    if isinstance(patient.liver, Liver):
        known["patient.child_pugh"] = CHILD_PUGH[patient.liver]
    if patient.cyp2b6 is not UNKNOWN:
        codes = library.vocabulary["patient.cyp2b6_genotype"].codes
        known["patient.cyp2b6_genotype"] = patient.cyp2b6 if patient.cyp2b6 in codes else "other"
    # Mixed pain may be of any kind, so nothing follows from it.
    if patient.condition is not UNKNOWN and patient.condition is not Condition.MIXED:
        known["patient.indication_code"] = str(patient.condition)
    known |= _of_sex(patient)
    known |= _of_medicines(library, patient)
    return known


def unknown_medicines(library: Library, patient: Patient) -> tuple[str, ...]:
    """Name the medicines of a patient that the library does not know."""
    if patient.medicines is UNKNOWN:
        return ()
    names = _names(library)
    return tuple(one for one in patient.medicines if _classes(one, names) is None)


def _of_sex(patient: Patient) -> dict[str, Value]:
    if patient.sex is UNKNOWN:
        return {}
    known: dict[str, Value] = {"patient.sex": str(patient.sex)}
    if patient.sex is Sex.MALE:
        known |= dict.fromkeys(
            ("patient.pregnant", "patient.childbearing_potential", "patient.breastfeeding"), False
        )
    return known


def _of_medicines(library: Library, patient: Patient) -> dict[str, Value]:
    known: dict[str, Value] = {}
    opioids = patient.daily_opioid_mg
    told = Codes()
    if opioids is not UNKNOWN:
        told = Codes(frozenset({"opioid"})) if opioids else Codes(absent=frozenset({"opioid"}))
    if patient.medicines is not UNKNOWN:
        names = _names(library)
        found = [_classes(one, names) for one in patient.medicines]
        present = frozenset(code for codes in found if codes is not None for code in codes)
        are_known = None not in found
        known["patient.medicine_not_recognised"] = not are_known
        told = Codes(
            told.present | present,
            _ruled_out(library) - present - told.present if are_known else told.absent - present,
        )
    if told != Codes():
        known["patient.meds"] = told
    for code, name in DAILY.items():
        if told.has(code) is False:
            known.setdefault(name, 0)
    return known


DAILY = {"opioid": "patient.opioid_ome_mg_day", "benzodiazepine": "patient.benzo_dze_mg_day"}
"""What nobody takes of a class that is not taken."""


def _ruled_out(library: Library) -> frozenset[str]:
    """Give the classes that a list of medicines rules out where it does not name them.

    Drinking and food are on no such list, so they stay unknown.
    """
    codes = frozenset(library.vocabulary["patient.meds"].codes)
    beside = frozenset(code for one in library.medicines.values() for code in one.beside)
    return codes - beside


@lru_cache(maxsize=8)
def _names(library: Library) -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for one in library.medicines.values():
        for group in one.classes:
            codes = frozenset({group.code} if group.code else ())
            for name in group.names:
                names[name] = names.get(name, frozenset()) | codes
    return names


def _classes(medicine: str, names: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """Give the classes of one medicine; ``None`` where any part of its name is not known."""
    if medicine in names:
        return names[medicine]
    found = [_of_part(part, names) for part in TWO_IN_ONE.split(medicine)]
    if None in found:
        return None
    return frozenset(code for codes in found if codes is not None for code in codes)


def _of_part(part: str, names: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """Look up a name, or its first words: a strength or a salt may follow them."""
    words = part.split()
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end])
        if name in names:
            rest: Iterator[str] = iter(words[end:])
            return names[name] if all(_is_beside(word) for word in rest) else None
    return None


def _is_beside(word: str) -> bool:
    """Say whether a word behind a name is a strength or a form, and no other medicine."""
    return word in BESIDE or word[:1].isdigit()


BESIDE = frozenset(
    [
        "mg",
        "g",
        "ug",
        "mcg",
        "ml",
        "%",
        "daily",
        "tablet",
        "tablets",
        "capsule",
        "sr",
        "mr",
        "er",
        "xr",
        "cr",
        "retard",
        "patch",
        "oral",
        "sulfate",
        "sulphate",
        "hydrochloride",
        "hcl",
        "sodium",
        "acetate",
        "maleate",
        "tartrate",
    ]
)
"""Words that say how a medicine is made, not which."""
