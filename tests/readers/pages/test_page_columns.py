"""Columns with narrow gutters, and what stands around the text of a page, as typesetting programs place words."""

from collections.abc import Sequence
from random import Random

import pytest

from alsu_kg.readers.pages.cells import split_rows
from alsu_kg.readers.pages.columns import find_gutter
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Word, gather_rows
from alsu_kg.readers.pages.margins import text_rows

WORDS = (
    *("that", "an", "example", "of", "cells", "is", "seen.", "then,", "it", "acts", "in", "them", "and", "others:"),
    *("more", "was", "not", "known;", "yet", "so", "few", "were"),
)
SIZE = 10.0
STRETCH = {".": 3.0, ":": 2.0, ";": 1.5, ",": 1.25}  # how TeX stretches the space after a stop


def word(text: str, left: float, bottom: float, size: float = SIZE) -> Word:
    return Word(text, left, bottom, left + 0.46 * size * len(text), bottom + size, size, bold=False)


def set_line(words: Sequence[str], left: float, bottom: float, width: float) -> list[Word]:
    """A line as TeX sets it: it fills ``width``, and the space after a stop is stretched more."""
    shares = [STRETCH.get(text[-1], 1.0) for text in words[:-1]]
    space = (width - sum(4.6 * len(text) for text in words)) / sum(shares)
    placed = []
    for text, share in zip(words, [*shares, 0.0], strict=True):
        placed.append(word(text, left, bottom))
        left += 4.6 * len(text) + space * share
    return placed


def fill(chosen: Random, width: float) -> list[str]:
    """Words for a line, which hardly or badly fill it."""
    words = [chosen.choice(WORDS)]
    loose = chosen.random() < 0.2
    while sum(4.6 * len(text) + 3 for text in words) < width * (0.55 if loose else 0.85):
        words.append(chosen.choice(WORDS))
    return words


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("gutter", [9, 14, 24])
def test_columns_are_read_one_after_the_other(seed: int, gutter: int) -> None:
    chosen = Random(seed)
    width = (500 - gutter) / 2
    heights = [chosen.randint(20, 50), chosen.randint(8, 50)]
    offset = chosen.choice([0, 3, 6])
    columns = [[fill(chosen, width) for _ in range(height)] for height in heights]
    title = [word(text, 50 + 80 * i, 760, 16) for i, text in enumerate(["An", "examples", "review"])]
    page = list(title)
    for n, lines in enumerate(columns):
        for i, line in enumerate(lines):
            page += set_line(line, 50 + n * (width + gutter), 720 - 12 * i - n * offset, width)
    read = pages_text([gather_rows(page)])
    assert "\t" not in read
    assert read.split() == ["An", "examples", "review", *(text for lines in columns for line in lines for text in line)]


def test_numbers_that_hang_beside_a_column_do_not_part_it() -> None:
    chosen = Random(5)
    page = []
    expected: dict[int, list[str]] = {0: [], 1: []}
    for n in (0, 1):
        for i in range(45):
            left = 50 + n * 260
            if i % 3 == 0:
                number = f"{n * 15 + i // 3 + 1}."
                page.append(word(number, left, 720 - 12 * i))
                expected[n].append(number)
            line = fill(chosen, 225)
            page += set_line(line, left + 20, 720 - 12 * i, 225)
            expected[n] += line
    gutter = find_gutter(gather_rows(page))
    assert gutter is not None
    assert 290 < gutter.x < 312
    assert pages_text([gather_rows(page)]).split() == expected[0] + expected[1]


@pytest.mark.parametrize("seed", range(30))
def test_one_column_has_no_gutter(seed: int) -> None:
    chosen = Random(seed)
    page = [item for i in range(50) for item in set_line(fill(chosen, 400), 50, 720 - 12 * i, 400)]
    assert find_gutter(gather_rows(page)) is None


def test_a_table_is_no_pair_of_columns() -> None:
    rows = [("Mechanism", "C"), ("Preclinical", "U"), ("Cases", "B"), ("Trials", "D"), ("Risks", "C"), ("All", "F")]
    page = [word(text, 50 + 260 * n, 700 - 14 * i) for i, row in enumerate(rows) for n, text in enumerate(row)]
    assert find_gutter(gather_rows(page)) is None
    assert [line.text for line in split_rows(gather_rows(page))][:4] == ["Mechanism", "C", "Preclinical", "U"]


def test_a_last_page_of_few_lines_takes_the_columns_of_the_others() -> None:
    chosen = Random(1)
    full = [
        item for n in (0, 1) for i in range(30) for item in set_line(fill(chosen, 245), 50 + n * 255, 720 - 12 * i, 245)
    ]
    last = [set_line(fill(chosen, 245), 50 + n * 255, 720 - 12 * i, 245) for n in (0, 1) for i in range(2)]
    read = pages_text([gather_rows(full), gather_rows([item for line in last for item in line])])
    assert read.split()[-sum(map(len, last)) :] == [item.text for line in last for item in line]


