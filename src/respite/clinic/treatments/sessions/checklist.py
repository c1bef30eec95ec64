"""A list of questions and of rules that stand against going on, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from respite.clinic.treatments.sessions.flowsheet import Line


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of a checklist, with its answer.

    Attributes
    ----------
    fact, ask
        Its name and its words.
    type, unit, choices
        What may be answered: yes or no, a number with a unit, one of some words.
    line
        The line that holds the answer; ``None`` where it was not answered.
    told
        The answer in words.
    is_needed
        Whether nothing goes on without an answer.
    """

    fact: str
    ask: str
    type: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    line: Line | None = None
    told: str = ""
    is_needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Said:
    """A rule that fires, in words, and what was done about it.

    Attributes
    ----------
    rule, label, action, lines
        Its id, and what is said of it.
    because
        Why it fires: an answer that changes asks for a new signature.
    may_be_overruled, is_settled
        Whether a clinician may sign for going on, and whether a tick or a signature is there.
    by
        The line of that tick or signature.
    """

    rule: str
    label: str
    action: str
    lines: tuple[tuple[str, str], ...]
    because: str
    may_be_overruled: bool = False
    is_settled: bool = False
    by: Line | None = None


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """Where a checklist stands.

    Attributes
    ----------
    asked
        The questions.
    against
        Rules that stand against going on.
    cautions
        Rules that ask for a precaution; each wants a tick.
    to_do
        Rules that ask for something to be done and recorded.
    fault
        Why the rules could not be asked at all; ``None`` where they could.
    """

    asked: tuple[Asked, ...]
    against: tuple[Said, ...]
    cautions: tuple[Said, ...]
    to_do: tuple[Said, ...] = ()
    fault: str | None = None

    @property
    def open_questions(self) -> tuple[Asked, ...]:
        """Questions that must be answered first."""
        return tuple(one for one in self.asked if one.is_needed and one.line is None)

    @property
    def left_open(self) -> int:
        """How many questions are not answered, though nothing waits for them."""
        return sum(one.line is None and not one.is_needed for one in self.asked)

    @property
    def unsettled(self) -> tuple[Said, ...]:
        """Rules that stand against going on, and nobody signed for."""
        return tuple(one for one in self.against if not one.is_settled)

    @property
    def unticked(self) -> tuple[Said, ...]:
        """Cautions that nobody ticked."""
        return tuple(one for one in self.cautions if not one.is_settled)

    @property
    def may_be_overruled(self) -> bool:
        """Whether a clinician may sign for everything that stands against going on."""
        return bool(self.unsettled) and all(one.may_be_overruled for one in self.unsettled)

    @property
    def may_go_on(self) -> bool:
        """Whether nothing stands against going on."""
        is_open = self.open_questions or self.unsettled or self.unticked
        return self.fault is None and not is_open
