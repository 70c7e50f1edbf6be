"""The lines of a summary page that give a category its letter: lines, cells of tables, names over letters."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.grade_changes import CATEGORY_NAMES
from alsu_kg.model.document import Block, Text
from alsu_kg.model.review import Category

ENOUGH: Final = 3
LONGEST_LINE: Final = 400
_MOST_HEADS: Final = 2  # rows of one cell over the heads of a table
_LONGEST_SHORT: Final = 60
_MAY_GRADE = re.compile(
    r"[Gg]rad[eo]|GRAD[EO]|[Cc]alificaci|[Nn]ot[ae]\b|[Bb]ewertung|[:=–—-]\s*[\"“‘'(\[]?[ABCDFU]\b|[a-z]\s?[ABCDFU]\W*$"
    r"|^\W*[ABCDFU]\s*[:=–—-]|,\s[ABCDFU]\W*$"
)
_NAMES: Final = "|".join(names for _, names in CATEGORY_NAMES)
_LETTER = r"[\"“‘'(\[]?(?P<letter>[ABCDFU](?:\s?/\s?[ABCDFU])?)(?P<sign>[+–-]?)[\"”’')\]]?"
_WORD = r"(?:TOE\s+|evidence\s+)?(?:grade|calificaci[oó]n|not[ae]|grado|bewertung)"
# "Mechanism Grade: B", "Grade for Mechanism – B", "Calificación de Mecanismo: B"; with the letter in the next line, none here.
GRADE = re.compile(
    rf"^\W*(?:(?:TOE\s+(?!.*\())?(?P<category>{_NAMES})\s+{_WORD}|{_WORD}s?\s+(?:(?:for|of|für|de(?:l|s|\s+los|\s+las|\s+la)?|du)\s+)?(?:the\s+)?"
    rf"(?P<category2>{_NAMES}))\s*"
    rf"(?:::|[:=–—-]|(?:is|of)\b|\.{{2,}}|…+)?\s*(?:(?:grade\s*)?{_LETTER}(?:\s*\([^()]{{1,80}}\))?)?\W*$",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s*[|•·;]\s*|\s+/\s+|,\s+(?=[A-Z])")
_NAME_ALONE = re.compile(rf"^\W*(?P<category>{_NAMES})\W*$", re.IGNORECASE)
_NAME_IN_HEAD = re.compile(rf"^\W*(?P<category>{_NAMES})(?:\s+grade)?\W*$", re.IGNORECASE)
_GRADE_FIRST = re.compile(rf"^\W*(?i:grade)\s*[:=–—-]?\s*{_LETTER}(?=$|[\s.,;:–—-])")
# "Mechanism: B", which counts only where several such lines stand together.
# In "MechanismB" and "Mechanism B" the letter stood in a mark of its own; "B – Mechanism" has it first.
SHORT = re.compile(
    rf"^\W*(?P<category>{_NAMES})(?:\s*(?:::|[:=–—-])\s*(?:grade\s+)?|\s?(?-i:(?=[ABCDFU]))|\s*,\s){_LETTER}(?:\s*\([^()]{{1,80}}\))?\W*$"
    rf"|^\W*(?P<first>(?-i:[ABCDFU]))\s*[:=–—-]\s*(?P<category2>{_NAMES})\W*$",
    re.IGNORECASE,
)
_BEFORE_UPDATE = re.compile(r"(?:original|initial|previous|prior|former|old|first|from|before)\b", re.IGNORECASE)
_AFTER_UPDATE = re.compile(r"(?:updated?|current|new|revised|latest|present|to|after)\b", re.IGNORECASE)
_GRADE_ALONE = re.compile(r"^\W*(?:TOE\s+)?grade\W*$", re.IGNORECASE)
_GRADE_AHEAD = re.compile(r"^\W*(?:TOE\s+)?grade\s*:?\s+", re.IGNORECASE)
_GRADES_AHEAD = re.compile(r"^\W*(?:TOE\s+)?grades?\s*[:–—-]\s*", re.IGNORECASE)
_PAIR = re.compile(rf"(?i:{_NAMES})\s*[:=–—-]?\s*[ABCDFU](?=\W|$|[A-Z][a-z])\W*")  # where nothing but gaps parts them
_LETTER_ONLY = re.compile(
    rf"^\W*(?:grade\s*:?\s*)?{_LETTER}\W*(?:\d{{1,3}}\s?%)?$"
)  # beside a bar may stand its length


class Graded(NamedTuple):
    """A line (its position) that gives a category its letter."""

    category: Category
    letter: str
    text: Text
    at: int


def graded_lines(lines: list[tuple[Block, Text]], *, by_rows: bool = True) -> list[Graded]:
    """Find lines that give a letter, or name a category right before a line that is a letter; one line may hold several.

    Without ``by_rows`` tables that full reviews have too do not count.

    >>> lines = [(Block("paragraph", text), text) for text in (Text("Cases Grade:"), Text("B"))]
    >>> [(item.category, item.letter) for item in graded_lines(lines)]
    [('cases', 'B')]
    """
    found: list[Graded] = []
    short: list[Graded] = []
    for i, (_, text) in enumerate(lines):
        size = len(text.text)
        if size <= LONGEST_LINE and may_grade(text.text.lower()):
            found += _graded_line(lines, i, GRADE)
        if size <= 2 * _LONGEST_SHORT:
            short += _graded_line(lines, i, SHORT)
            if size <= _LONGEST_SHORT:
                found += _under_name(lines, i)
                short += _over_letter(lines, i)
    found = sorted((*found, *_graded_tables(lines, by_rows=by_rows)), key=lambda item: item.at)
    if len({item.category for item in found}) < ENOUGH <= len({item.category for item in short}):
        found = sorted((*found, *short), key=lambda item: item.at)
    return found


def may_grade(lower: str) -> bool:
    """Say whether a line in small letters has one of the words of which ``GRADE`` needs one.

    >>> may_grade("cases grade: b"), may_grade("cases: b")
    (True, False)
    """
    return "grad" in lower or "calificaci" in lower or "nota" in lower or "note" in lower or "bewertung" in lower


def _under_name(lines: list[tuple[Block, Text]], i: int) -> Iterator[Graded]:
    """Read a line that is a category's name alone, over a line that starts with ``Grade B``."""
    alone = _NAME_ALONE.match(lines[i][1].text) if i + 1 < len(lines) else None
    below = _GRADE_FIRST.match(lines[i + 1][1].text) if alone else None
    category = category_in(alone) if alone else None
    if below is not None and i + 2 < len(lines) and _GRADE_FIRST.match(lines[i + 2][1].text):
        return  # a legend, which explains one letter after the other
    if below is not None and category is not None and below["letter"].isupper():
        yield Graded(category, re.sub(r"\s", "", below["letter"]), lines[i + 1][1].cut(0, below.end()), i)