@pytest.mark.parametrize("step", [1, 2])
def test_numbers_of_lines_are_left_out(step: int) -> None:
    chosen = Random(2)
    lines = [fill(chosen, 400) for _ in range(30)]
    page = [item for i, line in enumerate(lines) for item in set_line(line, 70, 720 - 14 * i, 400)]
    page += [word(str(i + 1), 40, 720 - 14 * i, 6) for i in range(0, 30, step)]
    assert pages_text(text_rows([page])).split() == [text for line in lines for text in line]


def test_numbers_of_a_list_are_kept() -> None:
    chosen = Random(4)
    items = [fill(chosen, 400) for _ in range(20)]
    page = [word(f"{i}.", 50, 720 - 14 * i) for i in range(20)]
    page += [part for i, item in enumerate(items) for part in set_line(item, 70, 720 - 14 * i, 400)]
    assert pages_text(text_rows([page])).split() == [text for i, item in enumerate(items) for text in (f"{i}.", *item)]


def test_heads_that_change_sides_and_roman_pages_are_left_out() -> None:
    def page(n: int) -> list[Word]:
        head = [word("xiv" if n == 1 else str(n), 50 if n % 2 else 500, 800), word("Review", 250, 800)]
        return [*head, *(word(f"{'abcdef'[n]}{'uvw'[i]}", 50, 700 - 12 * i - 3 * n) for i in range(3))]

    read = pages_text(text_rows([page(n) for n in range(1, 5)])).split()
    assert read == [f"{'abcdef'[n]}{'uvw'[i]}" for n in range(1, 5) for i in range(3)]


@pytest.mark.parametrize("seed", range(5))
def test_three_columns_are_read_one_after_the_other(seed: int) -> None:
    chosen = Random(seed)
    columns = [[fill(chosen, 160) for _ in range(30)] for _ in range(3)]
    page = [
        item
        for n, lines in enumerate(columns)
        for i, line in enumerate(lines)
        for item in set_line(line, 40 + 174 * n, 720 - 11 * i - 2 * n, 160)
    ]
    assert pages_text([gather_rows(page)]).split() == [text for lines in columns for line in lines for text in line]


def test_a_table_across_two_columns_parts_the_text_above_from_the_text_below() -> None:
    chosen = Random(9)
    width = 245
    page, expected = [], []
    for top in (740, 400):
        for n in (0, 1):
            for i in range(12):
                line = [*fill(chosen, width), "end."] if i == 11 else fill(chosen, width)
                page += set_line(line, 50 + n * (width + 10), top - 12 * i, width)
                expected += line
        if top == 740:
            cells = [
                ("Part", "Letter", "Reason"),
                ("Mechanism", "C", "less stress"),
                ("Cases", "B", "one man"),
                ("Risks", "D", "few harms"),
            ]
            for i, row in enumerate(cells):
                page += [word(text, left, 560 - 14 * i) for text, left in zip(row, (50, 130, 420), strict=True)]
            expected += " ".join(" ".join(row) for row in cells).split()
    read = pages_text([gather_rows(page)])
    assert "Mechanism\tC\tless stress" in read
    assert read.split() == expected


def test_wide_lines_over_small_references_are_no_headings() -> None:
    chosen = Random(6)
    text = [fill(chosen, 440) for _ in range(20)]
    page = [item for i, line in enumerate(text) for item in set_line(line, 50, 740 - 24 * i, 440)]
    notes = [fill(chosen, 440) for _ in range(25)]
    for i, line in enumerate(notes):
        page += [
            Word(w.text, w.left, w.bottom, w.right, w.top, 7.0, bold=False)
            for w in set_line(line, 50, 240 - 8 * i, 440)
        ]
    lines = pages_text([gather_rows(page)]).split("\n")
    assert lines[:20] == [" ".join(line) for line in text]


def test_a_short_right_column_beside_a_large_title_is_read_last() -> None:
    chosen = Random(11)
    left = [fill(chosen, 230) for _ in range(40)]
    right = [fill(chosen, 230) for _ in range(4)]
    title = [word(text, 60 + 75 * i, 740, 16) for i, text in enumerate(["A", "title"])]
    page = [*title]
    for n, (top, lines) in enumerate(((715, left), (742, right))):
        for i, line in enumerate(lines):
            page += set_line(line, 50 + 260 * n, top - 12 * i, 230)
    assert pages_text([gather_rows(page)]).split() == [
        "A",
        "title",
        *(text for line in (*left, *right) for text in line),
    ]
