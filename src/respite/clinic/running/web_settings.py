"""How gunicorn serves the pages; ``respite clinic web`` starts it with this.

Values are read anew by each process that starts, so that a hang-up signal brings new code in
without closing a connection.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

worker_class = "gthread"
worker_connections = threads = 2
"""Requests that one process answers at the same time, and no connection beyond: all others wait
in one queue, and whichever process is free takes the next (decision 17)."""

timeout = 60
"""A process that does not breathe for so long is replaced [s]; ours."""

graceful_timeout = 25
"""How long requests may go on once told to stop [s]; ours."""

keepalive = 0
"""A connection carries one request: kept open, it would be bound to one process, busy or not."""

max_requests, max_requests_jitter = 20_000, 4000
"""After so many requests a process is replaced by a fresh one; ours."""

loglevel = "warning"
accesslog = None
"""Who called which page is on the trail, and nowhere else."""

control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""In memory: that a process breathes is no reason to write to a disk."""


def child_exit(_server: Any, worker: Any) -> None:
    """Forget what a process measured that is no more, where it was of that process alone."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # pyright: ignore[reportUnknownMemberType]
