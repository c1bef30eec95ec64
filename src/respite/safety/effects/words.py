"""What acute effects are called."""

from __future__ import annotations

from respite.domain import translate as _


def words_of(effect: str) -> str:
    """Give an effect in words that a patient knows.

    Parameters
    ----------
    effect
        Key of the effect.
    """
    words = {
        "dissociation": _("feeling unreal (dissociation)"),
        "dizziness": _("dizziness"),
        "nausea": _("nausea"),
        "vomiting": _("vomiting"),
        "sedation": _("sleepiness"),
        "confusion": _("confusion"),
        "headache": _("headache"),
        "pressure_rise": _("marked rise of pressure"),
        "systolic": _("upper (systolic) blood pressure"),
        "diastolic": _("lower (diastolic) blood pressure"),
        "heart_rate": _("heart rate"),
    }
    return words[effect]
