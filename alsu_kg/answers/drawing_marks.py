"""How a claim is drawn, the same in every picture: status by line style, direction by arrow head; headings and legends.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), darkened for lines on white; no colour stands alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alsu_kg.answers.drawing_page import GREY, INK, Area, Dashes, Font, Line, Page, wrap

MARGIN: Final = 24.0
WARNING: Final = "#B23A00"
_SAMPLE: Final = 40.0
_HEAD: Final = 7.0
_CROSS: Final = 4.5
_TITLE: Final = Font(15, bold=True)
_SMALL: Final = Font(8.5, colour="#3a3a3a")
_NOTE: Final = Font(8, colour="#4a4a4a")
_NOTICE: Final = "What the {} state{}, not medical advice."


@dataclass(frozen=True, slots=True)
class Mark:
    """The line style of a status; a denied claim is crossed out."""

    colour: str
    dashes: Dashes = ()
    denied: bool = False


STATUS_MARKS: Final[Mapping[str, Mark]] = {
    "asserted": Mark(INK),
    "hypothesised": Mark("#0064A0", (5.0, 2.4)),
    "speculated": Mark("#9B3C7C", (1.1, 1.7)),
    "unclear": Mark("#A65300", (6.0, 1.8, 1.1, 1.8)),
    "negated": Mark("#8a8a8a", (), denied=True),
    "no-evidence": Mark("#8a8a8a", (9.0, 2.0), denied=True),
}
HEADS: Final[Mapping[str, str]] = {
    "increases": "increases",
    "decreases": "decreases",
    "none": "direction not stated",
}


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a picture: title, facts about it (review, date of the newest source), notes below."""

    title: str
    facts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_one_review: bool = False


def draw_arrow(page: Page, start: float, end: float, y: float, *, status: str, polarity: str) -> None:
    """Draw a claim as an arrow from left to right."""
    mark = STATUS_MARKS[status]
    tip = end - _HEAD if polarity == "increases" else end
    page.shapes.append(Line(((start, y), (tip, y)), mark.colour, mark.dashes, width=1.6))
    if polarity == "increases":
        page.shapes.append(Area(((end - _HEAD - 2, y - 4.5), (end, y), (end - _HEAD - 2, y + 4.5)), mark.colour))
    elif polarity == "decreases":
        page.shapes.append(Line(((end - 1, y - 7), (end - 1, y + 7)), mark.colour, width=2.6))
    else:
        page.shapes.append(Line(((end - _HEAD, y - 5), (end, y), (end - _HEAD, y + 5)), mark.colour, width=1.4))
    if mark.denied:
        _draw_cross(page, (start + end) / 2, y)


def _draw_cross(page: Page, x: float, y: float) -> None:
    for slope in (-1, 1):
        ends = ((x - _CROSS, y - slope * _CROSS), (x + _CROSS, y + slope * _CROSS))
        page.shapes.append(Line(ends, INK, width=1.8))


def write_heading(page: Page, caption: Caption, width: float) -> float:
    """Write title, facts and the notice that this is no medical advice; give the y below them."""
    title = page.write((MARGIN, MARGIN), wrap(caption.title, width, _TITLE, most=4), _TITLE)
    notice = _NOTICE.format(*(("review", "s") if caption.is_one_review else ("reviews", "")))
    lines = wrap(" · ".join((*caption.facts, notice)), width, _SMALL)
    facts = page.write((MARGIN, title.y + title.height + 3), lines, _SMALL)
    return facts.y + facts.height + 14


def write_notes(page: Page, notes: Sequence[str], y: float, width: float) -> float:
    """Write notes below each other; give the y below them."""
    for note in notes:
        y += page.write((MARGIN, y), wrap(note, width, _NOTE), _NOTE).height + 2
    return y


def draw_status_legend(page: Page, y: float, width: float, *, has_heads: bool) -> float:
    """Explain line styles, and arrow heads if there are any; give the y below the legend."""
    entries = [(status, _arrow_sample(status, "line")) for status in STATUS_MARKS]
    if not has_heads:
        entries = [entry for entry in entries if not STATUS_MARKS[entry[0]].denied]
    y = _draw_entries(page, "How the review states it:", entries, y, width)
    if has_heads:
        heads = [(label, _arrow_sample("asserted", polarity)) for polarity, label in HEADS.items()]
        y = _draw_entries(page, "What more of the one does to the other:", heads, y, width)
    return y


Sample = Callable[[Page, float, float], None]
"""Draws the sample of a legend entry at x and y (its middle)."""


def _arrow_sample(status: str, polarity: str) -> Sample:
    def draw(page: Page, x: float, y: float) -> None:
        if polarity != "line":
            draw_arrow(page, x, x + _SAMPLE, y, status=status, polarity=polarity)
            return
        mark = STATUS_MARKS[status]
        page.shapes.append(Line(((x, y), (x + _SAMPLE, y)), mark.colour, mark.dashes, width=1.6))
        if mark.denied:
            _draw_cross(page, x + _SAMPLE / 2, y)

    return draw


def _draw_entries(page: Page, title: str, entries: Sequence[tuple[str, Sample]], y: float, width: float) -> float:
    """Draw samples with their labels in a row, in as many lines as they need."""
    font = Font(8.5)
    x = MARGIN + page.write((MARGIN, y), title, Font(8.5, colour=GREY)).width + 12
    left = x
    for label, sample in entries:
        place = Page("").write((0, 0), label, font)
        if x + _SAMPLE + 6 + place.width > MARGIN + width and x > left:
            x, y = left, y + font.leading + 5
        sample(page, x, y + font.leading / 2)
        page.write((x + _SAMPLE + 6, y), label, font)
        x += _SAMPLE + place.width + 24
    return y + font.leading + 6


def close_page(page: Page, bottom: float, width: float) -> Page:
    """Give the page its size: ``width`` and ``bottom`` are those of what stands on it, without the margin."""
    page.width, page.height = width + 2 * MARGIN, bottom + MARGIN
    return page
