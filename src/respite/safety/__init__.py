"""May this be given to this person, what may it do on the day, and what must be watched?

It may import ``population`` and below. Acute effects of a plan: ``effects``, from
``effects.acute``, where one question becomes one answer. For hundreds of plans draw once, with
``draw_exposed`` and ``draw_effects``, and ask ``EffectModel.over_plan`` for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.safety.effects.acute import acute_effects
    from respite.safety.effects.answer import AcuteEffect
    from respite.safety.effects.levels import (
        SessionLevels,
        draw_exposed,
        exposed_to,
        session_levels,
    )
    from respite.safety.effects.model import (
        ACUTE_MODEL,
        FELT,
        MEASURED,
        RISING,
        EffectModel,
        draw_effects,
    )
    from respite.safety.effects.sessions import Session, long_of, sessions_of, worn_by

HOMES = {
    "effects.acute": "acute_effects",
    "effects.answer": "AcuteEffect",
    "effects.levels": "SessionLevels draw_exposed exposed_to session_levels",
    "effects.model": "ACUTE_MODEL FELT MEASURED RISING EffectModel draw_effects",
    "effects.sessions": "Session long_of sessions_of worn_by",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "ACUTE_MODEL",
    "FELT",
    "MEASURED",
    "RISING",
    "AcuteEffect",
    "EffectModel",
    "Session",
    "SessionLevels",
    "acute_effects",
    "draw_effects",
    "draw_exposed",
    "exposed_to",
    "long_of",
    "session_levels",
    "sessions_of",
    "worn_by",
]
