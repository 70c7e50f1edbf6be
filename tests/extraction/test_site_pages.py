# ruff: noqa: E501 - sentences on one line
"""Summary pages as page builders write them: one page in many forms gives one record; wordings of changes; traps."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from more_pages import MORE_PAGES
from site_pages import GRADES, LEGEND, PAGES, elementor

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes
from alsu_kg.extraction.summaries.summary_page import is_summary_page
from alsu_kg.model.document import Text
from alsu_kg.model.review import ReviewRecord
from alsu_kg.reading_pool import read_reviews

EXPECTED = [
    ("mechanism", "B", "2016-11", None, False),
    ("preclinical", "C", "2016-11", None, False),
    ("cases", "D", "2016-11", "2021-06-05", True),
    ("cases", "C", "2021-06-05", "2023-07-05", True),
    ("cases", "B", "2023-07-05", None, False),
    ("trials", "D", "2016-11", None, False),
    ("risks", "C", "2016-11", None, False),
]


def read(text: str, name: str = "page.html") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def told(record: ReviewRecord) -> list[tuple[object, ...]]:
    return [(g.category, g.letter, g.as_of, g.until, g.superseded) for g in record.grades]


@pytest.mark.parametrize("name", PAGES)
def test_one_page_in_every_form(name: str) -> None:
    text = PAGES[name]()
    record = read(text, "page.txt" if name == "plain" else "page.html")
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"
    assert told(record) == EXPECTED
    assert (record.review.published, record.review.updated) == ("2016-11", "2023-07-05")
    assert [w.registry_id for w in record.related_works] == ["NCT01234567"]
    assert record.advice is not None
    for grade in record.grades:
        assert grade.place is not None
        part = text[grade.place.start : grade.place.end]
        assert grade.letter in part


MORE_EXPECTED = {
    "table of grades": ("2019-03-14", None, ["mechanism B", "preclinical C", "cases D", "trials U", "risks C"]),
    "definition list": (
        "2018-02",
        "2022-11-30",
        ["mechanism C", "preclinical U", "cases C until 2022-11-30", "cases B", "trials D", "risks B"],
    ),
    "one line": (
        "2017-09-09",
        "2022-01-15",
        [
            "mechanism B",
            "preclinical C",
            "cases U until 2020-06-03",
            "cases D until 2022-01-15",
            "cases C",
            "trials D",
            "risks B",
        ],
    ),
    "accordion": (
        "2016-12-05",
        "2023-10",
        [
            "mechanism B",
            "preclinical C",
            "cases C until 2021-04",
            "cases B",
            "trials U until 2021-04",
            "trials D until 2023-10",
            "trials F",
            "risks C",
        ],
    ),
}


@pytest.mark.parametrize("name", MORE_EXPECTED)
def test_grades_among_those_of_other_treatments(name: str) -> None:
    """Tables, definition lists, bars, panels: with cards, menus, teasers and comparisons that carry other letters."""
    text = MORE_PAGES[name]()
    record = read(text)
    published, updated, grades = MORE_EXPECTED[name]
    assert (record.review.published, record.review.updated) == (published, updated)
    assert [f"{g.category} {g.letter}" + (f" until {g.until}" if g.until else "") for g in record.grades] == grades
    assert {g.of_treatment for g in record.grades} == {None}
    assert record.treatment is not None
    assert record.treatment.label.startswith("Examplene")
    assert record.advice is not None
    for grade in record.grades:
        assert grade.place is not None
        assert grade.letter in text[grade.place.start : grade.place.end]


def test_an_index_of_reviews_gives_each_treatment_its_own_letters() -> None:
    record = read(MORE_PAGES["index page"]())
    grades = record.grades
    assert record.treatment is None
    assert {g.of_treatment for g in grades} == {"Examplene", "Otherine", "Thirdol"}
    assert [g.letter for g in grades if g.of_treatment == "Otherine"] == list("DDFUB")


CHANGES = [
    ("We change our TOE Cases grade from D to B.", [("cases", "D", "B")]),
    ("Our grade for Trials went from “U” to “D”.", [("trials", "U", "D")]),
    ("The Mechanism grade was upgraded from a C to a B and the Risks grade downgraded from B to C.", [("mechanism", "C", "B"), ("risks", "B", "C")]),
    ("We lowered the Pre-clinical grade from C down to D.", [("preclinical", "C", "D")]),
    ("Cases Grade: D → B", [("cases", "D", "B")]),
    ("The Trials grade is now F (previously D).", [("trials", "D", "F")]),
    ("The Risks grade was raised to a B.", [("risks", None, "B")]),
    ("With this, our letter for Cases moves from D up to C, the one for Trials from U to D.", [("cases", "D", "C"), ("trials", "U", "D")]),
    ("Our Trials grade falls to F from D.", [("trials", "D", "F")]),
    ("15 January 2022: Cases grade changed from D to C; Trials grade unchanged.", [("cases", "D", "C")]),
    ("Cambiamos nuestra calificación de Riesgos de C a B.", [("risks", "C", "B")]),
    ("There is no change in grades.", []),
    ("We did not change our Cases grade from D to B.", []),
    ("Our Cases grade remains a C.", []),
    ("This doesn't change the Trials grade from D to C.", []),
    ("The dose went from A to B in these cases.", []),
    ("Grades: A = strong, B = good; cases from D to F count little.", [("cases", "D", "F")]),
    ("The grade stays; survival changed from 12 to 15 months.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHANGES, ids=[text[:40] for text, _ in CHANGES])
def test_wordings_of_changes(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [(c.category, c.old, c.new) for c in find_changes(Text(text), None)] == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("As of 7/5/22 we raise the Cases grade from D to B.", "2022-07-05"),
        ("In June 2021, the Cases grade goes from D to B.", "2021-06"),
        ("The Cases grade goes from D to B on May 3, 2021.", "2021-05-03"),
        ("15 January 2022: Cases grade changed from D to B.", "2022-01-15"),
        ("Since our 2016 review the Cases grade goes from D to B.", None),
    ],
)
def test_dates_of_changes(text: str, date: str | None) -> None:
    assert [c.date for c in find_changes(Text(text), None)] == [date]


def test_changes_of_another_treatment_are_told_apart() -> None:
    told = list(
        find_changes(
            Text("The Cases grade for otherine went from D to F. Thirdol’s Trials grade fell from C to D."), None
        )
    )
    assert [c.of_treatment for c in told] == ["otherine", "Thirdol"]


def test_two_treatments_on_one_page() -> None:
    second = "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in zip(GRADES, "DUUFC", strict=True))
    page = elementor().replace("<h2>Conclusion</h2>", f"<h2>Otherine</h2>{second}<h2>Conclusion</h2>")
    grades = read(page).grades
    assert [(g.category, g.letter) for g in grades if g.of_treatment == "Otherine"] == [
        ("mechanism", "D"),
        ("preclinical", "U"),
        ("cases", "U"),
        ("trials", "F"),
        ("risks", "C"),
    ]
    assert [g.letter for g in grades if g.of_treatment is None and not g.superseded] == ["B", "C", "B", "D", "C"]


def test_a_legend_is_no_grade() -> None:
    page = f"<html><body><h1>Grades</h1>{LEGEND}<p>Mechanism Grade: A means strong.</p></body></html>"
    assert read(page).grades == ()


def test_a_full_review_with_such_lines_stays_a_review() -> None:
    parts = ("Mechanism", "Preclinical", "Cases", "Trials", "Risks")
    body = "".join(
        f"<h2>{part}</h2><p>Examplene was seen to slow progression (1).</p><p>{part} Grade: C</p>" for part in parts
    )
    page = f"<html><body><h1>ALSUntangled 912: Examplene</h1>{body}<h2>References</h2><p>1. Ay B. One. Cell. 2001;2:3.</p></body></html>"
    assert not is_summary_page(parse_document(page.encode(), "x.html"))
    record = read(page)
    assert len(record.references) == 1
    assert len(record.grades) == 5


def test_a_folder_of_pages(tmp_path: Path) -> None:
    paths = []
    for name, page in PAGES.items():
        paths.append(tmp_path / f"{name}.{'txt' if name == 'plain' else 'html'}")
        paths[-1].write_text(page(), encoding="utf-8")
    (tmp_path / "broken.html").write_bytes(b"\x00" * 100)
    outcomes = list(read_reviews([*paths, tmp_path / "broken.html"], jobs=2))
    assert [told(o.record) for o in outcomes if o.record is not None] == [EXPECTED] * len(PAGES)
    assert [o.path.name for o in outcomes if o.error is not None] == ["broken.html"]


@given(
    st.lists(
        st.sampled_from(
            ["Cases", "Trials", "Risks", "grade", "from", "to", "D", "B", "→", "now", "(was", "5/2021", ".", "\n", "of"]
        ),
        max_size=25,
    )
)
def test_any_words_are_read(words: list[str]) -> None:
    text = " ".join(["The Cases grade", *words])
    for change in find_changes(Text(text), None):
        assert change.old != change.new
        assert change.new in text