def _over_letter(lines: list[tuple[Block, Text]], i: int) -> Iterator[Graded]:
    """Read a line that is a category's name alone over a line that is a letter, as on cards."""
    alone = _NAME_ALONE.match(lines[i][1].text) if i + 1 < len(lines) and lines[i][0].kind != "table" else None
    below = i + 2 if alone and i + 2 < len(lines) and _GRADE_ALONE.match(lines[i + 1][1].text) else i + 1
    letter = _LETTER_ONLY.match(lines[below][1].text) if alone else None
    category = category_in(alone) if alone else None
    if letter is not None and category is not None and letter["letter"].isupper():
        yield Graded(category, re.sub(r"\s", "", letter["letter"]), lines[below][1], i)


def _graded_tables(lines: list[tuple[Block, Text]], *, by_rows: bool) -> Iterator[Graded]:
    """Read tables whose head names categories over one row of letters; of several rows each speaks of another treatment.

    With ``by_rows`` also tables of which a row has a category, its one letter and perhaps an explanation.
    """
    for i, (block, _) in enumerate(lines):
        if block.kind != "table" or (i and lines[i - 1][0] is block):
            continue
        if by_rows:
            yield from _graded_rows(block, i)
        if len(block.rows) > _MOST_HEADS + 2:
            continue
        rows = [row for row in block.rows if sum(bool(cell.text) for cell in row) > 1]
        if len(rows) != 2:
            continue
        head, letters = rows
        cells = [
            (_NAME_IN_HEAD.match(a.text), _LETTER_ONLY.match(b.text), b) for a, b in zip(head, letters, strict=False)
        ]
        found = [(category_in(name), letter["letter"], cell) for name, letter, cell in cells if name and letter]
        if len(found) >= ENOUGH:
            for category, letter, cell in found:
                if category is not None and letter.isupper():
                    yield Graded(category, re.sub(r"\s", "", letter), cell, i)


def columns_of_change(table: Block) -> tuple[int, int] | None:
    """Give the columns of a table that hold the letters before and after an update, as their heads say.

    >>> heads = tuple(Text(head) for head in ("Category", "Original grade", "Updated grade"))
    >>> columns_of_change(Block("table", Text(""), rows=(heads,))), columns_of_change(Block("table", Text("")))
    ((1, 2), None)
    """
    heads = [cell.text for cell in table.rows[0]] if table.rows else []
    before = [i for i, head in enumerate(heads) if _BEFORE_UPDATE.match(head)]
    after = [i for i, head in enumerate(heads) if _AFTER_UPDATE.match(head)]
    return (before[0], after[0]) if len(before) == len(after) == 1 else None


def letter_in(cell: Text) -> str | None:
    """Give the letter that is all that a cell holds.

    >>> letter_in(Text("Grade B")), letter_in(Text("B or so"))
    ('B', None)
    """
    match = _LETTER_ONLY.match(_GRADE_AHEAD.sub("", cell.text))
    return re.sub(r"\s", "", match["letter"]) if match and match["letter"].isupper() else None


