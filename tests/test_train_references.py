"""The tables by which references are read are learned from records and tagged references: here from a few of our own."""

import gzip
import json
import random
import sys
from pathlib import Path

import pytest

from alsu_kg import train_references
from alsu_kg.extraction.references.citation_words import parse_citation_words
from alsu_kg.extraction.references.reference_string import parse_reference

JOURNALS = ("Acta Examplica", "Annals of Examplene", "Journal of Made Things", "Examplene Letters")
WORDS = (
    "growth",
    "of",
    "cells",
    "in",
    "old",
    "mice",
    "after",
    "treatment",
    "with",
    "examplene",
    "and",
    "light",
    "shows",
    "repair",
)


def write(directory: Path) -> None:
    source = random.Random(5)
    records, references = [], []
    for i in range(300):
        title = "Study " + " ".join(source.choice(WORDS) for _ in range(7)) + " cells"
        family, journal = source.choice(("Maker", "Second", "Thirdman")), source.choice(JOURNALS)
        records.append(
            {"title": title, "container": f"{journal} {i}", "short_container": None, "authors": [[family, "A"]]}
        )
        parsed = {"author": family, "article-title": title, "journal-title": journal}
        references.append(
            {
                "id": str(i),
                "kind": "structured",
                "journal_key": journal.lower().replace(" ", ""),
                "parsed": parsed,
                "unstructured": f"{family} {title} {journal} {i} 12 1990",
            }
        )
    with gzip.open(directory / "pool.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
    (directory / "gold.dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in references), encoding="utf-8")


def learn(directory: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> dict[str, str]:
    monkeypatch.setattr(sys, "argv", ["train", str(directory), "-o", str(directory), *more])
    assert train_references.main() == 0
    return {path.name: path.read_text(encoding="utf-8") for path in directory.glob("*.tsv")}


def test_what_is_learned_reads_unseen_references(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    words = parse_citation_words(learn(tmp_path, monkeypatch))
    assert words.odds["acta"].container > 2 > -2 > words.odds["mice"].container
    found = parse_reference("Maker Study repair of light after cells Annals of Examplene 7 12 1991", words)
    assert (found.authors, found.title, found.container) == (
        ("Maker",),
        "Study repair of light after cells",
        "Annals of Examplene",
    )


def test_the_same_data_give_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    assert learn(tmp_path, monkeypatch) == learn(tmp_path, monkeypatch)


def test_a_half_left_out_changes_what_is_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    key = train_references.fold_letters(JOURNALS[0])
    half = "A" if train_references.in_half(key, "A") else "B"
    whole, part = learn(tmp_path, monkeypatch), learn(tmp_path, monkeypatch, "--without-half", half)
    assert "\nacta\t" in whole["journal_words.tsv"]
    assert part["journal_words.tsv"] != whole["journal_words.tsv"]
