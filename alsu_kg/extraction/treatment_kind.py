"""What kind of thing a review reviews, from how its first sentences introduce it; the words are data (data/lexicon)."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.name_places import find_name
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.vocabulary import Vocabulary
from alsu_kg.model.review import TreatmentKind

_ENOUGH: Final = 12
_INTRODUCED = re.compile(  # right after a name
    r"\b(?:\s*\([^)]*\))?(?:,\s+(?=an?\s)|,?\s+(?:is|are|was|were|refers to|consists of)\s+)(?:also\s+)?"
    r"(?P<what>[^.;]{3,160})",
    re.IGNORECASE,
)


def read_treatment_kind(
    sentences: Sequence[Sentence], names: Sequence[str], vocabulary: Vocabulary
) -> TreatmentKind | None:
    """Read the kind from the first sentence that says what the treatment is; ``None`` where no sentence does.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> words = Vocabulary(treatment_kinds=(("diet", re.compile("diet")), ("drug", re.compile("drug"))))
    >>> told = Sentence("Foo (F) is a drug.", Passage(Text(""), "Background", "background", "paragraph"), 0, (), (), 0)
    >>> read_treatment_kind([told], ["Foo"], words)
    'drug'
    """
    early = (s for s in sentences if s.passage.role in ("background", "mechanism", "other"))
    for sentence in itertools.islice(early, _ENOUGH):
        for name in names:
            match = _introduction(sentence.text, name)
            if match is None:
                continue
            # What it is stands before "of", "for", "that" and what follows them: an extract of a plant used as a drug.
            kinds = [
                (found.start(), kind)
                for kind, words in vocabulary.treatment_kinds
                if (found := words.search(match["what"]))
            ]
            if kinds:
                return min(kinds)[1]
    return None


def _introduction(text: str, name: str) -> re.Match[str] | None:
    for end in find_name(name, text):
        if match := _INTRODUCED.match(text, end):
            return match
    return None
