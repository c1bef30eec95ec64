"""Topics as faces print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.layout import this_page
from respite.report.plain import json_text

if TYPE_CHECKING:
    from respite.report.shown import Format
    from respite.report.topics.sourced import Topic


def show_topic(topic: Topic, form: Format = "text") -> str:
    """Show a topic.

    Parameters
    ----------
    topic
        The topic.
    form
        As what.
    """
    from respite.report.topics.topic_text import topic_data, topic_text

    return json_text(topic_data(topic)) if form == "json" else topic_text(topic, page=this_page())


def show_topics() -> str:
    """List the topics by name."""
    from respite.report.topics.telling import topic_titles

    page = this_page()
    lines = [page.item(f"{name}: {title}") for name, title in topic_titles().items()]
    more = _("One of them: respite learn NAME; for clinicians: --face clinicians")
    return "\n".join([page.heading(_("What to read")), *lines, "", page.paragraph(more)]) + "\n"
