"""Where a clinic keeps its files on this machine, and its secret."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

HOME_VARIABLE = "RESPITE_CLINIC_HOME"
SECRET_VARIABLE = "RESPITE_CLINIC_SECRET"
SECRET_FILE = "secret"
DEMO_FILE = "demo-password"


def clinic_home() -> Path:
    """Give the folder of a clinic's files: as the environment says, or the usual place."""
    told = os.environ.get(HOME_VARIABLE)
    if told:
        return Path(told).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "respite-clinic"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "respite-clinic"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "respite-clinic"


def make_home() -> Path:
    """Make the folder and the secret in it, for nobody's eyes but the owner's."""
    home = clinic_home()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = home / SECRET_FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), "ascii")
    return home


def secret() -> str:
    """Give the secret that sessions are signed with.

    Returns
    -------
    What the environment says, or what :func:`make_home` kept; where there is neither, one that
    lives as long as this process.
    """
    told = os.environ.get(SECRET_VARIABLE)
    file = clinic_home() / SECRET_FILE
    if told:
        return told
    return file.read_text("ascii") if file.is_file() else secrets.token_urlsafe(50)


def demo_password() -> str:
    """Give the password of everybody in the demo on this machine; the demo made it at random."""
    file = clinic_home() / DEMO_FILE
    return file.read_text("ascii") if file.is_file() else ""


def make_demo_password() -> str:
    """Make the password of a demo and keep it in the folder of its files."""
    file = make_home() / DEMO_FILE
    file.touch(mode=0o600)
    file.write_text("-".join(secrets.token_hex(2) for _part in range(4)), "ascii")
    return demo_password()
