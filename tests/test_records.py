"""Records on disk: what is read, what is refused and how, what is written."""

import typing
from operator import itemgetter
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from record_strategies import values_of

from alsu_kg.model.errors import RecordError
from alsu_kg.model.review import Claim, Reference, Review, ReviewRecord, Treatment
from alsu_kg.records import find_record_files, format_record, parse_record, read_record

BAD = {
    "a wrong field": ("record: x\nreview:\n  colour: red\n", r"x\.yaml:3?2?: review: .*unknown field 'colour'"),
    "an impossible grade": (
        "record: x\nreview: {}\ngrades:\n- category: risks\n  letter: G\n",
        r"x\.yaml:5: grades\[0\]\.letter: ",
    ),
    "an unknown category": (
        "record: x\nreview: {}\ngrades:\n- category: price\n  letter: A\n",
        r"x\.yaml:4: grades\[0\]\.category: .*price",
    ),
    "a malformed DOI": (
        "record: x\nreview: {doi: doi.org/10.1}\n",
        r"x\.yaml:2: review\.doi: .*is not a canonical DOI.*10\.1002",
    ),
    "a DOI in capitals": ("record: x\nreview: {doi: 10.1002/MUS.1}\n", r"lower case"),
    "broken YAML": ("record: x\nreview: [\n", r"x\.yaml: not well-formed: .*line \d"),
    "a duplicate key": ("record: x\nrecord: y\nreview: {}\n", r"duplicate entry.*record"),
    "a missing key": ("record: x\n", r"x\.yaml:1: top level: .*missing required field 'review'"),
    "not a mapping": ("- 1\n- 2\n", r"Expected 'object', got 'array'"),
    "nothing": ("", r"Expected 'object', got 'null'"),
    "a text for a number": (
        "record: x\nreview: {number: many}\n",
        r"x\.yaml:2: review\.number: Expected 'int \| null', got 'str'",
    ),
    "an impossible date": ("record: x\nreview: {published: 2020-13}\n", r"review\.published"),
    "a reference twice": (
        "record: x\nreview: {}\nreferences:\n- number: 1\n- number: 1\n",
        r"x\.yaml:4: references: reference number 1 stands twice",
    ),
    "a citation of nothing": (
        "record: x\nreview: {}\nclaims:\n- {subject: a, predicate: affects, object: b, status: asserted, cites: [3]}\n",
        r"x\.yaml:4: claims\[0\]\.cites: cites reference 3, which the record does not have",
    ),
    "a hop that is no claim": ("record: x\nreview: {}\npaths:\n- hops: [0]\n", r"paths\[0\]\.hops: hop 0 is no claim"),
    "a source that is not there": (
        "record: x\nreview: {}\ngrades:\n- {category: risks, letter: A, stated_in: page}\n",
        r"names the source 'page', which the record does not have",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_records_are_refused_in_one_line_with_place_and_repair(case: str) -> None:
    text, message = BAD[case]
    with pytest.raises(RecordError, match=message) as caught:
        parse_record(text, "x.yaml")
    assert "\n" not in str(caught.value)
    assert "Repair: " in str(caught.value)


def test_json_is_read_like_yaml() -> None:
    assert parse_record('{"record": "x", "review": {"number": 3}}', "x.json").review.number == 3
    with pytest.raises(RecordError, match=r"x\.json: not well-formed: .*line 1 column"):
        parse_record("{", "x.json")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "x.yaml"
    latin.write_bytes(b"record: caf\xe9\n")
    with pytest.raises(RecordError, match=r"cannot be read.*UTF-8"):
        read_record(latin)
    with pytest.raises(RecordError, match="no such file"):
        find_record_files([tmp_path / "nothing.yaml"])


def test_dates_and_words_like_no_stay_text() -> None:
    record = parse_record("record: x\nreview: {published: 2020-08-20, volume: no, first_page: '0x1F'}\n", "x.yaml")
    assert (record.review.published, record.review.volume, record.review.first_page) == ("2020-08-20", "no", "0x1F")


WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@example("a\x85b", "\u2028", ["\ufeff", "a\r\nb", "\x00", "\x7f"])
@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_what_is_written_is_read_again(title: str, label: str, aliases: list[str]) -> None:
    record = ReviewRecord(
        record="x",
        review=Review(title=title, volume=title),
        treatment=Treatment(label=label, aliases=tuple(aliases)),
        references=(Reference(number=1, title=title, first_page=label),),
        claims=(Claim(subject=label, predicate="affects", object=title, status="unclear", cites=(1,)),),
    )
    text = format_record(record)
    assert parse_record(text, "x.yaml") == record
    assert format_record(parse_record(text, "x.yaml")) == text
    in_yaml_1_1 = yaml.load(text, Loader=yaml.CSafeLoader)
    assert (in_yaml_1_1["review"]["title"], in_yaml_1_1["treatment"]["aliases"]) == (title, aliases)


@pytest.mark.parametrize("field", typing.get_type_hints(ReviewRecord, include_extras=True).items(), ids=itemgetter(0))
def test_every_value_of_every_part_survives(field: tuple[str, object]) -> None:
    """Numbers that are 0 and answers that are *no* too: a claim counted from 0, a case that was found not to be valid."""
    name, kind = field

    @settings(max_examples=60, deadline=None)
    @given(values_of(kind))
    def survives(value: object) -> None:
        record = msgspec.structs.replace(ReviewRecord(record="x", review=Review()), **{name: value})
        text = format_record(record)
        assert parse_record(text, "x.yaml", is_draft=True) == record

    survives()


@pytest.mark.parametrize(
    "value",
    ["1e3", "0o17", "0x1F", "012", "1_000", "~", "null", "true", "No", "2020-08-20", "-", "", " a ", "1.", ".inf"],
)
def test_texts_that_look_like_something_else_survive(value: str) -> None:
    record = ReviewRecord(record="x", review=Review(volume=value))
    text = format_record(record)
    assert parse_record(text, "x.yaml").review.volume == value
    assert yaml.safe_load(text)["review"]["volume"] == value
