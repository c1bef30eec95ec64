"""Say which of the named TOML files cannot be parsed, and where."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def fault(path: Path) -> str | None:
    """Give one line about what is wrong with a file, if anything is."""
    try:
        tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        return f"{path}: {problem}"
    return None


if __name__ == "__main__":
    faults = [line for name in sys.argv[1:] if (line := fault(Path(name)))]
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(1 if faults else 0)
