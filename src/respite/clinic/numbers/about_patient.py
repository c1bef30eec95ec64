"""Finds every table that tells of patients, by the references of the tables themselves.

A table of a new app is in every export as soon as it refers to a patient, directly or by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from respite.clinic.accounts.models import Invitation, User
from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.models import PatientRecord

SECRET = re.compile(r"password|secret|token")
"""Columns whose name holds one of these are never exported."""

WHOSE = "patient_record"
"""The column that names the patient of a row, in every table."""

DEEPEST = 5
"""References that are followed one after another; ours."""

ACCOUNTS = ("account.emailaddress",)
"""Tables of the library that signs people in that tell of somebody; others hold secrets only."""


@dataclass(frozen=True)
class PatientTable:
    """One table that tells of patients.

    Attributes
    ----------
    model
        The table.
    paths
        References that lead from it to the record of a patient, such as ``session__patient``;
        ``pk`` for the record itself.
    """

    model: type[models.Model]
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name, such as ``diaries.entry``."""
        return self.model._meta.label_lower

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, those with secrets left out."""
        names = (field.attname for field in self.model._meta.concrete_fields)
        return tuple(name for name in names if not SECRET.search(name))

    def rows_of(self, patients: QuerySet[PatientRecord]) -> QuerySet[Any, dict[str, Any]]:
        """Give the rows about some patients, every one, as columns by name."""
        wanted = Q()
        for path in self.paths:
            wanted |= Q(**{f"{path}__in": patients.values("pk")})
        whose = [F(path) for path in self.paths]
        found = self.model._base_manager.filter(wanted)
        columns = {WHOSE: whose[0] if len(whose) == 1 else Coalesce(*whose)}
        return found.order_by("pk").values(*self.columns, **columns)


def patient_tables() -> list[PatientTable]:
    """List every table that tells of patients, the record itself first."""
    first = PatientTable(PatientRecord, ("pk",))
    found = [
        PatientTable(model, paths)
        for model in apps.get_models(include_auto_created=True)
        if model is not PatientRecord and not model._meta.proxy and (paths := _paths(model))
    ]
    return [first, *sorted([*found, *_account_tables(found)], key=lambda one: one.name)]


def trail_of(patients: QuerySet[PatientRecord]) -> QuerySet[AuditEvent]:
    """Give every line of the trail about some patients, the earliest first."""
    return AuditEvent.objects.filter(patient_id__in=patients.values("pk")).order_by("pk")


def _paths(model: type[models.Model]) -> tuple[str, ...]:
    """Give the references that lead from a table to patients; the surest alone where there is one.

    A reference that is never empty says whose a row is; only where there is none are those that
    may be empty followed too.
    """
    found = sorted(_walk(model, ()), key=lambda one: (len(one[0]), one[0]))
    sure = [path for path, is_sure in found if is_sure]
    direct = [path for path, _is_sure in found if len(path) == 1]
    chosen = direct or sure[:1] or [path for path, _sure in found]
    # Where one direct reference may be empty and a longer one may not, both are followed.
    if direct and not any(is_sure for path, is_sure in found if len(path) == 1) and sure:
        chosen = [*direct, sure[0]]
    return tuple("__".join(path) for path in chosen)


def _walk(
    model: type[models.Model], seen: tuple[type[models.Model], ...]
) -> Iterator[tuple[tuple[str, ...], bool]]:
    if len(seen) >= DEEPEST:
        return
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type) or target in (model, *seen):
            continue
        if target is PatientRecord:
            yield (field.name,), not field.null
        else:
            for rest, is_sure in _walk(target, (*seen, model)):
                yield (field.name, *rest), is_sure and not field.null


def _account_tables(known: list[PatientTable]) -> Iterator[PatientTable]:
    """List the tables that tell of a patient's account: its login, and what names it."""
    taken = {PatientRecord, *(one.model for one in known)}
    yield PatientTable(User, ("patient",))
    for model in apps.get_models():
        label = model._meta.label_lower
        is_ours = model.__module__.startswith("respite.clinic.")
        if model in taken or model is User or not (is_ours or label in ACCOUNTS):
            continue
        paths = [
            f"{field.name}__patient"
            for field in model._meta.concrete_fields
            if field.related_model is User
        ]
        if model is Invitation:
            paths.insert(0, "patientrecord")
        if paths:
            yield PatientTable(model, tuple(paths))
