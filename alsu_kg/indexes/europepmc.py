"""Europe PMC: search by identifiers (DOI, PMID and PMCID in one reply, preprints too), and replies -> works.

Facts used here: a miss is ``hitCount`` 0 inside a 200; errors are an XML ``errorBean`` even where JSON was asked for;
one query may join many identifiers by OR.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from alsu_kg.indexes.replies import Element, check_status, read_json, read_xml
from alsu_kg.indexes.titles import clean_title, without_final_stop
from alsu_kg.indexes.values import at, list_at, number_at, text_at, texts_at
from alsu_kg.model.dates import edtf, parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found
from alsu_kg.model.identifier import Identifier, normalise_doi, normalise_issn, normalise_pmcid, normalise_pmid
from alsu_kg.model.retraction import Notice
from alsu_kg.model.work import Licence, Name, OpenAccess, Work

BASE: Final = "https://www.ebi.ac.uk/europepmc/webservices/rest"
MAX_IDS: Final = 50
_QUERY: Final = {"doi": 'DOI:"{}"', "pmid": "(EXT_ID:{} AND SRC:MED)", "pmcid": "PMCID:{}"}


def request_search(identifiers: Sequence[Identifier], *, detail: str = "lite") -> Request:
    """Ask for the works with these identifiers (DOI, PMID, PMCID), joined by OR; ``detail`` is ``lite`` or ``core``.

    >>> request_search([Identifier("pmid", "20516115")]).url.partition("?")[2]
    'query=EXT_ID%3A20516115%20AND%20SRC%3AMED&resultType=lite&format=json&pageSize=25'
    """
    terms = [_QUERY[identifier.scheme].format(identifier.value) for identifier in identifiers]
    query = (
        terms[0].removeprefix("(").removesuffix(")")
        if len(terms) == 1 and terms[0].startswith("(")
        else " OR ".join(terms)
    )
    size = 25 if len(terms) == 1 else min(1000, 4 * len(terms))
    return Request(
        service="europepmc",
        kind="single" if len(terms) == 1 else "list",
        url=f"{BASE}/search?query={quote(query, safe='')}&resultType={detail}&format=json&pageSize={size}",
    )


def read_search(response: Response) -> Reading[tuple[Work, ...]]:
    """Read a search reply in JSON or XML; no hit is *found* with nothing in it.

    >>> error = Response(url="u", status=200, body=b"<errorBean><errMsg>bad query</errMsg></errorBean>")
    >>> read_search(error).reason
    'the service answered with an error document: bad query'
    """
    if response.body.lstrip().startswith(b"<") and check_status(response).value is not None:
        root = read_xml(response, "responseWrapper")
        if root.value is None:
            return could_not_check(root.reason)
        return found(tuple(_work(_as_json(item)) for item in root.value.iterfind("resultList/result")))
    reply = read_json(response)
    if not isinstance(at(reply.value, "resultList", "result"), list):
        return could_not_check(
            reply.reason or f"the reply holds no results: {text_at(reply.value, 'errMsg') or ''}".rstrip(": ")
        )
    return found(tuple(_work(item) for item in list_at(reply.value, "resultList", "result")))


def read_hit_count(response: Response) -> Reading[int]:
    """Read how many works a search matches in all."""
    reply = read_json(response)
    count = number_at(reply.value, "hitCount")
    return found(count) if count is not None else could_not_check(reply.reason or "the reply holds no hit count")


def read_supplement(response: Response) -> Reading[bytes]:
    """Read the supplementary files of an article (a zip); an error document is no statement that there are none."""
    body = check_status(response)
    if body.value is not None and not body.value.startswith(b"PK"):
        return could_not_check(read_xml(response, "supplementaryFiles").reason or "the reply is no zip file")
    return body


def _as_json(element: Element) -> object:
    """Give an XML result in the shape of the JSON one: leaf elements as texts."""
    return {child.tag: child.text if len(child) == 0 else _as_json(child) for child in element}


def _work(item: object) -> Work:
    raw_title = text_at(item, "title")
    title = clean_title(raw_title)
    pub_types = (text_at(item, "pubType") or "; ".join(str(t) for t in list_at(item, "pubTypeList", "pubType"))).lower()
    preprint = text_at(item, "source") == "PPR" or "preprint" in pub_types
    retracted = "retracted publication" in pub_types
    return Work(
        doi=normalise_doi(text_at(item, "doi") or ""),
        pmid=normalise_pmid(text_at(item, "pmid") or ""),
        pmcid=normalise_pmcid(text_at(item, "pmcid") or ""),
        type="article" if preprint else "article-journal",
        index_type=pub_types.strip("; ") or None,
        title=without_final_stop(title) if title else None,
        title_raw=raw_title,
        authors=_authors(item),
        container=text_at(item, "journalInfo", "journal", "title") or text_at(item, "journalTitle"),
        short_container=text_at(item, "journalTitle") or text_at(item, "journalInfo", "journal", "isoabbreviation"),
        volume=text_at(item, "journalVolume") or text_at(item, "journalInfo", "volume"),
        issue=text_at(item, "issue") or text_at(item, "journalInfo", "issue"),
        page=_page(text_at(item, "pageInfo")),
        issued=parse_date(text_at(item, "firstPublicationDate")) or edtf([number_at(item, "pubYear") or 0]),
        issn=_issns(item),
        licences=_licences(item),
        open_access=_open_access(item),
        notices=(Notice(nature="retraction", raw_type="Retracted Publication", source="europepmc"),)
        if retracted
        else (),
        abstract=clean_title(text_at(item, "abstractText")),
        headings=_headings(item),
        chemicals=tuple(
            filter(None, (text_at(chemical, "name") for chemical in list_at(item, "chemicalList", "chemical")))
        ),
        keywords=texts_at(item, "keywordList", "keyword"),
    )


def _headings(item: object) -> tuple[str, ...]:
    """Give the MeSH descriptors, main topics behind an asterisk."""
    headings = ((text_at(one, "descriptorName"), one) for one in list_at(item, "meshHeadingList", "meshHeading"))
    return tuple(f"*{name}" if _is_major(one) else name for name, one in headings if name)


def _is_major(heading: object) -> bool:
    qualifiers = list_at(heading, "meshQualifierList", "meshQualifier")
    return "Y" in (text_at(part, "majorTopic_YN") for part in (heading, *qualifiers))


def _page(info: str | None) -> str | None:
    first, _, last = (info or "").partition("-")
    return (f"{first}-{last}" if last and last != first else first) or None


def _issns(item: object) -> tuple[str, ...]:
    texts = (text_at(item, "journalIssn") or "").split(";")
    return tuple(issn for text in texts if (issn := normalise_issn(text.strip())))


def _authors(item: object) -> tuple[Name, ...]:
    structured = list_at(item, "authorList", "author")
    if structured:
        return tuple(
            Name(literal=text_at(person, "collectiveName"))
            if text_at(person, "collectiveName")
            else Name(
                family=text_at(person, "lastName") or text_at(person, "fullName"),
                given=text_at(person, "firstName") or text_at(person, "initials"),
            )
            for person in structured
        )
    names = [name.strip() for name in (text_at(item, "authorString") or "").rstrip(".").split(",") if name.strip()]
    return tuple(_author(name) for name in names)


def _author(name: str) -> Name:
    family, _, initials = name.rpartition(" ")
    return (
        Name(family=family, given=initials)
        if family and initials.isupper() and len(initials) <= 4
        else Name(literal=name)
    )


def _licences(item: object) -> tuple[Licence, ...]:
    licence = text_at(item, "license")
    return (Licence(url=licence, source="europepmc"),) if licence else ()


def _open_access(item: object) -> OpenAccess | None:
    flag = text_at(item, "isOpenAccess")
    if flag not in ("Y", "N"):
        return None
    links = list_at(item, "fullTextUrlList", "fullTextUrl")
    free = [text_at(link, "url") for link in links if text_at(link, "availabilityCode") in ("OA", "F")]
    pmcid = normalise_pmcid(text_at(item, "pmcid") or "")
    url = next((link for link in free if link), None) or (f"https://europepmc.org/articles/{pmcid}" if pmcid else None)
    status = None if flag == "Y" else "free-to-read" if url else None
    return OpenAccess(is_open=flag == "Y", status=status, url=url, licence=text_at(item, "license"), source="europepmc")
