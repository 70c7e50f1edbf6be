"""Lists of references without numbers, whose entries hang from the edge of a column: placed as typesetting programs do."""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from placed_words import LEFT, RIGHT, WIDTH, ragged, word

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.document import Document
from alsu_kg.readers.pages.hanging import find_entries
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Line, Word, gather_rows
from alsu_kg.readers.plain_text import read_plain_text

NAMES = (
    "Abel",
    "Birk",
    "Cole",
    "Dunn",
    "Egan",
    "Frei",
    "Gold",
    "Hart",
    "Iden",
    "Jung",
    "Kern",
    "Lund",
    "Maas",
    "Noor",
    "Orff",
)
VIEW = "Another view of the cells that were seen in them and in others. "
ENTRIES = tuple(
    f"{name} {first}, {other} B, {1990 + i}. {VIEW * (i % 3)}Short report on cells."
    f" Example Letters {10 + i}, {100 + 7 * i}–{107 + 7 * i}."
    for i, (name, first, other) in enumerate(zip(NAMES, "KLMNOPRSTKLMNOP", reversed(NAMES), strict=True))
)
TEXT = (
    "It is not known whether the extract acts in people, for few of them were asked and none of them was seen again. "
    * 4
)


def broken(text: str, width: float, first: float, rest: float, size: float) -> Iterator[tuple[str, float]]:
    """Break words into lines of ``width``, each with its indent."""
    line: list[str] = []
    indent = first
    for part in text.split():
        if line and len(" ".join([*line, part])) * 0.46 * size + indent > width:
            yield " ".join(line), indent
            line, indent = [], rest
        line.append(part)
    yield " ".join(line), indent


def column(
    paragraphs: Sequence[str], left: float, top: float, *, first: float, rest: float, size: float = 10.0
) -> list[Word]:
    lines = list(itertools.chain.from_iterable(broken(text, WIDTH, first, rest, size) for text in paragraphs))
    return [
        one for i, (text, indent) in enumerate(lines) for one in ragged(text, left + indent, top - 1.2 * size * i, size)
    ]


def split_lines(entries: Sequence[str], first: float, rest: float, size: float) -> list[tuple[str, float]]:
    return list(itertools.chain.from_iterable(broken(text, WIDTH, first, rest, size) for text in entries))


def references(pages: Sequence[Sequence[Word]]) -> list[str]:
    raw = pages_text([gather_rows(words) for words in pages])
    document = Document("x.pdf", "pdf", raw, "", read_plain_text(raw))
    return [reference.raw or "" for reference in extract_record(document, load_vocabulary()).references]


