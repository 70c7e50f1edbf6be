"""Summary pages as scrapers and converters write them, and what their updates cite."""

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes
from alsu_kg.extraction.summaries.told import Told, told_changes
from alsu_kg.extraction.summaries.works import cited_works
from alsu_kg.model.document import Text
from alsu_kg.model.review import Category, ReviewRecord

LETTERS = {"mechanism": "C", "preclinical": "B", "cases": "D", "trials": "U", "risks": "A"}
NAMES = ("Mechanism", "Preclinical Trials", "Cases", "Trials", "Risks")
GRADES = [f"{name} Grade:{{}}{letter}" for name, letter in zip(NAMES, LETTERS.values(), strict=True)]
CHANGE = "A case was published. We change our TOE “Cases” grade from U to D."
ADVICE = "We do not advise examplene for ALS."
TOP = (
    "Examplene - ALS Untangled™",
    "Skip to main content",
    "ALS Untangled™",
    "Completed Reviews",
    "Search ALS Untangled™",
)
BELOW = ("Mechanistic plausibility", "Grade A: Shown in people")
STRINGS = (
    *TOP, "Examplene", "Updated Review", "Published:", "May 3, 2021", CHANGE, "Key Information",
    "Click on any letter grade below for more info:", *(part for grade in GRADES for part in grade.split("{}")),
    "Published:", "Jul 2014", "Download", ADVICE, *BELOW,
)  # fmt: skip
ADDRESS = "https://www.example.org/review/x/"


def lines(form: str) -> str:
    return "\n".join(form.format(grade.format(" ")) for grade in GRADES)


PAGES = {
    "strings.txt": "\n".join(STRINGS),
    "one line.txt": " ".join(STRINGS),
    "bars.txt": "|".join(STRINGS),
    "browser.txt": f"  * Completed Reviews <{ADDRESS}>\n\n  Examplene\n\n*Updated Review*\n*Published:* May 3, 2021\n{CHANGE}\n\n"
    f"    Key Information\n\n{lines('{} <' + ADDRESS + '#>')}\n*Published:* Jul 2014\nDownload <{ADDRESS}>\n\n{ADVICE}\n",
    "divs.md": f"# Examplene {{.entry-title}}\n\n::: {{.update}}\n## Updated Review\n\n**Published:** May 3, 2021\\\n{CHANGE}\n"
    f":::\n\n## Key Information\n\n{lines('[{}]{{.grade}}' + chr(92))}\n[Published: Jul 2014]{{.date}}\n\n{ADVICE}\n:::\n",
    "broken.txt": f"Examplene\nUpdated Review\nPublished: May 3, 2021\nA case was published. We change our TOE\n“Cases” "
    f"grade from U to\nD.\n\nKey Information\n{lines('{}')}\nPublished: Jul 2014\n{ADVICE}\n",
}  # fmt: skip


def read(text: str, name: str = "page.html") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


@pytest.mark.parametrize("name", PAGES)
def test_pages_as_scrapers_write_them(name: str) -> None:
    record = read(PAGES[name], name)
    assert record.treatment is not None
    assert (record.treatment.label, record.review.published, record.review.updated) == (
        "Examplene",
        "2014-07",
        "2021-05-03",
    )
    assert record.advice is not None
    assert record.advice.category == "not advised"
    assert [(g.category, g.letter, g.as_of, g.until) for g in record.grades] == [
        ("mechanism", "C", "2014-07", None), ("preclinical", "B", "2014-07", None), ("cases", "U", "2014-07", "2021-05-03"),
        ("cases", "D", "2021-05-03", None), ("trials", "U", "2014-07", None), ("risks", "A", "2014-07", None),
    ]  # fmt: skip


def cards(form: str) -> str:
    told = "".join(form.format(name=name, letter=letter) for name, letter in zip(NAMES, LETTERS.values(), strict=True))
    return f"<h1>Examplene</h1><p>Key Information of ALSUntangled</p>{told}<p>Published: Jul 2014</p><p>{ADVICE}</p>"


