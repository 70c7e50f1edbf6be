"""Summary pages whose letters stand in pictures, labels, classes, scales and cards; several treatments; pages printed to PDF."""

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes
from alsu_kg.model.document import Document, Text
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.implied_headings import imply_headings
from alsu_kg.readers.plain_text import read_plain_text

GRADES = [("mechanism", "C"), ("preclinical", "B"), ("cases", "D"), ("trials", "U"), ("risks", "A")]
NAMES = ("Mechanism", "Preclinical Trials", "Cases", "Trials", "Risks")
LINES = [(name, letter) for name, (_, letter) in zip(NAMES, GRADES, strict=True)]


def read(text: str, name: str = "page.html") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def page(body: str) -> str:
    return (
        f"<!doctype html><html><head><title>Examplene – The Reviews</title></head><body><nav>Home</nav><h1>Examplene</h1>{body}"
        "<p>Published: May 2014</p><p>We do not advise examplene.</p></body></html>"
    )


def each(form: str) -> str:
    return "".join(form.format(name=name, letter=letter, small=letter.lower()) for name, letter in LINES)


def scale(letter: str, mark: str) -> str:
    return "".join(f"<li{mark if other == letter else ''}>{other}</li>" for other in "ABCDFU")


FORMS = {
    "the letter before the name": f"<ul>{each('<li><span class=badge>{letter}</span> <span>{name}</span></li>')}</ul>",
    "pictures above the names": each("<div><img src='x.svg' alt='Grade {letter}'></div><h3>{name}</h3>"),
    "letters above the names": each("<div class=card><div class=big>{letter}</div><div>{name}</div></div>"),
    "classes": each("<div><span>{name} Grade</span> <i class='icon grade-icon-{small}'></i></div>"),
    "labels of bars": each("<div role=progressbar aria-label='{name} Grade: {letter}'><div class=bar></div></div>"),
    "titles": each("<p>{name} Grade: <span class=dot title='Grade {letter}'></span></p>"),
    "names of files": each("<h4>{name} Grade</h4><div><img src='/up/grade-{small}.png?w=80' alt=''></div>"),
    "tooltips beside": each(
        "<dl><dt>{name} Grade:</dt><dd><a href='#'>{letter}</a><span role=tooltip>Grade B: one good study.</span></dd></dl>"
    ),
    "scales": "".join(
        f"<div><span>{n} Grade</span><ul>{scale(letter, ' class=active')}</ul></div>" for n, letter in LINES
    ),
    "questions": each("<p><b>What grade did we give examplene for {name}?</b></p><p>{letter}. It is so.</p>"),
}


@pytest.mark.parametrize("form", FORMS)
def test_letters_are_read_however_a_page_shows_them(form: str) -> None:
    record = read(page(FORMS[form]))
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES
    assert {grade.as_of for grade in record.grades} == {"2014-05"}


def test_a_scale_without_a_mark_gives_no_letter() -> None:
    marked = "".join(f"<div><span>{n} Grade</span><ul>{scale(letter, '')}</ul></div>" for n, letter in LINES)
    assert read(page(marked)).grades == ()
    printed = "Examplene\n\nKey Information\n\n" + "".join(f"{n} Grade\nA\nB\nC\nD\nF\nU\n" for n, _ in LINES)
    assert read(f"{printed}\nALSUntangled", "page.txt").grades == ()


TEXTS = {
    "numbers of links": "\n\n".join(f"   {name} Grade: [{i}]{letter}" for i, (name, letter) in enumerate(LINES, 4)),
    "cards side by side": "C   B   D   U   A\nMechanism   Pre-clinical   Cases   Trials   Risks",
    "cards below names": "Mechanism Pre-clinical Cases Trials Risks\n\nC B D U A",
    "three lines a card": "\n\n".join(f"{name}\nGrade\n{letter}" for name, letter in LINES),
}


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("kind", ["text", "pdf"])
def test_printed_pages(form: str, kind: str) -> None:
    raw = f"Examplene\n\nKey Information\n\n{TEXTS[form]}\n\nPublished: May 2014\n\nWe do not advise examplene."
    blocks = imply_headings(raw, read_plain_text(raw))
    record = extract_record(Document("x", "pdf" if kind == "pdf" else "text", raw, "", blocks), load_vocabulary())
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES
    assert record.review.published == "2014-05"
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"


