"""``why`` on the real reviews: every record and category, and what is known of some of them."""

import pytest

from alsu_kg.analysis.explanation import Explanation
from alsu_kg.answers.drawing_explanation import lay_out_explanation
from alsu_kg.answers.explanation_json import write_json
from alsu_kg.answers.explanation_text import write_text
from alsu_kg.assets import find_asset
from alsu_kg.explanations import explain_grade
from alsu_kg.model.errors import UsageError
from alsu_kg.model.review import CATEGORIES, Category, ReviewRecord
from alsu_kg.records import find_record_files, read_record
from alsu_kg.store import Graph
from alsu_kg.web.explanation_page import write_page

RECORDS = [read_record(path) for path in find_record_files([find_asset("data/reviews")])]


@pytest.mark.slow  # all of them together are a seventh of the time of the suite
@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record)
def test_every_record_is_explained_in_every_category(record: ReviewRecord, reviews_graph: Graph) -> None:
    for category in CATEGORIES:
        found = explain_grade(reviews_graph, record.record, category)
        assert found.treatment in write_text(found)
        assert write_page(found).count("<h1>") == 1
        assert write_json(found)
        assert lay_out_explanation(found).height > 0
        _check(found, record, category)


def _check(found: Explanation, record: ReviewRecord, category: Category) -> None:
    """Every letter of the record is in the history with its date; nothing else is a letter; statements have sources."""
    stated = sorted((grade.letter, grade.as_of or "") for grade in record.grades if grade.category == category)
    shown = sorted((one.letter, one.source.as_of or "") for one in found.history)
    assert set(stated) <= set(shown)
    assert set(found.letters) <= {letter for letter, _ in shown}
    assert bool(found.letters) == bool(shown)
    assert len(found.clauses) == 6
    for clause in found.clauses:
        assert (clause.text is None) == (clause.basis == "not found")
    for change in found.changes:
        assert change.what or change.basis in ("the clauses do not say",) or "no definition" in change.basis
    assert all(one.sources for one in found.statements)
    assert {key for one in found.statements for key in one.works} <= {work.key for work in found.works}


def test_the_mechanism_of_azathioprine(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "Imuran", "mechanism")
    assert (found.treatment, found.reviews, found.verdict()) == ("Azathioprine", ("58",), "C")
    assert [hop.claim.words.split()[-2] for hop in found.paths[0].hops][:2] == ["NF-kB", "microglia"]
    assert [hop.is_weakest for hop in found.paths[0].hops].count(True) == 1
    assert found.paths[0].hops[0].claim.works == ("11",)
    assert {work.key: work.doi for work in found.works}["11"] == "10.1016/j.jep.2017.01.042"
    assert [(one.letter, one.source.as_of, one.current) for one in found.history] == [
        ("C", "2020-08-20", True),
        ("C", "2021-10", False),
        ("C", None, True),
    ]


def test_the_harm_path_counts_to_risks_and_says_so(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "azathioprine", "risks")
    assert [path.effect for path in found.paths] == ["harmful"]
    assert {"cancer", "malignancy"} <= {one.words.removeprefix("Harm: ") for one in found.statements}


def test_one_more_well_designed_study_would_be_the_next_letter(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "azathioprine", "preclinical")
    ways = {change.to_letter: change for change in found.changes}
    assert ways["B"].what == "One peer-reviewed paper that shows benefit in a well-designed study."
    assert ways["B"].basis == "stated"
    assert ways["F"].basis == "inferred"
    assert "as of 2020-08-20" in " ".join(found.in_words)


def test_sources_that_disagree_are_both_shown(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "antiretrovirals", "trials")
    assert "C" in {one.letter for one in found.history}
    assert "F" in {one.letter for one in found.history}
    assert {"C", "F"} <= set(" ".join(found.in_words).replace(",", " ").split())


def test_an_article_on_methods_has_no_letters(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "ten-red-flags", "mechanism")
    assert found.letters == ()
    assert "reviews no single treatment" in found.in_words[0]


@pytest.mark.parametrize("name", ["azathioprin", "azatioprine", "low dose naltrexon"])
def test_a_misspelt_name_gets_near_ones(name: str, reviews_graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean") as caught:
        explain_grade(reviews_graph, name, "mechanism")
    assert caught.value.exit_code == 2


def test_a_part_of_a_name_is_enough_for_a_suggestion(reviews_graph: Graph) -> None:
    with pytest.raises(UsageError, match="hyperimmune goat serum"):
        explain_grade(reviews_graph, "goat serum", "trials")


def test_an_unknown_category_names_the_five(reviews_graph: Graph) -> None:
    with pytest.raises(UsageError, match="mechanism, preclinical, cases, trials, risks"):
        explain_grade(reviews_graph, "azathioprine", "cost")


def test_an_iri_of_nothing_is_no_treatment(reviews_graph: Graph) -> None:
    with pytest.raises(UsageError, match="no treatment"):
        explain_grade(reviews_graph, "https://example.org/x", "trials")
