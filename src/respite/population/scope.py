"""Is this patient, and this regimen, like those a model was built from?

A fact is inside what was studied, outside it, or unknown. Outside the range in
which a model may be used at all, the question is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from respite.domain import UNKNOWN, OutOfScope, Patient, Regimen
from respite.literature import Model, Range

UNITS = {"age": "years", "weight": "kg"}
ANY = "any"
"""In a list of usable words: whatever is asked."""

ScopeLine = Mapping[str, str]


def scope_of(models: Iterable[Model], patient: Patient, regimen: Regimen) -> tuple[ScopeLine, ...]:
    """Compare a question with what each model saw.

    Parameters
    ----------
    models
        The models that will answer.
    patient, regimen
        The question.

    Returns
    -------
    One line for each fact and model: ``fact``, ``status`` (``inside``,
    ``outside`` or ``unknown``) and ``message``.

    Raises
    ------
    OutOfScope
        If a model may not be used for this question at all.
    """
    lines: list[ScopeLine] = []
    for model in models:
        for name in ("age", "weight"):
            if name in model.scope:
                lines.append(_number_line(model, name, model.scope[name], getattr(patient, name)))
        for name, words in _words_asked(patient, regimen).items():
            if name in model.scope:
                lines.extend(_word_lines(model, name, model.scope[name], words))
    return tuple(lines)


def _words_asked(patient: Patient, regimen: Regimen) -> dict[str, tuple[str, ...]]:
    """List what is asked about, in the words of the library's scopes."""
    drugs = [drug.value for drug in regimen.drugs if drug.value != "placebo"]
    condition = () if patient.condition is UNKNOWN else (patient.condition.value,)
    return {
        "routes": tuple(route.value for route in regimen.routes),
        "drugs": tuple(drugs),
        "condition": condition,
    }


def _number_line(model: Model, name: str, scope: Range, known: object) -> ScopeLine:
    unit = UNITS[name]
    if known is not UNKNOWN:
        _refuse_unusable(name, scope, float(known))  # pyright: ignore[reportArgumentType]
    studied = scope.studied
    if studied is None or isinstance(studied, str):
        return _line(name, "unknown", f"{model.id} does not report the {name} of those it saw.")
    seen = f"{studied.from_:g} to {studied.to:g} {unit}"
    if known is UNKNOWN:
        return _line(name, "unknown", f"{name} is not known; {model.id} saw people of {seen}.")
    value = float(known)  # pyright: ignore[reportArgumentType]
    if studied.holds(value):
        return _line(name, "inside", f"{model.id} saw people of {seen}.")
    return _line(
        name,
        "outside",
        f"{value:g} {unit} is outside the {seen} that {model.id} saw: extrapolated.",
    )


def _refuse_unusable(name: str, scope: Range, value: float) -> None:
    """Refuse a fact outside the range in which a model may be used, whatever it reports."""
    unit, usable = UNITS[name], scope.usable
    if usable is None or usable.holds(value):
        return
    raise OutOfScope(
        f"The {name} is {value:g} {unit}.",
        f"{usable.from_:g} to {usable.to:g} {unit}: {usable.because}.",
        "another model (respite models list), or specialist advice: nothing here was"
        " built from such a patient.",
    )


def _word_lines(
    model: Model, name: str, scope: Range, asked: tuple[str, ...]
) -> Iterable[ScopeLine]:
    fact = name.removesuffix("s") if name != "condition" else name
    if not asked and name == "condition":
        seen = ", ".join(scope.words)
        yield _line(fact, "unknown", f"the condition is not known; {model.id} saw {seen}.")
    for word in asked:
        if word in scope.words:
            yield _line(fact, "inside", f"{model.id} saw {word}.")
        elif word in scope.usable_words or ANY in scope.usable_words:
            yield _line(fact, "outside", f"{word}: {scope.because}.")
        else:
            raise OutOfScope(
                f"The {fact} is {word}.",
                f"one that {model.id} covers: {_list(scope)}.",
                "another model (respite models list) or another plan.",
            )


def _list(scope: Range) -> str:
    return ", ".join(dict.fromkeys((*scope.words, *scope.usable_words)))


def _line(fact: str, status: str, message: str) -> ScopeLine:
    return {"fact": fact, "status": status, "message": message}