def test_columns_of_a_table_are_treatments() -> None:
    rows = "".join(f"<tr><th>{name} Grade</th><td>{letter}</td><td>F</td></tr>" for name, letter in LINES)
    record = read(page(f"<h2>Key Information</h2><table><tr><th></th><th>Onene</th><th>Twoine</th></tr>{rows}</table>"))
    assert [(g.category, g.letter) for g in record.grades if g.of_treatment == "Onene"] == GRADES
    assert {g.letter for g in record.grades if g.of_treatment == "Twoine"} == {"F"}
    assert len(record.grades) == 2 * len(GRADES)


TEASER = (
    "<section><h2>{head}</h2><h3><a href='/other/'>Otherine</a></h3>"
    + each("<p>{name} Grade: {letter}</p>")
    + "</section>"
)


def test_a_home_page_with_one_review_is_read_as_that_review() -> None:
    shown = TEASER.format(head="Latest Review").replace("</section>", "<p>Published: June 2020</p></section>")
    record = read(
        f"<html><head><title>The Reviews</title></head><body><h1>Welcome</h1>{shown}<h2>News</h2><p>In May 2023.</p></body></html>"
    )
    assert record.treatment is not None
    assert record.treatment.label == "Otherine"
    assert [(grade.category, grade.letter, grade.as_of) for grade in record.grades] == [
        (name, letter, "2020-06") for name, letter in GRADES
    ]


def test_letters_of_teasers_are_not_those_of_the_page() -> None:
    record = read(
        f"<html><body><h1>Examplene</h1><p>We are still working on it.</p>{TEASER.format(head='Latest reviews')}</body></html>"
    )
    assert record.grades == ()


WORDINGS = {
    "We formerly graded Cases D. We now grade it B.": ("cases", "D", "B"),
    "Our Risks grade was B; with the new reports it is a C.": ("risks", "B", "C"),
    "Cases had a grade of D. With the report of this year it becomes an A.": ("cases", "D", "A"),
    "Trials now merit a D instead of a C.": ("trials", "C", "D"),
}


@pytest.mark.parametrize("told", WORDINGS)
def test_the_old_letter_may_stand_in_the_sentence_before(told: str) -> None:
    assert [(c.category, c.old, c.new) for c in find_changes(Text(told), "2021-05")] == [WORDINGS[told]]


def test_a_letter_of_the_past_is_no_new_one() -> None:
    assert list(find_changes(Text("In our first review Cases had a grade of D. Nothing is new."), "2021-05")) == []


def test_a_review_told_in_prose_has_the_date_of_its_sentence() -> None:
    told = "; ".join(f"{name}: {letter}" for name, letter in LINES)
    text = f"<html><body><h1>Examplene</h1><p>When the review was published in May 2019, the grades were: {told}.</p></body></html>"
    assert read(text).review.published == "2019-05"
    assert (
        read(
            text.replace("in May 2019", "in May 2019 and not when our review was published in June 2018")
        ).review.published
        is None
    )


def test_reviewed_again_without_a_change_confirms_the_letters() -> None:
    lines = "\n".join(f"{name}: {letter}" for name, letter in LINES)
    record = read(
        f"Examplene\n\nReviewed again on 5 May 2022: we found nothing that would change our grades.\n\n{lines}",
        "page.txt",
    )
    assert record.review.updated == "2022-05-05"
    assert {grade.note for grade in record.grades} == {"confirmed 2022-05-05"}


def test_the_grade_of_another_treatment_is_not_changed() -> None:
    told = "<p>Unlike otherine, whose Trials grade we changed from C to D, it was tested well.</p>"
    record = read(
        page(
            f"<h2>Updated Review</h2><p>May 3, 2021</p>{told}<h2>Key Information</h2>{each('<p>{name} Grade: {letter}</p>')}"
        )
    )
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES


def test_one_line_may_say_both_dates() -> None:
    told = f"<p>Published: 1 February 2017 | Updated: 12.04.2021</p>{each('<p>{name} Grade: {letter}</p>')}"
    record = read(f"<html><body><h1>Examplene</h1>{told}</body></html>")
    assert (record.review.published, record.review.updated) == ("2017-02-01", "2021-04-12")


