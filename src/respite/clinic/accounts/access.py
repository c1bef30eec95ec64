"""Who may do what by role. Everything that is not allowed here is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from respite.clinic.accounts.models import Role, User

View = Callable[..., HttpResponse]


def user_of(request: HttpRequest) -> User:
    """Give who is signed in."""
    return cast("User", request.user)


def only(*roles: Role) -> Callable[[View], View]:
    """Let only some roles open a page.

    Parameters
    ----------
    roles
        Those who may; everybody else is refused, and reads so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not user.is_authenticated or user_of(request).role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # pyright: ignore[reportAttributeAccessIssue]
        return guarded

    return decorate


def colleagues_of(user: User) -> Any:
    """Give the people of the same clinic whom an administrator may see; nobody else sees any."""
    people = User.objects.exclude(role=Role.PATIENT)
    if user.role != Role.ADMINISTRATOR:
        return people.none()
    return people.filter(clinic_id=user.clinic_id)
