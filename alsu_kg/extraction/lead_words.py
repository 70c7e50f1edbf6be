"""Where relation words and cues may start in a sentence: looked up by its printed words, before any pattern runs."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_letters
from typing import Final

_MOST_WORDS: Final = 50_000
_SHORTEST: Final = 2
_STARTS = re.compile(rf"(?<![a-z])[a-z]{{{_SHORTEST}}}")


Places = tuple[tuple[int, int], ...]
"""Where patterns may start in a printed word, and which, as the bits of a number."""


class LeadWords:
    """Which patterns may start in a printed word (what stands between spaces).

    ``leads`` lists what each pattern starts with (``hints.find_leads``), by its bit; one without leads, or
    with one of a single letter, may start anywhere.
    """

    def __init__(self, leads: Sequence[Sequence[str]]) -> None:
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

    def places_in(self, printed: str) -> Places:
        """Give where patterns may start in a printed word, and which.

        >>> LeadWords([("may",), ("slow", "stop")]).places_in("slow/may")
        ((0, 2), (5, 1))
        """
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
        return tuple(found)

    def find(self, text: str, starting: Iterable[tuple[int, Places]], likely: int) -> list[tuple[int, int]]:
        """Give the places in ``text`` where patterns may start, each with which of the ``likely`` ones, in order.

        ``starting`` tells where in ``text`` the printed words start in which a pattern may start, and where in them.

        >>> leads = LeadWords([("may",), ("slow", "stop")])
        >>> leads.find("It may (slow)", [(3, ((0, 1),)), (7, ((1, 2),))], 3)
        [(3, 0), (8, 1)]
        """
        found = []
        known = self._orders
        for start, places in starting:
            for at, bits in places:
                here = bits & likely
                if here:
                    for order in known.get(here) or self._orders_of(here):
                        found.append((start + at, order))  # noqa: PERF401 - mostly there is but one
        if self._anywhere & likely:
            anywhere = self._orders_of(self._anywhere & likely)
            found = sorted(found + [(at, order) for at in range(len(text)) for order in anywhere])
        return found

    def find_all(self, text: str) -> list[tuple[int, int]]:
        """Give the places in ``text`` where patterns may start if nothing is known of its words, each with every pattern.

        >>> LeadWords([("may",), ("slow", "stop")]).find_all("ok")
        [(0, 0), (0, 1)]
        """
        places = [at for at in range(len(text)) if not at or text[at - 1] not in ascii_letters]
        return [(at, order) for at in places for order in range(self._number)]

    def _orders_of(self, bits: int) -> tuple[int, ...]:
        """Give the positions of the patterns that ``bits`` stand for."""
        orders = tuple([order for order in range(self._number) if bits >> order & 1])
        if len(self._orders) >= _MOST_WORDS:
            self._orders.clear()
        self._orders[bits] = orders
        return orders
