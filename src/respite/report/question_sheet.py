"""Questions of a check as a file to fill in, which the next check reads with ``--facts``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.check_words import severity_words

if TYPE_CHECKING:
    from respite.literature import FactKind
    from respite.safety import Question, Safety


def question_file(answer: Safety) -> str:
    """Write every question of a check as TOML, each fact with its name and the form of its answer.

    A fact that is left as it stands stays unknown.

    Parameters
    ----------
    answer
        The check.
    """
    from respite.literature import load_library

    kinds = load_library().vocabulary
    lines = [
        _comment(
            _("What is not known, the most important first. What stays as it is stays unknown.")
        ),
        _comment(_("Plan: {regimen}").format(regimen=answer.regimen or _("none"))),
        _comment(_("Asked on: {on}").format(on=answer.on.isoformat())),
    ]
    for one in answer.questions:
        lines += ["", *_question(one, kinds[one.fact])]
    return "\n".join(lines) + "\n"


def _question(one: Question, kind: FactKind) -> Iterator[str]:
    yield _comment(
        _("{ask} Could say {severity}.").format(ask=one.ask, severity=severity_words(one.gravest))
    )
    yield _comment(_form(one, kind))
    yield f'{one.fact} = "unknown"'


def _form(one: Question, kind: FactKind) -> str:
    """Say in which form a fact is answered."""
    if kind.type == "yes_no":
        return _("true or false")
    if kind.type == "code":
        return _("one of: {words}").format(words=", ".join(f'"{code}"' for code in kind.codes))
    if kind.type == "codes":
        words = ", ".join(f'"{code}"' for code in one.codes)
        return _("[] for none of them, or those that are there: {words}").format(words=words)
    if not kind.unit:
        return _("a number")
    form = _('a number with its unit, as "… {unit}"').format(unit=kind.unit)
    others = [f'"{word}"' for word in ("never",) if kind.never]
    others += [_("or {name} as 2026-03-02").format(name=kind.date)] if kind.date else []
    if kind.ratio:
        others.append(_('or {result} and {limit}, as "… U/L"').format(
            result=kind.ratio[0], limit=kind.ratio[1]
        ))  # fmt: skip
    return ", ".join([form, *others])


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"
