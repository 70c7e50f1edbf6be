"""The records of ``data/reviews`` taken by themselves: canonical form, unique keys, sources, identifiers, parts."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from review_facts import FILES, records

from alsu_kg.records import format_record, parse_record

REPAIR = "write it again with `python -m alsu_kg.records FILE...`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_canonical_and_named_after_its_key(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    record = parse_record(text, path.name)
    assert record.record == path.stem
    assert format_record(record) == text, f"{path.name} is not in canonical form: {REPAIR}"


def repeated(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_keys_treatments_and_numbers_are_unique() -> None:
    assert repeated(record.record for record in records().values()) == []
    assert repeated(record.treatment.label for record in records().values() if record.treatment) == []
    assert repeated(record.review.number for record in records().values() if record.review.number) == []
    assert repeated(record.review.doi for record in records().values() if record.review.doi) == []


def test_all_reviewed_treatments_are_here() -> None:
    assert len(records()) == 79
    assert [record.record for record in records().values() if record.treatment is None] == ["ten-red-flags"]
    assert records()["ten-red-flags.yaml"].review.kind == "methods-article"


def test_every_record_names_its_curator_and_its_sources_with_addresses() -> None:
    for record in records().values():
        assert record.curation, record.record
        assert record.sources, record.record
        assert [s.key for s in record.sources if not s.url] == [], record.record
        urls = [s.url for s in record.sources]
        assert len(urls) == len(set(urls)), f"{record.record} has one source twice"


def test_grades_and_claims_say_where_they_come_from() -> None:
    for record in records().values():
        assert [g for g in record.grades if g.stated_in is None] == [], record.record
        assert [c for c in record.claims if c.stated_in is None] == [], record.record


def test_external_identifiers_are_well_formed_and_have_one_label_each() -> None:
    forms = {"chebi": r"CHEBI:[1-9][0-9]*", "mesh": r"MESH:[CD][0-9]{6,9}"}
    labels: dict[str, tuple[str, str]] = {}
    for record in records().values():
        for vocabulary, known in record.treatment.identifiers.items() if record.treatment else ():
            assert re.fullmatch(forms.get(vocabulary, r"[A-Za-z0-9.]+:\S+"), known.id), (record.record, known)
            assert known.label.strip(), (record.record, known)
            first = labels.setdefault(known.id, (known.label, record.record))
            assert first == (known.label, record.record), f"{known.id} stands for two treatments"


def test_combined_letters_are_flagged_and_replaced_letters_are_not_current() -> None:
    for record in records().values():
        for grade in record.grades:
            assert ("combined-letter" in grade.flags) == ("/" in grade.letter), (record.record, grade)
            assert grade.superseded or grade.until is None, (record.record, grade)


def test_parts_of_one_review_name_the_same_review() -> None:
    labels: dict[str, set[str]] = {}
    for record in records().values():
        if record.review.part_of:
            assert record.review.number is None, record.record
            labels.setdefault(record.review.part_of.review, set()).add(record.review.part_of.label)
    assert labels == {"53": {"Carnitine supplements"}, "copper": {"Copper"}, "sodium-chlorite": {"Sodium chlorite"}}
    assert records()["carnitine-supplements.yaml"].review.number == 53
