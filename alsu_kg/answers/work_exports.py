"""The works of a graph as bibliographies: CSL-JSON, BibTeX and RIS, from N-Quads lines.

What a service or index says of a work goes before what a review prints of it; every work of the graph is there once.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from alsu_kg.model.dates import parse_date
from alsu_kg.model.work import Name, Work

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FABIO: Final = "http://purl.org/spar/fabio/"
_PRISM: Final = "http://prismstandard.org/namespaces/basic/2.0/"
_VOCAB: Final = "https://w3id.org/alsu-kg/vocab#"
_REFERENCES: Final = "http://purl.org/spar/biro/references"
_STUDY: Final = f"{_VOCAB}study"
_TITLE: Final = "http://purl.org/dc/terms/title"
_FIELDS: Final = {
    "http://purl.org/ontology/bibo/doi": "doi",
    f"{_FABIO}hasPubMedId": "pmid",
    f"{_FABIO}hasPubMedCentralId": "pmcid",
    _TITLE: "title",
    f"{_PRISM}publicationName": "container",
    f"{_PRISM}volume": "volume",
    f"{_PRISM}issueIdentifier": "issue",
    f"{_PRISM}startingPage": "first",
    f"{_PRISM}endingPage": "last",
    f"{_FABIO}hasPublicationYear": "year",
    "http://purl.org/dc/terms/issued": "issued",
    f"{_VOCAB}authors": "authors",
}
_TYPES: Final = {
    "JournalArticle": "article-journal",
    "Book": "book",
    "BookChapter": "chapter",
    "WebPage": "webpage",
    "Preprint": "article",
    "Report": "report",
}

Fields = dict[str, str]


def works_of(lines: Iterable[str], among: Collection[str] | None = None) -> list[Work]:
    r"""Give the works of a graph in the order of their IRIs; only those that the references ``among`` name, if given.

    >>> line = "<k:w> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/Work> <k:g> .\n"
    >>> len(works_of([line])), len(works_of([line], among=()))
    (1, 0)
    """
    said: dict[str, Fields] = {}
    types: dict[str, set[str]] = {}
    printed_as: dict[str, list[str]] = {}
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        subject, predicate = quad.subject.value, quad.predicate.value
        value = getattr(quad.object, "value", "")
        if predicate == _RDF_TYPE and value.startswith(_FABIO):
            types.setdefault(subject, set()).add(value.removeprefix(_FABIO))
        elif predicate in (_REFERENCES, _STUDY):
            printed_as.setdefault(value, []).append(subject)
        elif predicate in _FIELDS:
            name, fields = _FIELDS[predicate], said.setdefault(subject, {})
            fields[name] = min(fields.get(name, value), value)
    works = [node for node in sorted(types) if "Work" in types[node]]
    if among is not None:
        works = [node for node in works if any(reference in among for reference in printed_as.get(node, ()))]
    return [
        _work(
            said.get(node, {}), [said.get(reference, {}) for reference in sorted(printed_as.get(node, ()))], types[node]
        )
        for node in works
    ]


def _work(own: Mapping[str, str], printed: list[Fields], types: set[str]) -> Work:
    """Make a work of what is said of it and, where that says nothing, of what references print."""
    fields: Fields = {}
    for source in (own, *printed):
        for name, value in source.items():
            fields.setdefault(name, value)
    first, last = fields.get("first"), fields.get("last")
    issued = fields.get("issued") or fields.get("year")
    kinds = sorted(_TYPES[kind] for kind in types if kind in _TYPES)
    return Work(
        doi=fields.get("doi"),
        pmid=fields.get("pmid"),
        pmcid=fields.get("pmcid"),
        type=kinds[0] if kinds else "document",
        title=fields.get("title"),
        container=fields.get("container"),
        volume=fields.get("volume"),
        issue=fields.get("issue"),
        page=f"{first}-{last}" if first and last and first != last else first,
        issued=issued if issued and parse_date(issued) == issued else None,
        authors=tuple(_name(name) for name in fields.get("authors", "").split("; ") if name),
    )


def _name(name: str) -> Name:
    """Read a printed name: "Liu T" and "Liu, Ting" have a family name, any other is a group.

    >>> _name("Liu TS").family, _name("TACTIC Investigators").literal
    ('Liu', 'TACTIC Investigators')
    """
    family, comma, given = name.partition(",")
    if not comma:
        family, _, given = name.rpartition(" ")
        if not given.isupper() or len(given) > len("ABCD"):
            return Name(literal=name)
    return Name(family=family.strip(), given=given.strip()) if family.strip() else Name(literal=name)
