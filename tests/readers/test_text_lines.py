# ruff: noqa: E501 - documents on one line
"""Lines of bare text: numbers of lines, running heads, framed headings; what looks like them and is none."""

from alsu_kg.readers.plain_text import read_plain_text
from alsu_kg.readers.text_lines import find_lines, part_furniture

WORDS = "some words of a line that goes on"


def texts(raw: str) -> list[str]:
    return [line.text for line in find_lines(raw)]


def test_numbers_of_lines_go_and_places_stay() -> None:
    raw = "\n".join(f"{i:4} {WORDS} {i}" for i in range(1, 30))
    lines = find_lines(raw)
    assert [line.text for line in lines] == [f"{WORDS} {i}" for i in range(1, 30)]
    assert all(raw[line.start : line.end] == line.text for line in lines)


def test_a_numbered_list_and_years_are_no_numbers_of_lines() -> None:
    listed = "\n".join(f"{i}. {WORDS}" for i in range(1, 30))
    years = "\n".join(f"{year} {WORDS}" for year in [2001, 1999, 2015, 1987] * 6)
    assert texts(listed)[0].startswith("1. ")
    assert texts(years)[0].startswith("2001")


def furniture(raw: str) -> list[str]:
    return [line.text for line in part_furniture(raw, find_lines(raw))[1]]


def test_running_heads_with_rising_numbers_and_without() -> None:
    page = [WORDS] * 15
    numbered = "\n".join(line for n in range(3, 7) for line in [*page, "", f"The Author Group   {n}", ""])
    same = "\n".join(line for _ in range(4) for line in [*page, "", "Journal of some things", ""])
    assert furniture(numbered) == [f"The Author Group   {n}" for n in range(3, 7)]
    assert furniture(same) == ["Journal of some things"] * 3


def test_rows_of_a_table_and_known_headings_are_no_furniture() -> None:
    rows = "\n".join(f"Total times seen {n}" for n in (205, 60, 35, 12))
    parts = "\n".join(line for _ in range(4) for line in [*[WORDS] * 12, "", "Risks, dosing and costs", ""])
    assert furniture(rows) == []
    assert furniture(parts) == []


def test_a_sentence_goes_on_over_a_page() -> None:
    page = "\n".join(["Other lines that fill a page and are long enough to be wrapped at some width or other."] * 12)
    raw = f"Title of it\n\nRisks\n\n{page}\nIt is in no way sure whether the drug may cause any\n\n12   A. Author\n\n\x0charm to them.\n"
    blocks = read_plain_text(raw)
    assert any(block.text.text.endswith("may cause any harm to them.") for block in blocks)
    assert [block.text.text for block in blocks if block.kind == "footnote"] == ["12 A. Author"]


def test_framed_headings() -> None:
    raw = "=== Risks ===\n\nNone.\n\n--- Cases ---\n\nNone."
    assert [block.text.text for block in read_plain_text(raw) if block.kind == "heading"] == ["Risks", "Cases"]
    assert texts("- one -\n- two") == ["- one -", "- two"]
