"""Pages as the classes of publishers and old typesetting programs set them: what stands where, and what it is read as."""

from random import Random

import pytest
from placed_words import GUTTER, LEFT, WIDTH, fill, ragged, set_line, word

from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Char, Word, gather_rows
from alsu_kg.readers.pages.margins import text_rows
from alsu_kg.readers.pages.words import make_words


def two_columns(chosen: Random, lines: int, left: float = LEFT, top: float = 720.0) -> tuple[list[Word], list[str]]:
    """A page of two columns, and its words in reading order."""
    page, expected = [], []
    for n in (0, 1):
        for i in range(lines):
            line = fill(chosen)
            page += set_line(line, left + n * (WIDTH + GUTTER), top - 12 * i)
            expected += line
    return page, expected


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shift", [-24, 24])
def test_columns_of_few_lines_stand_where_those_of_other_pages_do_with_other_margins(seed: int, shift: float) -> None:
    chosen = Random(seed)
    first, expected = two_columns(chosen, 30)
    second, more = two_columns(chosen, 4, LEFT + shift)
    assert pages_text([gather_rows(first), gather_rows(second)]).split() == expected + more


@pytest.mark.parametrize("seed", range(20))
def test_spaces_in_text_across_are_no_columns_though_another_page_has_some(seed: int) -> None:
    chosen = Random(seed)
    first, expected = two_columns(chosen, 30)
    second = []
    for i in range(12):
        line = fill(chosen, 2 * WIDTH + GUTTER)
        second += set_line(line, LEFT, 720 - 12 * i, 2 * WIDTH + GUTTER)
        expected += line
    assert pages_text([gather_rows(first), gather_rows(second)]).split() == expected


@pytest.mark.parametrize("seed", range(8))
def test_a_table_of_a_narrow_and_a_wide_part_is_no_two_columns(seed: int) -> None:
    chosen = Random(seed)
    rows = [
        [
            word("mechanisms", 50, 720 - 24 * i),
            word("C", 112, 720 - 24 * i),
            *set_line(fill(chosen, 300), 170, 720 - 24 * i, 300),
        ]
        for i in range(5)
    ]
    more = [set_line(fill(chosen, 300), 170, 708 - 24 * i, 300) for i in range(5)]
    text = [set_line(fill(chosen, 440), 50, 500 - 12 * i, 440) for i in range(20)]
    read = pages_text([gather_rows([one for line in (*rows, *more, *text) for one in line])])
    assert read.count("mechanisms\tC\t") == 5


@pytest.mark.parametrize("seed", range(8))
def test_an_address_too_long_for_its_column_parts_no_columns(seed: int) -> None:
    chosen = Random(seed)
    page, expected = two_columns(chosen, 30)
    low, high = sorted(chosen.sample(range(5, 25), 2))
    address = "https://www.example.org/treatments/and/what/is/known/of/them"
    for row in (low, high):
        at = 720 - 12 * row
        line = [one.text for one in page if one.bottom == at and one.left < LEFT + WIDTH]
        start = next(i for i in range(len(expected)) if expected[i : i + len(line)] == line)
        expected[start : start + len(line)] = [address]
        page = [one for one in page if one.bottom != at or one.left > LEFT + WIDTH]
        page.append(word(address, LEFT, at)._replace(right=LEFT + WIDTH + GUTTER + 6))
    assert pages_text([gather_rows(page)]).split() == expected


@pytest.mark.parametrize("every", [1, 2, 5])
def test_numbers_that_hang_beside_one_column_only_do_not_part_it(every: int) -> None:
    """The space behind them is wider than the one between the columns."""
    chosen = Random(5)
    page, expected = [], []
    right = LEFT + WIDTH + 8
    for i in range(40):
        line = fill(chosen)
        page += set_line(line, LEFT, 720 - 12 * i)
        expected += line
    for i in range(40):
        line = fill(chosen, WIDTH - 24)
        if i % every == 0:
            page.append(word(f"{i // every + 10}.", right, 720 - 12 * i))
            expected.append(page[-1].text)
        page += set_line(line, right + 13.8 + 9.5, 720 - 12 * i, WIDTH - 24)
        expected += line
    assert pages_text([gather_rows(page)]).split() == expected


def test_words_of_a_title_that_part_at_the_gutter_are_no_columns() -> None:
    page, expected = two_columns(Random(2), 30, top=680)
    gutter = LEFT + WIDTH + GUTTER / 2
    title = [word("ALSUntangled", gutter - 5.2 - 0.46 * 24 * 12, 740, 24), word("733:", gutter + 5.2, 740, 24)]
    lines = pages_text([gather_rows([*title, *page])]).split("\n")
    assert lines[0] == "ALSUntangled 733:"
    assert " ".join(lines[1:]).split() == expected


