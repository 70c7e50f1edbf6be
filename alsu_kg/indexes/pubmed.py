"""NCBI E-utilities: requests to ``efetch``, ``esummary``, ``esearch`` and ``ecitmatch``, and replies -> works.

Facts used here (NBK25497, NBK25499): errors arrive inside a 200 as ``<ERROR>``, an empty ``PubmedArticleSet`` means a
removed or unknown PMID, the 429 body is JSON even for XML, more than about 200 identifiers go by POST.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from alsu_kg.indexes.pubmed_article import pubmed_work
from alsu_kg.indexes.replies import Element, check_status, read_json, read_xml
from alsu_kg.indexes.titles import clean_title, without_final_stop
from alsu_kg.indexes.values import texts_at
from alsu_kg.model.dates import edtf, month_number
from alsu_kg.model.exchange import Outcome, Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import normalise_doi, normalise_issn, normalise_pmcid, normalise_pmid
from alsu_kg.model.work import Name, Work

BASE: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
MAX_IDS: Final = 200


def request_articles(pmids: Sequence[str]) -> Request:
    """Ask for the full records of up to ``MAX_IDS`` PMIDs (by GET for one, by POST for more).

    >>> request_articles(["31280619"]).url
    'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&id=31280619&retmode=xml'
    """
    fields = f"db=pubmed&id={','.join(pmids)}&retmode=xml"
    if len(pmids) == 1:
        return Request(service="eutils", url=f"{BASE}/efetch.fcgi?{fields}", accept="application/xml")
    return Request(
        service="eutils",
        kind="list",
        method="POST",
        url=f"{BASE}/efetch.fcgi",
        body=fields.encode(),
        content_type="application/x-www-form-urlencoded",
        accept="application/xml",
    )


def request_summaries(pmids: Sequence[str]) -> Request:
    """Ask for the short records (esummary version 1) of some PMIDs."""
    return Request(
        service="eutils",
        kind="list",
        url=f"{BASE}/esummary.fcgi?db=pubmed&id={','.join(pmids)}&retmode=xml",
        accept="application/xml",
    )


def request_pmid_search(doi: str) -> Request:
    """Search the PMID of a DOI by the article identifier field.

    >>> request_pmid_search("10.1000/a").url.partition("term=")[2]
    '%2210.1000%2Fa%22%5Baid%5D'
    """
    query = urlencode({"db": "pubmed", "retmode": "json", "term": f'"{doi}"[aid]'})
    return Request(service="eutils", kind="search", url=f"{BASE}/esearch.fcgi?{query}")


def request_citation_match(citations: Sequence[tuple[str, str, str, str, str, str]]) -> Request:
    """Ask ``ecitmatch`` for PMIDs; a citation is journal, year, volume, first page, author, and a key of your own.

    >>> request_citation_match([("science", "1987", "235", "182", "palmenberg ac", "a")]).url[-49:]
    'science%7C1987%7C235%7C182%7Cpalmenberg+ac%7Ca%7C'
    """
    lines = "\r".join("|".join((*citation, "")) for citation in citations)
    return Request(
        service="eutils",
        kind="list",
        accept="text/plain",
        url=f"{BASE}/ecitmatch.cgi?db=pubmed&retmode=xml&bdata={quote(lines, safe='+').replace('%20', '+')}",
    )


def read_articles(response: Response) -> Reading[tuple[Work, ...]]:
    """Read an efetch reply; the PMIDs that it lacks are removed or unknown, which an empty set says of all of them.

    >>> empty = Response(url="u", status=200, body=b"<PubmedArticleSet></PubmedArticleSet>")
    >>> read_articles(empty).value
    ()
    """
    root = read_xml(response, "PubmedArticleSet")
    if root.value is None:
        return could_not_check(root.reason)
    works = (pubmed_work(article) for article in root.value if article.tag in ("PubmedArticle", "PubmedBookArticle"))
    return found(tuple(work for work in works if work.pmid))


def read_summaries(response: Response) -> Reading[tuple[Work, ...]]:
    """Read an esummary version 1 reply."""
    root = read_xml(response, "eSummaryResult")
    if root.value is None:
        return could_not_check(root.reason)
    return found(tuple(_summary(item) for item in root.value if item.tag == "DocSum"))


def read_search(response: Response) -> Reading[tuple[str, ...]]:
    """Read the PMIDs that an esearch found, from JSON or XML."""
    if response.body.lstrip().startswith(b"{"):
        reply = read_json(response)
        if reply.value is None:
            return could_not_check(reply.reason)
        return found(tuple(p for p in texts_at(reply.value, "esearchresult", "idlist") if normalise_pmid(p)))
    root = read_xml(response, "eSearchResult")
    if root.value is None:
        return could_not_check(root.reason)
    return found(tuple(item.text or "" for item in root.value.iterfind("IdList/Id")))


def read_links(response: Response) -> Reading[tuple[str, ...]]:
    """Read the PMIDs that an elink reply links to, in its order, each once."""
    root = read_xml(response, "eLinkResult")
    if root.value is None:
        return could_not_check(root.reason)
    return found(tuple(dict.fromkeys(item.text or "" for item in root.value.iterfind("LinkSet/LinkSetDb/Link/Id"))))


def read_spelling(response: Response) -> Reading[str]:
    """Read the spelling that espell proposes."""
    root = read_xml(response, "eSpellResult")
    if root.value is None:
        return could_not_check(root.reason)
    text = (root.value.findtext("CorrectedQuery") or "").strip()
    return found(text) if text else not_found("no other spelling is proposed")


def read_citation_match(response: Response) -> Reading[dict[str, tuple[Outcome, tuple[str, ...]]]]:
    r"""Read an ecitmatch reply: for each key one PMID, none (*not-found*), or several to choose from (*could-not-check*).

    >>> body = b"science|1987|235|182|palmenberg ac|a|3026048\nx|1|1|1|y|b|NOT_FOUND;INVALID_JOURNAL\nx|1|1|1|z|c|AMBIGUOUS 1,2"
    >>> read_citation_match(Response(url="u", status=200, body=body)).value
    {'a': ('found', ('3026048',)), 'b': ('not-found', ()), 'c': ('could-not-check', ('1', '2'))}
    """
    body = check_status(response)
    if body.value is None:
        return could_not_check(body.reason)
    matches: dict[str, tuple[Outcome, tuple[str, ...]]] = {}
    for line in body.value.decode("utf-8", "replace").splitlines():
        cells = line.split("|")
        if len(cells) >= 7:
            matches[cells[5]] = _citation_answer(cells[6].strip())
    return found(matches) if matches else could_not_check("the reply holds no citation")


def _citation_answer(answer: str) -> tuple[Outcome, tuple[str, ...]]:
    if normalise_pmid(answer):
        return "found", (answer,)
    if answer.startswith("NOT_FOUND"):
        return "not-found", ()
    candidates = answer.removeprefix("AMBIGUOUS").replace("(", " ").replace(")", " ").replace(",", " ").split()
    return "could-not-check", tuple(text for text in candidates if normalise_pmid(text))


def _summary(document: Element) -> Work:
    items = {item.get("Name", ""): item for item in document.iterfind("Item")}

    def text(name: str) -> str | None:
        return (items[name].text or "").strip() or None if name in items else None

    ids = {item.get("Name", ""): item.text or "" for item in items.get("ArticleIds", document).iterfind("Item")}
    title = clean_title(text("Title"))
    names = [(item.text or "").strip() for item in document.iterfind("Item[@Name='AuthorList']/Item")]
    year, _, rest = (text("PubDate") or "").partition(" ")
    month, _, day = rest.partition(" ")
    issued = edtf((int(year), month_number(month), int(day) if day.isdecimal() else 0)) if year.isdecimal() else None
    issns = (normalise_issn(text(name) or "") for name in ("ISSN", "ESSN"))
    return Work(
        pmid=document.findtext("Id"),
        doi=normalise_doi(text("DOI") or ids.get("doi", "")),
        pmcid=normalise_pmcid(ids.get("pmc", "")),
        type="article-journal",
        title=without_final_stop(title) if title else None,
        title_raw=text("Title"),
        authors=tuple(_author(name) for name in names if name),
        container=clean_title(text("FullJournalName")) or text("Source"),
        short_container=text("Source"),
        volume=text("Volume"),
        issue=text("Issue"),
        page=full_page_range(text("Pages")),
        issued=issued,
        issn=tuple(issn for issn in issns if issn),
    )


def _author(name: str) -> Name:
    family, _, initials = name.rpartition(" ")
    if initials.rstrip(".") in ("Jr", "Sr", "2nd", "3rd") and " " in family:
        inner, _, letters = family.rpartition(" ")
        return Name(family=inner, given=letters, suffix=initials)
    return Name(family=family, given=initials) if family else Name(family=name)


def full_page_range(pages: str | None) -> str | None:
    """Write out a MEDLINE page range: the last page repeats only the digits that differ.

    >>> full_page_range("188-91"), full_page_range("e30"), full_page_range("S1-9; discussion S10")
    ('188-191', 'e30', 'S1-S9')
    """
    first, _, last = (pages or "").partition(";")[0].partition(",")[0].strip().partition("-")
    if not first or not last or last == first:
        return first or None
    if last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"
