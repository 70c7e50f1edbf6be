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


def _changes(grades: Graph) -> list[tuple[str, str, str, str]]:
    """Category, letter from, letter to and words of every change of letters."""
    found = []
    for change in grades.subjects(RDF.type, ALSU.GradeChange):
        to = str(grades.value(change, ALSU.toGrade, any=False)).rsplit("/", 1)[1].split("-")
        for start in grades.objects(change, ALSU.fromGrade):
            category, letter = str(start).rsplit("/", 1)[1].split("-")
            assert category == to[0], f"{change} leads from one category to another"
            found.append((category, letter, to[1], str(grades.value(change, RDF.value, any=False))))
    return found


def test_what_would_change_a_letter_is_said_once_for_each_pair(grades: Graph) -> None:
    pairs = [(category, start, to) for category, start, to, _ in _changes(grades)]
    assert len(pairs) == len(set(pairs)) > 50
    assert all(start != to for _, start, to in pairs)
    assert all(to != "U" for _, _, to in pairs), "evidence is not forgotten"


def test_no_change_starts_or_ends_at_a_letter_whose_meaning_is_not_known(grades: Graph) -> None:
    unknown = {pair for pair in PAIRS if (GRADE["-".join(pair)], SKOS.definition, None) not in grades}
    assert unknown == {("risks", "B"), ("risks", "C"), ("trials", "B")}
    for category, start, to, _ in _changes(grades):
        assert not {(category, start), (category, to)} & unknown


def test_no_clause_weighs_a_new_benefit_against_work_without_one(grades: Graph) -> None:
    """The rubric says nothing of mixed results, so nothing leads out of F of trials and pre-clinical models."""
    out_of_f = {category for category, start, _, _ in _changes(grades) if start == "F"}
    assert out_of_f == {"cases", "mechanism", "risks"}


def test_nothing_found_and_tried_without_benefit_are_marked_apart(grades: Graph) -> None:
    states = {
        (category, letter): grades.value(GRADE[f"{category}-{letter}"], ALSU.evidenceState)
        for category, letter in PAIRS
    }
    nothing = {pair for pair, state in states.items() if state == Literal("absence-of-evidence")}
    tried = {pair for pair, state in states.items() if state == Literal("evidence-of-absence")}
    assert nothing == {(category, "U") for category in CATEGORIES}
    assert tried == {("cases", "F"), ("preclinical", "F"), ("trials", "F")}
    assert all((CATEGORY[category], ALSU.evidenceSought, None) in grades for category in CATEGORIES)
