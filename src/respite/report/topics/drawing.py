"""Figures of topics: which there are, and each as bytes when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from respite.report.front import can_draw
from respite.report.topics import answers
from respite.report.topics.sourced import Origin, Shown

if TYPE_CHECKING:
    from respite.report.picture import Picture


def shown(
    topic: str, origins: tuple[Origin, ...], condition: str | None = None
) -> tuple[Shown, ...]:
    """Give the figures of a topic in words, without the time that drawing them takes.

    Parameters
    ----------
    topic
        Its name.
    origins
        Where their numbers come from.
    condition
        The kind of pain, where the topic tells of one.
    """
    return tuple(
        Shown(
            name=one.name, title=one.title, alt=one.alt, table=one.table, origins=origins
        )
        for one in _in_words(topic, condition)
    )  # fmt: skip


@cache
def _in_words(topic: str, condition: str | None) -> tuple[Picture, ...]:
    if not can_draw():
        return ()
    from respite.report.picture import undrawn

    with undrawn():
        return tuple(_pictures(topic, condition))


_ONE_AT_A_TIME = Lock()
"""The plotting library keeps its settings in one place for all threads."""


def topic_figure(topic: str, name: str, condition: str | None = None) -> bytes | None:
    """Draw one figure of a topic as a PNG.

    Parameters
    ----------
    topic, name
        The topic, and which of its figures.
    condition
        The kind of pain, where the topic tells of one.

    Returns
    -------
    The picture; ``None`` where there is no such figure.
    """
    if name not in {one.name for one in _in_words(topic, condition)}:
        return None
    with _ONE_AT_A_TIME:
        drawn = _drawn(topic, condition)
    return next(one.png for one in drawn if one.name == name)


@cache
def _drawn(topic: str, condition: str | None) -> tuple[Picture, ...]:
    return tuple(_pictures(topic, condition))


def _pictures(topic: str, condition: str | None) -> Iterable[Picture]:
    """Draw the figures of a topic from the answers that it is told from."""
    if topic == "how-it-works":
        from respite.report.mechanism_figures import mechanism_pictures

        yield from mechanism_pictures(answers.mechanism())
    elif topic == "how-long":
        from respite.report.topics.duration_figure import duration_picture

        yield duration_picture(answers.courses(condition))
    elif topic == "what-it-depends-on":
        from respite.report.dose_figure import dose_picture

        yield dose_picture(answers.doses())
    elif topic == "other-treatments":
        from respite.report.comparator_figure import comparator_pictures

        yield from comparator_pictures(answers.others())
    elif topic == "side-effects":
        from respite.report.effects_figure import effects_picture

        yield effects_picture(answers.on_the_day(answers.USUAL))
    elif topic == "evidence":
        from respite.report.agreement import agreement_pictures
        from respite.report.forest_figure import forest_picture

        yield from agreement_pictures(answers.agreement())
        yield forest_picture(answers.pooled("mean_pain"))
