"""A page as SVG or PNG, drawn by matplotlib's objects; no window, no current figure."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text as MatplotlibText
from matplotlib.transforms import Affine2D

from alsu_kg.answers.drawing_page import Area, Box, Line, Page, Text, font_properties

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
        to_figure = Affine2D().scale(1, -1).translate(0, page.height).scale(1 / _POINTS_PER_INCH)
        artists = [_make_artist(shape) for shape in page.shapes] + [_make_text(text) for text in page.texts]
        for layer, artist in enumerate(artists):
            artist.set(transform=to_figure + figure.dpi_scale_trans, zorder=layer)
            figure.add_artist(artist)
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


def _make_artist(shape: Box | Line | Area) -> Artist:
    if isinstance(shape, Line):
        return _make_line(shape)
    if isinstance(shape, Area):
        return Polygon(shape.points, closed=True, facecolor=shape.colour, edgecolor="none")
    x, y, width, height = shape.rect
    patch: Patch = Rectangle((x, y), width, height)
    if shape.rounding:
        style = f"round,pad=0,rounding_size={shape.rounding}"
        patch = FancyBboxPatch((x, y), width, height, boxstyle=style)
    patch.set(facecolor=shape.face, edgecolor=shape.edge, linewidth=shape.width, hatch=shape.hatch)
    return patch


def _make_line(line: Line) -> Artist:
    (x, y), *controls = line.points
    codes = [Path.MOVETO, *([Path.CURVE4 if line.curved else Path.LINETO] * len(controls))]
    patch = PathPatch(Path([(x, y), *controls], codes), facecolor="none", edgecolor=line.colour, linewidth=line.width)
    patch.set(linestyle=(0, line.dashes) if line.dashes else "solid", capstyle="butt", joinstyle="miter")
    return patch


def _make_text(text: Text) -> Artist:
    font = text.font
    place = (text.rect.x, text.rect.y + font.size * _ASCENT)
    return MatplotlibText(
        *place, text.text, color=font.colour, fontproperties=font_properties(font), parse_math=False, va="baseline"
    )
