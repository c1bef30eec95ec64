"""See that the Debian packages in ``requirements/debian-services.txt`` are installed.

Libraries of the system and programs beside Python, which a virtual
environment cannot hold; only ``make test-services`` needs them. What is
missing is named first and then installed with apt-get, where this user may;
otherwise one sentence says what to run. Needs the standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "requirements" / "debian-services.txt"


class CannotInstall(Exception):
    """The machine lacks packages; the message is one sentence that says what to run."""


def packages(text: str) -> list[str]:
    """Read a list of packages: one a line, and after ``#`` what needs it.

    Parameters
    ----------
    text
        The list.

    Returns
    -------
    Names of packages, in order.
    """
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def is_installed(package: str) -> bool:
    """Say whether Debian knows a package as installed, in working order.

    Parameters
    ----------
    package
        Its name.
    """
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.returncode == 0 and asked.stdout.strip() == "installed"


def right_to_install() -> list[str] | None:
    """Give what to put before apt-get so that it may install; ``None`` where nothing does."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install(missing: Sequence[str]) -> None:
    """Install packages, saying so first.

    Parameters
    ----------
    missing
        Their names.

    Raises
    ------
    CannotInstall
        Where this user may not, or apt-get fails.
    """
    by_hand = f"apt-get install --no-install-recommends {' '.join(missing)}"
    before = right_to_install()
    if before is None:
        raise CannotInstall(f"These tests need packages of Debian; please run: sudo {by_hand}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    steps = [["update"], ["install", "--no-install-recommends", *missing]]
    for step in steps:
        command = [*before, *quiet, *step]
        say(f"running {' '.join(command)}")
        # What apt-get says goes where people look for what goes wrong.
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
            raise CannotInstall(f"That failed; the lines above say why. By hand: sudo {by_hand}")


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    print(f"packages: {sentence}", file=sys.stderr, flush=True)


def main() -> int:
    """Install what is missing; 2 means that the person must do it."""
    wanted = packages(LIST.read_text("utf-8"))
    if shutil.which("dpkg-query") is None:
        say(
            "This is no Debian, so what these tests need must be there already: "
            f"what Debian calls {', '.join(wanted)}."
        )
        return 0
    missing = [package for package in wanted if not is_installed(package)]
    if not missing:
        return 0
    say(f"missing on this machine: {', '.join(missing)}")
    try:
        install(missing)
    except CannotInstall as problem:
        say(str(problem))
        return 2
    still = [package for package in missing if not is_installed(package)]
    if still:
        say(f"still missing: {', '.join(still)}")
        return 2
    say("all installed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
