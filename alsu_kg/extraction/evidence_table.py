"""Grades: from the table of evidence, from sentences that assign one, from lines such as ``Trials Grade: C``."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.grade_rows import is_explaining, is_legend, letter_of, place_in_table, read_grade_row
from alsu_kg.extraction.near import search_started, started, started_anywhere
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.extraction.summaries.tables import category_of_row, columns_of_change, dated_rows, letter_after, letter_in
from alsu_kg.model.document import Block, Text
from alsu_kg.model.review import Category, Grade, Place

_CATEGORY: Final[tuple[tuple[Category, re.Pattern[str]], ...]] = (
    ("preclinical", re.compile(r"pre[\s‐‑–-]?clinical|animal|model", re.IGNORECASE)),
    ("mechanism", re.compile(r"mechanis|plausibilit", re.IGNORECASE)),
    ("cases", re.compile(r"\bcases?\b|case (?:report|series)", re.IGNORECASE)),
    ("trials", re.compile(r"\btrials?\b", re.IGNORECASE)),
    ("risks", re.compile(r"\brisks?\b|safety|side effect", re.IGNORECASE)),
)
_QUOTE = r"[\"“”‘’'«»*]*"
_ASSIGNED = re.compile(
    r"[Gg](?i:rades?\s*(?:is|of|:|as|=|to be)?\s*(?:an?\s+)?[\"“”‘’'(*]+(?P<letter>[ABCDFU])[.,]?[\"“”‘’')*]+)"
)
_BEFORE_ASSIGNED = started(  # up to the end of what is searched
    rf"\b(?=[pmctrs])(?P<category>pre[\s‐‑–-]?clinical(?:\s+\w+)?|mechanisms?|cases?|(?:clinical\s+)?trials?|risks?|safety)\b[,.]?{_QUOTE}"
    r"\s*(?:table of evidence |TOE\s+)?(?:letter\s+)?\Z",
    "pre|mechanism|case|clinical|trial|risk|safety",
)
_BARE_ASSIGNED = re.compile(
    r"(?P<category>pre[\s‐‑–-]?clinical(?:\s+\w+)?|mechanisms?|cases?|(?:clinical\s+)?trials?|risks?"
    r"|safety)[\"”’']?\s+(?:TOE\s+)?grade\s*(?:of|is|:|=|–|-)?\s*(?:an?\s+)?(?P<letter>[ABCDFU](?:/[ABCDFU])?)(?![\w’']|\s?:)",
    re.IGNORECASE,
)
_GRADE_OF = re.compile(
    r"\b(?:assign|give|award)\w*\b[^.;]{0,60}?\b(?i:grade)\s+(?:of|as)\s+(?:an?\s+)?(?P<letter>[ABCDFU])(?![\w’'-])"
    r"(?P<category>)"
)
# In the section of a category: "TOE grade: B", "Grade – C."
_ALONE = re.compile(
    r"\W*(?P<category>)(?:(?:our|the|ALSUntangled)\s+)?(?:TOE\s+|evidence\s+|letter\s+)?grade\s*(?:[:=–—-]|is)\s*[\"“‘'(*]*"
    r"(?P<letter>[ABCDFU](?:/[ABCDFU])?)[+–-]?[\"”’'.)*]*\s*$",
    re.IGNORECASE,
)
_CATEGORY_WORD = (
    r"(?P<category>pre[\s‐‑–-]?clinical(?:\s+\w+)?|mechanisms?|cases?|(?:clinical\s+)?trials?|risks?|safety)"
)
# "Grades of B for mechanism, D for cases …", "grades: mechanism, B; cases, D …": only where three categories are told so.
_LISTED = (
    re.compile(
        rf"(?<![\w’'])(?P<letter>(?-i:[ABCDFU]))[\"”’']?\s+(?:for|in|on)\s+(?:the\s+)?{_CATEGORY_WORD}\b", re.IGNORECASE
    ),
    re.compile(rf"\b{_CATEGORY_WORD}\s*[,:(=–—-]\s*[\"“‘']?(?P<letter>(?-i:[ABCDFU]))(?![\w’'])", re.IGNORECASE),
)
_MOST_BEFORE: Final = 80  # characters of the words before "grade" that name the category
_FEWEST_LISTED: Final = 3
_THREE_LETTERS = re.compile(r"\b[ABCDFU]\b.*\b[ABCDFU]\b.*\b[ABCDFU]\b", re.DOTALL)
_CHANGED = started_anywhere(
    r"grades?\b[^.;]{0,60}?\bfrom\s+(?:an?\s+)?[\"“‘']?(?P<old>[ABCDFU])[\"”’']?\s+to\s+(?:an?\s+)?[\"“‘']?(?P<new"
    r">[ABCDFU])\b",
    "grade",
)


_GRADED: Final = sign("grade")
_LONGEST_ALONE: Final = 50
_MOST_HEADS: Final = 3  # rows of a head whose cells span others


class Assigned(NamedTuple):
    """A letter given in a sentence."""

    category: Category
    letter: str
    place: Place


@lru_cache(maxsize=1_000)
def category_of(text: str) -> Category | None:
    """Say which of the five categories ``text`` names.

    >>> category_of("Pre-Clinical"), category_of("Plausible Mechanism"), category_of("Costs")
    ('preclinical', 'mechanism', None)
    """
    return next((category for category, pattern in _CATEGORY if pattern.search(text)), None)


def read_grades(
    tables: Sequence[tuple[str, Block]], sentences: Sequence[Sentence], published: str | None
) -> tuple[Grade, ...]:
    """Read grades; a table gives the letter and its explanation, a sentence gives the place where it is assigned.

    >>> row = tuple(Text(t) for t in ("Trials", "F", "No benefit"))
    >>> [(g.category, g.letter, g.rationale) for g in read_grades([("", Block("table", Text(""), rows=(row, row)))], [], None)]
    [('trials', 'F', 'No benefit')]
    """
    return place_grades(read_table_grades(tables, published), sentences, published)


def read_table_grades(tables: Sequence[tuple[str, Block]], published: str | None) -> list[Grade]:
    """Read the grades that tables give, each with its explanation; of equal ones the first.

    >>> read_table_grades([], None)
    []
    """
    grades: list[Grade] = []
    for caption, table in tables:
        grades += (
            _before_and_after(table, published)
            or _by_dates(table)
            or _by_rows(caption, table, published)
            or _by_columns(caption, table, published)
        )
    return list({(g.category, g.of_treatment, g.letter): g for g in reversed(grades)}.values())[::-1]


def place_grades(grades: Sequence[Grade], sentences: Sequence[Sentence], published: str | None) -> tuple[Grade, ...]:
    """Give ``grades`` the places at which sentences assign them, and those that only sentences assign.

    >>> place_grades([Grade(category="cases", letter="B")], [], None)[0].place is None
    True
    """
    stated = list(_assigned(sentences))
    known = {(g.category, g.letter) for g in grades}
    categories = {g.category for g in grades}
    placed = [_with_place(grade, stated) for grade in grades]
    for item in stated:
        if (item.category, item.letter) not in known and item.category not in categories:
            known.add((item.category, item.letter))
            placed.append(Grade(category=item.category, letter=item.letter, as_of=published, place=item.place))
    return tuple(placed)


def _with_place(grade: Grade, stated: Sequence[Assigned]) -> Grade:
    own = (a.place for a in stated if (a.category, a.letter) == (grade.category, grade.letter))
    return msgspec.structs.replace(grade, place=next(own, grade.rationale_place or grade.place))


def _assigned(sentences: Sequence[Sentence]) -> Iterator[Assigned]:
    for sentence in sentences:
        if not sentence.signs & _GRADED or ("rade" not in sentence.text and "RADE" not in sentence.text):
            continue
        if found := _quoted_letters(sentence.text):
            yield from _placed(found, sentence)
            continue
        matches = list(_BARE_ASSIGNED.finditer(sentence.text)) or list(_GRADE_OF.finditer(sentence.text))
        if not matches and len(sentence.text) < _LONGEST_ALONE and (alone := _ALONE.match(sentence.text)):
            matches = [alone]
        if not matches and _THREE_LETTERS.search(sentence.text):
            listed = ([*pattern.finditer(sentence.text)] for pattern in _LISTED)
            matches = next((m for m in listed if len({category_of(x["category"]) for x in m}) >= _FEWEST_LISTED), [])
        if matches:
            yield from _placed([(match["category"], match["letter"]) for match in matches], sentence)


def _quoted_letters(text: str) -> list[tuple[str, str]]:
    """Find the letters in quotes or brackets that follow on "grade", each with what is named before it.

    >>> _quoted_letters('We assign a Cases grade of "B" and a grade of "C".')
    [('Cases', 'B'), ('', 'C')]
    """
    found = []
    end = 0
    for match in _ASSIGNED.finditer(text):
        start = max(end, match.start() - _MOST_BEFORE)
        ahead = min(start, 1)  # the character that tells whether a word starts here
        words = text[start - ahead : match.start()]
        before = search_started(_BEFORE_ASSIGNED, words, words.lower(), ahead)
        found.append((before["category"] if before else "", match["letter"]))
        end = match.end()
    return found


def _placed(found: Sequence[tuple[str, str]], sentence: Sentence) -> Iterator[Assigned]:
    """Give letters with their categories, as named or as the section is about, unless the sentence tells of a change."""
    text = sentence.text
    if ("rom" in text or "ROM" in text) and search_started(_CHANGED, text, text.lower()):
        return
    for named, letter in found:
        category = category_of(named) or _role_category(sentence)
        if category is not None:
            yield Assigned(category, letter.upper(), sentence.place())


def _role_category(sentence: Sentence) -> Category | None:
    role = sentence.passage.role
    return role if role in ("mechanism", "preclinical", "cases", "trials", "risks") else None


def _before_and_after(table: Block, published: str | None) -> list[Grade]:
    """One category a row, with its letters before and after an update in columns of their own: no treatments."""
    columns = columns_of_change(table)
    if columns is None:
        return []
    before, after = (find_date(table.rows[0][column].text) for column in columns)
    found: list[Grade] = []
    for row in table.rows[1:]:
        category = category_of_row(row)
        old = letter_in(row[columns[0]]) if columns[0] < len(row) else None
        new = letter_after(row[columns[0]], row[columns[1]]) if max(columns) < len(row) else None
        if category is None or new is None:
            continue
        since = before if old == new and before else after or published
        if old is not None and old != new:
            found.append(Grade(category=category, letter=old, as_of=before, until=since, superseded=True))
        found.append(Grade(category=category, letter=new, as_of=since))
    return found if len({grade.category for grade in found}) >= _FEWEST_LISTED else []


def _by_dates(table: Block) -> list[Grade]:
    """One category a column, one date a row: each letter holds until the row that has another one."""
    found: dict[Category, list[Grade]] = {}
    for date, cells in dated_rows(table):
        for category, cell in cells.items():
            own = found.setdefault(category, [])
            letter = letter_in(cell)
            if letter is None or (own and own[-1].letter == letter):
                continue
            if own:
                own[-1] = msgspec.structs.replace(own[-1], until=date, superseded=True)
            own.append(Grade(category=category, letter=letter, as_of=date))
    return [grade for grades in found.values() for grade in grades]


def _by_rows(caption: str, table: Block, published: str | None) -> list[Grade]:
    """One category a row; with several columns of letters, one treatment a column."""
    rows = [row for row in table.rows if row]
    header = rows[0] if rows else ()
    headed = not any(letter_of(cell.text) for cell in header)
    if is_legend(rows):
        return []
    found: list[Grade] = []
    for row in rows:
        read = read_grade_row(header, row, category_of)
        for cell in read[1] if read else ():
            several = read is not None and len(read[1]) > 1
            treatment = header[cell.column].text.strip() if headed and several and cell.column < len(header) else None
            if read is not None:
                texts = (row[cell.column], cell.explained)
                found.append(_grade(read[0], cell.letter, texts, caption, (treatment or None, published)))
    return found if len({g.category for g in found}) >= 2 or len(found) == len(rows) else []


def _by_columns(caption: str, table: Block, published: str | None) -> list[Grade]:
    """One category a column, one treatment a row."""
    rows = [row for row in table.rows if row]
    heads = (_named_columns(row) for row in rows[:_MOST_HEADS])
    at, columns = next(((i, columns) for i, columns in enumerate(heads) if len(columns) > 1), (0, {}))
    rows = rows[at:]
    if len(rows) < 2 or not columns:
        return []
    found = []
    graded = [row for row in rows[1:] if not is_explaining(row)]
    several = len(graded) > 1
    reasons = () if several else next((row for row in rows[1:] if is_explaining(row)), ())
    for row in graded:
        name = row[0].text.strip() if 0 not in columns and letter_of(row[0].text) is None else ""
        treatment = name if several and name else None
        for i, category in columns.items():
            letter = letter_of(row[i].text) if i < len(row) else None
            if letter is not None:
                texts = row[i], reasons[i] if i < len(reasons) else None
                found.append(_grade(category, letter, texts, caption, (treatment, published)))
    return found


def _named_columns(row: Sequence[Text]) -> dict[int, Category]:
    """Give the categories that the cells of the head of a table name."""
    return {
        i: category
        for i, cell in enumerate(row)
        if len(cell.text.split()) <= 4 and (category := category_of(cell.text))
    }


def _grade(
    category: Category,
    letter: str,
    texts: tuple[Text, Text | None],
    caption: str,
    given: tuple[str | None, str | None],
) -> Grade:
    """Make a grade of the ``texts`` of its cell and of what explains it; ``given`` are treatment and date."""
    cell, explained = texts
    return Grade(
        place=place_in_table(cell, caption),
        category=category,
        letter=letter,
        as_of=given[1],
        of_treatment=given[0],
        rationale_place=place_in_table(explained, caption) if explained is not None else None,
        rationale=explained.text if explained is not None else None,
        flags=("combined-letter",) if "/" in letter else (),
    )
