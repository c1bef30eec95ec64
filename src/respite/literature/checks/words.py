"""Rules of language: regimens, drugs, routes and conditions in the words of the domain."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import Condition, Drug, Form, Regimen, RegimenNotUnderstood, Route
from respite.domain import translate as _
from respite.literature.acute_study import AcuteStudy
from respite.literature.checks.walk import parts
from respite.literature.library import Library
from respite.literature.model import Anchor, Model
from respite.literature.observation import ObservedArm, ObservedStudy
from respite.literature.study import Arm, Study

ROUTES = frozenset(route.value for route in Route) | frozenset(
    f"{Route.ORAL} {form}" for form in Form if form
)
"""Routes, and the forms in which one of them is given."""

ACUTE = "acute"
"""What a study of acute pain is of: shown, and no condition that a patient is treated for."""

WORDS = {
    "routes": ROUTES,
    "drugs": frozenset(Drug),
    "condition": frozenset(Condition) | {"healthy", "surgical", "icu", "any"},
}
"""Words of a scope; healthy people, and any condition at all, are no condition of a patient."""


def regimens_can_be_read(
    _library: Library, record: Model | Study | ObservedStudy | AcuteStudy
) -> Iterator[str]:
    """Check that every regimen of an anchor or of an arm is in the regimen language."""
    for kind in (AcuteStudy, Anchor, Arm, ObservedArm):
        for place, part in parts(record, kind):
            if not part.regimen:
                continue
            try:
                Regimen.parse(part.regimen)
            except RegimenNotUnderstood as error:
                yield _("The regimen of {place} cannot be read: {fault}").format(
                    place=place, fault=error.found
                )


def scope_is_in_known_words(_library: Library, model: Model) -> Iterator[str]:
    """Check that drugs, routes and conditions are those a question can name."""
    for name, known in WORDS.items():
        held = model.scope.get(name)
        for word in () if held is None else held.words + held.usable_words:
            if word not in known:
                yield _("scope.{name} says '{word}', which is not one of {words}.").format(
                    name=name, word=word, words=", ".join(sorted(known))
                )
    for condition in model.conditions:
        if condition not in frozenset(Condition):
            yield _("conditions.{condition} is no condition that a patient can have.").format(
                condition=condition
            )


def a_condition_is_named_in_domain_words(_library: Library, study: Study) -> Iterator[str]:
    """Check that a study is of a condition that a patient can have, or of acute pain."""
    if study.condition not in frozenset(Condition) | {ACUTE}:
        yield _("The condition '{condition}' is no condition that a patient can have.").format(
            condition=study.condition
        )
