"""The trail: every line is kept, and nobody changes one unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from respite.clinic.audit.actions import record
from respite.clinic.audit.models import AuditEvent
from respite.clinic.audit.queries import verify_chain

pytestmark = pytest.mark.django_db


def test_lines_are_chained_and_the_chain_is_whole(clinician, patient):
    for page in ("one", "two", "three"):
        record(clinician, "patient.read", patient, patient_id=patient.pk, note={"page": page})
    found = verify_chain()
    assert (found.count, found.first_broken, found.is_whole) == (3, None, True)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET note = '{}'", "DELETE FROM audit_auditevent"],
)
def test_the_database_refuses_to_change_or_remove_a_line(clinician, statement):
    record(clinician, "clinic.read", clinician.clinic)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_line_that_was_changed_behind_the_back_of_the_database_is_found(clinician, line):
    kept = [record(clinician, "clinic.read", clinician.clinic, note={"n": n}) for n in range(3)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_auditevent_update")
        else:
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_auditevent SET actor_name = 'eve' WHERE id = %s", [kept[line - 1].pk]
        )
    assert verify_chain().first_broken == kept[line - 1].pk


def test_a_line_that_was_cut_off_the_end_is_missed(clinician):
    kept = [record(clinician, "clinic.read", clinician.clinic) for _n in range(3)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_auditevent_delete")
        else:
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_auditevent WHERE id = %s", [kept[-1].pk])
    found = verify_chain()
    assert found.first_broken is None
    assert not found.is_whole
