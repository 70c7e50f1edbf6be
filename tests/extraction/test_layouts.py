# ruff: noqa: E501 - documents on one line
"""One review in layouts that print headings, numbers and pages in other ways: the same sections, grades, references, pointers."""

import re

import pytest
from layouts import GRADES, LAYOUTS, PARTS, POINTERS, REFERENCES

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.glued_numbers import find_glued
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord


def read(text: str, name: str) -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def role_at(record: ReviewRecord, start: int | None) -> str | None:
    found = [s.role for s in record.sections if s.start is not None and start is not None and s.start <= start]
    return found[-1] if found else None


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name: str) -> None:
    text = LAYOUTS[name]()
    record = read(text, name)
    assert (record.review.number, record.treatment and record.treatment.label) == (87, "Velorin")
    assert [s.role for s in record.sections if s.role != "other"] == [role for _, role, _ in PARTS] + ["references"]
    assert [(grade.category, grade.letter) for grade in record.grades] == list(GRADES)
    printed = [words.split()[0] for words in REFERENCES]
    assert [reference.authors[0].split()[0] for reference in record.references] == printed
    assert [reference.number for reference in record.references] == list(range(1, len(REFERENCES) + 1))
    assert [(role_at(record, p.place.start if p.place else None), p.numbers) for p in record.pointers] == POINTERS


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_place_gives_the_item_again(name: str) -> None:
    text = LAYOUTS[name]()
    record = read(text, name)
    for reference in record.references:
        assert reference.raw_place is not None
        cut = re.sub(r"<[^>]*>|\s", "", text[reference.raw_place.start : reference.raw_place.end])
        assert re.sub(r"\s", "", (reference.raw or "")[:15]) in cut
        assert str(reference.year) in cut
    for pointer in record.pointers:
        assert pointer.place is not None
        cut = re.sub(r"<[^>]*>", " ", text[pointer.place.start : pointer.place.end])
        numbers = {int(n) for n in re.findall(r"\d+", cut.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))}
        assert numbers
        assert numbers <= set(pointer.numbers)


GLUED = [
    ("Seen in cultured cells.3,4 Not so in mice5,6.", ["3,4", "5,6"]),
    ("It speeds up ALS.1 The slope,2 too, and “so on.”3 Then (as told)4 again.", ["1", "2", "3", "4"]),
    ("At 10mg of IL-6 or CD4 and ALSFRS-R of 31, p38 and Fig.3 of 5 mg.", []),
    ("A value of 4.5 mg, 1,000 cells, 2.5% and 10:30 hours; 5 (7%) and 8 (11%).", []),
    ("Hes1 and Hes1 again, Jag1 with Jag1.", []),
]


@pytest.mark.parametrize(("text", "expected"), GLUED)
def test_glued_numbers(text: str, expected: list[str]) -> None:
    words = "cells mice"
    assert [found.printed for found in find_glued([f"In {words} of all kinds.1 Then 2.", text], [])[1]] == expected


def test_a_name_of_the_references_is_no_citation() -> None:
    assert find_glued(["They looked at Hes1 there.", "Cells.1 More"], ["Ay B. Hes1 in cells."])[0] == []


def test_a_power_is_kept_and_cites_nothing() -> None:
    text = "Mechanism\n\nThey gave 10^6 cells.^1^\n\nReferences\n\n1. Ay B. One thing. Cell. 2001;2:3.\n2. Cee D. Two. Cell. 2002;3:4."
    record = read(text, "a.txt")
    assert [(p.numbers, p.raw) for p in record.pointers] == [((1,), "1")]


def test_a_name_that_ends_with_a_number_can_be_cited() -> None:
    text = "<h2>Risks</h2><p>It slows CYP3A4<sup>1,2</sup> and 10<sup>2</sup> cells.</p><h2>References</h2><ol><li>Ay B. One. Cell. 2001;2:3.</li><li>Cee D. Two. Cell. 2002;3:4.</li></ol>"
    assert [p.numbers for p in read(text, "a.html").pointers] == [(1, 2)]


def test_sentences_that_start_like_a_heading_stay_text() -> None:
    text = "# Mechanism\n\nIt calms cells.\n\n# Cases\n\nNone.\n\n# Trials\n\nTrials: two were done.\n\n# Risks\n\nRisks. They are few."
    assert [section.heading for section in read(text, "a.md").sections] == ["Mechanism", "Cases", "Trials", "Risks"]


def test_an_abstract_with_names_of_its_parts_makes_no_review() -> None:
    text = "A trial of something\n\nBackground: It was unclear. \n\nMethods: We tried it.\n\nResults: None.\n\nConclusion: No."
    assert all(section.role == "other" for section in read(text, "a.txt").sections)


def test_rows_of_a_table_are_no_headings() -> None:
    text = "Some title\n\nMechanism\n\nIt may calm cells.\n\nCategory\tGrade\tWhy\nMechanism\tB\tIt calms cells\nCases\tC\tOne case\n"
    record = read(text, "a.txt")
    assert [section.heading for section in record.sections] == ["Some title", "Mechanism"]
    assert [(grade.category, grade.letter) for grade in record.grades] == [("mechanism", "B"), ("cases", "C")]


def test_a_table_in_html_inside_markdown() -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td><td>So it is.</td></tr>" for a, b in (("Mechanism", "B"), ("Trials", "F"))
    )
    text = f"# ALSUntangled 99: Otherol\n\n# Mechanism\n\nUnclear.\n\n<table>\n<tr><th>Category</th><th>Grade</th><th>Why</th></tr>\n{rows}</table>\n"
    record = read(text, "a.md")
    assert [(g.category, g.letter, g.rationale) for g in record.grades] == [
        ("mechanism", "B", "So it is."),
        ("trials", "F", "So it is."),
    ]
    place = record.grades[0].rationale_place
    assert place is not None
    assert text[place.start : place.end] == "So it is."


def test_a_grade_that_stands_alone_is_that_of_its_section() -> None:
    text = (
        "# ALSUntangled 99: Otherol\n\n# Mechanism\n\nUnclear.\n\nTOE grade: C\n\n# Trials\n\nNone.\n\n**Grade – U.**"
    )
    assert [(g.category, g.letter) for g in read(text, "a.md").grades] == [("mechanism", "C"), ("trials", "U")]
