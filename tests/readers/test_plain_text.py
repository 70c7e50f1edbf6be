"""Headings of plain text, whatever they look like and however the text is wrapped. All texts are our own."""

import textwrap

import pytest

from alsu_kg.extraction.sections import outline
from alsu_kg.model.document import Document
from alsu_kg.readers.plain_text import read_plain_text

PROSE = "It was seen in mice and in cells that the example acts as examples do, and that it does so for as long as it is there."
TITLE = (
    "Of an example with a long name and of what it does in the cells of those animals that have been given it by others: "
    "a review of all that is known"
)
HEADINGS = (
    "Introduction",
    "What the example does to cells",
    "mRNA levels",
    "3b) Handling of the example at home",
    "4-iii. Signs in animals",
    "2.1 Statistics",
    "C. elegans and the S. example",
    "Entropy vs. Energy of it",
    "discussion",
    "6. analysis",
    "3.3: Spectra of it",
    "The model of SU(2) groups",
    "A heading that is so long that it has to be broken into two lines of this text",
    "IV. Outlook",
)
SENTENCES = ("It is short.", "“A market grows.”", "where x is small", "Fig. 3A–D", "and so on", "It acts:⁸")


def headings_of(raw: str) -> list[str]:
    blocks = read_plain_text(raw)
    return [section.heading for section in outline(Document("a.txt", "text", raw, "", blocks)).sections]


@pytest.mark.parametrize(("width", "gap"), [(0, "\n\n"), (0, "\n"), (60, "\n\n"), (78, "\n\n")])
def test_headings_are_found(width: int, gap: str) -> None:
    parts = [TITLE, *(part for heading in HEADINGS for part in (heading, PROSE + " " + PROSE, PROSE))]
    raw = gap.join("\n".join(textwrap.wrap(part, width)) if width else part for part in parts)
    missed = {"discussion", "6. analysis"} if gap == "\n" else set()
    assert headings_of(raw) == [TITLE, *(heading for heading in HEADINGS if heading not in missed)]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_short_lines_that_are_none(sentence: str) -> None:
    raw = f"Title of it\n\nIntroduction\n\n{PROSE}\n\n{sentence}\n\n{PROSE}\n"
    assert headings_of(raw) == ["Title of it", "Introduction"]


def test_people_and_places_over_two_lines_are_no_heading() -> None:
    people = "Department of Examples and of Other Things that\nUniversity of Anywhere"
    raw = f"Title of it\n\nIntroduction\n\n{PROSE}\n\n{people}\n\n" + "\n".join(textwrap.wrap(PROSE * 3, 60))
    assert headings_of(raw) == ["Title of it", "Introduction"]


def test_headings_right_after_the_title_and_after_the_first_part() -> None:
    raw = f"Title of it\n\nJane Doe\n\nIntroduction\n\nThe idea of it\n\n{PROSE}\n\nResults\n\n{PROSE}\n"
    assert headings_of(raw) == ["Title of it", "Introduction", "The idea of it", "Results"]


def test_a_line_of_a_reference_that_starts_with_the_name_of_a_part_is_no_heading() -> None:
    raw = """Risks

It may harm (1).

References

1. Karu D, Kara G, Vakn
A, Kuro B, Gomo JM, et al.
Safety and effects of some cells that were
given to people. Arch Neurol. 2010;67:1187.

2. Foley PL. Pain. Pain. 2013;154:632.
"""
    blocks = read_plain_text(raw)
    assert [block.text.text for block in blocks if block.kind == "heading"] == ["Risks", "References"]
