"""What journals print around and between the columns of a text: the text stays what it is without it."""

from collections.abc import Sequence
from random import Random

import pytest
from placed_words import LEFT, RIGHT, fill, ragged, set_line, word

from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Char, Word
from alsu_kg.readers.pages.margins import text_rows
from alsu_kg.readers.pages.words import make_words

TOP = 720.0


def columns(seed: int, rows: Sequence[int] = (40, 50), shift: float = 0.0) -> tuple[list[Word], list[str]]:
    """A page of two columns, whose first one ends within a sentence, and its words in reading order."""
    chosen = Random(seed)
    page: list[Word] = []
    texts: list[str] = []
    for left, count in zip((LEFT, RIGHT), rows, strict=True):
        for i in range(count):
            line = fill(chosen)
            page += set_line(line, left, TOP - 12 * i - (shift if left == RIGHT else 0))
            texts += line
    return page, texts


def read(*pages: Sequence[Word]) -> str:
    return pages_text(text_rows(pages))


SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
def test_a_note_below_the_first_column_does_not_part_the_sentence(seed: int) -> None:
    page, texts = columns(seed)
    note = [
        *ragged("* Correspondence to the", LEFT, 200, 8),
        *ragged("group of authors.", LEFT, 191, 8),
    ]
    found = read([*page, *note])
    assert found.split() == [*texts, *["*", "Correspondence", "to", "the", "group", "of", "authors."]]
    assert "\n\n* Correspondence" in found


@SEEDS
def test_a_line_across_the_foot_of_a_page_comes_after_the_paragraph(seed: int) -> None:
    page, texts = columns(seed)
    foot = ragged(
        "ISSN 2167-8421 print and online of a society that is named for some more words here",
        LEFT,
        40,
        8,
    )
    following, more = columns(seed + 50)
    found = read([*page, *foot], following).split()
    assert found[: len(texts)] == texts
    assert found[len(texts) : len(texts) + len(more)] == more


@SEEDS
def test_a_captioned_table_below_a_column_comes_after_the_paragraph(seed: int) -> None:
    page, texts = columns(seed)
    table = ragged("Table 1. Table of evidence.", LEFT, 215, 8)
    rows = (("Mechanism", "C", "theory"), ("Cases", "B", "two"), ("Risks", "D", "many"))
    for i, row in enumerate(rows):
        table += [word(text, LEFT + x, 203 - 12 * i, 8) for text, x in zip(row, (0, 90, 130), strict=True)]
    found = read([*page, *table])
    assert found.split()[: len(texts)] == texts
    assert "Mechanism\tC\ttheory\nCases\tB\ttwo" in found


@SEEDS
def test_notes_beside_references_come_before_their_list(seed: int) -> None:
    chosen = Random(seed)
    page = [*ragged("References", LEFT, TOP + 20, 13)]
    listed: list[str] = []
    for left in (LEFT, RIGHT):
        for i in range(24):
            line = (
                [*fill(chosen)[:-1], "end."]
                if i % 2
                else [f"{i // 2 + (1 if left == LEFT else 13)}.", *fill(chosen)[:-1]]
            )
            page += set_line(line, left, TOP - 12 * i)
            listed += line
    foot = ragged(
        "Correspondence to the group at some address that goes across both of the columns",
        LEFT,
        60,
        8,
    )
    found = read([*page, *foot]).split()
    assert found[found.index("References") + 1 :] == listed


@pytest.mark.parametrize("side", ["left", "right"])
@SEEDS
def test_a_box_beside_the_text_is_read_apart(seed: int, side: str) -> None:
    chosen = Random(seed)
    text_left, box_left = (220.0, 50.0) if side == "left" else (50.0, 420.0)
    lines = [fill(chosen, 340) for _ in range(30)]
    lines[-1].append("end.")
    page = [w for i, line in enumerate(lines) for w in set_line(line, text_left, TOP - 12 * i, 340)]
    box = [f"EDITED BY {i}" for i in range(12)]
    page += [w for i, line in enumerate(box) for w in ragged(line, box_left, TOP - 5 - 9.1 * i, 7)]
    found = read(page).split()
    printed = set(" ".join(box).split())
    assert [t for t in found if t not in printed] == [t for line in lines for t in line]
    start = found.index("EDITED")
    assert found[start : start + 36] == " ".join(box).split()


def test_cells_that_stand_at_the_height_of_each_other_are_no_box() -> None:
    rows = [
        ("Mechanism", "It calms cells in some"),
        ("Cases", "One man was better"),
        ("Trials", "None are known"),
        ("Risks", "few"),
    ]
    page = [
        w for i, row in enumerate(rows) for w in (word(row[0], 50, 700 - 14 * i), *ragged(row[1], 200, 700 - 14 * i))
    ]
    assert "Mechanism\tIt calms cells in some\nCases\tOne man was better" in read(page)


