"""Make ``.venv``: the locked requirements, then Respite itself.

``python3 tools/set_up.py core`` is enough to use Respite; ``test`` adds what
tests need, ``dev`` also what checks and documentation need. A stamp written last marks a finished
environment; one without a stamp that fits is removed and made again. Needs
the standard library only, and never installs system packages.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
STAMP = ENVIRONMENT / "finished"
LEVELS = ("core", "test", "dev")
"""From small to large: each level holds the one before."""

OLDEST_PYTHON = (3, 11)
LACKING = "Python cannot make an environment here; please run: apt install python3-venv"
OLDEST_OUTSIDE_PIP = (22, 3)
"""The first pip that can install into another interpreter (its ``--python`` option)."""


class CannotSetUp(Exception):
    """The machine lacks something; the message is one sentence that says what."""


def recipe() -> str:
    """Give one hash of everything that decides what the environment holds."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    parts = [
        sys.version,
        str(ENVIRONMENT),
        repr([settings["build-system"], project.get("dependencies"), project.get("scripts")]),
        repr(project.get("optional-dependencies")),
        *((ROOT / "requirements" / f"{level}.txt").read_text("utf-8") for level in LEVELS),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def finished_level(wanted_recipe: str) -> str | None:
    """Say which level stands finished by this recipe, if any."""
    try:
        level, made_by = STAMP.read_text("utf-8").split()
    except (OSError, ValueError):
        return None
    return level if made_by == wanted_recipe and level in LEVELS else None


def run(step: str, *command: str | Path) -> None:
    """Say which step begins, and run it; what the command says about a failure is shown."""
    say(step)
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode != 0:
        raise CannotSetUp(f"“{step}” failed; the lines above say why. Run the command again.")


def outside_pip_is_able() -> bool:
    """Say whether this Python has a pip that can install into another interpreter."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    words = asked.stdout.split()
    if asked.returncode != 0 or len(words) < 2:
        return False
    major, minor = (int(part) for part in words[1].split(".")[:2])
    return (major, minor) >= OLDEST_OUTSIDE_PIP


def make_empty_environment() -> None:
    """Create the environment, with its own pip where Python carries one."""
    say("making .venv")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    try:
        importlib.import_module("ensurepip")  # Debian may leave it out
        importlib.import_module("venv").create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
    except (ImportError, subprocess.CalledProcessError):
        if not outside_pip_is_able():
            raise CannotSetUp(LACKING) from None
        without_pip = [sys.executable, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT]
        run("making .venv with the pip of this machine", *without_pip)


def pip_of_environment() -> list[str | Path]:
    """Give the command that installs into the environment."""
    python = PROGRAMS / "python"
    asked = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False)
    if asked.returncode == 0:
        return [python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def set_up(level: str) -> None:
    """Bring the environment to a level, if it is not there already."""
    made_by = recipe()
    standing = finished_level(made_by)
    if standing is None:
        make_empty_environment()
    elif LEVELS.index(standing) >= LEVELS.index(level):
        return
    STAMP.unlink(missing_ok=True)
    install = [*pip_of_environment(), "install", "-qq", "--disable-pip-version-check"]
    run(
        f"installing requirements/{level}.txt (some minutes the first time)",
        *install,
        *["--require-hashes", "--requirement", f"requirements/{level}.txt"],
    )
    run(
        "installing Respite itself",
        *install,
        *["--no-deps", "--no-build-isolation", "--editable", "."],
    )
    STAMP.write_text(f"{level} {made_by}\n", "utf-8")
    say("finished")


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    print(f"set-up: {sentence}", file=sys.stderr, flush=True)


def main() -> int:
    """Set up the level named on the command line; 2 means the machine lacks something."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        say(f"Respite needs Python {wanted} or newer, and this is {found} ({sys.executable}).")
        return 2
    level = sys.argv[1] if len(sys.argv) > 1 else "core"
    if level not in LEVELS:
        say(f"{level} is not a level; say core, test or dev.")
        return 2
    try:
        set_up(level)
    except CannotSetUp as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("interrupted; the next run starts afresh.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