def test_the_head_of_a_table_names_no_treatment() -> None:
    rows = each("<tr><td>{name}<td>{letter}")
    record = read(
        f"<html><body><b>Examplene</b><p><table><tr><td>Category<td>Grade{rows}</table><p>Published: May 2014</body></html>"
    )
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"


def test_parts_of_a_page_stand_on_lines_of_their_own() -> None:
    lines = "\n".join(f"{name} Grade: {letter}" for name, letter in LINES)
    prose = "We found that what had been said about it was not so,\nand that there was nothing else to be said about it so far,"
    told = f"Published: January 9, 2023\n\n{prose}\nand so we change our Trials grade from D to U.\n\n{prose} as it is."
    raw = f"    We review what people with ALS ask about.\n\n  Examplene\n  Updated Review\n\n{told}\n\nKey Information\n{lines}"
    record = read(raw, "page.txt")
    assert record.treatment is not None
    assert (record.treatment.label, record.review.updated) == ("Examplene", "2023-01-09")


def test_advice_not_to_take_it() -> None:
    record = read(
        page(each("<p>{name} Grade: {letter}</p>")).replace(
            "We do not advise examplene.", "We advise PALS not to take it."
        )
    )
    assert record.advice is not None
    assert record.advice.category == "not advised"


def test_a_line_of_citation_dates_the_review() -> None:
    raw = "# ALSUntangled 99: Examplene\n\nJournal of Things. 2021 Sep 29;22(7-8):615-618\n\n## Cases\n\nNone.\n"
    assert read(raw, "x.md").review.published == "2021-09-29"


def test_a_row_for_each_date_tells_the_history() -> None:
    head = "".join(f"<th>{name}</th>" for name in NAMES)
    old = "".join(f"<td>{letter}</td>" for letter in "CBUUA")
    new = "".join(f"<td>{letter}</td>" for letter in "CBDUA")
    table = f"<table><tr><th>Date</th>{head}</tr><tr><td>Aug 2021</td>{new}</tr><tr><td>Feb 2013</td>{old}</tr></table>"
    record = read(f"<html><body><h1>Examplene</h1>{table}<p>We do not advise it.</p></body></html>")
    assert (record.review.published, record.review.updated) == ("2013-02", "2021-08")
    assert [(g.letter, g.as_of, g.until) for g in record.grades if g.category == "cases"] == [
        ("U", "2013-02", "2021-08"), ("D", "2021-08", None),
    ]  # fmt: skip
    assert [(g.letter, g.as_of) for g in record.grades if g.category == "risks"] == [("A", "2013-02")]
    listed = "<h2>References</h2><p>1. Ay B. One. Cell. 2001;2:3.</p>"
    review = read(
        f"<html><body><h1>ALSUntangled 99: Examplene</h1><h2>Cases</h2><p>One (1).</p>{table}{listed}</body></html>"
    )
    assert [(g.letter, g.as_of, g.until, g.of_treatment) for g in review.grades if g.category == "cases"] == [
        ("U", "2013-02", "2021-08", None), ("D", "2021-08", None, None),
    ]  # fmt: skip


LINED = {
    "commas": "\n".join(f"{name} Grade, {letter}" for name, letter in LINES),
    "in brackets behind words": "\n\n".join(f"{name}: so it is said (grade {letter})" for name, letter in LINES),
}


@pytest.mark.parametrize("form", LINED)
def test_lines_of_a_page(form: str) -> None:
    record = read(
        f"Examplene\n\nKey Information\n\n{LINED[form]}\n\nPublished: May 2014\n\nWe do not advise it.", "page.txt"
    )
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES


def test_a_paragraph_of_properties_goes_on_behind_the_date() -> None:
    lines = "\n".join(f"{name} Grade: {letter}" for name, letter in LINES)
    record = read(
        f"# Examplene\n\n{lines}\nPublished: April 2, 2019\nTags: supplement, antioxidant, things of many kinds\n",
        "page.md",
    )
    assert {grade.as_of for grade in record.grades} == {"2019-04-02"}


