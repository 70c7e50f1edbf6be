"""One ``PubmedArticle`` element (PubMed/MEDLINE DTD) to a Candidate."""

from typing import Final

from lxml import etree

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.work_record import make_candidate

_ARTICLE: Final = "MedlineCitation/Article/"


def read_pubmed_article(element: etree._Element) -> Candidate:
    """Read a record; raises ``NotAWorkError`` if it has neither title nor journal, or no identifier.

    >>> read_pubmed_article(etree.fromstring("<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>A <i>b"
    ...     "</i></ArticleTitle></Article></MedlineCitation></PubmedArticle>")).title
    'A b'
    """
    journal = _ARTICLE + "Journal/"
    issue = journal + "JournalIssue/"
    dois = (e.text or "" for e in element.iterfind("PubmedData/ArticleIdList/ArticleId") if e.get("IdType") == "doi")
    other = (e.text or "" for e in element.iterfind(_ARTICLE + "ELocationID") if e.get("EIdType") == "doi")
    fields = {
        "pmid": _text(element, "MedlineCitation/PMID"),
        "doi": next((doi for doi in (*dois, *other) if doi), ""),
        "title": _text(element, _ARTICLE + "ArticleTitle").rstrip("."),
        "container": _text(element, journal + "Title"),
        "short": _text(element, journal + "ISOAbbreviation"),
        "volume": _text(element, issue + "Volume"),
        "issue": _text(element, issue + "Issue"),
        "date": _text(element, issue + "PubDate/Year") or _text(element, issue + "PubDate/MedlineDate"),
        "page": _text(element, _ARTICLE + "Pagination/MedlinePgn") or _text(element, _ARTICLE + "Pagination/StartPage"),
    }
    names = [
        (_text(author, "LastName") or _text(author, "CollectiveName"), _text(author, "Initials"))
        for author in element.iterfind(_ARTICLE + "AuthorList/Author")
    ]
    return make_candidate(fields, names)


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return " ".join("".join(str(part) for part in found.itertext()).split()) if found is not None else ""
