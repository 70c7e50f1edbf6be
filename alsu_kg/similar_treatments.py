"""How similar the treatments of a graph are in their mechanisms: the graph is asked, ``analysis`` computes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from alsu_kg.analysis.mechanism_communities import (
    Community,
    SimilarityNetwork,
    describe_community,
    find_communities,
    make_similarity_network,
)
from alsu_kg.analysis.mechanism_profiles import Profile, Scheme, Statement, Step, make_profile
from alsu_kg.analysis.mechanism_similarity import (
    Information,
    Similarity,
    compare,
    count_information,
    find_similar,
)
from alsu_kg.answers.answer import Answer, Value
from alsu_kg.model.errors import UsageError
from alsu_kg.queries import read_question, select, to_term
from alsu_kg.store import Graph

_PREFIXES: Final = """PREFIX alsu: <https://w3id.org/alsu-kg/vocab#>
PREFIX graph: <https://w3id.org/alsu-kg/id/graph/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX scheme: <https://w3id.org/alsu-kg/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_CONCEPTS: Final = """SELECT ?concept ?label ?broader ?no WHERE { GRAPH graph:ontology {
  ?concept skos:inScheme scheme:mechanisms ; skos:prefLabel ?label
  OPTIONAL { ?concept skos:broader ?broader } OPTIONAL { ?concept alsu:notAMechanism ?no } } }"""
_TREATMENTS: Final = """SELECT DISTINCT ?treatment ?label ?review WHERE {
  { SELECT ?treatment WHERE { GRAPH ?graph { ?treatment a alsu:Treatment } } }
  { SELECT ?treatment ?label WHERE { GRAPH ?graph { ?treatment rdfs:label ?label } } }
  { SELECT ?treatment ?in WHERE { GRAPH ?graph { ?treatment alsu:inReview ?in } } }
  { SELECT ?in ?review WHERE { GRAPH ?graph { ?in alsu:key ?review } } } }"""
_SAID: Final = """{ SELECT ?claim ?status WHERE {
    GRAPH graph:ontology { ?is skos:notation ?status } GRAPH ?graph { ?claim alsu:status ?is } } }
  { SELECT ?claim ?polarity WHERE { GRAPH ?graph { ?claim alsu:polarity ?polarity } } }"""
_STATEMENTS: Final = f"""SELECT DISTINCT ?treatment ?mechanism ?status ?polarity WHERE {{
  {{ SELECT ?claim ?mechanism WHERE {{
    GRAPH graph:ontology {{ ?mechanism skos:inScheme scheme:mechanisms }} GRAPH ?graph {{ ?claim rdf:object ?mechanism }} }} }}
  {{ SELECT ?claim ?treatment WHERE {{ GRAPH ?graph {{ ?claim rdf:subject ?treatment }} }} }}
  {{ SELECT ?claim ?treatment WHERE {{ GRAPH ?graph {{ ?claim alsu:ofTreatment ?treatment }} }} }}
  {_SAID} }}"""
_STEPS: Final = f"""SELECT DISTINCT ?treatment ?path ?position ?subject ?object ?status ?polarity WHERE {{
  {{ SELECT ?path ?hop WHERE {{ GRAPH ?graph {{ ?path alsu:hop ?hop }} }} }}
  {{ SELECT ?path ?treatment WHERE {{ GRAPH ?graph {{ ?path alsu:ofTreatment ?treatment }} }} }}
  {{ SELECT ?hop ?position WHERE {{ GRAPH ?graph {{ ?hop alsu:position ?position }} }} }}
  {{ SELECT ?hop ?claim WHERE {{ GRAPH ?graph {{ ?hop alsu:claim ?claim }} }} }}
  {{ SELECT ?claim ?subject WHERE {{ GRAPH ?graph {{ ?claim rdf:subject ?subject }} }} }}
  {{ SELECT ?claim ?object WHERE {{ GRAPH ?graph {{ ?claim rdf:object ?object }} }} }}
  {_SAID} }}"""
COLUMNS: Final = (
    *("treatment_a", "treatment_b", "score", "asserted_score", "shared_mechanisms", "statuses", "opposite"),
    *("reviews_a", "reviews_b"),
)
_DIGITS: Final = 3
_Told = TypeVar("_Told", Statement, Step)


@dataclass(frozen=True)
class Mechanisms:
    """The profiles of all treatments of a graph, with what they are compared by."""

    scheme: Scheme
    profiles: tuple[Profile, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Profile]:
        """The profiles by the IRI of the treatment."""
        return {profile.treatment: profile for profile in self.profiles}

    @cached_property
    def information(self) -> Information:
        """How many treatments have each mechanism."""
        return count_information(self.profiles)

    @cached_property
    def network(self) -> SimilarityNetwork:
        """The network of similar treatments; its nodes have ``community``, a number from 1."""
        network = make_similarity_network(self.profiles, self.information, self.scheme)
        for number, members in enumerate(find_communities(network), 1):
            for member in members:
                network.nodes[member]["community"] = number
        return network

    @cached_property
    def communities(self) -> tuple[Community, ...]:
        """Communities of two or more treatments, the largest first, with what they share."""
        found = [[self.by_key[member] for member in c] for c in find_communities(self.network)]
        return tuple(describe_community(c, self.information, self.scheme) for c in found if len(c) > 1)

    @property
    def not_known(self) -> tuple[str, ...]:
        """Labels of the treatments of which no mechanism is known."""
        return tuple(profile.label for profile in self.profiles if not profile.is_known)


def read_mechanisms(graph: Graph) -> Mechanisms:
    """Read how the treatments of ``graph`` are said to act. Raises ``StoreError`` if it cannot be read."""
    scheme = _read_scheme(graph)
    statements = _by_treatment(Statement(*row) for row in select(graph, _PREFIXES + _STATEMENTS))
    steps = _by_treatment(
        Step(treatment, path, int(position), *rest)
        for treatment, path, position, *rest in select(graph, _PREFIXES + _STEPS)
    )
    labels: dict[str, str] = {}
    reviews: dict[str, set[str]] = {}
    for treatment, label, review in select(graph, _PREFIXES + _TREATMENTS):
        labels[treatment] = min(label, labels.get(treatment, label))
        reviews.setdefault(treatment, set()).add(review)
    profiles = (
        make_profile(
            (treatment, labels[treatment], tuple(sorted(reviews[treatment]))),
            statements.get(treatment, ()),
            steps.get(treatment, ()),
            scheme,
        )
        for treatment in sorted(labels)
    )
    return Mechanisms(scheme, tuple(profiles))


def _read_scheme(graph: Graph) -> Scheme:
    labels: dict[str, str] = {}
    broader: dict[str, set[str]] = {}
    no: set[str] = set()
    for concept, label, above, is_none in select(graph, _PREFIXES + _CONCEPTS):
        labels[concept] = label
        broader.setdefault(concept, set()).update({above} - {""})
        no |= {concept} if is_none == "true" else set()
    return Scheme({concept: tuple(sorted(above)) for concept, above in broader.items()}, labels, frozenset(no))


def _by_treatment(told: Iterable[_Told]) -> dict[str, list[_Told]]:
    found: dict[str, list[_Told]] = {}
    for one in told:
        found.setdefault(one.treatment, []).append(one)
    return found


def similar(graph: Graph, treatment: str | None = None, *, most: int | None = None) -> Answer:
    """Say which treatments are similar to ``treatment`` (a key, name or alias), or which are similar at all, and why.

    Raises ``UsageError`` if nothing in the graph is called ``treatment``, ``StoreError`` if it cannot be read.
    """
    found = read_mechanisms(graph)
    return (
        find_all_similar(found, most=most) if treatment is None else find_similar_to(graph, found, treatment, most=most)
    )


def find_similar_to(graph: Graph, found: Mechanisms, treatment: str, *, most: int | None = None) -> Answer:
    """Give the treatments that share something with ``treatment``, most similar first and no more than ``most``.

    Where no mechanism of a treatment is known, the score of the pair is unknown; these pairs stand last, if ``most`` is not
    given or if it is ``treatment`` itself of which nothing is known.
    Raises ``UsageError`` if nothing in the graph is called ``treatment``.
    """
    term = to_term(graph, read_question("treatment_claims").parameters[0], treatment).strip("<>")
    chosen = next((profile for profile in found.profiles if profile.treatment == term), None)
    if chosen is None:
        raise UsageError("is no treatment of this graph", place=treatment, repair="name one, such as azathioprine")
    pairs = find_similar(chosen, found.profiles, found.information, found.scheme)[:most]
    shown = most is None or not chosen.is_known
    unknown = [o for o in found.profiles if shown and o is not chosen and not (chosen.is_known and o.is_known)][:most]
    rows = [*(_row(pair, found) for pair in pairs), *(_unknown_row(chosen, other) for other in unknown)]
    return Answer(f"Which treatments act like {chosen.label}, as far as reviews say?", COLUMNS, tuple(rows))


def find_all_similar(found: Mechanisms, *, most: int | None = None) -> Answer:
    """Give the pairs that the network of similar treatments joins, most similar first and no more than ``most``."""
    pairs = [compare(found.by_key[a], found.by_key[b], found.information, found.scheme) for a, b in found.network.edges]
    ordered = sorted((pair for pair in pairs if pair), key=lambda p: (-p.score, p.treatment_a, p.treatment_b))
    rows = tuple(_row(pair, found) for pair in ordered[:most])
    return Answer("Which treatments act alike, as far as reviews say?", COLUMNS, rows)


def _row(pair: Similarity, found: Mechanisms) -> tuple[Value, ...]:
    a, b = found.by_key[pair.treatment_a], found.by_key[pair.treatment_b]
    return (
        a.label,
        b.label,
        round(pair.score, _DIGITS),
        round(pair.asserted, _DIGITS),
        tuple(found.scheme.label(shared.feature) for shared in pair.shared),
        tuple(f"{shared.status_a}/{shared.status_b}" for shared in pair.shared),
        tuple(found.scheme.label(feature) for feature in pair.opposite),
        a.reviews,
        b.reviews,
    )


def _unknown_row(a: Profile, b: Profile) -> tuple[Value, ...]:
    return (a.label, b.label, None, None, (), (), (), a.reviews, b.reviews)
