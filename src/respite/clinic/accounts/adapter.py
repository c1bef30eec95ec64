"""What allauth may do here: nobody signs up without an invitation."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class ClinicAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: a clinic invites."""
        return False


class SecondWayAdapter(DefaultMFAAdapter):
    """Secrets of second ways are kept encrypted, by a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is kept."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Give a secret that was kept."""
        return _box().decrypt(encrypted_text.encode("ascii")).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"second ways of signing in:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
