"""Which Respite this is; the build reads it here too."""

from __future__ import annotations

VERSION = "0.1.0"
