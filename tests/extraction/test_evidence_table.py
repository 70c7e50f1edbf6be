"""Grades in tables of every layout, and in sentences."""

import pytest

from alsu_kg.extraction.evidence_table import read_grades
from alsu_kg.extraction.pointer_groups import Found
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import read_sentences
from alsu_kg.model.document import Block, Text


def table(*rows: str) -> tuple[str, Block]:
    return "Table 1.", Block(
        "table", Text(""), rows=tuple(tuple(Text(cell.strip()) for cell in row.split("|")) for row in rows)
    )


@pytest.mark.parametrize(
    "rows",
    [
        (
            "|Grade|Explanation",
            "Mechanism|B|x works",
            "Pre-Clinical|C|mice",
            "Cases|U|none",
            "Trials|D|one",
            "Risks|C|some",
        ),
        ("Category|Letter grade", "Plausible mechanism|B", "Pre-clinical models|C", "Cases|U", "Trials|D", "Risks|C"),
        ("Mechanism|Preclinical|Cases|Trials|Risks", "B|C|U|D|C"),
        ("Treatment|Mechanism|Preclinical|Cases|Trials|Risks", "Examplene|Grade: B|“C”|U|D|C"),
        (
            "Mechanism of action|“B”|x",
            "Animal models|“C”|y",
            "Case reports|“U”|z",
            "Clinical trials|“D”|v",
            "Safety|“C”|w",
        ),
    ],
)
def test_layouts(rows: tuple[str, ...]) -> None:
    grades = read_grades([table(*rows)], [], "2020-01-02")
    assert {g.category: g.letter for g in grades} == {
        "mechanism": "B",
        "preclinical": "C",
        "cases": "U",
        "trials": "D",
        "risks": "C",
    }
    assert {g.as_of for g in grades} == {"2020-01-02"}


def test_several_treatments_in_one_table() -> None:
    by_column = read_grades([table("|Alpha|Beta", "Mechanism|A|B", "Trials|C|D")], [], None)
    by_row = read_grades([table("Treatment|Mechanism|Trials", "Alpha|A|C", "Beta|B|D")], [], None)
    expected = {
        ("Alpha", "mechanism", "A"),
        ("Beta", "mechanism", "B"),
        ("Alpha", "trials", "C"),
        ("Beta", "trials", "D"),
    }
    assert {(g.of_treatment, g.category, g.letter) for g in by_column} == expected
    assert {(g.of_treatment, g.category, g.letter) for g in by_row} == expected


def test_a_table_of_something_else_gives_no_grades() -> None:
    assert read_grades([table("Dose|Weight", "Trials a day|7", "B|C")], [], None) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We assign it a Mechanisms grade of “C” (Table 1).", ("mechanism", "C")),
        ('Therefore, we assign a "Pre-Clinical" grade of "U".', ("preclinical", "U")),
        ("ALSUntangled assigns a “Trials” grade of “F”.", ("trials", "F")),
        ("This yields a grade of “D”.", ("risks", "D")),
    ],
)
def test_sentences_that_assign(text: str, expected: tuple[str, str]) -> None:
    sentences = read_sentences([(Passage(Text(text), "Risks", "risks", "paragraph"), list[Found]())])
    assert [(g.category, g.letter) for g in read_grades([], sentences, None)] == [expected]
