"""A questionnaire of mood with an answer that asks for a talk, or a positive screen.

The key is the form that was filled in: the next one is news, and one without such an answer ends
it.
"""

from __future__ import annotations

from collections.abc import Iterator

from respite.clinic.patients.instruments import instruments
from respite.clinic.patients.models import MOOD, Score
from respite.clinic.patients.queries import last_scores
from respite.clinic.surveillance import queries as surveillance
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason

POSITIVE_FROM = 10
"""From which total a PHQ-9 is a positive screen: as rule ELIG-027 of the library has it."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say what the last form of each questionnaire asks for, unless surveillance says it."""
    found = {one.key for one in surveillance.alarms_of(looked.patient, looked.today)}
    for score in last_scores(looked.patient):
        is_told = any(key.startswith(f"{score.instrument}:") for key in found)
        reason = None if is_told else _reason(looked, score)
        if reason is not None:
            yield reason


def _reason(looked: Looked, score: Score) -> Reason | None:
    form = instruments().get(score.instrument)
    if form is None:
        return None
    answers = {int(n): int(points) for n, points in score.answers.items() if n.isdigit()}
    if form.urgent_answers(answers):
        need, says = Need.NOW, "score_urgent"
    elif score.instrument == MOOD and score.total >= POSITIVE_FROM:
        need, says = Need.WEEK, "mood_positive"
    else:
        return None
    return Reason(
        kind=Kind.MOOD,
        key=f"score:{score.pk}",
        need=need,
        says=says,
        values={
            "score_id": score.pk,
            "form": form.title,
            "day": score.on.isoformat(),
            "total": f"{score.total.normalize():f}",
        },
        since=looked.start_of(score.on),
    )
