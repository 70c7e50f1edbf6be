"""What the comparison of claims and cited works needs from ``data/``: its rules, names of things, and what is a substance.

The words of ``data/lexicon/terms.tsv`` and of the ontology are always used; the packaged vocabularies (``alsu_kg.name_index``)
add the names of drugs, genes, diseases and so on where the caller has opened them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from alsu_kg.analysis.aboutness import AboutnessRules
from alsu_kg.analysis.citations import AboutnessWords
from alsu_kg.analysis.entities import EntityWords
from alsu_kg.analysis_words import read_rows
from alsu_kg.grounding.disambiguate import CLOSE
from alsu_kg.grounding.lexicon import fold
from alsu_kg.grounding.recognise import ground_word, recognise
from alsu_kg.grounding.vocabulary import Kind
from alsu_kg.name_index import NameIndex, open_names
from alsu_kg.ontology import read_entries

_LONGEST_NAME: Final = 60
_SHORT_WORD: Final = 5
_SUBSTANCE: Final[frozenset[Kind]] = frozenset({"substance"})


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """Words of terms.tsv and the ontology: further names, kinds."""

    names: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]


@lru_cache(maxsize=1)
def _own_words() -> _OwnWords:
    names: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    groups = [((label, *synonyms.split("|")), kind) for label, kind, synonyms in read_rows("terms.tsv", 3)]
    groups += [(entry.labels, "") for entry in read_entries()]
    for labels, kind in groups:
        given = [label for label in labels if label]
        for label in given:
            names.setdefault(fold(label), []).extend(given)
            if kind:
                kinds.setdefault(fold(label), kind)
    return _OwnWords({word: tuple(dict.fromkeys(found)) for word, found in names.items()}, kinds)


@lru_cache(maxsize=1)
def _patterns() -> Mapping[tuple[str, str], tuple[re.Pattern[str], ...]]:
    found: dict[tuple[str, str], list[re.Pattern[str]]] = {}
    for kind, where, pattern in read_rows("aboutness.tsv", 3):
        found.setdefault((kind, where), []).append(re.compile(pattern, re.IGNORECASE))
    return {place: tuple(patterns) for place, patterns in found.items()}


def load_aboutness_words(vocabulary: NameIndex | None = None) -> AboutnessWords:
    """Load rules and names; ``vocabulary`` adds those of the packaged vocabularies.

    Raises ``AssetError`` if a list is missing or damaged.

    >>> words = load_aboutness_words().entities
    >>> "nuclear factor kappa B" in words.synonyms("NF-kB"), words.is_substance("riluzole"), words.is_substance("microglia")
    (True, True, False)
    """
    patterns = _patterns()
    looks_like = patterns["substance", ""]

    def synonyms(word: str) -> Sequence[str]:
        return (*_own_words().names.get(fold(word), ()), *(_find_names(word, vocabulary) if vocabulary else ()))

    def is_substance(word: str) -> bool:
        kind = _own_words().kinds.get(fold(word))
        if kind:
            return kind == "chemical"
        is_known = vocabulary is not None and _is_named_substance(word, vocabulary)
        return is_known or any(pattern.search(word.split()[-1]) for pattern in looks_like if word.split())

    def has_substance(phrase: str) -> bool:
        kind = _own_words().kinds.get(fold(phrase))
        if kind:
            return kind == "chemical"
        if any(pattern.search(phrase) for pattern in looks_like):
            return True
        return vocabulary is not None and bool(recognise(phrase, vocabulary.names(), kinds=_SUBSTANCE))

    rules = AboutnessRules(
        before=_asides("before"),
        after=_asides("after"),
        agents=patterns["agent", ""],
        generic=patterns["generic", ""][0],
        is_substance=has_substance,
    )
    return AboutnessWords(rules, EntityWords(_cached(synonyms), is_substance, patterns["salt", ""][0]))


def _asides(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = ("exclusion", "comparator", "list")
    return tuple((kind, pattern) for kind in kinds for pattern in _patterns().get((kind, where), ()))


def _cached(synonyms: Callable[[str], Sequence[str]]) -> Callable[[str], Sequence[str]]:
    return lru_cache(maxsize=10_000)(synonyms)


def _find_names(word: str, vocabulary: NameIndex) -> tuple[str, ...]:
    """Give the names that the vocabularies give ``word``: of its best reading and of those that are as good and of one kind.

    Short words mean too many things: for them only the best reading counts.
    """
    candidates = ground_word(word, vocabulary.names())
    best = candidates[:1] if len(word) <= _SHORT_WORD else candidates
    same = [one for one in best if one.kind == candidates[0].kind and one.score > candidates[0].score - CLOSE]
    names = (name for one in same for name in vocabulary.find_names(one.curie))
    return tuple(dict.fromkeys(name for name in names if len(name) <= _LONGEST_NAME))


def _is_named_substance(word: str, vocabulary: NameIndex) -> bool:
    best = next(iter(ground_word(word, vocabulary.names())), None)
    return best is not None and best.kind in _SUBSTANCE


@lru_cache(maxsize=2)
def load_shared_words(*, with_vocabularies: bool) -> AboutnessWords:
    """Load the words once for a process, with the packaged vocabularies or without."""
    return load_aboutness_words(open_names() if with_vocabularies else None)
