"""What is known of the words of a text: their signs, and which relation words, cues and terms may start in them.

All of it is worked out once for each distinct printed word (what stands between spaces), and looked up at once.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.lead_words import LeadWords, Places
from alsu_kg.extraction.signs import WordSigns
from alsu_kg.extraction.terms import Start, Starting, TermIndex, find_starts

_MOST_WORDS: Final = 50_000
_SPACE = re.compile(r"\s")
_PRINTED = re.compile(r"\S+")


KnownWord = tuple[int, int, Places, Sequence[Start]]
"""What is known of a printed word: its length and that of a space, its signs, which relation words and cues may start in it where,
and which terms. A plain tuple: its parts are taken out for every word that is read."""


class TextWords(msgspec.Struct, frozen=True, gc=False):
    """The printed words of a text, and their signs together.

    ``leads`` are the places of the text at which relation words or cues may start, and which, ``terms`` the numbers of the words in
    which terms may start, with where they stand. ``is_even`` if nothing but single spaces parts the words.
    """

    printed: Sequence[str]
    signs: int
    leads: Sequence[tuple[int, int]]
    terms: Starting
    is_even: bool

    def place_of(self, text: str, printed: str, start: int = 0) -> int:
        """Give where the next word that is ``printed`` stands in the ``text``, from ``start`` on, which is not within a word.

        Raises ``ValueError`` if there is none.

        >>> words = TextWords(["A", "band", "andes", "and", "C"], 0, (), {}, is_even=True)
        >>> words.place_of("A band andes and C", "and")
        13
        """
        spaced = text if self.is_even else _SPACE.sub(" ", text)
        return f" {spaced} ".index(f" {printed} ", start)


class _NoWordError(Exception):
    """What was looked up is empty or holds white space."""


class KnownWords(dict[str, KnownWord]):
    """What is known of each printed word met so far, worked out when it is first asked for."""

    def __init__(self, signs: WordSigns, leads: LeadWords, terms: TermIndex) -> None:
        super().__init__()
        self._signs = signs
        self._leads = leads
        self._terms = terms

    def __missing__(self, printed: str) -> KnownWord:
        if printed.split() != [printed]:
            raise _NoWordError
        if len(self) >= _MOST_WORDS:
            self.clear()
        signs, leads = self._signs.of_word(printed), self._leads.places_in(printed)
        terms = find_starts(printed, [self._terms]) if self._signs.may_name(signs) else ()
        self[printed] = word = (len(printed) + 1, signs, leads, terms)
        return word

    def of(self, text: str) -> TextWords:
        """Look up the words of ``text``.

        >>> import re
        >>> from alsu_kg.extraction.relation_words import PredicateWords
        >>> inhibits = PredicateWords(re.compile("inhibits"), "affects", "decreases", "active", leads=("inhibit",))
        >>> words = KnownWords(WordSigns([("inhibit",)]), LeadWords([inhibits]), {}).of("It  inhibits NF-kB")
        >>> words.printed, words.signs, [at for at, _ in words.leads], words.is_even
        (['It', 'inhibits', 'NF-kB'], 1, [4], False)
        """
        try:
            return self._of_even(text.split(" "))
        except _NoWordError:
            printed = text.split()
        told = self._of_even(printed)
        places = [at for word in _PRINTED.finditer(text) for at in range(word.start(), word.end() + 1)]
        return TextWords(
            printed,
            told.signs,
            [(places[at], bits) for at, bits in told.leads],
            {i: (places[at], starts) for i, (at, starts) in told.terms.items()},
            is_even=False,
        )

    def _of_even(self, printed: Sequence[str]) -> TextWords:
        """Look up the words of a text that has nothing but single spaces between them."""
        signs = self._signs.of_all
        leads: list[tuple[int, int]] = []
        terms: dict[int, tuple[int, Sequence[Start]]] = {}
        at = i = 0
        for size, own, starts, names in map(self.__getitem__, printed):
            if own:
                signs |= own
            if starts:
                for offset, bits in starts:
                    leads.append((at + offset, bits))
            if names:
                terms[i] = at, names
            at += size
            i += 1  # noqa: SIM113 - faster than enumerate
        return TextWords(printed, signs, leads, terms, is_even=True)
