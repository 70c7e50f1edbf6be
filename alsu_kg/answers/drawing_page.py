"""A page to draw on: boxes, lines, areas, and texts whose size is known before they stand anywhere.

A page is plain data in points (1/72 inch) from the upper left corner, so a layout can be tested without a picture. Texts
are measured in DejaVu Sans, which matplotlib brings along, so a layout is the same on every machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

Dashes = tuple[float, ...]
Point = tuple[float, float]

INK: Final = "#1a1a1a"
GREY: Final = "#767676"
_FAMILY: Final = "DejaVu Sans"
_LEADING: Final = 1.28
_UNITS: Final = 100
_POINTS_PER_INCH: Final = 72
_SIXTEEN_BITS: Final = 65536
_SPACE: Final = re.compile("[ \t\n\r\f\v]+")
_UNKNOWN_CHARACTER: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Font:
    """How a text looks; ``size`` in points."""

    size: float = 9
    bold: bool = False
    italic: bool = False
    colour: str = INK

    @property
    def leading(self) -> float:
        """Give the distance from one line to the next in points."""
        return self.size * _LEADING


class Rect(NamedTuple):
    """A rectangle; ``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text at ``rect``."""

    text: str
    rect: Rect
    font: Font


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with face and edge; ``rounding`` in points."""

    rect: Rect
    face: str = "white"
    edge: str = INK
    rounding: float = 0
    hatch: str = ""
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line through ``points``, or a Bézier curve with them as its four controls; ``dashes`` in line widths."""

    points: tuple[Point, ...]
    colour: str = INK
    dashes: Dashes = ()
    width: float = 1.2
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str


@dataclass(slots=True)
class Page:
    """What stands on a picture, in drawing order; texts are drawn last."""

    title: str
    width: float = 0
    height: float = 0
    shapes: list[Box | Line | Area] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(self, where: Point, lines: str | Sequence[str], font: Font, *, align: float = 0) -> Rect:
        """Write lines of text below each other and give the room they take.

        ``where`` is the upper left corner, or with ``align`` 0.5 the middle and with 1 the right end of their upper edge.
        """
        x, y = where
        rects = []
        for position, line in enumerate([lines] if isinstance(lines, str) else lines):
            clean = clean_text(line)
            width = text_width(clean, font)
            rects.append(Rect(x - align * width, y + position * font.leading, width, font.leading))
            self.texts.append(Text(clean, rects[-1], font))
        return _around(rects) if rects else Rect(x, y, 0, 0)

    def write_in(self, rect: Rect, lines: Sequence[str], font: Font) -> None:
        """Write lines of text in the middle of ``rect``."""
        top = rect.y + (rect.height - len(lines) * font.leading) / 2
        self.write((rect.x + rect.width / 2, top), lines, font, align=0.5)


def _around(rects: Sequence[Rect]) -> Rect:
    left, top = min(r.x for r in rects), min(r.y for r in rects)
    right, bottom = max(r.x + r.width for r in rects), max(r.y + r.height for r in rects)
    return Rect(left, top, right - left, bottom - top)


@lru_cache(maxsize=64)
def font_properties(font: Font) -> FontProperties:
    """Give ``font`` as matplotlib names it."""
    return FontProperties(
        family=_FAMILY,
        size=font.size,
        weight="bold" if font.bold else "normal",
        style="oblique" if font.italic else "normal",
    )


@lru_cache(maxsize=2)
def _open_font(*, bold: bool) -> FT2Font:
    """Open the upright font for measuring; slanted characters are as wide. Not shared: drawing changes a font's size."""
    file = FT2Font(font_manager.findfont(font_properties(Font(bold=bold))))
    file.set_size(_UNITS, _POINTS_PER_INCH)
    return file


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    return frozenset(_open_font(bold=False).get_charmap()) & frozenset(_open_font(bold=True).get_charmap())


@lru_cache(maxsize=4096)
def clean_text(text: str) -> str:
    r"""Put a text on one line; a character that the font cannot draw becomes U+FFFD.

    >>> clean_text("NF-κB \n [\U0001f9e0]") == "NF-κB [\ufffd]"
    True
    """
    return "".join(c if ord(c) in _drawable() else _UNKNOWN_CHARACTER for c in _SPACE.sub(" ", text).strip())


@lru_cache(maxsize=4096)
def _advance(character: str, *, bold: bool) -> float:
    glyph = _open_font(bold=bold).load_char(ord(character), LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / _SIXTEEN_BITS


def text_width(text: str, font: Font) -> float:
    """Measure a line of clean text in points, without kerning, so rather too wide than too narrow.

    >>> text_width("iiii", Font()) < text_width("wwww", Font()) < text_width("wwww", Font(size=10))
    True
    """
    return sum(_advance(character, bold=font.bold) for character in text) * font.size / _UNITS


def wrap(text: str, width: float, font: Font, *, most: int = 40) -> list[str]:
    """Break a text into lines no wider than ``width`` points, at spaces where that is possible.

    More than ``most`` lines are cut, which an ellipsis shows.

    >>> wrap("inflammatory cytokines", 70, Font())
    ['inflammatory', 'cytokines']
    """
    lines: list[str] = []
    for word in clean_text(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, font) <= width:
            lines[-1] = joined
        else:
            lines.extend(_break_word(word, width, font))
    return lines if len(lines) <= most else [*lines[: most - 1], _shorten(lines[most - 1], width, font)]


def _shorten(line: str, width: float, font: Font) -> str:
    while line and text_width(line + "…", font) > width:
        line = line[:-1]
    return line + "…"


def _break_word(word: str, width: float, font: Font) -> list[str]:
    """Cut a word that is wider than a line, after a hyphen or slash if there is one, else anywhere."""
    parts = [""]
    for character in word:
        if parts[-1] and text_width(parts[-1] + character, font) > width:
            cut = max(parts[-1].rfind("-"), parts[-1].rfind("/")) + 1
            head, rest = (parts[-1][:cut], parts[-1][cut:]) if cut else (parts[-1], "")
            parts[-1:] = [head, rest]
        parts[-1] += character
    return parts
