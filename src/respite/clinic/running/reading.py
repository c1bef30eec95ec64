"""Serves the pages about ketamine alone: no table is made, no file is written, no record read."""

from __future__ import annotations

import contextlib
import signal
import threading
from types import FrameType

from respite.domain import translate as _

THREADS = 8
"""Requests that are answered at the same time; ours."""


def read(port: int, *, host: str = "127.0.0.1") -> None:
    """Start the pages, and print the address; ends when it is told to.

    Parameters
    ----------
    port
        Port of this machine.
    host
        Address that is listened on.
    """
    from waitress import create_server

    from respite.clinic.wsgi import application
    from respite.report import work_out_all

    server = create_server(application, host=host, port=port, threads=THREADS, ident=None)
    # Worked out beforehand, so that nobody who reads has to wait.
    threading.Thread(target=work_out_all, daemon=True).start()

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    address = f"http://localhost:{port}/read/"
    print(_("The pages are open at {address}. Ctrl+C ends it.").format(address=address), flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
