"""What is known of the words of a text: their signs, and which relation words, cues and terms may start in them.

All of it is worked out once for each distinct printed word (what stands between spaces), and looked up at once.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.lead_words import LeadWords, Places, all_bits
from alsu_kg.extraction.signs import WordSigns
from alsu_kg.extraction.terms import Start, Starting, TermIndex, find_starts, word_places

_MOST_WORDS: Final = 50_000


class KnownWord(msgspec.Struct, frozen=True, gc=False):
    """What is known of a printed word: its signs, which relation words and cues may start in it, and which terms."""

    signs: int
    leads: Places
    terms: Sequence[Start]
    starts: int = -1
    """Which relation words and cues start somewhere in it: the bits of all its ``leads``."""


class TextWords(msgspec.Struct, frozen=True, gc=False):
    """The printed words of a text, where they start (``terms.word_places``), and their signs together.

    ``known`` are those, by their number, in which relation words or cues may start, and ``terms`` tells in which terms may start.
    """

    printed: Sequence[str]
    places: Sequence[int]
    signs: int
    known: Sequence[tuple[int, KnownWord]]
    terms: Starting


class KnownWords(dict[str, KnownWord | None]):
    """What is known of each printed word met so far, worked out when it is first asked for; ``None`` where that is nothing."""

    def __init__(self, signs: WordSigns, leads: LeadWords, terms: TermIndex) -> None:
        super().__init__()
        self._signs = signs
        self._leads = leads
        self._terms = terms

    def __missing__(self, printed: str) -> KnownWord | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        signs, leads = self._signs.of_word(printed), self._leads.places_in(printed)
        terms = find_starts(printed, [self._terms]) if self._signs.may_name(signs) else ()
        self[printed] = word = KnownWord(signs, leads, terms, all_bits(leads)) if signs or leads or terms else None
        return word

    def of(self, text: str) -> TextWords:
        """Look up the words of ``text``.

        >>> import re
        >>> from alsu_kg.extraction.relation_words import PredicateWords
        >>> inhibits = PredicateWords(re.compile("inhibits"), "affects", "decreases", "active", leads=("inhibit",))
        >>> words = KnownWords(WordSigns([("inhibit",)]), LeadWords([inhibits]), {}).of("It inhibits NF-kB")
        >>> words.places, words.signs, [(i, len(word.leads)) for i, word in words.known]
        ([0, 2, 10, 15], 1, [(1, 1)])
        """
        printed = text.split()
        signs = self._signs.of_all
        known: list[tuple[int, KnownWord]] = []
        terms: dict[int, Sequence[Start]] = {}
        for i, word in enumerate(map(self.__getitem__, printed)):
            if word is not None:
                signs |= word.signs
                if word.leads:
                    known.append((i, word))
                if word.terms:
                    terms[i] = word.terms
        return TextWords(printed, word_places(text, printed), signs, known, terms)
