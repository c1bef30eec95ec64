"""The page of calibration says whether it was measured with the present library."""

from __future__ import annotations

import re

MEASURED = re.compile(r"<!-- library: (\w+) -->")
BELONGS = re.compile(r"(<!-- belongs -->\n).*?(<!-- end of belongs -->)", re.DOTALL)

YES = "This page belongs to the present library, `{present}`."
NO = (
    "**This page does not belong to the present library.** It was measured with `{measured}`;"
    " the present one is `{present}`, and figures may have moved: `make calibrate`."
)


def marked(page: str, present: str) -> str:
    """Say on the page whether it belongs to the library.

    Parameters
    ----------
    page
        The page, as calibration wrote it.
    present
        Fingerprint of the library as it is now.
    """
    found = MEASURED.search(page)
    measured = found.group(1) if found else "unknown"
    told = (YES if measured == present else NO).format(measured=measured, present=present)
    return BELONGS.sub(lambda match: f"{match[1]}\n{told}\n\n{match[2]}", page)
