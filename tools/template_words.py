"""Finds the sentences that templates of the clinic say, for the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

SAID = re.compile(rb'\{%\s*say\s+"([^"]+)"')


def extract(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give each sentence with its line, as Babel asks a method of extraction to.

    Parameters
    ----------
    file
        A template.
    keywords, comment_tags, options
        Not needed here.
    """
    for line, text in enumerate(file, start=1):
        for found in SAID.finditer(text):
            yield line, "_", found[1].decode("utf-8"), []
