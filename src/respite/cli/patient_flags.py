"""What is known about the patient, as flags; a flag overrides the file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Group, Parameter

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.domain import Patient

PATIENT = Group(
    _("The patient"),
    help=_("Leave out what is not known; the answer says what knowing it would change."),
    sort_key=1,
)


@Parameter(name="*", group=PATIENT)
@dataclass(frozen=True, kw_only=True)
class PatientFlags:
    """Facts about the patient as they were typed; what was not typed is None."""

    patient: Annotated[
        Path | None, Parameter(help=_("TOML file of facts; a flag overrides it."))
    ] = None
    age: Annotated[float | None, Parameter(help=_("Years."))] = None
    sex: Annotated[str | None, Parameter(help=_("female or male."))] = None
    weight: Annotated[float | None, Parameter(help=_("Kilograms."))] = None
    height: Annotated[float | None, Parameter(help=_("Centimetres."))] = None
    condition: Annotated[
        str | None, Parameter(help=_("Such as crps, neuropathic, fibromyalgia, cancer."))
    ] = None
    baseline_pain: Annotated[
        float | None, Parameter(help=_("Usual pain before treatment, 0 to 10."))
    ] = None
    pain_years: Annotated[float | None, Parameter(help=_("Years with this pain."))] = None
    medicines: Annotated[
        tuple[str, ...],
        Parameter(
            name="--medicine",
            negative="",
            show_default=False,
            help=_("A medicine taken now; repeat for each."),
        ),
    ] = ()
    liver: Annotated[
        str | None, Parameter(help=_("normal, child-pugh-a, child-pugh-b or child-pugh-c."))
    ] = None
    egfr: Annotated[float | None, Parameter(help=_("Kidney function, mL/min/1.73 m2."))] = None
    cyp2b6: Annotated[str | None, Parameter(help=_("Genotype, such as '*1/*6'."))] = None
    depression: Annotated[float | None, Parameter(help=_("PHQ-9 total, 0 to 27."))] = None
    daily_opioid_mg: Annotated[
        float | None, Parameter(help=_("Oral morphine equivalents, milligrams a day."))
    ] = None

    ancestry: Annotated[
        str | None,
        Parameter(help=_("asian, japanese or not-asian; one nasal model differs by it.")),
    ] = None

    def to_patient(self) -> Patient:
        """Read the file, if any, and lay the flags over it."""
        from respite.domain import Patient

        facts = self._typed()
        if self.patient is None:
            return Patient.from_mapping(facts)
        return Patient.from_toml(self.patient).with_(**facts)

    def _typed(self) -> dict[str, Any]:
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        del given["patient"]
        return {name: value for name, value in given.items() if value not in (None, ())}
