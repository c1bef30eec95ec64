"""``respite models``: what is in the library, and where does it come from?"""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerFormat, AnswerTableFormat, UnusedSeed
from respite.domain import translate as _
from respite.report import show_checks, show_citation, show_model, show_models

ModelName = Annotated[str, Parameter(help=_("A model, as 'respite models list' names it."))]
CitedName = Annotated[str, Parameter(help=_("A model, or the key of a source."))]


def list_models(*, form: AnswerTableFormat = "text", seed: UnusedSeed = 1) -> None:
    """List the models of the library."""
    print(show_models(form), end="")


def show(name: ModelName, /, *, form: AnswerFormat = "text", seed: UnusedSeed = 1) -> None:
    """Show every number of one model."""
    print(show_model(name, form), end="")


def check(*, form: AnswerFormat = "text", seed: UnusedSeed = 1) -> int:
    """Hold the library against its rules and its own papers."""
    shown, passed = show_checks(form)
    print(shown, end="")
    return 0 if passed else 1


def cite(name: CitedName, /, *, form: AnswerFormat = "text", seed: UnusedSeed = 1) -> None:
    """Cite a source, or every source of a model."""
    print(show_citation(name, form), end="")
