"""A letter on paper: the very same words as a PDF, where the library that lays it out is there."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.template.loader import render_to_string

from respite.clinic.letters.models import LetterRecord
from respite.clinic.letters.queries import shown_parts
from respite.report import pdf_of

LAYOUT = Path(__file__).parents[1] / "static" / "clinic" / "letter_paper.css"
"""How a letter stands on paper; the page carries it, and asks for nothing outside."""


def pdf_answer(letter: LetterRecord) -> HttpResponse:
    """Give a letter as a PDF.

    Raises
    ------
    RespiteError
        Where what lays pages out is not installed.
    """
    told = {"letter": letter, "parts": shown_parts(letter), "layout": LAYOUT.read_text("utf-8")}
    page = render_to_string("letters/paper.html", told)
    answer = HttpResponse(pdf_of(page), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letter-{letter.pk}.pdf"'
    return answer
