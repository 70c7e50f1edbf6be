"""A hostile value of a parameter is data: a clear error, or the answer of something that is not there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg.answers.question import Parameter, bind
from alsu_kg.graph import iris
from alsu_kg.model.errors import UsageError
from alsu_kg.queries import ask, list_names, read_question, run, to_term
from alsu_kg.store import Graph

PIECES = [
    *"\"'\\{}()<>\n\r\t\0#;%|` κ\u202e\ud800\U0001f9ea",
    *("> <", "^^", "@en", "UNDEF", "?x", "\\u0022", "%22", "../", "1", "-1"),
    *("} INSERT DATA { <x:a> <x:b> <x:c> }", '" } . ?s ?p ?o . { "'),
    *("http://", "https://w3id.org/alsu-kg/id/", "claim:", "10.5555/", "testazine"),
]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=6).map("".join)
typed = [(name, parameter) for name in list_names() for parameter in read_question(name).parameters]
OTHERS = {"category": "mechanism", "treatment": "testazine"}


def _ask(graph: Graph, name: str, parameter: Parameter, value: str) -> set[tuple[object, ...]] | None:
    """The rows for ``value``, or ``None`` if it is refused, which must say what to do."""
    needed = {
        p.name: OTHERS[p.name] for p in read_question(name).parameters if not p.optional and p.name != parameter.name
    }
    try:
        return set(ask(graph, name, {**needed, parameter.name: value}).rows)
    except UsageError as error:
        refused = error
    assert refused.repair
    assert refused.place == f"parameter {parameter.name}"
    assert "\n" not in str(refused)
    return None


def _means_something(parameter: Parameter, value: str) -> bool:
    """Whether ``value`` is a lenient way to write something that may be there (``<testazine>``, ``-01``)."""
    if parameter.type == "integer":
        return True
    return parameter.type != "text" and bool(iris.slug(value)) and any(c.isalnum() and c.isascii() for c in value)


@pytest.mark.slow  # every parameter of every question
@pytest.mark.parametrize(("name", "parameter"), typed, ids=[f"{name}-{p.name}" for name, p in typed])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=hostile)
def test_a_hostile_value_is_refused_or_finds_nothing(
    name: str, parameter: Parameter, value: str, dataset_graph: Graph
) -> None:
    rows = _ask(dataset_graph, name, parameter, value)
    if rows and _means_something(parameter, value):
        term = to_term(dataset_graph, parameter, value)
        assert term[0] in '<"'
        rows -= _ask(dataset_graph, name, parameter, term.strip("<>").partition('"^^')[0].strip('"')) or set()
    assert not rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=hostile)
def test_a_hostile_address_is_one_term(value: str, dataset_graph: Graph) -> None:
    """What begins as an address is taken as it is; the query stays one that runs and finds nothing."""
    question = read_question("treatment_claims")
    term = to_term(dataset_graph, question.parameters[0], "https://example.org/" + value)
    sparql = bind(question, {"treatment": term})
    assert sparql.count("\n") == question.sparql.count("\n")
    assert not run(dataset_graph, question, sparql).rows


def test_the_graph_is_as_it_was(dataset_graph: Graph) -> None:
    before = len(dataset_graph)
    with pytest.raises(UsageError):
        ask(dataset_graph, "treatment_claims", {"treatment": '" } ; INSERT DATA { <x:a> <x:b> <x:c> } #'})
    with pytest.raises(UsageError):
        dataset_graph.run("INSERT DATA { <x:a> <x:b> <x:c> }")
    assert len(dataset_graph) == before
