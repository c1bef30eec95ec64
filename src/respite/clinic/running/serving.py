"""Starts pages and worker, and ends them together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from types import FrameType

from django.conf import settings
from django.core.management import call_command

from respite.clinic.home import clinic_home
from respite.domain import translate as _

THREADS = 8
"""Requests that are answered at the same time; ours."""

LOOK_EVERY_S = 0.2
"""How often a worker that has nothing to do looks for work [s]; ours."""

START_AGAIN_AFTER_S = 2
"""How long to wait before a worker that ended is started again [s]; ours."""


def make_tables() -> None:
    """Bring the tables up to date; nothing is changed where they are."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def serve(port: int, *, host: str = "127.0.0.1") -> None:
    """Start pages and worker, and print the address; ends when it is told to.

    Parameters
    ----------
    port
        Port of this machine.
    host
        Address that is listened on.
    """
    from waitress import create_server

    make_tables()
    from respite.clinic.wsgi import application

    server = create_server(application, host=host, port=port, threads=THREADS, ident=None)
    stop = threading.Event()
    minder = threading.Thread(target=_mind_worker, args=(stop,), daemon=True)
    minder.start()

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    print(_("The clinic is open at {address}").format(address=f"http://localhost:{port}/"))
    print(_("Its files are in {folder}. Ctrl+C ends it.").format(folder=clinic_home()), flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        minder.join(timeout=10)


def work() -> None:
    """Work through the queue until told to stop."""
    # Read before the first task, so that nobody waits for it.
    import_module("respite.clinic.forecasts.working_out")
    call_command("db_worker", verbosity=0, interval=LOOK_EVERY_S, startup_delay=False, reload=False)


def _mind_worker(stop: threading.Event) -> None:
    """Keep one worker running, and end it with the pages."""
    while not stop.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "respite", "clinic", "worker"])
        while worker.poll() is None and not stop.is_set():
            time.sleep(LOOK_EVERY_S)
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(timeout=8)
            except subprocess.TimeoutExpired:
                worker.kill()
        else:
            stop.wait(START_AGAIN_AFTER_S)


def is_on_sqlite() -> bool:
    """Say whether the clinic keeps its tables in one file."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
