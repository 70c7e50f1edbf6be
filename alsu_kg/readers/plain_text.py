"""Plain text -> blocks: paragraphs from lines that may be wrapped or not, headings by their form, lists, tables."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.model.document import Block, Text, join_texts
from alsu_kg.readers.headings import (
    is_furniture,
    is_known_heading,
    is_usual_heading,
    looks_like_heading,
    role_of,
    stands_alone,
)
from alsu_kg.readers.implied_headings import starts_with_part
from alsu_kg.readers.likely_headings import likely_role_of
from alsu_kg.readers.line_breaks import end_of_line
from alsu_kg.readers.numbered_lists import list_at_end
from alsu_kg.readers.reference_lines import ENDS_REFERENCES
from alsu_kg.readers.text_cleaning import clean_text
from alsu_kg.readers.text_columns import Line
from alsu_kg.readers.text_lines import find_lines, listed_parts, part_furniture
from alsu_kg.readers.text_tables import BOXES, drawn_rows

_LONG_LINE: Final = 130
_MANY_WORDS: Final = 30
_LITTLE: Final = 0.08
# Where not even every fourth line has more than a few words, and each a capital, each is a line of its own.
_FEW_LONGER: Final = 4
_SHORTEST_WRAPPED: Final = 30
_FEWEST_PARTS: Final = 3
_MOSTLY: Final = 0.75
_MOST_HEADING_LINES: Final = 3
_MOST_TITLE_LINES: Final = 5
_MOST_TITLE_WORDS: Final = 45
_BULLET = re.compile(r"\s*(?:[-*•‣▪◦]|\(?\d{1,3}[.)])\s+(?=\S)")
_BELOW_TITLE = re.compile(
    r"(?:First |Date )?Published\b|Date\b|DOI\b|https?://|By\s|Received\b|Accepted\b|Authors?\b|(?:The )?ALS\s?Untangled Group",
    re.I,
)
# Lines of a form: "Trials Grade: C", "Published: May 2016".
_LABELLED = re.compile(r"(?:TOE )?[A-Z][\w -]{3,40} grade\s?[:=]\s?\S|(?:First )?Published\s?:", re.IGNORECASE)
_SHORTEST_PROSE: Final = 60
_DOT = re.compile(r"[•‣▪◦●■]\s+\S")
_CAPTION = re.compile(r"(?:Table|Figure)\s+\d{1,2}[.:]\s")
_REFERENCE = re.compile(r"^[\[(]?\d{1,3}[\].)]\s|\b(?:19|20)\d\d\s?;")
_FIRST = re.compile(r"[\[(]?1[\].)]\s+\S")
_MOST_PROSE: Final = 60  # lines
_LEAST_PROSE: Final = 2
_COMPLETE = re.compile(r"[.)\]/\d”\"]$")
_COUNTS = re.compile(r"\d.*[:;,]|\d{3}")
_OF_PEOPLE = re.compile(
    r"\b(?:University|Universit\w+|Department|Hospital|Institut\w*|College|School|Cent(?:er|re)|M\.?D|Ph\.?D)\b"
)
_GRADE = re.compile(r"[A-DFU]")
_END = re.compile(r"[.!?:;][\"”’')\]]*$")


def read_plain_text(raw: str) -> tuple[Block, ...]:
    r"""Read plain text into blocks. Lines of the reference list stay apart: ``references.reference_list`` joins them.

    A block of the reference list has ``level`` 1 if an empty line stands before it, and 2 more if it is indented.

    >>> blocks = read_plain_text("Risks\n\nIt may cause\nharm.\n\nReferences\n1. Ay B.\n2. Cee D.")
    >>> [b.kind for b in blocks], blocks[1].text.text
    (['heading', 'paragraph', 'heading', 'item', 'item'], 'It may cause harm.')
    """
    lines, furniture = part_furniture(raw, find_lines(raw))
    wrapped = _is_wrapped(lines)
    listed = listed_parts(lines)
    parted = sum(line.after_blank and is_known_heading(line.text) for line in lines) >= _FEWEST_PARTS
    blocks: list[Block] = []
    paragraph: list[Line] = []
    in_references = False
    unnamed = None if any(map(_names_references, lines)) else list_at_end([line.text for line in lines])
    i = 0
    while i < len(lines):
        line = lines[i]
        if i == unnamed:
            _flush(raw, paragraph, blocks)
            in_references = True
        if in_references:
            is_first = bool(blocks) and blocks[-1].kind == "heading"
            ends = i != unnamed and (
                _ends_references(line, lines[i - 1], is_first=is_first) or _is_last_table(lines, i)
            )
            size = int(ends and not _goes_on(lines[i + 1 : i + 2]))
        else:
            size = _heading_size(lines, i, paragraph, wrapped=wrapped) if i not in listed else 0
            size = size or int(wrapped and parted and _is_likely(lines, i))
        if size:
            _flush(raw, paragraph, blocks)
            texts = [clean_text(raw, part.start, part.end) for part in lines[i : i + size]]
            in_references = role_of(line.text) == "references"
            if in_references and blocks and blocks[-1].kind == "heading":
                while (end := _end_of_prose(lines, i + size)) is not None:
                    _flush(raw, list(lines[i + size : end]), blocks)
                    size = end - i
            blocks.append(Block("heading", _join_lines(texts), 2))
        elif in_references:
            blocks.append(
                Block("item", clean_text(raw, line.start, line.end), _reference_level(line), region="references")
            )
        else:
            if paragraph and _starts_block(line, paragraph[-1], wrapped=wrapped):
                _flush(raw, paragraph, blocks)
            paragraph.append(line)
        i += size or 1
    _flush(raw, paragraph, blocks)
    blocks += [Block("footnote", clean_text(raw, line.start, line.end)) for line in furniture]
    return tuple(blocks)


def _names_references(line: Line) -> bool:
    return is_known_heading(line.text) and role_of(line.text) == "references"


def _end_of_prose(lines: Sequence[Line], start: int) -> int | None:
    """Give where a paragraph ends that stands above reference 1: that of the heading before, whose column was set first."""
    first = next((n for n in range(start, min(start + _MOST_PROSE, len(lines))) if _FIRST.match(lines[n].text)), None)
    if first is None or first - start < _LEAST_PROSE or not _END.search(lines[first - 1].text):
        return None
    if any(_REFERENCE.search(line.text) for line in lines[start:first]):
        return None
    return next((n for n in range(start + 1, first) if lines[n].after_blank), first)


def _reference_level(line: Line) -> int:
    return int(line.after_blank) + 2 * (line.indent > 0)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether paragraphs are broken into lines of about equal length: few lines are long, and they hold little of the text."""
    longer = [len(line.text) for line in lines if len(line.text) > 30]
    if len(longer) * _FEW_LONGER < len(lines) and not any(line.text[0].islower() for line in lines):
        return False
    if not longer or sorted(longer)[len(longer) * 9 // 10] > _LONG_LINE:
        return not longer
    whole = sum(
        len(line.text) for line in lines if len(line.text) > 2 * _LONG_LINE and line.text.count(" ") >= _MANY_WORDS
    )
    return whole < _LITTLE * sum(longer)


def _starts_block(line: Line, previous: Line, *, wrapped: bool) -> bool:
    if line.after_blank:
        return True
    if "\t" in line.text and "\t" in previous.text:
        return False
    if _is_row(line.text) and _is_row(previous.text):
        return False
    ended = bool(_END.search(previous.text))
    labelled = _LABELLED.match(previous.text) is not None and len(previous.text) < _SHORTEST_PROSE
    if labelled or (ended and _LABELLED.match(line.text)):
        return True
    if stands_alone(line.text) or stands_alone(previous.text):
        return True
    if _DOT.match(line.text) or (ended and starts_with_part(line.text)):
        return True
    return not wrapped or (
        ended and bool(_BULLET.match(line.text) or is_furniture(line.text) or _CAPTION.match(line.text))
    )


def _is_row(line: str) -> bool:
    return line[0] in "|+" or "   " in line or line[0] in BOXES


def _ends_references(line: Line, before: Line, *, is_first: bool) -> bool:
    """Say whether a line of a reference list is the heading after it: not a journal's name where a reference goes on."""
    if ENDS_REFERENCES.fullmatch(line.text):
        return True
    if not is_known_heading(line.text) or _COUNTS.search(line.text):
        return False
    return is_first or _COMPLETE.search(before.text) is not None


def _is_last_table(lines: Sequence[Line], i: int) -> bool:
    """Say whether line ``i`` is the caption of a table below the list, and no reference stands below it."""
    if not _CAPTION.match(lines[i].text) or not _COMPLETE.search(lines[i - 1].text):
        return False
    return not any(_REFERENCE.search(line.text) for line in lines[i + 1 :])


def _goes_on(following: Sequence[Line]) -> bool:
    """Say whether the next line goes on with a sentence, so that the one before is no heading."""
    return any(line.text[0].islower() and not line.after_blank for line in following)


def _heading_size(lines: Sequence[Line], i: int, paragraph: list[Line], *, wrapped: bool) -> int:
    """Say how many lines from line ``i`` make a heading; 0 if it is none."""
    line = lines[i]
    following = lines[i + 1] if i + 1 < len(lines) else None
    if paragraph and not line.after_blank and following and "\t" in paragraph[-1].text and "\t" in following.text:
        return 0  # a row of a table with one cell
    if _is_heading(line, paragraph, following, wrapped=wrapped):
        return 1
    if not line.after_blank:
        return 0
    most = 1 if not wrapped else _MOST_TITLE_LINES if i == 0 else _MOST_HEADING_LINES
    size = next((n for n in range(1, most + 1) if i + n < len(lines) and _ends_title(lines, i, n)), 0)
    if i == 0 and not wrapped and following is not None:
        size = 1
    words = " ".join([part.text for part in lines[i : i + size]])
    if not size or any(len(part.text) < _SHORTEST_WRAPPED for part in lines[i : i + size - 1]):
        return 0
    if i == 0:
        return size if looks_like_heading(words, most_words=_MOST_TITLE_WORDS) else 0
    below = i + size < len(lines) and stands_alone(lines[i + size].text)
    return size if (size > 1 or below) and looks_like_heading(words) and not _OF_PEOPLE.search(words) else 0


def _ends_title(lines: Sequence[Line], i: int, n: int) -> bool:
    """Say whether a heading that starts at line ``i`` ends before its line ``n``."""
    following = lines[i + n]
    if following.after_blank or (i == 0 and _BELOW_TITLE.match(following.text)):
        return True
    return stands_alone(following.text) and not lines[i].text.isupper()


def _is_heading(line: Line, paragraph: list[Line], following: Line | None, *, wrapped: bool) -> bool:
    if is_known_heading(line.text):
        if following is not None and _GRADE.fullmatch(following.text):
            return False  # a cell of a table that was written one cell a line
        return not _goes_on([following] if following else []) and not (
            wrapped
            and paragraph
            and not line.after_blank
            and not _END.search(paragraph[-1].text)
            and len(paragraph[-1].text) > 60
        )
    if following is None:
        return False
    alone = line.after_blank and (following.after_blank or not wrapped)
    if alone and is_usual_heading(line.text):
        return True
    if not looks_like_heading(line.text) or is_furniture(line.text):
        return False
    ended = not paragraph or line.after_blank or (not wrapped and bool(_END.search(paragraph[-1].text)))
    return (
        ended
        and (alone or not wrapped)
        and len(line.text) < _LONG_LINE
        and not line.text.startswith(("Table ", "Figure ", "Fig."))
    )


def _is_likely(lines: Sequence[Line], i: int) -> bool:
    """Say whether a short line over longer ones names a part in no usual way, among others that name theirs as usual."""
    line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else None
    if (
        following is None
        or not line.after_blank
        or following.after_blank
        or len(line.text) > _MOSTLY * len(following.text)
    ):
        return False
    if not following.text[0].isupper() or is_furniture(line.text) or not looks_like_heading(line.text):
        return False
    return likely_role_of(line.text) != "other"


def _flush(raw: str, lines: list[Line], blocks: list[Block]) -> None:
    if not lines:
        return
    if sum("\t" in line.text for line in lines) * 2 > len(lines) and len(lines) > 1:
        rows = tuple(_cells(raw, line) for line in lines)
        blocks.append(Block("table", Text(""), rows=rows))
    elif rows := drawn_rows(raw, [(line.start, line.end) for line in lines], clean_text) if len(lines) > 1 else ():
        blocks.append(Block("table", Text(""), rows=rows))
    else:
        bullet = _BULLET.match(raw, lines[0].start, lines[0].end)
        start = bullet.end() if bullet else lines[0].start
        texts = [clean_text(raw, start if i == 0 else line.start, line.end) for i, line in enumerate(lines)]
        blocks.append(Block("item" if bullet else "paragraph", _join_lines(texts)))
    lines.clear()


def _cells(raw: str, line: Line) -> tuple[Text, ...]:
    cells = []
    position = line.start
    for part in raw[line.start : line.end].split("\t"):
        cells.append(clean_text(raw, position, position + len(part)))
        position += len(part) + 1
    return tuple(cells)


def _join_lines(texts: list[Text]) -> Text:
    """Join lines; a hyphen at a line end may go, and no space stands after it."""
    parts: list[Text] = []
    for i, text in enumerate(texts):
        joined = end_of_line(text.text, texts[i + 1].text) if i + 1 < len(texts) else text.text
        if joined is None:
            parts.append(join_texts([text, Text("")], " "))
        else:
            parts.append(text if len(joined) == len(text.text) else text.cut(0, len(joined)))
    return join_texts(parts, "")
