"""The library is asked: from kept inputs to an answer, in numbers and in words.

Nothing here knows a database.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from respite.domain import (
    DosingHistory,
    Patient,
    Regimen,
    RespiteError,
    read_diary,
    read_dosing_history,
    read_sessions,
)
from respite.domain import translate as _
from respite.report import (
    basis_told,
    check,
    check_told,
    compare,
    comparison_told,
    doses_told,
    forecast,
    plan,
    proposals_told,
)

DAYS_A_YEAR = 365
AGAIN_DAYS = 90
"""Days after which a plan is taken to be given again, for its dose of a year; as for proposals."""

DRAWS = 1000
"""People on whom the basis of proposals is worked out; ours."""


def answered(inputs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answer a question.

    Parameters
    ----------
    inputs
        What was asked, as it is kept.

    Returns
    -------
    The answer as plain data, and in words.

    Raises
    ------
    RespiteError
        Where the library refuses.
    """
    if inputs["kind"] == "comparison":
        return _compared(inputs)
    return _proposed(inputs)


def _proposed(inputs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    patient, day = Patient.from_mapping(inputs["patient"]), date.fromisoformat(inputs["on"])
    history = _history(inputs)
    diary = None if inputs["diary"] is None else read_diary(inputs["diary"])
    sessions = None if inputs["sessions"] is None else read_sessions(inputs["sessions"])
    answer = plan(
        patient,
        history=history,
        diary=diary,
        sessions=sessions,
        facts=_facts(inputs, day),
        at=day,
        threshold=inputs["threshold"],
        seed=inputs["seed"],
    )
    every = [one.tried.regimen for one in answer.proposals]
    every += [one.regimen for one in (*answer.tried, *answer.refused)]
    # Where nothing is proposed, the basis is that of a plan into a vein, which was studied most.
    into_vein = [text for text in every if " iv " in text]
    outlook = forecast(
        patient,
        every[0] if answer.proposals else (into_vein or every)[0],
        history=history,
        diary=diary,
        threshold=inputs["threshold"],
        draws=DRAWS,
        seed=inputs["seed"],
        with_levels=False,
    )
    words = proposals_told(answer)
    for one in words["plans"]:
        one["doses"] = _doses(one["regimen"], patient)
    words["basis"] = basis_told(
        patient,
        outlook,
        claims=answer.claims,
        would_change=dict.fromkeys(one.would_change_if for one in answer.proposals),
    )
    words["ask"] = list(answer.ask)
    return answer.to_dict(), words


def _compared(inputs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    patient, day = Patient.from_mapping(inputs["patient"]), date.fromisoformat(inputs["on"])
    history = _history(inputs)
    answer = compare(
        patient,
        inputs["regimens"],
        history=history,
        threshold=inputs["threshold"],
        seed=inputs["seed"],
    )
    words = comparison_told(answer)
    for one, text in zip(words["plans"], inputs["regimens"], strict=True):
        one["doses"] = _doses(text, patient)
        one["check"] = _checked(text, patient, history, inputs, day)
    words["basis"] = basis_told(
        patient,
        answer.plans[0].forecast,
        would_change=dict.fromkeys(
            line for one in answer.plans for line in one.forecast.would_change
        ),
    )
    checks = [one["check"] for one in words["plans"] if "fault" not in one["check"]]
    words["ask"] = list(dict.fromkeys(q["ask"] for one in checks for q in one["asked"]))
    return answer.to_dict(), words


def _history(inputs: dict[str, Any]) -> DosingHistory | None:
    return None if inputs["history"] is None else read_dosing_history(inputs["history"])


def _facts(inputs: dict[str, Any], day: date) -> Any:
    from respite.safety import read_facts

    return read_facts(inputs["facts"], on=day)


def _checked(
    text: str,
    patient: Patient,
    history: DosingHistory | None,
    inputs: dict[str, Any],
    day: date,
) -> dict[str, Any]:
    """Hold one plan against the rules; what cannot be asked is told, and spoils no other plan."""
    try:
        answer = check(
            patient,
            text,
            facts=_facts(inputs, day),
            history=history,
            on=day,
            seed=inputs["seed"],
        )
    except RespiteError as fault:
        return {"fault": [fault.found, fault.expected, fault.remedy]}
    return check_told(answer)


def _doses(text: str, patient: Patient) -> dict[str, Any]:
    """Say a plan in plain words, with its dose of a year and its hours."""
    weight = patient.known().get("weight")
    told = doses_told(
        Regimen.parse(text), weight_kg=float(weight) if isinstance(weight, int | float) else None
    )
    mg, hours = told.dose_mg, told.infused_h
    return {
        "lines": list(told.lines),
        "totals": list(told.totals),
        "ends": told.ends,
        "mg": _("not known: no weight") if mg is None else f"{mg:,.0f}",
        "yearly_mg": _("not known: no weight")
        if mg is None
        else f"{mg * DAYS_A_YEAR / max(AGAIN_DAYS, _last_day(text)):,.0f}",
        "hours": f"{hours:,.1f}".removesuffix(".0"),
    }


def _last_day(text: str) -> float:
    return Regimen.parse(text).last_dose_end_h / 24
