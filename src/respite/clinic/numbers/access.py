"""Who may see the clinic's numbers and take its records out."""

from __future__ import annotations

from respite.clinic.accounts.models import Role, User
from respite.clinic.numbers.said import EVERYTHING, FEWEST_SHOWN

SEE_NUMBERS = (Role.CLINICIAN, Role.NURSE, Role.RESEARCHER)
"""Who sees the numbers: those who treat, and researchers, who see no small count."""

TAKE_RESEARCH = (Role.CLINICIAN, Role.RESEARCHER)
"""Who takes out records for research."""

TAKE_ANY = (Role.CLINICIAN, Role.RESEARCHER, Role.ADMINISTRATOR)
"""Who may have asked for an export of many patients."""


def least_shown(user: User) -> int:
    """Give the smallest count of people that somebody may see."""
    return EVERYTHING if user.is_carer else FEWEST_SHOWN
