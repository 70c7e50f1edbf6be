"""The ``ref-list`` of a JATS article -> references with their fields, one for every ``ref``."""

import re
from typing import Final

from alsu_kg.model.document import TaggedReference
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import Place, Reference, ReferenceKind
from alsu_kg.readers.markup import Node, flow_text

_CITATIONS: Final = ("mixed-citation", "element-citation", "citation", "nlm-citation", "citation-alternatives")
_NAMES: Final = frozenset({"name", "string-name", "collab"})
_KINDS: Final[dict[str, ReferenceKind]] = {
    "journal": "article", "book": "book", "chapter": "book-chapter", "web": "web-page", "webpage": "web-page",
    "website": "web-page", "report": "report", "preprint": "preprint", "confproc": "other", "thesis": "other",
    "patent": "other", "data": "other", "software": "other", "gov": "report", "commun": "other",
}


def read_references(root: Node) -> tuple[TaggedReference, ...]:
    """Read every ``ref`` of every ``ref-list`` in document order, numbered by position.

    >>> from alsu_kg.readers.markup import parse_xml
    >>> xml = ('<ref-list><ref id="B1"><label>1</label><element-citation publication-type="journal"><name><surname>Li'
    ...        '</surname><given-names>H</given-names></name><source>Cell</source><year>2001</year></element-citation>'
    ...        '</ref></ref-list>')
    >>> [(r.fields.number, r.fields.authors, r.fields.container, r.fields.year) for r in read_references(parse_xml(xml))]
    [(1, ('Li H',), 'Cell', 2001)]
    """
    found = []
    seen = set()
    for ref_list in root.iter("ref-list"):
        for ref in ref_list.iter("ref"):
            if id(ref) not in seen:
                seen.add(id(ref))
                found.append(_reference(ref, len(found) + 1))
    return tuple(found)


def _reference(ref: Node, number: int) -> TaggedReference:
    label = ref.find("label")
    citation = next((node for tag in _CITATIONS if (node := ref.first(tag)) is not None), ref)
    text = flow_text(citation)
    start, end = text.raw_span(0, len(text.text)) if text.segments else (ref.start, ref.end)
    ids = tuple(key for node in (ref, *(n for n in ref.nodes() if n.tag in _CITATIONS)) if (key := node.get("id")))
    fields = _fields(citation, number, Place(section="References", start=start, end=end))
    return TaggedReference(ids, text, fields, label.words() if label is not None else "")


def _first(node: Node, *tags: str) -> str | None:
    for tag in tags:
        found = node.first(tag)
        if found is not None and (words := found.words()):
            return words
    return None


def _fields(node: Node, number: int, place: Place) -> Reference:
    ids = {n.get("pub-id-type"): n.words() for n in node.iter("pub-id", "object-id")}
    links = [n.get("href") or n.words() for n in node.iter("ext-link", "uri")]
    year = re.search(r"[12][0-9]{3}", _first(node, "year") or "")
    title = _first(node, "article-title", "chapter-title", "part-title", "data-title", "trans-title")
    container = _first(node, "source", "conf-name")
    return Reference(
        number=number, raw_place=place, kind=_kind(node, title), authors=_authors(node),
        title=title or (container if _kind(node, title) != "article" else None),
        container=container if title or _kind(node, title) == "article" else None,
        year=int(year[0]) if year else None, volume=_first(node, "volume"), issue=_first(node, "issue"),
        first_page=_first(node, "fpage", "elocation-id"), last_page=_first(node, "lpage"),
        doi=_doi(ids, links), pmid=normalise_pmid(ids.get("pmid", "")),
        pmcid=normalise_pmcid(ids.get("pmcid", "")), url=_url(links))


def _kind(node: Node, title: str | None) -> ReferenceKind:
    printed = node.get("publication-type") or node.get("citation-type") or node.get("publication-format")
    kind = _KINDS.get(printed.lower(), "unknown" if not printed else "other")
    if kind == "book" and (node.first("chapter-title") is not None or (title and node.first("source") is not None)):
        return "book-chapter"
    if printed in ("other", "") and title and node.first("volume") is not None:
        return "article"
    if kind == "other" and not title and any(n.get("href") for n in node.iter("ext-link", "uri")):
        return "web-page"
    return kind


def _authors(node: Node) -> tuple[str, ...]:
    groups = list(node.iter("person-group"))
    chosen = [g for g in groups if g.get("person-group-type") in ("author", "")] or groups[:1] or [node]
    names = []
    for group in chosen:
        for name in group.iter(*_NAMES):
            if name.parent is not None and name.parent.tag in _NAMES:
                continue
            names.append(_name(name))
    return tuple(name for name in names if name)


def _name(name: Node) -> str:
    surname, given = name.first("surname"), name.first("given-names")
    if surname is None:
        return name.words()
    initials = given.words() if given is not None else ""
    return f"{surname.words()} {initials}".strip()


def _doi(ids: dict[str, str], links: list[str]) -> str | None:
    for candidate in (ids.get("doi", ""), *(link for link in links if "doi.org/" in link)):
        doi = normalise_doi(candidate)
        if doi is not None:
            return doi
    return None


def _url(links: list[str]) -> str | None:
    return next((link for link in links if link.startswith(("http://", "https://", "ftp://", "www."))
                 and "doi.org/" not in link and "ncbi.nlm.nih.gov/pubmed" not in link), None)


def untagged(reference: TaggedReference) -> bool:
    """Say whether the file gives this reference as bare words, without tags for its parts.

    >>> from alsu_kg.model.document import Text
    >>> untagged(TaggedReference(("a",), Text("x"), Reference(number=1)))
    True
    """
    fields = reference.fields
    return not fields.authors and fields.year is None and fields.container is None

