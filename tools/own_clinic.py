"""A clinic of one's own: its processes, which may be killed and are then started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

START_S = 180


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class OwnClinic:
    """Pages and workers of one clinic.

    Parameters
    ----------
    home
        Its folder.
    database
        Address of its database; SQLite in the folder where there is none.
    """

    def __init__(self, home: Path, database: str = "") -> None:
        """Start nothing yet."""
        self.port = free_port()
        self.environment = os.environ | {"RESPITE_CLINIC_HOME": str(home), "DATABASE_URL": database}
        self.log = (home / "processes.log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start_web(self, processes: int = 2) -> None:
        """Serve pages, and wait until they answer; what ends is started again, as a unit is."""
        told = "web", "--port", str(self.port), "--processes", str(processes)
        self.running["web"] = self._start(*told)
        until = time.monotonic() + START_S
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(f"the pages do not start: {self.last_words()}")
            if self.running["web"].poll() is not None:
                self.running["web"] = self._start(*told)
            time.sleep(0.1)

    def last_words(self) -> str:
        """Give the end of what its processes said."""
        return Path(self.log.name).read_text("utf-8", "replace")[-3000:]

    def start_worker(self, name: str = "worker") -> None:
        """Start a worker."""
        self.running[name] = self._start("worker")

    def answers(self) -> bool:
        """Say whether the pages answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/alive/", timeout=5) as said:
                return said.status == 200
        except OSError:
            return False

    def kill(self, name: str) -> None:
        """Kill one and its children with no chance to end well."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def run(self, *words: str) -> str:
        """Run a command to its end, and give what it prints."""
        asked = [sys.executable, "-m", "respite", "clinic", *words]
        done = subprocess.run(
            asked, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def stop(self, *names: str) -> None:
        """End some well; by default all."""
        stopped = [self.running.pop(name) for name in names or tuple(self.running)]
        for process in stopped:
            process.terminate()
        for process in stopped:
            process.wait(timeout=START_S)

    def close(self) -> None:
        """End all well, and close what they say."""
        self.stop()
        self.log.close()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "respite", "clinic", *words], env=self.environment,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip
