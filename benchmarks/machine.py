"""What kind of machine, and which versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "scipy", "jax")


def processor() -> str:
    """Name the kind of processor."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def memory_gb() -> float:
    """Give the memory of the machine [GB]."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def busy() -> float:
    """Give how many processes were running or waiting, on average, in the last minute."""
    return os.getloadavg()[0]


def in_words() -> str:
    """Describe the machine, without its name."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} cores of {processor()}, {memory_gb():.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}"
    )
