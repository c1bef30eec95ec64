"""Write ``requirements/*.txt`` afresh from the ranges in ``pyproject.toml``.

For developers only: ``make lock``. Each requirement is pinned for every
platform and Python version that the project supports, with the hashes of the
files in the public registry. Machine settings that add other registries are
set aside, so that no local build and no address enters the files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = {
    "core.txt": ["--extra", "report", "--group", "build"],
    "test.txt": ["--all-extras", "--group", "build", "--group", "test"],
    "dev.txt": ["--all-extras", "--group", "build", "--group", "dev"],
}
"""What each file holds, from small to large: each holds the one before."""

COMPILE = [
    "pip",
    "compile",
    "pyproject.toml",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-config",
    "--no-header",
    "--no-emit-package=respite-ketamine",
    "--quiet",
]


def without_machine_settings() -> dict[str, str]:
    """Give the environment without any setting that changes where packages come from."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "UV_")) or name == "PIP_CERT"
    }
    return kept | {"PIP_CONFIG_FILE": os.devnull}


def lock(*, upgrade: bool) -> None:
    """Resolve and write each requirements file; keep today's pins unless ``upgrade``."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        run([programs / "python", "-m", "pip", "install", "-qq", "uv"])
        constraint: list[str] = []
        for name, groups in REQUIREMENTS.items():
            target = f"requirements/{name}"
            newer = ["--upgrade"] if upgrade else []
            run([programs / "uv", *COMPILE, *groups, *constraint, *newer, "--output-file", target])
            constraint = ["--constraint", target]


def run(command: list[str | Path]) -> None:
    """Run a command, and stop where it fails."""
    subprocess.run(command, check=True, cwd=ROOT, env=without_machine_settings())


if __name__ == "__main__":
    lock(upgrade="--upgrade" in sys.argv[1:])
