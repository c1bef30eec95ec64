"""``respite learn``: what anybody may read about ketamine and pain."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from respite.cli.options import AnswerFormat, UnusedSeed
from respite.domain import translate as _


def learn(
    topic: Annotated[
        str | None, Parameter(help=_("Such as how-long; without one, the topics are listed."))
    ] = None,
    *,
    face: Annotated[
        Literal["patients", "clinicians"],
        Parameter(help=_("In plain words for patients, or with every number for clinicians.")),
    ] = "patients",
    condition: Annotated[
        str | None, Parameter(help=_("The kind of pain, for how-long: such as crps."))
    ] = None,
    seed: UnusedSeed = 1,
    form: AnswerFormat = "text",
) -> None:
    """Read about ketamine and pain: the pages of the clinic, each claim with its source."""
    from respite.report import show_topic, show_topics, tell_topic

    del seed
    if topic is None:
        print(show_topics(), end="")
        return
    print(show_topic(tell_topic(topic, face, condition), form), end="")
