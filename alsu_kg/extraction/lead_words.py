"""Where relation words and cues may start in a sentence: looked up by its printed words, before any pattern runs."""

import re
from collections.abc import Sequence
from string import ascii_letters
from typing import Final

from alsu_kg.extraction.signs import EVERY_SIGN
from alsu_kg.extraction.terms import word_ends

_MOST_WORDS: Final = 50_000
_SHORTEST: Final = 2
_STARTS = re.compile(rf"(?<![a-z])[a-z]{{{_SHORTEST}}}")


_Places = tuple[tuple[int, int], ...]


class LeadWords(dict[str, _Places]):
    """For each printed word (what stands between spaces) met so far: where patterns may start in it, and which, as bits.

    ``leads`` lists what each pattern starts with (``hints.find_leads``), by its bit; one without leads, or
    with one of a single letter, may start anywhere.
    """

    def __init__(self, leads: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._leads: dict[str, list[tuple[str, int]]] = {}
        self._orders: dict[int, tuple[int, ...]] = {}
        self._anywhere = 0
        self._number = len(leads)
        bits: dict[str, int] = {}
        for i, alternatives in enumerate(leads):
            if alternatives and min(map(len, alternatives)) >= _SHORTEST:
                for lead in alternatives:
                    bits[lead] = bits.get(lead, 0) | 1 << i
            else:
                self._anywhere |= 1 << i
        for lead, bit in bits.items():
            self._leads.setdefault(lead[:_SHORTEST], []).append((lead, bit))

    def __missing__(self, printed: str) -> _Places:
        lower = printed.lower()
        found = []
        for match in _STARTS.finditer(lower):
            leads = self._leads.get(match[0])
            if leads is not None:
                at, bits = match.start(), 0
                for lead, bit in leads:
                    if lower.startswith(lead, at):
                        bits |= bit
                if bits:
                    found.append((at, bits))
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[printed] = places = tuple(found)
        return places

    def find(self, text: str, words: Sequence[str], likely: int, ends: Sequence[int] = ()) -> list[tuple[int, int]]:
        """Give the places in ``text`` where patterns may start, each with which of the ``likely`` ones, in order.

        ``words`` are those between its spaces, ``ends`` where they end, if that is known (``terms.word_ends``). Where ``likely`` is
        ``EVERY_SIGN`` nothing is known of the words, and any pattern may start.

        >>> leads = LeadWords([("may",), ("slow", "stop")])
        >>> leads.find("It may slow (or stop) it.", ["It", "may", "slow", "(or", "stop)", "it."], 3), leads.find("ok", [], -1)
        ([(3, 0), (7, 1), (16, 1)], [(0, 0), (0, 1)])
        """
        if likely == EVERY_SIGN:
            places = [at for at in range(len(text)) if not at or text[at - 1] not in ascii_letters]
            return [(at, order) for at in places for order in range(self._number)]
        found = []
        starting = [(i, places) for i, places in enumerate(map(self.__getitem__, words)) if places]
        if starting:
            ends = ends or word_ends(text, words)
            for i, places in starting:
                for at, bits in places:
                    here = bits & likely
                    if here:
                        place = ends[i] + i - len(words[i]) + at
                        found += [(place, order) for order in self._orders.get(here) or self._orders_of(here)]
        if self._anywhere & likely:
            anywhere = self._orders_of(self._anywhere & likely)
            found = sorted(found + [(at, order) for at in range(len(text)) for order in anywhere])
        return found

    def _orders_of(self, bits: int) -> tuple[int, ...]:
        """Give the positions of the patterns that ``bits`` stand for."""
        orders = tuple([order for order in range(self._number) if bits >> order & 1])
        if len(self._orders) >= _MOST_WORDS:
            self._orders.clear()
        self._orders[bits] = orders
        return orders
