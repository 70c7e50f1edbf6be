"""Habits of house styles and programs: labelled bylines, lists of ones, letters behind headings, links that cite."""

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

LIST = (
    "Maker AB, Second C. Making of one thing. Brain Res. 2001;12:33–41.",
    "Third D. The slow decay of cells. Exp Neurol. 2003;194:12–20.",
    "Fourth E, Fifth F. A test of light. Ann Neurol. 2005;53:1–9.",
)
PARTS = (
    ("Background", "Examplene is an extract that was first made in 1990 {1}."),
    ("Mechanism", "It lowers oxidative stress in cells {2}."),
    ("Cases", "One patient took examplene; the score stayed at 38 {3}. No others are known."),
    ("Trials", "There are none."),
    ("Risks", "Nausea is common {2}. It costs $40 to $4,000 {3} per month."),
    ("Conclusion", "We do not advise the use of examplene."),
)


def review(cite: str = " [{}]", *, label: str = "{}. ", ahead: str = "", names: str = "", letters: str = "") -> str:
    lines = [ahead or "# ALSUntangled 912: Examplene", names]
    for i, (heading, words) in enumerate(PARTS):
        letter = letters.format("CDUB"[i - 1]) if 0 < i < 5 else ""
        text = words
        for n in "123":
            text = text.replace(f" {{{n}}}", cite.format(n))
        lines += [f"## {heading}{letter}", text]
    lines += ["## References", "\n".join(label.format(i) + line for i, line in enumerate(LIST, 1))]
    return "\n\n".join(line for line in lines if line) + "\n"


def read(text: str, name: str = "examplene.md") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


CITED = [("Background", (1,)), ("Mechanism", (2,)), ("Cases", (3,)), ("Risks", (2,)), ("Risks", (3,))]


@pytest.mark.parametrize("cite", [" [{}]", "^{}^", "<sup>{}</sup>", "[^{}]", " [{0}](#ref-{0})"])
def test_numbers_behind_numbers_are_read_in_every_style(cite: str) -> None:
    text = review(cite)
    if cite == "[^{}]":
        text = text.split("## References")[0] + "\n".join(f"[^{i}]: {line}" for i, line in enumerate(LIST, 1))
    record = read(text)
    assert [(pointer.section, pointer.numbers) for pointer in record.pointers] == CITED
    assert [(cost.low, cost.high) for cost in record.costs] == [(40.0, 4000.0)]


def test_powers_are_no_citations() -> None:
    record = read(
        review("^{}^").replace("There are none.", "About 10^2^ cells and 5 cm^3^ were used, 2^3^ times each.")
    )
    assert [(pointer.section, pointer.numbers) for pointer in record.pointers] == CITED


def test_links_to_figures_are_no_citations() -> None:
    text = review(" [{0}](#ref-{0})").replace("There are none.", "See Fig. [1](#fig-1).")
    assert [(pointer.section, pointer.numbers) for pointer in read(text).pointers] == CITED


def test_a_list_of_ones_is_counted() -> None:
    record = read(review(label="1. "))
    assert [(ref.number, ref.first_page) for ref in record.references] == [(1, "33"), (2, "12"), (3, "1")]
    assert [pointer.numbers for pointer in record.pointers] == [numbers for _, numbers in CITED]


@pytest.mark.parametrize("letters", [" — Grade {}", " (TOE grade: {})", ": grade {}"])
def test_a_review_with_letters_in_its_headings_is_no_summary_page(letters: str) -> None:
    record = read(review(letters=letters))
    assert {grade.category: grade.letter for grade in record.grades} == {
        "mechanism": "C", "cases": "D", "trials": "U", "risks": "B",
    }  # fmt: skip
    assert [section.role for section in record.sections][1:] == [
        "background", "mechanism", "cases", "trials", "risks", "conclusion", "references",
    ]  # fmt: skip
    assert (len(record.references), record.review.number) == (3, 912)


