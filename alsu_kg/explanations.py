"""Why a treatment has its letter: the questions asked of a graph, and their answers put together as an Explanation."""

from collections.abc import Mapping
from typing import Final

from alsu_kg.analysis.explain import LetterRows, Subject, explain
from alsu_kg.analysis.explain_basis import BasisRows
from alsu_kg.analysis.explanation import Explanation
from alsu_kg.analysis.rows import Rows
from alsu_kg.answers.question import Parameter
from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import Term
from alsu_kg.model.errors import UsageError
from alsu_kg.model.review import CATEGORIES
from alsu_kg.queries import ask, ask_plainly, read_question, to_term
from alsu_kg.store import Graph

_LABEL: Final = """PREFIX alsu: <https://w3id.org/alsu-kg/vocab#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label ?review WHERE { GRAPH ?record { %s a alsu:Treatment ; rdfs:label ?label ; alsu:inReview ?in . ?in alsu:key ?review } }
ORDER BY ?label ?review"""
_ARTICLE: Final = """PREFIX alsu: <https://w3id.org/alsu-kg/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?label ?review WHERE { GRAPH %s { ?in alsu:key ?review ; dcterms:title ?label } } ORDER BY ?review"""


def explain_grade(graph: Graph, treatment: str, category: str) -> Explanation:
    """Explain the letter of ``treatment`` (key, name, alias or record) in ``category``; what is not known is said.

    Raises ``UsageError`` with near names if nothing is called so, and ``StoreError`` if the graph cannot be read.
    """
    parameters = {parameter.name: parameter for parameter in read_question("treatment_grade-history").parameters}
    chosen = to_term(graph, parameters["category"], category)
    key = next(one for one in CATEGORIES if iris.thing("category", one) == chosen)
    subject, node = _find_subject(graph, parameters["treatment"], treatment, key)
    about = {"treatment": node[1:-1]} if node else None
    letters = LetterRows(
        history=_rows(graph, "treatment_grade-history", about and {**about, "category": key}),
        clauses=_rows(graph, "rubric_clauses", {"category": key}),
        notes=_rows(graph, "rubric_notes", {}),
        changes=_rows(graph, "rubric_changes", {"category": key}),
    )
    basis = BasisRows(
        statements=_rows(graph, "treatment_statements", about),
        details=_rows(graph, "treatment_report-details", about),
        works=_rows(graph, "treatment_works", about),
        sources=_rows(graph, "treatment_sources", about),
        hops=_rows(graph, "treatment_mechanism-path", about),
    )
    return explain(subject, letters, basis)


def _rows(graph: Graph, question: str, values: Mapping[str, str] | None) -> Rows:
    """Ask a question; ``None`` as values: there is nothing to ask about."""
    return [] if values is None else ask(graph, question, values).to_dicts()


def _find_subject(graph: Graph, parameter: Parameter, name: str, category: str) -> tuple[Subject, Term | None]:
    """Find the treatment called ``name``, or the article without a treatment whose record is called so."""
    try:
        node = to_term(graph, parameter, name)
    except UsageError:
        article = ask_plainly(graph, _ARTICLE % iris.graph(iris.slug(name)), ("label", "review"))
        if not article:
            raise
        remark = f"The record {name} is of an article that reviews no single treatment, so it has no letters."
        return Subject(str(article[0]["label"]), (str(article[0]["review"]),), category, remark), None
    found = ask_plainly(graph, _LABEL % node, ("label", "review"))
    if not found:
        raise UsageError("is no treatment of this graph", place=name, repair="name one, such as azathioprine")
    reviews = tuple(sorted({str(row["review"]) for row in found}))
    return Subject(str(found[0]["label"]), reviews, category), node
