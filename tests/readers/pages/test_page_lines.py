"""Lines of a page that is set in justified columns, and rows of tables, which are wide apart for another reason."""

import itertools
from collections.abc import Sequence
from random import Random

import pytest

from alsu_kg.readers.pages.cells import split_rows
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Word, gather_rows

WORDS = ("that", "an", "example", "of", "cells", "is", "seen", "then", "it", "acts", "in", "them", "and", "others")
SIZE = 10.0


def word(text: str, left: float, bottom: float) -> Word:
    return Word(text, left, bottom, left + 4.6 * len(text), bottom + SIZE, SIZE, bold=False)


def justified(words: Sequence[str], left: float, bottom: float, width: float) -> list[Word]:
    """A line whose words fill ``width``, with equal spaces."""
    space = (width - sum(4.6 * len(text) for text in words)) / (len(words) - 1)
    placed = []
    for text in words:
        placed.append(word(text, left, bottom))
        left += 4.6 * len(text) + space
    return placed


@pytest.mark.parametrize("seed", range(20))
def test_justified_columns_are_read_one_after_the_other(seed: int) -> None:
    chosen = Random(seed)
    lines = [chosen.sample(WORDS, chosen.randint(7, 9)) for _ in range(2 * chosen.randint(20, 30))]
    height = len(lines) // 2
    page = []
    for i, line in enumerate(lines):
        page += justified(line, 50 if i < height else 320, 700 - 13 * (i % height), 250)
    read = pages_text([gather_rows(page)])
    assert "\t" not in read
    assert read.split() == [text for line in lines for text in line]


def test_rows_of_a_table_keep_their_cells() -> None:
    prose = [justified(WORDS[:9], 50, 700 - 13 * i, 400) for i in range(5)]
    rows = [
        [word(text, 50 + 45 * n, 600 - 13 * i) for n, text in enumerate(("aaa", "bbb", "ccc", "ddd"))] for i in range(4)
    ]
    read = pages_text([gather_rows([item for line in [*prose, *rows] for item in line])])
    assert read.count("aaa\tbbb\tccc\tddd") == 4


def test_a_line_of_few_words_that_is_stretched_is_no_row_of_a_table() -> None:
    """The words of the line above start where those of the stretched one do, as happens in any text."""
    line = justified(("Muscle", "Letters", "9", "(2001)"), 50, 700, 250)
    starts = [*(placed.left for placed in line), 300]
    above = [
        word("c", left + 8 * n, 712) for left, end in itertools.pairwise(starts) for n in range(int((end - left) / 8))
    ]
    full = [justified(WORDS[:12], 50, 724 + 12 * i, 250) for i in range(3)]
    rows = gather_rows([*itertools.chain.from_iterable(full), *above, *line])
    assert split_rows(rows)[-1].text == "Muscle Letters 9 (2001)"


def test_a_stretched_line_whose_words_all_end_with_stops_is_no_row_of_a_table() -> None:
    lines = [*[WORDS[:12]] * 3, ("extract.", "European", "Letters", "of", "Sample"), ("Medicine,", "9(2),", "21–29.")]
    rows = [justified(words, 50, 748 - 12 * i, 250) for i, words in enumerate(lines)]
    assert split_rows(rows)[-1].text == "Medicine, 9(2), 21–29."
