"""The front matter of a JATS article: title, identifiers, journal, dates, people, related articles."""

import re
from typing import Final

from alsu_kg.model.dates import edtf, month_number, parse_date
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import RelatedWork, Review
from alsu_kg.readers.markup import Node

_PUBLISHED_FIRST: Final = ("epub", "pub", "ppub", "epub-ppub", "collection", "epreprint")


def read_front(article: Node) -> Review:
    """Read what ``article-meta`` and ``journal-meta`` state; what they do not say stays ``None``.

    >>> from alsu_kg.readers.xml_tree import parse_xml
    >>> xml = '<article><front><article-meta><volume>3</volume><fpage>1</fpage></article-meta></front></article>'
    >>> front = read_front(parse_xml(xml)); front.volume, front.first_page, front.doi
    ('3', '1', None)
    """
    front = article.first("front") or article
    meta = front.first("article-meta") or Node("article-meta", {}, None, 0)
    ids = {node.get("pub-id-type"): node.words() for node in meta.nodes() if node.tag == "article-id"}
    title = meta.find("title-group", "article-title") or meta.first("article-title")
    journal = front.first("journal-title")
    authors = _authors(meta)
    corresponding = _corresponding(meta)
    return Review(
        title=title.words() or None if title is not None else None,
        doi=normalise_doi(ids.get("doi", "")),
        pmid=normalise_pmid(ids.get("pmid", "")),
        pmcid=_pmcid(ids),
        published=_published(meta),
        journal=journal.words() or None if journal is not None else None,
        volume=_child(meta, "volume"),
        issue=_child(meta, "issue"),
        first_page=_child(meta, "fpage") or _child(meta, "elocation-id"),
        last_page=_child(meta, "lpage"),
        authors=authors,
        first_author=authors[0].split()[0] if authors else None,
        corresponding=corresponding,
    )


def _pmcid(ids: dict[str, str]) -> str | None:
    bare = ids.get("pmcid") or ids.get("pmc") or ids.get("pmcaid") or ""
    return normalise_pmcid(bare if bare.upper().startswith("PMC") else f"PMC{bare}")


def _child(meta: Node, tag: str) -> str | None:
    node = meta.find(tag)
    return (node.words() or None) if node is not None else None


def _authors(meta: Node) -> tuple[str, ...]:
    names = []
    for contributor in meta.iter("contrib"):
        if contributor.get("contrib-type") not in ("author", ""):
            continue
        names.append(_name(contributor))
    return tuple(name for name in names if name)


def _name(contributor: Node) -> str:
    surname, given = contributor.first("surname"), contributor.first("given-names")
    if surname is not None:
        return f"{surname.words()} {given.words() if given is not None else ''}".strip()
    collective = contributor.first("collab")
    return collective.words() if collective is not None else ""


def _corresponding(meta: Node) -> str | None:
    for contributor in meta.iter("contrib"):
        marked = any(x.get("ref-type") == "corresp" for x in contributor.iter("xref"))
        if contributor.get("corresp") == "yes" or marked:
            surname, given = contributor.first("surname"), contributor.first("given-names")
            if surname is not None:
                return f"{given.words() if given is not None else ''} {surname.words()}".strip()
    return None


def _published(meta: Node) -> str | None:
    dates: dict[str, str | None] = {}
    stated = [node for node in meta.nodes() if node.tag == "pub-date"]
    for node in sorted(stated, key=lambda node: node.get("publication-format") == "print"):
        kind = node.get("pub-type") or node.get("date-type") or node.get("publication-format")
        dates[kind] = dates.get(kind) or _date(node)
    for kind in _PUBLISHED_FIRST:
        if dates.get(kind):
            return dates[kind]
    return next((date for date in dates.values() if date), None)


def _date(node: Node) -> str | None:
    year, month, day = (_child(node, tag) or "" for tag in ("year", "month", "day"))
    if not year:
        return parse_date(node.get("iso-8601-date") or node.words())
    if not re.fullmatch(r"[12][0-9]{3}", year):
        return None
    return edtf((int(year), month_number(month), int(day) if day.isdecimal() else 0))


def read_related(article: Node) -> tuple[RelatedWork, ...]:
    """Read ``related-article``: what a correction corrects, what a retraction notice retracts, what a comment is about.

    >>> from alsu_kg.readers.xml_tree import parse_xml
    >>> xml = ('<article article-type="correction"><front><article-meta><related-article '
    ...        'related-article-type="corrected-article" xlink:href="10.1/X" /></article-meta></front></article>')
    >>> [(w.doi, w.note) for w in read_related(parse_xml(xml.replace('10.1/X', '10.1000/X').replace('xlink:', '')))]
    [('10.1000/x', 'correction: corrected-article')]
    """
    kind = article.get("article-type")
    if not kind and (inner := article.first("article")) is not None:
        kind = inner.get("article-type")
    works = []
    for node in article.iter("related-article"):
        target = node.get("href") or node.words()
        pmid = normalise_pmid(target) if node.get("ext-link-type") == "pubmed" else None
        note = f"{kind}: {node.get('related-article-type')}".strip(": ")
        works.append(
            RelatedWork(
                role="update",
                doi=normalise_doi(target),
                pmid=pmid,
                note=note,
                volume=node.get("vol") or None,
                first_page=node.get("page") or None,
            )
        )
    return tuple(works)
