"""Terms of one document, such as the names of its treatment: where they start in a text, besides those of the lexicon."""

from collections.abc import Sequence
from types import MappingProxyType

from alsu_kg.extraction.known_words import TextWords
from alsu_kg.extraction.signs import find_words
from alsu_kg.extraction.terms import Start, Starting, TermIndex, find_starts, with_others


class OwnTerms:
    """Terms of one document besides those of ``lexicon``: of equal forms its own are tried first.

    Its few words are looked for in each text, and only where one stands the printed word around it is looked at.
    """

    def __init__(self, own: TermIndex = MappingProxyType({}), lexicon: TermIndex = MappingProxyType({})) -> None:
        self._own = own
        self._parts = tuple(own)
        self._sources = with_others(own, lexicon), lexicon
        self._known: dict[str, Sequence[Start]] = {}

    def starting(self, text: str, words: TextWords) -> Starting:
        """Give the positions of those of the ``words`` of ``text`` in which terms may start, with which.

        What starts in a word with one of the document's own holds instead of what is known of that word.

        >>> from alsu_kg.extraction.known_words import KnownWords
        >>> from alsu_kg.extraction.lead_words import LeadWords
        >>> from alsu_kg.extraction.signs import WordSigns
        >>> from alsu_kg.extraction.terms import Term, index_terms
        >>> lexicon, text = index_terms([("cell", Term("cell", "cell"))]), "No cells, foo-cells or Foo"
        >>> words = KnownWords(WordSigns([], lexicon), LeadWords(), lexicon).of(text)
        >>> found = OwnTerms(index_terms([("foo", Term("Foo", "treatment"))]), lexicon).starting(text, words)
        >>> {i: [start.alone.label for start in found[i]] for i in sorted(found)}
        {1: ['cell'], 2: ['Foo', 'cell'], 4: ['Foo']}
        """
        folded = text.casefold().replace("’", "'")
        for part in self._parts:
            if part in folded:
                break
        else:
            return words.terms
        one_to_one = len(folded) == len(text)
        here = {}
        for i in self._numbers_of(folded, text, words) if one_to_one else range(len(words.printed)):
            if starts := self._starts_of(words.printed[i]):
                here[i] = starts
        return {**words.terms, **here} if here else words.terms

    def _numbers_of(self, folded: str, text: str, words: TextWords) -> list[int]:
        """Give the numbers of the ``words`` of ``text`` in which a term of the document may start; some come twice.

        ``folded`` is the text without case, character by character.
        """
        numbers = []
        for part in self._parts:
            at = folded.find(part) if part in folded else -1
            while at >= 0:
                if not at or not text[at - 1].isalnum():
                    numbers.append(_number_at(text, words, at))
                at = folded.find(part, at + 1)
        return numbers

    def _starts_of(self, printed: str) -> Sequence[Start]:
        """Give where terms may start in a printed word; none if none of them is the document's own."""
        starts = self._known.get(printed)
        if starts is None:
            is_own = any(word.folded in self._own for word in find_words(printed))
            starts = self._known[printed] = find_starts(printed, self._sources) if is_own else ()
        return starts


def _number_at(text: str, words: TextWords, at: int) -> int:
    """Give the number of the word that stands at character ``at``: that of the spaces before it, where single spaces part words."""
    i = text.count(" ", 0, at)
    if i < len(words.printed) and 0 <= at - words.places[i] - i < len(words.printed[i]):
        return i
    return len(text[: at + 1].split()) - 1
