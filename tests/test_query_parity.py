"""Every query gives the same rows on every engine: Oxigraph on disk and in memory, rdflib, and pasted without parameters.

Lists are compared as sets and rows without regard to order: SPARQL promises neither for a GROUP_CONCAT nor for ties.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from golden_answers import DATASET, Golden, per_golden, query_of

from alsu_kg.answers.answer import Answer, split_list
from alsu_kg.answers.question import Question, bind
from alsu_kg.assets import find_asset
from alsu_kg.pipeline import make_nquads, read_records
from alsu_kg.queries import ask, list_names, read_question, run, to_term
from alsu_kg.records import find_record_files
from alsu_kg.store import Graph

Row = tuple[object, ...]

# rdflib's own N-Quads parser and query engine use names that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings(r"ignore:Dataset\..* is deprecated:DeprecationWarning")


@pytest.fixture(scope="session")
def nquads() -> bytes:
    records, _ = read_records(find_record_files([DATASET]))
    return b"".join(quads for quads in make_nquads(records))


@pytest.fixture(scope="session")
def memory_store(nquads: bytes) -> ox.Store:
    store = ox.Store()
    store.bulk_load(input=nquads, format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def rdflib_dataset(nquads: bytes) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads, format="nquads")
    return dataset


def _cell(value: object, is_list: bool) -> object:
    """A cell in a form that all engines share: numbers by value, lists as sets, unknown as ``None``."""
    if is_list:
        return frozenset(split_list("" if value is None else str(value)))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return float(value)
    return str(value) or None


def _from_rdflib(dataset: rdflib.Dataset, question: Question, sparql: str) -> Counter[Row]:
    lists = {column.name: column.list for column in question.columns}
    found: Counter[Row] = Counter()
    for binding in dataset.query(sparql).bindings:
        values = {str(name): term for name, term in binding.items()}
        row = []
        for name, is_list in lists.items():
            term = values.get(name)
            plain = term.toPython() if isinstance(term, rdflib.Literal) and _is_plain(term) else term
            row.append(_cell(plain, is_list))
        found[tuple(row)] += 1
    return found


def _is_plain(term: rdflib.Literal) -> bool:
    return term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.boolean)


def _rows(answer: Answer) -> Counter[Row]:
    def plain(cell: object) -> object:
        return frozenset(cell) if isinstance(cell, tuple) else _cell(cell, is_list=False)

    return Counter(tuple(map(plain, row)) for row in answer.rows)


def _solutions(question: Question, solutions: Iterable[ox.QuerySolution]) -> Counter[Row]:
    store_rows: Counter[Row] = Counter()
    for solution in solutions:
        row = []
        for column in question.columns:
            term = solution[column.name]
            value: object = None if term is None else getattr(term, "value", str(term))
            if isinstance(term, ox.Literal) and term.datatype.value.endswith(("#integer", "#decimal")):
                value = float(term.value)
            if isinstance(term, ox.Literal) and term.datatype.value.endswith("#boolean"):
                value = term.value == "true"
            row.append(_cell(value, column.list))
        store_rows[tuple(row)] += 1
    return store_rows


def _bound(graph: Graph, question: Question, golden: Golden) -> str:
    kinds = {parameter.name: parameter for parameter in question.parameters}
    return bind(question, {name: to_term(graph, kinds[name], str(value)) for name, value in golden.given.items()})


@per_golden()
def test_memory_answers_as_the_disk(case: str, golden: Golden, dataset_graph: Graph, memory_store: ox.Store) -> None:
    name = query_of(case)
    assert _rows(ask(Graph(memory_store), name, golden.given)) == _rows(ask(dataset_graph, name, golden.given))


@pytest.mark.slow  # half a second a case; the pasted files show every question on rdflib in the fast run too
@per_golden()
def test_rdflib_answers_as_oxigraph(
    case: str, golden: Golden, dataset_graph: Graph, rdflib_dataset: rdflib.Dataset
) -> None:
    question = read_question(query_of(case))
    sparql = _bound(dataset_graph, question, golden)
    assert _from_rdflib(rdflib_dataset, question, sparql) == _rows(run(dataset_graph, question, sparql))


@pytest.mark.parametrize("name", list_names())
def test_pasted_file_answers_alike_everywhere(
    name: str, dataset_graph: Graph, memory_store: ox.Store, rdflib_dataset: rdflib.Dataset
) -> None:
    """The file as it is, header and UNDEF left in: what it answers is what the question answers without parameters."""
    question = read_question(name)
    text = find_asset(f"queries/{name}.rq").read_text(encoding="utf-8")
    on_disk = _rows(run(dataset_graph, question, text))
    assert on_disk
    assert _from_rdflib(rdflib_dataset, question, text) == on_disk
    solutions = memory_store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert _solutions(question, solutions) == on_disk
    if all(parameter.optional for parameter in question.parameters):
        assert on_disk == _rows(ask(dataset_graph, name))


@pytest.mark.parametrize("name", list_names())
def test_graph_is_written_out(name: str, memory_store: ox.Store, dataset_graph: Graph) -> None:
    """An endpoint whose default graph is the union of all named graphs answers as one whose default graph is empty."""
    question = read_question(name)
    union = memory_store.query(question.sparql, use_default_graph_as_union=True)
    assert isinstance(union, ox.QuerySolutions)
    assert _solutions(question, union) == _rows(run(dataset_graph, question, question.sparql))
