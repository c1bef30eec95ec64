"""Looks whether everything that was said to be kept is there, once, and whole."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

QUEUE_S = 300


def main() -> None:
    """Run from the command line with the file of what was kept; ends with one on any fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "respite.clinic.settings")
    import django

    django.setup()
    kept = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    faults = [*entries(kept["entries"]), *sessions(kept["lines"]), *trail(), *queue()]
    print("\n".join(faults) or "nothing lost, nothing doubled, the trail is whole")
    sys.exit(bool(faults))


def entries(kept: dict[str, int]) -> list[str]:
    """Compare diaries with what was said to be kept."""
    from respite.clinic.audit.models import AuditEvent
    from respite.clinic.diaries.models import Entry

    there = {str(one.client_id): one for one in Entry.objects.all()}
    faults = [f"entry {number} is lost" for number in kept if number not in there]
    faults += [f"entry {number} was never said to be kept" for number in there.keys() - kept]
    faults += [
        f"entry {number} says {there[number].pain}, not {pain}"
        for number, pain in kept.items()
        if number in there and there[number].pain != pain
    ]
    if Entry.objects.count() != len(there):
        faults.append("an entry is there twice")
    told = AuditEvent.objects.filter(action="entry.added").values_list("subject_id", flat=True)
    if sorted(told) != sorted(str(one.pk) for one in there.values()):
        faults.append("the trail tells of other entries than there are")
    return faults


def sessions(kept: dict[str, int]) -> list[str]:
    """Compare flowsheets with what was said to be kept, and doses with the flowsheets."""
    from respite.clinic.audit.models import AuditEvent
    from respite.clinic.treatments.models import SessionEntry, SessionRecord
    from respite.clinic.treatments.sessions.flowsheet import flowsheet_of
    from respite.clinic.treatments.sessions.queries import lines_of

    there = {str(one.client_id): one for one in SessionEntry.objects.all()}
    faults = [
        f"line {number} is lost or elsewhere"
        for number, session in kept.items()
        if number not in there or there[number].session_id != session
    ]
    faults += [f"line {number} was never said to be kept" for number in there.keys() - kept]
    told = AuditEvent.objects.filter(action="session.written").values_list("subject_id", flat=True)
    if sorted(told) != sorted(str(one.pk) for one in there.values()):
        faults.append("the trail tells of other lines than there are")
    owners = Counter(SessionRecord.objects.values_list("patient_id", flat=True))
    faults += [f"patient {one} has {n} sessions" for one, n in owners.items() if n > 1]
    for session in SessionRecord.objects.all():
        sheet = flowsheet_of(lines_of(session.entries.all()))
        if session.state != sheet.state:
            faults.append(f"{session} is {session.state}, its lines say {sheet.state}")
        said = [(one.start, one.amount, one.duration_min) for one in sheet.doses()]
        doses = session.doses.filter(is_withdrawn=False).order_by("start")
        if said != [(one.start, one.amount, one.duration_min) for one in doses]:
            faults.append(f"the doses of {session} are not what its lines say")
    return faults


def trail() -> list[str]:
    """Verify the chain."""
    from respite.clinic.audit.queries import verify_chain

    found = verify_chain()
    return [] if found.is_whole else [f"the trail is broken at line {found.first_broken}"]


def queue() -> list[str]:
    """Wait until nothing is owed, and see that every patient's forecast knows the last entry."""
    from django.utils import timezone
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from respite.clinic.forecasts.inputs import asked_of
    from respite.clinic.forecasts.queries import latest_record, owed_count
    from respite.clinic.patients.models import PatientRecord

    until = time.monotonic() + QUEUE_S
    while owed_count():
        if time.monotonic() > until:
            return [f"{owed_count()} forecasts are still owed"]
        time.sleep(0.5)
    faults: list[str] = []
    for one in PatientRecord.objects.select_related("clinic"):
        asked: Any = asked_of(one, timezone.now())
        latest = latest_record(one)
        if not asked.is_empty and (latest is None or latest.digest != asked.digest):
            faults.append(f"the forecast of {one} does not know what was written last")
    if DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists():
        faults.append("a task is still said to run")
    return faults


if __name__ == "__main__":
    main()
