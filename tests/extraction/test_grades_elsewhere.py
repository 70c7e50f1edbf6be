# ruff: noqa: E501 - markup
"""Grades of reviews that stand where they mostly do not: below the references, behind headings, in verbs, in a second head."""

import pytest
from layouts import GRADES, PARTS, REFERENCES, TITLE

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

NAMES = ("Mechanism", "Pre-clinical", "Cases", "Trials", "Risks")
LETTERS = [letter for _, letter in GRADES]
VERBS = {
    "mechanism": "For its mechanism we grade it B.",
    "preclinical": "We therefore gave it a C for pre-clinical data.",
    "cases": "This earns a “D” in our Cases category.",
    "trials": "It can only get an F here.",
    "risks": "On risks it receives a C from us.",
}


def read(text: str, name: str) -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def silent(behind: dict[str, str] | None = None, heads: dict[str, str] | None = None) -> str:
    """Print the review without its sentences on grades; others may stand behind the text or behind the headings."""
    lines = [f"# {TITLE}"]
    for name, role, text in PARTS:
        words = text.split(" We assign")[0].replace("{", "[").replace("}", "]")
        lines += [f"## {name}{(heads or {}).get(role, '')}", f"{words} {(behind or {}).get(role, '')}"]
    return "\n\n".join([*lines, "## References", "\n".join(f"{i}. {words}" for i, words in enumerate(REFERENCES, 1))])


def bare(text: str) -> str:
    return text.replace("## ", "").replace("# ", "")


ROWS = "\n".join(f"{name}\t{letter}\tSome words" for name, letter in zip(NAMES, LETTERS, strict=True))
MERGED = "<table><tr><th rowspan='2'>Treatment</th><th colspan='5'>Grades</th></tr><tr>" + "".join(f"<th>{name}</th>" for name in NAMES) + "</tr><tr><td>Velorin</td>" + "".join(f"<td>{letter}</td>" for letter in LETTERS) + "</tr></table>"  # fmt: skip
PLACES = {
    "below the references.txt": bare(silent()) + f"\n\nTable 1. Grades of velorin\n\nCategory\tGrade\tWhy\n{ROWS}\n",
    "behind headings.md": silent(heads={role: f" (grade {letter})" for role, letter in GRADES}),
    "behind headings and a dash.md": silent(heads={role: f" – TOE grade: {letter}" for role, letter in GRADES}),
    "in verbs.md": silent(VERBS),
    "in a second head.md": silent().replace("## References", f"{MERGED}\n\n## References"),
}


@pytest.mark.parametrize("name", PLACES)
def test_grades_are_found(name: str) -> None:
    record = read(PLACES[name], name)
    assert [(grade.category, grade.letter, grade.of_treatment) for grade in record.grades] == [
        (*grade, None) for grade in GRADES
    ]
    assert len(record.references) == len(REFERENCES)


def test_letters_that_are_no_grades() -> None:
    """Hepatitis C, vitamin D and B cells are given to nobody as grades; two verdicts on one category are none."""
    words = {
        "mechanism": "It was given with a B vitamin.",
        "cases": "One got a C section.",
        "trials": "They gave a C peptide. Some got it in hepatitis C.",
        "risks": "It gave a B cell deficit.",
    }
    assert read(silent(words), "x.md").grades == ()
    assert read(silent(VERBS | {"risks": "It earns a C for risks. It earns a D for risks."}), "x.md").grades == ()


def test_a_table_amid_the_references_ends_them_not() -> None:
    """A page may float a table into the list: what stands below it is still cited."""
    text = bare(silent()).replace("\n7. ", "\nTable 1. Doses\n7. ")
    assert len(read(text, "x.txt").references) == len(REFERENCES)


HEADS = [
    ("Original grade", "Updated grade", None),
    ("2012", "May 2020", "2012"),
    ("Grade in 2012", "Grade now", "2012"),
]


@pytest.mark.parametrize(("before", "after", "since"), HEADS)
def test_letters_before_and_after_an_update_are_of_no_other_treatment(
    before: str, after: str, since: str | None
) -> None:
    old = {"Cases": "C", "Trials": "U"}
    rows = "\n".join(
        f"| {name} | {old.get(name, letter)} | {letter} |" for name, letter in zip(NAMES, LETTERS, strict=True)
    )
    table = f"| Category | {before} | {after} |\n|---|---|---|\n{rows}"
    text = (
        silent()
        .replace("## References", f"{table}\n\n## References")
        .replace(TITLE, f"{TITLE}\n\nPublished: May 2020", 1)
    )
    grades = read(text, "x.md").grades
    assert {grade.of_treatment for grade in grades} == {None}
    assert [(g.category, g.letter) for g in grades if not g.superseded] == list(GRADES)
    replaced = [(g.category, g.letter, g.as_of, g.until) for g in grades if g.superseded]
    assert replaced == [("cases", "C", since, "2020-05"), ("trials", "U", since, "2020-05")]
