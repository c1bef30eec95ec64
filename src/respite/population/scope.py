"""Is this patient, and this regimen, like those a model was built from?

A fact is inside what was studied, outside it, or unknown. Outside the range in
which a model may be used at all, the question is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from respite.domain import UNKNOWN, DoseEvent, Drug, OutOfScope, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Model, Range
from respite.population.routes import route_key

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
    return scope_of_doses(models, patient, regimen.events())


def scope_of_doses(
    models: Iterable[Model], patient: Patient, events: Sequence[DoseEvent]
) -> tuple[ScopeLine, ...]:
    """Compare doses that are no regimen with what each model saw: see :func:`scope_of`."""
    lines: list[ScopeLine] = []
    for model in models:
        for name in ("age", "weight"):
            if name in model.scope:
                lines.append(_number_line(model, name, model.scope[name], getattr(patient, name)))
        for name, words in _words_asked(patient, events).items():
            if name in model.scope:
                lines.extend(_word_lines(model, name, model.scope[name], words))
    return tuple(lines)


def _words_asked(patient: Patient, events: Sequence[DoseEvent]) -> dict[str, tuple[str, ...]]:
    """List what is asked about, in the words of the library's scopes."""
    given = [event for event in events if event.drug is not Drug.PLACEBO]
    condition = () if patient.condition is UNKNOWN else (patient.condition.value,)
    return {
        "routes": tuple(dict.fromkeys(route_key(event) for event in given)),
        "drugs": tuple(dict.fromkeys(event.drug.value for event in given)),
        "condition": condition,
    }


def _number_line(model: Model, name: str, scope: Range, known: object) -> ScopeLine:
    fact, unit = fact_words(name), {"age": _("years"), "weight": _("kg")}[name]
    value = None if known is UNKNOWN else float(known)  # pyright: ignore[reportArgumentType]
    usable = scope.usable
    if value is not None and usable is not None and not usable.holds(value):
        raise OutOfScope(
            _("The {fact} is {value:g} {unit}.").format(fact=fact, value=value, unit=unit),
            _("{lowest:g} to {highest:g} {unit}: {because}.").format(
                lowest=usable.from_, highest=usable.to, unit=unit, because=usable.because
            ),
            _(
                "another model (respite models list), or specialist advice: nothing here was"
                " built from such a patient."
            ),
        )
    studied = scope.studied
    if studied is None or isinstance(studied, str):
        message = _("whether the {fact} is within what {model} saw; its source gives no range.")
        if value is not None:
            message = _(
                "whether {value:g} {unit} is within what {model} saw; its source gives no range."
            )
        message = message.format(fact=fact, value=value, unit=unit, model=model.id)
        return _line(name, "unknown", message)
    seen = _("{lowest:g} to {highest:g} {unit}").format(
        lowest=studied.from_, highest=studied.to, unit=unit
    )
    if value is None:
        message = _("{fact} is not known; {model} saw people of {seen}.")
        message = message.format(fact=fact, model=model.id, seen=seen)
        return _line(name, "unknown", message)
    if studied.holds(value):
        return _line(
            name, "inside", _("{model} saw people of {seen}.").format(model=model.id, seen=seen)
        )
    message = _("{value:g} {unit} is outside the {seen} that {model} saw: extrapolated.").format(
        value=value, unit=unit, seen=seen, model=model.id
    )
    return _line(name, "outside", message)


def _word_lines(
    model: Model, name: str, scope: Range, asked: tuple[str, ...]
) -> Iterable[ScopeLine]:
    fact = name.removesuffix("s") if name != "condition" else name
    if not asked and name == "condition":
        message = _("whether the condition is within what {model} saw: {seen}.")
        yield _line(fact, "unknown", message.format(model=model.id, seen=_seen(scope)))
    for word in asked:
        if word in scope.words:
            yield _line(fact, "inside", _("{model} saw {word}.").format(model=model.id, word=word))
        elif word in scope.usable_words or ANY in scope.usable_words:
            message = _("{word}; {model} saw {seen}. {because}.").format(
                word=word,
                model=model.id,
                seen=_seen(scope),
                because=scope.because[:1].upper() + scope.because[1:],
            )
            yield _line(fact, "outside", message)
        else:
            raise OutOfScope(
                _("The {fact} is {word}.").format(fact=fact_words(fact), word=word),
                _("one that {model} covers: {words}.").format(model=model.id, words=_list(scope)),
                _("another model (respite models list) or another plan."),
            )


def fact_words(fact: str) -> str:
    """Say in the reader's language which fact of a question is meant."""
    words = {
        "age": _("age"),
        "weight": _("weight"),
        "route": _("route"),
        "drug": _("drug"),
        "condition": _("condition"),
    }
    return words[fact]


def _seen(scope: Range) -> str:
    """List what a model saw; words that are no condition of a patient are spelled out."""
    spelled = {"healthy": _("healthy people"), "icu": _("people in intensive care")}
    return ", ".join(spelled.get(word, word) for word in scope.words)


def _list(scope: Range) -> str:
    return ", ".join(dict.fromkeys((*scope.words, *scope.usable_words)))


def _line(fact: str, status: str, message: str) -> ScopeLine:
    return {"fact": fact, "status": status, "message": message}
