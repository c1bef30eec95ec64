"""A picture of an answer: the drawing, words for who cannot see it, and its numbers."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

import io
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from respite.report import figure_style as style
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure as a reader gets it.

    Attributes
    ----------
    name
        File name without its ending.
    title
        What is shown.
    alt
        What a reader would see, in words.
    png
        The picture itself.
    table
        The numbers that are drawn.
    """

    name: str
    title: str
    alt: str
    png: bytes
    table: Table


_is_drawn: ContextVar[bool] = ContextVar("is_drawn", default=True)


@contextmanager
def undrawn() -> Generator[None]:
    """Make pictures in words alone, without the time that drawing takes: their bytes are empty."""
    token = _is_drawn.set(False)
    try:
        yield
    finally:
        _is_drawn.reset(token)


def png_of(
    draw: Callable[[Axes], None],
    title: str,
    *,
    size: tuple[float, float] = style.SIZE,
    below: bool = False,
) -> bytes:
    """Draw one set of axes, with its legend below where asked, into bytes that never vary."""

    def draw_all(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        draw(axes)
        axes.set_title(title)
        if below:
            figure.legend(loc="outside lower left", ncols=2)

    return png_of_figure(draw_all, size=size)


def png_of_figure(draw: Callable[[Figure], None], *, size: tuple[float, float]) -> bytes:
    """Draw a whole figure, of as many axes as it needs, into bytes that never vary."""
    if not _is_drawn.get():
        return b""
    with _settings():
        figure = Figure(figsize=size, layout="constrained", dpi=style.DOTS_PER_INCH)
        FigureCanvasAgg(figure)
        draw(figure)
        page = io.BytesIO()
        figure.savefig(page, format="png", metadata={"Software": None})
    return page.getvalue()


def _settings() -> AbstractContextManager[Any]:
    laid: dict[Any, Any] = {**mpl.rcParamsDefault, "backend": "agg", **style.SETTINGS}
    return mpl.rc_context(laid)
