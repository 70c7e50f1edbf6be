# ruff: noqa: E501 - markup
"""Summary pages: forms in which grades are printed, wordings of changes, dates, other languages, legends that are no grades."""

from pathlib import Path

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes
from alsu_kg.model.document import Text
from alsu_kg.model.review import ReviewRecord

GRADES = [("mechanism", "C"), ("preclinical", "B"), ("cases", "D"), ("trials", "U"), ("risks", "A")]
NAMES = ("Mechanism", "Preclinical Trials", "Cases", "Trials", "Risks")
LINES = [(name, letter) for name, (_, letter) in zip(NAMES, GRADES, strict=True)]
LEGEND = "<h3>Mechanism</h3><p>Grade A: shown in humans</p><p>Grade B: shown in animals</p><h3>Risks</h3><p>Grade A: none</p><p>Grade B: few</p>"
ADVICE = "<p>Examplene has not been shown to help. We do not advise it. PALS can find more here.</p>"
WORDINGS = [
    line.split("\t")
    for line in (Path(__file__).parent / "summary_wordings.tsv").read_text(encoding="utf-8").splitlines()
]


def read(text: str, name: str = "page.html") -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>Examplene – The Reviews</title></head><body><h1>Examplene</h1>{body}</body></html>"


def each(form: str) -> str:
    return "".join(form.format(name=name, letter=letter) for name, letter in LINES)


