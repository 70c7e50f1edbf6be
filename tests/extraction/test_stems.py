"""Stems found as the longest at each place are those that a search for each one finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.extraction.signs import WordSigns
from alsu_kg.extraction.stems import tree_pattern, with_shorter

STEMS = st.lists(st.text("abc", min_size=1, max_size=5), unique=True, max_size=12)


@given(STEMS, st.text("abc", max_size=12))
def test_the_tree_finds_the_longest_stem_at_each_place(stems: list[str], word: str) -> None:
    pattern = re.compile(tree_pattern(stems))
    for at in range(len(word) + 1):
        found = pattern.match(word, at)
        longest = max((stem for stem in stems if word.startswith(stem, at)), key=len, default=None)
        assert (found[0] if found else None) == longest


@given(STEMS, st.text("abc", max_size=12))
def test_the_longest_stems_tell_all_that_stand_in_a_word(stems: list[str], word: str) -> None:
    bits = with_shorter({stem: 1 << i for i, stem in enumerate(stems)})
    found = 0
    for stem in re.findall(f"(?=({tree_pattern(stems)}))", word):
        found |= bits[stem]
    assert found == sum(1 << i for i, stem in enumerate(stems) if stem in word)


@given(STEMS, st.text("abcABC", max_size=12))
def test_a_tree_for_any_case_finds_what_the_words_find(stems: list[str], word: str) -> None:
    longest = re.compile("|".join(sorted(stems, key=len, reverse=True)) or "(?!)", re.IGNORECASE)
    found = re.compile(tree_pattern(stems, any_case=True), re.IGNORECASE)
    assert [m.span() for m in found.finditer(word)] == [m.span() for m in longest.finditer(word)]


def test_a_stem_of_several_signs_gives_all_of_them() -> None:
    signs = WordSigns([("inhibit", "slow"), ("inhibit",), ("=inhibits",), ("inhib",), ("hib",)])
    assert signs.of_word("inhibits") == 0b11111
    assert signs.of_word("inhibitors,") == 0b11011
