"""What is said of several plans, in the order in which every face says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from respite.domain import translate as _
from respite.report import basis
from respite.report.layout import Page
from respite.report.phrases import as_sentence
from respite.report.tables import Table


@dataclass(frozen=True, kw_only=True)
class PlansPage:
    """An answer about several plans, in words and tables.

    Attributes
    ----------
    title
        The question.
    headline
        The answer in sentences, the first one first.
    grade, why
        Certainty, and why it is no higher.
    question
        The question as it was understood, in labelled lines.
    tables
        The numbers.
    notes
        What to mind when reading them.
    assumed
        What is assumed behind them.
    """

    title: str
    headline: tuple[str, ...]
    grade: str
    why: str
    question: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def cautions(self) -> tuple[str, ...]:
        """Nothing more stands beside the certainty."""
        return ()

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Say on how many assumed numbers the answer rests, and name the first few."""
        return basis.assumption_lines(self.assumed)

    @property
    def intended_use(self) -> str:
        """Say what the answer is for."""
        return basis.intended_use()


def plans_text(told: PlansPage, *, page: Page, citations: Iterable[str] = ()) -> str:
    """Write an answer about several plans as a page of text.

    Parameters
    ----------
    told
        What is said.
    page
        How wide the page is, and whether headings may be bold.
    citations
        The sources that the answer used, one line each.
    """
    first, *rest = told.headline
    lead = page.paragraph(first)
    if page.bold:
        lead = "\n".join(page.heading(line) for line in lead.splitlines())
    sure = _("Certainty: {grade}. {why}").format(grade=told.grade, why=told.why).strip()
    counted, *assumed = told.assumptions
    blocks = [
        "\n".join([lead, *map(page.paragraph, rest), "", page.paragraph(sure)]),
        "\n".join(page.labelled(label, text) for label, text in told.question),
        *map(page.table, told.tables),
        "\n".join([page.heading(_("How to read this")), *map(page.item, told.notes)]),
        "\n".join(
            [
                page.heading(_("How sure, and why")),
                page.paragraph(counted, "  "),
                *map(page.item, assumed),
            ]
        ),
        "\n".join([page.heading(_("Sources")), *map(page.item, citations)]),
        page.paragraph(told.intended_use),
    ]
    return "\n\n".join(blocks) + "\n"


def certainty_words(certainty: dict[str, str]) -> tuple[str, str]:
    """Give the grade of certainty in words, and why it is no higher."""
    grades = {
        "high": _("high"),
        "moderate": _("moderate"),
        "low": _("low"),
        "very low": _("very low"),
    }
    grade = certainty.get("grade", _("not graded"))
    return grades.get(grade, grade), as_sentence(certainty.get("why", ""))
