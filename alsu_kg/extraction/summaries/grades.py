"""The lines of a summary page that give a category its letter: lines, cells of tables, names over letters."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from alsu_kg.extraction.summaries.grade_forms import (
    ENOUGH,
    GRADE,
    LETTER,
    LETTER_ONLY,
    LONGEST_LINE,
    NAME_ALONE,
    NAME_IN_HEAD,
    NAMES,
    SHORT,
    Graded,
    category_in,
)
from alsu_kg.extraction.summaries.tables import graded_tables, is_of_several
from alsu_kg.model.document import Block, Text

_LONGEST_SHORT: Final = 60
_MAY_GRADE = re.compile(
    r"[Gg]ra[ud][eo]?|[.…]{1,2}\s?[ABCDFU]\b|GRA[UD][EO]?|[Cc]alificaci|[Nn]ot[ae]\b|[Bb]ewertung"
    r"|[:=–—-]\s*[\"“‘'(\[]?[ABCDFU]\b|[a-z]\s?[ABCDFU]\W*$"
    r"|^\W*[ABCDFU][\])]?\s*(?:[:=–—-]|\s[A-Z])|,\s[ABCDFU]\W*$"
)
_BARS = re.compile(r"\s*[|•·;]\s*|\s+/\s+|,\s+(?=[A-Z])")
_LONGEST_ROWS: Final = 100
_LETTER = re.compile(r"[ABCDFU]")
_LETTERS = re.compile(r"(?<!\S)[ABCDFU](?:[\s|,]+[ABCDFU]){2,4}(?!\S)")
_NAMES = re.compile(rf"(?P<category>(?i:{NAMES}))\b(?:\s+(?i:grade)s?)?")
_GRADE_FIRST = re.compile(rf"^\W*(?i:grade)\s*[:=–—-]?\s*{LETTER}(?=$|[\s.,;:–—-])")
_GRADE_ALONE = re.compile(r"^\W*(?:TOE\s+)?grade\W*$", re.IGNORECASE)
_GRADES_AHEAD = re.compile(r"^\W*(?:TOE\s+)?grades?\s*[:–—-]\s*", re.IGNORECASE)
_PAIR = re.compile(rf"(?i:{NAMES})\s*[:=–—-]?\s*[ABCDFU](?=\W|$|[A-Z][a-z])\W*")  # where nothing but gaps parts them
_PAIR_INSIDE = re.compile(
    rf"\b(?P<category>(?i:{NAMES}))(?:\s*[:=(–—-]\s*|,?\s+(?=[ABCDFU]\s*(?:[,;.]|and\b|$)))(?P<letter>[ABCDFU])(?![\w’'])(?!\s*(?:→"
    rf"|->|to\b))"
)
# "C. It acts on …" below "What is the Mechanism grade?"
_LETTER_LED = re.compile(rf"^\W*(?:grade\s*:?\s*)?{LETTER}\s*[.:;,–—]\s+(?=\S)")


def graded_lines(lines: list[tuple[Block, Text]], *, by_rows: bool = True) -> list[Graded]:
    """Find lines that give a letter, or name a category right before a line that is a letter; one line may hold several.

    Without ``by_rows`` tables and sentences that full reviews have too do not count.

    >>> lines = [(Block("paragraph", text), text) for text in (Text("Cases Grade:"), Text("B"))]
    >>> [(item.category, item.letter) for item in graded_lines(lines)]
    [('cases', 'B')]
    """
    found: list[Graded] = []
    short, doubtful = _under_letters(lines)
    taken = {item.at + 1 for item in short} | doubtful
    several = {
        id(block) for block in {id(b): b for b, _ in lines if b.kind == "table"}.values() if is_of_several(block)
    }
    for i, (block, text) in enumerate(lines):
        if several and id(block) in several:
            continue
        size = len(text.text)
        if i in taken:
            continue
        if size <= LONGEST_LINE and may_grade(text.text.lower()):
            found += _graded_line(lines, i, GRADE)
        if size <= 2 * _LONGEST_SHORT:
            short += _graded_line(lines, i, SHORT)
            if size <= _LONGEST_SHORT:
                found += _under_name(lines, i)
                short += _over_letter(lines, i)
    short += _in_rows(lines) if not found else ()
    found = sorted((*found, *graded_tables(lines, by_rows=by_rows)), key=lambda item: item.at)
    found = [item for item, before in zip(found, [None, *found], strict=False) if not _is_again(item, before)]
    if len({item.category for item in found}) < ENOUGH <= len({item.category for item in short}):
        found = sorted((*found, *short), key=lambda item: item.at)
    return found or (_in_sentences(lines) if by_rows else [])


def _is_again(item: Graded, before: Graded | None) -> bool:
    """Say whether a letter is the one found before, by another form: as a cell of a table and as a line of its own."""
    return before is not None and item[:2] == before[:2] and item.at - before.at <= 1


def may_grade(lower: str) -> bool:
    """Say whether a line in small letters has one of the words of which ``GRADE`` needs one.

    >>> may_grade("cases grade: b"), may_grade("cases: b")
    (True, False)
    """
    return (
        "grad" in lower
        or "grau" in lower
        or "calificaci" in lower
        or "nota" in lower
        or "note" in lower
        or "bewertung" in lower
    )


def _under_name(lines: list[tuple[Block, Text]], i: int) -> Iterator[Graded]:
    """Read a line that is a category's name alone, over a line that starts with ``Grade B``."""
    alone = NAME_ALONE.match(lines[i][1].text) if i + 1 < len(lines) else None
    below = _GRADE_FIRST.match(lines[i + 1][1].text) if alone else None
    category = category_in(alone) if alone else None
    if below is not None and i + 2 < len(lines) and _GRADE_FIRST.match(lines[i + 2][1].text):
        return  # a legend, which explains one letter after the other
    if below is not None and category is not None and below["letter"].isupper():
        yield Graded(category, re.sub(r"\s", "", below["letter"]), lines[i + 1][1].cut(0, below.end()), i)


