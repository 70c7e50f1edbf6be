"""The same review in every form gives the same record, and every place in it is right."""

import json
import re
from typing import Any

import msgspec
import pytest
from own_review import FORMS, REFERENCES, pdf

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.comparison import compare_records
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

BASE = "pipe-brackets.md"


def read(name: str) -> tuple[ReviewRecord, str]:
    document = parse_document(FORMS[name](), name)
    return extract_record(document, load_vocabulary()), document.raw


@pytest.fixture(scope="module")
def base() -> ReviewRecord:
    return read(BASE)[0]


def test_it_reads_what_the_review_says(base: ReviewRecord) -> None:
    assert (base.review.number, base.review.doi, base.review.published) == (912, "10.1000/exa.912", "2021-03-04")
    assert base.treatment is not None
    assert (base.treatment.label, base.treatment.aliases) == ("Examplene", ("EXA",))
    assert base.review.reviewers == ("Ann Author", "Ben Brown", "Carla Clark")
    assert {g.category: g.letter for g in base.grades} == {
        "mechanism": "C",
        "preclinical": "U",
        "cases": "B",
        "trials": "D",
        "risks": "C",
    }
    assert all(g.rationale for g in base.grades)
    assert [p.numbers for p in base.pointers][:4] == [(1,), (2, 3), (3,), (4, 5, 6)]
    assert [(t.participants, t.comparator, t.withdrawals) for t in base.trials] == [(40, "placebo", 4)]
    assert [c.co_interventions for c in base.cases] == [(), ("creatine", "vitamin D", "vitamin E")]
    assert [(m.name, m.before, m.after) for c in base.cases for m in c.measures] == [("ALSFRS-R", 30.0, 33.0)]
    assert ("liver toxicity", "boxed warning") in [(r.effect, r.seriousness) for r in base.risks]
    assert [(m.test, m.schedule) for m in base.monitoring] == [("Liver function", "every two months")]
    assert [(c.low, c.high, c.per) for c in base.costs] == [(50.0, 75.0, "month")]
    assert base.advice is not None
    assert base.advice.category == "not advised"


@pytest.mark.parametrize("name", [name for name in FORMS if name != BASE])
def test_every_form_gives_the_same_record(name: str, base: ReviewRecord) -> None:
    parts = compare_records(read(name)[0], base)
    agree = sum(part.both for part in parts)
    differ = {part.part: (part.draft_only, part.curated_only) for part in parts if part.draft_only or part.curated_only}
    total = agree + sum(max(len(a), len(b)) for a, b in differ.values())
    assert total >= 190
    assert agree / total >= (0.95 if name.endswith(".pdf") else 1.0), differ


def places(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a JSON tree
    if isinstance(value, dict):
        own = [value] if isinstance(value.get("place"), dict) or isinstance(value.get("raw_place"), dict) else []
        return own + [found for child in value.values() for found in places(child)]
    return [found for child in value for found in places(child)] if isinstance(value, list) else []


def squeeze(text: str) -> str:
    return re.sub(r"[^\w]+", "", re.sub(r"<[^>]*>|&\w+;|\(https?:[^)]*\)|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", "", text)).casefold()


@pytest.mark.parametrize("name", FORMS)
def test_every_place_holds_its_item(name: str) -> None:
    record, raw = read(name)
    items = places(json.loads(msgspec.json.encode(record)))
    assert len(items) > 40
    for item in items:
        place = item.get("rationale_place") or item.get("place") or item["raw_place"]
        cut = raw[place["start"] : place["end"]]
        words = item.get("rationale") or item.get("quote") or item.get("raw") or item.get("organisation") or ""
        words = re.sub(r"[,\d–-]+(?=\W|$)", "", words)
        cut_words = re.sub(r"[,\d–-]+(?=\W|$)", "", re.sub(r"<[^>]*>", " ", cut))
        assert cut.strip()
        assert squeeze(cut_words) in squeeze(words) or squeeze(words) in squeeze(cut_words), (item, cut)


def test_sections_cover_their_text() -> None:
    record, raw = read(BASE)
    for section in record.sections:
        assert section.start is not None
        assert raw[section.start :].lstrip("# ").startswith(section.heading)


def test_a_pdf_with_one_page_head_keeps_all_references() -> None:
    record = extract_record(parse_document(pdf(2), "x.pdf"), load_vocabulary())
    assert [r.raw for r in record.references] == list(REFERENCES)


@pytest.mark.parametrize("name", ["list.txt", "list.md"])
@pytest.mark.parametrize("line", ["{i}. {r}", "[{i}] {r}", "{r}", "- {r}"])
def test_a_bare_list_of_references(name: str, line: str) -> None:
    text = "\n".join(line.format(i=i, r=r) for i, r in enumerate(REFERENCES, 1)) + "\n"
    record = extract_record(parse_document(text.encode(), name), load_vocabulary())
    assert [r.raw for r in record.references] == list(REFERENCES)
    assert [r.number for r in record.references] == list(range(1, len(REFERENCES) + 1))
    assert (record.sections, record.claims) == ((), ())


def test_interests_in_a_footnote_of_jats() -> None:
    xml = FORMS["article.xml"]().decode()
    inside = re.search(r"<sec><title>Declaration of interest</title>(.*?)</sec>", xml)
    assert inside is not None
    moved = xml.replace(inside[0], "").replace(
        "</back>", f'<fn-group><fn fn-type="conflict">{inside[1]}</fn></fn-group></back>'
    )
    record = extract_record(parse_document(moved.encode(), "a.xml"), load_vocabulary())
    assert [(d.kind, d.organisation) for d in record.disclosures] == [
        ("research support", "Acme Pharma"),
        ("research support", "Orion"),
        ("consulting support", "Biogen"),
    ]


BYLINE = "Ann Ayers<sup>1</sup>, Bob van den Dole<sup>2</sup>*, and Cy Wei<sup>1,2</sup>"


def test_marks_behind_names_are_no_citations() -> None:
    references = "".join(f"<li>Doe J. Work {n}. J Example. 200{n};{n}:1-2.</li>" for n in range(1, 4))
    page = (
        f"<h1>ALSUntangled #970: Examplene</h1><p>{BYLINE}</p><p>Journal of Examples 2023; 6: 1-5</p>"
        "<h2>Mechanistic plausibility</h2><p>Examplene reduces oxidative stress.<sup>1</sup></p>"
        f"<h2>Trials</h2><p>None were found.<sup>2,3</sup></p><h2>References</h2><ol>{references}</ol>"
    )
    record = extract_record(parse_document(page.encode(), "page.html"), load_vocabulary())
    assert record.review.authors == ("Ann Ayers", "Bob van den Dole", "Cy Wei")
    assert [p.numbers for p in record.pointers] == [(1,), (2, 3)]
    assert [s.role for s in record.sections if s.heading == "Mechanistic plausibility"] == ["mechanism"]


def test_each_treatment_of_a_table_may_be_the_subject_of_claims() -> None:
    page = (
        "# ALSUntangled 971: Examplene and otherine\n\n| | Examplene | Otherine |\n|---|---|---|\n| Mechanism | B | C |\n"
        "| Trials | U | F |\n| Risks | A | B |\n\n# Mechanism\n\nOtherine enhances mitochondrial function and inhibits apoptosis. "
        "Thirdine enhances mitochondrial function and inhibits apoptosis (1).\n\n# References\n\n1. Doe J. One. Cell. 2001;2:3.\n"
    )
    record = extract_record(parse_document(page.encode(), "page.md"), load_vocabulary())
    assert {c.subject for c in record.claims} == {"Otherine"}
