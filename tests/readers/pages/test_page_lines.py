"""Lines of a page that is set in justified columns, and rows of tables, which are wide apart for another reason."""

from collections.abc import Sequence
from random import Random

import pytest

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
