"""What a person hears when a question cannot be answered as it was asked.

Errors that a clinician can cause are one family, and each is three sentences:
what was found, what was expected, what to try. A defect of ours is an
ordinary exception and never one of these.
"""

from __future__ import annotations

from respite.domain.words import translate as _


class RespiteError(Exception):
    """A request that cannot be answered as given.

    Parameters
    ----------
    found
        What was found, as a full sentence naming the value and its place.
    expected
        What was expected instead.
    remedy
        What the reader can do next.
    """

    page = "request-not-understood"
    """Slug of the page under ``docs/reference/errors`` that explains this error."""

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        super().__init__(found, expected, remedy)
        self.found = found
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the three sentences in one line of text."""
        return _("{found} Expected: {expected} Try: {remedy}").format(
            found=self.found, expected=self.expected, remedy=self.remedy
        )


class RegimenNotUnderstood(RespiteError):
    """A regimen, or a dosing history, that cannot be read."""

    page = "regimen-not-understood"


class RecordsNotUnderstood(RegimenNotUnderstood):
    """A data set of dose and observation records that cannot be honoured exactly."""

    page = "records-not-understood"


class DiaryNotUnderstood(RespiteError):
    """A pain diary that cannot be read, or that cannot be that of the patient."""

    page = "diary-not-understood"


class LevelsNotUnderstood(RespiteError):
    """A table of measured levels that cannot be read."""

    page = "levels-not-understood"


class PatientNotUnderstood(RespiteError):
    """A patient fact that is impossible, contradictory or misspelt."""

    page = "patient-not-understood"


class UnitNotUnderstood(RespiteError):
    """A unit that is unknown, or of the wrong dimension."""

    page = "unit-not-understood"


class FileNotUnderstood(RespiteError):
    """A file that is missing, unreadable or not in the form that is asked for."""

    page = "file-not-understood"


class OutOfScope(RespiteError):
    """A question that no model in the library may be asked."""

    page = "out-of-scope"


class LibraryFault(RespiteError):
    """A file of the library of published numbers that breaks a rule of the library."""

    page = "library-fault"