def test_letters_above_names_that_say_grade() -> None:
    record = read(cards("<div>{letter}</div><h4>{name} Grade</h4>"))
    assert {grade.category: grade.letter for grade in record.grades} == LETTERS


def test_a_row_of_cards_that_lacks_one_letter_gives_none() -> None:
    """Names first and last: whether the letters stand above or below their names, nobody can say."""
    page = cards("<div>{letter}</div><h4>{name} Grade</h4>").replace("<div>C</div>", "", 1)
    assert read(page).grades == ()


def test_a_stamp_of_the_theme_is_no_update() -> None:
    page = cards("<p>{name} Grade: {letter}</p>").replace("</h1>", "</h1><p>Last updated on October 9, 2025</p>")
    update = f"<h2>Updated Review</h2><p>Published: May 3, 2021</p><p>{CHANGE}</p>"
    assert read(page.replace("<p>Key", f"{update}<p>Key")).review.updated == "2021-05-03"


def test_a_search_that_found_one_page_has_no_treatment_of_its_own() -> None:
    told = " ".join(grade.format(" ") for grade in GRADES)
    record = read(
        f"<h1>Search Results for: ex</h1><h2><a href='/x'>Examplene</a></h2><p>Key Information {told} Published: Jul 2014</p>"
    )
    assert (record.treatment, record.review.published) == (None, None)
    assert {grade.of_treatment for grade in record.grades} == {"Examplene"}


def test_a_page_about_the_website_has_no_date_of_publication() -> None:
    assert read("<h1>Contact</h1><p>Updated: June 2021.</p><p>Published: May 2020</p>").review.published is None


def test_the_conclusion_may_stand_above_the_grades() -> None:
    page = (
        cards("<p>{name} Grade: {letter}</p>").replace(f"<p>{ADVICE}</p>", "").replace("</h1>", f"</h1><p>{ADVICE}</p>")
    )
    advice = read(page).advice
    assert advice is not None
    assert advice.category == "not advised"


def table_of_marks() -> str:
    marks = {letter: "".join(f"<td>{'✔' if other == letter else ''}</td>" for other in "ABCDFU") for letter in "ABCDFU"}
    rows = "".join(
        f"<tr><th>{name}</th>{marks[letter]}</tr>" for name, letter in zip(NAMES, LETTERS.values(), strict=True)
    )
    return f"<table><tr><th></th>{''.join(f'<th>{letter}</th>' for letter in 'ABCDFU')}</tr>{rows}</table>"


def scale(letter: str) -> str:
    steps = "".join(f"<span class='step{' active' if other == letter else ''}'>{other}</span>" for other in "ABCDFU")
    return f"<span class='scale'>{steps}</span>"


def test_a_mark_in_a_table_of_letters_or_on_a_scale() -> None:
    page = cards("")
    scales = "".join(
        f"<p>{name} Grade: {scale(letter)}</p>" for name, letter in zip(NAMES, LETTERS.values(), strict=True)
    )
    unmarked: dict[str, str] = {}
    for told, expected in ((table_of_marks(), LETTERS), (scales, LETTERS), (scales.replace(" active", ""), unmarked)):
        record = read(page.replace("<p>Published", f"{told}<p>Published"))
        assert {grade.category: grade.letter for grade in record.grades} == expected


@pytest.mark.parametrize("told", [" (was B until May 3, 2021)", "</p><p>Previous grade: B (changed on May 3, 2021)"])
def test_the_letter_before_stands_beside_the_letter(told: str) -> None:
    page = cards("<p>{name} Grade: {letter}</p>").replace("Cases Grade: D", f"Cases Grade: D{told}")
    cases = [(g.letter, g.as_of, g.until) for g in read(page).grades if g.category == "cases"]
    assert cases == [("B", "2014-07", "2021-05-03"), ("D", "2021-05-03", None)]


