"""The only writer of exports: asked for, written, fetched once, and removed."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import Program, record
from respite.clinic.home import clinic_home
from respite.clinic.numbers.archive import one_moment
from respite.clinic.numbers.export_writing import write_patients
from respite.clinic.numbers.models import ExportFile, ExportKind, ExportState
from respite.clinic.numbers.queries_streamed import patients_of_clinic
from respite.clinic.numbers.research_writing import TooFewAgree, write_research
from respite.clinic.numbers.tasks import write_export
from respite.clinic.patients.models import PatientRecord

FOLDER = "exports"
FETCH_WITHIN = timedelta(hours=1)
"""How long a file waits for whoever asked for it; ours."""

WRITE_WITHIN = timedelta(hours=6)
"""How long the worker may take before an export counts as failed; ours."""

BLOCK = 1 << 20


class LinkNotUsable(Exception):
    """The link of an export is unknown, of somebody else, was used, or is too old."""


def folder() -> Path:
    """Give the folder in which files wait, for nobody's eyes but the owner's."""
    place = clinic_home() / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def export_patient(by: User, patient: PatientRecord) -> IO[bytes]:
    """Write everything about one patient into a file that is gone once it is closed.

    Parameters
    ----------
    by, patient
        Who takes out whose record.

    Returns
    -------
    The file, at its beginning.
    """
    file = tempfile.TemporaryFile(dir=folder())  # noqa: SIM115 - whoever sends it closes it
    with one_moment():
        counts = write_patients(
            file, patient.clinic, PatientRecord.objects.filter(pk=patient.pk), "patient"
        )
    note = {"digest": _digest_of(file), "rows": sum(counts.values())}
    record(by, "patient.exported", patient, patient_id=patient.pk, note=note)
    file.seek(0)
    return file


def ask_export(by: User, kind: ExportKind) -> str:
    """Have the worker write an export of many patients.

    Parameters
    ----------
    by, kind
        Who asks, and for what.

    Returns
    -------
    The secret of the link, which is nowhere kept.
    """
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = ExportFile.objects.create(
            clinic=by.clinic, kind=kind, by=by, secret_digest=_secret_digest(secret)
        )
        record(by, "export.asked", made, note={"kind": kind})
    write_export.enqueue(made.pk)
    return secret


def write_file(export_id: int) -> None:
    """Write the file of an export, and say so on the trail; the worker calls this."""
    remove_expired(timezone.now())
    made = ExportFile.objects.filter(pk=export_id, state=ExportState.ASKED).first()
    if made is None:
        return
    name = f"{secrets.token_hex(16)}.zip"
    place = folder() / name
    try:
        with _opened(place) as file, one_moment():
            if made.kind == ExportKind.RESEARCH:
                counts = write_research(file, made.clinic)
            else:
                patients = patients_of_clinic(made.clinic)
                counts = write_patients(file, made.clinic, patients, "clinic")
    except TooFewAgree as refusal:
        place.unlink(missing_ok=True)
        _fail(made, str(refusal))
        return
    except BaseException:
        place.unlink(missing_ok=True)
        _fail(made, "")
        raise
    with place.open("rb") as file:
        digest = _digest_of(file)
    now = timezone.now()
    told: dict[str, Any] = {
        "state": ExportState.READY, "file_name": name, "file_digest": digest, "counts": counts,
        "size": place.stat().st_size, "made_at": now, "expires_at": now + FETCH_WITHIN,
    }  # fmt: skip
    with transaction.atomic():
        if not ExportFile.objects.filter(pk=made.pk, state=ExportState.ASKED).update(**told):
            place.unlink(missing_ok=True)
            return
        record(Program(), "export.made", made, note={"kind": made.kind, "digest": digest})


def export_of(by: User, secret: str) -> ExportFile:
    """Find the export of a link, for whoever asked for it.

    Raises
    ------
    LinkNotUsable
        Where there is none, or it is somebody else's, or it ended.
    """
    found = ExportFile.objects.filter(secret_digest=_secret_digest(secret), by=by).first()
    if found is None or found.clinic_id != by.clinic_id:
        raise LinkNotUsable
    if found.state not in (ExportState.ASKED, ExportState.READY, ExportState.FAILED):
        raise LinkNotUsable
    if found.expires_at is not None and found.expires_at <= timezone.now():
        raise LinkNotUsable
    return found


def fetch(by: User, secret: str) -> tuple[ExportFile, Iterator[bytes]]:
    """Hand the file of an export out, once; it is removed as it goes.

    Raises
    ------
    LinkNotUsable
        Where there is no file to be had.
    """
    found = export_of(by, secret)
    place = folder() / found.file_name
    try:
        file = place.open("rb") if found.state == ExportState.READY else None
    except OSError:
        file = None
    if file is None:
        raise LinkNotUsable
    with transaction.atomic():
        ready = ExportFile.objects.filter(pk=found.pk, state=ExportState.READY)
        if not ready.update(state=ExportState.FETCHED, ended_at=timezone.now()):
            file.close()
            raise LinkNotUsable
        record(by, "export.fetched", found, note={"digest": found.file_digest})
    return found, _blocks(file, place)


def remove_expired(now: datetime) -> int:
    """Remove files that nobody fetched in time, and what a worker left behind.

    Parameters
    ----------
    now
        The moment.

    Returns
    -------
    How many exports ended.
    """
    ended = 0
    late = ExportFile.objects.filter(state=ExportState.READY, expires_at__lte=now)
    for one in late:
        (folder() / one.file_name).unlink(missing_ok=True)
        ended += ExportFile.objects.filter(pk=one.pk, state=ExportState.READY).update(
            state=ExportState.EXPIRED, ended_at=now
        )
    ExportFile.objects.filter(state=ExportState.ASKED, asked_at__lte=now - WRITE_WITHIN).update(
        state=ExportState.FAILED, ended_at=now
    )
    waiting = set(
        ExportFile.objects.filter(state=ExportState.READY).values_list("file_name", flat=True)
    )
    for file in folder().glob("*.zip"):
        age = now.timestamp() - file.stat().st_mtime
        if file.name not in waiting and age > WRITE_WITHIN.total_seconds():
            file.unlink(missing_ok=True)
    return ended


def _fail(made: ExportFile, words: str) -> None:
    ExportFile.objects.filter(pk=made.pk).update(
        state=ExportState.FAILED, refusal=words, ended_at=timezone.now()
    )


def _opened(place: Path) -> IO[bytes]:
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _blocks(file: IO[bytes], place: Path) -> Iterator[bytes]:
    try:
        while block := file.read(BLOCK):
            yield block
    finally:
        file.close()
        place.unlink(missing_ok=True)


def _digest_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
