"""Every question of ``queries/`` against its golden answers, and what every query file must keep."""

import re

import pyoxigraph as ox
import pytest
from golden_answers import GOLDEN, Golden, per_golden, query_of, read_golden, thaw

from alsu_kg.answers.question import bind
from alsu_kg.assets import find_asset
from alsu_kg.model.errors import UsageError
from alsu_kg.queries import ask, list_names, read_question, run
from alsu_kg.store import Graph

per_query = pytest.mark.parametrize("name", list_names())


@per_golden()
def test_answer_is_the_golden_one(case: str, golden: Golden, dataset_graph: Graph) -> None:
    answer = ask(dataset_graph, query_of(case), golden.given)
    assert thaw(answer.rows) == golden.rows
    assert list(answer.columns) == golden.columns


@per_golden()
def test_an_answer_holds_no_row_twice(case: str, golden: Golden) -> None:
    assert len({tuple(map(str, row)) for row in golden.rows}) == len(golden.rows), case


@per_query
def test_every_query_is_asked_in_every_way(name: str) -> None:
    cases = [golden for case, golden in read_golden().items() if query_of(case) == name]
    parameters = read_question(name).parameters
    given = {parameter for case in cases for parameter in case.given}
    assert given == {parameter.name for parameter in parameters}
    if all(parameter.optional for parameter in parameters):
        assert any(not case.given for case in cases), "asked without parameters"
    assert any(case.rows for case in cases), "an answer that holds nothing shows nothing"


@per_query
def test_header_says_what_comes(name: str, dataset_graph: Graph) -> None:
    question = read_question(name)
    solutions = dataset_graph.run(question.sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == [column.name for column in question.columns]
    assert question.summary.endswith("?")
    assert re.fullmatch(r"[a-z]+_[a-z]+(-[a-z]+)*", name)


@per_query
def test_file_runs_when_pasted(name: str, dataset_graph: Graph) -> None:
    """Every prefix that is used is declared in the file, and no other."""
    text = find_asset(f"queries/{name}.rq").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    declared = re.findall(r"^PREFIX (\w+):", body, re.MULTILINE)
    code = re.sub(r'"[^"]*"|<[^>\s]*>', "", re.sub(r"^PREFIX.*$", "", body, flags=re.MULTILINE))
    assert sorted(declared) == sorted(set(re.findall(r"\b(\w+):\w", code)))
    dataset_graph.run(text)


@per_query
def test_examples_of_parameters_answer_on_the_real_reviews(name: str, reviews_graph: Graph) -> None:
    parameters = read_question(name).parameters
    examples = {parameter.name: parameter.example for parameter in parameters}
    assert ask(reviews_graph, name, examples).rows or not parameters
    for parameter in parameters:
        needed = {p.name: p.example for p in parameters if not p.optional or p is parameter}
        assert ask(reviews_graph, name, needed).rows


@per_query
def test_optional_parameters_may_be_left_out_on_the_real_reviews(name: str, reviews_graph: Graph) -> None:
    needed = {p.name: p.example for p in read_question(name).parameters if not p.optional}
    columns = len(read_question(name).columns)
    assert all(len(row) == columns for row in ask(reviews_graph, name, needed).rows)


def test_no_golden_answer_without_its_query() -> None:
    assert {query_of(path.stem) for path in GOLDEN.iterdir()} == set(list_names())


def test_unknown_query_names_the_nearest(dataset_graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean treatment_claims"):
        ask(dataset_graph, "treatment_claim")


def test_unknown_parameter_is_refused_before_its_value_is_read(dataset_graph: Graph) -> None:
    with pytest.raises(UsageError, match="no parameter 'review'"):
        ask(dataset_graph, "treatment_trials", {"review": "901"})


def test_missing_parameter_says_how_to_give_it(dataset_graph: Graph) -> None:
    with pytest.raises(UsageError, match="add -p category=mechanism"):
        ask(dataset_graph, "treatment_why-grade", {"treatment": "testazine"})


def test_misspelt_value_names_the_nearest(dataset_graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean testazine"):
        ask(dataset_graph, "treatment_claims", {"treatment": "Testazin"})


@per_golden()
def test_text_of_the_question_is_that_of_the_file(case: str, golden: Golden, dataset_graph: Graph) -> None:
    """An Answer carries the question in plain words, so that a table can be shown with it."""
    question = read_question(query_of(case))
    assert ask(dataset_graph, question.name, golden.given).title == question.summary


def test_unbound_question_runs_as_it_is(dataset_graph: Graph) -> None:
    question = read_question("treatment_trials")
    assert run(dataset_graph, question, bind(question, {})) == ask(dataset_graph, question.name)
