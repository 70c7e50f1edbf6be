"""One ``PubmedArticle`` element (PubMed/MEDLINE DTD) to a Candidate."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.work_record import NotAWorkError, make_candidate

_START: Final = re.compile(rb"<PubmedArticle[\s>]")
_END: Final = re.compile(rb"</PubmedArticle\s*>")


def read_pubmed_articles(data: bytes) -> Iterator[tuple[int, Candidate | str]]:
    """Read the articles in a piece of a file, each with the line where it begins; a text says why one cannot be read.

    Each is parsed by itself, so a broken one costs only itself; entities, a DTD and the network are never touched.

    >>> [found for _, found in read_pubmed_articles(b"<PubmedArticle><Medline></PubmedArticle>")]
    ['not well-formed XML: Opening and ending tag mismatch: Medline line 1 and PubmedArticle']
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    line, before = 1, 0
    for start, end in _find_articles(data):
        line, before = line + data.count(b"\n", before, start), start
        try:
            yield line, read_pubmed_article(etree.fromstring(data[start:end], parser))
        except etree.XMLSyntaxError as error:
            yield line, "not well-formed XML: " + str(error).split(", line ")[0]
        except NotAWorkError as error:
            yield line, str(error)


def _find_articles(data: bytes) -> Iterator[tuple[int, int]]:
    place = 0
    while (start := _START.search(data, place)) and (end := _END.search(data, start.end())):
        place = end.end()
        yield start.start(), place


def read_pubmed_article(element: etree._Element) -> Candidate:
    """Read a record; raises ``NotAWorkError`` if it has neither title nor journal, or no identifier.

    >>> read_pubmed_article(etree.fromstring("<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>A <i>b"
    ...     "</i></ArticleTitle></Article></MedlineCitation></PubmedArticle>")).title
    'A b'
    """
    citation = _children(element.find("MedlineCitation"))
    article = _children(citation.get("Article"))
    journal = _children(article.get("Journal"))
    issue = _children(journal.get("JournalIssue"))
    published, pages = _children(issue.get("PubDate")), _children(article.get("Pagination"))
    fields = {
        "pmid": _text(citation.get("PMID")),
        "doi": _doi(element),
        "title": _text(article.get("ArticleTitle")).rstrip("."),
        "container": _text(journal.get("Title")),
        "short": _text(journal.get("ISOAbbreviation")),
        "volume": _text(issue.get("Volume")),
        "issue": _text(issue.get("Issue")),
        "date": _text(published.get("Year")) or _text(published.get("MedlineDate")),
        "page": _text(pages.get("MedlinePgn")) or _text(pages.get("StartPage")),
    }
    authors = article.get("AuthorList")
    people = [_children(author) for author in authors if author.tag == "Author"] if authors is not None else []
    names = [(_text(p.get("LastName")) or _text(p.get("CollectiveName")), _text(p.get("Initials"))) for p in people]
    return make_candidate(fields, names)


def _doi(element: etree._Element) -> str:
    listed = (e.text for e in element.iterfind("PubmedData/ArticleIdList/ArticleId") if e.get("IdType") == "doi")
    located = (e.text for e in element.iterfind("MedlineCitation/Article/ELocationID") if e.get("EIdType") == "doi")
    return next((doi for some in (listed, located) for doi in some if doi), "")


def _children(element: etree._Element | None) -> dict[str, etree._Element]:
    """Give the children of an element by name, the first of each."""
    return {} if element is None else {str(child.tag): child for child in reversed(element)}


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return " ".join(text.split())
