"""Topics by name, each told to patients or to clinicians."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from respite.domain import RespiteError, listed
from respite.domain import translate as _
from respite.report.topics import (
    duration_topic,
    effects_topic,
    evidence_topic,
    factors_topic,
    limits_topic,
    mechanism_topic,
    risks_topic,
    treatments_topic,
)
from respite.report.topics.conditions import known_conditions
from respite.report.topics.drawing import topic_figure
from respite.report.topics.sourced import FACES, Face, Topic

Told = Callable[[Face, "str | None"], Topic]

TOPICS: Mapping[str, tuple[Callable[[], str], Told]] = {
    duration_topic.NAME: (duration_topic.title, duration_topic.duration_topic),
    mechanism_topic.NAME: (mechanism_topic.title, mechanism_topic.mechanism_topic),
    factors_topic.NAME: (factors_topic.title, factors_topic.factors_topic),
    treatments_topic.NAME: (treatments_topic.title, treatments_topic.treatments_topic),
    effects_topic.NAME: (effects_topic.title, effects_topic.effects_topic),
    risks_topic.NAME: (risks_topic.title, risks_topic.risks_topic),
    evidence_topic.NAME: (evidence_topic.title, evidence_topic.evidence_topic),
    limits_topic.NAME: (limits_topic.title, limits_topic.limits_topic),
}
"""Every topic in the order of reading: its title, and how it is told."""

BY_CONDITION = (duration_topic.NAME,)
"""Topics that are told of one kind of pain where one is chosen."""


def topic_titles() -> dict[str, str]:
    """Give the title of each topic by its name, in the order of reading."""
    return {name: title() for name, (title, _tell) in TOPICS.items()}


def tell_topic(name: str, face: Face = "patients", condition: str | None = None) -> Topic:
    """Tell one topic.

    Parameters
    ----------
    name
        Which, as :func:`topic_titles` names it.
    face
        For whom: ``patients`` or ``clinicians``.
    condition
        The kind of pain, for topics that depend on it.

    Raises
    ------
    RespiteError
        Where there is no such topic or no such kind of pain.
    """
    if name not in TOPICS:
        raise RespiteError(
            _("There is no topic {name}.").format(name=name[:40]),
            listed(tuple(TOPICS)),
            _("choose one of them."),
        )
    if condition is not None and condition not in known_conditions():
        raise RespiteError(
            _("There is no kind of pain {name}.").format(name=condition[:40]),
            listed(known_conditions()),
            _("choose one of them, or none."),
        )
    return TOPICS[name][1](face, condition if name in BY_CONDITION else None)


def work_out_all() -> None:
    """Work out what every topic is told from, and draw it, so that nobody who reads has to wait."""
    for name in TOPICS:
        for face in FACES:
            for part in tell_topic(name, face).parts:
                for one in part.figures:
                    topic_figure(name, one.name)