def test_a_table_below_its_caption_goes_across_the_columns_that_its_cells_happen_to_leave_free() -> None:
    page, expected = two_columns(Random(3), 25)
    caption = ragged("Table 1. What was seen in all of the cells of them, and in others more", 120, 380)
    cells = [("weight", 50), ("24.2", 150), ("3.4", 330), ("18.0", 400), ("32.0", 480)]
    rows = [[word(text, left, 356 - 12 * i) for text, left in cells] for i in range(4)]
    lines = pages_text([gather_rows([*page, *caption, *(one for row in rows for one in row)])]).split("\n")
    assert [line.split("\t") for line in lines if "\t" in line] == [[text for text, _ in cells]] * 4
    assert " ".join(lines).split()[: len(expected)] == expected


def test_the_caption_over_a_table_is_none_of_its_cells() -> None:
    caption = ragged("Table 1. Grades", 150, 720)
    head = [word("Grade", 150, 704), word("Explanation", 230, 704)]
    rows = [
        [word("Cases", 50, 690 - 14 * i), word("C", 150, 690 - 14 * i), word("known", 230, 690 - 14 * i)]
        for i in range(4)
    ]
    read = pages_text([gather_rows([*caption, *head, *(one for row in rows for one in row)])])
    assert "Table 1. Grades" in read.split("\n")
    assert read.count("Cases\tC\tknown") == 4


@pytest.mark.parametrize("head", ["2 • Group", "Group | 2", "2 | Group"])
def test_the_number_of_a_page_may_be_parted_by_a_mark_from_a_running_head(head: str) -> None:
    page, expected = two_columns(Random(4), 30)
    pages = text_rows([[*ragged(head, 200, 760), *page]])
    assert pages_text(pages).split() == expected


def test_letters_of_a_heading_that_stand_apart_are_words() -> None:
    def spaced(text: str, left: float) -> list[Char]:
        places = [left + 8 * i - 4 * text[:i].count(" ") for i in range(len(text))]
        found = zip(text, places, strict=True)
        return [Char(letter, x, x + 5, 700, 9, 9, bold=False) for letter, x in found if letter != " "]

    words = make_words([*spaced("article info", 50), *spaced("abstract", 300)])
    assert [one.text for one in words] == ["article", "info", "abstract"]
    few = make_words(spaced("a b", 50))
    assert [one.text for one in few] == ["a", "b"]


@pytest.mark.parametrize(
    ("letter", "accent", "lift", "expected"),
    [("u", "¨", 0, "Mür"), ("ı", "´", 0, "Mír"), ("S", "ˇ", 3, "MŠr"), ("x", "´", 0, "Mx\u0301r")],
)
def test_an_accent_goes_on_the_letter_that_it_stands_over(letter: str, accent: str, lift: float, expected: str) -> None:
    wide = 7.2 if letter == "u" else 4.0  # more than half of its size
    chars = [
        Char("M", 40, 50, 700, 12, 12, bold=False),
        Char(letter, 50, 50 + wide, 700, 12, 12, bold=False),
        Char(accent, 50 + wide / 2 - 2.9, 50 + wide / 2 + 2.9, 700 + lift, 12, 12, bold=False),
        Char("r", 50 + wide, 54 + wide, 700, 12, 12, bold=False),
    ]
    assert [one.text for one in make_words(chars)] == [expected]


def test_an_accent_that_stands_alone_stays() -> None:
    chars = [Char(text, 50 + 6 * i, 56 + 6 * i, 700, 12, 12, bold=False) for i, text in enumerate("it´s")]
    assert [one.text for one in make_words(chars)] == ["it´s"]


def test_a_gap_before_a_raised_number_where_a_sign_is_missing_starts_no_cell() -> None:
    def line(y: float) -> list[Word]:
        return [word("10", 50, y, 8), Word("8", 65, y + 3, 68, y + 8, 5.2, bold=False), word("mbar", 71, y, 8)]

    text = [ragged("that was an example", 50, 700 - 12 * i) for i in range(6)]
    read = pages_text([gather_rows([*(one for row in text for one in row), *line(628)])])
    assert "\t" not in read


@pytest.mark.parametrize(
    ("before", "room", "after", "expected"),
    [
        ("", 1.0, "nd", "find"),
        ("", 1.02, "uorine", "fluorine"),
        ("re", 1.0, "ex", "reflex"),
        ("bene", 1.0, "t", "benefit"),
        ("e", 1.05, "ect", "effect"),
        ("su", 1.5, "cient", "sufficient"),
        ("sni", 1.5, "e", "sniffle"),
    ],
)
def test_a_ligature_that_a_font_of_pictures_does_not_name_is_told_by_its_room(
    before: str, room: float, after: str, expected: str
) -> None:
    left, chars = 50.0, []
    for letter in f"n {before}|{after}":
        if letter == "|":
            left += 5 * room
            continue
        chars.append(Char(letter, left, left + 5, 700, 10, 10, bold=False, is_picture=True))
        left += 5
    assert [one.text for one in make_words(chars)] == ["n", expected]
    named = [char._replace(is_picture=False) for char in chars]
    assert expected not in [one.text for one in make_words(named)]
