"""What is due and what comes next, as tables and text for every face.

Both are built of the same pieces, so that a check of a plan and a plan can
show them within their own pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.report import basis
from respite.report.layout import Page
from respite.report.phrases import spoken
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.literature import NumberIs
    from respite.planning import NextStep
    from respite.safety import Due, SurveillancePlan


def surveillance_text(plan: SurveillancePlan, *, page: Page) -> str:
    """Write what is to be watched as a page of its own."""
    blocks = [
        _lead(page, exposure_sentence(plan)),
        *(page.table(table) for table in surveillance_tables(plan)),
        "\n".join(
            [page.heading(_("What follows from what is found")), *map(page.item, actions(plan))]
        ),
        "\n".join([page.heading(_("To keep in mind")), *map(page.item, plan.remarks)]),
        "\n".join([page.heading(_("Where this comes from")), page.paragraph(sources_of(plan))]),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def exposure_sentence(plan: SurveillancePlan) -> str:
    """Say how much exposure there was, and what it will come to."""
    now, end = plan.exposure, plan.at_end_of_plan
    told = _("Up to {day}: ketamine on {days} of 180 days").format(
        day=plan.on.isoformat(), days=now.days_in_180
    )
    if end is not None:
        told = _("{now}; with the plan {days} of 180 days").format(now=told, days=end.days_in_180)
    return _("{told} ({tier}).").format(told=told, tier=tier_words(plan.tier))


def surveillance_tables(plan: SurveillancePlan) -> tuple[Table, ...]:
    """Show what is due, by day and reason, and how much was given."""
    alike: dict[tuple[str, str], list[Due]] = {}
    for one in plan.due:
        alike.setdefault((_day(one), one.reason), []).append(one)
    due = Table(
        caption=_("Due"),
        head=(_("Day"), _("what"), _("why")),
        rows=tuple(
            (day, "; ".join(map(_title, group)), reason) for (day, reason), group in alike.items()
        ),
        align="text",
    )
    return tuple(table for table in (due, exposure_table(plan)) if table.rows)


def exposure_table(plan: SurveillancePlan) -> Table:
    """Show exposure now and at the end of the plan, each drug by itself."""
    states = [one for one in (plan.exposure, plan.at_end_of_plan) if one is not None]
    drugs = sorted({drug for one in states for drug in one.cumulative_mg})
    rows = [
        (_("days with ketamine of 180"), *(str(one.days_in_180) for one in states)),
        (_("days with ketamine of 365"), *(str(one.days_in_365) for one in states)),
        (_("sessions within a year"), *(str(one.sessions_365) for one in states)),
        (_("long infusions"), *(str(len(one.long_infusions)) for one in states)),
    ]
    for drug in drugs:
        cells = (_milligrams(one.cumulative_mg.get(drug, 0)) for one in states)
        rows.append((_("{drug} in all (mg of base)").format(drug=drug), *cells))
    heads = (_("up to {day}"), _("with the plan, up to {day}"))
    head = tuple(
        words.format(day=one.on.isoformat()) for words, one in zip(heads, states, strict=False)
    )
    return Table(caption=_("Exposure"), head=(_("Exposure"), *head), rows=tuple(rows))


def actions(plan: SurveillancePlan) -> tuple[str, ...]:
    """Say what follows from each finding, item by item, each item once."""
    watched = {one.title: one.triggers for one in plan.due} | {
        one.title: one.triggers for one in plan.on_trigger
    }
    return tuple(
        _("{title}. {findings}").format(
            title=title,
            findings=" ".join(
                _("{threshold}: {action} ({whose}).").format(
                    threshold=opened(trigger.threshold),
                    action=trigger.action,
                    whose=whose(trigger.number_is),
                )
                for trigger in triggers
            ),
        )
        for title, triggers in watched.items()
        if triggers
    )


def sources_of(plan: SurveillancePlan) -> str:
    """Name the sources of each item that is due."""
    by_title: dict[str, dict[str, None]] = {}
    for one in plan.due:
        by_title.setdefault(one.title, {})[one.source] = None
    told = (
        _("{title}: {sources}").format(title=title, sources=", ".join(keys))
        for title, keys in by_title.items()
    )
    return _("{sources}.").format(sources="; ".join(told))


def next_step_text(step: NextStep, *, page: Page) -> str:
    """Write the next step as a page of its own."""
    blocks = [
        _lead(page, step_sentence(step)),
        _listed(page, _("Why"), step.reasons),
        _listed(page, _("To be asked first"), step.asks),
        _listed(page, _("What no source says"), step.holes),
        page.table(rules_table(step)) if step.basis else "",
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def step_sentence(step: NextStep) -> str:
    """Say the next step in a sentence."""
    words = {
        "start": _("Start"),
        "step up": _("Step up"),
        "keep": _("Keep"),
        "step down": _("Step down"),
        "stop": _("Stop"),
        "taper": _("Taper"),
        "lengthen interval": _("Lengthen the interval"),
    }
    kind = words[step.kind.value]
    if step.regimen is None:
        return _("Next step: {kind}.").format(kind=kind.lower())
    return _("Next step: {kind}: {regimen}").format(kind=kind.lower(), regimen=step.regimen)


def rules_table(step: NextStep) -> Table:
    """Show the rules that a step rests on, and whose numbers they are."""
    return Table(
        caption=_("What it rests on"),
        head=(_("Rule"), _("number"), _("source")),
        rows=tuple((one.words, whose(one.number_is), one.source) for one in step.basis),
        align="text",
    )


def due_rows(plan: SurveillancePlan) -> list[dict[str, Any]]:
    """Give what is due as rows of a table for programs."""
    kept = ("item", "title", "due", "is_overdue", "last_done", "reason", "number_is", "source")
    return [{name: one.to_dict()[name] for name in kept} for one in plan.due]


def tier_words(tier: str) -> str:
    """Say how often ketamine is given."""
    words = {
        "none": _("no exposure"),
        "single": _("a few days"),
        "intermittent": _("intermittent"),
        "near_daily": _("near-daily"),
    }
    return words[tier]


def whose(number_is: NumberIs) -> str:
    """Say whose a number is."""
    words = {
        "source": _("of the source"),
        "ours": _("ours"),
        "mixed": _("partly ours"),
        "recalled": _("recalled, not seen"),
        "none": _("no number"),
    }
    return words.get(number_is, spoken(number_is))


def _lead(page: Page, text: str) -> str:
    """Set the first sentence of a page, which may be longer than a line."""
    return "\n".join(map(page.heading, page.paragraph(text).splitlines()))


def _day(one: Due) -> str:
    day = one.due.isoformat()
    return _("{day}, overdue").format(day=day) if one.is_overdue else day


def _title(one: Due) -> str:
    if one.number_is == "none":
        return one.title
    return _("{title} ({whose})").format(title=one.title, whose=whose(one.number_is))


def opened(text: str) -> str:
    """Give a text a capital at its start, but where a capital follows, as in eGFR."""
    return text if text[1:2].isupper() else f"{text[:1].upper()}{text[1:]}"


def _milligrams(amount: float | None) -> str:
    return _("not known: no weight") if amount is None else f"{amount:,.0f}"


def _listed(page: Page, heading: str, items: tuple[str, ...]) -> str:
    return "\n".join([page.heading(heading), *map(page.item, items)]) if items else ""
