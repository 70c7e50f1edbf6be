"""Pages in the layout of the reviewers' website: updates dated below their heading, only new letters, lists of one grade."""

import pytest
from review_pages import LISTED, bare_text, list_html, list_text, review_html, review_text

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes, find_kept
from alsu_kg.model.document import Text
from alsu_kg.model.review import ReviewRecord

EXPECTED = [
    ("mechanism", "C", "2015-10", None, False, "confirmed 2024-03-04"),
    ("preclinical", "U", "2015-10", "2020-12-02", True, None),
    ("preclinical", "B", "2020-12-02", None, False, "confirmed 2024-03-04"),
    ("cases", "D", "2020-12-02", None, False, "confirmed 2024-03-04"),
    ("trials", "F", "2022-07-09", None, False, "confirmed 2024-03-04"),
    ("risks", "D", "2022-07-09", None, False, "confirmed 2024-03-04"),
]
PAGES = {
    "text": (review_text, "page.txt"),
    "html": (review_html, "page.html"),
    "without name": (lambda: review_text(None), "examplene.txt"),
}


def read(text: str, name: str = "page.txt") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


@pytest.mark.parametrize("form", PAGES)
def test_updates_are_dated_by_the_line_below_their_heading(form: str) -> None:
    make, name = PAGES[form]
    text = make()
    record = read(text, name)
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"
    assert (record.review.published, record.review.updated) == ("2015-10", "2024-03-04")
    assert [(g.category, g.letter, g.as_of, g.until, g.superseded, g.note) for g in record.grades] == EXPECTED
    for grade in record.grades:
        assert grade.place is not None
        assert grade.letter in text[grade.place.start : grade.place.end]


@pytest.mark.parametrize("form", PAGES)
def test_links_and_advice(form: str) -> None:
    make, name = PAGES[form]
    record = read(make(), name)
    assert [w.registry_id for w in record.related_works if w.role == "trials"] == ["NCT07654321"]
    assert [w.doi for w in record.related_works if w.role == "update"] == ["10.1000/exa.77"]
    assert record.review.doi == ("10.1000/exa.912" if form == "html" else None)
    assert record.advice is not None
    assert record.advice.category == "not advised"
    assert record.advice.place is not None
    assert record.advice.place.section == "Key Information"


def test_letters_on_buttons_count() -> None:
    page = review_html()
    for letter in "CBDF":
        page = page.replace(f"<a href='#more'>{letter}</a>", f"<button type='button'>{letter}</button>")
    assert [(g.category, g.letter) for g in read(page, "page.html").grades] == [item[:2] for item in EXPECTED]


def test_a_page_of_which_only_paragraphs_are_left() -> None:
    record = read(bare_text(), "p-2230.txt")
    assert record.treatment is None
    assert [(g.category, g.letter, g.as_of, g.superseded) for g in record.grades] == [
        ("trials", "C", None, True),
        ("trials", "D", None, True),
        ("trials", "F", None, False),
    ]
    assert (record.review.published, record.review.updated) == (None, "2024-05")
    assert record.advice is not None


def test_a_file_name_is_no_treatment_unless_the_text_has_it() -> None:
    assert read(bare_text(), "otherine.txt").treatment is None
    named = read(bare_text(), "examplene.txt").treatment
    assert named is not None
    assert named.label == "Examplene"


@pytest.mark.parametrize(
    ("text", "name", "category", "letter"),
    [
        (list_text("mechanism", letter="C"), "a.txt", "mechanism", "C"),
        (list_text("preclinical", defined="A"), "a.txt", "preclinical", "A"),
        (list_html("risks", "/risks/b/"), "a.html", "risks", "B"),
        (list_html("trials", "/trials/u/page/7/"), "a.html", "trials", "U"),
    ],
)
def test_lists_of_one_grade(text: str, name: str, category: str, letter: str) -> None:
    record = read(text, name)
    assert record.treatment is None
    assert [source.kind for source in record.sources] == ["grade-list"]
    assert [(g.category, g.letter, g.of_treatment, g.as_of) for g in record.grades] == [
        (category, letter, treatment, None) for treatment in LISTED
    ]
    for grade in record.grades:
        assert grade.place is not None
        assert text[grade.place.start : grade.place.end] == grade.of_treatment


def test_a_list_that_does_not_say_its_letter_gives_none() -> None:
    assert read(list_text("cases")).grades == ()
    assert read(list_html("cases", "/cases/")).grades == ()


def test_an_article_with_one_such_heading_is_no_list() -> None:
    text = "# Oils\n\n## Clinical trials\n\nOlive\n\nOlive oil was given to forty people for a year and did nothing."
    record = read(text, "a.md")
    assert [source.kind for source in record.sources] == ["document"]
    assert [section.role for section in record.sections] == ["other", "trials"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "We change our TOE “Trials” Grade to F, and our TOE “Risks” Grade to D.",
            [("trials", None, "F"), ("risks", None, "D")],
        ),
        ('This case warrants a change in our TOE "Cases" grade to A.', [("cases", None, "A")]),
        ("The trial would change our Trials grade to A if it were right.", []),
        ("If two more are found, we raise our Cases grade to A.", []),
        ("We see no reason to change our Cases grade to B.", []),
        ("Our TOE Pre-Clinical Grade is D.", [("preclinical", None, "D")]),
        (
            "Cambiamos nuestra calificación de “Ensayos” a F, y nuestra calificación TOE de “Riesgos” a D.",
            [("trials", None, "F"), ("risks", None, "D")],
        ),
        ("No cambiamos nuestra calificación de Casos a B.", []),
    ],
)
def test_changes_that_tell_only_the_new_letter(text: str, changes: list[tuple[str, str | None, str]]) -> None:
    assert [(c.category, c.old, c.new) for c in find_changes(Text(text), "2021-05")] == changes


def test_a_letter_that_is_only_stated_dates_nothing_by_itself() -> None:
    assert list(find_changes(Text("Our TOE Pre-Clinical Grade is D."), None)) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("As of 7/5/22 no study came out that would justify other or new grade changes.", [(None, "2022-07-05")]),
        (
            "We found no new case reports or trials to warrant grade changes in those.",
            [("cases", "2020-01-02"), ("trials", "2020-01-02")],
        ),
        ("Our TOE Cases Grade remains C.", [("cases", "2020-01-02")]),
        ("We did not change our Pre-Clinical grade.", [("preclinical", "2020-01-02")]),
        ("We change our Cases grade from D to B.", []),
        ("No ningún dato nuevo justifica cambios de calificación.", [(None, "2020-01-02")]),
    ],
)
def test_what_is_left_as_it_was(text: str, kept: list[tuple[str | None, str]]) -> None:
    assert [(k.category, k.date) for k in find_kept(Text(text), "2020-01-02")] == kept


def test_a_trial_published_in_may_dates_no_change() -> None:
    told = "A trial was published in May 2019. In it nobody got well, so we change our Trials grade from D to F."
    assert [c.date for c in find_changes(Text(told), "2021-03-01")] == ["2021-03-01"]