@pytest.mark.parametrize(
    ("names", "reviewers", "authors"),
    [
        ("Reviewers: Ann Ayers, Bob van den Dole", ("Ann Ayers", "Bob van den Dole"), ()),
        ("**Reviewed by** Ann Ayers and Cy Wei", ("Ann Ayers", "Cy Wei"), ()),
        ("ALSUntangled reviewers: Ann Ayers; Cy Wei.", ("Ann Ayers", "Cy Wei"), ()),
        ("*Written by Ann Ayers & Cy Wei*", (), ("Ann Ayers", "Cy Wei")),
        ("By Ann Ayers, Cy Wei", (), ("Ann Ayers", "Cy Wei")),
        ("Authors: Ann Ayers, Cy Wei Date: 3 May 2021", (), ("Ann Ayers", "Cy Wei")),
        ("By now it is known that Ann saw this.", (), ()),
    ],
)
def test_bylines_say_who_reviewed_and_who_wrote(
    names: str, reviewers: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    record = read(review(names=names))
    assert (record.review.reviewers, record.review.authors) == (reviewers, authors)


@pytest.mark.parametrize("given", ["author:\n  - Ann Ayers\n  - name: Cy Wei", "authors: [Ann Ayers, Cy Wei]"])
def test_authors_of_metadata(given: str) -> None:
    record = read(review(ahead=f"---\ntitle: 'ALSUntangled 912: Examplene'\n{given}\ndate: 3 May 2021\n---"))
    assert (record.review.authors, record.review.published) == (("Ann Ayers", "Cy Wei"), "2021-05-03")


def test_names_of_latex_and_brackets_of_its_converters() -> None:
    parts = "\n".join(
        f"\\section{{{heading}}}\n"
        + words.replace("}", "<").replace(" {", " {[}").replace("<", "{]}").replace("$", "\\$")
        for heading, words in PARTS
    )
    text = (
        "\\documentclass{article}\n\\title{ALSUntangled 912: Examplene}\n\\author{Ann Ayers \\and Cy Wei}\n"
        f"\\date{{3 May 2021}}\n\\begin{{document}}\n\\maketitle\n{parts}\n\\section{{References}}\n\\begin{{enumerate}}\n"
        + "\n".join(f"\\item {line}" for line in LIST)
        + "\n\\end{enumerate}\n\\end{document}\n"
    )
    record = read(text, "examplene.tex")
    assert (record.review.authors, record.review.published) == (("Ann Ayers", "Cy Wei"), "2021-05-03")
    assert [pointer.numbers for pointer in record.pointers] == [numbers for _, numbers in CITED]


def test_columns_of_a_ruled_table() -> None:
    table = (
        "=========== ===== ==================\nCategory    Grade Explanation\n=========== ===== ==================\n"
        "Mechanism   C     Seen in cells\nPreclinical U     None found in any\n                  model of the disease\n"
        "Cases       D     One report\n=========== ===== =================="
    )
    record = read(review().replace("There are none.", f"There are none.\n\n{table}"), "examplene.rst")
    assert {grade.category: (grade.letter, grade.rationale) for grade in record.grades} == {
        "mechanism": ("C", "Seen in cells"),
        "preclinical": ("U", "None found in any model of the disease"),
        "cases": ("D", "One report"),
    }


def test_lines_with_letters_are_no_headings() -> None:
    text = "\n".join(
        line.replace("## ", "").upper() if line.startswith("##") else line
        for line in review().splitlines()
        if line.strip()
    ).replace("REFERENCES", "Mechanism = C\nCases = D\nTrials = U\nRisks = B\nREFERENCES")
    record = read(text.replace("# ALS", "ALS"), "examplene.txt")
    assert [section.heading for section in record.sections if "=" in section.heading] == []
    assert {grade.category: grade.letter for grade in record.grades} == {
        "mechanism": "C", "cases": "D", "trials": "U", "risks": "B",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "effect"),
    [
        ("High doses may worsen psoriasis.", "psoriasis"),
        ("Eye irritation and loose stools were reported.", "eye irritation"),
        ("Eye irritation and loose stools were reported.", "loose stools"),
    ],
)
def test_harms_told_in_further_words(harm: str, effect: str) -> None:
    record = read(review().replace("Nausea is common [2].", harm))
    assert effect in [risk.effect for risk in record.risks]


def test_a_summary_of_grades_is_no_conclusion() -> None:
    record = read(review().replace("## Conclusion", "## Summary of grades\n\nSee above.\n\n## Conclusion"))
    assert [s.role for s in record.sections if s.heading == "Summary of grades"] == ["other"]


GRADED = {
    "verb": ("We grade its mechanism a C.", "Cases are graded D.", "Trials receive the grade U.", "Risks were awarded grade B."),
    "name first": ("Mechanism: grade C.", "Cases: D.", "Trials – U.", "Risks = B."),
    "letter first": ("In summary, C for mechanism.", "In short, D for cases.", "Overall, U for trials.", "Overall, B for risks."),
    "verdict": ("Our verdict is a C.", "Our verdict is a D.", "The panel voted for a U (8 of 9).", "Our verdict is a B."),
    "quoted": ("We assign “C” to this.", "We assign “D” to these.", "We give “U” to trials.", "We assign “B” to risks."),
}  # fmt: skip


