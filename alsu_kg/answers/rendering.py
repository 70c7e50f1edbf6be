"""A page as SVG or PNG, drawn by matplotlib's objects; no window, no current figure."""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, Polygon, Rectangle

from alsu_kg.answers.drawing import Area, Box, Line, Page, Point, Text, font_properties

Format = Literal["svg", "png"]

_ASCENT: Final = 0.95
_PNG_DPI: Final = 120
_POINTS_PER_INCH: Final = 72
_settings_lock = threading.Lock()


def render(page: Page, form: Format) -> bytes:
    """Give the picture of ``page`` as SVG or PNG; the same page gives the same bytes.

    While it draws, matplotlib's settings are its defaults, whatever the user's file of settings says.
    """
    with _settings():
        figure = Figure(figsize=(page.width / _POINTS_PER_INCH, page.height / _POINTS_PER_INCH), facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, page.width), ylim=(page.height, 0))
        axes.axis("off")
        for layer, shape in enumerate(page.shapes):
            _draw(axes, shape, layer)
        for text in page.texts:
            _draw_text(axes, text, len(page.shapes))
        file = io.BytesIO()
        creator = {"Title": page.title, "Date": None, "Creator": "alsu-kg"} if form == "svg" else {"Software": None}
        figure.savefig(file, format=form, dpi=_PNG_DPI, metadata=creator)
    return file.getvalue()


@contextmanager
def _settings() -> Iterator[None]:
    with _settings_lock, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "alsu-kg"
        mpl.rcParams["svg.fonttype"] = "path"
        mpl.rcParams["text.hinting"] = "none"
        mpl.rcParams["hatch.linewidth"] = 0.6
        yield


def _draw(axes: Axes, shape: Box | Line | Area, layer: int) -> None:
    if isinstance(shape, Line):
        _draw_line(axes, shape, layer)
    elif isinstance(shape, Area):
        axes.add_patch(Polygon(shape.points, closed=True, facecolor=shape.colour, edgecolor="none", zorder=layer))
    else:
        _draw_box(axes, shape, layer)


def _draw_line(axes: Axes, line: Line, layer: int) -> None:
    xs, ys = zip(*(_curve(line.points) if line.curved else line.points), strict=True)
    drawn = Line2D(xs, ys, color=line.colour, linewidth=line.width, dash_capstyle="butt", solid_capstyle="butt")
    if line.dashes:
        drawn.set_linestyle((0, line.dashes))
    drawn.set_zorder(layer)
    axes.add_line(drawn)


def _curve(points: Sequence[Point]) -> list[Point]:
    """Give points along the cubic Bézier curve with four controls."""
    steps = [i / 24 for i in range(25)]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps]
    return [
        (sum(w * p[0] for w, p in zip(w4, points, strict=True)), sum(w * p[1] for w, p in zip(w4, points, strict=True)))
        for w4 in weights
    ]


def _draw_box(axes: Axes, box: Box, layer: int) -> None:
    x, y, width, height = box.rect
    patch: Patch = Rectangle((x, y), width, height)
    if box.rounding:
        style = f"round,pad=0,rounding_size={box.rounding}"
        patch = FancyBboxPatch((x, y), width, height, boxstyle=style)
    patch.set(facecolor=box.face, edgecolor=box.edge, linewidth=box.width, hatch=box.hatch, zorder=layer)
    axes.add_patch(patch)


def _draw_text(axes: Axes, text: Text, layer: int) -> None:
    font = text.font
    axes.text(
        text.rect.x,
        text.rect.y + font.size * _ASCENT,
        text.text,
        color=font.colour,
        fontproperties=font_properties(font),
        parse_math=False,
        va="baseline",
        ha="left",
        zorder=layer,
    )
