"""IRIs of things: readable, stable, and never two for one name or one for two kinds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.graph import iris
from alsu_kg.model.review import PartOf, Review, ReviewRecord


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Azathioprine", "azathioprine"),
        ("  Low  dose NALTREXONE ", "low-dose-naltrexone"),
        ("NF-κB", "nf-kappab"),
        ("TNF-α", "tnf-alpha"),
        ("Sodium chlorite (NP001)", "sodium-chlorite-np001"),
        ("Lion’s mane", "lions-mane"),
        ("Müller", "muller"),
        ("Straße", "strasse"),
        ("!", "u21"),
        ("針", "u91dd"),
        ("", "empty"),
    ],
)
def test_slug(words: str, key: str) -> None:
    assert iris.slug(words) == key


@given(st.text())
def test_a_slug_is_a_key_whatever_the_words(words: str) -> None:
    key = iris.slug(words)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    assert iris.slug(key) == key


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz -", min_size=1).filter(lambda words: words.strip(" -")))
def test_letter_case_and_white_space_do_not_count(words: str) -> None:
    assert iris.slug(words.upper()) == iris.slug(f"  {words.replace(' ', '  ')} ") == iris.slug(words)


def test_the_key_of_a_review_is_that_of_what_was_published() -> None:
    whole = Review(number=53)
    part = Review(number=99, part_of=PartOf(review="53", label="Carnitine"))
    assert iris.review_key(ReviewRecord(record="a", review=whole)) == "53"
    assert iris.review(ReviewRecord(record="b", review=part)) == iris.review(ReviewRecord(record="a", review=whole))
    assert iris.review_key(ReviewRecord(record="no-number", review=Review())) == "no-number"


@pytest.mark.parametrize(
    ("doi", "pmid", "pmcid", "work"),
    [
        ("10.5555/a", "1", "PMC2", "work/doi/10.5555/a"),
        (None, "1", "PMC2", "work/pmid/1"),
        (None, None, "PMC2", "work/pmcid/PMC2"),
        ("10.5555/a<b>", None, None, "work/doi/10.5555/a%3Cb%3E"),
    ],
)
def test_a_work_is_known_by_its_best_identifier(
    doi: str | None, pmid: str | None, pmcid: str | None, work: str
) -> None:
    assert iris.work(doi=doi, pmid=pmid, pmcid=pmcid) == f"<{iris.BASE}id/{work}>"


def test_a_work_without_identifier_has_no_iri() -> None:
    assert iris.work() is None
    assert iris.work(doi="", pmid="") is None


def test_the_graph_of_a_record_is_not_that_of_its_source() -> None:
    assert iris.graph("a", "b") == f"<{iris.BASE}id/graph/a/b>"
    assert iris.graph("a") == f"<{iris.BASE}id/graph/a>"
    assert iris.part(iris.thing("trial", "a", 1), "dose") == f"<{iris.BASE}id/trial/a/1/dose>"
