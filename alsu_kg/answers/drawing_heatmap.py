"""The picture of all current grades: treatments by categories, with the letter in every cell.

The scale falls in lightness from A (dark) to F (light), so that it keeps its order for every kind of colour vision and in
print. U (the reviewers found no data) is hatched and a grade that no source states is an empty cell: the two are not the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alsu_kg.answers.drawing_marks import MARGIN, WARNING, Caption, close_page, write_heading, write_notes
from alsu_kg.answers.drawing_page import GREY, INK, Area, Box, Font, Line, Page, Rect, clean_text, text_width, wrap
from alsu_kg.answers.network import Cell, GridRow
from alsu_kg.model.review import CATEGORIES

LETTER_COLOURS: Final[Mapping[str, str]] = {
    "A": "#0B2F6B",
    "B": "#2F6F9F",
    "C": "#67A79B",
    "D": "#CFCB78",
    "F": "#FDF2B0",
    "U": "#F4F4F4",
}
_ON_DARK: Final = frozenset("AB")
_TITLES: Final[Mapping[str, str]] = {"preclinical": "Pre-clinical"}
_NAME: Final = Font(8.5)
_HEAD: Final = Font(8, bold=True)
_WIDEST_NAME: Final = 215.0
_CELL_WIDTH: Final = 57.0
_ROW_HEIGHT: Final = 16.0
_GAP: Final = 1.5
_BEFORE_RISKS: Final = 8.0
_PANEL_GAP: Final = 30.0
_MOST_ROWS: Final = 45
_NARROWEST_PAGE: Final = 560.0
_LEGEND: Final[Sequence[tuple[str, Cell]]] = (
    *((letter, ((letter,),)) for letter in "ABCDF"),
    ("the reviewers found no data", (("U",),)),
    ("not known: no source here states a grade", ()),
    ("one source prints two letters", (("B", "D"),)),
    ("current sources disagree", (("C",), ("F",))),
)
_NOTES: Final = (
    "A to F run from the strongest evidence to the weakest; for risks from the least harm to the most. A letter is a "
    "judgement of the reviewers against a rubric that differs by category and has changed over the years.",
)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where a block of rows stands."""

    x: float
    name_width: float

    def cell_left(self, column: int) -> float:
        gap = _BEFORE_RISKS if CATEGORIES[column] == "risks" else 0
        return self.x + self.name_width + 8 + column * _CELL_WIDTH + gap

    def right(self) -> float:
        return self.cell_left(len(CATEGORIES) - 1) + _CELL_WIDTH


