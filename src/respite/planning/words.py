"""The sentences that belong to a proposal: why it is made, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.planning.choosing import Choice
from respite.planning.scoring import Scored
from respite.safety import Finding

_MOST_NAMED = 3


def why_proposed(one: Scored, choice: Choice) -> str:
    """Say why a plan is proposed.

    Parameters
    ----------
    one
        The plan.
    choice
        What it was chosen among.
    """
    studied = [each for each in choice.proposed if not each.outside] or list(choice.proposed)
    best = max(studied, key=lambda each: each.mean_days)
    if one is choice.proposed[0] and one is not best:
        return _(
            "Of the plans that cannot be told from the best by days of relief it takes the"
            " fewest hours in care."
        )
    if one is best:
        return _(
            "It gives the most days with relief of the plans within the limits that are given in"
            " ways trials studied."
        )
    places = {
        "clinic": _("Of the plans given in a clinic it gives the most days with relief."),
        "home": _("Of the plans taken at home it gives the most days with relief."),
        "ward": _("Of the plans given on a ward it gives the most days with relief."),
    }
    return places[one.candidate.practice.setting]


def would_change(open_rules: Sequence[Finding]) -> str:
    """Say what would change a proposal: what is not known, and what comes of the first course.

    Parameters
    ----------
    open_rules
        Rules that would refuse it if what is not known were so.
    """
    after = _("a diary of the first sessions without any relief would end it")
    every = list(dict.fromkeys(word for one in open_rules for word in one.missing_words))
    if not every:
        return _("Nothing that is asked now; {after}.").format(after=after)
    named, more = every[:_MOST_NAMED], len(every) - _MOST_NAMED
    if more > 0:
        named.append(translate_plural("{n} more fact", "{n} more facts", more).format(n=more))
    return _(
        "It is off if one of these, not known yet, speaks against it: {named}; {after}."
    ).format(named=listed(named), after=after)


def limit_words(name: str) -> str:
    """Say which limit a plan breaks.

    Parameters
    ----------
    name
        Name of the limit in the library.
    """
    return {
        "highest_level": _("the chance of passing the highest level is too great"),
        "systolic_limit": _("the chance of passing the highest systolic pressure is too great"),
        "chance_of_dissociation": _("dissociation is next to certain"),
    }[name]
