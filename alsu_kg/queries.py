"""The questions of ``queries/``, asked of a graph: names to terms, terms into the query, solutions to an Answer."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from alsu_kg.answers.answer import Answer, Value, split_list
from alsu_kg.answers.question import Column, Parameter, ParameterType, Question, bind, parse_question
from alsu_kg.assets import find_asset
from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import Term, english, integer, iri, text
from alsu_kg.graph.terms import BIBO, FABIO
from alsu_kg.model.errors import AssetError, UsageError
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import CATEGORIES
from alsu_kg.ontology import expand
from alsu_kg.store import Graph

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final[Mapping[str, Callable[[str], Value]]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "boolean": lambda value: value == "true",
}

_ALSU: Final = iris.BASE + "vocab#"
_RDFS_LABEL: Final = "<http://www.w3.org/2000/01/rdf-schema#label>"
_FABIO: Final = "http://purl.org/spar/fabio/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"


def _names(pattern: str, *labels: str) -> str:
    """Give the query for the names of the nodes that match ``pattern``, a graph pattern with ``?node``."""
    values = " ".join(labels)
    return f"SELECT DISTINCT ?node ?name WHERE {{ VALUES ?label {{ {values} }} GRAPH ?g {{ {pattern} . ?node ?label ?name }} }}"


_WORKS: Final = """SELECT DISTINCT ?node WHERE { GRAPH ?g { ?node %s %s } FILTER(
  STRSTARTS(STR(?node), "https://w3id.org/alsu-kg/id/work/")) } ORDER BY ?node"""
_WORK_PROPERTIES: Final = {"doi": BIBO.doi, "pmid": FABIO.hasPubMedId, "pmcid": FABIO.hasPubMedCentralId}
_NAMES: Final[Mapping[ParameterType, str]] = {
    "treatment": _names(f"?node a <{_ALSU}Treatment>", _RDFS_LABEL, f"<{_SKOS}altLabel>"),
    "mechanism": _names(f"?node <{_ALSU}level> ?level", f"<{_SKOS}prefLabel>", f"<{_SKOS}altLabel>"),
    "entity": _names(f"?case <{_ALSU}coIntervention> ?node", f"<{_ALSU}word>"),
    "person": _names(f"?interest <{_ALSU}holder> ?node", _RDFS_LABEL),
    "review": _names(
        f"VALUES ?type {{ <{_FABIO}ReviewArticle> <{_FABIO}JournalArticle> }} ?node a ?type", f"<{_ALSU}key>"
    ),
}


@lru_cache(maxsize=1)
def list_names() -> tuple[str, ...]:
    """List the names of all questions in alphabetical order."""
    return tuple(sorted(path.stem for path in find_asset("queries").glob("*.rq")))


def read_question(name: str) -> Question:
    """Read one question of ``queries/``. Raises ``UsageError`` if there is none of that name.

    >>> read_question("treatment_grade-table").columns[0].name
    'treatment'
    """
    if name not in list_names():
        near = difflib.get_close_matches(name, list_names(), n=1)
        raise UsageError(
            f"there is no query {name!r}",
            place="query",
            repair=(f"did you mean {near[0]}? " if near else "") + "'alsu-kg query --list' lists all",
        )
    path = find_asset(f"queries/{name}.rq")
    try:
        return parse_question(path.read_text(encoding="utf-8"), name)
    except OSError as error:
        raise AssetError(f"cannot be read: {error}", place=str(path), repair="install alsu-kg again") from None


def ask(graph: Graph, name: str, values: Mapping[str, str | int] | None = None) -> Answer:
    """Ask ``graph`` the question ``name`` with parameter ``values`` as people write them.

    Raises ``UsageError`` for unknown names, parameters and values, and ``StoreError`` if the graph cannot be read.
    """
    question = read_question(name)
    given = values or {}
    parameters = {parameter.name: parameter for parameter in question.parameters}
    bind(question, {**{p.name: "<x:>" for p in question.parameters if not p.optional}, **dict.fromkeys(given, "<x:>")})
    missing = {n for n, p in parameters.items() if not p.optional} - set(given)
    terms = {n: to_term(graph, parameters[n], str(value)) for n, value in given.items()}
    if missing:
        bind(question, terms)
    return run(graph, question, bind(question, terms))


def run(graph: Graph, question: Question, sparql: str) -> Answer:
    """Run the bound query of ``question`` and give its Answer; columns are those of the header."""
    solutions = graph.run(sparql)
    if not isinstance(solutions, ox.QuerySolutions):
        raise AssetError("is no SELECT query", place=f"{question.name}.rq", repair="see CONTRIBUTING.md, Queries")
    columns = tuple(column.name for column in question.columns)
    lists = {column.name for column in question.columns if column.list}
    rows = tuple(tuple(_value(solution[name], name in lists) for name in columns) for solution in solutions)
    return Answer(question.summary, columns, rows)


def ask_plainly(graph: Graph, sparql: str, columns: tuple[str, ...]) -> list[dict[str, Value]]:
    """Run a query that is none of ``queries/`` and give its rows by column."""
    named = tuple(Column(name=name, description="") for name in columns)
    question = Question(name="query", summary="", description="", parameters=(), columns=named, sparql=sparql)
    return run(graph, question, sparql).to_dicts()


def select(graph: Graph, sparql: str) -> Iterator[tuple[str, ...]]:
    """Run a SELECT query that is none of ``queries/``; give its rows as text, in the order of its variables, unbound as ``""``."""
    for solution in _solutions(graph, sparql):
        yield tuple(str(getattr(term, "value", "")) for term in solution)


def _value(term: object, is_list: bool) -> Value:
    if is_list:
        return split_list(str(getattr(term, "value", "")))
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return _read_literal(term)
    return str(getattr(term, "value", term))


def _read_literal(term: ox.Literal) -> Value:
    """Read a number or truth value; anything else, also a number that is none, stays text; empty text is unknown."""
    read = _NUMBERS.get(term.datatype.value)
    try:
        return read(term.value) if read else (term.value or None)
    except ValueError:
        return term.value


def to_term(graph: Graph, parameter: Parameter, value: str) -> Term:
    """Turn a value as people write it into a term: a key, a name, an alias, an identifier or an IRI.

    Raises ``UsageError`` with near names if nothing in the graph is called so.
    """
    if parameter.type == "integer":
        return _integer(parameter, value)
    if parameter.type == "text":
        return text(value)
    if parameter.type == "category":
        return _category(parameter, value)
    if value.startswith(("http://", "https://")) and parameter.type != "work":
        return iri(value)
    if parameter.type == "work":
        return _work(graph, parameter, value)
    if parameter.type == "statement":
        return _statement(parameter, value)
    return _named(graph, parameter, value)


def _integer(parameter: Parameter, value: str) -> Term:
    try:
        return integer(int(value))
    except ValueError:
        raise UsageError(
            f"{value!r} is no whole number",
            place=f"parameter {parameter.name}",
            repair=f"write it such as {parameter.example}",
        ) from None


def _category(parameter: Parameter, value: str) -> Term:
    plain = value.strip().casefold().replace("-", "").removesuffix("s") + (
        "s" if value.casefold().rstrip("s")[:4] in ("case", "tria", "risk") else ""
    )
    if plain in CATEGORIES:
        return iris.thing("category", plain)
    raise UsageError(
        f"there is no category {value!r}", place=f"parameter {parameter.name}", repair=f"use {', '.join(CATEGORIES)}"
    )


def _work(graph: Graph, parameter: Parameter, value: str) -> Term:
    """Give the work of an identifier: the one that the graph says it is, for a work with a DOI also has a PMID."""
    schemes = {"doi": normalise_doi(value), "pmid": normalise_pmid(value), "pmcid": normalise_pmcid(value)}
    for scheme, identifier in schemes.items():
        if identifier:
            known = _solutions(graph, _WORKS % (_WORK_PROPERTIES[scheme], text(identifier)))
            for solution in known:
                return iri(solution["node"].value)
    found = iris.work(doi=schemes["doi"], pmid=schemes["pmid"], pmcid=schemes["pmcid"])
    if found is None:
        if value.startswith(iris.BASE):
            return iri(value)
        raise UsageError(
            f"{value!r} is no DOI, PMID or PMCID",
            place=f"parameter {parameter.name}",
            repair=f"write it such as {parameter.example}",
        )
    return found


def _statement(parameter: Parameter, value: str) -> Term:
    found = expand(value)
    if found is None:
        raise UsageError(
            f"{value!r} is no IRI or prefixed name",
            place=f"parameter {parameter.name}",
            repair=f"write it such as {parameter.example}",
        )
    return iri(found)


def _named(graph: Graph, parameter: Parameter, value: str) -> Term:
    """Find what ``value`` names: by its key, by its exact name (both by index), else by name without regard to case."""
    wanted = " ".join(value.split())
    for key in dict.fromkeys((wanted, iris.slug(wanted))):
        node = iri(f"{iris.BASE}id/{parameter.type}/{key}")
        if graph.run(f"ASK {{ GRAPH ?g {{ {node} ?p ?o }} }}"):
            return node
    own = _treatment_of_record(graph, iris.slug(wanted)) if parameter.type == "treatment" else None
    if own:
        return own
    exact = _find_names(graph, parameter.type, f"VALUES ?name {{ {text(wanted)} {english(wanted)} }} ")
    found = next(iter(exact.values()), None) or _find_names(graph, parameter.type).get(wanted.casefold())
    if found is None:
        raise _nothing_called(graph, parameter, value)
    return iri(found)


def _treatment_of_record(graph: Graph, key: str) -> Term | None:
    """Give the treatment of the record ``key`` (the name of its file): not every record is called as its treatment."""
    sparql = f"SELECT ?node WHERE {{ GRAPH {iris.graph(key)} {{ ?node a <{_ALSU}Treatment> }} }} ORDER BY ?node"
    return next((iri(solution["node"].value) for solution in _solutions(graph, sparql)), None)


def _nothing_called(graph: Graph, parameter: Parameter, value: str) -> UsageError:
    names, wanted = _find_names(graph, parameter.type), " ".join(value.casefold().split())
    near = (
        difflib.get_close_matches(wanted, names, n=3) or sorted(name for name in names if wanted and wanted in name)[:3]
    )
    what = "substance" if parameter.type == "entity" else parameter.type
    return UsageError(
        f"nothing in this graph is a {what} called {value!r}",
        place=f"parameter {parameter.name}",
        repair=f"did you mean {' or '.join(near)}?" if near else f"write it such as {parameter.example}",
    )


def _find_names(graph: Graph, kind: ParameterType, only: str = "") -> dict[str, str]:
    """Give the names of one kind of thing in lower case with their IRIs; ``only`` restricts the names."""
    sparql = _NAMES[kind].replace("WHERE { ", "WHERE { " + only, 1)
    names: dict[str, str] = {}
    for solution in _solutions(graph, sparql):
        names.setdefault(solution["name"].value.casefold(), solution["node"].value)
    return names


def _solutions(graph: Graph, sparql: str) -> ox.QuerySolutions:
    solutions = graph.run(sparql)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a SELECT query gives solutions")
    return solutions
