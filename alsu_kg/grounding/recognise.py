"""Terms recognised in running text: the longest name at each place, with everything that it may stand for.

Pure: names are looked up through a function that is passed in (``alsu_kg.vocabularies`` gives one over the packaged
vocabularies). A short name must stand in the text in its own letter case, common English words are no names, and an abbreviation
that the document defines stands for what it is defined as.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from alsu_kg.grounding.abbreviations import find_definitions, index_definitions
from alsu_kg.grounding.disambiguate import Candidate, Entry, compare_forms, is_ambiguous, rank
from alsu_kg.grounding.names import Part, make_key, split_parts
from alsu_kg.grounding.vocabulary import Kind, Scope, vocabulary_of

Lookup = Callable[[str], Sequence[Entry]]
"""Gives the entries whose name has a key (``alsu_kg.grounding.names.make_key``)."""

LONGEST: Final = 10
"""Names of more parts are not looked for in text."""

KINDS: Final[frozenset[Kind]] = frozenset({
    "anatomy", "cell", "complex", "disease", "finding", "gene", "mechanism", "model", "outcome", "outcome-measure",
    "procedure", "process", "species", "substance",
})  # fmt: skip
SCOPES: Final[frozenset[Scope]] = frozenset({"label", "own", "exact", "former", "alias"})
_GAP: Final = re.compile(r"[\s\-‐‑–—/'’+,.()]{0,3}")
_LOOSE: Final = re.compile(r"[,.(]\s|\s[,.)]|\n\s*\n|\(.*\)|^[)]")
_SENTENCE_END: Final = re.compile(r"[.!?]\s")
_ACCEPTED: Final = 0.5
_OWN: Final = ("entity", "mechanism")


class Mention(NamedTuple):
    """A name found at characters ``start`` to ``end``; ``expansion`` is the long form if the document defines the word."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    expansion: str | None = None

    @property
    def best(self) -> Candidate | None:
        """The candidate that fits best, or ``None`` where the document defines the word as something unknown."""
        return self.candidates[0] if self.candidates else None

    @property
    def ambiguous(self) -> bool:
        """Whether a term that means something else fits nearly as well."""
        return is_ambiguous(self.candidates)


def _nothing_same(_curie: str) -> frozenset[str]:
    return frozenset()


def _nothing_known(_curie: str) -> Entry | None:
    return None


@dataclass(frozen=True, slots=True)
class Names:
    """What recognising needs: look-ups of names, of terms that mean the same and of a term itself; words that are no names."""

    lookup: Lookup
    same: Callable[[str], frozenset[str]] = _nothing_same
    describe: Callable[[str], Entry | None] = _nothing_known
    common_words: frozenset[str] = frozenset()


def ground_word(
    word: str, names: Names, *, wanted: Sequence[Kind] = (), definitions: Mapping[str, str] | None = None
) -> tuple[Candidate, ...]:
    """Rank what a word by itself may stand for, all scopes of names; ``definitions`` are abbreviations of its document.

    >>> names = Names(lambda key: [Entry("CHEBI:2948", "azathioprine", "substance", "azathioprine", "label")] * (key != "aza"))
    >>> ground_word("AZA", names), ground_word("AZA", names, definitions={"AZA": "azathioprine"})[0].curie
    ((), 'CHEBI:2948')
    """
    long = (definitions or {}).get(word)
    if long is None:
        entries = _find(make_key(word), names)
        return rank(word, entries, wanted=wanted, same=_same(entries, names))
    found = _rank_defined(word, long, names, wanted=wanted)
    return tuple(one._replace(why=f"{word!r} is defined as {long!r}; {one.why}") for one in found)


def _rank_defined(short: str, long: str, names: Names, *, wanted: Sequence[Kind] = ()) -> tuple[Candidate, ...]:
    """Rank the terms of the long form; those that the short form names too are judged by the better of both."""
    entries = _find(make_key(long), names)
    meant = {entry.curie for entry in entries}
    meant |= {curie for one in meant for curie in names.same(one)}
    also = [entry for entry in _find(make_key(short), names) if entry.curie in meant]
    same = _same([*entries, *also], names)
    ranked = [*rank(long, entries, wanted=wanted, same=same), *rank(short, also, wanted=wanted, same=same)]
    best: dict[str, Candidate] = {}
    for one in sorted(ranked, key=lambda one: (-one.score, one.curie)):
        best.setdefault(one.curie, one)
    return tuple(one._replace(same_as=tuple(sorted(same[one.curie] & best.keys()))) for one in best.values())


def _find(key: str, names: Names) -> list[Entry]:
    """Give the entries of a key, and those terms that mean the same as one of them though they lack the name.

    ChEBI is packaged without synonyms; so MeSH's and UNII's names lead to it.
    """
    entries = list(names.lookup(key))
    known = {entry.curie for entry in entries}
    for entry in tuple(entries):
        for other in sorted(names.same(entry.curie) - known):
            term = names.describe(other)
            if term and term.kind == entry.kind:
                known.add(other)
                scope: Scope = "exact" if entry.scope == "label" else entry.scope
                entries.append(term._replace(name=entry.name, scope=scope))
    return entries


