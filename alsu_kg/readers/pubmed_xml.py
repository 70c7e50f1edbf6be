"""One ``PubmedArticle`` element (PubMed/MEDLINE DTD) to a Candidate."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.work_record import NotAWorkError, make_candidate

_ARTICLE: Final = "MedlineCitation/Article/"
_ONE_ARTICLE: Final = re.compile(rb"<PubmedArticle[\s>].*?</PubmedArticle\s*>", re.DOTALL)


def read_pubmed_articles(data: bytes) -> Iterator[tuple[int, Candidate | str]]:
    """Read the articles in a piece of a file, each with the line where it begins; a text says why one cannot be read.

    Each is parsed by itself, so a broken one costs only itself; entities, a DTD and the network are never touched.

    >>> [found for _, found in read_pubmed_articles(b"<PubmedArticle><Medline></PubmedArticle>")]
    ['not well-formed XML: Opening and ending tag mismatch: Medline line 1 and PubmedArticle']
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    for found in _ONE_ARTICLE.finditer(data):
        line = data.count(b"\n", 0, found.start()) + 1
        try:
            yield line, read_pubmed_article(etree.fromstring(found.group(), parser))
        except etree.XMLSyntaxError as error:
            yield line, "not well-formed XML: " + str(error).split(", line ")[0]
        except NotAWorkError as error:
            yield line, str(error)


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
