"""Starts pages and worker, and ends them together; or pages alone, with several processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import connections

from respite.clinic.home import DEMO_FILE, clinic_home
from respite.clinic.running.tables import make_tables
from respite.domain import RespiteError
from respite.domain import translate as _

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several processes share what they measure."""

THREADS = 8
"""Requests that are answered at the same time; ours."""

LOOK_EVERY_S = 0.2
"""How often is looked whether the worker still runs [s]; ours."""

START_AGAIN_AFTER_S = 2
"""How long to wait before a worker that ended is started again [s]; ours."""


class DemoFolder(RespiteError):
    """A folder of a demo, in which nothing real may be kept: the next demo starts afresh."""

    page = "clinic-not-in-order"


def refuse_demo_folder() -> None:
    """Refuse to keep anything real where a demo was made.

    Raises
    ------
    DemoFolder
        Where the folder is a demo's, and this is not run as one.
    """
    if (clinic_home() / DEMO_FILE).exists() and not settings.IS_DEMO:
        raise DemoFolder(
            _("{folder} holds a demo.").format(folder=clinic_home()),
            _("a folder of its own for a real clinic: each new demo removes the one before."),
            _("set RESPITE_CLINIC_HOME to another folder, or start it by `respite clinic demo`."),
        )


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

    refuse_demo_folder()
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


def serve_many(port: int, *, host: str, processes: int) -> None:
    """Serve pages with several processes, and no worker; this process becomes theirs.

    A hang-up signal replaces the processes one after the other, a request to end lets what is
    under way end first.

    Parameters
    ----------
    port, host
        Where is listened.
    processes
        How many serve.

    Raises
    ------
    RespiteError
        On Windows, which has no such server.
    """
    if sys.platform == "win32":
        raise RespiteError(
            _("Several processes for pages cannot be started on Windows."),
            _("Linux, or another system of that family."),
            _("`respite clinic serve`, which serves a small clinic there as well."),
        )
    refuse_demo_folder()
    make_tables()
    connections.close_all()
    os.environ.setdefault(SHARED_FOLDER, str(_empty_folder("measures")))
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    print(_("The clinic is open at {address}").format(address=f"http://{address}/"), flush=True)
    words = (
        "--config", "python:respite.clinic.running.web_settings", "--bind", address,
        "--workers", str(processes), "respite.clinic.wsgi:application",
    )  # fmt: skip
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *words])


def _empty_folder(name: str) -> Path:
    """Make an empty folder among the clinic's files: what processes share while they run."""
    folder = clinic_home() / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


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