@SEEDS
def test_a_title_whose_words_part_at_the_gutter_stays_whole(seed: int) -> None:
    page, texts = columns(seed, (50, 50))
    title = [*ragged("A title", 200, 770, 17), *ragged("of words", 303, 770, 17)]
    title[1] = title[1]._replace(right=299.0)
    assert read([*page, *title]).split() == ["A", "title", "of", "words", *texts]


@SEEDS
def test_rows_across_three_columns_part_what_is_above_from_what_is_below(seed: int) -> None:
    chosen = Random(seed)
    page: list[Word] = []
    texts: list[list[str]] = []
    for top in (TOP, 350.0):
        for left in (40.0, 214.0, 388.0):
            lines = [fill(chosen, 160) for _ in range(20)]
            lines[-1][-1] = "end."
            page += [w for i, line in enumerate(lines) for w in set_line(line, left, top - 11 * i, 160)]
            texts.append([t for line in lines for t in line])
    across = [fill(chosen, 500) for _ in range(3)]
    page += [w for i, line in enumerate(across) for w in set_line(line, 40, 440 - 11 * i, 508)]
    expected = [t for part in [*texts[:3], [t for line in across for t in line], *texts[3:]] for t in part]
    assert read(page).split() == expected


@pytest.mark.parametrize("step", [1, 5])
@SEEDS
def test_numbers_of_lines_beside_both_columns_are_left_out(seed: int, step: int) -> None:
    page, texts = columns(seed, (50, 50), shift=4)
    numbers = [
        word(str(n), x - 3 * len(str(n)), TOP - 12 * i - dy, 6)
        for x, dy, first in ((42.0, 0, 1), (575.0, 4, 51))
        for i in range(50)
        if (n := first + i) % step == 0
    ]
    assert read([*page, *numbers]).split() == texts


def test_even_numbers_of_a_form_for_reviewers_are_left_out() -> None:
    chosen = Random(3)
    lines = [fill(chosen, 400) for _ in range(24)]
    page = [w for i, line in enumerate(lines) for w in set_line(line, 90, 740 - 27.3 * i, 400)]
    page += [word(str(i), 32 - 4.6 * len(str(i)), 760 - 11.6 * i) for i in range(1, 61)]
    assert read(page).split() == [t for line in lines for t in line]


@pytest.mark.parametrize(
    "foot",
    [
        "Page 3 of 9",
        "– 3 –",
        "14 June 2022",
        "May 2022",
        "www.example.org/reviews 3",
        "Downloaded from a library",
        "© 2022 A Society",
    ],
)
def test_dates_numbers_and_notices_below_the_text_are_left_out(foot: str) -> None:
    page, texts = columns(2, (50, 50))
    assert read([*page, *ragged(foot, 250, 60, 8)]).split() == texts


def chars(text: str, left: float, bottom: float, size: float = 10.0, *, spaces: bool = True) -> list[Char]:
    """Characters half as wide as high; a space without a character is as wide as ``.25`` of the type."""
    out = []
    for letter in text:
        if letter != " " or spaces:
            out.append(Char(letter, left, left + 0.5 * size, bottom, size, size, bold=False))
        left += (0.5 if letter != " " or spaces else 0.25) * size
    return out


def texts_of(found: Sequence[Word]) -> list[str]:
    return [one.text for one in found]


@pytest.mark.parametrize("spaces", [True, False])
def test_words_end_at_spaces_and_at_gaps_that_no_character_fills(*, spaces: bool) -> None:
    shuffled = chars("motor neurons die", 50, 700, spaces=spaces)
    Random(1).shuffle(shuffled)
    assert texts_of(make_words(shuffled)) == ["motor", "neurons", "die"]


@pytest.mark.parametrize("bottom", [702.0, 703.5])
def test_raised_numbers_stand_at_the_height_of_their_word(bottom: float) -> None:
    found = make_words([*chars("death", 50, 700), *chars("4,5", 75, bottom, 6.5)])
    assert texts_of(found) == ["death", "⁴,⁵"]
    assert {one.bottom for one in found} == {700}


def test_small_numbers_on_the_line_are_not_raised() -> None:
    assert texts_of(make_words([*chars("Page", 50, 700), *chars("45", 75, 700, 8.5)])) == ["Page", "45"]


def test_a_dropped_letter_joins_the_first_of_its_lines() -> None:
    page = [
        *chars("F", 50, 688, 24),
        *chars("luorivine is", 63, 700),
        *chars("sold", 63, 688),
        *chars("widely", 50, 676),
    ]
    assert texts_of(make_words(page)) == ["Fluorivine", "is", "sold", "widely"]


def test_accents_printed_over_letters_and_bold_print_by_printing_twice() -> None:
    accent = Char("`", 65.5, 69, 700, 10, 10, bold=False)
    assert texts_of(make_words([*chars("Lefevre", 50, 700)[:3], accent, *chars("Lefevre", 50, 700)[3:]])) == ["Lefèvre"]
    twice = [c._replace(left=c.left + d, right=c.right + d) for c in chars("Risks", 50, 700) for d in (0, 0.3)]
    assert texts_of(make_words(twice)) == ["Risks"]
