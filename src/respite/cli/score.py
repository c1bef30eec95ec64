"""``respite score``: did past forecasts come true?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, UnusedSeed
from respite.domain import translate as _


def score(
    log: Annotated[
        Path,
        Parameter(
            help=_(
                "A log that 'respite forecast --log' wrote, or a folder with NAME.jsonl and"
                " NAME.csv for each person, and NAME.doses.csv where doses are known."
            )
        ),
    ],
    /,
    *,
    diary: Annotated[Path | None, Parameter(help=_("The pain diary, as it is now."))] = None,
    history: Annotated[
        Path | None,
        Parameter(help=_("Doses that were given; without, the plan is taken as kept.")),
    ] = None,
    form: AnswerTableFormat = "text",
    seed: UnusedSeed = 1,
) -> None:
    """Compare past forecasts with what was written after them."""
    from respite.domain import read_diary, read_dosing_history
    from respite.report import score as ask
    from respite.report import score_folder, show_track_record

    if log.is_dir():
        _refuse_beside_a_folder(diary, history)
        answer = score_folder(log)
    else:
        given = None if history is None else read_dosing_history(history)
        answer = ask(log, read_diary(_needed(diary)), given)
    print(show_track_record(answer, form), end="")


def _needed(diary: Path | None) -> Path:
    if diary is not None:
        return diary
    from respite.domain import RespiteError

    raise RespiteError(
        _("A log is given without a diary."),
        _("the diary of the same person."),
        _("--diary diary.csv, or a folder that holds both."),
    )


def _refuse_beside_a_folder(diary: Path | None, history: Path | None) -> None:
    if diary is None and history is None:
        return
    from respite.domain import RespiteError

    raise RespiteError(
        _("A folder is given, and a file beside it."),
        _("a folder that holds the diaries as well."),
        _("leave out --diary and --history, or give one log."),
    )
