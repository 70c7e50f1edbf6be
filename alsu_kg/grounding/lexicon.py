"""Words to terms: which IRI a word of a record stands for.

A look-up of labels, not a recogniser: a word is known if it is the label or a further label of a mechanism, an entity or a
treatment. Letter case and runs of white space do not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

Group = Literal["mechanism", "entity", "treatment"]


class Entry(NamedTuple):
    """A term with its labels, the preferred one first; ``iri`` is in N-Quads form."""

    iri: str
    labels: tuple[str, ...]
    group: Group


def fold(word: str) -> str:
    """Bring a word into the form in which it is compared.

    >>> fold("  Oxidative   STRESS ")
    'oxidative stress'
    """
    return " ".join(word.casefold().split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of each group of terms with their IRIs; ``asked`` takes down which words were looked up, if somebody wants to know."""

    words: Mapping[Group, Mapping[str, str]]
    asked: set[str] | None = field(default=None, compare=False)

    def find(self, word: str, *groups: Group) -> str | None:
        """Give the IRI that ``word`` stands for in the first of ``groups`` that knows it, or ``None``.

        >>> lexicon = make_lexicon([Entry("<m:1>", ("NF-κB signalling", "NF-kB"), "mechanism")])
        >>> lexicon.find("nf-kb", "mechanism"), lexicon.find("nf-kb", "entity")
        ('<m:1>', None)
        """
        folded = fold(word)
        if self.asked is not None:
            self.asked.add(folded)
        for group in groups:
            found = self.words[group].get(folded)
            if found is not None:
                return found
        return None


def make_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """Index ``entries``; of two entries of one group with the same word the first keeps it."""
    words: dict[Group, dict[str, str]] = {"mechanism": {}, "entity": {}, "treatment": {}}
    for entry in entries:
        for label in entry.labels:
            words[entry.group].setdefault(fold(label), entry.iri)
    return Lexicon(MappingProxyType({group: MappingProxyType(index) for group, index in words.items()}))
