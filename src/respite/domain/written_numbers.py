"""Reads numbers as spreadsheets write them, a column at a time.

Where cells are separated by semicolons, numbers may have a decimal comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from respite.domain.numerals import numeral_fault
from respite.domain.spelling import quoted
from respite.domain.tables import CellFault
from respite.domain.words import translate as _

_WITH_A_SIGN = re.compile(r"-?[0-9]+(?P<sign>[.,])[0-9]+", re.ASCII)
_PERHAPS_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)


@dataclass(frozen=True)
class NumberColumn:
    """How the numbers of a column are written.

    Parameters
    ----------
    sign
        The decimal sign: a point or a comma.
    is_settled
        Whether the sign can be no mark between thousands.
    """

    sign: str
    is_settled: bool

    @staticmethod
    def of(cells: Iterable[str], separator: str) -> NumberColumn:
        """Tell from all cells of a column how its numbers are written.

        Examples
        --------
        >>> NumberColumn.of(["3", "4,5"], separator=";").sign
        ','
        """
        if separator == ",":
            return NumberColumn(".", is_settled=True)
        signed = [
            (match["sign"], cell) for cell in cells if (match := _WITH_A_SIGN.fullmatch(cell))
        ]
        if not signed:
            return NumberColumn(".", is_settled=True)
        return NumberColumn(
            signed[0][0],
            is_settled=any(not _PERHAPS_THOUSANDS.fullmatch(cell) for _sign, cell in signed),
        )

    def read(self, text: str, expected: str) -> Decimal | CellFault:
        """Read one cell of the column, or say why it cannot be read.

        Parameters
        ----------
        text
            The cell.
        expected
            What should stand in it.
        """
        if text == "":
            return CellFault(_("nothing is written."), expected, _("write it down."))
        match = _WITH_A_SIGN.fullmatch(text)
        if match and not self.is_settled:
            return CellFault(
                _("{word} may be a whole number or a decimal one.").format(word=quoted(text)),
                expected,
                _("write no mark between thousands, and {other} for the decimal one.").format(
                    other=quoted(f"{text}0")
                ),
            )
        if match and match["sign"] == "." != self.sign:
            return CellFault(
                _("{word} has a decimal point, and the numbers above it have a comma.").format(
                    word=quoted(text)
                ),
                expected,
                _("write all numbers with a decimal point."),
            )
        plain = text.removeprefix("-").replace(self.sign, ".")
        fault = numeral_fault(plain)
        if fault is not None:
            found = _("{word} is not a plain number.").format(word=quoted(text))
            return CellFault(found, expected, fault)
        number = Decimal(plain)
        return -number if number and text.startswith("-") else number
