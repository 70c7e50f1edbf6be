"""Habits of summary pages: names in front of the grades, dates above tables of changes, categories in other languages."""

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

GRADES = "Mechanism Grade: B\n\nCases Grade: D\n\nTrials Grade: U\n\nRisks Grade: C\n\n"


def read(text: str, name: str = "page.txt") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def test_a_name_in_front_of_the_grades_of_a_line() -> None:
    record = read(
        "Examplene | Mechanism Grade: B; Cases Grade: D; Trials Grade: U; Risks Grade: C | Published: Dec 2014\n"
    )
    assert record.review.title == "Examplene"
    assert len(record.grades) == 4


@pytest.mark.parametrize("head", ["ALSUntangled Review: Examplene", "ALSUntangled – Examplene"])
def test_a_name_behind_that_of_the_group(head: str) -> None:
    assert read(f"{head}\n\n{GRADES}Published: Dec 2014\n").review.title == "Examplene"


def test_the_name_of_a_category_is_no_name() -> None:
    text = "ALSUntangled Review: Examplene\n\nMechanism – B\nCases – U\nTrials – C\nRisks – C\n\nFirst published: 2022/06/15\n"
    assert read(text).review.title == "Examplene"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: May 2015. One person got better.", "2015-05"),
        ("Published: 2015-05-03. One person got better.", "2015-05-03"),
        ("First review: May 2015", "2015-05"),
    ],
)
def test_prose_behind_the_date_and_other_words_before_it(line: str, date: str) -> None:
    assert read(f"<h1>Examplene</h1><p>{GRADES}</p><p>{line}</p>", "page.html").review.published == date


def test_an_update_dated_above_its_table() -> None:
    cells = "".join(
        f"<tr><td>{name}</td><td>{old}</td><td>{new}</td></tr>"
        for name, old, new in (("Mechanism", "B", "B"), ("Cases", "U", "U"), ("Trials", "U", "F"), ("Risks", "B", "D"))
    )
    head = "<tr><th>Category</th><th>Original grade</th><th>Updated grade</th></tr>"
    table = f"<table><caption>Grades (updated 2021-11-08)</caption>{head}{cells}</table>"
    page = f"<h1>Examplene</h1>{table}<p>Published: June 2018</p>"
    record = read(page, "page.html")
    assert record.review.updated == "2021-11-08"
    assert [(g.category, g.letter, g.as_of, g.until) for g in record.grades if g.until or g.as_of == "2021-11-08"] == [
        ("trials", "U", "2018-06", "2021-11-08"),
        ("trials", "F", "2021-11-08", None),
        ("risks", "B", "2018-06", "2021-11-08"),
        ("risks", "D", "2021-11-08", None),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("Note du mécanisme", "Note préclinique", "Note des cas", "Note des essais"),
        ("Mechanismus", "Präklinik", "Fälle", "Studien"),
    ],
)
def test_categories_in_other_languages(names: tuple[str, ...]) -> None:
    page = "<h1>Examplene</h1>" + "".join(
        f"<p>{name} : {letter}</p>" for name, letter in zip(names, "BCUD", strict=True)
    )
    grades = [(grade.category, grade.letter) for grade in read(page, "page.html").grades]
    assert grades == [("mechanism", "B"), ("preclinical", "C"), ("cases", "U"), ("trials", "D")]


def test_the_place_of_a_change_in_a_table_has_both_letters() -> None:
    rows = "".join(
        f"<tr><td>{date}</td><td>{name}</td><td>{old}</td><td>{new}</td></tr>"
        for date, name, old, new in (("2022-05-01", "Trials", "C", "B"), ("2024-02-10", "Cases", "D", "F"))
    )
    log = f"<table><tr><th>Date</th><th>Category</th><th>Old</th><th>New</th></tr>{rows}</table>"
    grades = "".join(f"<p>{name} Grade: {x}</p>" for name, x in (("Mechanism", "C"), ("Cases", "F"), ("Trials", "B")))
    page = f"<h1>Examplene</h1>{grades}<p>Published: 2019</p><h3>Change log</h3>{log}"
    old = [grade for grade in read(page, "page.html").grades if grade.superseded]
    assert [(grade.category, grade.letter, grade.until) for grade in old] == [
        ("cases", "D", "2024-02-10"),
        ("trials", "C", "2022-05-01"),
    ]
    cut = [page[grade.place.start : grade.place.end] for grade in old if grade.place]
    assert cut == ["D</td><td>F", "C</td><td>B"]
