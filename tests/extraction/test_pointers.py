"""Pointers: which numbers in the text point at references, and which do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.extraction.pointer_groups import expand_numbers
from alsu_kg.extraction.pointers import find_pointers
from alsu_kg.extraction.sections import Passage
from alsu_kg.model.document import Mark, Text
from alsu_kg.model.review import Reference
from alsu_kg.readers.text_cleaning import clean_text

REFERENCES = tuple(Reference(number=n, authors=(f"Author{chr(64 + n)} X",), year=2000 + n) for n in range(1, 13))


def numbers(*texts: Text) -> list[tuple[int, ...]]:
    passages = [Passage(text, "Risks", "risks", "paragraph") for text in texts]
    return [found.numbers for _, items in find_pointers(passages, REFERENCES, {}) for found in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It acts (1). Seen (2,3) and (4–6), not in (2020), (G.L.), (Table 1) or (2mg/kg per day).",
            [(1,), (2, 3), (4, 5, 6)],
        ),
        ("It acts [1]. Seen [2, 3] and [4-6]; p [0.05], list (7).", [(1,), (2, 3), (4, 5, 6)]),
        ("It acts.1 Seen in mice,2,3 and later.4–6 Then 7 people came.", [(1,), (2, 3), (4, 5, 6)]),
        ("AuthorA et al. (2001) saw it, as did others (AuthorB, 2002; AuthorC and Else 2003).", [(1,), (2, 3)]),
        (
            "It acts [1]–[3], and more [2], [4]. Mice [3],[4]–[6] differ [5] [6]. So [7]. [8] did.",
            [(1, 2, 3), (2, 4), (3, 4, 5, 6), (5, 6), (7,), (8,)],
        ),
        (
            "It acts [1: fig. 4], [5, p. 20] and [6: 290–293]; not F[1,2] = 3, at [3, 4] mm, [[2,3]] or [2, 2.5].",
            [(1, 5), (6,)],
        ),
        ("It acts (1)–(3); others disagree (2), (4).", [(1, 2, 3), (2, 4)]),
        ("Three steps: (1) rest, (2) sleep and (3) food [1,2].", [(1, 2)]),
    ],
)
def test_styles(text: str, expected: list[tuple[int, ...]]) -> None:
    assert numbers(Text(text)) == expected


def test_powers_are_no_pointers() -> None:
    text = "At 106 cells/m2 it acts 3."
    marks = (Mark(5, 6, "superscript"), Mark(14, 15, "superscript"), Mark(24, 25, "superscript"))
    assert numbers(Text(text, (), marks)) == [(3,)]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20, unique=True))
def test_lists_of_numbers_come_back(values: list[int]) -> None:
    assert expand_numbers(", ".join(map(str, values))) == tuple(values)


@given(st.integers(1, 300), st.integers(1, 150), st.sampled_from(["-", "–", " – ", "—", "‐"]))
def test_ranges_are_filled(low: int, span: int, dash: str) -> None:
    assert expand_numbers(f"{low}{dash}{low + span}") == tuple(range(low, low + span + 1))


def test_a_raised_number_behind_a_number_points_but_a_power_of_ten_does_not() -> None:
    text = "It fell from 41 to 36²³, in 1990² and by IL-1³, but 10⁵ cells, 2 × 10⁶ of them and 3² wells were used."
    found = clean_text(text, 0, len(text))
    marked = [found.text[mark.start : mark.end] for mark in found.marks if found.text[mark.start - 1] == " "]
    assert marked == ["23", "2", "3"]
    assert "fell from 41 to 36 23," in found.text
    assert "105 cells" in found.text
