"""Traps of Crossref items that no recorded reply shows alone."""

import pytest

from alsu_kg.indexes import crossref
from alsu_kg.indexes.crossref_work import crossref_work
from alsu_kg.indexes.retraction_status import is_notice
from alsu_kg.model.exchange import Response


def update(doi: str, kind: str) -> dict[str, object]:
    return {"DOI": doi, "type": kind, "source": "publisher", "updated": {"date-parts": [[2020, 1, 2]]}}


def test_an_article_that_points_at_its_own_correction_is_no_notice() -> None:
    item = {"DOI": "10.1000/a", "title": ["A trial"], "update-to": [update("10.1000/N", "correction")]}
    assert is_notice(crossref_work(item))
    article = crossref_work({**item, "updated-by": [update("10.1000/n", "correction")]})
    assert (article.notice_of, [notice.doi for notice in article.notices]) == ((), ["10.1000/n"])
    assert not is_notice(article)


def test_a_retraction_notice_that_was_itself_corrected_stays_a_notice() -> None:
    item = {"DOI": "10.1000/n", "title": ["Retraction: A trial"], "update-to": [update("10.1000/a", "retraction")]}
    notice = crossref_work({**item, "updated-by": [update("10.1000/m", "erratum")]})
    assert is_notice(notice)
    assert [target.doi for target in notice.notice_of] == ["10.1000/a"]


@pytest.mark.parametrize(
    "issued", [{"date-parts": [[None]]}, {"date-parts": [[]]}, {"date-parts": []}, None, {}, "2020"]
)
def test_no_date_is_no_date(issued: object) -> None:
    assert crossref_work({"DOI": "10.1000/a", "issued": issued}).issued is None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("188-91", "188-91"),
        ("e30-e30", "e30"),
        ("29-5410-29-5410", "29-5410"),
        ("S1–S9", "S1-S9"),
        (" 12 ", "12"),
        ("", None),
    ],
)
def test_pages(page: str, expected: str | None) -> None:
    assert crossref_work({"DOI": "10.1000/a", "page": page}).page == expected


@pytest.mark.parametrize(
    "body", [b"[]", b'{"message": {"items": null}}', b'{"message": []}', b"null", b'"text"', b"12"]
)
def test_json_of_another_shape_is_could_not_check(body: bytes) -> None:
    response = Response(url="", status=200, body=body)
    assert crossref.read_work(response).outcome == "could-not-check"
    assert crossref.read_works(response).outcome == "could-not-check"
    assert crossref.read_search(response).outcome == "could-not-check"


def test_wrongly_typed_fields_are_not_known_and_no_error() -> None:
    item = {
        "DOI": "10.1000/a",
        "title": 7,
        "author": "Brown",
        "license": {"URL": 1},
        "relation": [],
        "updated-by": "x",
        "ISSN": [None],
    }
    work = crossref_work(item)
    assert (work.doi, work.authors, work.notices, work.issn) == ("10.1000/a", (), (), ())
