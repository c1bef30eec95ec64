"""The only writer of accounts and invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.models import Clinic, Invitation, Role, User
from respite.clinic.audit.actions import Program, record

if TYPE_CHECKING:
    from respite.clinic.accounts.forms import ClinicForm

INVITATION_HOURS = 72
"""How long a link may be used; ours."""


class InvitationNotUsable(Exception):
    """The link is unknown, was used, or is too old."""


def invite(by: User | None, role: Role, full_name: str, clinic: Clinic) -> tuple[Invitation, str]:
    """Make a one-time link by which somebody makes an account.

    Parameters
    ----------
    by
        Who invites; nobody where it is done at the computer of the clinic.
    role, full_name, clinic
        As what, whom, and where.

    Returns
    -------
    The invitation, and its secret, which is nowhere kept.
    """
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            clinic=clinic,
            role=role,
            full_name=full_name,
            secret_digest=_digest(secret),
            made_by=by,
            expires_at=timezone.now() + timedelta(hours=INVITATION_HOURS),
        )
        record(by or Program(), "invitation.made", invitation, note={"role": role})
    return invitation, secret


def usable(secret: str) -> Invitation:
    """Find the invitation of a link.

    Raises
    ------
    InvitationNotUsable
        Where there is none, or it was used, or is too old.
    """
    found = Invitation.objects.filter(secret_digest=_digest(secret)).first()
    if found is None or found.used_at is not None or found.expires_at <= timezone.now():
        raise InvitationNotUsable
    return found


def accept(secret: str, username: str, password: str) -> tuple[Invitation, User]:
    """Make the account that a link invites to; the link is used up.

    Raises
    ------
    InvitationNotUsable
        Where it may not be used, or was used at the same moment.
    """
    with transaction.atomic():
        found = usable(secret)
        user = User.objects.create_user(
            username, password=password, role=found.role, clinic=found.clinic,
            full_name=found.full_name,
        )  # fmt: skip
        now = timezone.now()
        taken = Invitation.objects.filter(pk=found.pk, used_at=None)
        if not taken.update(used_at=now, used_by=user):
            raise InvitationNotUsable
        record(user, "invitation.used", found)
    return found, user


def proves_again(user: User, password: str) -> bool:
    """Say whether somebody who signs is who signed in, by the password; either is put on record."""
    is_right = bool(password) and check_password(password, user.password)
    record(user, "signature.proved" if is_right else "signature.refused", user)
    return is_right


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def change_clinic(by: User, form: ClinicForm) -> None:
    """Keep what an administrator set for the clinic."""
    with transaction.atomic():
        clinic = form.save()
        record(by, "clinic.changed", clinic, note={"fields": sorted(form.changed_data)})


def switch_account(by: User, colleague: User) -> None:
    """Close an account, or open it again; who is signed in with it is signed out."""
    with transaction.atomic():
        colleague.is_active = not colleague.is_active
        colleague.save(update_fields=("is_active",))
        record(by, "account.opened" if colleague.is_active else "account.closed", colleague)
