"""The ``ref-list`` of a JATS article -> references with their fields, one for every ``ref``."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from alsu_kg.model.document import TaggedReference
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import Place, Reference, ReferenceKind
from alsu_kg.readers.markup import Node, printed_span

_CITATIONS: Final = ("mixed-citation", "element-citation", "citation", "nlm-citation", "citation-alternatives")
_NAMES: Final = frozenset({"name", "string-name", "collab"})
_KINDS: Final[dict[str, ReferenceKind]] = {
    **dict.fromkeys(("journal", "article", "article-journal", "journal-article", "review"), "article"),
    **dict.fromkeys(("book", "edited-book", "edbook", "monograph"), "book"),
    **dict.fromkeys(("chapter", "book-chapter", "bookchapter"), "book-chapter"),
    **dict.fromkeys(("web", "webpage", "web-page", "website", "weblink", "internet", "online"), "web-page"),
    **dict.fromkeys(("report", "techreport", "technical-report", "gov", "government"), "report"),
    **dict.fromkeys(("preprint", "eprint", "posted-content"), "preprint"),
}
_PREPRINTS = re.compile(r"\w*rxiv\b.*|research square|preprints(?:\.org)?|ssrn\b.*", re.IGNORECASE)


def read_references(refs: Iterable[Node]) -> tuple[TaggedReference, ...]:
    """Read those of the elements ``ref`` that stand in a ``ref-list``, numbered by position.

    >>> from alsu_kg.readers.xml_tree import parse_elements
    >>> xml = ('<ref-list><ref id="B1"><label>1</label><element-citation publication-type="journal"><name><surname>Li'
    ...        '</surname><given-names>H</given-names></name><source>Cell</source><year>2001</year></element-citation>'
    ...        '</ref></ref-list>')
    >>> found = read_references(parse_elements(xml)[1]["ref"])
    >>> [(r.fields.number, r.fields.authors, r.fields.container, r.fields.year) for r in found]
    [(1, ('Li H',), 'Cell', 2001)]
    """
    found: list[TaggedReference] = []
    for ref in refs:
        if _in_list(ref):
            found.append(_reference(ref, len(found) + 1))
    return tuple(found)


def _in_list(ref: Node) -> bool:
    node = ref.parent
    while node is not None and node.tag != "ref-list":
        node = node.parent
    return node is not None


def _reference(ref: Node, number: int) -> TaggedReference:
    label = ref.find("label")
    citation = _citation(ref)
    parts = _parts(ref, citation)
    runs = [run for part in parts for run in part.runs()]
    start, end = printed_span(runs) if runs else (ref.start, ref.end)
    printed = " ".join("".join([run.text for run in runs]).split())
    ids = tuple(key for node in (ref, *_identified(ref)) if (key := node.attributes.get("id")))
    fields = _fields(citation, number, Place(section="References", start=start, end=end))
    return TaggedReference(ids, printed, fields, label.words() if label is not None else "")


def _identified(ref: Node) -> Iterator[Node]:
    """Give the elements of a reference whose identifiers citations may point at: its parts, and the parts of alternatives."""
    for child in ref.nodes():
        yield child
        if child.tag == "citation-alternatives":
            yield from child.nodes()


def _parts(ref: Node, citation: Node) -> list[Node]:
    """Give what is printed: every citation that stands in the reference, once, but not its label."""
    if citation is ref:
        return [part for part in ref.nodes() if part.tag != "label"] or [ref]
    beside = [part for part in ref.nodes() if part.tag in _CITATIONS]
    return beside if len(beside) > 1 and "citation-alternatives" not in {part.tag for part in beside} else [citation]


def _citation(ref: Node) -> Node:
    parts = {child.tag: child for child in reversed(list(ref.nodes()))}
    if "citation-alternatives" not in parts:
        found = next((parts[tag] for tag in _CITATIONS if tag in parts), None)
        if found is not None:
            return found
    below = ref.by_tag()
    return next((below[tag][0] for tag in _CITATIONS if tag in below), ref)


_YEAR = re.compile(r"[12][0-9]{3}")
_Below = dict[str, list[Node]]


def _first(below: _Below, *tags: str) -> str | None:
    for tag in tags:
        if tag in below and (words := below[tag][0].words()):
            return words
    return None


def _fields(node: Node, number: int, place: Place) -> Reference:
    below = node.by_tag()
    ids = {n.get("pub-id-type"): n.words() for n in (*below.get("pub-id", ()), *below.get("object-id", ()))}
    links = [n.get("href") or n.words() for n in (*below.get("ext-link", ()), *below.get("uri", ()))]
    year = _YEAR.search(_first(below, "year") or "")
    title = _first(below, "article-title", "chapter-title", "part-title", "data-title", "trans-title")
    container = _first(below, "source", "conf-name")
    kind = _kind(node, below, title)
    return Reference(
        number=number,
        raw_place=place,
        kind=kind,
        authors=_authors(below),
        title=title or (container if kind != "article" else None),
        container=container if title or kind == "article" else None,
        year=int(year[0]) if year else None,
        volume=_first(below, "volume"),
        issue=_first(below, "issue"),
        first_page=_first(below, "fpage", "elocation-id"),
        last_page=_first(below, "lpage"),
        doi=_doi(ids, links),
        pmid=normalise_pmid(ids.get("pmid", "")),
        pmcid=normalise_pmcid(ids.get("pmcid", "")),
        url=_url(links),
    )


def _kind(node: Node, below: _Below, title: str | None) -> ReferenceKind:
    printed = node.get("publication-type") or node.get("citation-type") or node.get("publication-format")
    kind = _KINDS.get(printed.lower(), "unknown" if not printed else "other")
    if "source" in below and _PREPRINTS.fullmatch(below["source"][0].words()):
        return "preprint"
    if kind == "book" and ("chapter-title" in below or (title and "source" in below)):
        return "book-chapter"
    if printed in ("other", "") and title and "volume" in below:
        return "article"
    if kind == "other" and not title and ("ext-link" in below or "uri" in below):
        return "web-page"
    return kind


def _authors(below: _Below) -> tuple[str, ...]:
    groups = below.get("person-group", [])
    chosen = [g for g in groups if g.get("person-group-type") in ("author", "")] or groups[:1]
    names = []
    for source in [group.by_tag() for group in chosen] or [below]:
        found = [n for tag in _NAMES for n in source.get(tag, ()) if n.parent is None or n.parent.tag not in _NAMES]
        names += [_name(name) for name in sorted(found, key=lambda n: n.start)]
    return tuple(name for name in names if name)


def _name(name: Node) -> str:
    surname = name.find("surname") or name.first("surname")
    given = name.find("given-names") or name.first("given-names")
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
    return next(
        (
            link
            for link in links
            if link.startswith(("http://", "https://", "ftp://", "www."))
            and "doi.org/" not in link
            and "ncbi.nlm.nih.gov/pubmed" not in link
        ),
        None,
    )
