"""Tables of patients and of what is known of them."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from respite.clinic.accounts.models import Clinic, Invitation, User
from respite.domain import Condition, Liver, Patient, Sex, Threshold
from respite.domain import translate as _

DAYS_A_YEAR = 365.25

MOOD = "phq9"
"""The questionnaire whose total a forecast takes for depression."""


class PatientRecord(models.Model):
    """One patient of one clinic. ``version`` counts edits, so that none is overwritten unseen.

    What is left empty is unknown, and never zero or no. ``has_all_medicines`` says that somebody
    asked for every medicine, so that an empty list means none. ``client_id`` is made where a form
    is shown, here and below: sent twice, it is kept once.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="patient")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    born = models.DateField()
    sex = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in Sex]
    )
    weight_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    height_cm = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    condition = models.CharField(
        max_length=30, blank=True, choices=[(one.value, one.value) for one in Condition]
    )
    pain_since = models.DateField(null=True)
    usual_pain = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    liver = models.CharField(
        max_length=20, blank=True, choices=[(one.value, one.value) for one in Liver]
    )
    egfr = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    cyp2b6 = models.CharField(max_length=12, blank=True)
    opioid_mg = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    has_all_medicines = models.BooleanField(default=False)
    threshold = models.CharField(
        max_length=10, default="30%", choices=[(one.value, one.value) for one in Threshold]
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        """Name the record by its number: names of patients stay out of logs."""
        return f"patient {self.pk}"

    def age_on(self, day: date) -> int:
        """Give the age in whole years on a day."""
        had_birthday = (day.month, day.day) >= (self.born.month, self.born.day)
        return day.year - self.born.year - (not had_birthday)

    def to_patient(self, on: date) -> Patient:
        """Give the patient as every room knows one; what is empty stays unknown.

        Parameters
        ----------
        on
            The day on which is asked.
        """
        told: dict[str, object] = {
            "age": self.age_on(on),
            "sex": self.sex,
            "weight": _number(self.weight_kg),
            "height": _number(self.height_cm),
            "condition": self.condition,
            "baseline_pain": _number(self.usual_pain),
            "pain_years": None
            if self.pain_since is None
            else round((on - self.pain_since).days / DAYS_A_YEAR, 1),
            "liver": self.liver,
            "egfr": _number(self.egfr),
            "cyp2b6": self.cyp2b6,
            "daily_opioid_mg": _number(self.opioid_mg),
        }
        mood = self.scores.filter(instrument=MOOD, on__lte=on).last()
        told["depression"] = None if mood is None else _number(mood.total)
        medicines = [one.name for one in self.medicines.all() if one.is_taken_on(on)]
        if medicines or self.has_all_medicines:
            told["medicines"] = medicines
        return Patient.from_mapping(
            {name: value for name, value in told.items() if value not in (None, "")}
        )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


class Medicine(models.Model):
    """A medicine that a patient takes or took, beside ketamine."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="medicines")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    dose = models.CharField(max_length=80, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were begun."""

        ordering = ("since", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"medicine {self.pk}"

    def is_taken_on(self, day: date) -> bool:
        """Say whether it is taken on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


class Outcome(models.TextChoices):
    """What a treatment that was tried did."""

    HELPED = "helped", _("helped")
    SOME = "some", _("helped a little")
    NONE = "none", _("did not help")
    HARMED = "harmed", _("not tolerated")


class TriedTreatment(models.Model):
    """A treatment that was tried against the pain before, and what became of it."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="tried")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"tried treatment {self.pk}"


class FactAnswer(models.Model):
    """An answer to one question of the rules of safety. The latest of a fact counts.

    ``told`` is what ``read_facts`` reads: true or false, a word, a list of words, a number with
    its unit, a date; ``null`` takes an earlier answer back.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="answers")
    fact = models.CharField(max_length=80)
    told = models.JSONField(null=True)
    on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were given."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"answer {self.pk}"


class Score(models.Model):
    """A questionnaire that was filled in: its answers where items may be shown, and its total."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="scores")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=6, decimal_places=2)
    on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were filled in."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"score {self.pk}"


class EmergencyAccess(models.Model):
    """Leave to read the record of another clinic for some hours, with the reason that was given."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"emergency access {self.pk}"
