"""What is sent from the pages of messages."""

from __future__ import annotations

from django import forms

from respite.clinic.contact.once import LongText, Once
from respite.domain import translate as _

LONGEST = 4000
"""Letters of one message; ours."""

FARTHEST = 2**63 - 1
"""More than any number of a row."""


class MessageForm(Once):
    """A message of a patient."""

    text = LongText(
        LONGEST,
        5,
        label=_("Your message"),
        error_messages={"required": _("There is nothing to send yet. Please write something.")},
    )


class SeenForm(forms.Form):
    """The last message that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=FARTHEST)


class ReplyForm(MessageForm, SeenForm):
    """A message of the clinic, and what it answers."""

    field_order = ("client_id", "seen", "text")