def category_of_row(row: Sequence[Text]) -> Category | None:
    """Give the category that the first cell of a row names, or the one behind its date.

    >>> category_of_row([Text("Pre-clinical"), Text("B")])
    'preclinical'
    """
    name = next((match for cell in row[:2] if (match := _NAME_IN_HEAD.match(cell.text))), None)
    return category_in(name) if name else None


def _graded_rows(table: Block, at: int) -> Iterator[Graded]:
    found = []
    columns = columns_of_change(table)
    for row in table.rows if columns else ():
        category = category_of_row(row)
        if columns and len(row) > columns[1] and category and (letter := letter_in(row[columns[1]])):
            found.append(Graded(category, letter, row[columns[1]], at))
    if columns:
        yield from found if len({item.category for item in found}) >= ENOUGH else ()
        return
    for row in table.rows:
        cells = [cell for cell in row if cell.text]
        at += len(cells)
        name = _NAME_ALONE.match(cells[0].text) if len(cells) > 1 else None
        letters = [(m["letter"], cell) for cell in cells[1:] if (m := _LETTER_ONLY.match(cell.text))]
        if name is not None and len(letters) > 1:
            return  # one treatment a column
        if name is not None and letters and letters[0][0].isupper() and (category := category_in(name)):
            found.append(Graded(category, re.sub(r"\s", "", letters[0][0]), letters[0][1], at - len(cells)))
    if len({item.category for item in found}) >= ENOUGH:
        yield from found


def _graded_line(lines: list[tuple[Block, Text]], i: int, pattern: re.Pattern[str]) -> Iterator[Graded]:
    text = lines[i][1]
    if not _MAY_GRADE.search(text.text):
        return
    for part in _split_grades(text) if pattern is GRADE else _split_bars(text):
        match = pattern.match(part.text)
        category = category_in(match) if match else None
        if match is None or category is None:
            continue
        letter, shown = match["letter"] or match.groupdict().get("first"), part
        if (
            letter is None
            and i + 1 < len(lines)
            and _same_row(lines, i)
            and (alone := _LETTER_ONLY.match(lines[i + 1][1].text))
        ):
            letter, shown = alone["letter"], lines[i + 1][1]
        if letter is not None and letter.isupper():
            yield Graded(category, re.sub(r"\s", "", letter), part if shown is part else shown, i)


def _same_row(lines: list[tuple[Block, Text]], i: int) -> bool:
    """Say whether line ``i`` and the next are cells of one row, if they are cells of a table."""
    (block, cell), (other, following) = lines[i : i + 2]
    return block.kind != "table" or other is not block or any(cell in row and following in row for row in block.rows)


def category_in(match: re.Match[str]) -> Category | None:
    """Give the category that a match names in its group ``category`` (or ``category2``).

    >>> match = SHORT.match("Cases: B")
    >>> match and category_in(match)
    'cases'
    """
    groups = match.groupdict()
    named = groups.get("category") or groups.get("category2") or ""
    return next(
        (category for category, names in CATEGORY_NAMES if re.fullmatch(names, named.strip(), re.IGNORECASE)), None
    )


def _split_bars(text: Text) -> list[Text]:
    """Cut a line such as ``Mechanism: B | Cases: C`` into its parts; only if each of them is such a part."""
    ahead = _GRADES_AHEAD.match(text.text)
    cuts = [
        (0, ahead.end() if ahead else 0),
        *(match.span() for match in _BARS.finditer(text.text, ahead.end() if ahead else 0)),
        (len(text.text), len(text.text)),
    ]
    parts = [text.cut(a[1], b[0]).strip() for a, b in itertools.pairwise(cuts)]
    if len(parts) > 1 and all(SHORT.match(part.text) for part in parts):
        return parts
    pairs = list(_PAIR.finditer(text.text)) if _PAIR.match(text.text) else []
    if len(pairs) >= ENOUGH and sum(len(pair[0]) for pair in pairs) == len(text.text):
        return [text.cut(*pair.span()).strip() for pair in pairs]
    return [text]


def _split_grades(text: Text) -> list[Text]:
    if text.text.casefold().count("grade") < 2:
        return [text]
    starts = [
        m.start()
        for m in re.finditer(
            r"(?:Mechanisms?|Pre[\s‐-]?[Cc]linical(?:\s+\w+)?|(?<!Preclinical )(?<!Pre-clinical )(?<!Pre-Clinical )(?<!Clinic"
            r"al )(?:Clinical )?Trials?|Cases?|Risks?)\s+Grade\b",
            text.text,
        )
    ]
    if len(starts) < 2:
        return [text]
    return [text.cut(a, b).strip() for a, b in zip(starts, [*starts[1:], len(text.text)], strict=True)]
