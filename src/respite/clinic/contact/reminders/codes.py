"""The code that confirms an address: made from the secret of the clinic, and nowhere kept."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from respite.clinic.contact.reminders.models import Reach

DIGITS = 8


def code_of(reach: Reach) -> str:
    """Give the code that is open for an address; whoever asks anew gets another."""
    told = f"{reach.pk}:{reach.code_nonce}:{reach.email}"
    number = int(
        salted_hmac("respite.clinic.contact.code", told, algorithm="sha256").hexdigest(), 16
    )
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def spelled(code: str) -> str:
    """Write a code in two groups, as people read them."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"
