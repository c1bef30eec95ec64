"""What a clinic tells a program that watches it, in the text format of Prometheus.

Pages are named by their place in the table of addresses and never by their address: no number of
a patient, and nothing that anybody typed, is a label. Several processes share their counts through
the folder that ``PROMETHEUS_MULTIPROC_DIR`` names; ``respite clinic web`` sets it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from respite.clinic.audit.models import AuditHead
from respite.clinic.forecasts.queries import owed_count
from respite.clinic.running.nightly import age_of_last_copy
from respite.clinic.watching.health import parts, waiting_since
from respite.domain import VERSION

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

BOUNDS_S = (0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.3, 0.5, 1, 2, 5)
"""Bounds of the classes of how long an answer took [s]; ours."""

_own = CollectorRegistry()

ANSWERS = Counter(
    "respite_answers", "Answers to requests.", ("page", "method", "status"), registry=_own
)
SECONDS = Histogram(
    "respite_answer_seconds", "How long answers took.", ("page",), buckets=BOUNDS_S, registry=_own
)


def measure(page: str, method: str, status: int, seconds: float) -> None:
    """Count one answer.

    Parameters
    ----------
    page
        Its name in the table of addresses; empty where there is no such page.
    method, status, seconds
        How it was asked for, how it was answered, and how long that took.
    """
    known = method if method in {"GET", "POST", "HEAD"} else "other"
    ANSWERS.labels(page or "none", known, str(status)).inc()
    SECONDS.labels(page or "none").observe(seconds)


def measures() -> bytes:
    """Give everything that is measured, as text."""
    shown = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(shown)
        text = generate_latest(shown)
    else:
        text = generate_latest(_own)
    tables = CollectorRegistry()
    tables.register(Tables())
    return text + generate_latest(tables)


class Tables(Collector):
    """What the tables say of the clinic's work, counted when it is asked for."""

    def collect(self) -> Iterable[Metric]:
        """Give each measure; where the database does not answer, only that."""
        about = GaugeMetricFamily("respite_release", "The release that runs.", labels=["version"])
        about.add_metric([VERSION], 1)
        yield about
        well = GaugeMetricFamily(
            "respite_is_well", "Whether a part does its work.", labels=["part"]
        )
        found = parts()
        for part in found:
            well.add_metric([part.name], float(part.is_well))
        yield well
        yield from self._copy()
        if all(part.is_well for part in found if part.name != "worker"):
            yield from self._work()

    def _copy(self) -> Iterable[Metric]:
        age = age_of_last_copy(timezone.now())
        if age is not None:
            yield GaugeMetricFamily(
                "respite_last_copy_age_seconds",
                "How old the last daily copy is.",
                value=age.total_seconds(),
            )

    def _work(self) -> Iterable[Metric]:
        try:
            tasks = GaugeMetricFamily(
                "respite_tasks", "Work in the background, by how far it has come.", labels=["state"]
            )
            for row in DBTaskResult.objects.order_by().values("status").annotate(n=Count("pk")):
                tasks.add_metric([str(row["status"]).lower()], row["n"])
            yield tasks
            yield GaugeMetricFamily(
                "respite_forecasts_owed",
                "Patients about whom something was written since their last forecast.",
                value=owed_count(),
            )
            yield GaugeMetricFamily(
                "respite_oldest_task_seconds",
                "For how long the oldest work has been waiting.",
                value=waiting_since().total_seconds(),
            )
            head = AuditHead.objects.first()
            yield GaugeMetricFamily(
                "respite_trail_lines",
                "Lines of the trail.",
                value=0 if head is None else head.count,
            )
        except DatabaseError:
            return
