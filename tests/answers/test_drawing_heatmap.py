"""The heat map: letters, no data and not known are told apart, by everybody."""

from itertools import pairwise

import pytest

from alsu_kg.answers.drawing_heatmap import LETTER_COLOURS, draw_evidence_heatmap
from alsu_kg.answers.drawing_marks import WARNING, Caption
from alsu_kg.answers.drawing_page import Area, Box, Line
from alsu_kg.answers.network import GridRow

CAPTION = Caption("A title", ("a fact",), ("a note",))


def one_cell(cell: tuple[tuple[str, ...], ...]) -> list[Box | Area]:
    """What a cell is made of: the first shapes of a page that has one row."""
    page = draw_evidence_heatmap([GridRow("X", (cell, (), (), (), ()))], CAPTION)
    ends = [i for i, s in enumerate(page.shapes) if isinstance(s, Box) and s.face == "white"]
    return [s for s in page.shapes[: ends[0] + (not cell)] if not isinstance(s, Line)]


def test_no_data_and_not_known_and_a_letter_look_different() -> None:
    unknown, no_data, letter = one_cell(()), one_cell((("U",),)), one_cell((("A",),))
    assert [s.hatch for s in unknown if isinstance(s, Box)] == [""]
    assert no_data[0] != unknown[0]
    assert isinstance(no_data[0], Box)
    assert no_data[0].hatch
    assert isinstance(letter[0], Box)
    assert letter[0].face == LETTER_COLOURS["A"]


def test_a_combined_letter_is_a_cell_cut_in_two_and_a_disagreement_is_framed() -> None:
    combined, disagreement = one_cell((("B", "D"),)), one_cell((("C",), ("F",)))
    assert [s.colour for s in combined if isinstance(s, Area)] == [LETTER_COLOURS["B"], LETTER_COLOURS["D"]]
    assert not any(isinstance(s, Box) and s.edge == WARNING for s in combined)
    assert [s.face for s in disagreement if isinstance(s, Box)] == [LETTER_COLOURS["C"], LETTER_COLOURS["F"], "none"]
    assert any(isinstance(s, Box) and s.edge == WARNING for s in disagreement)


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_scale_of_letters_grows_lighter_step_by_step() -> None:
    steps = [lightness(LETTER_COLOURS[letter]) for letter in "ABCDF"]
    assert all(b - a > 0.05 for a, b in pairwise(steps))


@pytest.mark.parametrize("letter", "ABCDFU")
def test_every_letter_can_be_read_on_its_colour(letter: str) -> None:
    """Contrast of WCAG 2.2, 1.4.3: 4.5 to 1."""
    page = draw_evidence_heatmap([GridRow("X", (((letter,),), (), (), (), ()))], CAPTION)
    font = next(text.font for text in page.texts if text.text == letter)
    one, other = sorted((lightness(font.colour) if font.colour != "white" else 1.0, lightness(LETTER_COLOURS[letter])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
