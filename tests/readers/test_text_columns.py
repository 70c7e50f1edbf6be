"""Text that keeps the layout of pages in two columns, tables of contents in text, headings that are no sections."""

import itertools
import textwrap

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

WORDS = "The reviewers looked at what was written about it and found little that they could use for their work on the matter"
LEFT = {"Mechanism": "(1).", "Pre-clinical models": "(2).", "Cases": "(3)."}
RIGHT = {"Trials": "(1,2).", "Risks": "(3).", "Conclusion": "We do not advise examplene."}
CITED = {("Mechanism", (1,)), ("Pre-clinical models", (2,)), ("Cases", (3,)), ("Trials", (1, 2)), ("Risks", (3,))}
REFERENCES = (
    "Ay B. One thing. Cell. 2001;2:33–8.",
    "Cee D. Other things. Brain. 2004;7:11–9.",
    "Eff G. More. Pain. 2010;9:1–7.",
)


def read(raw: str) -> ReviewRecord:
    return extract_record(parse_document(raw.encode(), "x.txt"), load_vocabulary())


def column(parts: dict[str, str], width: int) -> list[str]:
    return [line for head, end in parts.items() for line in (head, "", *textwrap.wrap(f"{WORDS} {end}", width), "")]


def beside(left: list[str], right: list[str], at: int) -> str:
    rows = (f"{a:{at}}{b}".rstrip() for a, b in itertools.zip_longest(left, right, fillvalue=""))
    return "\n".join(rows)


def two_columns(gap: int = 4) -> str:
    right = [*column(RIGHT, 46), "References", "", *(f"{i}. {text}" for i, text in enumerate(REFERENCES, 1))]
    body = beside(column(LEFT, 46), right, 46 + gap)
    return f"Journal of Things, 2019; 4: 10–12\n\nALSUntangled 99: Examplene\nTHE ALSUNTANGLED GROUP\n\n{body}\n"


def test_columns_are_read_one_after_the_other() -> None:
    for gap in (2, 4, 9):
        raw = two_columns(gap)
        record = read(raw)
        assert [section.role for section in record.sections if section.role != "other"] == [
            "mechanism", "preclinical", "cases", "trials", "risks", "conclusion", "references",
        ]  # fmt: skip
        assert {(pointer.section, pointer.numbers) for pointer in record.pointers} == CITED
        assert [reference.year for reference in record.references] == [2001, 2004, 2010]
        assert record.advice is not None
        assert record.treatment is not None
        assert record.treatment.label == "Examplene"
        for pointer in record.pointers:
            assert pointer.place is not None
            assert raw[pointer.place.start : pointer.place.end] == pointer.raw


def test_a_table_between_the_columns_stays_whole() -> None:
    rows = [
        ("Category", "Grade", "Explanation"),
        ("Mechanism", "C", "It acts on cells of rats, as one group of authors says"),
    ]
    rows += [
        ("Pre-clinical", "D", "One study of mice had no controls"),
        ("Cases", "B", "One"),
        ("Trials", "U", "None so far"),
    ]
    table = "\n".join(f"   {a:20}{b:10}{c}" for a, b, c in rows)
    head, body = two_columns().split("GROUP\n\n")
    record = read(f"{head}GROUP\n\nTable 1. Grades\n\n{table}\n\n{body}")
    assert [(grade.category, grade.letter) for grade in record.grades] == [
        ("mechanism", "C"), ("preclinical", "D"), ("cases", "B"), ("trials", "U"),
    ]  # fmt: skip
    assert {(pointer.section, pointer.numbers) for pointer in record.pointers} == CITED


def test_a_list_in_one_column_is_no_page_of_two() -> None:
    raw = "Things\n\n" + "\n".join(f"   {'word ' * n:40}{n}" for n in range(1, 12))
    assert len(parse_document(raw.encode(), "x.txt").blocks) < 5


PARTS = ("Mechanism", "Cases", "Trials", "Risks", "Conclusion", "References")


def copied(menu: str) -> str:
    body = "\n".join(f"{part}\n{WORDS} ({min(i, 3)})." for i, part in enumerate(PARTS[:-1], 1))
    listed = "\n".join(f"{i}. {text}" for i, text in enumerate(REFERENCES, 1))
    return f"ALSUntangled 99: Examplene\nThe ALSUntangled Group\n{menu}\n{body}\nReferences\n{listed}\n"


def test_a_table_of_contents_opens_no_sections() -> None:
    tabs = "Full Article\nFigures & data\nReferences\nCitations\nMetrics\nReprints & Permissions"
    record = read(copied("In this article\n" + "\n".join(PARTS) + "\n" + tabs))
    plain = read(copied(""))
    assert [s.role for s in record.sections if s.role != "other"] == [
        s.role for s in plain.sections if s.role != "other"
    ]
    assert len(record.references) == len(REFERENCES)
    assert [pointer.numbers for pointer in record.pointers] == [pointer.numbers for pointer in plain.pointers]


def test_a_heading_set_above_that_of_the_references_keeps_its_text() -> None:
    first, last = copied("").split("Conclusion\n")
    text, listed = last.split("References\n")
    record = read(f"{first}Conclusion\n\nReferences\n\n{textwrap.fill(text, 60)}\n\n{listed}")
    assert [section.role for section in record.sections][-2:] == ["conclusion", "references"]
    assert record.pointers[-1].section == "Conclusion"
    assert len(record.references) == len(REFERENCES)


