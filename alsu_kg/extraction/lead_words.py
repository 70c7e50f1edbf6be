"""Where relation words and cues may start in a sentence: looked up by its printed words, before any pattern runs."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from string import ascii_letters
from typing import Final

from alsu_kg.extraction.relation_words import Candidate, Cue, PredicateWords, Row, StartedCue, candidates_at
from alsu_kg.extraction.signs import RULE_STEMS
from alsu_kg.extraction.stems import tree_pattern, with_shorter

_MOST_WORDS: Final = 50_000
_SHORTEST: Final = 2
_PLACE: Final = itemgetter(0, 1)

Places = tuple[tuple[int, int], ...]
"""Where patterns may start in a printed word, and which, as the bits of a number."""
Cues = tuple[tuple[int, Cue], ...]
"""Cues with their order in the lexicon."""
StartedCues = Sequence[tuple[int, Cues]]
"""Where in a text which cues may start."""
Started = tuple[list[Candidate], StartedCues]
"""The relation words that may stand in a text, and the cues that may start in it, both in its order."""
_Rows = tuple[tuple[Row, ...], Cues]


class LeadWords:
    """Which relation words and cues may start in a printed word (what stands between spaces).

    Each has the bit of its sign (``signs``), relation words first. One without leads (``hints.find_leads``), or with one of a
    single letter, may start anywhere. ``of_relations`` are the bits of relation words, ``of_cues`` those of cues.
    """

    def __init__(self, relations: Sequence[PredicateWords] = (), cues: Sequence[Cue] = ()) -> None:
        self._relations = tuple([(i, row, row.pattern.match) for i, row in enumerate(relations)])
        self._cues = tuple(enumerate(cues))
        self._known: dict[int, _Rows] = {}
        self.of_relations = (1 << len(self._relations)) - 1 << len(RULE_STEMS)
        self.of_cues = (1 << len(self._cues)) - 1 << len(RULE_STEMS) + len(self._relations)
        self._anywhere = 0
        bits: dict[str, int] = {}
        each = [*(row.leads for row in relations), *(cue.leads for cue in cues)]
        for i, leads in enumerate(each, len(RULE_STEMS)):
            if leads and min(map(len, leads)) >= _SHORTEST:
                for lead in leads:
                    bits[lead] = bits.get(lead, 0) | 1 << i
            else:
                self._anywhere |= 1 << i
        self._leads = with_shorter(bits)
        self._longest = re.compile(f"(?<![a-z]){tree_pattern(bits)}")

    def places_in(self, printed: str) -> Places:
        """Give where patterns may start in a printed word, and which.

        >>> cues = [Cue("hypothesised", re.compile("may"), leads=("may",)), Cue("negation", re.compile("no"), leads=("no",))]
        >>> [(at, bits >> len(RULE_STEMS)) for at, bits in LeadWords([], cues).places_in("no/maybe")]
        [(0, 2), (3, 1)]
        """
        lower = printed.lower()
        if lower.isalpha() and lower.isascii():  # one word
            lead = self._longest.match(lower)
            return ((0, self._leads[lead[0]]),) if lead else ()
        return tuple([(lead.start(), self._leads[lead[0]]) for lead in self._longest.finditer(lower)])

    def find(self, lower: str, leads: Iterable[tuple[int, int]], signs: int) -> Started:
        """Give which relation words may stand where in a text, and which cues may start, of those that ``signs`` allow.

        The text is given in lower case (``lower_case``). ``leads`` are the places in it at which patterns may start, and which.

        >>> leads = LeadWords([], [Cue("hypothesised", re.compile("may"), leads=("may",))])
        >>> relations, cues = leads.find("may", leads.places_in("may"), -1)
        >>> relations, [(order, at, cue.kind) for order, at, cue in by_order(cues)]
        ([], [(0, 0, 'hypothesised')])
        """
        candidates: list[Candidate] = []
        said: list[tuple[int, Cues]] = []
        known = self._known
        for start, bits in leads:
            here = bits & signs
            if here:
                relations, cues = known.get(here) or self._rows_of(here)
                for order, row, match_at in relations:
                    match = match_at(lower, start)
                    if match is not None or row.looks_ahead:
                        candidates.append((start, order, row, match))
                if cues:
                    said.append((start, cues))
        if self._anywhere & signs:
            self._add_anywhere(lower, signs, candidates, said)
        return candidates, said

    def _add_anywhere(self, lower: str, signs: int, candidates: list[Candidate], said: list[tuple[int, Cues]]) -> None:
        """Add the relation words and the cues that may start anywhere in a text in lower case, of those that ``signs`` allow."""
        relations, cues = self._rows_of(self._anywhere & signs)
        candidates += [each for at in range(len(lower)) for each in candidates_at(lower, at, relations)]
        candidates.sort(key=_PLACE)
        said += [(at, cues) for at in range(len(lower))]

    def find_all(self, lower: str) -> Started:
        """Give what may start where in a text in lower case if nothing is known of its words: every pattern at every word.

        >>> relations, cues = LeadWords([], [Cue("negation", re.compile("no"))]).find_all("a no")
        >>> relations, [(order, at, cue.kind) for order, at, cue in by_order(cues)]
        ([], [(0, 0, 'negation'), (0, 2, 'negation')])
        """
        places = [at for at in range(len(lower)) if not at or lower[at - 1] not in ascii_letters]
        candidates = [each for at in places for each in candidates_at(lower, at, self._relations)]
        return candidates, [(at, self._cues) for at in places]

    def _rows_of(self, bits: int) -> _Rows:
        """Give the relation words and the cues that ``bits`` stand for, with their order."""
        relations: list[Row] = []
        cues: list[tuple[int, Cue]] = []
        rest = bits >> len(RULE_STEMS)
        while rest:  # few bits are set of several hundred
            lowest = rest & -rest
            order = lowest.bit_length() - 1
            if order < len(self._relations):
                relations.append(self._relations[order])
            else:
                cues.append(self._cues[order - len(self._relations)])
            rest ^= lowest
        rows = tuple(relations), tuple(cues)
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        self._known[bits] = rows
        return rows


def by_order(started: StartedCues) -> list[StartedCue]:
    """Give cues and where they may start in the order of the lexicon, in which they decide.

    >>> cues = [Cue("negation", re.compile("no")), Cue("hypothesised", re.compile("may"))]
    >>> [(order, at) for order, at, _ in by_order([(0, ((1, cues[1]),)), (4, ((0, cues[0]),))])]
    [(0, 4), (1, 0)]
    """
    said: list[StartedCue] = []
    for at, cues in started:
        for order, cue in cues:
            said.append((order, at, cue))
    said.sort()
    return said
