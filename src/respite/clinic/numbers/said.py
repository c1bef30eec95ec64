"""The clinic's numbers as sentences and tables; small cells are left out for researchers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from respite.clinic.numbers.outcomes import PEG_DAYS, WINDOWS
from respite.clinic.treatments.sessions.watch import effect_titles
from respite.domain import translate as _
from respite.evidence import share_interval95

FEWEST_SHOWN = 5
"""Researchers see no count of fewer people than this; ours, and usual."""

EVERYTHING = 1

NOT_ASSESSED = ("missing", "treated again", "not yet")
"""Why somebody has no outcome."""

Rows = tuple[tuple[str, ...], ...]


def table(caption: str, head: Sequence[str], rows: Rows, align: str = "number") -> dict[str, Any]:
    """Give a table as pages draw one."""
    return {"caption": caption, "head": tuple(head), "rows": rows, "align": align}


def hidden_of(parts: Mapping[str, int], least: int) -> set[str]:
    """Say which parts of a whole must not be shown, so that none can be worked out either.

    Parameters
    ----------
    parts
        Counts that sum to a number that is shown.
    least
        The smallest count that may be shown; zero may.

    Returns
    -------
    Every part that is too small; with a single one, the next smallest as well.
    """
    small = {name for name, count in parts.items() if 0 < count < least}
    if len(small) == 1:
        others = sorted((count, name) for name, count in parts.items() if name not in small)
        filled = [name for count, name in others if count]
        small.update(filled[:1])
    return small


def counted(count: int, least: int) -> str:
    """Write a count, or that it is too small to be shown."""
    return _("fewer than {n}").format(n=least) if 0 < count < least else f"{count}"


def part_of(count: int, of: int, least: int) -> str:
    """Write a count among others; not where those left over are too few to be shown."""
    return _("not shown") if 0 < of - count < least else counted(count, least)


def share_of(count: int, of: int, least: int) -> str:
    """Write a share with its 95 % interval, or why there is none.

    Examples
    --------
    >>> share_of(3, 10, 1), share_of(0, 0, 1), share_of(3, 10, 5)
    ('3 of 10: 30% (11% to 60%)', 'nobody assessed', 'too few to show')
    """
    if not of:
        return _("nobody assessed")
    if 0 < count < least or 0 < of - count < least or of < least:
        return _("too few to show")
    low, high = share_interval95(count / of, of)
    return _("{count} of {of}: {share} ({low} to {high})").format(
        count=count, of=of, share=f"{count / of:.0%}", low=f"{low:.0%}", high=f"{high:.0%}"
    )


def bounds_of(count: int, of: int, missing: int, least: int) -> str:
    """Write between which shares the truth lies, whatever those who are missing had."""
    if not of + missing or min(x for x in (count, of - count, missing, least) if x) < least:
        return "-"
    low, high = count / (of + missing), (count + missing) / (of + missing)
    if not missing:
        return f"{low:.0%}"
    return _("{low} to {high}").format(low=f"{low:.0%}", high=f"{high:.0%}")


def who_table(numbers: Mapping[str, Any], least: int) -> dict[str, Any]:
    """Say how many patients there are, were treated, and how much is known of them."""
    sessions = numbers["effects"]["sessions"]
    rows = (
        (_("Patients on record"), counted(numbers["patients"], least)),
        (
            _("Treated: at least one dose on record"),
            part_of(numbers["treated"], numbers["patients"], least),
        ),
        (
            _("Followed here, in a session or with a diary"),
            part_of(numbers["followed"], numbers["treated"], least),
        ),
        (_("Sessions in which something was given"), counted(sessions, least)),
        (_("Pain scores they wrote"), counted(numbers["scores"], least)),
    )
    return table(_("Patients and sessions"), (_("What"), _("how many")), rows)


def doses_table(numbers: Mapping[str, Any], least: int) -> dict[str, Any]:
    """Count doses and patients by drug and route."""
    rows = tuple(
        (
            way,
            counted(people, least),
            "-" if people < least else f"{numbers['doses'][way]}",
        )
        for way, people in sorted(numbers["people"].items(), key=lambda one: (-one[1], one[0]))
    )
    head = (_("Drug and route"), _("patients"), _("doses"))
    return table(_("Doses by route"), head, rows)


def falls() -> dict[str, str]:
    """Give the falls of pain that are counted, in words."""
    return {
        "30%": _("at least 30% less pain"),
        "50%": _("at least 50% less pain"),
        "2points": _("at least 2 points less"),
    }


def outcome_tables(numbers: Mapping[str, Any], least: int) -> list[dict[str, Any]]:
    """Give the shares with less pain at each time, and before them who could not be assessed."""
    windows = {day: numbers["windows"].get(str(day), {}) for day in WINDOWS}
    return [
        _assessed_table(numbers, windows, least),
        _falls_table(windows, least),
        _bounds_table(windows, least),
    ]


def _assessed_table(
    numbers: Mapping[str, Any], windows: Mapping[int, Mapping[str, int]], least: int
) -> dict[str, Any]:
    words = {
        "assessed": _("assessed"),
        "missing": _("missing: no score in that week"),
        "treated again": _("treated again before"),
        "not yet": _("that day has not come"),
    }
    columns = {_after(day): told for day, told in windows.items()}
    columns[_("PEG")] = numbers["peg"]
    hidden = {
        head: hidden_of({name: told.get(name, 0) for name in words}, least)
        for head, told in columns.items()
    }
    rows = tuple(
        (
            words[name],
            *(
                _("not shown") if name in hidden[head] else f"{told.get(name, 0)}"
                for head, told in columns.items()
            ),
        )
        for name in words
    )
    caption = _("Who could be assessed, of {n} patients who were followed").format(
        n=part_of(numbers["followed"], numbers["treated"], least)
    )
    return table(caption, ("", *columns), rows)


def _falls_table(windows: Mapping[int, Mapping[str, int]], least: int) -> dict[str, Any]:
    rows = tuple(
        (
            words,
            *(
                share_of(told.get(name, 0), told.get("assessed", 0), least)
                for told in windows.values()
            ),
        )
        for name, words in falls().items()
    )
    caption = _("Less pain than before the first course: share of those assessed (95% interval)")
    return table(caption, (_("Fall"), *map(_after, windows)), rows, "text")


def _bounds_table(windows: Mapping[int, Mapping[str, int]], least: int) -> dict[str, Any]:
    rows = tuple(
        (
            words,
            *(
                bounds_of(told.get(name, 0), told.get("assessed", 0), told.get("missing", 0), least)
                for told in windows.values()
            ),
        )
        for name, words in falls().items()
    )
    caption = _("Whatever those missing had: lowest and highest share that are possible")
    return table(caption, (_("Fall"), *map(_after, windows)), rows)


def _after(day: int) -> str:
    return _("after {n} days").format(n=day)


def peg_sentence(numbers: Mapping[str, Any], least: int) -> str:
    """Say how many fell by a point on the PEG."""
    peg = numbers["peg"]
    told = share_of(peg.get("fell", 0), peg.get("assessed", 0), least)
    missing = peg.get("missing", 0)
    if 0 < missing < least:
        return _("PEG, at least 1 point less within {days} days: {told}.").format(
            days=PEG_DAYS, told=told
        )
    return _("PEG, at least 1 point less within {days} days: {told}; missing: {missing}.").format(
        days=PEG_DAYS, told=told, missing=missing
    )


def missing_sentences(numbers: Mapping[str, Any], least: int) -> list[str]:
    """Say loudly how many have no outcome though the day has come."""
    found: list[str] = []
    for day in WINDOWS:
        told = numbers["windows"].get(str(day), {})
        missing, due = told.get("missing", 0), told.get("missing", 0) + told.get("assessed", 0)
        if missing and not 0 < missing < least and not 0 < due - missing < least:
            found.append(
                _("{missing} of {due} have no score in the week up to day {day}.").format(
                    missing=missing, due=due, day=day
                )
            )
    return found


def returns_said(numbers: Mapping[str, Any], least: int) -> dict[str, Any]:
    """Give the time to pain return: sentences, tables, and what the curve leaves out.

    Researchers see the shares at set days, and neither curve nor counts by course: with few
    patients a step is one of them.
    """
    returns, unseen = numbers["returns"], numbers["unseen"]
    left = [
        _("{n} courses are left out: too little was written after the last dose.").format(n=n)
        for n in [unseen.get("diary", 0)]
        if n >= least
    ]
    left += [
        _("{n} courses are left out: pain before treatment is not known, or was too low.").format(
            n=n
        )
        for n in [unseen.get("baseline", 0)]
        if n >= least
    ]
    left += [
        _("{n} courses brought no relief, or lost it before the last dose: they count as lost"
          " at once.").format(n=n)
        for n in [unseen.get("never", 0)]
        if n >= least
    ]  # fmt: skip
    if not returns or returns["answer"]["patients"] < least:
        return {"headline": [_few_words(returns, least)], "tables": [], "notes": [], "left": left}
    words = returns["words"]
    if returns["answer"]["courses"] < returns["of"]:
        left.append(
            _("There are {of} courses: {n} of them were drawn by chance.").format(
                of=returns["of"], n=returns["answer"]["courses"]
            )
        )
    tables = words["tables"] if least == EVERYTHING else [words["shares"]]
    return {
        "headline": words["headline"],
        "question": words["question"],
        "tables": tables,
        "notes": words["notes"],
        "left": left,
        "curve": returns["answer"]["groups"][0] if least == EVERYTHING else None,
    }


def _few_words(returns: Mapping[str, Any], least: int) -> str:
    if not returns:
        return _("No diary shows yet how long relief lasted after a course.")
    return _("Fewer than {n} patients have a diary after a course: not shown.").format(n=least)


def record_said(numbers: Mapping[str, Any], least: int) -> dict[str, Any]:
    """Say whether forecasts came true, also where they did not; too few is said."""
    record = numbers["record"]
    said = dict(record)
    if 0 < record["persons"] < least:
        words = _("Fewer than {n} patients can be compared: not shown.").format(n=least)
        return {"headline": [words], "verdicts": [], "tables": [], "notes": [], "about": []}
    about = []
    if record["persons"]:
        about.append(
            _("{persons} of {of} patients with a forecast wrote scores after one.").format(
                persons=record["persons"], of=record["of_people"]
            )
        )
    if record["drawn"] < record["of_people"]:
        about.append(_("{n} of them were drawn by chance.").format(n=record["drawn"]))
    if record["unreadable"] >= least:
        about.append(
            _("Forecasts of {n} patients could not be held against their diary.").format(
                n=record["unreadable"]
            )
        )
    if least > EVERYTHING:
        # The last table counts single losses.
        said["tables"] = record["tables"][:2]
    return said | {"about": about}


def effects_table(numbers: Mapping[str, Any], least: int) -> dict[str, Any] | None:
    """Count unwanted effects per 100 sessions in which anything was written about them.

    Researchers see those that enough people had: many sessions may be those of one.
    """
    effects = numbers["effects"]
    asked = effects["asked"]
    if not asked:
        return None
    titles = effect_titles()
    order = sorted(effects["by"].items(), key=lambda one: (-one[1]["any"], one[0]))
    rows = tuple(
        (
            titles.get(name, titles["other"]),
            f"{told['any']}",
            _per_100(told["any"], asked),
            f"{told['severe']}" if not 0 < told["severe_people"] < least else _("not shown"),
        )
        for name, told in order
        if told["people"] >= least
    )
    head = (_("Effect"), _("sessions"), _("per 100 sessions (95% interval)"), _("severe"))
    return table(_("Unwanted effects in sessions"), head, rows)


def _per_100(count: int, of: int) -> str:
    low, high = share_interval95(count / of, of)
    return _("{share} ({low} to {high})").format(
        share=f"{100 * count / of:.0f}", low=f"{100 * low:.0f}", high=f"{100 * high:.0f}"
    )


def effects_sentence(numbers: Mapping[str, Any], least: int) -> str:
    """Say in how many sessions nothing was written about unwanted effects."""
    effects = numbers["effects"]
    silent = effects["sessions"] - effects["asked"]
    return _(
        "Nothing was written about unwanted effects in {silent} of {sessions} sessions: those are"
        " not counted as sessions without any."
    ).format(silent=counted(silent, least), sessions=counted(effects["sessions"], least))
