"""Who somebody is who signs in."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from respite.clinic.accounts.models import User


class ClinicBackend(AuthenticationBackend):
    """People by their passwords; with each comes their clinic, which every page asks for."""

    def get_user(self, user_id: Any) -> User | None:
        """Give somebody who is signed in and may be; ``None`` where there is nobody."""
        found = User.objects.select_related("clinic").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
