"""Pages of results: new ones as a grid or pasted, and one on record with its correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from respite.clinic import pages
from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.access import may_write, patient_to_write
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance import actions
from respite.clinic.surveillance.access import result_for, result_to_write
from respite.clinic.surveillance.forms import (
    PasteForm,
    ResultGrid,
    number_sent,
    row_of,
    rows_from,
    sent_rows,
)
from respite.clinic.surveillance.lines import MOST_LINES, rows_of_text
from respite.clinic.surveillance.models import LabResult
from respite.clinic.surveillance.results import (
    analytes,
    beside_words,
    limit_words,
    result_words,
    standing_results,
)
from respite.clinic.surveillance.table import numbered_item, tests_of
from respite.domain import translate as _
from respite.domain import translate_plural

TELLS = "tells_rules"


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def lab(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Take results: typed into a grid, or pasted into it line by line."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    read(user, patient, "results")
    today = today_of(patient)
    if request.method != "POST":
        return _lab_page(request, ResultGrid(patient, today))
    if "block" in request.POST:
        return _pasted(request, patient)
    grid = ResultGrid(
        patient, today, sent_rows(request.POST), day_of_all=request.POST.get("day_of_all", ""),
        client_id=number_sent(request.POST),
    )  # fmt: skip
    if not grid.is_right():
        return _lab_page(request, grid, status=422)
    tells = bool(request.POST.get(TELLS))
    kept = actions.keep_results(user, patient, grid.told, grid.client_id, tells_rules=tells)
    _say(request, kept, len(grid.told))
    return redirect("surveillance:table", patient.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def lab_for(request: HttpRequest, patient_id: int, number: int) -> HttpResponse:
    """Open the grid with the tests of one item, in the units of their last results."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    item = numbered_item(number)
    if item is None:
        raise Http404
    read(user, patient, "results")
    units = {row.analyte: row.unit for row in standing_results(patient)}
    rows = rows_from(
        {"test": analytes()[test].title, "unit": units.get(test, "")} for test in tests_of(item)
    )
    return _lab_page(request, ResultGrid(patient, today_of(patient), rows))


def _pasted(request: HttpRequest, patient: PatientRecord) -> HttpResponse:
    paste = PasteForm(request.POST)
    grid = ResultGrid(patient, today_of(patient))
    if not paste.is_valid():
        return _lab_page(request, grid, paste, status=422)
    rows = rows_of_text(paste.cleaned_data["block"])
    if not rows or len(rows) > MOST_LINES:
        paste.add_error(
            "block",
            _("There are {count} lines; one to {most} are taken at once.").format(
                count=len(rows), most=MOST_LINES
            ),
        )
        return _lab_page(request, grid, paste, status=422)
    grid = ResultGrid(patient, today_of(patient), rows_from(rows))
    grid.is_right()
    return _lab_page(request, grid, is_preview=True)


def _lab_page(
    request: HttpRequest,
    grid: ResultGrid,
    paste: PasteForm | None = None,
    *,
    is_preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    is_refused = status != 200 and paste is None
    context = {
        "patient": grid.patient,
        "grid": grid if is_preview else grid.with_room(),
        "paste": paste or PasteForm(),
        "is_preview": is_preview,
        "is_refused": is_refused,
        "tells": not is_refused or bool(request.POST.get(TELLS)),
        **_choices(),
    }
    return render(request, "surveillance/lab.html", context, status=status)


def _choices() -> dict[str, Any]:
    tests = analytes().values()
    return {
        "tests": [one.title for one in tests],
        "units": list(dict.fromkeys(unit.name for one in tests for unit in one.units)),
        "known": [
            (one, [unit.name for unit in one.units], [word.words for word in one.words])
            for one in tests
        ],
        "most": MOST_LINES,
    }


def _say(request: HttpRequest, kept: actions.Kept, told: int) -> None:
    count = len(kept.rows)
    words = translate_plural("{count} result kept.", "{count} results kept.", count).format(
        count=count
    )
    if told > count:
        words = _("{words} {known} stood on record already.").format(
            words=words, known=told - count
        )
    messages.success(request, words)
    if kept.fault is not None:
        messages.warning(
            request,
            _("The rules of safety were not told: {fault}").format(fault=kept.fault),
        )


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, result_id: int) -> HttpResponse:
    """Show a result with what became of it, and take a correction."""
    user = user_of(request)
    is_sent = request.method == "POST"
    row = result_to_write(user, result_id) if is_sent else result_for(user, result_id)
    patient, today = row.patient, today_of(row.patient)
    test = analytes().get(row.analyte)
    title = row.analyte if test is None else test.title
    read(user, patient, "result")
    if not is_sent:
        grid = ResultGrid(patient, today, [row_of(row, title)])
        return _result_page(request, row, grid)
    grid = ResultGrid(patient, today, sent_rows(request.POST), client_id=number_sent(request.POST))
    if not grid.is_right() or len(grid.told) != 1:
        return _result_page(request, row, grid, status=422)
    tells = bool(request.POST.get(TELLS))
    try:
        kept = actions.correct_result(user, row, grid.told[0], grid.client_id, tells_rules=tells)
    except Stale as stale:
        mine = grid.rows[0].cells
        return pages.conflict(
            request,
            {title: f"{mine['value']} {mine['unit']}"},
            {title: _removed_or(stale.now)},
        )
    _say(request, kept, 1)
    return redirect("surveillance:table", patient.pk)


def _removed_or(row: LabResult) -> str:
    return _("removed") if row.is_removed else result_words(row)


def _result_page(
    request: HttpRequest, row: LabResult, grid: ResultGrid, status: int = 200
) -> HttpResponse:
    test = analytes().get(row.analyte)
    stands = not row.is_removed and not hasattr(row, "corrected_by")
    context = {
        "patient": row.patient,
        "row": row,
        "title": row.analyte if test is None else test.title,
        "words": result_words(row),
        "beside": beside_words(row),
        "limits": limit_words(row) if test is not None else "",
        "grid": grid,
        "stands": stands,
        "later": getattr(row, "corrected_by", None),
        "is_refused": status != 200,
        "tells": status == 200 or bool(request.POST.get(TELLS)),
        "may_write": stands and may_write(user_of(request), row.patient),
        **_choices(),
    }
    return render(request, "surveillance/result.html", context, status=status)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def remove(request: HttpRequest, result_id: int) -> HttpResponse:
    """Take a result out: it stays on record, and counts no more."""
    user = user_of(request)
    row = result_to_write(user, result_id)
    try:
        kept = actions.remove_result(
            user, row, number_sent(request.POST), tells_rules=bool(request.POST.get(TELLS))
        )
    except Stale as stale:
        label = row.analyte
        return pages.conflict(request, {label: _("removed")}, {label: _removed_or(stale.now)})
    messages.success(request, _("The result is out. It stays on record, and counts no more."))
    if kept.fault is not None:
        messages.warning(
            request, _("The rules of safety were not told: {fault}").format(fault=kept.fault)
        )
    return redirect("surveillance:table", row.patient_id)
