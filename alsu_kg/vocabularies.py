"""The packaged vocabularies on disk: their terms, where they come from, and identifiers checked against them.

Only the packed files of the vocabularies concerned are read. ``alsu_kg.name_index`` looks their names up.
"""

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, cast

from alsu_kg.assets import find_asset
from alsu_kg.grounding.term_check import Finding, Use, check_uses
from alsu_kg.grounding.vocabulary import (
    Kind,
    Name,
    Scope,
    Term,
    normalise_curie,
    read_terms,
    vocabulary_of,
)
from alsu_kg.grounding.vocabulary_sources import read_obo
from alsu_kg.model.errors import AssetError
from alsu_kg.model.sssom import TermMapping, read_mappings
from alsu_kg.ontology import (
    expand,
    read_entity_kinds,
    read_entries,
    read_labels,
    read_obo_prefixes,
    shrink,
)

FOLDER: Final = "data/lexicon/vocabularies"
LABELS_ONLY: Final = ("MESH-labels",)
"""Parts of vocabularies that are there for checking identifiers: their names are not looked for in text."""


class Source(NamedTuple):
    """Where a packaged vocabulary comes from, as ``SOURCES.tsv`` says."""

    vocabulary: str
    release: str
    package: str
    version: str
    licence: str
    terms: int


@lru_cache(maxsize=1)
def read_sources() -> Mapping[str, Source]:
    """Read where each packaged vocabulary comes from.

    >>> read_sources()["MONDO"].licence
    'CC-BY-4.0'
    """
    text = find_asset(f"{FOLDER}/SOURCES.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {
        row["vocabulary"]: Source(
            row["vocabulary"], row["release"], row["package"], row["version"], row["licence"], int(row["terms"])
        )
        for row in rows
    }


def read_vocabulary(name: str) -> Iterator[Term]:
    """Read the terms of one packaged vocabulary. Raises ``AssetError`` if its file is missing or damaged.

    >>> next(iter(read_vocabulary("UO"))).label
    'unit'
    """
    if name == "HP":
        return read_obo(unpack(f"{FOLDER}/hp.obo.xz"), "HP", "finding")
    return read_terms(unpack(f"{FOLDER}/{name}.tsv.xz"), f"{FOLDER}/{name}.tsv.xz")


def unpack(name: str) -> str:
    """Read a packed file of the package as text. Raises ``AssetError`` if it is missing or damaged."""
    path = find_asset(name)
    try:
        return lzma.decompress(path.read_bytes()).decode("utf-8")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise AssetError(f"cannot be read: {error}", place=str(path), repair="install alsu-kg again") from None


def find_terms(curies: Iterable[str]) -> dict[str, Term]:
    """Give the terms of ``curies`` that the packaged vocabularies know, reading only the vocabularies concerned.

    >>> find_terms(["UO:0000308", "UO:9999999"])["UO:0000308"].label
    'milligram per kilogram'
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for curie in curies:
        wanted[vocabulary_of(curie)].add(curie)
    found: dict[str, Term] = {}
    for vocabulary in sorted(wanted.keys() & read_sources().keys()):
        for part in (vocabulary, *(name for name in LABELS_ONLY if name.startswith(vocabulary + "-"))):
            missing = wanted[vocabulary] - found.keys()
            if missing:
                found |= {term.curie: term for term in read_vocabulary(part) if term.curie in missing}
    return found


def read_packaged_groundings() -> list[TermMapping]:
    """Read the curated groundings of ``data/lexicon/groundings.sssom.tsv``."""
    return read_mappings(find_asset("data/lexicon/groundings.sssom.tsv").read_text(encoding="utf-8"))


def check_identifiers(uses: Sequence[Use]) -> list[Finding]:
    """Check identifiers and their labels against the packaged vocabularies and, for other vocabularies, the ontology's labels.

    >>> print(check_identifiers([Use("x.yaml", "UO:0000308", "millilitre per kilogram")])[0])
    x.yaml: UO:0000308: is 'milligram per kilogram' in UO (found label 'millilitre per kilogram')
    """
    curies = {curie for use in uses if (curie := normalise_curie(use.curie))}
    terms = find_terms(curies)
    replacements = find_terms({term.replaced_by for term in terms.values() if term.replaced_by})
    releases = {name: source.release for name, source in read_sources().items()}
    others = _reused_terms(use.curie for use in uses if normalise_curie(use.curie) is None)
    releases |= {vocabulary_of(curie): "ontology/reused.ttl" for curie in others}
    return check_uses(uses, {**others, **replacements, **terms}, releases)


def _reused_terms(curies: Iterable[str]) -> dict[str, Term]:
    """Give the terms of vocabularies that are not packaged (RO, ECO …) whose label the ontology expects."""
    wanted = {iri: curie for curie in curies if (iri := expand(curie))}
    labels = read_labels() if wanted else {}
    return {curie: Term(curie, labels[iri], "other") for iri, curie in wanted.items() if iri in labels}


def read_own_terms() -> list[Term]:
    """Give the words of the ontology as terms: mechanisms, our own entities, and further words for external ids."""
    kinds = read_entity_kinds()
    terms = []
    for entry in read_entries():
        iri = entry.iri[1:-1]
        kind = cast(Kind, kinds.get(iri, "mechanism"))
        label, *others = entry.labels
        scope: Scope = "exact" if entry.group == "mechanism" else "own"
        terms.append(Term(as_curie(iri), label, kind, tuple(Name(other, scope) for other in others)))
    return terms


def as_curie(iri: str) -> str:
    """Write an IRI as the CURIE of the packaged vocabularies, or with a prefix of the ontology.

    >>> as_curie("http://purl.obolibrary.org/obo/CHEBI_2948"), as_curie("http://id.nlm.nih.gov/mesh/D001379")
    ('CHEBI:2948', 'MESH:D001379')
    """
    obo = read_obo_prefixes()
    if iri.startswith(obo) and "_" in iri[len(obo) :]:
        return iri[len(obo) :].replace("_", ":", 1)
    short = shrink(iri)
    return normalise_curie(short) or short
