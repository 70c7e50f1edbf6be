"""The facts under ``../shared/facts`` and the records of ``data/reviews``, read once for tests that compare them."""

import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from alsu_kg.model.review import Category, ReviewRecord
from alsu_kg.records import read_record

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "reviews").glob("*.yaml"))
FACTS = ROOT.parent / "shared" / "facts"

# This record is written from the review's own text, with claims, trials and advice in more detail than the facts hold.
FROM_THE_REVIEW = "Azathioprine"

# One change of a history text: a category (left out where it is the one before), the old letter if stated, the new one.
CHANGE = re.compile(
    r"\b(?:(Mechanism|Pre-Clinical|Cases|Trials|Risks)\s+)?(?:changed\s+|later\s+)?(?:([A-FU])\s+)?to ([A-FU])\b"
)

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts (../shared/facts) are not here")


class Mechanism(msgspec.Struct):
    claim: str
    targets: list[str]
    source: str


class Conflict(msgspec.Struct):
    field: str
    other: str
    other_from: str


class StatedAdvice(msgspec.Struct):
    category: str
    paraphrase: str


class Parent(msgspec.Struct):
    number: int | None
    treatment: str


class Fact(msgspec.Struct):
    """One entry of ``reviews.json``, as far as the tests read it."""

    number: int | None
    treatment: str
    title: str | None
    aliases: list[str]
    year: int | None
    published: str | None
    doi: str | None
    pmid: str | None
    url: str | None
    last_site_update: str | None
    first_author: str | None
    volume_pages: str | None
    grades: dict[Category, str | None]
    grades_sources: dict[Category, list[str]]
    grade_history: str | None
    grade_flags: list[str]
    conflicts: list[Conflict]
    mechanisms: list[Mechanism]
    trials_mentioned: list[str]
    conclusion_advice: StatedAdvice | None
    sources: list[str]
    part_of_review: Parent | None = None
    preclinical_pmids: list[str] = []
    trials_pmids: list[str] = []


class NamedStudy(msgspec.Struct):
    """A study that a page of the reviewers' site names."""

    treatment: str
    source: str
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    nct: str | None = None


class CitedWorks(msgspec.Struct):
    studies_named_on_review_pages: list[NamedStudy]


class Change(msgspec.Struct, frozen=True):
    """A change of letter that a history text tells of."""

    category: str
    old: str | None
    new: str
    date: str | None


@cache
def records() -> dict[str, ReviewRecord]:
    """Every record of ``data/reviews`` by the name of its file."""
    return {path.name: read_record(path) for path in FILES}


@cache
def facts() -> list[Fact]:
    """Every entry of ``reviews.json``."""
    return msgspec.json.decode((FACTS / "reviews.json").read_bytes(), type=list[Fact])


@cache
def named_studies() -> list[NamedStudy]:
    """Every study that a page of the reviewers' site names."""
    cited_works = (FACTS / "cited-works.json").read_bytes()
    return msgspec.json.decode(cited_works, type=CitedWorks).studies_named_on_review_pages


def record_of(fact: Fact) -> ReviewRecord:
    """The record of a fact, found by the treatment's name, or by the number for an article without treatment."""
    found = [
        record
        for record in records().values()
        if (record.treatment.label == fact.treatment if record.treatment else record.review.number == fact.number)
    ]
    assert len(found) == 1, f"{fact.treatment} has {len(found)} records"
    return found[0]


def url_of(source: str) -> str:
    """The address in a source string of the facts, without the remark in brackets behind it."""
    return re.sub(r"\s*\([^()]*\)$", "", source)


def keys_of(record: ReviewRecord, source: str) -> set[str]:
    """The keys under which ``record`` holds a source string of the facts (a set of one, unless it is lost)."""
    url = url_of(source)
    if url.startswith("seed:"):
        return {s.key for s in record.sources if s.kind == "article" and s.sha256}
    file_on_github = re.fullmatch(r"github:([^@]+)@(\w+):(.+)", url)
    same = {url}
    if file_on_github:
        same.add("https://github.com/{}/blob/{}/{}".format(*file_on_github.groups()))
    return {s.key for s in record.sources if s.url in same}


def stated_grades(fact: Fact) -> list[tuple[str, str, str]]:
    """Every (category, letter, source) of a fact: what it keeps, and what its conflicts hold against that."""
    kept = [
        (category, letter, source)
        for category, letter in fact.grades.items()
        if letter
        for source in dict.fromkeys(fact.grades_sources[category])
    ]
    return kept + [(c.field.removeprefix("grades."), c.other, c.other_from) for c in fact.conflicts]


def stated_changes(history: str) -> list[Change]:
    """Read the changes out of a history text such as ``Risks changed B to D in update of 2021-08-23``.

    A part without a category (``and later D to F``) is about the category before it; a date holds for its part of the
    sentence, up to the next semicolon.
    """
    changes: list[Change] = []
    for part in history.split(";"):
        date = re.search(r"update of (\d{4}-\d\d-\d\d)", part)
        category = ""
        for match in CHANGE.finditer(part):
            category = (match[1] or category).replace("-", "").lower()
            changes.append(Change(category, match[2], match[3], date[1] if date else None))
    return changes


def per_fact(*, whole: bool = True) -> pytest.MarkDecorator:
    """Run a test once per fact; ``whole=False`` leaves out the record that was written from the review's own text."""
    chosen = facts() if FACTS.is_dir() else []
    if not whole:
        chosen = [fact for fact in chosen if fact.treatment != FROM_THE_REVIEW]
    return pytest.mark.parametrize("fact", chosen, ids=lambda fact: fact.treatment)
