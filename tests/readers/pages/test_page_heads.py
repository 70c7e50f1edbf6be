"""Heads and feet of pages that stand on one page only, and lines that look like them."""

from random import Random

import pytest
from placed_words import LEFT, RIGHT, fill, ragged, set_line, word

from alsu_kg.readers.pages.flow import Flow, join_flows
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Word, gather_rows
from alsu_kg.readers.pages.margins import text_rows

SEEDS = pytest.mark.parametrize("seed", range(4))


def pages(seed: int, count: int, *, size: float = 10.0) -> tuple[list[list[Word]], list[str]]:
    """Pages of two columns, the last ones in type of another ``size``, and their words in order."""
    chosen = Random(seed)
    made: list[list[Word]] = []
    texts: list[str] = []
    for n in range(count):
        page: list[Word] = []
        for left in (LEFT, RIGHT):
            lines = [fill(chosen) for _ in range(40)]
            page += [one for i, line in enumerate(lines) for one in set_line(line, left, 700 - 12 * i)]
            texts += [text for line in lines for text in line]
        made.append(page if n == 0 or size == 10 else [one._replace(size=size) for one in page])
    return made, texts


def read(made: list[list[Word]]) -> list[str]:
    return pages_text(text_rows(made)).split()


@SEEDS
def test_a_head_of_two_lines_and_a_foot_on_one_page_only_are_left_out(seed: int) -> None:
    made, texts = pages(seed, 3)
    made[1] += [
        word("ADDED", 290, 735),
        word("2", LEFT, 723),
        word("EXAMPLES", 270, 723),
        *ragged("A Journal of Cells", 250, 190),
    ]
    assert read(made) == texts


@SEEDS
def test_a_line_of_text_that_ends_a_sentence_on_top_of_a_page_is_kept(seed: int) -> None:
    """The text of its page starts higher than that of the other ones."""
    made, texts = pages(seed, 3)
    made[1] += ragged("was seen.", LEFT, 720)
    assert len(read(made)) == len(texts) + 2


@SEEDS
def test_the_first_page_keeps_what_stands_above_its_text(seed: int) -> None:
    made, texts = pages(seed, 3)
    made[0] += ragged("Journal of Cells, May", LEFT, 735)
    assert read(made) == ["Journal", "of", "Cells,", "May", *texts]


@SEEDS
def test_a_head_larger_than_the_references_of_its_page_is_left_out(seed: int) -> None:
    made, texts = pages(seed, 2, size=7)
    made[1] += [word("Examples", LEFT, 735), word("23", 545, 735)]
    assert read(made) == texts


@SEEDS
def test_a_heading_beside_the_last_line_of_a_cell_stands_in_its_column(seed: int) -> None:
    chosen = Random(seed)
    lines = [fill(chosen) for _ in range(30)]
    page = [*ragged("A title that stands across both columns of it", 150, 760, 14), word("Background", LEFT, 730)]
    page += [one for i, line in enumerate(lines) for one in set_line(line, LEFT, 718 - 12 * i)]
    page += [word("before", RIGHT + 150, 730)]
    page += [one for i, line in enumerate(lines) for one in set_line(line, RIGHT, 700 - 12 * i)]
    assert "Background before" not in pages_text([gather_rows(page)])


def test_a_table_on_a_page_of_a_list_without_a_heading_comes_before_the_list() -> None:
    entries = [f"{n}. Abel K. Cells of it. Ex Lett. {1990 + n};2:3." for n in range(1, 13)]
    flows = [
        Flow(["It was seen.", "", *entries[:7]], floats=False),
        Flow(["Table 1. Cells.", "Abel\t2"], floats=True, new_page=True),
        Flow(entries[7:], floats=False),
    ]
    text = [line for line in join_flows(flows) if line]
    assert text == ["It was seen.", "Table 1. Cells.", "Abel\t2", *entries]


@SEEDS
def test_heads_that_count_the_pages_are_left_out_whatever_stands_beside_the_number(seed: int) -> None:
    """The number on each page is ahead of it by the same."""
    made, texts = pages(seed, 3)
    for n, words in enumerate(("A Day of Ease", "Bees in Fog", "Cold Tea")):
        made[n] += ragged(f"{words} {41 + n}" if n % 2 else f"{41 + n} {words}", 300, 735)
    assert read(made) == texts