def squeezed(texts: Sequence[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


@pytest.mark.parametrize("indent", [8, 15, 36])
@pytest.mark.parametrize("count", [9, 12, 15])
def test_entries_that_hang_from_the_edge_of_a_column_are_told_apart(count: int, indent: float) -> None:
    entries = ENTRIES[:count]
    page = [word("References", LEFT, 620, 12), *column(entries, LEFT, 600, first=0, rest=indent, size=9)]
    assert squeezed(references([page])) == squeezed(entries)


@pytest.mark.parametrize("cut", range(11, 40, 3))
def test_an_entry_goes_on_in_the_next_column(cut: int) -> None:
    lines = split_lines(ENTRIES, 0, 12, 9)
    page = [word("References", LEFT, 760, 12)]
    for at, top, some in ((LEFT, 740, lines[:cut]), (RIGHT, 760, lines[cut : 2 * cut])):
        for i, (text, indent) in enumerate(some):
            page += ragged(text, at + indent, top - 10.8 * i, 9)
    second = [
        one
        for i, (text, indent) in enumerate(lines[2 * cut :])
        for one in ragged(text, LEFT + indent, 760 - 10.8 * i, 9)
    ]
    assert squeezed(references([page, second])) == squeezed(ENTRIES)


def test_first_lines_of_entries_may_be_indented() -> None:
    page = [word("References", LEFT, 760, 12), *column(ENTRIES, LEFT, 740, first=14, rest=0, size=9)]
    assert squeezed(references([page])) == squeezed(ENTRIES)


def test_paragraphs_with_an_indent_are_no_list() -> None:
    """Their first lines stand further right by as much as the lines of the list do that go on."""
    text = column([TEXT] * 3, LEFT, 740, first=12, rest=0, size=9)
    low = min(one.bottom for one in text)
    page = [
        *text,
        word("References", LEFT, low - 24, 12),
        *column(ENTRIES[:9], LEFT, low - 40, first=0, rest=12, size=9),
    ]
    raw = pages_text([gather_rows(page)])
    paragraphs = [block.text.text for block in read_plain_text(raw) if block.kind == "paragraph"]
    assert paragraphs == [TEXT.strip()] * 3


def test_a_list_without_a_heading_is_found_below_the_text() -> None:
    text = column([TEXT], LEFT, 740, first=0, rest=0)
    low = min(one.bottom for one in text)
    page = [*text, *column(ENTRIES, LEFT, low - 30, first=0, rest=12, size=9)]
    assert squeezed(references([page])) == squeezed(ENTRIES)


def test_a_list_below_both_columns_comes_after_their_text() -> None:
    """The list starts below the left column; the text goes on in the right one."""
    numbered = [f"[{i}] {entry}" for i, entry in enumerate(ENTRIES[:8], 1)]
    first, second = numbered[:4], numbered[4:]
    page = column([TEXT], LEFT, 740, first=0, rest=0) + column(
        ["And so it was said. " + TEXT], RIGHT, 740, first=0, rest=0
    )
    low = min(one.bottom for one in page) - 40
    page += column(first, LEFT, low, first=0, rest=14, size=8) + column(second, RIGHT, low, first=0, rest=14, size=8)
    more = column([f"[{i}] {entry}" for i, entry in enumerate(ENTRIES[8:], 9)], LEFT, 740, first=0, rest=14, size=8)
    assert squeezed(references([page, more])) == squeezed(ENTRIES)


@pytest.mark.parametrize("cut", range(11, 40, 4))
def test_entries_without_indents_end_with_a_short_line_or_before_an_author(cut: int) -> None:
    """Some last lines fill their column; one reference has its address on a line of its own, where a column may end."""
    entries = [*ENTRIES[:6], f"{ENTRIES[6]} https://doi.org/10.1000/{'abcdefgh' * 4}", *ENTRIES[7:]]
    lines = [line for line, _ in split_lines(entries, 0, 0, 9)]
    page = [word("References", LEFT, 760, 12)]
    for at, top, some in ((LEFT, 740, lines[:cut]), (RIGHT, 760, lines[cut:])):
        page += [one for i, text in enumerate(some) for one in ragged(text, at, top - 10.8 * i, 9)]
    assert squeezed(references([page])) == squeezed(entries)


def test_references_of_a_line_each_are_told_apart() -> None:
    entries = [
        f"{name} {first}, {1990 + i}, Example Letters, {10 + i}, {100 + i}"
        for i, (name, first) in enumerate(zip(NAMES, "KLMNOPRSTKLMNOP", strict=True))
    ]
    pages = [column(entries[i : i + 3], LEFT, 736, first=0, rest=0, size=9) for i in range(0, 15, 3)]
    pages[0].append(word("References", LEFT, 760, 12))
    assert references(pages) == entries


def test_short_lines_of_text_without_indents_start_no_paragraph() -> None:
    """Only in the list of references do short lines end entries: text may be set ragged."""
    text = ["It was seen in 12.", "Ay B., Dee and others were asked", "in 2012.", "Eff G., Hun and others were not"]
    page = [one for i, line in enumerate(text * 3) for one in ragged(line, LEFT, 740 - 12 * i)]
    page += [word("References", LEFT, 560, 12), *column(ENTRIES[:9], LEFT, 540, first=0, rest=0, size=9)]
    assert "\n\n" not in pages_text([gather_rows(page)]).partition("References")[0].strip()


def test_an_indent_of_a_third_of_the_type_is_one() -> None:
    lines = split_lines(ENTRIES[:6], 0, 3, 9)
    placed = [
        Line(text, LEFT + by, LEFT + by + 4.14 * len(text), 740 - 10.8 * i, 9, bold=False)
        for i, (text, by) in enumerate(lines)
    ]
    found = find_entries(placed, frozenset())
    assert [placed[i].text[:4] for i in sorted(found.starts)] == [entry[:4] for entry in ENTRIES[:6]]
