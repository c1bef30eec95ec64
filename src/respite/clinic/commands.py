"""``respite clinic``: the commands by which a clinic is run."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.domain import RespiteError
from respite.domain import translate as _

NEEDED = ("django", "allauth", "waitress", "django_tasks_db", "whitenoise", "csp", "segno")

Port = Annotated[
    int, Parameter(help=_("Port of this machine."), validator=Number(gte=1, lte=65535))
]


def serve(port: Port = 8000) -> None:
    """Start the clinic on this machine: pages and worker; it prints its address."""
    _begin()
    from respite.clinic.running.serving import serve as start

    start(port)


def demo(
    port: Port = 8000,
    *,
    patients: Annotated[
        int, Parameter(help=_("How many patients to invent."), validator=Number(gte=1, lte=500))
    ] = 40,
    only_make: Annotated[
        bool, Parameter(help=_("Make the demo, and do not serve it."), negative="")
    ] = False,
) -> None:
    """Make a clinic of invented patients, afresh, and start it; its logins are shown once."""
    from respite.clinic.home import HOME_VARIABLE, clinic_home

    os.environ.setdefault(HOME_VARIABLE, str(clinic_home() / "demo"))
    os.environ["RESPITE_CLINIC_MODE"] = "demo"
    _begin()
    from respite.clinic.demo.making import make_demo

    print(make_demo(patients), end="")
    if not only_make:
        from respite.clinic.running.serving import serve as start

        start(port)


def read(port: Port = 8000) -> None:
    """Serve the pages about ketamine alone, for anybody: no accounts, no records, no database."""
    os.environ["RESPITE_CLINIC_MODE"] = "public"
    _begin(has_home=False)
    from respite.clinic.running.reading import read as start

    start(port)


def invite(  # noqa: PLR0913 - each is something that is told
    *,
    role: Annotated[str, Parameter(help=_("administrator, clinician, nurse or researcher."))],
    name: Annotated[str, Parameter(help=_("Who is invited."))],
    clinic: Annotated[str, Parameter(help=_("Name of the clinic; made where there is none."))],
    phone: Annotated[str, Parameter(help=_("Phone of a new clinic."))] = "",
    urgent_phone: Annotated[str, Parameter(help=_("Its phone in an emergency."))] = "",
    port: Port = 8000,
) -> None:
    """Make a one-time link by which somebody of the staff joins; the first is made so."""
    _begin()
    from respite.clinic.running.inviting import invite_staff

    print(invite_staff(role, name, clinic, phone, urgent_phone, port), end="")


def web(
    port: Port = 8000,
    *,
    host: Annotated[
        str, Parameter(help=_("Address that is listened on; a proxy with TLS stands before it."))
    ] = "127.0.0.1",
    processes: Annotated[
        int, Parameter(help=_("How many processes serve."), validator=Number(gte=1, lte=64))
    ] = 2,
) -> None:
    """Serve pages with several processes; workers are started beside them."""
    _begin()
    from respite.clinic.running.serving import serve_many

    serve_many(port, host=host, processes=processes)


def worker() -> None:
    """Work through what waits in the background, until it is stopped; several may run."""
    _begin()
    from respite.clinic.running.working import work

    work()


def tick() -> None:
    """Do once what is due: bring the work-list up to date, and do what is scheduled."""
    _begin()
    from respite.clinic.running.ticking import tick_until_done

    print(tick_until_done(), end="")


def backup(file: Annotated[Path, Parameter(help=_("Where the copy goes."))]) -> None:
    """Write a copy of the whole clinic into one file while it runs, and read it back to verify."""
    _begin()
    from respite.clinic.running.copies import backup as write

    print(write(file), end="")


def restore(file: Annotated[Path, Parameter(help=_("A copy that backup wrote."))]) -> None:
    """Fill an empty clinic from a copy; whole or not at all."""
    _begin()
    from respite.clinic.running.copies import restore as fill

    print(fill(file), end="")


def upgrade() -> None:
    """Bring the tables up to date with this release; the file of a laptop is set aside first."""
    _begin()
    from respite.clinic.running.tables import upgrade as bring

    print(bring(), end="")


def check() -> None:
    """Verify settings, tables and the chain of the trail."""
    _begin()
    from respite.clinic.running.checking import check as look

    print(look(), end="")


def _begin(*, has_home: bool = True) -> None:
    """Refuse in words where libraries are missing; then wake Django up."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise RespiteError(
            _("The libraries of the clinic are not installed."),
            _("what comes with the optional part 'clinic' of Respite."),
            _("install that part."),
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "respite.clinic.settings")
    # A clinic is several processes: threads of linear algebra would take cores from one another.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if has_home:
        from respite.clinic.home import make_home

        make_home()
    import django

    django.setup()
