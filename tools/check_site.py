"""Refuse a built documentation page that would load anything from another machine.

A diagram in Mermaid counts: the theme fetches what draws it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "site"
LOADS_FROM_ELSEWHERE = re.compile(
    r"<pre class=[\"']?mermaid"
    r"|<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|<link\b(?![^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?(?:https?:)?//[^\s\"'>]+"
)


def loads(page: Path) -> list[str]:
    """Give every element of a page that would fetch from another machine."""
    return LOADS_FROM_ELSEWHERE.findall(page.read_text("utf-8"))


if __name__ == "__main__":
    pages = sorted(SITE.rglob("*.html"))
    faults = [f"{page.relative_to(SITE)}: {found}" for page in pages for found in loads(page)]
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(1 if faults or not pages else 0)