def _same(entries: Sequence[Entry], names: Names) -> dict[str, frozenset[str]]:
    return {entry.curie: names.same(entry.curie) for entry in entries}


def recognise(text: str, names: Names, *, kinds: frozenset[Kind] = KINDS, document: str | None = None) -> list[Mention]:
    """Find the terms of ``kinds`` in ``text``, in order; abbreviations are those of ``document`` (default: ``text``).

    >>> known = {"nf kappa b": [Entry("FPLX:NFkappaB", "NFkappaB", "complex", "NF-kappaB", "exact")]}
    >>> names = Names(lambda key: known.get(key, []))
    >>> [(m.start, m.end, m.best.curie) for m in recognise("The NF-κB pathway", names) if m.best]
    [(4, 9, 'FPLX:NFkappaB')]
    """
    definitions = index_definitions(find_definitions(text if document is None else document))
    parts = split_parts(text)
    found: list[Mention] = []
    at = 0
    while at < len(parts):
        mention, size = _longest_at(text, parts, at, _Search(names, kinds, definitions))
        if mention:
            found.append(mention)
        at += size
    return found


class _Search(NamedTuple):
    names: Names
    kinds: frozenset[Kind]
    definitions: Mapping[str, str]


def _longest_at(text: str, parts: Sequence[Part], at: int, search: _Search) -> tuple[Mention | None, int]:
    """Find the longest name that begins at part ``at``, and how many parts to go on by."""
    if not _begins_word(text, parts[at].start):
        return None, 1
    for size in range(_reach(text, parts, at), 0, -1):
        end = parts[at + size - 1].end
        if not _ends_word(text, end):
            continue
        surface = text[parts[at].start : end]
        long = search.definitions.get(surface)
        if long:
            meant = _rank_defined(surface, long, search.names)
            candidates = tuple(one for one in meant if one.kind in search.kinds and not one.obsolete)
            return Mention(parts[at].start, end, surface, candidates, long), size
        candidates = _accepted(surface, " ".join(part.form for part in parts[at : at + size]), search)
        if candidates and not _is_shouted(text, parts[at].start, surface):
            return Mention(parts[at].start, end, surface, candidates), size
    return None, 1


def _reach(text: str, parts: Sequence[Part], at: int) -> int:
    """Count the parts from ``at`` that may belong to one name: nothing but marks of names stands between them."""
    size = 1
    while size < LONGEST and at + size < len(parts):
        gap = text[parts[at + size - 1].end : parts[at + size].start]
        if not _GAP.fullmatch(gap) or _LOOSE.search(gap):
            break
        size += 1
    return size


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _ends_word(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum()


def _accepted(surface: str, key: str, search: _Search) -> tuple[Candidate, ...]:
    if len(key) < 2 or key.isdigit():
        return ()
    is_common = key in search.names.common_words
    entries = [
        entry
        for entry in _find(key, search.names)
        if entry.kind in search.kinds
        and entry.scope in SCOPES
        and not entry.obsolete
        and not (is_common and not is_own(entry))
        and is_written_so(surface, entry)
    ]
    ranked = rank(surface, entries, same=_same(entries, search.names))
    return tuple(one for one in ranked if one.score >= _ACCEPTED)


def is_own(entry: Entry) -> bool:
    """Tell whether a name is a word of this project's ontology: chosen by a person, it is no accident.

    >>> is_own(Entry("NCBITaxon:9606", "Homo sapiens", "species", "human", "own"))
    True
    """
    return entry.scope == "own" or vocabulary_of(entry.curie) in _OWN


def is_written_so(surface: str, entry: Entry) -> bool:
    """Tell whether a word in running text may be this name: short names and gene symbols need their own letter case.

    >>> is_written_so("was", Entry("HGNC:12731", "WAS", "gene", "WAS", "label"))
    False
    >>> is_written_so("Nrf2", Entry("HGNC:7782", "NFE2L2", "gene", "NRF2", "alias"))
    True
    """
    factor, _ = compare_forms(surface, entry.name)
    letters = sum(char.isalnum() for char in entry.name)
    if _is_too_short(surface, entry, letters):
        return False
    symbol = vocabulary_of(entry.curie) == "HGNC" and " " not in entry.name
    if not symbol and letters > 5:
        return True
    if factor >= 0.98:
        return letters > 1
    # Mouse genes and proteins are written Sod1, Nrf2: a capital, then small letters and a digit.
    return symbol and letters >= 4 and surface[:1].isupper() and any(char.isdigit() for char in surface)


def _is_too_short(surface: str, entry: Entry, letters: int) -> bool:
    """Tell initials and undefined abbreviations from names: three letters must be a label, fewer a word of our own."""
    if letters > 3 or is_own(entry):
        return False
    return not any(char.isdigit() for char in surface) and (letters < 3 or entry.scope != "label")


def _is_shouted(text: str, start: int, surface: str) -> bool:
    """Tell whether a short word stands in a line of capitals, where its case says nothing."""
    if len(surface) > 5 or not surface.isupper():
        return False
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    letters = [char for char in text[begin : end if end >= 0 else len(text)] if char.isalpha()]
    return len(letters) > 2 * len(surface) and sum(char.isupper() for char in letters) > 0.8 * len(letters)
