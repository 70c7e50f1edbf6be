"""What bibliographic services say of works, as named graphs: one for each service, and one for what follows from all of them.

A field goes into the graph of the service that it was taken from (``graph:works/crossref`` …); the outcome, the retraction
status and its date, which are concluded from several answers, go into ``graph:works/resolver``. Look-ups keep when each
service was asked about each work, and what came of it. A preprint and its version of record stay two works.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from alsu_kg.graph import iris
from alsu_kg.graph.bibliography import WORK_CLASSES, add_identifiers
from alsu_kg.graph.ntriples import NamedGraph, Term, address, boolean, date, date_time, is_time, text
from alsu_kg.graph.same_works import SameWorks, cited_in, identifiers_of, work_of
from alsu_kg.graph.terms import ALSU, DCTERMS, FABIO, FOAF, PRISM, PROV, RDF, RDFS
from alsu_kg.indexes.record_identifiers import identifier_of
from alsu_kg.model.dates import parse_date
from alsu_kg.model.exchange import Evidence
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.retraction import Notice, RetractionStatus, StatusCheck
from alsu_kg.model.review import ReviewRecord
from alsu_kg.model.work import Relation, Work

RESOLVER: Final = "resolver"
_CACHE: Final = "cache"
# Sources by the names that answers use: what they are called, and where a person finds them.
_SOURCES: Final[dict[str, tuple[str, str | None]]] = {
    "crossref": ("Crossref", "https://www.crossref.org/"),
    "doi.org": ("doi.org", "https://doi.org/"),
    "datacite": ("DataCite", "https://datacite.org/"),
    "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    "pmc": ("PubMed Central", "https://pmc.ncbi.nlm.nih.gov/"),
    "europepmc": ("Europe PMC", "https://europepmc.org/"),
    "openalex": ("OpenAlex", "https://openalex.org/"),
    "unpaywall": ("Unpaywall", "https://unpaywall.org/"),
    "retraction-watch": ("Retraction Watch file", None),
    "packaged-list": ("packaged list of retracted PMIDs", None),
    _CACHE: ("cache of alsu-kg", None),
}
_CLASSES: Final = {
    "article-journal": FABIO.JournalArticle,
    "book": FABIO.Book,
    "chapter": FABIO.BookChapter,
    "webpage": FABIO.WebPage,
    "report": FABIO.Report,
}
_TEXTS: Final = (
    ("title", DCTERMS.title),
    ("container", PRISM.publicationName),
    ("volume", PRISM.volume),
    ("issue", PRISM.issueIdentifier),
)


def find_works(records: Sequence[ReviewRecord], same: SameWorks) -> dict[Term, Identifier]:
    """Give each work that ``records`` name, with the identifier to ask services by.

    >>> from alsu_kg.model.review import Reference, Review
    >>> record = ReviewRecord(record="x", review=Review(), references=(Reference(number=1, pmid="7"), Reference(number=2)))
    >>> [(work, str(identifier)) for work, identifier in find_works([record], {}).items()]
    [('<https://w3id.org/alsu-kg/id/work/pmid/7>', 'pmid:7')]
    """
    found: dict[Term, Identifier] = {}
    for item in (item for record in records for item in cited_in(record)):
        work, identifier = work_of(item, same), identifier_of(item)
        if work and identifier and work in identifiers_of(item)[:1]:
            found.setdefault(work, identifier)
    return found


def make_work_lines(answers: Mapping[Term, Resolution], same: SameWorks) -> list[str]:
    """Turn the answers about works into N-Quads lines, sorted: a named graph for each service, and their provenance.

    ``same`` are the works that references name otherwise, so that ties between works meet the works cited.
    """
    said = _Said()
    for work, answer in answers.items():
        _add_conclusion(said, work, answer)
        for part in answer.evidence:
            said.add_lookup(work, "metadata", part)
        _add_retraction(said, work, answer.retraction)
        if answer.work:
            _add_fields(said, work, answer.work)
            _add_access(said, work, answer.work)
            for relation in answer.work.relations:
                _add_preprint(said.graph(relation.source), work, relation, same)
    about = NamedGraph(iris.PROVENANCE_GRAPH)
    _add_provenance(about, said)
    return sorted({line for graph in (*said.graphs.values(), about) for line in graph.lines})


class _Said:
    """Named graphs by source, when each source was asked, and of when the contents of a local list are."""

    def __init__(self) -> None:
        self.graphs: dict[str, NamedGraph] = {}
        self.asked: dict[str, set[str]] = {}
        self.as_of: dict[str, set[str]] = {}
        self._numbers: dict[tuple[str, str, Term], int] = {}

    def graph(self, source: str | None) -> NamedGraph:
        """Give the graph of ``source`` (``crossref:publisher`` and ``title:crossref`` are Crossref's words)."""
        name = _service(source)
        if name not in self.graphs:
            self.graphs[name] = NamedGraph(graph_iri(name))
        return self.graphs[name]

    def number(self, kind: str, source: str, work: Term) -> Term:
        """Give a new IRI for a look-up or notice of ``source`` on ``work``."""
        place = (kind, source, work)
        self._numbers[place] = self._numbers.get(place, 0) + 1
        key = work[1:-1].removeprefix(iris.BASE + "id/work/")
        return iris.thing(kind, iris.slug(source), key, self._numbers[place])

    def add_lookup(self, work: Term, purpose: str, part: Evidence | StatusCheck) -> None:
        """Keep that the source of ``part`` was asked about ``work``, for what, when, and what came of it."""
        name = _service(part.source)
        graph, node = self.graph(name), self.number("lookup", name, work)
        graph.add(node, RDF.type, ALSU.Lookup)
        graph.add(node, ALSU.ofWork, work)
        graph.add_text(node, ALSU.lookupFor, purpose)
        graph.add_text(node, ALSU.lookupOutcome, part.outcome)
        graph.add_text(node, RDFS.comment, part.reason)
        if isinstance(part, StatusCheck) and part.as_of and _date(part.as_of):
            graph.add(node, ALSU.asOf, date(part.as_of))
            self.as_of.setdefault(name, set()).add(part.as_of)
        if is_time(part.at):
            graph.add(node, PROV.generatedAtTime, date_time(part.at))
            self.asked.setdefault(name, set()).add(part.at)


def _service(source: str | None) -> str:
    """Name the service whose words ``source`` stands for.

    >>> _service("crossref:retraction-watch"), _service("title:crossref"), _service(None)
    ('crossref', 'crossref', 'resolver')
    """
    return (source or RESOLVER).removeprefix("title:").partition(":")[0]


def graph_iri(source: str) -> Term:
    """Give the named graph of what ``source`` says of works.

    >>> graph_iri("doi.org")
    '<https://w3id.org/alsu-kg/id/graph/works/doi-org>'
    """
    return iris.graph("works", iris.slug(source))


def _add_conclusion(said: _Said, work: Term, answer: Resolution) -> None:
    graph, status = said.graph(RESOLVER), answer.retraction
    graph.add(work, RDF.type, FABIO.Work)
    graph.add_text(work, ALSU.resolution, answer.outcome)
    graph.add_text(work, ALSU.resolutionReason, answer.reason)
    graph.add_text(work, ALSU.retractionStatus, status.verdict)
    graph.add(work, ALSU.retractionStatusDate, _date(status.date))
    graph.add(work, FABIO.hasRetractionDate, _date(status.date) if status.verdict == "retracted" else None)
    graph.add(work, ALSU.isNotice, boolean(status.is_notice) if status.is_notice else None)


def _add_retraction(said: _Said, work: Term, status: RetractionStatus) -> None:
    for notice in status.notices:
        _add_notice(said.graph(notice.source), said.number("notice", _service(notice.source), work), work, notice)
    for check in status.checks:
        said.add_lookup(work, "notices", check)


def _add_notice(graph: NamedGraph, node: Term, work: Term, notice: Notice) -> None:
    graph.add(node, RDF.type, ALSU.Notice)
    graph.add(node, ALSU.ofWork, work)
    graph.add_text(node, ALSU.nature, notice.nature)
    graph.add_text(node, DCTERMS.type, notice.raw_type)
    graph.add_text(node, DCTERMS.source, notice.source)
    graph.add(node, DCTERMS.date, _date(notice.date))
    graph.add_text(node, DCTERMS.identifier, notice.record_id)
    graph.add_text(node, RDFS.comment, notice.note)
    graph.add(node, DCTERMS.references, iris.work(doi=notice.doi, pmid=notice.pmid))


def _add_fields(said: _Said, node: Term, work: Work) -> None:
    for field, name in _TEXTS:
        said.graph(work.source_of(field)).add_text(node, name, getattr(work, field))
    for field in ("doi", "pmid", "pmcid"):
        add_identifiers(said.graph(work.source_of(field)), node, **{field: getattr(work, field)})
    paged = said.graph(work.source_of("page") or work.source_of("article_number"))
    paged.add_text(node, PRISM.startingPage, work.first_page)
    paged.add_text(node, PRISM.endingPage, work.last_page)
    issued = said.graph(work.source_of("issued"))
    issued.add(node, DCTERMS.issued, _date(work.issued))
    issued.add(node, FABIO.hasPublicationYear, _date(work.issued[:4]) if work.issued else None)
    said.graph(work.source_of("type")).add(node, RDF.type, _class_of(work))
    said.graph(RESOLVER).add_text(node, DCTERMS.type, work.index_type)


def _class_of(work: Work) -> Term | None:
    """Give the class of a work, or ``None`` for types without one.

    Only what a source calls a preprint is one: Crossref's posted content is also blogs and notes.

    >>> _class_of(Work(type="article", index_type="posted-content:preprint")) == WORK_CLASSES["preprint"]
    True
    """
    named = "preprint" in (work.index_type or "").lower() and work.type != "article-journal"
    if named or any(relation.type == "is-preprint-of" for relation in work.relations):
        return WORK_CLASSES["preprint"]
    return _CLASSES.get(work.type or "")


def _add_access(said: _Said, node: Term, work: Work) -> None:
    for licence in work.licences:
        said.graph(licence.source or work.source_of("licences")).add(node, DCTERMS.license, address(licence.url))
    access = work.open_access
    if access is None:
        return
    graph = said.graph(access.source or work.source_of("open_access"))
    graph.add(node, ALSU.isOpenAccess, boolean(access.is_open))
    link = address(access.url) if access.url else ""
    graph.add(node, ALSU.openAccessLink, link if link.startswith("<") else None)


def _add_preprint(graph: NamedGraph, work: Term, relation: Relation, same: SameWorks) -> None:
    """Tie a preprint to its version of record, in one direction whichever of the two the service was asked about."""
    target = relation.target
    if relation.type not in ("is-preprint-of", "has-preprint") or target.scheme not in ("doi", "pmid", "pmcid"):
        return
    named = iris.work(**{target.scheme: target.value})
    if named is None:
        return
    other = same.get(named, named)
    preprint, record = (work, other) if relation.type == "is-preprint-of" else (other, work)
    graph.add(preprint, ALSU.isPreprintOf, record)
    graph.add(other, RDF.type, FABIO.Work)
    add_identifiers(graph, other, **{target.scheme: target.value})


def _add_provenance(about: NamedGraph, said: _Said) -> None:
    """Say of each graph from which service it was derived, by whom, and when that service was last asked."""
    used = {name: graph for name, graph in said.graphs.items() if graph.lines}
    if not used:
        return
    agent = iris.thing("curator", "alsu-kg")
    about.add(agent, RDF.type, PROV.SoftwareAgent)
    about.add(agent, RDFS.label, text("alsu-kg"))
    services = sorted(set(used) - {RESOLVER})
    asked = said.asked | {RESOLVER: {time for times in said.asked.values() for time in times}}
    for name, graph in used.items():
        sources = [name] if name != RESOLVER else services or [_CACHE]
        about.add(graph.iri, RDF.type, ALSU.ServiceGraph)
        about.add(graph.iri, PROV.wasDerivedFrom, *(_source_iri(source) for source in sources))
        about.add(graph.iri, PROV.wasAttributedTo, agent)
        about.add(graph.iri, PROV.generatedAtTime, *(date_time(time) for time in sorted(asked.get(name, ()))[-1:]))
        _add_sources(about, sources, said.as_of)


def _add_sources(about: NamedGraph, sources: Iterable[str], as_of: Mapping[str, Iterable[str]]) -> None:
    for source in sources:
        about.add(_source_iri(source), ALSU.asOf, *map(date, as_of.get(source, ())))
        label, page = _SOURCES.get(source, (source, None))
        about.add(_source_iri(source), RDF.type, PROV.Entity)
        about.add_text(_source_iri(source), DCTERMS.title, label)
        about.add(_source_iri(source), FOAF.page, address(page) if page else None)


def _source_iri(source: str) -> Term:
    return iris.thing("source", "works", iris.slug(source))


def _date(value: str | None) -> Term | None:
    """Write a date of a service, or nothing where it is none."""
    return date(value) if value and parse_date(value) == value else None
