"""The first link into a clinic, made where its computer stands."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from respite.clinic.accounts.actions import INVITATION_HOURS, invite
from respite.clinic.accounts.models import STAFF, Clinic, Role
from respite.clinic.audit.actions import Program, record
from respite.clinic.running.serving import refuse_demo_folder
from respite.clinic.running.tables import make_tables
from respite.domain import RespiteError, listed, quoted
from respite.domain import translate as _


class InvitationNotUnderstood(RespiteError):
    """An invitation to a role or a clinic that there is not."""

    page = "invitation-not-understood"


def invite_staff(  # noqa: PLR0913 - each is something that is told
    role: str, name: str, clinic: str, phone: str, urgent_phone: str, port: int
) -> str:
    """Make a one-time link for somebody of the staff; the clinic is made where there is none.

    Parameters
    ----------
    role, name
        As what, and whom.
    clinic
        Name of the clinic.
    phone, urgent_phone
        Its numbers, which a new clinic needs.
    port
        The port that pages are served on.

    Returns
    -------
    The link, in words.

    Raises
    ------
    InvitationNotUnderstood
        Where there is no such role, or a new clinic has no numbers to call.
    DemoFolder
        Where the folder is a demo's.
    """
    refuse_demo_folder()
    make_tables()
    if role not in {one.value for one in STAFF}:
        raise InvitationNotUnderstood(
            _("There is no role {role} of the staff.").format(role=quoted(role)),
            _("one of {roles}.").format(roles=listed(sorted(one.value for one in STAFF))),
            _("--role administrator for the first."),
        )
    with transaction.atomic():
        found = Clinic.objects.filter(name=clinic).first()
        if found is None:
            if not phone or not urgent_phone:
                raise InvitationNotUnderstood(
                    _("The clinic {name} is new, and has no number to call.").format(
                        name=quoted(clinic)
                    ),
                    _("its phone, and the phone in an emergency: patients are shown both."),
                    _("--phone and --urgent-phone."),
                )
            found = Clinic.objects.create(name=clinic, phone=phone, urgent_phone=urgent_phone)
            record(Program(), "clinic.made", found)
        _made, secret = invite(None, Role(role), name, found)
    host = f"localhost:{port}" if not settings.IS_SERVER else settings.ALLOWED_HOSTS[0]
    return _("{name} may join by this link, once, within {hours} hours:\n{link}\n").format(
        name=name,
        hours=INVITATION_HOURS,
        link=f"http{'s' * settings.IS_SERVER}://{host}/join/{secret}/",
    )
