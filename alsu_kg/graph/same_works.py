"""Which identifiers name one work: a reference with DOI and PMID says that both do, for every other reference too.

Without this a work that one review cites by DOI and another by PMID would be two works, and nobody would see that both
reviews rest on it.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import Term
from alsu_kg.model.review import Reference, RelatedWork, ReviewRecord

SameWorks = Mapping[Term, Term]
"""From the IRI of a work by a lesser identifier (PMID, PMCID) to its IRI by a better one (DOI, PMID)."""

NO_WORKS: Final[SameWorks] = {}


def identifiers_of(item: Reference | RelatedWork) -> list[Term]:
    """Give the IRI of the work of ``item`` by each identifier that it has, the best first (DOI, PMID, PMCID).

    >>> identifiers_of(Reference(number=1, pmid="7", doi="10.5555/a"))[0]
    '<https://w3id.org/alsu-kg/id/work/doi/10.5555/a>'
    """
    pmcid = item.pmcid if isinstance(item, Reference) else None
    found = (
        iris.work(doi=item.doi) if item.doi else None,
        iris.work(pmid=item.pmid) if item.pmid else None,
        iris.work(pmcid=pmcid) if pmcid else None,
    )
    return [work for work in found if work]


def cited_in(record: ReviewRecord) -> list[Reference | RelatedWork]:
    """Give everything in ``record`` that may name a work: its reference list and the studies tied to its treatment."""
    return [*record.references, *record.related_works]


def work_of(item: Reference | RelatedWork, same: SameWorks) -> Term | None:
    """Give the IRI of the work of ``item`` by the best identifier that any reference gives it, or ``None`` if it has none."""
    named = identifiers_of(item)
    if not named:
        return None
    work = named[0]
    return same.get(work, work)


def find_same_works(records: Iterable[ReviewRecord], known: Iterable[Reference] = ()) -> dict[Term, Term]:
    """Find the works that references name by more than one identifier; ``known`` are works that indexes describe.

    Where references disagree (one PMID with two DOIs) one of them is wrong and nobody can say which: that identifier is
    then taken for no other.
    """
    items = chain((item for record in records for item in cited_in(record)), known)
    several = [named for item in items if _may_have_several(item) and len(named := identifiers_of(item)) > 1]
    dois_of_pmids = _agreed((named[1], named[0]) for named in several if "/pmid/" in named[1])
    of_pmcids = ((named[-1], dois_of_pmids.get(named[0], named[0])) for named in several if "/pmcid/" in named[-1])
    return dois_of_pmids | _agreed(of_pmcids)


def _may_have_several(item: Reference | RelatedWork) -> bool:
    """Say whether ``item`` states two identifiers or more, valid or not: most state one, and need not be looked at closely."""
    return bool(item.doi) + bool(item.pmid) + bool(isinstance(item, Reference) and item.pmcid) > 1


def _agreed(pairs: Iterable[tuple[Term, Term]]) -> dict[Term, Term]:
    """Keep the first of each pair with its second where all pairs agree."""
    found: dict[Term, set[Term]] = {}
    for lesser, better in pairs:
        found.setdefault(lesser, set()).add(better)
    return {lesser: better.pop() for lesser, better in found.items() if len(better) == 1}
