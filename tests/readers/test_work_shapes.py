"""Records read by their usual shape are the ones that reading all of them gives."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.work_record import NotAWorkError, read_record
from alsu_kg.readers.work_shapes import read_usual_record, split_usual_reply

RESPONSES = Path(__file__).resolve().parents[3] / "shared" / "responses"
TEXTS = st.sampled_from(
    ["", " ", "A", " Motor  neurons &amp; mice\n", "10.1000/AbC", "https://doi.org/10.1000/x", "12-15", "e7", "2001", "31280619",
     "https://openalex.org/W1", "van der Berg", "κ", None, 7, 2017, 2001.0, True, [], ["A", "B"], [None], {}, {"name": "x"}]
)  # fmt: skip
PEOPLE = st.lists(
    st.one_of(
        st.lists(TEXTS, max_size=3),
        TEXTS,
        st.dictionaries(st.sampled_from(["family", "given", "literal", "name", "author"]), TEXTS, max_size=3),
        st.fixed_dictionaries({"author": st.dictionaries(st.just("display_name"), TEXTS)}),
    ),
    max_size=3,
)
DATES = st.dictionaries(
    st.sampled_from(["date-parts", "raw", "literal"]),
    st.one_of(TEXTS, st.lists(st.lists(TEXTS, max_size=2), max_size=2)),
)
NESTED = st.dictionaries(
    st.sampled_from(["volume", "issue", "first_page", "pmid", "source"]),
    st.one_of(TEXTS, st.dictionaries(st.just("display_name"), TEXTS)),
)
PLAIN = ["id", "doi", "pmid", "title", "year", "container", "short_container", "volume", "issue", "first_page", "kind", "DOI",
         "PMID", "type", "page", "page-first", "article-number", "subtitle", "container-title", "short-container-title",
         "container-title-short", "display_name", "publication_year", "abstract"]  # fmt: skip
FIELDS: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(PLAIN, TEXTS),
    **dict.fromkeys(["author", "authors", "editor", "authorships"], PEOPLE),
    **dict.fromkeys(["issued", "published-print", "published"], DATES),
    **dict.fromkeys(["biblio", "ids", "primary_location"], NESTED),
}
RECORDS = st.lists(st.sampled_from(sorted(FIELDS)), max_size=9).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})
)


def read_whole(record: object) -> Candidate | str:
    try:
        return read_record(record)
    except NotAWorkError as error:
        return str(error)


def read_shape(text: bytes) -> Candidate | str | None:
    try:
        return read_usual_record(text)
    except NotAWorkError as error:
        return str(error)


@given(RECORDS)
def test_a_record_has_one_reading(record: dict[str, object]) -> None:
    found = read_shape(json.dumps(record).encode())
    assert found is None or found == read_whole(record)


def recorded() -> Iterator[bytes]:
    for path in sorted(RESPONSES.glob("*/*.json")):
        yield path.read_bytes()


@pytest.mark.skipif(not RESPONSES.exists(), reason="recorded responses are not there")
def test_recorded_answers_of_services_are_read_alike() -> None:
    read = 0
    for data in recorded():
        for text in split_usual_reply(data) or ():
            found = read_shape(bytes(text))
            assert found is None or found == read_whole(msgspec.json.decode(text))
            read += isinstance(found, Candidate)
    assert read > 100, "hardly any real record has the usual shape"


@pytest.mark.parametrize(
    "text",
    [b'{"DOI": "10.1000/a", "title": ["A"], "reference": [{"key": "1"}]}', b'{"title": "A", "authors": [["B", "C"]], "id": "1"}',
     b'{"id": "https://openalex.org/W1", "title": "A", "authorships": [{"author": {"display_name": "A B"}}]}'],
)  # fmt: skip
def test_usual_records_are_not_left_to_the_slow_way(text: bytes) -> None:
    assert isinstance(read_usual_record(text), Candidate)
