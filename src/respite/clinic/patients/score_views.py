"""Pages of questionnaires: which there are, one to fill in, and what it came to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients import actions
from respite.clinic.patients.access import may_write, patient_for, patient_to_write, score_for
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.instruments import instruments, numbered
from respite.clinic.patients.overview import score_told
from respite.clinic.patients.score_forms import ScoreForm


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def scores(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List questionnaires, and every one that was filled in."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    actions.read(user, patient, "questionnaires")
    kept = patient.scores.select_related("written_by").order_by("-on", "-pk")
    context = {
        "patient": patient,
        "shown": [one for one in instruments().values() if one.may_be_shown],
        "totals": [one for one in instruments().values() if not one.may_be_shown],
        "rows": [score_told(one) for one in kept],
        "may_write": may_write(user, patient),
    }
    return render(request, "patients/scores.html", context)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def new_score(request: HttpRequest, patient_id: int, number: int) -> HttpResponse:
    """Fill a questionnaire in with a patient, or keep a total that was worked out elsewhere."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    chosen = numbered(number)
    if chosen is None:
        raise Http404
    actions.read(user, patient, "questionnaire")
    today = today_of(patient)
    form = ScoreForm(chosen, today, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        told = {
            "instrument": chosen.id,
            "answers": form.kept_answers(),
            "total": form.total,
            "on": on,
        }
        facts = chosen.facts_told(form.answers, form.total, on)
        kept = actions.add_score(user, patient, told, form.cleaned_data["client_id"], facts)
        return redirect("patients:score", kept.pk)
    context = {"patient": patient, "instrument": chosen, "form": form}
    return render(request, "patients/new_score.html", context, status=422 if form.errors else 200)


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def score(request: HttpRequest, score_id: int) -> HttpResponse:
    """Show what a questionnaire came to, and at once what must not wait."""
    user = user_of(request)
    kept = score_for(user, score_id)
    actions.read(user, kept.patient, "questionnaire")
    form = instruments().get(kept.instrument)
    answers = []
    if form is not None and form.may_be_shown:
        for number, words in enumerate(form.items, start=1):
            points = kept.answers.get(str(number))
            said = dict(form.choices_of(number)).get(str(points), "")
            answers.append((words, said, points))
    context = {
        "patient": kept.patient,
        "told": score_told(kept),
        "instrument": form,
        "answers": answers,
        "extra": kept.answers.get("extra"),
    }
    return render(request, "patients/score.html", context)
