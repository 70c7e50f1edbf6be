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


class LeadWords(dict[str, int]):
    """For each printed word (what stands between spaces) met so far: which patterns may start in it, as the bits of a number.

    ``leads`` lists what each pattern starts with (``hints.find_leads``), by its bit; one without leads, or
    with one of a single letter, may start anywhere.
    """

    def __init__(self, leads: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._leads: dict[str, list[tuple[str, int]]] = {}
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._anywhere = 0
        self._every = (1 << len(leads)) - 1
        bits: dict[str, int] = {}
        for i, alternatives in enumerate(leads):
            if alternatives and min(map(len, alternatives)) >= _SHORTEST:
                for lead in alternatives:
                    bits[lead] = bits.get(lead, 0) | 1 << i
            else:
                self._anywhere |= 1 << i
        for lead, bit in bits.items():
            self._leads.setdefault(lead[:_SHORTEST], []).append((lead, bit))

    def __missing__(self, printed: str) -> int:
        lower = printed.lower()
        found, every = [], 0
        for match in _STARTS.finditer(lower):
            leads = self._leads.get(match[0])
            if leads is not None:
                at, bits = match.start(), 0
                for lead, bit in leads:
                    if lower.startswith(lead, at):
                        bits |= bit
                if bits:
                    found.append((at, bits))
                    every |= bits
        if len(self) >= _MOST_WORDS:
            self.clear()
            self._places.clear()
        if found:
            self._places[printed] = found
        self[printed] = every
        return every

    def find(self, text: str, words: Sequence[str], likely: int) -> list[tuple[int, int]]:
        """Give the places in ``text`` where patterns may start, and which of the ``likely`` ones, in order.

        ``words`` are those between its spaces; where ``likely`` is ``EVERY_SIGN`` nothing is known of them, and any may start.

        >>> leads = LeadWords([("may",), ("slow", "stop")])
        >>> leads.find("It may slow (or stop) it.", ["It", "may", "slow", "(or", "stop)", "it."], 3), leads.find("ok", [], -1)
        ([(3, 1), (7, 2), (16, 2)], [(0, 3)])
        """
        if likely == EVERY_SIGN:
            return [(at, self._every) for at in range(len(text)) if not at or text[at - 1] not in ascii_letters]
        starting = [i for i, bits in enumerate(map(self.__getitem__, words)) if bits & likely]
        found = []
        if starting:
            ends = word_ends(text, words)
            for i in starting:
                place = ends[i] + i - len(words[i])
                for at, bits in self._places[words[i]]:
                    here = bits & likely
                    if here:
                        found.append((place + at, here))
        if self._anywhere & likely:
            anywhere = [(at, self._anywhere & likely) for at in range(len(text))]
            found = sorted(found + anywhere)
        return found