def test_labels_and_back_matter_are_no_parts() -> None:
    raw = "# ALSUntangled 99: Examplene\n\n## Cases\n\nOne (1).\n\n### Table 1.\n\nGrades of it.\n\n### ORCID\n\nhttps://orcid.org/0\n\n"
    record = extract_record(parse_document(raw.encode(), "x.md"), load_vocabulary())
    assert [(s.heading, s.role) for s in record.sections][1:] == [("Cases", "cases"), ("ORCID", "other")]


EARLY = """ALSUntangled Update 3: Investigating the Somewhere Clinic

THE ALSUNTANGLED GROUP

Journal of Things, June 2010; 11: 337–340

The clinic offers injections of cells for $900 (1). Their fate is unknown (2,3).

In summary, we know of no benefit. ALSUntangled does not recommend the clinic.

**References**

1. Ay B. One thing. Cell. 2001;2:33–8.
2. Cee D. Other things. Brain. 2004;7:11–9.
3. Eff G. More. Pain. 2010;9:1–7.
"""


def test_a_first_review_without_headings() -> None:
    record = extract_record(parse_document(EARLY.encode(), "x.md"), load_vocabulary())
    assert (record.review.number, record.review.published) == (3, "2010-06")
    assert record.treatment is not None
    assert record.treatment.label == "Somewhere Clinic"
    assert record.advice is not None
    assert record.advice.category == "not advised"
    assert [section.role for section in record.sections][-1] == "references"
    assert [pointer.numbers for pointer in record.pointers] == [(1,), (2, 3)]


UNUSUAL = {
    "Plausibility of mechanism": "mechanism",
    "Relevant data from mice": "preclinical",
    "Relevant data from people with ALS": "cases",
}
UNUSUAL |= {"Safety and expense": "risks", "Our conclusion at the end": "conclusion"}


def test_one_word_of_a_heading_is_enough_in_a_review() -> None:
    parts = "\n\n".join(f"## {part}\n\nWhat is known (1)." for part in UNUSUAL)
    for title, expected in (
        ("ALSUntangled 99: Examplene", list(UNUSUAL.values())),
        ("Light in ALS", ["mechanism", "risks"]),
    ):
        raw = f"# {title}\n\n{parts}\n\n## References\n\n1. Ay B. One thing. Cell. 2001;2:33–8.\n"
        record = extract_record(parse_document(raw.encode(), "x.md"), load_vocabulary())
        assert [s.role for s in record.sections if s.role not in ("other", "references")][: len(expected)] == expected


def test_unusual_names_of_parts_in_text() -> None:
    known = {"Overview": "background", "Cases": "cases", "Trials": "trials"}
    for blank in ("\n", ""):
        body = "\n\n".join(f"{part}\n{blank}{textwrap.fill(f'{WORDS} (1).', 60)}" for part in (*known, *UNUSUAL))
        listed = "References\n\n1. Ay B. One thing. Cell. 2001;2:33–8."
        record = read(f"ALSUntangled 99: Examplene\nThe ALSUntangled Group\n\n{body}\n\n{listed}\n")
        assert [s.role for s in record.sections if s.role != "other"] == [
            *known.values(),
            *UNUSUAL.values(),
            "references",
        ]


def test_endnotes_of_a_word_processor() -> None:
    anchor = "<a class=sdendnoteanc href='#sdendnote{n}sym'><sup>{n}</sup></a>"
    note = "<div id=sdendnote{n}><p><a class=sdendnotesym href='#sdendnote{n}anc'>{n}</a>{text}</p></div>"
    body = f"<p>One (of few) was seen.{anchor.format(n=1)}{anchor.format(n=2)} More are not.{anchor.format(n=3)}</p>"
    notes = "".join(note.format(n=n, text=text) for n, text in enumerate(REFERENCES, 1))
    raw = (
        f"<html><body><h1>ALSUntangled 99: Examplene</h1><h2>Plausibility of mechanism</h2>{body}{notes}</body></html>"
    )
    record = extract_record(parse_document(raw.encode(), "x.html"), load_vocabulary())
    assert [pointer.numbers for pointer in record.pointers] == [(1, 2), (3,)]
    assert [reference.year for reference in record.references] == [2001, 2004, 2010]


def test_the_doi_of_dublin_core() -> None:
    head = "<meta name='dc.Identifier' scheme='doi' content='10.1000/X1'><meta name='dc.Identifier' scheme='coden' content='7'>"
    raw = f"<html><head>{head}</head><body><h1>ALSUntangled 99: Examplene</h1><h2>Cases</h2><p>None.</p></body></html>"
    assert extract_record(parse_document(raw.encode(), "x.html"), load_vocabulary()).review.doi == "10.1000/x1"


def test_authors_in_capitals_are_no_part_of_the_title() -> None:
    raw = f"{WORDS}\n{WORDS}\n\nALSUntangled 99: Examplene of one kind\nANN AY1, BEA BEE 2 & CLEO VAN CEE1\n\nCases\n{WORDS} (1)."
    record = read(f"{raw}\n\nReferences\n\n1. Ay B. One thing. Cell. 2001;2:33–8.\n")
    assert record.treatment is not None
    assert record.treatment.label == "Examplene of one kind"


def test_a_date_before_the_doi_below_the_title() -> None:
    raw = "# ALSUntangled 99: Examplene\n\n2022-06-14 Journal of Things DOI: 10.1000/x1\n\n## Cases\n\nNone.\n"
    record = extract_record(parse_document(raw.encode(), "x.md"), load_vocabulary())
    assert record.review.published == "2022-06-14"
