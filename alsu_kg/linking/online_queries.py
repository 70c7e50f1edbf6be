"""What of a reference is asked of indexes: identifiers, a citation for PubMed's matcher; and a resolver's work as candidate."""

from typing import Final

from alsu_kg.extraction.references.citation_words import NO_WORDS, CitationWords
from alsu_kg.extraction.references.reference_string import parse_reference
from alsu_kg.linking.printed_identifiers import find_dois, find_pmids
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.identifier import normalise_doi, normalise_pmid
from alsu_kg.model.reference import Reference
from alsu_kg.model.work import Name, Work

Citation = tuple[str, str, str, str, str, str]
CITATIONS: Final = 25
"""Citations in one question: they stand in the address, which has an end."""
_MOST_PRINTED: Final = 3


def printed_dois(reference: Reference) -> list[str]:
    """Give the DOIs that a reference prints or carries, at most three.

    >>> printed_dois(Reference(id="1", unstructured="Liu T. doi:10.1000/A"))
    ['10.1000/a']
    """
    found = [normalise_doi(reference.doi) or "", *find_dois(reference.text)]
    return list(dict.fromkeys(doi for doi in found if doi))[:_MOST_PRINTED]


def printed_pmids(reference: Reference) -> list[str]:
    """Give the PMIDs that a reference prints or carries, at most three."""
    found = [normalise_pmid(reference.pmid) or "", *find_pmids(reference.text)]
    return list(dict.fromkeys(pmid for pmid in found if pmid))[:_MOST_PRINTED]


def make_citation(reference: Reference, key: int, words: CitationWords = NO_WORDS) -> Citation | None:
    """Give what ``ecitmatch`` compares (journal, year, volume, first page, author), or ``None`` where too little is known.

    ``words`` tell the parts of a reference apart (see ``extraction.references.citation_words``).

    >>> make_citation(Reference(id="1", unstructured="Armon C. Somatic mutations trigger ALS. Muscle Nerve. 2016;53:842-9."), 7)
    ('Muscle Nerve', '2016', '53', '842', 'Armon C', '7')
    """
    if reference.is_structured:
        journal, year, volume, page = reference.container, reference.year, reference.volume, reference.first_page
        author = " ".join(filter(None, reference.authors[0])) if reference.authors else ""
    else:
        fields = parse_reference(reference.text, words)
        journal, year, volume = fields.container or "", str(fields.year or ""), fields.volume or ""
        page, author = fields.first_page or "", fields.authors[0] if fields.authors else ""
    if not journal or not page or not (volume or year):
        return None
    bare = author.replace(",", "").replace(".", "")
    return _cell(journal), _cell(year), _cell(volume), _cell(page), _cell(bare), str(key)


def _cell(text: str) -> str:
    """Put a text on one line without the mark that divides the cells of a citation."""
    return " ".join(text.replace("|", " ").split())


def candidate_of_work(work: Work) -> Candidate:
    """Give what the linker compares of a resolver's work."""
    key = work.doi or (f"pmid:{work.pmid}" if work.pmid else work.url or "unknown")
    year = (work.issued or work.published_print or work.published_online or "")[:4]
    page = work.page or work.article_number or ""
    return Candidate(
        id=key,
        title=": ".join(part for part in (work.title, work.subtitle) if part),
        authors=tuple(_pair(name) for name in work.authors or work.editors),
        year=int(year) if year.isdigit() else None,
        container=work.container or "",
        short_container=work.short_container or "",
        volume=work.volume or "",
        issue=work.issue or "",
        first_page=page.replace("–", "-").split("-")[0].strip(),
        doi=work.doi or "",
        pmid=work.pmid or "",
        kind=work.type or "",
    )


def _pair(name: Name) -> tuple[str, str]:
    return (name.family or name.literal or "", name.given or "")
