"""Terms of one document, such as the names of its treatment: where they start in a text, besides those of the lexicon."""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from alsu_kg.extraction.known_words import TextWords
from alsu_kg.extraction.signs import find_words
from alsu_kg.extraction.terms import Start, Starting, TermIndex, find_starts, with_others

_PRINTED = re.compile(r"\S+")


class OwnTerms:
    """Terms of one document besides those of ``lexicon``: of equal forms its own are tried first.

    Its few words are looked for in each text, and only where one stands the printed word around it is looked at.
    """

    def __init__(self, own: TermIndex = MappingProxyType({}), lexicon: TermIndex = MappingProxyType({})) -> None:
        self._own = own
        self._parts = tuple(own)
        self._shortest = tuple(part for part in own if not any(other != part and other in part for other in own))
        self._sources = with_others(own, lexicon), lexicon
        self._known: dict[str, Sequence[Start]] = {}

    def starting(self, text: str, words: TextWords) -> Starting:
        """Give the numbers of those of the ``words`` of ``text`` in which terms may start, with which.

        What starts in a word with one of the document's own holds instead of what is known of that word.

        >>> from alsu_kg.extraction.known_words import KnownWords
        >>> from alsu_kg.extraction.lead_words import LeadWords
        >>> from alsu_kg.extraction.signs import WordSigns
        >>> from alsu_kg.extraction.terms import Term, index_terms
        >>> lexicon, text = index_terms([("cell", Term("cell", "cell"))]), "No cells, foo-cells or Foo"
        >>> words = KnownWords(WordSigns([], lexicon), LeadWords(), lexicon).of(text)
        >>> found = OwnTerms(index_terms([("foo", Term("Foo", "treatment"))]), lexicon).starting(text, words)
        >>> {i: [start.alone.label for start in starts] for i, (_, starts) in found.items()}
        {1: ['cell'], 2: ['Foo', 'cell'], 4: ['Foo']}
        """
        folded = text.casefold().replace("’", "'")
        for part in self._shortest:
            if part in folded:
                break
        else:
            return words.terms
        here = {}
        is_simple = words.is_even and len(folded) == len(text)
        for i, at in self._places(folded, text) if is_simple else _all_places(text):
            if starts := self._starts_of(words.printed[i]):
                here[i] = at, starts
        if not here:
            return words.terms
        found = {**words.terms, **here}
        return {i: found[i] for i in sorted(found)}

    def _places(self, folded: str, text: str) -> Sequence[tuple[int, int]]:
        """Give the numbers and the places of the printed words of ``text`` in which a term of the document may start.

        Single spaces part the words; ``folded`` is the text without case, character by character.
        """
        found = []
        for part in self._parts:
            at = folded.find(part)
            while at >= 0:
                if not at or not text[at - 1].isalnum():
                    found.append((text.count(" ", 0, at), text.rfind(" ", 0, at) + 1))
                at = folded.find(part, at + 1)
        return found

    def _starts_of(self, printed: str) -> Sequence[Start]:
        """Give where terms may start in a printed word; none if none of them is the document's own."""
        starts = self._known.get(printed)
        if starts is None:
            is_own = any(word.folded in self._own for word in find_words(printed))
            starts = self._known[printed] = find_starts(printed, self._sources) if is_own else ()
        return starts


def _all_places(text: str) -> Iterator[tuple[int, int]]:
    return ((i, match.start()) for i, match in enumerate(_PRINTED.finditer(text)))