def graded_in(sentences: tuple[str, ...]) -> dict[str, str]:
    text = review()
    for heading, sentence in zip(("Cases", "Trials", "Risks", "Conclusion"), sentences, strict=True):
        text = text.replace(f"\n\n## {heading}", f" {sentence}\n\n## {heading}")
    return {grade.category: grade.letter for grade in read(text).grades}


@pytest.mark.parametrize("form", GRADED)
def test_letters_that_only_sentences_give(form: str) -> None:
    assert graded_in(GRADED[form]) == {"mechanism": "C", "cases": "D", "trials": "U", "risks": "B"}


@pytest.mark.parametrize(
    "sentences",
    [
        ("It was graded high in vitamin C.", "They rated pain on scale D.", "They had hepatitis B.", "Some scored type B."),
        ("It was formerly graded C.", "It was formerly graded D.", "It was formerly graded U.", "It was formerly graded B."),
    ],
)  # fmt: skip
def test_letters_that_are_no_grades_now(sentences: tuple[str, ...]) -> None:
    assert graded_in(sentences) == {}


def test_letters_of_columns_have_places_and_reasons() -> None:
    table = (
        "| | Mechanism | Cases | Trials | Risks |\n|---|---|---|---|---|\n| Grade | C | D | U | B |\n"
        "| Reason | Seen in cells | One report | None found | Mild ones |"
    )
    text = review().replace("There are none.", f"There are none.\n\n{table}")
    grades = read(text).grades
    assert [(g.letter, g.rationale) for g in grades] == [
        ("C", "Seen in cells"), ("D", "One report"), ("U", "None found"), ("B", "Mild ones"),
    ]  # fmt: skip
    assert {g.of_treatment for g in grades} == {None}  # "Grade" is no treatment
    bare = read(text.replace("| Reason | Seen in cells | One report | None found | Mild ones |", "")).grades
    assert [text[g.place.start : g.place.end] for g in bare if g.place] == ["C", "D", "U", "B"]


def article(body: str, listed: str) -> str:
    return (
        '<article><front><article-meta><title-group><article-title>ALSUntangled 912: Examplene</article-title></title-group>'
        f"</article-meta></front><body>{body}</body><back>{listed}</back></article>"
    )  # fmt: skip


def test_an_article_whose_list_is_not_tagged() -> None:
    body = "".join(
        f"<sec><title>{heading}</title><p>{words}</p></sec>".replace(" {", "<sup>").replace("}", "</sup>")
        for heading, words in PARTS
    )
    items = "".join(f"<list-item><p>{line}</p></list-item>" for line in LIST)
    listed = f'<sec><title>References</title><list list-type="order">{items}</list></sec>'
    record = read(article(body + listed, ""), "examplene.xml")
    assert [reference.first_page for reference in record.references] == ["33", "12", "1"]
    assert [(pointer.section, pointer.numbers) for pointer in record.pointers] == CITED
    assert [(cost.low, cost.high) for cost in record.costs] == [(40.0, 4000.0)]


def test_a_range_in_words_between_tags() -> None:
    refs = "".join(f'<ref id="B{i}"><mixed-citation>{line}</mixed-citation></ref>' for i, line in enumerate(LIST, 1))
    cited = '<xref ref-type="bibr" rid="B1">1</xref> to <xref ref-type="bibr" rid="B3">3</xref>'
    text = article(f"<sec><title>Risks</title><p>Seen (refs. {cited}).</p></sec>", f"<ref-list>{refs}</ref-list>")
    assert [pointer.numbers for pointer in read(text, "examplene.xml").pointers] == [(1, 2, 3)]


def test_authors_in_the_head_of_a_page() -> None:
    page = (
        "<html><head><title>ALSUntangled 912: Examplene</title><meta name='citation_author' content='Ayers, Ann'>"
        "<meta name='citation_author' content='Cy Wei'></head><body><h1>ALSUntangled 912: Examplene</h1>"
        "<h2>Risks</h2><p>None are known.</p></body></html>"
    )
    assert read(page, "page.html").review.authors == ("Ann Ayers", "Cy Wei")


def test_date_and_names_in_one_line() -> None:
    record = read(review(names="3 May 2021 | by Ann Ayers, Cy Wei"))
    assert (record.review.published, record.review.authors) == ("2021-05-03", ("Ann Ayers", "Cy Wei"))


def test_metadata_that_never_ends_is_read_at_once() -> None:
    record = read("---\nauthor:\n" + "  - Ann Ayers\n" * 3000 + "---\n\n" + review())
    assert len(record.references) == 3
