"""What the report of a single case tells: everything that those who collect such reports ask.

The order is that of the CIOMS I form; words and layout are ours. What nobody wrote down is said
to be missing, and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.events import words
from respite.clinic.events.models import EventVersion
from respite.clinic.events.queries import Standing, labs_near
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of, latest_answers
from respite.clinic.patients.words import condition_words, liver_words, sex_words
from respite.clinic.treatments.models import DoseRecord, EntryKind
from respite.clinic.treatments.sessions.checks import kind_of
from respite.clinic.treatments.sessions.queries import sheet_of
from respite.domain import DosingHistory, Drug, Route, Salt, listed, translate_plural
from respite.domain import translate as _
from respite.report import GivenTold, drug_words, given_told, route_words, salt_words

CONDITIONS = "patient.conditions"
"""The question of the rules that asks for other illness."""


@dataclass(frozen=True, kw_only=True)
class LastDose:
    """The dose that the effect followed.

    Attributes
    ----------
    at
        When it started.
    drug, salt, route
        What it was, what its amount weighs, and by which way, in words.
    amount, unit
        How much, as it is on record.
    minutes
        For how long; zero where it was given at once.
    lots
        Lot numbers that were signed for in its session.
    since
        From its start to the start of the effect, in words; empty where no time is known.
    """

    at: datetime
    drug: str
    salt: str
    route: str
    amount: str
    unit: str
    minutes: str
    lots: tuple[str, ...]
    since: str


@dataclass(frozen=True, kw_only=True)
class CaseReport:
    """The report of one case.

    Attributes
    ----------
    standing
        The unwanted effect as it stands.
    missing, lacking
        Of the four things without which there is no case: those that are missing; and what else
        those who read it will ask for.
    initials, age, sex, weight
        Who it is, as far as a report says so.
    course, last_dose
        What was given up to the effect, each drug and route by itself, and the dose it followed.
    indication
        What it was given against.
    medicines
        Other medicines at that time: name, dose, since, until.
    history
        Other illness and what else matters.
    tests
        Results near that time.
    reporter
        Who told of it, in words.
    made_on
        The day on which this was written.
    """

    standing: Standing
    missing: tuple[str, ...]
    lacking: tuple[str, ...]
    initials: str
    age: int | None
    sex: str
    weight: str
    course: tuple[GivenTold, ...]
    last_dose: LastDose | None
    indication: str
    medicines: tuple[tuple[str, str, date | None, date | None], ...]
    history: tuple[str, ...]
    tests: tuple[str, ...]
    reporter: str
    made_on: date

    @property
    def version(self) -> EventVersion:
        """What is known of the effect."""
        return self.standing.version


def report_of(patient: PatientRecord, standing: Standing, today: date) -> CaseReport:
    """Write the report of one case from what is on record.

    Parameters
    ----------
    patient, standing
        Whose it is, and the effect as it stands.
    today
        The day by the clock of the clinic.
    """
    version = standing.version
    day = version.began or timezone.localdate(standing.event.made_at)
    report = CaseReport(
        standing=standing,
        missing=(),
        lacking=(),
        initials=initials_of(patient.name),
        age=patient.age_on(day),
        sex=dict(sex_words()).get(patient.sex, ""),
        weight=_weight(patient, version),
        course=_course(patient, version, day),
        last_dose=_last_dose(patient, version),
        indication=dict(condition_words()).get(patient.condition, ""),
        medicines=_medicines(patient, day),
        history=tuple(_history(patient, version)),
        tests=(*labs_near(patient, day), *_lines(version.tests)),
        reporter=_reporter(version),
        made_on=today,
    )
    return replace(report, missing=_missing(report), lacking=_lacking(report))


def initials_of(name: str) -> str:
    """Give the initials of a name.

    Examples
    --------
    >>> initials_of("Pia van den Berg")
    'P. B.'
    """
    parts = [part for part in name.split() if part[:1].isalpha()]
    kept = parts[:1] + parts[1:][-1:]
    return " ".join(f"{part[0].upper()}." for part in kept)


def qualification_of(version: EventVersion) -> str:
    """Say what somebody is who told of an effect: doctor, other staff, or no professional."""
    if version.reporter != "staff":
        return _("patient or other person") if version.reporter else ""
    is_doctor = version.written_by.role == Role.CLINICIAN
    return _("doctor") if is_doctor else _("other health professional")


def _reporter(version: EventVersion) -> str:
    told = words.reporters().get(version.reporter, "")
    if told and version.reporter_name:
        return _("{who}: {name}").format(who=told, name=version.reporter_name)
    return told


def _weight(patient: PatientRecord, version: EventVersion) -> str:
    """Give the weight of the session, or that on record."""
    session = version.session
    kilograms = patient.weight_kg
    if session is not None and session.weight_kg is not None:
        kilograms = session.weight_kg
    return "" if kilograms is None else f"{float(kilograms):g}"


def _course(patient: PatientRecord, version: EventVersion, day: date) -> tuple[GivenTold, ...]:
    """Say what was given up to the effect; where no day is known, all that was."""
    history = history_of(patient)
    if history is None:
        return ()
    upto = [dose for dose in history.doses if version.began is None or dose.start.date() <= day]
    weight = None if patient.weight_kg is None else float(patient.weight_kg)
    return given_told(DosingHistory(tuple(upto)), weight_kg=weight) if upto else ()


def _last_dose(patient: PatientRecord, version: EventVersion) -> LastDose | None:
    dose = version.dose
    if dose is None and version.session is not None:
        dose = version.session.doses.filter(is_withdrawn=False).order_by("-start").first()
    if dose is None and version.began is not None:
        before = patient.doses.filter(is_withdrawn=False, start__lt=_end_of(version.began))
        dose = before.order_by("-start").first()
    if dose is None:
        return None
    at = timezone.localtime(dose.start)
    return LastDose(
        at=at,
        drug=drug_words(Drug(dose.drug)),
        salt=salt_words(Salt.BASE),
        route=route_words(Route(dose.route)),
        amount=f"{dose.amount.normalize():f}",
        unit=dose.unit,
        minutes=f"{dose.duration_min.normalize():f}" if dose.duration_min else "",
        lots=_lots(dose),
        since=_since(at, version),
    )


def _lots(dose: DoseRecord) -> tuple[str, ...]:
    """Give the lot numbers that were signed for in the session of a dose."""
    if dose.session is None:
        return ()
    lines = sheet_of(dose.session).of(EntryKind.AMOUNTS)
    return tuple(dict.fromkeys(str(one.data["lot"]) for one in lines if one.data.get("lot")))


def _since(at: datetime, version: EventVersion) -> str:
    if version.began is None:
        return ""
    if version.began_time is None:
        days = (version.began - at.date()).days
        return _days(days)
    began = datetime.combine(version.began, version.began_time, tzinfo=at.tzinfo)
    minutes = int((began - at).total_seconds() // 60)
    if minutes < 0:
        return ""
    hours, left = divmod(minutes, 60)
    if hours < HOURS_A_DAY:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=left)
    return _days((version.began - at.date()).days)


def _days(count: int) -> str:
    return "" if count < 0 else translate_plural("{n} day", "{n} days", count).format(n=count)


HOURS_A_DAY = 24


def _end_of(day: date) -> datetime:
    start = datetime.combine(day, datetime.min.time())
    return timezone.make_aware(start + timedelta(days=1))


def _medicines(
    patient: PatientRecord, day: date
) -> tuple[tuple[str, str, date | None, date | None], ...]:
    return tuple(
        (one.name, one.dose, one.since, one.until)
        for one in patient.medicines.all()
        if one.is_taken_on(day) or one.until == day
    )


def _history(patient: PatientRecord, version: EventVersion) -> list[str]:
    told: list[str] = []
    answered = latest_answers(patient).get(CONDITIONS)
    kind = kind_of(CONDITIONS)
    if answered is not None and kind is not None and isinstance(answered.told, list):
        told.append(listed([kind.codes.get(str(one), str(one)) for one in answered.told]))
    liver = dict(liver_words()).get(patient.liver, "")
    if liver:
        told.append(_("Liver: {liver}").format(liver=liver))
    if patient.egfr is not None:
        told.append(_("eGFR {egfr}").format(egfr=f"{float(patient.egfr):g}"))
    return [*(one for one in told if one), *_lines(version.history)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _missing(report: CaseReport) -> tuple[str, ...]:
    """Name those of the four that are missing, without which nobody takes a report."""
    version = report.version
    needed = (
        (bool(report.initials or report.age is not None or report.sex), _("who the patient is")),
        (bool(report.reporter), _("who told of it")),
        (bool(report.last_dose or report.course), _("which drug is suspected")),
        (bool(version.words or version.terms), _("what happened")),
    )
    return tuple(words for is_there, words in needed if not is_there)


def _lacking(report: CaseReport) -> tuple[str, ...]:
    version = report.version
    asked = (
        (version.is_serious is not None, _("whether it was serious")),
        (version.began is not None, _("when it began")),
        (bool(version.outcome), _("how it ended")),
        (bool(version.action_taken), _("what was done with ketamine")),
        (bool(version.dechallenge), _("what came of lowering or stopping")),
        (bool(version.causality), _("whether it is from ketamine")),
        (bool(report.sex), _("sex")),
        (bool(report.weight), _("weight")),
        (bool(report.indication), _("what ketamine was given against")),
    )
    return tuple(words for is_there, words in asked if not is_there)
