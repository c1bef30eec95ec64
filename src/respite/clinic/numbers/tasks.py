"""What the worker does: the numbers of a clinic, and exports of many patients."""

from __future__ import annotations

from django_tasks import task


@task()
def work_out_numbers(clinic_id: int) -> None:
    """Work the numbers of a clinic out, where anything they are made from has changed."""
    from respite.clinic.numbers.actions import work_out

    work_out(clinic_id)


@task()
def write_export(export_id: int) -> None:
    """Write the file of an export."""
    from respite.clinic.numbers.export_actions import write_file

    write_file(export_id)