def _over_letter(lines: list[tuple[Block, Text]], i: int) -> Iterator[Graded]:
    """Read a line that is a category's name alone over a line that is a letter, as on cards."""
    alone = NAME_ALONE.match(lines[i][1].text) if i + 1 < len(lines) and lines[i][0].kind != "table" else None
    below = i + 2 if alone and i + 2 < len(lines) and _GRADE_ALONE.match(lines[i + 1][1].text) else i + 1
    letter = LETTER_ONLY.match(lines[below][1].text) if alone else None
    category = category_in(alone) if alone else None
    if letter is not None and below + 1 < len(lines) and LETTER_ONLY.match(lines[below + 1][1].text):
        return  # all letters in a row
    if letter is not None and category is not None and letter["letter"].isupper():
        yield Graded(category, re.sub(r"\s", "", letter["letter"]), lines[below][1], i)


def _under_letters(lines: list[tuple[Block, Text]]) -> tuple[list[Graded], set[int]]:
    """Read cards whose letter stands over the name: a letter, a name, a letter, a name, and none below the last name.

    Where a name comes first and a name last, a letter is missing, and nothing says which: the positions of the names are given too.
    """
    found: list[Graded] = []
    doubtful: set[int] = set()
    group: list[Graded] = []
    for i in range(1, len(lines) + 1):
        item = _under_letter(lines, i) if i < len(lines) else None
        if item is not None and (not group or item.at == group[-1].at + 2):
            group.append(item)
        elif group and i > group[-1].at + 2:
            first, last = group[0].at, group[-1].at + 1
            ends = last + 1 < len(lines) and LETTER_ONLY.match(lines[last + 1][1].text)
            led = first > 0 and NAME_IN_HEAD.match(lines[first - 1][1].text)
            if len(group) >= ENOUGH and not ends and not led:
                found += group
            elif len(group) >= ENOUGH and not ends and not lines[last][1].text.rstrip().endswith(":"):
                doubtful |= set(range(first - 1, last + 1, 2))
            group = [item] if item is not None else []
    return found, doubtful


def _under_letter(lines: list[tuple[Block, Text]], i: int) -> Graded | None:
    alone = NAME_IN_HEAD.match(lines[i][1].text) if lines[i][0].kind != "table" else None
    letter = LETTER_ONLY.match(lines[i - 1][1].text) if alone else None
    category = category_in(alone) if alone else None
    if letter is None or category is None or not letter["letter"].isupper():
        return None
    return Graded(category, re.sub(r"\s", "", letter["letter"]), lines[i - 1][1], i - 1)


def _in_rows(lines: list[tuple[Block, Text]]) -> Iterator[Graded]:
    """Read cards that stand side by side as text prints them: letters above or below as many names, on one line or on two."""
    for i, (block, text) in enumerate(lines):
        row = _LETTERS.search(text.text) if len(text.text) <= _LONGEST_ROWS and block.kind != "table" else None
        if row is None:
            continue
        around = text.text[: row.start()] + text.text[row.end() :]
        beside = [lines[n][1].text for n in (i + 1, i - 1) if 0 <= n < len(lines)]
        letters = list(_LETTER.finditer(text.text, *row.span()))
        for told in [around] if around.strip() else beside:
            names = list(_NAMES.finditer(told))
            if len(names) == len(letters) and not _NAMES.sub("", told).strip():
                for name, letter in zip(names, letters, strict=True):
                    if category := category_in(name):
                        yield Graded(category, letter[0], text.cut(*letter.span()), i)
                break


def _in_sentences(lines: list[tuple[Block, Text]]) -> list[Graded]:
    """Read a sentence that gives most categories their letters: ``It scored Mechanism = B, Cases = C and Trials = F``."""
    for i, (_, text) in enumerate(lines):
        if len(text.text) > LONGEST_LINE or len(pairs := list(_PAIR_INSIDE.finditer(text.text))) < ENOUGH:
            continue
        found = [(category_in(pair), pair) for pair in pairs]
        if len({category for category, _ in found}) == len(found):
            return [Graded(category, pair["letter"], text.cut(*pair.span()), i) for category, pair in found if category]
    return []


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
        if letter is None and i + 1 < len(lines) and _same_row(lines, i) and (below := _letter_below(lines, i)):
            letter, shown = below
        if letter is not None and letter.isupper():
            yield Graded(category, re.sub(r"\s", "", letter), part if shown is part else shown, i)


def _letter_below(lines: list[tuple[Block, Text]], i: int) -> tuple[str, Text] | None:
    """Give the letter that is the next line, or that it starts with; none of a legend, which goes on with the next letter."""
    text = lines[i + 1][1]
    if alone := LETTER_ONLY.match(text.text):
        if lines[i + 1][0].kind != "table" and i + 2 < len(lines) and LETTER_ONLY.match(lines[i + 2][1].text):
            return None  # all letters in a row
        return alone["letter"], text
    led = _LETTER_LED.match(text.text)
    if led is None or (i + 2 < len(lines) and _LETTER_LED.match(lines[i + 2][1].text)):
        return None
    return led["letter"], text.cut(0, led.end("letter"))


def _same_row(lines: list[tuple[Block, Text]], i: int) -> bool:
    """Say whether line ``i`` and the next are cells of one row, if they are cells of a table."""
    (block, cell), (other, following) = lines[i : i + 2]
    return block.kind != "table" or other is not block or any(cell in row and following in row for row in block.rows)


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
