"""Words placed on a page as a typesetting program does: lines that fill a column, lines whose words are a space apart."""

from collections.abc import Sequence
from random import Random
from typing import Final

from alsu_kg.readers.pages.lines import Word

WORDS: Final = (
    *("that", "an", "example", "of", "cells", "was", "seen", "then", "it", "acts"),
    *("in", "them", "and", "others", "more"),
)
LEFT, WIDTH, GUTTER = 50.0, 245.0, 15.0
RIGHT = LEFT + WIDTH + GUTTER


def word(text: str, left: float, bottom: float, size: float = 10.0) -> Word:
    return Word(text, left, bottom, left + 0.46 * size * len(text), bottom + size, size, bold=False)


def ragged(words: str, left: float, bottom: float, size: float = 10.0) -> list[Word]:
    """A line whose words are a space apart."""
    placed = []
    for text in words.split():
        placed.append(word(text, left, bottom, size))
        left = placed[-1].right + 0.25 * size
    return placed


def set_line(words: Sequence[str], left: float, bottom: float, width: float = WIDTH) -> list[Word]:
    """A line that fills ``width``."""
    space = (width - sum(4.6 * len(text) for text in words)) / max(1, len(words) - 1)
    placed = []
    for text in words:
        placed.append(word(text, left, bottom))
        left += 4.6 * len(text) + space
    return placed


def fill(chosen: Random, width: float = WIDTH) -> list[str]:
    """Words for a line of ``width``."""
    words = [chosen.choice(WORDS)]
    while sum(4.6 * len(text) + 3 for text in words) < width * 0.86:
        words.append(chosen.choice(WORDS))
    return words
