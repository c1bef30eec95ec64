"""A bar on standard error while long work goes on, for those who watch."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

Tell = Callable[[float], None]

_PATIENCE_S = 1
"""Work that ends sooner needs no bar; ours."""


@contextmanager
def progress_bar(doing: str, *, quiet: bool) -> Generator[Tell | None]:
    """Show a bar while the work goes on, where somebody watches and the work is long.

    Parameters
    ----------
    doing
        What is being done, in a word or two.
    quiet
        Whether nothing is to be shown.

    Returns
    -------
    What to tell the share that is done, 0-1; ``None`` where nobody watches.
    """
    if quiet or not _is_watched():
        yield None
        return
    started = time.monotonic()
    with ExitStack() as shown:
        advance: Tell | None = None

        def tell(share: float) -> None:
            nonlocal advance
            if advance is None and time.monotonic() - started > _PATIENCE_S:
                advance = _show(doing, shown)
            if advance is not None:
                advance(share)

        yield tell


def _is_watched() -> bool:
    """Tell whether standard error is a terminal that can draw over what it has drawn."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _show(doing: str, shown: ExitStack) -> Tell:
    # Imported here, so that short work does not pay for it. NO_COLOR is honoured by it.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    bar = Progress(
        "{task.description}",
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    shown.enter_context(bar)
    task = bar.add_task(doing, total=1)
    return lambda share: bar.update(task, completed=share)
