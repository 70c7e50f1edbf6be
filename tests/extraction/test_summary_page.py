"""Summary pages of the reviewers' website."""

import pytest
from own_pages import html_page, text_page

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord


def read(data: bytes, name: str) -> ReviewRecord:
    return extract_record(parse_document(data, name), load_vocabulary())


@pytest.mark.parametrize("style", ["paragraphs", "breaks", "table", "spans", "text"])
def test_dated_grades_and_changes(style: str) -> None:
    record = read(text_page(), "p.txt") if style == "text" else read(html_page(style=style), "p.html")
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"
    assert (record.review.published, record.review.updated) == ("2016-11", "2021-05-03")
    assert [(g.category, g.letter, g.as_of, g.until, g.superseded) for g in record.grades] == [
        ("mechanism", "B", "2016-11", None, False),
        ("preclinical", "C", "2016-11", None, False),
        ("cases", "D", "2016-11", "2021-05-03", True),
        ("cases", "B", "2021-05-03", None, False),
        ("trials", "U", "2016-11", "2021-05-03", True),
        ("trials", "D", "2021-05-03", None, False),
        ("risks", "C", "2016-11", None, False),
    ]
    assert [w.registry_id for w in record.related_works if w.role == "trials"] == ["NCT01234567"]
    assert record.advice is not None
    assert record.advice.category == "not advised"


def test_a_page_without_update_has_one_grade_a_category() -> None:
    record = read(html_page(updated=False), "p.html")
    assert [(g.category, g.letter) for g in record.grades] == [
        ("mechanism", "B"),
        ("preclinical", "C"),
        ("cases", "B"),
        ("trials", "D"),
        ("risks", "C"),
    ]
    assert record.review.updated is None
    assert record.review.url == "https://www.example.org/review/examplene/"


def test_links_to_works_are_kept() -> None:
    assert "10.1000/exa.912" in [w.doi for w in read(html_page(), "p.html").related_works]
