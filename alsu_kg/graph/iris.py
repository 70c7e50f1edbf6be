"""IRIs of the things that a record speaks of: stable across builds, readable, under one settable base.

``https://w3id.org/alsu-kg/id/KIND/KEY``; the kinds are the prefixes of ``ontology/prefixes.ttl``.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from alsu_kg.graph.ntriples import Term, iri
from alsu_kg.model.review import ReviewRecord

BASE: Final = "https://w3id.org/alsu-kg/"
_ID: Final = BASE + "id/"
_GREEK_NAMES: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi "
    "chi psi omega"
)
_GREEK: Final = {chr(ord("α") + i): name for i, name in enumerate(_GREEK_NAMES.split(" "))}
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def slug(words: str) -> str:
    """Turn words into a readable key of ASCII letters, digits and hyphens; Greek letters are spelled out.

    Words without a single letter or digit become their code points, so that no key is empty.

    >>> slug("NF-κB"), slug("Sodium chlorite (NP001)"), slug("!")
    ('nf-kappab', 'sodium-chlorite-np001', 'u21')
    """
    spelled = "".join(_GREEK.get(character, character) for character in words.casefold())
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    key = _NOT_SLUG.sub("-", plain).strip("-")
    return key or "-".join(f"u{ord(character):x}" for character in words) or "empty"


def thing(kind: str, *keys: str | int) -> Term:
    """Give the IRI of a thing.

    >>> thing("claim", "azathioprine", 13)
    '<https://w3id.org/alsu-kg/id/claim/azathioprine/13>'
    """
    if len(keys) == 1:
        return f"<{_ID}{kind}/{keys[0]}>"
    return f"<{_ID}{kind}/{'/'.join(map(str, keys))}>"


def review_key(record: ReviewRecord) -> str:
    """Give the key of the published review: the one it is part of, else its number, else the record's key.

    >>> from alsu_kg.model.review import Review
    >>> review_key(ReviewRecord(record="lunasin", review=Review(number=26)))
    '26'
    """
    review = record.review
    if review.part_of is not None:
        return review.part_of.review
    return str(review.number) if review.number is not None else record.record


def review(record: ReviewRecord) -> Term:
    """Give the IRI of the published review that ``record`` belongs to."""
    return thing("review", review_key(record))


def treatment(label: str) -> Term:
    """Give the IRI of a treatment from its label: records on the same treatment meet in it.

    >>> treatment("Low dose naltrexone")
    '<https://w3id.org/alsu-kg/id/treatment/low-dose-naltrexone>'
    """
    return thing("treatment", slug(label))


@lru_cache(maxsize=262144)
def work(*, doi: str | None = None, pmid: str | None = None, pmcid: str | None = None) -> Term | None:
    """Give the IRI of a work by the first identifier it has (DOI, PMID, PMCID), or ``None`` if it has none.

    >>> work(doi="10.1002/mus.24143", pmid="1")
    '<https://w3id.org/alsu-kg/id/work/doi/10.1002/mus.24143>'
    """
    for scheme, value in (("doi", doi), ("pmid", pmid), ("pmcid", pmcid)):
        if value:
            return iri(f"{BASE}id/work/{scheme}/{value}")
    return None


def graph(record: str, source: str | None = None) -> Term:
    """Give the named graph of what ``record`` takes from ``source`` (``None``: from its sources together)."""
    return thing("graph", record, source) if source else thing("graph", record)


ONTOLOGY_GRAPH: Final = thing("graph", "ontology")
PROVENANCE_GRAPH: Final = thing("graph", "provenance")
WORKS_GRAPH: Final = thing("graph", "works")
ANALYSIS_GRAPH: Final = thing("graph", "analysis")


def part(whole: Term, *keys: str | int) -> Term:
    """Give the IRI of a part of a thing.

    >>> part(thing("trial", "azathioprine", 2), "dose")
    '<https://w3id.org/alsu-kg/id/trial/azathioprine/2/dose>'
    """
    return f"{whole[:-1]}/{'/'.join(map(str, keys))}>"
