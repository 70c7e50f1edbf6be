"""The lines of a summary page: which give a category its letter, which open an update, which say when it was published."""

import itertools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from alsu_kg.extraction.grade_changes import CATEGORY_NAMES
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import Category

ENOUGH: Final = 3
_LONGEST_LINE: Final = 400
_LONGEST_SHORT: Final = 60
_MAY_GRADE = re.compile(
    r"[Gg]rad[eo]|GRAD[EO]|[Cc]alificaci|[Nn]ot[ae]\b|[Bb]ewertung|[:=–—-]\s*[\"“‘'(\[]?[ABCDFU]\b|[a-z]\s?[ABCDFU]\W*$"
    r"|^\W*[ABCDFU]\s*[:=–—-]"
)
_NAMES: Final = "|".join(names for _, names in CATEGORY_NAMES)
_LETTER = r"[\"“‘'(\[]?(?P<letter>[ABCDFU](?:\s?/\s?[ABCDFU])?)(?P<sign>[+–-]?)[\"”’')\]]?"
_WORD = r"(?:TOE\s+|evidence\s+)?(?:grade|calificaci[oó]n|not[ae]|grado|bewertung)"
# "Mechanism Grade: B", "Grade for Mechanism – B", "Calificación de Mecanismo: B"; with the letter in the next line, none here.
GRADE = re.compile(
    rf"^\W*(?:(?P<category>{_NAMES})\s+{_WORD}|{_WORD}s?\s+(?:(?:for|of|für|de(?:l|s|\s+los|\s+las|\s+la)?|du)\s+)?(?:the\s+)?"
    rf"(?P<category2>{_NAMES}))\s*"
    rf"(?:[:=–—-]|is)?\s*(?:(?:grade\s*)?{_LETTER}(?:\s*\([^()]{{1,80}}\))?)?\W*$",
    re.IGNORECASE,
)
# "Mechanism: B", which counts only where several such lines stand together.
_TEASER = re.compile(
    r"^\W*(?:You (?:may|might) also|(?:Related|Latest|Newest|Recent|More|Other|Previous|Next|Similar|Popular)\s+"
    r"(?:reviews?|treatments?|posts?|grades?|articles?|summaries|pages?)|Read (?:more|next)|See also)\b",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s*[|•·;]\s*|\s+/\s+|,\s+(?=[A-Z])")
_NAME_ALONE = re.compile(rf"^\W*(?P<category>{_NAMES})\W*$", re.IGNORECASE)
_GRADE_FIRST = re.compile(rf"^\W*(?i:grade)\s*[:=–—-]?\s*{_LETTER}(?=$|[\s.,;:–—-])")
# In "MechanismB" and "Mechanism B" the letter stood in a mark of its own; "B – Mechanism" has it first.
SHORT = re.compile(
    rf"^\W*(?P<category>{_NAMES})(?:\s*[:=–—-]\s*|\s?(?-i:(?=[ABCDFU]))){_LETTER}\W*$"
    rf"|^\W*(?P<first>(?-i:[ABCDFU]))\s*[:=–—-]\s*(?P<category2>{_NAMES})\W*$",
    re.IGNORECASE,
)
_LETTER_ONLY = re.compile(rf"^\W*(?:grade\s*:?\s*)?{_LETTER}\W*$")
PUBLISHED = re.compile(
    r"^\W*(?:(?:First )?Published|Publication date|Date published|Posted|Publicado|Fecha de publicaci[oó]n|Publi[ée]e?"
    r"|Date de publication|Veröffentlicht)(?!\w)\s*(?:online\s*)?(?:on|in|en|el|le|am|:)?\s*:?\s*(?P<date>.{0,40})$",
    re.IGNORECASE,
)
_PUBLISHED_BEHIND = re.compile(r"(?<=\b[ABCDFU])(?P<gap>\s+\W*)(?=(?:Published|Publication date|Publicado)\s*:)")
UPDATED = re.compile(
    r"^\W*(?:(?:Updated Review|Review Update[ds]?|Updated|Last updated|Updates?|Revisi[oó]n actualizada|Actualizaci[oó]n"
    r"|Actualizado)\b\s*(?:on|in|as of|el|en|:|[-–—(#]|\d\b)?\s*(?P<rest>.*)$"
    r"|(?P<early>(?:As of\s+)?[\w/., ]{4,25}?)\s+updates?\b\W*(?P<said>.*)$)",
    re.IGNORECASE | re.DOTALL,
)


KEY = re.compile(
    r"^\W*(?:Key Information|Informaci[oó]n clave|Key Facts|Informations? cl[ée]s?|Wichtige Informationen)\b",
    re.IGNORECASE,
)
# What the website calls a category over the explanation of a letter and over the list of treatments that have that letter.
_LEGEND = re.compile(
    r"\W*(?:(?P<mechanism>mechanistic plausibility|plausibility of (?:the )?mechanisms?|mechanisms?(?: of action)?)"
    r"|(?P<preclinical>pre[\s‐‑–-]?clinical (?:models?|stud(?:y|ies)|data|trials?|evidence))"
    r"|(?P<cases>(?:patient )?case(?: reports?| series|s))|(?P<trials>(?:patient|clinical|human) trials?)|(?P<risks>risks?|harms?))"
    r"(?:\s*\([^()]{1,140}\))?(?:\s*[-–—:]\s*(?:grade\s*:?\s*)?(?P<letter>[ABCDFU]))?\W*",
    re.IGNORECASE,
)
_LONGEST_LEGEND: Final = 170


class Legend(NamedTuple):
    """The name of a category as legends and lists of one grade print it, with its letter where that is printed."""

    category: Category
    letter: str | None


def legend_of(text: str) -> Legend | None:
    """Give the category that a heading of a legend or of a list names.

    >>> legend_of("Mechanistic plausibility - C"), legend_of("Patient trials"), legend_of("Risks Grade: C"), legend_of("Insulin")
    (Legend(category='mechanism', letter='C'), Legend(category='trials', letter=None), None, None)
    """
    match = _LEGEND.fullmatch(text) if len(text) <= _LONGEST_LEGEND else None
    if match is None:
        return None
    letter = match["letter"]
    category = next(category for category, _ in CATEGORY_NAMES if match[category])
    return Legend(category, letter if letter is not None and letter.isupper() else None)


def lines_of(document: Document) -> Iterator[tuple[Block, Text]]:
    """Give the lines of a page in order, each with its block; a table gives its cells.

    >>> [text.text for _, text in lines_of(Document("a", "html", "", "", (Block("paragraph", Text("Hello")),)))]
    ['Hello']
    """
    for block in document.blocks:
        if block.kind == "table":
            for row in block.rows:
                for cell in row:
                    if cell.text:
                        yield block, cell
        elif block.text.text:
            yield from ((block, part) for part in _split_published(block.text))


def _split_published(text: Text) -> list[Text]:
    """Cut the date of publication off a line of grades that it follows."""
    if len(text.text) > _LONGEST_LINE or not _may_grade(text.text.lower()):
        return [text]
    match = _PUBLISHED_BEHIND.search(text.text)
    return [text] if match is None else [text.cut(0, match.start()), text.cut(match.end("gap"), len(text.text))]


def own_lines(document: Document) -> list[tuple[Block, Text]]:
    """Give the lines that speak of the page's own subject: none of menus, none under headings such as ``Related reviews``.

    Where all lines that give letters stand in what looks like a menu, and each category once, those of the menu are kept too.

    >>> heading, line = Block("heading", Text("Related reviews"), level=2), Block("paragraph", Text("Cases Grade: B"))
    >>> own_lines(Document("a", "html", "", "", (heading, line)))
    []
    """
    lines = list(lines_of(document))
    own = _without_teasers([(block, text) for block, text in lines if block.region != "menu"])
    if graded_lines(own) or all(block.region != "menu" for block, _ in lines):
        return own
    every = _without_teasers(lines)
    categories = [item.category for item in graded_lines(every)]
    return every if len(categories) == len(set(categories)) else own


def _without_teasers(lines: list[tuple[Block, Text]]) -> list[tuple[Block, Text]]:
    kept = []
    level = 0  # of the heading that opened a teaser; 0 outside
    for block, text in lines:
        if block.kind == "heading":
            if _TEASER.match(text.text):
                level = level or max(block.level, 1)
            elif level and block.level <= level:
                level = 0
        if not level:
            kept.append((block, text))
    return kept


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
        if size <= _LONGEST_LINE and _may_grade(text.text.lower()):
            found += _graded_line(lines, i, GRADE)
        if size <= 2 * _LONGEST_SHORT:
            short += _graded_line(lines, i, SHORT)
            found += _under_name(lines, i) if size <= _LONGEST_SHORT else ()
    found = sorted((*found, *_graded_tables(lines, by_rows=by_rows)), key=lambda item: item.at)
    if len({item.category for item in found}) < ENOUGH <= len({item.category for item in short}):
        found = sorted((*found, *short), key=lambda item: item.at)
    return found


def _may_grade(lower: str) -> bool:
    """Say whether a line has one of the words of which ``GRADE`` needs one."""
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


def _graded_tables(lines: list[tuple[Block, Text]], *, by_rows: bool) -> Iterator[Graded]:
    """Read tables whose head names categories over one row of letters; of several rows each speaks of another treatment.

    With ``by_rows`` also tables of which a row has a category, its one letter and perhaps an explanation.
    """
    for i, (block, _) in enumerate(lines):
        if block.kind != "table" or (i and lines[i - 1][0] is block):
            continue
        if by_rows:
            yield from _graded_rows(block, i)
        if len(block.rows) != 2:
            continue
        head, letters = block.rows
        cells = [
            (_NAME_ALONE.match(a.text), _LETTER_ONLY.match(b.text), b) for a, b in zip(head, letters, strict=False)
        ]
        found = [(category_in(name), letter["letter"], cell) for name, letter, cell in cells if name and letter]
        if len(found) >= ENOUGH:
            for category, letter, cell in found:
                if category is not None and letter.isupper():
                    yield Graded(category, re.sub(r"\s", "", letter), cell, i)


def _graded_rows(table: Block, at: int) -> Iterator[Graded]:
    found = []
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
        if letter is None and i + 1 < len(lines) and (alone := _LETTER_ONLY.match(lines[i + 1][1].text)):
            letter, shown = alone["letter"], lines[i + 1][1]
        if letter is not None and letter.isupper():
            yield Graded(category, re.sub(r"\s", "", letter), part if shown is part else shown, i)


def category_in(match: re.Match[str]) -> Category | None:
    """Give the category that a match names in its group ``category`` (or ``category2``)."""
    groups = match.groupdict()
    named = groups.get("category") or groups.get("category2") or ""
    return next(
        (category for category, names in CATEGORY_NAMES if re.fullmatch(names, named.strip(), re.IGNORECASE)), None
    )


def _split_bars(text: Text) -> list[Text]:
    """Cut a line such as ``Mechanism: B | Cases: C`` into its parts; only if each of them is such a part."""
    cuts = [(0, 0), *(match.span() for match in _BARS.finditer(text.text)), (len(text.text), len(text.text))]
    parts = [text.cut(a[1], b[0]).strip() for a, b in itertools.pairwise(cuts)]
    return parts if len(parts) > 1 and all(SHORT.match(part.text) for part in parts) else [text]


def _split_grades(text: Text) -> list[Text]:
    if text.text.casefold().count("grade") < 2:
        return [text]
    starts = [
        m.start()
        for m in re.finditer(
            r"(?:Mechanisms?|Pre[\s‐-]?clinical(?:\s+\w+)?|(?<!Preclinical )(?<!Pre-clinical )(?<!Pre-Clinical )(?<!Clinic"
            r"al )(?:Clinical )?Trials?|Cases?|Risks?)\s+Grade\b",
            text.text,
        )
    ]
    if len(starts) < 2:
        return [text]
    return [text.cut(a, b).strip() for a, b in zip(starts, [*starts[1:], len(text.text)], strict=True)]
