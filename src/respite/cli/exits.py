"""How a command ends: answered, not answerable as asked, or a defect of ours."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any

from cyclopts import CycloptsError

from respite.domain import translate as _

ANSWERED, DEFECT, NOT_ANSWERABLE, INTERRUPTED = 0, 1, 2, 130


def status_of(command: Callable[[], Any], *, debug: bool) -> int:
    """Run a command and give its exit status, with one message where it failed.

    Parameters
    ----------
    command
        What to run; a number it returns is the exit status.
    debug
        Whether a defect shows where in the program it arose.
    """
    _write_utf8()
    try:
        result = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _stop_writing()
        return ANSWERED
    except CycloptsError as error:
        return _refuse_typing(error)
    except Exception as error:  # the edge of the program: every defect ends here, in words
        return _refuse(error, debug=debug)
    return result if isinstance(result, int) else ANSWERED


def _refuse(error: Exception, *, debug: bool) -> int:
    from respite.domain import RespiteError

    if not isinstance(error, RespiteError):
        return _own_up(error, debug=debug)
    page = f"docs/reference/errors/{error.page}.md"
    _say(error.found, (_("Expected"), error.expected), (_("Try"), error.remedy), (_("More"), page))
    return NOT_ANSWERABLE


def _refuse_typing(error: CycloptsError) -> int:
    command = " ".join(["respite", *(error.command_chain or ())])
    _say(str(error).strip(), (_("Try"), f"{command} --help"))
    return NOT_ANSWERABLE


def _own_up(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    _say(
        _("This is a defect of Respite ({kind}: {text}), not of your request.").format(
            kind=type(error).__name__, text=error
        ),
        (
            _("Try"),
            _("report it to the developers, with what the same command says with --debug.")
            if not debug
            else _("report it to the developers, with the lines above."),
        ),
    )
    return DEFECT


def _say(found: str, *more: tuple[str, str]) -> None:
    lines = [f"respite: {found}", *(f"  {label}: {text}" for label, text in more)]
    print("\n".join(lines), file=sys.stderr)


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal's language is set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _stop_writing() -> None:
    """Send what is left to nowhere: whoever was reading has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
