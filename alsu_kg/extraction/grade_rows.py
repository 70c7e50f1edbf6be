"""One row of a table of evidence: which category it is about, and which cell or mark gives its letter."""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.model.document import Text
from alsu_kg.model.review import Category, Place

_MOST_WORDS: Final = 6
_FEWEST_LETTERS: Final = 4
_LETTER = re.compile(r"^[\W_]*(?:grade\s*:?\s*)?(?P<letter>[ABCDFU](?:\s*/\s*[ABCDFU])?)[+–-]?[\W_]*$", re.IGNORECASE)
_LETTERS: Final = {printed: letter for letter in "ABCDFU" for printed in (letter, letter.lower())}
_GRADE_STARTS: Final = ("G", "g")
_LED_BY_LETTER = re.compile(r"[\"“‘'(]?(?:(?i:grade)\s*)?(?P<letter>[ABCDFU])[\"”’')]?\s*[:–—-]\s+(?=\S)")
_NAME_WITH_LETTER = re.compile(r".{3,40}?\s*[(:–—-]\s*(?:(?i:grade)\s*:?\s*)?[\"“']?(?P<letter>[ABCDFU])[\"”')]*\s*")
_LETTER_AGAIN = re.compile(r"(?:^|[;.,]\s|\s)(?:(?i:grade)\s*)?[ABCDFU]\s*[:=–—-]\s")
_NAME = re.compile("|".join(names for _, names in CATEGORY_NAMES), re.IGNORECASE)
_MARK = re.compile(r"[xX✓✔☑●•■*+]|(?i:yes)")


class GradeCell(NamedTuple):
    """A letter in column ``column`` of a row, with the text that explains it."""

    letter: str
    column: int
    explained: Text | None


def letter_of(text: str) -> str | None:
    """Give the grade letter that a table cell holds, or ``None`` if it holds something else.

    >>> letter_of("Grade: B"), letter_of("“b”"), letter_of("B / D"), letter_of("Best")
    ('B', 'B', 'B/D', None)
    """
    text = text.strip()
    if len(text) == 1:
        return _LETTERS.get(text)
    if len(text) > 1 and text[:2].isalpha() and text[0] not in _GRADE_STARTS:
        return None  # a word
    match = _LETTER.match(text)
    return "".join(match["letter"].split()).upper() if match else None


def read_grade_row(
    header: Sequence[Text], row: Sequence[Text], category_of: Callable[[str], Category | None]
) -> tuple[Category, list[GradeCell]] | None:
    """Read a row; ``header`` is the first row of its table. ``None`` where it is about no category.

    The letter stands in a cell of its own (several, if columns are treatments), before its explanation, behind the name, or it is
    the head of the one column that the row marks.

    >>> row = (Text("Cases"), Text("D: one case"))
    >>> read_grade_row(row, row, lambda text: "cases" if "Cases" in text else None)[1][0].letter
    'D'
    """
    if len(row) > 1 and letter_of(row[0].text) and _NAME.fullmatch(row[1].text):
        row = (row[1], row[0], *row[2:])
    category = _names(row[0].text, category_of)
    if category is None:
        return None
    letters = {i: letter for i, cell in enumerate(row) if i and (letter := letter_of(cell.text))}
    if letters:
        ends = [*letters, len(row)][1:]
        return category, [
            GradeCell(letter, i, _explanation(row[i + 1 : end]))
            for (i, letter), end in zip(letters.items(), ends, strict=True)
        ]
    found = marked_cell(header, row) or _led(row) or _behind_name(row)
    return (category, [found]) if found else None


def is_legend(rows: Sequence[Sequence[Text]]) -> bool:
    """Say whether rows explain one letter after the other below the name of a category, which stands in the first of them.

    >>> is_legend([(Text("Cases"), Text("A: two cases")), (Text(""), Text("B: one case"))])
    True
    """
    below = (row for row in rows[1:] if len(row) > 1 and not row[0].text)
    return any(_led(row) or letter_of(row[1].text) for row in below)


_EXPLAINS = re.compile(
    r"\W*(?:reasons?|explanations?|rationales?|comments?|notes?|why|basis|justifications?|evidence)\W*", re.IGNORECASE
)


def is_explaining(row: Sequence[Text]) -> bool:
    """Say whether a row explains the letters of the other one, by its first cell.

    >>> is_explaining([Text("Reason"), Text("Seen in cells")]), is_explaining([Text("Grade"), Text("B")])
    (True, False)
    """
    return bool(row) and _EXPLAINS.fullmatch(row[0].text) is not None


def place_in_table(text: Text, caption: str) -> Place | None:
    """Give the place of a cell, in the table that its caption names.

    >>> place_in_table(Text("made by us"), "Table 2. Grades") is None
    True
    """
    if not text.segments:
        return None
    label = re.match(r"(?:Table|TABLE)\s+(?:\d{1,2}|[IVX]{1,4})", caption)
    start, end = text.raw_span(0, len(text.text))
    return Place(section=label[0].title() if label else "Table", start=start, end=end)


def _names(text: str, category_of: Callable[[str], Category | None]) -> Category | None:
    return category_of(text) if len(text.split()) <= _MOST_WORDS else None


def _explanation(cells: Sequence[Text]) -> Text | None:
    return next((cell for cell in cells if len(cell.text) > len("yes")), None)


def marked_cell(header: Sequence[Text], row: Sequence[Text]) -> GradeCell | None:
    """Read a row that marks one of the columns whose heads are letters.

    >>> header, row = [Text(head) for head in ("", *"ABCD")], [Text(cell) for cell in ("Cases", "", "", "x", "")]
    >>> marked_cell(header, row).letter, marked_cell(header, header)
    ('C', None)
    """
    letters = {i: letter for i, cell in enumerate(header) if i and (letter := letter_of(cell.text))}
    marks = [i for i in letters if i < len(row) and _MARK.fullmatch(row[i].text.strip())]
    if len(letters) < _FEWEST_LETTERS or len(marks) != 1:
        return None
    return GradeCell(letters[marks[0]], marks[0], None)


def _led(row: Sequence[Text]) -> GradeCell | None:
    for i, cell in enumerate(row[1:], 1):
        match = _LED_BY_LETTER.match(cell.text)
        if match and not _LETTER_AGAIN.search(cell.text, match.end()):
            return GradeCell(match["letter"], i, cell.cut(match.end(), len(cell.text)))
    return None


def _behind_name(row: Sequence[Text]) -> GradeCell | None:
    match = _NAME_WITH_LETTER.fullmatch(row[0].text)
    return GradeCell(match["letter"], 0, _explanation(row[1:])) if match else None
