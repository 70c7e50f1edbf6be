"""Marks of Markdown are looked for only where one may start, and all are found."""

import re
from collections import defaultdict
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.readers import inline
from alsu_kg.readers.inline import InlineReader, mark_places, rare_characters

PIECES = (
    "word", " ", "  ", "\n", " \n", "\r\n", "\t", "\xa0", " \xa0", "\u2003", "\u2028", "\xad", "\u200b", "\x00", "\x07",
    "\u2066", "\ufeff", "*", "**", "_", "`", "$x^2$", " $\\kappa$ B", "$", "\\%", "\\", "[a](b)", "![a](b)", "[*a*](b)",
    "[^1]", "[", "!", "<sup>2</sup>", "<http://x.org>", "<b>", "<", "&amp;", "&", "²", "⁻¹", "^3,4^", "κ", "–", "’", "😀",
    "#", "|", ">", ".", "\ud800",
)  # fmt: skip

ANY_MARK: Final = re.compile("|".join(mark for _, mark in inline._MARKS), re.DOTALL)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_mark_starts_elsewhere(pieces: list[str]) -> None:
    raw = "".join(pieces)
    places = {*mark_places(raw, rare_characters(raw)), *inline._places_of("\n", raw, 0, len(raw))}
    assert [at for at in range(len(raw)) if ANY_MARK.match(raw, at) and at not in places] == []


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_what_a_mark_is_is_told_by_what_may_start_with_its_first_character(pieces: list[str]) -> None:
    raw = "".join(pieces)
    for at, char in enumerate(raw):
        whole = ANY_MARK.match(raw, at)
        mark = inline._MARK_AT[char].match(raw, at) if char in inline._MARK_AT else None
        assert _told(mark) == _told(whole)


def _told(mark: re.Match[str] | None) -> object:
    groups = {name: mark.span(name) for name, text in mark.groupdict().items() if text is not None} if mark else None
    return mark and (mark.span(), mark.lastgroup, groups)


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.integers(0, 8), st.integers(0, 8))
def test_a_part_reads_as_it_reads_alone(pieces: list[str], before: int, after: int) -> None:
    raw = "".join(pieces)
    start, end = min(before, len(raw)), max(len(raw) - after, min(before, len(raw)))
    read = InlineReader(raw).read(start, end)
    at_each = InlineReader(raw)
    at_each._places = list(range(len(raw)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "_MARK_AT", defaultdict(lambda: ANY_MARK))
        assert read == at_each.read(start, end)
