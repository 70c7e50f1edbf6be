"""What persons decided words to mean, as quads: the match in a named graph for each person and day, which says who and when."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, date, iri
from alsu_kg.graph.terms import PROV, RDF, RDFS
from alsu_kg.grounding.lexicon import Lexicon
from alsu_kg.model.dates import parse_date
from alsu_kg.model.sssom import NO_TERM, TermMapping

_NOBODY = "unnamed curator"


class Groundings(NamedTuple):
    """N-Quads lines, sorted, and the words of decisions that name nothing in the graph."""

    lines: tuple[str, ...]
    not_in_graph: tuple[str, ...]


def make_grounding_lines(
    mappings: Iterable[TermMapping], lexicon: Lexicon, expand: Callable[[str], str | None]
) -> Groundings:
    r"""Turn what persons decided into matches (SKOS 10) of the mechanisms, entities and treatments of the graph.

    A subject is found by its identifier (``treatment:azathioprine``), else by its label among the words of ``lexicon``. What a
    machine proposed and nobody decided, and decisions that there is no term, give nothing. ``expand`` gives the IRI of a CURIE.

    >>> from alsu_kg.grounding.lexicon import Entry, make_lexicon
    >>> from alsu_kg.model.sssom import CURATED
    >>> row = TermMapping(subject_id="alsu-word:AZA", subject_label="AZA", object_id="CHEBI:2948", justification=CURATED)
    >>> lexicon = make_lexicon([Entry("<x:azathioprine>", ("azathioprine", "AZA"), "treatment")])
    >>> make_grounding_lines([row], lexicon, {"CHEBI:2948": "x:2948", "skos:exactMatch": "x:same"}.get).lines[-1]
    '<x:azathioprine> <x:same> <x:2948> <https://w3id.org/alsu-kg/id/graph/groundings/unnamed-curator> .\n'
    """
    known = {node for words in lexicon.words.values() for node in words.values()}
    about = NamedGraph(iris.PROVENANCE_GRAPH)
    lines: set[str] = set()
    unknown: dict[str, None] = {}
    for one in mappings:
        predicate, found = expand(one.predicate_id), expand(one.object_id)
        if not one.is_curated or one.object_id == NO_TERM or not predicate or not found:
            continue
        node = _find(one, known, lexicon, expand)
        if node is None:
            unknown[one.subject_label or one.subject_id] = None
            continue
        graph = _graph_of(one, about)
        graph.add(node, iri(predicate), iri(found))
        graph.add_text(iri(found), RDFS.label, one.object_label)
        lines.update(graph.lines)
    return Groundings(tuple(sorted(lines | set(about.lines))), tuple(unknown))


def _find(one: TermMapping, known: set[str], lexicon: Lexicon, expand: Callable[[str], str | None]) -> Term | None:
    """Give the thing in the graph that ``one`` is about."""
    by_key = expand(one.subject_id)
    if by_key and iri(by_key) in known:
        return iri(by_key)
    return lexicon.find(one.subject_label, "treatment", "mechanism", "entity") if one.subject_label else None


def _graph_of(one: TermMapping, about: NamedGraph) -> NamedGraph:
    """Give the graph of what the person of ``one`` decided that day, and say in ``about`` who and when that was."""
    name = one.author or _NOBODY
    day = parse_date(one.date)
    node = iris.thing("graph", "groundings", iris.slug(name), *([day] if day else []))
    agent = iris.thing("curator", iris.slug(name))
    about.add(node, RDF.type, PROV.Entity)
    about.add(node, PROV.wasAttributedTo, agent)
    about.add(agent, RDF.type, PROV.Agent)
    about.add_text(agent, RDFS.label, name)
    if day:
        about.add(node, PROV.generatedAtTime, date(day))
    return NamedGraph(node)
