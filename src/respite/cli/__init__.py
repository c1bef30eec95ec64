"""The terminal: parse, ask, print.

The question this room answers: what did the person at the terminal ask, and
in which form do they want the answer? It may import ``report`` and below,
never ``engine``. Start reading at ``app.py``.
"""

from respite.cli.app import main

__all__ = ["main"]
