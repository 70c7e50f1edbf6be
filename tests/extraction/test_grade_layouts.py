# ruff: noqa: E501 - markup
"""The grades of a review in tables, lists and sentences of every form; legends and other tables give none."""

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

GRADES = [("mechanism", "B"), ("preclinical", "D"), ("cases", "U"), ("trials", "F"), ("risks", "A")]
LINES = list(zip(("Mechanism", "Pre-Clinical", "Cases", "Trials", "Risks"), "BDUFA", strict=True))
PARTS = "".join(f"<h2>{name}</h2><p>Nothing is known.</p>" for name, _ in LINES)
LIST = "<h2>References</h2><ol><li>Ay B. One. Cell. 2001;2:3.</li></ol>"


def read(text: str, name: str) -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def table(rows: list[list[str]]) -> str:
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    )


PAGES = {
    "letter first": table([["Grade", "Category"], *([letter, name] for name, letter in LINES)]),
    "letter before its meaning": table([[name, f"{letter}: So it is."] for name, letter in LINES]),
    "marks below letters": table([["", *"ABCDFU"], *([name, *("X" if other == letter else "" for other in "ABCDFU")] for name, letter in LINES)]),
    "letter behind the name": table([[f"{name} ({letter})", "So it is."] for name, letter in LINES]),
    "a row for the caption": "<table><tr><th colspan=3>Table 1: grades</th></tr>" + "".join(f"<tr><th>{name}</th><td>Grade {letter}</td><td>So it is.</td></tr>" for name, letter in LINES) + "</table>",
    "list": "<ul>" + "".join(f"<li>{name} = {letter}</li>" for name, letter in LINES) + "</ul>",
    "sentence": "<p>We assign grades of B for mechanism, D for preclinical, U for cases, F for trials, and A for risks.</p>",
    "sentence with commas": "<p>Our grades are as follows: Mechanism, B; Pre-clinical, D; Cases, U; Trials, F; Risks, A.</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_grades_of_pages(name: str) -> None:
    text = f"<html><body><h1>ALSUntangled 94: Cremol</h1>{PARTS}{PAGES[name]}<h2>Conclusion</h2><p>Unclear.</p>{LIST}</body></html>"
    record = read(text, "a.html")
    assert [(g.category, g.letter) for g in record.grades] == GRADES
    assert record.review.number == 94
    assert len(record.references) == 1


RULE = "+--------------+-------+------------+\n"
TEXTS = {
    "spaces.txt": "Category        Grade   Why\n" + "".join(f"{name:15} {letter}       So it is\n" for name, letter in LINES),
    "frames.txt": RULE + "| Category     | Grade | Why        |\n" + RULE.replace("-", "=") + "".join(f"| {name:12} | {letter}     | So it is   |\n{RULE}" for name, letter in LINES),
    "bars.md": "| Category | Grade |\n|---|---|\n" + "".join(f"| {name} | {letter} |\n" for name, letter in LINES),
    "frames.md": RULE + "| Category     | Grade | Why        |\n" + RULE.replace("-", "=") + "".join(f"| {name:12} | {letter}     | So it is   |\n{RULE}" for name, letter in LINES),
    "dashes.md": "  Category       Grade   Why\n  -------------- ------- ---------\n" + "".join(f"  {name:14} {letter:7} So it is\n" for name, letter in LINES),
    "items.md": "".join(f"- **{name}:** {letter} (so it is)\n" for name, letter in LINES),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_grades_of_texts(name: str) -> None:
    mark = "# " if name.endswith(".md") else ""
    parts = "".join(f"{mark}{part}\n\nNothing is known of it.\n\n" for part, _ in LINES)
    listed = f"{mark}References\n\n1. Ay B. One. Cell. 2001;2:3.\n"
    text = f"{mark}ALSUntangled 94: Cremol\n\n{parts}{TEXTS[name]}\n{mark}Conclusion\n\nUnclear.\n\n{listed}"
    record = read(text, name)
    assert [(g.category, g.letter) for g in record.grades] == GRADES
    assert [s.role for s in record.sections if s.role != "other"] == [
        *(role for role, _ in GRADES),
        "conclusion",
        "references",
    ]
    for grade in record.grades:
        place = grade.rationale_place or grade.place
        if place is not None:
            cut = text[place.start : place.end]
            assert "o it is" in cut or grade.letter in cut


LEGENDS = {
    "letters below a name": table([["Mechanism", "A: in humans"], ["", "B: in animals"], ["Cases", "A: two"], ["", "B: one"]]),
    "letters in one cell": table([["Mechanism", "A: in humans; B: in animals"], ["Cases", "A: two; B: one"], ["Trials", "A: two; B: one"]]),
    "letters before meanings": table([["A", "Two good trials"], ["B", "One trial in animals"], ["C", "Animal models"]]),
    "columns of meanings": table([["", "A", "B", "C", "D"], ["Mechanism", "in humans", "in mice", "in cells", "none"], ["Cases", "two", "one", "some", "none"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", LEGENDS)
def test_legends_give_no_grades(name: str) -> None:
    text = f"<html><body><h1>ALSUntangled 94: Cremol</h1>{PARTS}{LEGENDS[name]}<h2>Conclusion</h2><p>Unclear.</p>{LIST}</body></html>"
    assert read(text, "a.html").grades == ()