FORMS = {
    "rows of a table": f"<table><tr><th>Category</th><th>Grade</th><th>Why</th></tr>{each('<tr><td>{name}</td><td><b>{letter}</b></td><td>So it is.</td></tr>')}</table>",
    "head of a table": "<table><tr>" + "".join(f"<th>{name} Grade</th>" for name in NAMES) + "</tr><tr>" + "".join(f"<td>{letter}</td>" for _, letter in LINES) + "</tr></table>",
    "pictures": "<h2>Key Information</h2>" + each('<p>{name} Grade: <img alt="Grade {letter}"></p>'),
    "pictures that say all": "<h2>Key Information</h2>" + each('<figure><img alt="{name} Grade {letter}"><figcaption>{name}</figcaption></figure>'),
    "marks without gap": f"<h2>Key Information</h2><ul>{each('<li><span>{name}</span><span>{letter}</span></li>')}</ul>",
    "cards": each("<div><h5>{name}</h5><div>{letter}</div></div>"),
    "terms": f"<h2>Key Information</h2><dl>{each('<dt>{name}</dt><dd>Grade {letter}</dd>')}</dl>",
    "letter first": f"<h2>TOE grades</h2>{each('<p><b>{letter}</b> – {name}</p>')}",
    "with a remark": f"<h2>Key Information</h2>{each('<p>{name} Grade: {letter} (as of now)</p>')}",
    "spans in a row": f"<p>Key Information</p><p>{each('<span>{name} Grade:</span> <span>{letter}</span> ')}</p>",
    "accordion": f"<details><summary>Key Information</summary><ul>{each('<li><b>{name} Grade:</b> {letter}</li>')}</ul></details>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_grades_in_every_form(form: str) -> None:
    text = page(f"{FORMS[form]}<p>Published: Nov 2016</p>{ADVICE}<div class='box'>{LEGEND}</div>")
    record = read(text)
    assert [(g.category, g.letter, g.as_of) for g in record.grades] == [(*grade, "2016-11") for grade in GRADES]
    assert record.advice is not None
    assert record.advice.category == "not advised"
    for grade in record.grades:
        assert grade.place is not None
        assert grade.letter in text[grade.place.start : grade.place.end]


TEXTS = {
    "bullets.txt": "Home\nReviews\n\nExamplene\n\nKey Information\n" + "".join(f"• {name} Grade: {letter}\n" for name, letter in LINES) + "• Published: Nov 2016\n\nWe do not advise examplene for PALS.\n",
    "no empty lines.txt": "Examplene\nKey Information\n" + "".join(f"{name} Grade: {letter}\n" for name, letter in LINES) + "Published: Nov 2016\nConclusion\nWe do not advise examplene for PALS.\n",
    "dots.txt": "Examplene\n\nKey Information\n" + "".join(f"  {name} Grade ..... {letter}\n" for name, letter in LINES) + "  Published ..... Nov 2016\n\nWe do not advise examplene for PALS.\n",
    "hard breaks.md": "# Examplene\n\n## Key Information\n\n" + "".join(f"**{name} Grade:** {letter}  \n" for name, letter in LINES) + "**Published:** Nov 2016\n\nWe do not advise examplene for PALS.\n",
    "soft breaks.md": "# Examplene\n\n## Key Information\n\n" + "".join(f"{name} Grade: {letter}\n" for name, letter in LINES) + "Published: Nov 2016\n\nWe do not advise examplene for PALS.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    record = read(TEXTS[name], name)
    assert record.treatment is not None
    assert record.treatment.label == "Examplene"
    assert [(g.category, g.letter, g.as_of) for g in record.grades] == [(*grade, "2016-11") for grade in GRADES]


LANGUAGES = {
    "Spanish": ("Información clave", "Grado de {}: ", ("mecanismo", "ensayos preclínicos", "casos", "ensayos clínicos", "riesgos"), "Publicado: 5 de noviembre de 2016"),
    "French": ("Informations clés", "Note {} : ", ("Mécanisme", "Études précliniques", "Cas", "Essais", "Risques"), "Publié : 5 novembre 2016"),
    "German": ("Wichtige Informationen", "Note für {}: ", ("Mechanismus", "Präklinische Studien", "Fälle", "Studien", "Risiken"), "Veröffentlicht: 5. November 2016"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages(language: str) -> None:
    key, line, names, published = LANGUAGES[language]
    lines = "".join(f"<p>{line.format(name)}{letter}</p>" for name, (_, letter) in zip(names, GRADES, strict=True))
    record = read(page(f"<h2>{key}</h2>{lines}<p>{published}</p>"))
    assert [(g.category, g.letter, g.as_of) for g in record.grades] == [(*grade, "2016-11-05") for grade in GRADES]


@pytest.mark.parametrize(("sentence", "expected"), WORDINGS)
def test_wordings(sentence: str, expected: str) -> None:
    found = [
        f"{change.category} {change.old or '-'} {change.new}" for change in find_changes(Text(sentence), "2021-06")
    ]
    assert "; ".join(found) == expected


def test_a_legend_gives_no_grades() -> None:
    legend = (
        LEGEND
        + "<h3>Cases</h3><p>Grade A: two or more validated cases</p><p>Grade B: one case</p><h3>Trials</h3><p>Grade A: two</p>"
    )
    assert read(page(f"<h2>How we grade</h2>{legend}")).grades == ()


def test_what_is_not_said_stays_unknown() -> None:
    lines = "<p>Mechanism Grade: C</p><p>Cases Grade: not graded</p><p>Trials Grade: N/A</p><p>Preclinical Grade: B</p><p>Risks Grade: C</p>"
    grades = read(page(f"<h2>Key Information</h2>{lines}")).grades
    assert [(g.category, g.letter, g.as_of) for g in grades] == [
        ("mechanism", "C", None),
        ("preclinical", "B", None),
        ("risks", "C", None),
    ]


def test_the_last_head_of_a_table_does_not_take_the_first_letter() -> None:
    rows = "<table><tr><th>Mechanism Grade</th><th>Cases Grade</th><th>Risks Grade</th></tr><tr><td>A</td><td>B</td><td>C</td></tr></table>"
    assert [(g.category, g.letter) for g in read(page(rows)).grades] == [
        ("mechanism", "A"),
        ("cases", "B"),
        ("risks", "C"),
    ]


def test_a_list_of_links_under_a_letter() -> None:
    body = "<h1>Patient cases: Grade B</h1><ul><li><a href='/a'>Cuprol</a></li><li><a href='/b'>Examplene</a></li></ul>"
    record = read(f"<html><head><title>Cases</title></head><body>{body}</body></html>")
    assert [(g.category, g.letter, g.of_treatment) for g in record.grades] == [
        ("cases", "B", "Cuprol"),
        ("cases", "B", "Examplene"),
    ]


DATES = {
    "2022/05/03": "2022-05-03", "03-May-2022": "2022-05-03", "2022, May 3": "2022-05-03", "Sept. 2022": "2022-09", "5/2022": "2022-05",
    "the 3rd of May, 2022": "2022-05-03", "Tuesday, May 3, 2022": "2022-05-03", "3. März 2022": "2022-03-03", "août 2022": "2022-08",
    "3.5.2022": "2022", "May '22": None, "Spring 2022": "2022", "20220503": None, "2022-13-01": "2022",
}  # fmt: skip


@pytest.mark.parametrize("printed", DATES)
def test_dates(printed: str) -> None:
    assert find_date(f"Published: {printed}") == DATES[printed]
