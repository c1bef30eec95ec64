"""Somebody puts a name to something by name and password, on the form of somebody else."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from respite.clinic.accounts.access import user_of
from respite.clinic.accounts.actions import proves_again
from respite.clinic.accounts.models import Role, User
from respite.clinic.treatments.sessions.access import carer_called
from respite.domain import translate as _


class NotSigned(Exception):
    """The signature is not good.

    Attributes
    ----------
    field
        The field it was written in.
    words
        Why, as a sentence.
    """

    def __init__(self, field: str, words: str) -> None:
        """Keep where and why."""
        super().__init__(field)
        self.field, self.words = field, words


def own_signature(request: HttpRequest, password: str) -> User:
    """Have the person who is signed in sign.

    Raises
    ------
    NotSigned
        Where the password is not the right one, or was tried too often.
    """
    return _prove(request, user_of(request), password, "password")


def signature_of(
    request: HttpRequest, username: str, password: str, role: Role | None = None
) -> User:
    """Have somebody of the same clinic sign by name and password.

    Parameters
    ----------
    request
        What was sent.
    username, password
        As they were written.
    role
        Only who has this role may sign; by default anybody who treats.

    Raises
    ------
    NotSigned
        Where there is no such person, or the password is wrong: the two look the same.
    """
    found = carer_called(user_of(request), username)
    if found is None:
        # As slow as a wrong password, so that nobody learns which names there are.
        make_password(password)
        raise NotSigned("signer_password", _wrong())
    signer = _prove(request, found, password, "signer_password")
    if role is not None and signer.role != role:
        raise NotSigned("signer", _("Only a clinician may sign for this."))
    return signer


def _prove(request: HttpRequest, user: User, password: str, field: str) -> User:
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        raise NotSigned(field, _("Too many tries. Wait a minute, then sign again."))
    if not proves_again(user, password):
        raise NotSigned(field, _wrong())
    return user


def _wrong() -> str:
    return _("This name and this password do not belong together. Nothing was signed.")
