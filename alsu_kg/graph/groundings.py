"""What persons decided words to mean, as quads: the match in a named graph for each person and day, which says who and when."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, date, external_term
from alsu_kg.graph.terms import PROV, RDF, RDFS
from alsu_kg.grounding.lexicon import Lexicon
from alsu_kg.model.dates import parse_date
from alsu_kg.model.sssom import NO_TERM, TermMapping

_NOBODY: Final = "unnamed curator"


class Groundings(NamedTuple):
    """N-Quads lines, sorted, and decisions that could not be used: the word, and why."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]


NO_GROUNDINGS: Final = Groundings((), ())


def make_grounding_lines(mappings: Iterable[TermMapping], lexicon: Lexicon, spaces: Mapping[str, str]) -> Groundings:
    r"""Turn what persons decided into matches (SKOS 10) of the mechanisms, entities and treatments of the graph.

    A subject is found by its identifier (``treatment:azathioprine``), else by its label among the words of ``lexicon``. What a
    machine proposed and nobody decided, and decisions that there is no term, give nothing. ``spaces`` are the namespaces of
    prefixes; a term of another vocabulary is named by identifiers.org.

    >>> from alsu_kg.grounding.lexicon import Entry, make_lexicon
    >>> from alsu_kg.model.sssom import CURATED
    >>> row = TermMapping(subject_id="alsu-word:AZA", subject_label="AZA", object_id="CHEBI:2948", justification=CURATED)
    >>> lexicon = make_lexicon([Entry("<x:azathioprine>", ("azathioprine", "AZA"), "treatment")])
    >>> make_grounding_lines([row], lexicon, {"CHEBI": "x:", "skos": "s:"}).lines[-1]
    '<x:azathioprine> <s:exactMatch> <x:2948> <https://w3id.org/alsu-kg/id/graph/groundings/unnamed-curator> .\n'
    """
    known = {node for words in lexicon.words.values() for node in words.values()}
    about = NamedGraph(iris.PROVENANCE_GRAPH)
    lines: set[str] = set()
    left_out: dict[str, None] = {}
    for one in mappings:
        if not one.is_curated or one.object_id == NO_TERM:
            continue
        node, why = _find(one, known, lexicon, spaces), _why_unusable(one, spaces)
        if node is None or why:
            left_out[f"{one.subject_label or one.subject_id} ({why or 'nothing in the graph is called so'})"] = None
            continue
        graph, found = _graph_of(one, about), external_term(one.object_id, spaces)
        graph.add(node, external_term(one.predicate_id, spaces), found)
        graph.add_text(found, RDFS.label, one.object_label)
        lines.update(graph.lines)
    return Groundings(tuple(sorted(lines | set(about.lines))), tuple(left_out))


def _why_unusable(one: TermMapping, spaces: Mapping[str, str]) -> str:
    prefix, _, local = one.object_id.partition(":")
    if not prefix or not local or local.startswith("//"):
        return f"{one.object_id} is no identifier with a prefix"
    if one.predicate_id.partition(":")[0] not in spaces:
        return f"the prefix of {one.predicate_id} is not known"
    return ""


def _find(one: TermMapping, known: set[str], lexicon: Lexicon, spaces: Mapping[str, str]) -> Term | None:
    """Give the thing in the graph that ``one`` is about."""
    by_key = external_term(one.subject_id, spaces)
    if by_key in known:
        return by_key
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
