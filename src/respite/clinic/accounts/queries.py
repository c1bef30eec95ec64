"""Questions to accounts, in words of the clinic."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from respite.clinic.accounts.models import User
from respite.clinic.home import demo_password


def is_taken(username: str) -> bool:
    """Say whether somebody has a login, however it is written."""
    return User.objects.filter(username__iexact=username).exists()


def demo_logins() -> dict[str, Any]:
    """Give the logins of a demo, with the code of each second way as it is now."""
    ways = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
    codes = {one.user_id: _code_now(one) for one in ways}
    people = [
        {"username": one.username, "role": one.get_role_display(), "clinic": one.clinic,
         "code": codes.get(one.pk, "")}
        for one in User.objects.filter(is_active=True).order_by("pk")
    ]  # fmt: skip
    return {"people": people, "password": demo_password()}


def _code_now(way: Authenticator) -> str:
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(decrypt(way.data["secret"]), counter))