def test_a_dash_in_the_column_of_the_update_leaves_the_letter() -> None:
    after = ("–", "", "D", "unchanged", "–")
    rows = "".join(
        f"<tr><td>{name}</td><td>{'U' if name == 'Cases' else letter}</td><td>{new}</td></tr>"
        for (name, letter), new in zip(LINES, after, strict=True)
    )
    table = f"<table><tr><th>Category</th><th>Grade (May 2012)</th><th>Grade (Oct 2019)</th></tr>{rows}</table>"
    record = read(f"<html><body><h1>Examplene</h1>{table}<p>We do not advise it.</p></body></html>")
    assert [(g.category, g.letter, g.as_of) for g in record.grades if not g.superseded] == [
        (category, letter, "2019-10" if category == "cases" else "2012-05") for category, letter in GRADES
    ]


def test_a_drawing_may_write_the_letter() -> None:
    drawn = each(
        "<div><svg viewBox='0 0 9 9'><title>{name} grade</title><text x=1>{letter}</text></svg><p>{name}</p></div>"
    )
    assert [(grade.category, grade.letter) for grade in read(page(drawn)).grades] == GRADES


def test_a_table_drawn_with_lines() -> None:
    rows = "├────┼───┤\n".join(f"│{name:24}│ {letter} │\n" for name, letter in LINES)
    record = read(f"Examplene\n\nKey Information\n\n┌────┬───┐\n{rows}└────┴───┘\n\nPublished: May 2014\n", "page.txt")
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES


@pytest.mark.parametrize(
    "told", ["Reviewed by ALSUntangled, published September 1, 2014", "Original review published: 2014-09-01"]
)
def test_a_short_line_may_end_with_the_date(told: str) -> None:
    text = f"<html><body><h1>Examplene</h1><p>{told}</p>{each('<p>{name}: {letter}</p>')}</body></html>"
    assert read(text).review.published == "2014-09-01"


def test_advice_against_it_for_people_with_the_disease() -> None:
    told = page(each("<p>{name} Grade: {letter}</p>")).replace("We do not advise", "We advise people with ALS against")
    record = read(told)
    assert record.advice is not None
    assert record.advice.category == "not advised"


def test_a_line_of_time_dates_its_changes() -> None:
    told = "<div>Jan 15, 2013</div><div>We raise Trials from F to U, as our grades go.</div>"
    record = read(page(f"{each('<p>{name} Grade: {letter}</p>')}{told}"))
    assert ("F", "2013-01-15") in [(g.letter, g.until) for g in record.grades if g.category == "trials"]
    assert record.review.updated == "2013-01-15"


def test_the_old_letter_may_stand_behind_the_new_one() -> None:
    told = Text("Since it had no controls, we now give Trials a D; before, the grade was U.")
    assert [(c.category, c.old, c.new) for c in find_changes(told, "2022-05-05")] == [("trials", "U", "D")]


def test_properties_name_the_treatment() -> None:
    lines = "\n\n".join(f"[{letter}] {name}" for name, letter in LINES)
    record = read(
        f"Review: Examplene [published 2019-03-03; updated 2021-12-01]\n\n{lines}\n\nWe do not advise it.\n", "page.txt"
    )
    assert record.treatment is not None
    assert (record.treatment.label, record.review.published) == ("Examplene", "2019-03-03")
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES


def test_the_text_of_one_picture_may_hold_all_letters() -> None:
    told = ", ".join(f"{name} {letter}" for name, letter in LINES)
    record = read(page(f"<figure><img src='/toe.png' alt='Table of Evidence: {told}'></figure>"))
    assert [(grade.category, grade.letter) for grade in record.grades] == GRADES


def test_other_grades_are_those_of_an_earlier_review() -> None:
    told = "Changed on April 7, 2023: Cases (U to D). All other grades are those of our review of January 2015."
    record = read(f"<html><body><h1>Examplene</h1><p>{told}</p>{each('<p>{name}: {letter}</p>')}</body></html>")
    assert record.review.published == "2015-01"


def test_the_treatment_of_a_page_is_named_as_in_reviews() -> None:
    record = read(page(each("<p>{name} Grade: {letter}</p>")).replace("<h1>Examplene", "<h1>Examplene for ALS"))
    assert record.treatment is not None
    assert (record.treatment.label, record.review.title) == ("Examplene", "Examplene for ALS")
