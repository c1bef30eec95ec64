"""A verified copy of the clinic for each day, in a folder that its people chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from respite.clinic.running.copies import backup

KEPT = 14
"""How many daily copies are kept; ours."""

LATE_AFTER = timedelta(days=2)
"""Age at which the last copy counts as too old; ours."""

PATTERN = "clinic-*.copy"


def copy_of_today(now: datetime) -> int:
    """Write the copy of today where there is none yet, and remove the oldest beyond those kept.

    Parameters
    ----------
    now
        The moment; its day in UTC names the file.

    Returns
    -------
    How many were written: none where there is one of that day already, or no folder was chosen.

    Raises
    ------
    CopyNotUnderstood
        Where it cannot be written or read back; older copies stay.
    """
    if not settings.COPIES:
        return 0
    folder = Path(settings.COPIES)
    file = folder / f"clinic-{now.astimezone(UTC).date().isoformat()}.copy"
    if file.exists():
        return 0
    backup(file)
    for old in sorted(folder.glob(PATTERN))[:-KEPT]:
        old.unlink(missing_ok=True)
    return 1


def age_of_last_copy(now: datetime) -> timedelta | None:
    """Give how old the last daily copy is; ``None`` where there is none, or no folder."""
    if not settings.COPIES:
        return None
    found = sorted(Path(settings.COPIES).glob(PATTERN))
    if not found:
        return None
    return now - datetime.fromtimestamp(found[-1].stat().st_mtime, UTC)
