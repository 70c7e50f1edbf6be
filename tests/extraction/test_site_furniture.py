"""Summary pages among what websites, printers and mails put around them; listings name no treatment of their own."""

import pytest
from site_furniture import CATEGORY, FURNITURE, LETTERS, WITHOUT_TREATMENT

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

CATEGORIES = ("mechanism", "preclinical", "cases", "trials", "risks")


def read(text: str, name: str = "page.html") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


@pytest.mark.parametrize("name", FURNITURE)
def test_the_page_says_its_own(name: str) -> None:
    text, suffix, published, updated, changes = FURNITURE[name]()
    record = read(text, f"page.{suffix}")
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"
    assert (record.review.published, record.review.updated) == (published, updated)
    expected: list[tuple[str, str, str | None, str | None]] = []
    for category, letter in zip(CATEGORIES, LETTERS, strict=True):
        old = [(category, letter_, published, date) for name_, letter_, date in changes if name_ == category]
        expected += [*old, (category, letter, old[0][3] if old else published, None)]
    assert [(g.category, g.letter, g.as_of, g.until) for g in record.grades] == expected
    assert {g.of_treatment for g in record.grades} == {None}


def test_dates_of_the_rows() -> None:
    """A table may say of each letter since when it holds."""
    dates = ("May 2012", "May 2012", "June 2021", "", "May 2012")
    rows = "".join(
        f"<tr><td>{name.title()}</td><td>{letter}</td><td>{date}</td></tr>"
        for name, letter, date in zip(CATEGORIES, LETTERS, dates, strict=True)
    )
    table = f"<table><tr><th>Category</th><th>Grade</th><th>As of</th></tr>{rows}</table>"
    record = read(f"<h1>Examplene</h1>{table}<p>Published: May 2012</p>")
    assert [grade.as_of for grade in record.grades] == ["2012-05", "2012-05", "2021-06", "2012-05", "2012-05"]


def test_a_listing_gives_each_treatment_its_letters_and_date() -> None:
    record = read(CATEGORY)
    assert record.treatment is None
    assert [(g.of_treatment, g.category, g.letter, g.as_of) for g in record.grades] == [
        (name, category, letter, date)
        for name, date in (("Otherine", "2012-01"), ("Thirdol", "2015-05"))
        for category, letter in zip(CATEGORIES, LETTERS, strict=True)
    ]


@pytest.mark.parametrize("name", WITHOUT_TREATMENT)
def test_pages_of_the_website_name_no_treatment(name: str) -> None:
    assert read(WITHOUT_TREATMENT[name]).treatment is None