CITED = {
    "It failed (PLoS One 2013;8:e79002).": [("PLoS One", 2013, "8", "e79002", None)],
    "Three came (Ann Neurol 2021;90(2):301–8; Nature 2019;572:474-480).": [
        ("Ann Neurol", 2021, "90", "301", "308"), ("Nature", 2019, "572", "474", "480"),
    ],
    "(JAMA Neurol 2022;May 9:epub)": [("JAMA Neurol", 2022, None, None, None)],
    "(Muscle & Nerve 2022;epub ahead of print)": [("Muscle & Nerve", 2022, None, None, None)],
    "(J Made Up. 2022 Jun 28:1-8. Online ahead of print.)": [("J Made Up", 2022, None, "1", "8")],
    "As of July 2021; 2:30 was the time. In 2019, 45 people came; in Europe 2019: 45.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", CITED)
def test_articles_cited_in_brackets(text: str) -> None:
    works = cited_works(Text(text))
    assert [(work.container, work.year, work.volume, work.first_page, work.last_page) for work in works] == CITED[text]


def test_an_article_and_its_doi_are_one_work() -> None:
    page = cards("<p>{name} Grade: {letter}</p>").replace(
        "<p>Key", "<p>A case (J Made Up. 2022 Jun 28:1-8. doi: 10.1000/x1) and a trial (NCT 01234567).</p><p>Key"
    )
    works = read(page).related_works
    assert [(work.container, work.doi, work.registry_id) for work in works] == [
        (None, None, "NCT01234567"), ("J Made Up", "10.1000/x1", None),
    ]  # fmt: skip


CHANGES: dict[str, list[tuple[str, str | None, str]]] = {
    "We change our TOE “Mechanism” and “Pre-Clinical” grades from U to C.": [
        ("mechanism", "U", "C"),
        ("preclinical", "U", "C"),
    ],
    "Our TOE Trials and Risks grades are changed to F and D, respectively.": [
        ("trials", None, "F"),
        ("risks", None, "D"),
    ],
    "The Trials and Risks grades change from U and B to F and D.": [("trials", "U", "F"), ("risks", "B", "D")],
    "The Mechanism, Trials and Risks grades are changed to F and D.": [],
    "Our TOE grades change from U to D for Trials and from C to B for Mechanism.": [
        ("trials", "U", "D"),
        ("mechanism", "C", "B"),
    ],
    "It failed, so the Cases grade should now be C rather than U.": [("cases", "U", "C")],
    "Pre-Clinical is raised from B to A.": [("preclinical", "B", "A")],
    "In the same way the grade for Mechanism climbs to B.": [("mechanism", None, "B")],
    "We now change our ‘Trials’ grade to C (from A).": [("trials", "A", "C")],
    "Since a related drug failed, we change our Trials grade from A to C.": [("trials", "A", "C")],
}


@pytest.mark.parametrize("text", CHANGES)
def test_changes_of_several_categories(text: str) -> None:
    assert [(change.category, change.old, change.new) for change in find_changes(Text(text), None)] == CHANGES[text]


def test_the_grade_of_a_related_drug_is_not_the_own_one() -> None:
    page = cards("<p>{name} Grade: {letter}</p>").replace(
        "<p>Key",
        "<h2>Updated Review</h2><p>May 3, 2021: In our review of a related drug we changed its Risks grade from D to F.</p><p>Key",
    )
    assert {grade.category: grade.letter for grade in read(page).grades} == LETTERS


TOLD: dict[str, list[tuple[str, str | None, str]]] = {
    "That is why Risks gets an A, not the B that we gave at first.": [("risks", "B", "A")],
    "The Mechanism grade went from D in our first review to C in this one.": [("mechanism", "D", "C")],
    "Two had a rash, which leaves our Risks grade at A.": [],
    "If it holds, we would raise the Risks grade from B to A.": [],
    "Vitamin C was added to the mix in which Mechanism is of interest.": [],
    "The Cases grade of B is new, and that of Risks A.": [],
}


@pytest.mark.parametrize("text", TOLD)
def test_the_letter_shown_tells_which_letter_is_new(text: str) -> None:
    shown: dict[Category, str] = {"mechanism": "C", "cases": "D", "risks": "A"}
    changes = told_changes([Told(Text(text), "2021-05")], shown, frozenset())
    assert [(change.category, change.old, change.new) for change in changes] == TOLD[text]
