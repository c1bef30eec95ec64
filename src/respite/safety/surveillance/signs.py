"""Signs in the dosing history itself: dose creep, shorter intervals, many sessions in a year."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import translate as _
from respite.literature import Library, Parameter
from respite.safety.surveillance.due import Due, as_sentence
from respite.safety.surveillance.occasions import Case


def signs_of(case: Case, library: Library) -> Iterator[Due]:
    """Give a review that is due at once for each sign that the history shows."""
    limits = {
        name: library.convention(f"surveillance.{name}")
        for name in ("dose_creep", "shorter_intervals", "sessions_a_year")
    }
    rise, fall = case.exposure.dose_rise_percent, case.exposure.interval_fall_percent
    if rise is not None and rise >= limits["dose_creep"].typical.value:
        told = _("The daily dose rose by {percent:.0f} % within 90 days.").format(percent=rise)
        yield _review(case, library, "misuse", told, limits["dose_creep"])
    if fall is not None and fall >= limits["shorter_intervals"].typical.value:
        told = _("Intervals between doses shrank by {percent:.0f} % within 90 days.").format(
            percent=fall
        )
        yield _review(case, library, "misuse", told, limits["shorter_intervals"])
    most = limits["sessions_a_year"]
    # Those who take ketamine daily are watched as such; sessions are for all others.
    if case.tier != "near_daily" and case.exposure.sessions_365 > most.typical.value:
        told = _("{count} sessions within a year, more than {most:g}.").format(
            count=case.exposure.sessions_365, most=most.typical.value
        )
        yield _review(case, library, "benefit", told, most)


def _review(case: Case, library: Library, name: str, told: str, limit: Parameter) -> Due:
    item = library.surveillance[name]
    is_recalled = limit.read == "recalled"
    return Due(
        item=item.id,
        title=item.title,
        what=item.does,
        due=case.on,
        is_overdue=False,
        last_done=None,
        reason=_("{sign} Review benefit, tolerance and misuse before the next dose.").format(
            sign=told
        ),
        harm=as_sentence(item.why),
        triggers=item.triggers,
        number_is="recalled" if is_recalled else "ours",
        status=limit.status,
        source=limit.source or "respite",
    )