def draw_evidence_heatmap(grid: Sequence[GridRow], caption: Caption) -> Page:
    """Lay out the rows of ``alsu_kg.answers.network.make_evidence_grid`` as a page, in two panels if there are many."""
    page = Page(caption.title)
    panels = 2 if len(grid) > _MOST_ROWS else 1
    length = -(-len(grid) // panels)
    name_width = min(_WIDEST_NAME, max((text_width(clean_text(row.treatment), _NAME) for row in grid), default=0))
    first = _Panel(MARGIN, name_width)
    step = first.right() - MARGIN + _PANEL_GAP
    width = max(_NARROWEST_PAGE, panels * step - _PANEL_GAP)
    top = write_heading(page, caption, width)
    bottoms = [top]
    for number in range(panels):
        rows = grid[number * length : (number + 1) * length]
        bottoms.append(_draw_panel(page, rows, _Panel(MARGIN + number * step, name_width), top))
    if not grid:
        bottoms.append(write_notes(page, ["This graph holds no treatment."], top + 20, width))
    y = _draw_legend(page, max(bottoms) + 14, width)
    return close_page(page, write_notes(page, (*_NOTES, *caption.notes), y + 4, width), width)


def _draw_panel(page: Page, rows: Sequence[GridRow], panel: _Panel, y: float) -> float:
    for column, category in enumerate(CATEGORIES):
        middle = panel.cell_left(column) + _CELL_WIDTH / 2
        page.write((middle, y), _TITLES.get(category, category.capitalize()), _HEAD, align=0.5)
    y += _HEAD.leading + 3
    for row in rows:
        lines = wrap(row.treatment, panel.name_width + 0.5, _NAME, most=4)
        height = max(_ROW_HEIGHT, len(lines) * _NAME.leading + 4)
        page.write((panel.x, y + (height - len(lines) * _NAME.leading) / 2), lines, _NAME)
        for column, cell in enumerate(row.cells):
            rect = Rect(panel.cell_left(column), y, _CELL_WIDTH - _GAP, height - _GAP)
            _draw_cell(page, rect, cell)
        y += height
    return y


def _draw_cell(page: Page, rect: Rect, cell: Cell) -> None:
    """Draw the letters of one cell: one part for each that current sources state, cut in two for a combined letter."""
    if not cell:
        page.shapes.append(Box(rect, "white", "#d4d4d4", width=0.6))
        return
    width = rect.width / len(cell)
    for position, letters in enumerate(cell):
        part = Rect(rect.x + position * width, rect.y, width, rect.height)
        if len(letters) == 1:
            _draw_letter(page, part, letters[0])
        else:
            _draw_combined(page, part, letters)
    if len(cell) > 1:
        for position in range(1, len(cell)):
            x = rect.x + position * width
            page.shapes.append(Line(((x, rect.y), (x, rect.y + rect.height)), WARNING, width=1.2))
        page.shapes.append(Box(rect, "none", WARNING, width=1.4))


def _draw_letter(page: Page, rect: Rect, letter: str) -> None:
    hatch = "////" if letter == "U" else ""
    page.shapes.append(Box(rect, LETTER_COLOURS[letter], "#c2c2c2" if hatch else "none", hatch=hatch, width=0.6))
    if hatch:
        middle = Rect(rect.x + rect.width / 2 - 6.5, rect.y + rect.height / 2 - 6, 13, 12)
        page.shapes.append(Box(middle, LETTER_COLOURS[letter], "none"))
    page.write_in(rect, [letter], _letter_font(letter))


def _letter_font(letter: str) -> Font:
    return Font(9, bold=letter != "U", colour="white" if letter in _ON_DARK else "#555555" if letter == "U" else INK)


def _draw_combined(page: Page, rect: Rect, letters: Sequence[str]) -> None:
    x, y, width, height = rect
    right, bottom = x + width, y + height
    page.shapes.append(Area(((x, y), (right, y), (x, bottom)), LETTER_COLOURS[letters[0]]))
    page.shapes.append(Area(((right, y), (right, bottom), (x, bottom)), LETTER_COLOURS[letters[1]]))
    page.shapes.append(Line(((x, bottom), (right, y)), "white", width=1))
    for letter, left in zip(letters, (x, x + width * 2 / 3), strict=True):
        page.write_in(Rect(left, y, width / 3, height), [letter], _letter_font(letter))


def _draw_legend(page: Page, y: float, width: float) -> float:
    """Show a cell of each kind with what it means; give the y below."""
    title = page.write((MARGIN, y + 1), "Grades:", Font(8.5, colour=GREY))
    left = x = MARGIN + title.width + 12
    for label, cell in _LEGEND:
        meaning = "" if label in LETTER_COLOURS else label
        room = _CELL_WIDTH * 0.8 + (text_width(meaning, _NAME) + 8 if meaning else 0)
        if x + room > MARGIN + width and x > left:
            x, y = left, y + _ROW_HEIGHT + 4
        _draw_cell(page, Rect(x, y, _CELL_WIDTH * 0.8 - _GAP, _ROW_HEIGHT - _GAP), cell)
        if meaning:
            page.write((x + _CELL_WIDTH * 0.8 + 4, y + 1.5), meaning, _NAME)
        x += room + (12 if meaning else 2 if label != "F" else 14)
    return y + _ROW_HEIGHT + 6
