"""Where terms of one document start is found by letters, and equals what looking at every word finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.extraction.known_words import KnownWords
from alsu_kg.extraction.lead_words import LeadWords
from alsu_kg.extraction.own_terms import OwnTerms
from alsu_kg.extraction.signs import WordSigns, find_words
from alsu_kg.extraction.terms import Term, find_starts, index_terms, with_others

LEXICON = index_terms(
    [("cell", Term("cell", "cell")), ("foo", Term("Fool", "chemical")), ("l dopa", Term("L-dopa", "chemical"))]
)
WORDS = KnownWords(WordSigns([], LEXICON), LeadWords(), LEXICON)
PARTS = (
    "foo",
    "Foo",
    "FOO’S",
    "foos",
    "l",
    "L-",
    "-",
    "é",
    "ß",
    "İ",
    "ŉ",
    "_",
    "+",
    ".",
    "'s",
    "’",
    "cells",
    "5",
    " ",
    "  ",
    "\t",
    "\xa0",
    "αb",
)


@given(
    st.lists(st.sampled_from(PARTS), max_size=9).map("".join),
    st.lists(st.sampled_from(["foo", "L-serine", "αb c", "é", "ss"])),
)
def test_own_terms_start_where_words_say_so(text: str, names: list[str]) -> None:
    own = index_terms([(name, Term(name, "treatment")) for name in names])
    words = WORDS.of(text)
    sources = with_others(own, LEXICON), LEXICON
    expected = {
        i: (word.start(), find_starts(word[0], sources))
        for i, word in enumerate(re.finditer(r"\S+", text))
        if any(part.folded in own for part in find_words(word[0]))
    }
    assert dict(OwnTerms(own, LEXICON).starting(text, words)) == {**words.terms, **expected}
