"""Quotation marks at the ends of titles: those of a style are left out, those of the title itself stay."""

import pytest

from alsu_kg.extraction.references.reference_string import parse_reference

TITLES = [
    ("Ay B, Cee D. “Cures of ALS”: what they share. Neurology. 2018;19:495-9.", "“Cures of ALS”: what they share"),
    ('Ay B, Cee D. "Nothing to lose" and other reasons. Neurology. 2018;19:495-9.', '"Nothing to lose" and other reasons'),
    ("Ay B, Cee D. On the word “cure” in forums. Neurology. 2018;19:495-9.", "On the word “cure” in forums"),
    ("Ay B, Cee D. What patients call “a cure”. Neurology. 2018;19:495-9.", "What patients call “a cure”"),
    ("Ay B, “Cures and what they share,” Neurology, vol. 19, pp. 495-499, 2018.", "Cures and what they share"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "title"), TITLES)
def test_marks_of_titles(printed: str, title: str) -> None:
    assert parse_reference(printed).title == title
