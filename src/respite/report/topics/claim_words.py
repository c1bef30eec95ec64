"""Claims of trials and reviews with their certainty, and the trials behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.agreement_sentences import found_words
from respite.report.phrases import as_sentence
from respite.report.pooling_sentences import claim_line
from respite.report.tables import Table
from respite.report.topics.conditions import plainly
from respite.report.topics.sourced import Origin, Said, SourcedTable, read_in, seen_in
from respite.report.trials_text import value_words, when_words

if TYPE_CHECKING:
    from respite.evidence import TrialRow
    from respite.literature import Claim

RELIEF = ("mean_pain", "mean_fall", "mean_fall_percent", "responders")
"""What of a trial tells whether pain was less."""

PLACEBOS = ("placebo", "active_placebo")
"""What arms without ketamine stand for."""

TAKES_AWAY = frozenset({"serious", "very_serious"})
"""Concerns that lower a grade."""


def claims(condition: str | None, *, says: Iterable[str] = ()) -> tuple[Claim, ...]:
    """Give the claims about a condition, those first that find little or nothing.

    Parameters
    ----------
    condition
        The kind of pain; ``None`` for any.
    says
        Only claims that say so, such as ``harm``; all but harm by default.
    """
    from respite.evidence import certainty

    wanted = tuple(says) or ("no_clear_benefit", "benefit", "size")
    found = [one for one in certainty(condition) if one.says in wanted]
    return tuple(sorted(found, key=lambda one: wanted.index(one.says)))


def for_clinicians(told: Iterable[Claim]) -> tuple[Said, ...]:
    """Say each claim with its certainty, and what counts against it."""
    return tuple(_full(one) for one in told)


def _full(claim: Claim) -> Said:
    against = [why.because for why in claim.why.values() if why.concern in TAKES_AWAY]
    text = claim_line(claim)
    if against:
        text = _("{claim} Against it: {why}").format(
            claim=text, why=as_sentence("; ".join(against))
        )
    return Said(text=text, origins=read_in(claim.source), status=_status(claim))


def for_patients(told: Iterable[Claim]) -> tuple[Said, ...]:
    """Say each claim and how sure it is."""
    sure = {
        "high": _("This is sure."),
        "moderate": _("We are fairly sure of this."),
        "low": _("We are not sure of this."),
        "very_low": _("We are very unsure of this."),
    }
    return tuple(
        Said(
            text=_("{claim} {sure}").format(claim=plainer(claim.words), sure=sure[claim.grade]),
            origins=read_in(claim.source),
            status=_("graded by a review") if claim.is_published else _("our judgement"),
        )
        for claim in told
    )


def plainer(words: str) -> str:
    """Say beside the word for a dummy drug what it means."""
    return words.replace("placebo", _("placebo (a dummy drug)"), 1)


def _status(claim: Claim) -> str:
    if claim.is_published:
        return _("graded by a review")
    return _("our judgement: {because}").format(because=claim.because)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What one trial saw with ketamine and with placebo at one time.

    Attributes
    ----------
    row
        The comparison, or the figure with ketamine.
    beside
        The figure with placebo, where both arms are told and not what lies between them.
    """

    row: TrialRow
    beside: TrialRow | None = None


def compared(condition: str | None) -> tuple[Compared, ...]:
    """Give every randomised comparison with placebo, those without a difference first."""
    from respite.evidence import find_trials

    rows = [row for row in find_trials(condition, "against_placebo").rows if row.measure in RELIEF]
    between = [Compared(row=row) for row in rows if row.against and row.part == "ketamine"]
    told = {(one.row.study, one.row.days) for one in between}
    arms = [
        Compared(row=row, beside=other)
        for row in rows
        if row.part == "ketamine" and not row.against and (row.study, row.days) not in told
        for other in rows
        if other.part in PLACEBOS
        and not other.against
        and (other.study, other.what, other.days) == (row.study, row.what, row.days)
        and row.value is not None and other.value is not None and row.days != 0
    ]  # fmt: skip
    order = ("no_difference", "not_reported", "less", "more")
    return tuple(
        sorted((*between, *arms), key=lambda one: (order.index(one.row.found), one.row.study))
    )


def trials_table(condition: str | None, *, plain: bool = False) -> SourcedTable:
    """Show what each trial found, no difference as loudly as a difference.

    Parameters
    ----------
    condition
        The kind of pain; ``None`` for all.
    plain
        Whether numbers of statistics are left out.
    """
    found = compared(condition)
    table = Table(
        caption=_("Fair tests against a dummy drug, those without a difference first")
        if plain
        else _("Randomised, against placebo: what was found, no difference first"),
        head=(_("Trial"), _("pain"), _("when"), _("found"), _("people")),
        rows=tuple(
            (
                _title(one.row),
                plainly(one.row.condition),
                when_words(one.row) or _("not told"),
                _found(one, plain=plain),
                "-" if one.row.n is None else str(one.row.n),
            )
            for one in found
        ),
        align="text",
    )
    return SourcedTable(
        table=table, of_rows=tuple(seen_in(one.row.source, one.row.read) for one in found)
    )


def counted_trials(condition: str | None, *, plain: bool = True) -> tuple[Said, ...]:
    """Say how many comparisons found no difference, how many found less pain with ketamine."""
    rows = [one.row for one in compared(condition)]
    if not rows:
        text = _("In this kind of pain no fair test of ketamine against a dummy drug is known.")
        return (Said(text=text, status=_("none is in the library")),)
    none = sum(row.found == "no_difference" for row in rows)
    less = sum(row.found == "less" for row in rows)
    text = (
        _(
            "Fair tests against a dummy drug: no difference in {none}, less pain in {less}, bare"
            " numbers in {bare}."
        )
        if plain
        else _(
            "Comparisons with placebo, randomised: no difference in {none}, less pain in {less},"
            " bare numbers in {bare}."
        )
    ).format(none=none, less=less, bare=len(rows) - none - less)
    status = _("counted in the table of trials here, each with its source")
    return (Said(text=text, origins=(Origin("mark", "derived"),), status=status),)


def lengths_table(condition: str | None) -> SourcedTable:
    """Show what studies say of how long relief lasted, with or without a control group."""
    from respite.evidence import find_trials

    rows = [row for row in find_trials(condition).rows if row.measure == "relief_duration"]
    table = Table(
        caption=_("How long relief lasted, as studies tell it"),
        head=(_("Study"), _("pain"), _("what was counted"), _("figure"), _("control group")),
        rows=tuple(
            (
                _title(row),
                plainly(row.condition),
                f"{row.what}. {row.note}".rstrip(". ") + ".",
                value_words(row),
                _("placebo") if row.kind == "randomised_placebo" else _("none"),
            )
            for row in rows
        ),
        align="text",
    )
    return SourcedTable(table=table, of_rows=tuple(seen_in(row.source, row.read) for row in rows))


def _title(row: TrialRow) -> str:
    from respite.literature import load_library

    return load_library().study(row.study).title


def _found(one: Compared, *, plain: bool) -> str:
    row = one.row
    note = f" {row.note}" if row.note and not plain else ""
    if one.beside is not None:
        text = _("{what}: {with_drug} with ketamine, {without} with placebo.").format(
            what=row.what,
            with_drug=value_words(row),
            without=value_words(one.beside),
        )
        return f"{text}{note}"
    if row.found != "not_reported":
        return f"{found_words(row.found)}.{note}"
    if row.value is None:
        return f"{_('no number')}. {row.note}" if row.note else _("no number")
    return f"{row.what}: {value_words(row)}.{note}"
