"""Ranking the terms that a word may stand for: a score out of few named parts, and why.

Ambiguity is kept: every candidate is returned, best first. The parts are those of Gilda's scorer (Gyori, Hoyt and Steppi 2022,
doi:10.1093/bioadv/vbac034): what the matched name is to its term, and how the match differs from it in case and marks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from alsu_kg.grounding.names import make_key, split_parts
from alsu_kg.grounding.vocabulary import Kind, Scope, vocabulary_of

_SCOPES: Final[Mapping[Scope, float]] = {
    "label": 1.0,
    "own": 0.99,
    "exact": 0.94,
    "former": 0.86,
    "alias": 0.82,
    "related": 0.6,
    "narrow": 0.55,
    "broad": 0.5,
}
_SCOPE_WORDS: Final[Mapping[Scope, str]] = {
    "label": "the label",
    "own": "a word of our ontology",
    "exact": "an exact synonym",
    "former": "a former label",
    "alias": "a short name",
    "related": "a related name",
    "narrow": "a narrower name",
    "broad": "a broader name",
}
# Between equal matches the vocabulary made for the kind of thing goes first; the step is smaller than any other part.
PREFERENCE: Final = (
    "entity", "MONDO", "CHEBI", "FPLX", "HGNC", "CL", "UBERON", "GO", "HP", "NCBITaxon", "MESH", "DrugBank",
    "DOID", "UNII", "PATO", "UO",
    "mechanism",
)  # fmt: skip
_STEP: Final = 0.004
# A vocabulary made for one kind of thing goes before general ones and name lists.
_PRIMARY: Final[Mapping[Kind, str]] = {
    "anatomy": "UBERON",
    "cell": "CL",
    "disease": "MONDO",
    "finding": "HP",
    "process": "GO",
    "species": "NCBITaxon",
    "substance": "CHEBI",
}
_GENERAL: Final = frozenset({"MESH", "DrugBank", "DOID", "UNII"})
_SECONDARY: Final = 0.93
MODEL_ORGANISMS: Final = frozenset({
    "Caenorhabditis elegans", "Drosophila melanogaster", "Danio rerio", "Saccharomyces cerevisiae", "Escherichia coli",
    "Xenopus laevis", "Macaca mulatta", "Macaca fascicularis", "Rattus norvegicus", "Mus musculus", "Homo sapiens",
    "Withania somnifera", "Cannabis sativa", "Curcuma longa", "Arthrospira platensis", "Hericium erinaceus",
})  # fmt: skip
"""Species that studies are done in or treatments are made of: meant before others of the same name (fruit fly, rat)."""
_RARE_SPECIES: Final = 0.97
_OTHER_KIND: Final = 0.6
_OBSOLETE: Final = 0.4
_WRONG_CASE: Final = 0.3
_SHORT: Final = 5
CLOSE: Final = 0.1
"""A runner-up that means something else and comes this near makes a word ambiguous."""


class Entry(NamedTuple):
    """A name of a term as the index gives it."""

    curie: str
    label: str
    kind: Kind
    name: str
    scope: Scope
    obsolete: bool = False
    replaced_by: str | None = None


class Candidate(NamedTuple):
    """A term that a word may stand for, how well it fits (0 to 1) and why; ``same_as`` are terms that mean the same."""

    curie: str
    label: str
    kind: Kind
    score: float
    why: str
    name: str
    same_as: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: str | None = None


def rank(
    surface: str,
    entries: Iterable[Entry],
    *,
    wanted: Sequence[Kind] = (),
    same: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Candidate, ...]:
    """Rank the terms of ``entries`` for the word ``surface``; ``wanted`` are the kinds expected where the word stands.

    ``same`` ties a CURIE to those that mean the same; they are named in ``same_as`` of each other.

    >>> entries = [
    ...     Entry("HGNC:7794", "NFKB1", "gene", "NF-kappaB", "alias"),
    ...     Entry("FPLX:NFkappaB", "NFkappaB", "complex", "NF-kappaB", "exact"),
    ... ]
    >>> [(one.curie, round(one.score, 2)) for one in rank("NF-κB", entries)]
    [('FPLX:NFkappaB', 0.91), ('HGNC:7794', 0.79)]
    """
    best: dict[str, Candidate] = {}
    for entry in entries:
        candidate = _judge(surface, entry, wanted)
        if entry.curie not in best or candidate.score > best[entry.curie].score:
            best[entry.curie] = candidate
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.curie))
    return tuple(
        one._replace(same_as=tuple(sorted((same or {}).get(one.curie, frozenset()) & best.keys()))) for one in ranked
    )


def is_ambiguous(candidates: Sequence[Candidate]) -> bool:
    """Tell whether a term that means something else comes close to the best one.

    Terms of two vocabularies with one label and one kind are taken for the same thing here, though nobody maps them.

    >>> a, b = Candidate("A:1", "a", "gene", 0.9, "", "a"), Candidate("B:1", "b", "gene", 0.85, "", "a")
    >>> is_ambiguous([a, b]), is_ambiguous([a._replace(same_as=("B:1",)), b])
    (True, False)
    """
    if not candidates:
        return False
    best, *others = candidates
    return any(best.score - one.score < CLOSE and not _means_same(best, one) for one in others)


def _means_same(a: Candidate, b: Candidate) -> bool:
    if b.curie in a.same_as or set(a.same_as) & set(b.same_as):
        return True
    return a.kind == b.kind and make_key(a.label) == make_key(b.label)


def _judge(surface: str, entry: Entry, wanted: Sequence[Kind]) -> Candidate:
    form, words = compare_forms(surface, entry.name)
    why = [f"{entry.name!r} is {_SCOPE_WORDS[entry.scope]}", *words]
    score = _SCOPES[entry.scope] * form
    vocabulary = vocabulary_of(entry.curie)
    score *= 1 - _STEP * (PREFERENCE.index(vocabulary) if vocabulary in PREFERENCE else len(PREFERENCE))
    if vocabulary in _GENERAL and entry.kind in _PRIMARY:
        score *= _SECONDARY
    if vocabulary == "NCBITaxon" and entry.label not in MODEL_ORGANISMS:
        score *= _RARE_SPECIES
    if wanted and entry.kind not in wanted:
        score *= _OTHER_KIND
        why.append(f"a {entry.kind}, where {' or '.join(wanted)} is expected")
    if entry.obsolete:
        score *= _OBSOLETE
        why.append(f"obsolete{f', replaced by {entry.replaced_by}' if entry.replaced_by else ''}")
    return Candidate(
        entry.curie, entry.label, entry.kind, round(score, 4), "; ".join(why), entry.name,
        obsolete=entry.obsolete, replaced_by=entry.replaced_by,
    )  # fmt: skip


def compare_forms(surface: str, name: str) -> tuple[float, tuple[str, ...]]:
    """Judge how far a word differs from the name that it matches in key: a factor and the differences.

    Case counts in short names: ``was`` is not the gene ``WAS``.

    >>> compare_forms("azathioprine", "azathioprine"), compare_forms("was", "WAS")[0], compare_forms("NF-κB", "NF-kappaB")[0]
    ((1.0, ()), 0.3, 0.98)
    """
    if surface == name:
        return 1.0, ()
    bare_surface, bare_name = _bare(surface), _bare(name)
    if bare_surface == bare_name:
        return 0.98, ("written with other marks",)
    if bare_surface[:1].lower() + bare_surface[1:] == bare_name[:1].lower() + bare_name[1:] and len(bare_name) > 1:
        only_first = bare_name[1:].islower() or not bare_name[1:].isalpha()
        if only_first:
            return 0.99, ()
    if bare_surface.lower() == bare_name.lower():
        if len(bare_name) <= _SHORT and not bare_name.islower():
            if bare_surface[:1].isupper() and any(char.isdigit() for char in bare_surface):
                return 0.9, ("written with small letters, as of a mouse",)
            return _WRONG_CASE, ("letter case differs in a short name",)
        return (0.985, ("letter case differs",)) if len(bare_name) > _SHORT else (0.95, ("letter case differs",))
    return 0.985, ("other number or spelling",)


_MARKS: Final = re.compile(r"[^\w]|_")


def _bare(text: str) -> str:
    """Take out marks and spell Greek signs, keeping letter case."""
    if text.isascii():
        return _MARKS.sub("", text)
    return "".join(
        part.form if not text[part.start : part.end].isascii() else text[part.start : part.end]
        for part in split_parts(text)
    )
