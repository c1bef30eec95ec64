"""Times as people type them: 0.25h, 15min, 7d, 8weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from respite.domain.errors import RespiteError, UnitNotUnderstood
from respite.domain.units import convert
from respite.domain.words import translate as _

_FORM = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{1,7})", re.IGNORECASE)


class TimeNotUnderstood(RespiteError):
    """A time that cannot be read."""

    page = "time-not-understood"


@dataclass(frozen=True)
class TimeMark:
    """A time from the first dose: as it was typed, and in hours."""

    text: str
    hours: float

    @classmethod
    def parse(cls, text: str) -> TimeMark:
        """Read a time.

        Parameters
        ----------
        text
            A number that is not negative, with a unit of time.

        Raises
        ------
        TimeNotUnderstood
            If it is anything else.

        Examples
        --------
        >>> TimeMark.parse("15min").hours
        0.25
        """
        typed = text.strip()
        match = _FORM.fullmatch(typed)
        try:
            if match is not None:
                return cls(typed, convert(float(match[1]), match[2].lower(), "h"))
        except UnitNotUnderstood:
            pass
        raise TimeNotUnderstood(
            _("The time {typed!r} cannot be read.").format(typed=typed[:40]),
            _("a number and a unit of time, counted from the first dose."),
            _("0.25h, 15min, 7d or 8weeks, with commas between several."),
        )
