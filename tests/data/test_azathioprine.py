"""The curated record of the seed review (ALSUntangled 58) says what the review says, and says where it stands.

The tests on places read the seed under ``../shared`` and are skipped where it is absent.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from alsu_kg.model.review import CATEGORIES, Dose, Place, Quantity, Range, ReviewRecord
from alsu_kg.records import format_record, read_record

REPOSITORY = Path(__file__).resolve().parents[2]
RECORD_FILE = REPOSITORY / "data" / "reviews" / "azathioprine.yaml"
SEED = REPOSITORY.parent / "shared" / "seeds" / "000_484c04c2839ed10c.txt"

ALS = "amyotrophic lateral sclerosis"
Statuses = dict[str, list[tuple[str, tuple[int, ...]]]]
RUN = 8  # consecutive words shared with the seed that count as copied text
NAMES_AND_TITLES = frozenset({"title", "container", "authors", "url"})


@pytest.fixture(scope="module")
def record() -> ReviewRecord:
    return read_record(RECORD_FILE)


@pytest.fixture(scope="module")
def raw() -> str:
    if not SEED.exists():
        pytest.skip("the seed review lies outside the repository, in ../shared/seeds, which is not here")
    return SEED.read_bytes().decode("utf-8")


def span(place: Place | None) -> tuple[int, int]:
    assert place is not None
    assert place.start is not None
    assert place.end is not None
    return place.start, place.end


def cut(raw: str, place: Place | None) -> str:
    start, end = span(place)
    assert 0 <= start < end <= len(raw)
    return raw[start:end]


def plain(text: str) -> str:
    """Undo the LaTeX and emphasis of the seed and join its lines."""
    text = text.replace(r"NF- $\kappa$ B", "NF-κB").replace(r"$\kappa$ B", "κB").replace("*", "")
    return re.sub(r"\s+", " ", text)


def expand(printed: str) -> tuple[int, ...]:
    """Expand the inside of a printed pointer: ``8–10`` gives 8, 9 and 10."""
    numbers: list[int] = []
    for piece in printed.split(","):
        low, _, high = piece.partition("–")
        numbers += range(int(low), int(high or low) + 1)
    return tuple(numbers)


def test_counts(record: ReviewRecord) -> None:
    counts = {
        "sections": 10,
        "grades": 13,
        "references": 23,
        "pointers": 32,
        "claims": 51,
        "paths": 2,
        "cases": 4,
        "trials": 2,
        "risks": 13,
        "monitoring": 5,
        "dosing": 2,
        "costs": 1,
        "disclosures": 12,
        "related_works": 0,
    }
    assert {part: len(getattr(record, part)) for part in counts} == counts


def test_header_and_canonical_form(record: ReviewRecord) -> None:
    review = record.review
    assert (review.number, review.doi, review.published) == (58, "10.1080/21678421.2020.1809821", "2020-08-20")
    assert len(set(review.reviewers)) == 16
    assert (review.reviewers[0], review.reviewers[-1]) == ("Lily Elman", "Paul Wicks")
    assert record.treatment is not None
    assert record.treatment.identifiers["chebi"].id == "CHEBI:2948"
    assert " ".join(section.role for section in record.sections) == (
        "other background mechanism preclinical cases trials risks conclusion disclosures references"
    )
    text = RECORD_FILE.read_text(encoding="utf-8")
    assert text == format_record(record)
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", text)  # no e-mail address


def test_grades_of_every_source(record: ReviewRecord) -> None:
    for dated in (("seed", "2020-08-20"), ("assaynet-2021-10", "2021-10")):
        letters = {(g.category, g.letter) for g in record.grades if (g.stated_in, g.as_of) == dated}
        assert letters == set(zip(CATEGORIES, "CUAFD", strict=True))
    assert {(g.stated_in, g.category, g.letter) for g in record.grades if g.as_of is None} == {
        ("grade-list-mechanism-c", "mechanism", "C"),
        ("mirror-grade-list-cases-a", "cases", "A"),
        ("mirror-grade-list-trials-f", "trials", "F"),
    }


def test_references_and_their_identifiers(record: ReviewRecord) -> None:
    references = {reference.number: reference for reference in record.references}
    assert list(references) == list(range(1, 24))
    assert sorted(n for n, r in references.items() if r.doi) == [5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 19, 22]
    assert sorted(n for n, r in references.items() if r.pmid) == [6, 7, 8, 9, 11, 13, 19]
    assert [n for n, r in references.items() if r.kind == "web-page"] == [1, 2, 3, 4, 14, 17]
    assert references[20].kind == "book-chapter"
    assert sum(r.kind == "article" for r in references.values()) == 16
    for reference in references.values():
        known = bool(reference.doi or reference.pmid)
        assert reference.link_status == ("linked" if known else "unlinked")
        assert (bool(reference.link_reason), bool(reference.identifier_source)) == (not known, known)
    assert (references[9].first_page, references[9].last_page) == ("1009", "1023")
    assert (references[6].first_page, references[6].last_page) == ("17023", None)
    assert ("Mastinib" in str(references[13].title), "masitinib" in str(references[13].note)) == (True, True)
    assert all(references[n].note for n in (2, 3, 4, 14))


def test_pointers_reach_every_reference(record: ReviewRecord) -> None:
    links = [number for pointer in record.pointers for number in pointer.numbers]
    assert (len(links), set(links)) == (36, set(range(1, 24)))


def test_status_and_citations(record: ReviewRecord) -> None:
    expected: Statuses = {
        "Azathioprine causes immune suppression": [("asserted", (2,))],
        "Azathioprine affects purine synthesis": [("asserted", ())],
        "purine synthesis is_required_for DNA replication": [("asserted", ())],
        "Azathioprine treats rheumatoid arthritis": [("asserted", (3,))],
        "neuroinflammation involved_in ALS progression": [("hypothesised", (5,))],
        "NF-kB regulates inflammation": [("asserted", (6,))],
        "NF-kB causes inflammatory cytokines": [("asserted", (7,))],
        "inflammatory cytokines causes neuronal death": [("asserted", (7,))],
        "NF-kB is_increased_in SOD1-G93A mouse": [("asserted", (8, 9, 10))],
        "activated microglia located_in spinal cord": [("asserted", (8, 9, 10))],
        "NF-kB contributes_to ALS progression": [("asserted", (8, 9, 10))],
        f"immunomodulatory drugs ameliorates_condition {ALS}": [("negated", (12,))],
        f"masitinib studied_to_treat {ALS}": [("asserted", (13,))],
        f"masitinib ameliorates_condition {ALS}": [("unclear", (13,))],
        "Azathioprine affects NF-kB": [("asserted", (11,)), ("hypothesised", ())],
        "Azathioprine affects ALS progression": [
            ("unclear", ()),
            ("hypothesised", ()),
            ("negated", ()),
            ("negated", (18,)),
            ("hypothesised", ()),
        ],
        "Azathioprine affects survival": [("negated", (19,))],
        "Azathioprine tested_in preclinical ALS models": [("no-evidence", ())] * 2,
        f"Azathioprine predisposes_to_condition {ALS}": [("speculated", ()), ("no-evidence", ())],
        "Azathioprine affects neuroinflammation": [("hypothesised", ())],
        f"somatic mutation causes {ALS}": [("hypothesised", (22,))],
        "Azathioprine causes DNA damage": [("speculated", ())],
        f"DNA damage predisposes_to_condition {ALS}": [("speculated", ())],
    }
    found: Statuses = {statement: [] for statement in expected}
    for claim in record.claims:
        found.get(f"{claim.subject} {claim.predicate} {claim.object}", []).append((claim.status, claim.cites))
    assert found == expected


def test_effects_in_als_are_never_asserted(record: ReviewRecord) -> None:
    hops = [c for c in record.claims if (c.subject, c.object) == ("Azathioprine", "NF-kB")]
    assert [(c.status, c.polarity, c.context.species, c.context.disease) for c in hops] == [
        ("asserted", "decreases", "mouse", "ulcerative colitis"),
        ("hypothesised", "decreases", "human", ALS),
    ]
    stated_of_als = [
        c
        for c in record.claims
        if c.subject == "Azathioprine"
        and c.status == "asserted"
        and (ALS in (c.object, c.context.disease) or "ALS" in c.object)
    ]
    assert [c.predicate for c in stated_of_als] == ["in_clinical_trials_for"]


def test_paths_are_chains_with_a_weakest_hop(record: ReviewRecord) -> None:
    chains = []
    for path in record.paths:
        hops = [record.claims[hop] for hop in path.hops]
        assert all(first.object == second.subject for first, second in pairwise(hops))
        chains.append([hops[0].subject, *(hop.object for hop in hops)])
        assert path.weakest == path.hops[0]
        assert path.why_weak
    assert chains == [
        ["Azathioprine", "NF-kB", "microglia", "inflammatory cytokines", "neuronal death"],
        ["Azathioprine", "DNA damage", ALS],
    ]
    weakest = record.claims[record.paths[0].weakest or 0]
    assert (weakest.cites, weakest.context.disease) == ((11,), "ulcerative colitis")
    assert {record.claims[hop].status for hop in record.paths[1].hops} == {"speculated"}


def test_cases(record: ReviewRecord) -> None:
    assert [(c.participants, c.source, c.validated, len(c.co_interventions), c.cites) for c in record.cases] == [
        (1, "online community", None, 0, (14,)),
        (3, "personal communication", None, 0, ()),
        (1, "published case report", True, 4, (15, 16)),
        (1, "patient website", True, 18, (15, 17)),
    ]
    assert record.cases[2].comorbidities == ("myasthenia gravis",)
    assert {f"vitamin {letter}" for letter in "ABCDE"} <= set(record.cases[3].co_interventions)
    assert [(m.name, m.before, m.after) for m in record.cases[3].measures] == [("ALSFRS-R", 22, 26)]


def test_trials(record: ReviewRecord) -> None:
    first, second = record.trials
    for trial in record.trials:
        assert trial.dose == Dose(amount=2, unit="mg/kg", per="day")
        assert trial.comparator == "matched historical controls"
        assert (trial.outcome or "").startswith("no difference")
    assert (first.participants, first.duration, first.cites) == (5, Quantity(amount=3, unit="week"), (18,))
    assert first.follow_up == Range(low=6.2, high=13, unit="month")
    assert (first.withdrawals, first.co_treatment) == (None, ("partial plasma exchange",))
    assert (second.participants, second.duration, second.cites) == (21, Quantity(amount=1, unit="year"), (19,))
    assert (second.withdrawals, second.co_treatment, second.follow_up) == (6, ("prednisolone",), None)


def test_risks_monitoring_dosing_cost_disclosures_advice(record: ReviewRecord) -> None:
    risks = {risk.effect: risk for risk in record.risks}
    assert (risks["cancer"].authority or "").startswith("International Agency for Research on Cancer")
    boxed = {effect for effect, risk in risks.items() if risk.seriousness == "boxed warning"}
    assert boxed == {"malignancy", "lymphoma", "skin cancer"}
    assert risks["progressive multifocal leukoencephalopathy"].seriousness == "fatal"
    assert {e: r.status for e, r in risks.items() if r.status != "asserted"} == {ALS: "speculated"}
    assert [m.schedule for m in record.monitoring[1:]] == ["every 3 months"] * 2 + ["before dosing"] * 2
    assert [(d.amount, d.routes, d.cites) for d in record.dosing] == [
        (2, ("oral",), (23,)),
        (None, ("oral", "intravenous"), (2,)),
    ]
    assert [(c.low, c.high, c.currency, c.per) for c in record.costs] == [(180, 810, "USD", "month")]
    assert Counter((d.person, d.kind) for d in record.disclosures) == {
        ("ALSUntangled", "sponsorship"): 1,
        ("Richard Bedlack", "research support"): 2,
        ("Richard Bedlack", "consulting support"): 9,
    }
    assert record.advice is not None
    assert record.advice.category == "not advised"


def test_the_seed_is_the_one_that_places_count_in(record: ReviewRecord, raw: str) -> None:
    assert record.review.source is not None
    assert record.review.source.sha256 == hashlib.sha256(raw.encode("utf-8")).hexdigest()
    assert [cut(raw, Place(start=s.start, end=s.end)).splitlines()[0].lstrip("# ") for s in record.sections] == [
        s.heading for s in record.sections
    ]


def test_every_pointer_of_the_seed_is_there_and_no_other(record: ReviewRecord, raw: str) -> None:
    body = raw[: record.sections[-1].start]
    printed = {m.span(): expand(m[1]) for m in re.finditer(r"\(([0-9]{1,2}(?:[,–][0-9]{1,2})*)\)", body)}
    assert {span(pointer.place): pointer.numbers for pointer in record.pointers} == printed
    for pointer in record.pointers:
        (section,) = [s for s in record.sections if s.heading == pointer.section]
        assert (section.start or 0) < span(pointer.place)[0] < (section.end or 0)


def test_reference_places(record: ReviewRecord, raw: str) -> None:
    after = record.sections[-1].start or 0
    entries = [m.span(1) for m in re.finditer(r"(?m)^- (.*?) *$", raw) if m.start() > after]
    assert [span(reference.raw_place) for reference in record.references] == entries
    for reference in record.references:
        text = plain(cut(raw, reference.raw_place))
        assert (reference.title or "?") in text
        assert all(part in text for part in (*reference.authors, reference.url or "", reference.volume or ""))
        assert str(reference.year or "") in text
        if reference.kind == "article":
            assert f"{reference.container}" in text
            assert re.search(rf": ?{reference.first_page}\b", text)


def test_places_of_grades_advice_disclosures(record: ReviewRecord, raw: str) -> None:
    assert record.advice is not None
    assert "do not advise" in cut(raw, record.advice.place)
    assert all(disclosure.organisation in cut(raw, disclosure.place) for disclosure in record.disclosures)
    for grade in (grade for grade in record.grades if grade.stated_in == "seed"):
        row = cut(raw, grade.rationale_place).split("\t")
        assert (row[0].lower().replace("-", ""), row[1]) == (grade.category, grade.letter)
        assert re.search(rf"[\"“]{grade.letter}[\"”]", cut(raw, grade.place))


def test_claims_cite_what_their_sentences_cite(record: ReviewRecord, raw: str) -> None:
    for claim in record.claims:
        assert claim.place is not None
        start, end = span(claim.place)
        inside = {n for p in record.pointers if start <= span(p.place)[0] < end <= len(raw) for n in p.numbers}
        nearby = {n for p in record.pointers if p.section == claim.place.section for n in p.numbers}
        assert inside <= set(claim.cites) <= nearby, claim


@pytest.mark.parametrize(
    ("part", "index", "words"),
    [
        ("cases", 0, "PatientsLikeMe"),
        ("cases", 1, "(G.L.)"),
        ("cases", 2, "pyridostigmine"),
        ("cases", 3, "22 to 26"),
        ("trials", 0, "6.2 to 13 months"),
        ("trials", 1, "Six patients"),
        ("risks", 0, "group 1 carcinogen"),
        ("risks", 10, "JC virus"),
        ("risks", 11, "less than 5%"),
        ("monitoring", 0, "weekly"),
        ("monitoring", 3, "TPMT"),
        ("monitoring", 4, "NUDT15"),
        ("dosing", 0, "2mg/kg/day"),
        ("dosing", 1, "intravenously"),
        ("costs", 0, "810"),
        ("claims", 24, "ulcerative colitis"),
        ("claims", 33, "has not been tested"),
    ],
)
def test_place_holds_what_is_meant(record: ReviewRecord, raw: str, part: str, index: int, words: str) -> None:
    assert words in cut(raw, getattr(record, part)[index].place)


def leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a tree of plain data with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from leaves(child, str(name))
    elif isinstance(value, list | tuple):
        for child in value:
            yield from leaves(child, key)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", plain(text).lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_no_sentence_of_the_seed_is_in_the_record(record: ReviewRecord, raw: str) -> None:
    printed = runs(raw)
    assert runs(cut(raw, record.claims[33].place)) & printed  # the check does see a sentence of the seed
    texts = [text for key, text in leaves(msgspec.to_builtins(record)) if key not in NAMES_AND_TITLES]
    assert [text for text in texts if runs(text) & printed] == []
