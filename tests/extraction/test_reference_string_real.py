"""Reference strings: real ones from ../shared/evaluation, and styles of our own."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.references.reference_string import parse_reference

GOLD = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "references" / "gold.dev.jsonl"
GOALS = {"author": 0.95, "year": 0.95, "volume": 0.95, "page": 0.95, "title": 0.90, "container": 0.90}


def fold(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", str(value)).lower())


def gold_fields(parsed: dict[str, object]) -> dict[str, object]:
    authors = parsed.get("authors")
    first = (
        authors[0][0] if isinstance(authors, list) and authors else parsed.get("first_author") or parsed.get("author")
    )
    return {
        "author": first,
        "year": parsed.get("year"),
        "volume": parsed.get("volume"),
        "page": parsed.get("fpage") or parsed.get("first-page"),
        "title": parsed.get("title") or parsed.get("article-title"),
        "container": parsed.get("source") or parsed.get("journal-title"),
    }


def same(name: str, gold: object, found: object) -> bool:
    if name != "author":
        return fold(gold) == fold(found)
    family = re.sub(r"(?:\s+(?:[A-Z]{1,4}|(?:[A-Z]\.[\s-]?)+))+$", "", str(found))
    return bool(fold(family)) and fold(family) in fold(gold)


SPACED_GOALS = {"author": 0.95, "year": 0.98, "volume": 0.95, "page": 0.95, "title": 0.80, "container": 0.85}


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/evaluation")
@pytest.mark.parametrize(
    ("structured", "goals"), [(False, GOALS), (True, SPACED_GOALS)], ids=["printed", "joined by spaces"]
)
def test_real_reference_strings(structured: bool, goals: dict[str, float]) -> None:
    """Printed strings, and parts that a publisher tagged, joined by nothing but spaces."""
    wanted, made, right = Counter[str](), Counter[str](), Counter[str]()
    journal_words = load_vocabulary().journal_words
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["kind"] != "unstructured") is not structured or not row.get("parsed") or not row["unstructured"]:
            continue
        fields = parse_reference(row["unstructured"], journal_words)
        found = {
            "author": fields.authors[0] if fields.authors else None,
            "year": fields.year,
            "volume": fields.volume,
            "page": fields.first_page,
            "title": fields.title,
            "container": fields.container,
        }
        for name, gold in gold_fields(row["parsed"]).items():
            if gold not in (None, ""):
                wanted[name] += 1
                made[name] += found[name] is not None
                right[name] += found[name] is not None and same(name, gold, found[name])
    f1 = {name: 2 * right[name] / (wanted[name] + made[name]) for name in GOALS}
    assert {name: score for name, score in f1.items() if score < goals[name]} == {}


STYLES = {
    "vancouver": "1. Maker AB, van Second C, et al. Making of examplene in mice. J Org Chem. 1990;55(2):101–9.",
    "ama": "Maker AB, van Second C. Making of examplene in mice. J Org Chem. 1990;55(2):101-109. doi:10.1000/abc.1",
    "apa": "Maker, A. B., & van Second, C. (1990). Making of examplene in mice. J Org Chem, 55(2), 101–109.",
    "harvard": "Maker, A.B. and van Second, C., 1990. Making of examplene in mice. J Org Chem, 55(2), pp.101-109.",
    "ieee": "[1] A. B. Maker and C. van Second, “Making of examplene in mice,” J Org Chem, vol. 55, no. 2, pp. 101–109, 1990.",
    "nature": "1. Maker, A. B. & van Second, C. Making of examplene in mice. J Org Chem 55, 101–109 (1990).",
    "springer": "Maker AB, van Second C (1990) Making of examplene in mice. J Org Chem 55(2):101–109",
    "bmc": "Maker AB, van Second C: Making of examplene in mice. J Org Chem 1990, 55:101-109.",
    "broken lines": "Maker AB, van Second C. Making of exam-\nplene in mice. J Org\nChem. 1990;55(2):101–9.",
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    found = parse_reference(STYLES[style], load_vocabulary().journal_words)
    assert found.authors[0].startswith("Maker A")
    assert len(found.authors) == 2
    assert (found.title, found.container) == ("Making of examplene in mice", "J Org Chem")
    assert (found.year, found.volume, found.first_page, found.last_page) == (1990, "55", "101", "109")


def test_other_kinds() -> None:
    web = parse_reference("Drug page [online]. Available at: https://example.org/drug. Accessed June 24, 2020.")
    assert (web.kind, web.title, web.url, web.accessed) == (
        "web-page",
        "Drug page",
        "https://example.org/drug",
        "2020-06-24",
    )
    book = parse_reference(
        "World Group on Drugs. Pharmaceuticals. Lyon (FR): Big Agency; 2012. (Drug Monographs, No. 7A.) Available at: https://example.org/b"
    )
    assert (book.kind, book.title, book.container, book.year, book.volume) == (
        "book-chapter",
        "Pharmaceuticals",
        "Drug Monographs",
        2012,
        "7A",
    )
    press = parse_reference("Lee A, Kim B. Thing in press. Brain (in press). PMID: 12345678; PMCID: PMC123456")
    assert (press.authors, press.pmid, press.pmcid) == (("Lee A", "Kim B"), "12345678", "PMC123456")
    electronic = parse_reference("Lee A. A short title here. PLoS One. 2012;7:e50698.", load_vocabulary().journal_words)
    assert (electronic.first_page, electronic.container) == ("e50698", "PLoS One")
