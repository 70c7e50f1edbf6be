"""The rubric: thirty grades, each definition with its true basis, U outside the order."""

import json
from pathlib import Path
from typing import TypedDict, cast

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "grade-definitions.json"
ALSU = Namespace("https://w3id.org/alsu-kg/vocab#")
CATEGORY = Namespace("https://w3id.org/alsu-kg/id/category/")
GRADE = Namespace("https://w3id.org/alsu-kg/id/grade/")
RUBRIC = URIRef("https://w3id.org/alsu-kg/id/rubric/alsuntangled")
SEED_REVIEW = "https://doi.org/10.1080/21678421.2020.1809821"
CATEGORIES = ("mechanism", "preclinical", "cases", "trials", "risks")
LETTERS = "ABCDFU"
PAIRS = [(category, letter) for category in CATEGORIES for letter in LETTERS]
BASES = {
    "stated": ALSU.Stated,
    "partly stated (source text truncated); rest inferred": ALSU.PartlyStated,
    "inferred from graded reviews": ALSU.Inferred,
    "stated by an outside summary": ALSU.StatedByOthers,
    "not found": ALSU.NotFound,
}


class Entry(TypedDict, total=False):
    """A definition as it was gathered."""

    definition: str | None
    basis: str
    sources: list[str]
    examples: list[str]


@pytest.fixture(scope="module")
def grades() -> Graph:
    return Graph().parse(ROOT / "ontology" / "grades.ttl")


@pytest.fixture(scope="module")
def gathered() -> dict[str, dict[str, Entry]]:
    if not FACTS.exists():
        pytest.skip("the gathered facts are not beside this repository")
    return cast("dict[str, dict[str, Entry]]", json.loads(FACTS.read_text("utf-8")))


def test_there_are_thirty_grades_in_one_versioned_rubric(grades: Graph) -> None:
    expected = {GRADE[f"{category}-{letter}"] for category, letter in PAIRS}
    assert set(grades.subjects(RDF.type, ALSU.Grade)) == expected
    assert set(grades.subjects(SKOS.inScheme, RUBRIC)) == expected
    assert grades.value(RUBRIC, OWL.versionInfo) == Literal("as gathered 2026-11")
    assert "not known" in str(grades.value(RUBRIC, SKOS.historyNote))


@pytest.mark.parametrize(("category", "letter"), PAIRS)
def test_a_grade_says_its_category_and_letter(grades: Graph, category: str, letter: str) -> None:
    grade = GRADE[f"{category}-{letter}"]
    assert list(grades.objects(grade, ALSU.category)) == [CATEGORY[category]]
    assert list(grades.objects(grade, SKOS.notation)) == [Literal(letter)]
    assert (CATEGORY[category], RDF.type, ALSU.EvidenceCategory) in grades
    assert str(grades.value(grade, SKOS.prefLabel, any=False)).endswith(f"grade {letter}")


@pytest.mark.parametrize("category", CATEGORIES)
def test_letters_rank_from_a_to_f_and_u_has_no_rank(grades: Graph, category: str) -> None:
    ranks = {letter: grades.value(GRADE[f"{category}-{letter}"], ALSU.rank) for letter in LETTERS}
    assert ranks == {letter: Literal(5 - place) for place, letter in enumerate("ABCDF")} | {"U": None}


@pytest.mark.parametrize(("category", "letter"), PAIRS)
def test_a_definition_stands_exactly_where_one_was_found(grades: Graph, category: str, letter: str) -> None:
    grade = GRADE[f"{category}-{letter}"]
    found = grades.value(grade, ALSU.definitionBasis, any=False) != ALSU.NotFound
    assert len(list(grades.objects(grade, SKOS.definition))) == int(found)
    assert (Literal("Definition not known.", lang="en") in set(grades.objects(grade, SKOS.editorialNote))) != found


@pytest.mark.parametrize(("category", "letter"), PAIRS)
def test_basis_sources_and_examples_are_those_gathered(
    grades: Graph, gathered: dict[str, dict[str, Entry]], category: str, letter: str
) -> None:
    grade, entry = GRADE[f"{category}-{letter}"], gathered[category][letter]
    assert list(grades.objects(grade, ALSU.definitionBasis)) == [BASES[entry["basis"]]]
    assert ((grade, SKOS.definition, None) in grades) == (entry["definition"] is not None)
    sources = {URIRef(SEED_REVIEW if source.startswith("seed:") else source) for source in entry["sources"]}
    assert set(grades.objects(grade, DCTERMS.source)) == sources
    examples = sorted(str(example) for example in grades.objects(grade, SKOS.example))
    assert len(examples) == len(entry.get("examples", []))
    for example, raw in zip(examples, sorted(entry.get("examples", [])), strict=True):
        assert raw.startswith(example) or example.startswith(raw.partition(" (")[0])


def test_no_definition_is_copied(grades: Graph, gathered: dict[str, dict[str, Entry]]) -> None:
    ours = {str(text).rstrip(".") for text in grades.objects(None, SKOS.definition)}
    theirs = {(gathered[category][letter]["definition"] or "").rstrip(".") for category, letter in PAIRS}
    assert ours & theirs == set()


def test_every_note_says_its_basis_and_source(grades: Graph) -> None:
    notes = set(grades.objects(None, SKOS.scopeNote))
    assert len(notes) == 6
    for note in notes:
        assert grades.value(note, RDF.value, any=False)
        assert grades.value(note, ALSU.definitionBasis, any=False) in set(BASES.values())
        assert (note, DCTERMS.source, None) in grades
