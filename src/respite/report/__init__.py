"""The same sentences, tables, figures and citations for every face.

The question this room answers: how is an answer said? It decides nothing and
computes nothing. It may import every room below but ``engine``.
Start reading at ``sentences.py``, then ``front.py``.
"""

from respite.report.front import forecast, require_drawing, simulate, write_report
from respite.report.shown import (
    Format,
    TableFormat,
    draw_comparison,
    show_checks,
    show_citation,
    show_forecast,
    show_model,
    show_models,
    show_simulation,
)

__all__ = [
    "Format",
    "TableFormat",
    "draw_comparison",
    "forecast",
    "require_drawing",
    "show_checks",
    "show_citation",
    "show_forecast",
    "show_model",
    "show_models",
    "show_simulation",
    "simulate",
    "write_report",
]
