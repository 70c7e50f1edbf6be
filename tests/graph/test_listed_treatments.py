"""Pages that grade several treatments: each letter is its treatment's own, and each treatment is in the graph."""

import pyoxigraph as ox

from alsu_kg.graph.dataset import make_lines
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.consistency import find_problems
from alsu_kg.model.review import Grade, Review, ReviewRecord, Source, SourceFile
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries
from alsu_kg.validation import find_violations

ID = "https://w3id.org/alsu-kg/id/"
VOCAB = "https://w3id.org/alsu-kg/vocab#"


def listed() -> ReviewRecord:
    grades = tuple(
        Grade(category="trials", letter="D", of_treatment=name, stated_in="page") for name in ("Green Tea", "Otherine")
    )
    return ReviewRecord(
        record="grades-trials-d",
        sources=(Source(key="page", kind="grade-list"),),
        review=Review(title="trials - D", source=SourceFile(file="d.html", sha256="0" * 64)),
        grades=grades,
    )


def test_the_same_letter_of_two_treatments_is_no_repetition() -> None:
    record = listed()
    assert find_problems(record) == []
    twice = ReviewRecord(record="x", sources=record.sources, review=record.review, grades=record.grades[:1] * 2)
    assert [problem.key for problem in find_problems(twice)] == ["grades"]


def test_each_letter_is_about_the_treatment_it_names() -> None:
    lines = make_lines(listed(), make_lexicon(read_entries()), expand=read_curie_map())
    quads = list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    about = {str(q.subject): str(q.object) for q in quads if q.predicate.value == VOCAB + "ofTreatment"}
    assert sorted(about.values()) == [f"<{ID}treatment/green-tea>", f"<{ID}treatment/otherine>"]
    current = [str(q.object) for q in quads if q.predicate.value == VOCAB + "current"]
    assert len(current) == 2
    assert all("true" in value for value in current)
    assert find_violations([*make_ontology_lines(), *lines]) == []
