"""The Python API: rows, data frames, networks, notebook tables, rdflib."""

from pathlib import Path

import pandas as pd
import pytest

import alsu_kg.api as kg
from alsu_kg.model.errors import StoreError, UsageError


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    store = tmp_path_factory.mktemp("api") / "store"
    kg.build([Path(__file__).parent / "dataset"], store)
    return kg.open(store)


def test_an_answer_is_rows_columns_and_mappings(graph: kg.KnowledgeGraph) -> None:
    answer = graph.query("treatment_cases", treatment="Mockalol")
    assert answer.columns[0] == "treatment"
    assert len(answer) == len(answer.rows) == len(list(answer))
    assert all(set(row) == set(answer.columns) for row in answer)


def test_pandas_and_networkx(graph: kg.KnowledgeGraph) -> None:
    answer = graph.query("treatment_shared-mechanism", level=1)
    frame = answer.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == list(answer.columns)
    assert len(frame) == len(answer)
    assert set(frame["treatment_a"]) <= set(answer.to_networkx().nodes)


def test_a_notebook_shows_a_table_in_which_values_are_text(graph: kg.KnowledgeGraph) -> None:
    answer = graph.query("treatment_grade-table")
    shown = answer._repr_html_()
    assert shown.count("<tr>") == len(answer) + 1
    assert "not medical advice" in shown
    hostile = kg.Result(type(answer.answer)("<b>?", ("a",), (("<script>",),)))
    assert "<script>" not in hostile._repr_html_()
    assert "(1 row)" in repr(hostile)


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")  # rdflib warns of its own call
def test_the_graph_in_rdflib_has_the_same_quads(graph: kg.KnowledgeGraph) -> None:
    dataset = graph.to_rdflib()
    assert sum(1 for _ in dataset.quads()) == len(graph)


def test_errors_name_the_repair(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean testazine"):
        graph.path("testazin")
    with pytest.raises(UsageError, match="has no parameter 'drug'"):
        graph.query("treatment_claims", drug="x")
    with pytest.raises(StoreError, match="alsu-kg build"):
        kg.open(tmp_path / "nothing")


def test_every_question_is_listed() -> None:
    assert "treatment_grade-table" in kg.questions()
    assert all(summary.endswith("?") for summary in kg.questions().values())


def test_why_answers_from_python(graph: kg.KnowledgeGraph) -> None:
    why = graph.why("testazine", "mechanism")
    assert why.letters == ("C", "F")
    assert repr(why).startswith("Testazine, mechanism: C or F")
    assert "<pre>Testazine" in why._repr_html_()
    assert why.to_html().startswith("<!doctype html>")
    assert '"treatment": "Testazine"' in why.to_json()
    with pytest.raises(UsageError, match="did you mean testazine"):
        graph.why("testazin", "mechanism")
