"""What stands across the columns of a page, and what only seems to."""

from random import Random

import pytest
from placed_words import LEFT, RIGHT, fill, ragged, set_line, word

from alsu_kg.readers.pages.cells import split_rows
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import gather_rows

SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
def test_numbered_headings_beside_each_other_are_no_row_of_a_table(seed: int) -> None:
    chosen = Random(seed)
    page = ragged("A title that stands across both columns of it", 150, 780, 14)
    expected = ["A", "title", "that", "stands", "across", "both", "columns", "of", "it"]
    for left, number, name in ((LEFT, "1", "Background"), (RIGHT, "5", "Outlook")):
        lines = [fill(chosen) for _ in range(30)]
        page += [word(number, left, 740, 14), word(name, left + 6.5 + 16, 740, 14)]
        page += [one for i, line in enumerate(lines) for one in set_line(line, left, 715 - 12 * i)]
        expected += [number, name, *(text for line in lines for text in line)]
    assert pages_text([gather_rows(page)]).split() == expected


@pytest.mark.parametrize("size", [10, 14])
@SEEDS
def test_a_title_over_the_middle_one_of_three_columns_comes_first(seed: int, size: float) -> None:
    chosen = Random(seed)
    title = "A title" if size == 10 else "A title of example cells"
    width = sum(0.46 * size * len(text) + 0.25 * size for text in title.split()) - 0.25 * size
    page = ragged(title, 294 - width / 2, 780, size)
    expected = title.split()
    for left in (40.0, 214.0, 388.0):
        lines = [fill(chosen, 160) for _ in range(30)]
        page += [one for i, line in enumerate(lines) for one in set_line(line, left, 750 - 11 * i, 160)]
        expected += [text for line in lines for text in line]
    assert pages_text([gather_rows(page)]).split() == expected


def test_a_stretched_line_under_another_one_is_no_row_of_a_table() -> None:
    """Spaces after stops are wider than others. Those of both lines stand over each other; those of the upper one are alike."""
    upper = [
        word("year.", 50, 712),
        *set_line(["results", "from", "a", "large", "registry", "then", "cells", "seen"], 85, 712, 210),
    ]
    lower = [word("12,", 50, 700), word("15–48.", 76, 700), word("https://doi.org/10.1000/1234567", 152.4, 700)]
    full = [
        set_line(["that", "was", "an", "example", "of", "cells", "seen", "in", "them", "then"], 50, 724 + 12 * i)
        for i in range(3)
    ]
    rows = gather_rows([*(one for line in full for one in line), *upper, *lower])
    assert split_rows(rows)[-1].text == "12, 15–48. https://doi.org/10.1000/1234567"


@SEEDS
def test_an_address_over_the_gutter_keeps_three_columns_apart(seed: int) -> None:
    """The address is the end of a line in the middle column and reaches over the right one, which starts lower."""
    chosen = Random(seed)
    page = ragged("A title of all the columns", 40, 780, 14)
    expected = ["A", "title", "of", "all", "the", "columns"]
    for left, first in ((40.0, 0), (212.0, 0), (394.0, 2)):
        lines = [fill(chosen, 160) for _ in range(first, 30)]
        if left == 212.0:
            page.append(word("https://doi.org/10.1000/example.2345", 310, 740))
            lines = [[], *lines[1:]]
        page += [one for i, line in enumerate(lines, first) for one in set_line(line, left, 740 - 11 * i, 160)]
        expected += [text for line in lines for text in line]
    assert [text for text in pages_text([gather_rows(page)]).split() if "/" not in text] == expected
