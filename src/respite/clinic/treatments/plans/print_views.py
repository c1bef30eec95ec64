"""Pages to print of one plan: the order, the text of consent, the leaflet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.actions import read
from respite.clinic.patients.queries import history_of
from respite.clinic.treatments.models import PlanRecord
from respite.clinic.treatments.plans import queries
from respite.clinic.treatments.plans.access import plan_for
from respite.clinic.treatments.plans.checking import checked, to_watch
from respite.clinic.treatments.plans.forms import fault_lines
from respite.clinic.treatments.plans.signature import verifies
from respite.domain import RespiteError
from respite.domain import translate as _
from respite.forecasting import Forecast
from respite.report import chosen_leaflet, consent_words, forecast, words_told

DRAWS = 1000
"""People on whom a leaflet is worked out; ours."""


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def order(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Print the order: the doses in mg at the weight on record, and what must be watched."""
    plan = _opened(request, plan_id, "order")
    day = timezone.localdate()
    titles = {
        "before": _("Before each dose"),
        "during": _("While it is given"),
        "discharge": _("Before going home"),
    }
    watch = to_watch(plan.patient, plan.to_regimen(), on=day)
    check = checked(plan.patient, plan.to_regimen())
    shown = {
        "told": queries.told_of(plan),
        "watch": [(titles[one.phase], one) for one in watch if one.to_do or one.to_act_on],
        "check": check,
        "is_verified": verifies(plan),
        "printed_on": day,
    }
    return render(
        request, "treatments/order.html", {"plan": plan, "patient": plan.patient, **shown}
    )


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def consent(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Print the text of consent, with room for signatures."""
    return _sheet(request, _opened(request, plan_id, "consent"), is_consent=True)


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def leaflet(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Print the leaflet of a plan for its patient."""
    return _sheet(request, _opened(request, plan_id, "leaflet"), is_consent=False)


def _opened(request: HttpRequest, plan_id: int, page: str) -> PlanRecord:
    user = user_of(request)
    plan = plan_for(user, plan_id)
    read(user, plan.patient, page)
    return plan


def _sheet(request: HttpRequest, plan: PlanRecord, *, is_consent: bool) -> HttpResponse:
    shown: dict[str, Any] = {"plan": plan, "patient": plan.patient, "is_consent": is_consent}
    check = checked(plan.patient, plan.to_regimen())
    if check.safety is None or check.fault is not None:
        lines = () if check.fault is None else fault_lines(check.fault)
        return render(request, "treatments/sheet.html", shown | {"fault": lines})
    write = consent_words if is_consent else chosen_leaflet
    words = write(queries.told_of(plan), _outlook(plan), check.safety)
    return render(request, "treatments/sheet.html", shown | {"words": words_told(words)})


def _outlook(plan: PlanRecord) -> Forecast | None:
    """Ask what to expect of a plan; nothing where no model may be asked."""
    day = timezone.localdate()
    history = history_of(plan.patient)
    start = None if plan.starts is None else plan.starts.isoformat()
    # Where the first day cannot be that of this history, the next day that can be is taken.
    for first in (start, None):
        try:
            return forecast(
                plan.patient.to_patient(day),
                plan.to_regimen(),
                history=history,
                start=first,
                threshold=plan.patient.threshold,
                draws=DRAWS,
                with_levels=False,
            )
        except RespiteError:
            continue
    return None
