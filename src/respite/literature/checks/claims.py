"""Rules of claims: a grade with its reasons, for conditions and times that a question can name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from respite.domain import Condition
from respite.domain import translate as _
from respite.literature.claim import Claim, GradeQuestion
from respite.literature.library import Library
from respite.literature.model import Grade

GRADES: tuple[str, ...] = tuple(reversed(get_args(Grade)))
"""From the lowest grade to the highest."""

TAKES = {"none": 0, "serious": 1, "very_serious": 2, "not_assessed": 0}
"""By how many steps a concern may lower a grade."""


def claims_answer_every_question_of_grade(_library: Library, claim: Claim) -> Iterator[str]:
    """Check that each of the five questions has a reason in words."""
    for question in get_args(GradeQuestion):
        if question not in claim.why:
            yield _("why.{question} is missing.").format(question=question)
        elif not claim.why[question].because:
            yield _("why.{question} has no 'because'.").format(question=question)


def grades_are_no_higher_than_their_reasons(_library: Library, claim: Claim) -> Iterator[str]:
    """Check that a grade of ours is no higher than the concerns that are named leave it."""
    if claim.is_published:
        return
    taken = sum(TAKES[reason.concern] for reason in claim.why.values())
    highest = max(0, len(GRADES) - 1 - taken)
    if GRADES.index(claim.highest or claim.grade) > highest:
        yield _("The grade is '{grade}', and its reasons leave at most '{most}'.").format(
            grade=claim.highest or claim.grade, most=GRADES[highest]
        )


def ranges_of_grades_hold_the_grade(_library: Library, claim: Claim) -> Iterator[str]:
    """Check that the grade lies between the lowest and the highest of its range."""
    place = GRADES.index(claim.grade)
    if claim.lowest is not None and GRADES.index(claim.lowest) >= place:
        yield _("lowest is '{lowest}', which is not below the grade.").format(lowest=claim.lowest)
    if claim.highest is not None and GRADES.index(claim.highest) <= place:
        yield _("highest is '{highest}', which is not above the grade.").format(
            highest=claim.highest
        )


def claims_are_of_conditions_of_patients(_library: Library, claim: Claim) -> Iterator[str]:
    """Check that a claim is about conditions that a patient can have."""
    for condition in claim.conditions:
        if condition not in frozenset(Condition):
            yield _("The condition '{condition}' is no condition that a patient can have.").format(
                condition=condition
            )


def grades_are_published_or_ours(_library: Library, claim: Claim) -> Iterator[str]:
    """Check that a grade was read in a review or is our own, and nothing between."""
    if claim.status not in ("published", "assumed"):
        yield _("status is '{status}'; a grade is published or assumed.").format(
            status=claim.status
        )
    if claim.is_published == (claim.source == "respite"):
        yield _("A published grade names the review, and ours names 'respite' as its source.")
