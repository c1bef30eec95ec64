"""What did trials and cohorts see?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from respite.domain import VERSION, Condition, RespiteError, closest_word, quoted
from respite.domain import translate as _
from respite.evidence.trials.own_trials import read_own_trials
from respite.evidence.trials.rows import TrialRow, trial_rows
from respite.literature import load_library

if TYPE_CHECKING:
    from respite.literature import Study

GROUPS = {
    "against_placebo": ("randomised_placebo",),
    "randomised_otherwise": ("randomised_active", "randomised_dose"),
    "uncontrolled": ("open", "cohort", "case_series"),
    "taken_together": ("meta_analysis",),
    "not_yet_reported": ("protocol",),
}
"""How studies are told apart: randomised evidence is never mixed with what was merely seen."""

ACUTE = "acute"
"""Pain that studies are of and Respite forecasts nothing about."""


@dataclass(frozen=True, kw_only=True)
class TrialsAnswer:
    """Figures of studies, and what cannot be used of them.

    Attributes
    ----------
    condition, kind, study
        What was asked for; ``None`` where everything was.
    studies
        The studies of the library that answer, in alphabetical order.
    rows
        Their figures, and after them those of the user's own table.
    left_out
        Why figures cannot be compared, with how many there are and in which studies.
    """

    condition: str | None
    kind: str | None
    study: str | None
    studies: tuple[Study, ...]
    rows: tuple[TrialRow, ...]
    left_out: tuple[tuple[str, int, tuple[str, ...]], ...]

    @property
    def not_writable(self) -> tuple[tuple[str, str, str], ...]:
        """Study, arm and reason of every arm whose regimen cannot be written."""
        return tuple(
            (study.id, arm.name, arm.regimen_not_writable)
            for study in self.studies
            for arm in study.arms
            if arm.regimen_not_writable
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data: ``respite.trials/1``."""
        return {
            "schema": "respite.trials/1",
            "condition": self.condition,
            "kind": self.kind,
            "study": self.study,
            "studies": [_about(study) for study in self.studies],
            "rows": [row.to_dict() for row in self.rows],
            "left_out": [
                {"because": why, "figures": count, "studies": list(names)}
                for why, count, names in self.left_out
            ],
            "not_writable": [
                {"study": study, "arm": arm, "because": why}
                for study, arm, why in self.not_writable
            ],
            "provenance": {"respite": VERSION},
        }


def group_of(kind: str) -> str:
    """Give the group of a kind of study.

    Parameters
    ----------
    kind
        As the library names it.
    """
    return next(group for group, kinds in GROUPS.items() if kind in kinds)


def find_trials(
    condition: str | None = None,
    kind: str | None = None,
    study: str | None = None,
    trials: str | PathLike[str] | None = None,
) -> TrialsAnswer:
    """Gather what studies saw.

    Parameters
    ----------
    condition
        Only studies of this condition.
    kind
        Only this group: ``against_placebo``, ``randomised_otherwise``, ``uncontrolled``,
        ``taken_together`` or ``not_yet_reported``; or one kind of study.
    study
        Only this study.
    trials
        A table of own trials to stand beside them, as a path or as text.

    Raises
    ------
    RespiteError
        Where there is no such condition, kind or study, or the table cannot be read.

    Examples
    --------
    >>> answer = find_trials(study="noppers2011")
    >>> len(answer.rows)
    8
    """
    library = load_library()
    own = () if trials is None else read_own_trials(trials)
    known = {one.id: one for one in library.studies.values()}
    _require(condition, (*Condition, ACUTE), _("There is no condition {word}."), "--condition")
    groups = (*GROUPS, *(one for kinds in GROUPS.values() for one in kinds))
    _require(kind, groups, _("There is no kind of study {word}."), "--kind")
    _require(study, tuple(known), _("There is no study {word}."), "--study")
    kinds = GROUPS.get(kind, (kind,)) if kind else None
    found = tuple(
        one
        for key, one in known.items()
        if (condition in (None, one.condition))
        and (kinds is None or one.kind in kinds)
        and study in (None, key)
    )
    rows = (
        *trial_rows(library, studies={one.id for one in found}),
        *(
            row
            for row in own
            if condition in (None, row.condition) and (kinds is None or row.kind in kinds)
        ),
    )
    return TrialsAnswer(
        condition=condition,
        kind=kind,
        study=study,
        studies=found,
        rows=rows,
        left_out=_left_out(rows),
    )


def _left_out(rows: tuple[TrialRow, ...]) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Count the figures that no pooling can use, by the first reason that holds."""
    counts: Counter[str] = Counter()
    names: dict[str, dict[str, None]] = {}
    for row in rows:
        why = _reason(row)
        if why:
            counts[why] += 1
            names.setdefault(why, {})[row.study] = None
    return tuple((why, count, tuple(names[why])) for why, count in counts.items())


def _reason(row: TrialRow) -> str:
    if row.value is None:
        return _("told in words, without a number")
    if row.measure in ("harm", "mood", "other", "relief_duration"):
        return _("of something else than how strong pain was")
    if row.days is None:
        return _("without a time")
    if row.read == "recalled":
        return _("recalled, and not seen")
    return ""


def _require(word: str | None, words: tuple[str, ...], found: str, flag: str) -> None:
    if word is None or word in words:
        return
    near = closest_word(word, words)
    raise RespiteError(
        found.format(word=quoted(word)),
        _("one of {words}.").format(words=", ".join(words)),
        f"{flag} {near or words[0]}.",
    )


def follow_up_words(study: Study) -> str:
    """Say how long people of a study were followed.

    Parameters
    ----------
    study
        One file of the library.
    """
    length = study.follow_up
    return length if isinstance(length, str) else f"{length.value:g} {length.unit}"


def _about(study: Study) -> dict[str, Any]:
    return {
        "id": study.id,
        "title": study.title,
        "group": group_of(study.kind),
        "kind": study.kind,
        "design": study.design,
        "condition": study.condition,
        "role": study.role,
        "role_because": study.role_because,
        "follow_up": follow_up_words(study),
        "losses": study.losses,
        "read": study.read,
        "source": study.source,
        "not_reported": list(study.not_reported),
        "known_problems": list(study.known_problems),
    }
