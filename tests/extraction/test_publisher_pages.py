# ruff: noqa: E501 - sentences on one line
"""Older reviews as publishers' pages print them."""

import pytest
from publisher_pages import PARTS, REFERENCES, TITLE, publisher_html, publisher_text

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

PAGES = {"text": (publisher_text, "page.txt"), "html": (publisher_html, "page.html")}


@pytest.fixture(scope="module", params=PAGES)
def record(request: pytest.FixtureRequest) -> ReviewRecord:
    make, name = PAGES[request.param]
    return extract_record(parse_document(make().encode(), name), load_vocabulary())


def test_front(record: ReviewRecord) -> None:
    review = record.review
    assert (review.number, review.title, review.published) == (912, TITLE, "2014-05-02")
    assert (review.first_page, review.last_page, review.authors) == ("319", "323", ("The ALSUntangled Group",))
    assert record.treatment is not None
    assert (record.treatment.label, record.treatment.aliases) == ("Examplene", ())


def test_questions_are_headings_with_roles(record: ReviewRecord) -> None:
    roles = {section.heading: section.role for section in record.sections}
    assert [roles[heading] for heading, _ in PARTS[1:]] == [
        "background",
        "mechanism",
        "preclinical",
        "cases",
        "risks",
        "conclusion",
    ]


def test_pointers_and_references(record: ReviewRecord) -> None:
    expected = [(1,), (2, 3, 4), (5,), (2, 6), (6, 7, 8), (1,), (7,), (9,), (3,), (1,)]
    assert [pointer.numbers for pointer in record.pointers] == expected
    assert [reference.number for reference in record.references] == list(range(1, len(REFERENCES) + 1))
    article = record.references[5]
    assert (article.title, article.container, article.year, article.volume, article.first_page, article.last_page) == (
        "Examplene and radicals",
        "Free Radic Biol Med",
        2012,
        "52",
        "300",
        "308",
    )


def test_what_is_alleged_sold_or_advised_is_no_finding(record: ReviewRecord) -> None:
    told = {(claim.predicate, claim.object): claim.status for claim in record.claims}
    assert told["affects", "oxidative stress"] == "asserted"
    assert [c.status for c in record.claims if c.predicate in ("treats", "studied_to_treat")] in ([], ["hypothesised"])
    assert {c.status for c in record.claims if c.object == "ALS progression"} <= {"hypothesised"}
    assert not [c for c in record.claims if c.predicate == "in_clinical_trials_for" and c.status == "asserted"]


def test_advice_cost_and_cases(record: ReviewRecord) -> None:
    assert record.advice is not None
    assert record.advice.category == "not advised"
    assert [(cost.low, cost.currency) for cost in record.costs] == [(40, "USD")]
    assert [case.participants for case in record.cases] == [2]


@pytest.mark.parametrize("label", ["  • ", "  • {}. ", "{}. ", "[{}] "])
def test_lists_of_references_with_bullets_and_more_below(label: str) -> None:
    text = publisher_text() + "\n\nRelated Research\n\nPeople also read\n\nOtherine for all (2019)\n"
    for i, reference in enumerate(REFERENCES, 1):
        text = text.replace(f"  {i}. {reference}", label.format(i) + reference)
    record = extract_record(parse_document(text.encode(), "page.txt"), load_vocabulary())
    assert [(r.raw or "")[:20] for r in record.references] == [reference[:20] for reference in REFERENCES]
    assert "Otherine" not in (record.references[-1].raw or "")
    for read in record.references:
        assert read.raw_place is not None
        assert text[read.raw_place.start : read.raw_place.end].startswith((read.raw or "")[:20])


def test_what_is_unclear_stays_unclear_behind_an_and() -> None:
    text = publisher_text().replace(
        "It may also", "It is unclear if examplene and the doses used reduced glutamate excitotoxicity. It may also"
    )
    record = extract_record(parse_document(text.encode(), "page.txt"), load_vocabulary())
    assert [c.status for c in record.claims if "glutamate" in c.object or "excitotox" in c.object] == ["unclear"]


def test_a_page_with_nothing_but_the_abstract() -> None:
    """As libraries and lists of publications print it: the title with its journal behind it, labels over values."""
    text = (
        "University of Nowhere\n\nALSUntangled #912: examplene. Muscle Nerve Dis 2023 Jun 08:1-5\n\nDate\n\n06/08/2023\n\nDOI\n\n"
        "10.9999/exa.912\n\nAbstract\n\nWe look at examplene, whose mechanisms could slow ALS progression. A trial, "
        "published in 2019, saw no effect. At this time, we cannot endorse examplene as a treatment to slow ALS progression.\n\nAuthor List\n\nAyers B, Dole E"
    )
    record = extract_record(parse_document(text.encode(), "page.txt"), load_vocabulary())
    assert record.treatment is not None
    assert record.treatment.label == "examplene"
    assert (record.review.number, record.review.doi, record.review.published) == (912, "10.9999/exa.912", "2023-06-08")
    assert record.advice is not None
    assert record.advice.category == "not advised"
    assert {claim.status for claim in record.claims} <= {"hypothesised"}
