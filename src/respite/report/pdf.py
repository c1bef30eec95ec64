"""A page of HTML as PDF: the very same page, laid out for paper."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Any

from respite.domain import RespiteError
from respite.domain import translate as _

VARIANT = "pdf/ua-1"
"""Tagged, with title and language, so that a screen reader can read it aloud."""


def pdf_of(page: str) -> bytes:
    """Lay a page out on paper.

    Parameters
    ----------
    page
        A whole page of HTML that needs nothing but itself.

    Returns
    -------
    The PDF: tagged, with the title and the language of the page.

    Raises
    ------
    RespiteError
        Where what lays pages out is not installed.
    ValueError
        Where the page asks for something outside itself; nothing is ever fetched.
    """
    require_pdf()
    library: Any = import_module("weasyprint")
    fetching: Any = import_module("weasyprint.urls")
    asked_outside: list[str] = []

    class OnlyInside(fetching.URLFetcher):
        """Reads what a page carries, and refuses what it points to."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                asked_outside.append(url)
                raise ValueError(url)
            return fetching.URLFetcher.fetch(self, url, headers)

    made: bytes = library.HTML(string=page, url_fetcher=OnlyInside()).write_pdf(pdf_variant=VARIANT)
    if asked_outside:
        raise ValueError(f"a page must carry all it shows, and this one asks for {asked_outside}")
    return made


def as_files(pages: Mapping[str, str], *, pdf: bool) -> dict[str, bytes]:
    """Give each page as the content of a file, and of a PDF beside it where asked.

    Parameters
    ----------
    pages
        Pages of HTML by name.
    pdf
        Whether PDF is asked for.

    Returns
    -------
    Contents by file name.
    """
    files = {f"{name}.html": page.encode() for name, page in pages.items()}
    if pdf:
        files |= {f"{name}.pdf": pdf_of(page) for name, page in pages.items()}
    return files


def require_pdf() -> None:
    """Refuse PDF in words where what lays it out is missing."""
    try:
        # What it prints and warns of while it is loaded is said in the sentences below.
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import_module("weasyprint")
    except ImportError:
        raise RespiteError(
            _("PDF was asked for, but the library that lays it out is not installed."),
            _("WeasyPrint, which comes with the optional part 'pdf' of Respite."),
            _("install that part, or leave out --pdf."),
        ) from None
    except OSError as error:
        raise RespiteError(
            _("PDF was asked for, but a library of the system is missing: {reason}.").format(
                reason=str(error).partition("\n")[0].rstrip(".")
            ),
            _("Pango, which sets the letters."),
            _(
                "on Debian or Ubuntu, apt install libpango-1.0-0 libpangoft2-1.0-0"
                " libharfbuzz-subset0; or leave out --pdf."
            ),
        ) from None
    if not _fonts_installed():
        raise RespiteError(
            _("PDF was asked for, but no font is installed that could write it."),
            _("a font of the system, such as Liberation Sans."),
            _("on Debian or Ubuntu, apt install fonts-liberation; or leave out --pdf."),
        )


def _fonts_installed() -> int:
    """Count the fonts of the system; without any, setting a letter ends the process."""
    bound: Any = import_module("weasyprint.text.ffi")
    ffi, fontconfig = bound.ffi, bound.fontconfig
    settings = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    fonts = fontconfig.FcConfigGetFonts(settings, fontconfig.FcSetSystem)
    return 0 if fonts == ffi.NULL else int(fonts.nfont)
