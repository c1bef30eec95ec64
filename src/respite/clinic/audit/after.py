"""What must be told once something was written about a patient.

An app that stands above others cannot be called by them. It puts a function in here when the
program starts, in ``ready()`` of its app, and every action that is put on record for a patient
tells it, once what was written is there to stay. Reads tell nobody.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

Told = Callable[[int, str], None]
"""Is told the number of the patient and what was done, such as ``dose.added``."""

READ = ".read"
"""How the names of actions end that only look."""

_told: list[Told] = []


def after_write(told: Told) -> None:
    """Have a function told of every write about a patient; a second time changes nothing."""
    if told not in _told:
        _told.append(told)


def tell(patient_id: int | None, action: str) -> None:
    """Tell everybody of a write about a patient, once the transaction at hand is kept.

    What one of them cannot do is logged, and undoes nothing of what was written.
    """
    if patient_id is None or action.endswith(READ):
        return
    for told in _told:
        transaction.on_commit(_call(told, patient_id, action), robust=True)


def _call(told: Told, patient_id: int, action: str) -> Callable[[], None]:
    # Django names what failed in its log, and a partial has no name.
    def tell_of_a_write() -> None:
        told(patient_id, action)

    return tell_of_a_write
