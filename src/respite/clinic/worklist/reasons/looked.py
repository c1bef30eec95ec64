"""One patient at one moment, with what several reasons ask for read once."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from respite.clinic.accounts.models import Clinic
from respite.clinic.diaries.queries import diary_of, last_written
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.queries import latest_record
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of
from respite.clinic.treatments.models import PlanRecord
from respite.clinic.treatments.queries import current_plan
from respite.domain import Diary, DosingHistory


@dataclass(frozen=True)
class Looked:
    """One patient at one moment.

    Attributes
    ----------
    patient, now
        Whom, and when.
    """

    patient: PatientRecord
    now: datetime

    @property
    def clinic(self) -> Clinic:
        """The clinic, which sets how patients are followed."""
        return self.patient.clinic

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock of the clinic."""
        return zoneinfo.ZoneInfo(self.clinic.time_zone)

    @cached_property
    def today(self) -> date:
        """The day by that clock."""
        return self.day_of(self.now)

    @cached_property
    def plan(self) -> PlanRecord | None:
        """The plan by which the patient is treated."""
        return current_plan(self.patient)

    @cached_property
    def history(self) -> DosingHistory | None:
        """What was given."""
        return history_of(self.patient)

    @cached_property
    def last_dose_day(self) -> date | None:
        """The day on which the last dose began."""
        doses = () if self.history is None else self.history.doses
        return max((self.day_of(one.start) for one in doses), default=None)

    @cached_property
    def diary(self) -> Diary | None:
        """What was scored."""
        return diary_of(self.patient)

    @cached_property
    def last_written(self) -> datetime | None:
        """When the patient last wrote into the diary."""
        return last_written(self.patient)

    @cached_property
    def forecast(self) -> ForecastRecord | None:
        """What was worked out last, a refusal included."""
        return latest_record(self.patient)

    @property
    def is_treated(self) -> bool:
        """Whether ketamine was given, and the patient is followed still.

        A plan is signed and not ended, or the last dose is no older than the longest time between
        two visits.
        """
        if self.last_dose_day is None:
            return False
        is_recent = self.today - self.last_dose_day <= timedelta(days=self.clinic.visit_days)
        return self.plan is not None or is_recent

    @property
    def has_account(self) -> bool:
        """Whether the patient can write."""
        user = self.patient.user
        return user is not None and user.is_active

    def day_of(self, moment: datetime) -> date:
        """Give the day of a moment by the clock of the clinic."""
        return moment.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """Give the moment at which a day begins by that clock."""
        return datetime.combine(day, time(), self.zone)
