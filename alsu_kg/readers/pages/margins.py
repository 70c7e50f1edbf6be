"""What stands around the text of pages: running heads and feet, page numbers, and the numbers of lines. They are left out.

A line is a running head or foot if it stands at the edge of several pages at the same height with the same words, numbers aside.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Final

from alsu_kg.readers.headings import is_known_heading
from alsu_kg.readers.pages.line_numbers import without_line_numbers
from alsu_kg.readers.pages.lines import Word, gather_rows, text_size

_EDGE_ROWS: Final = 3
_SAME_HEIGHT: Final = 3.0
_APART: Final = 1.35
_WIDE_GAP: Final = 1.5
_NO_LARGER: Final = 1.2
_NUMBER_LARGER: Final = 1.6
_MOST_DIGITS: Final = 4
_LONE_ROWS: Final = 2
_STOPS: Final = ".,;:!?"
_FOOT_ROWS: Final = 5
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_FURNITURE = re.compile(
    r"^(?:Page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?$|^Page\s\d{1,4}\b.{0,12}$|^[–—-]\s?\d{1,4}\s?[–—-](?:\s[–—-]\s?\d{1,4}\s?[–—-])?$"
    r"|\bDownloaded (?:from|by)\b|\bAll rights reserved\b|\bFor personal use only\b|^(?:©|\(c\)|Copyright\b)"
    r"|^\d{1,4}\s?[•·|]|[•·|]\s?\d{1,4}$"  # the number of the page, parted by a mark from what stands beside it
    rf"|^(?:\w+ )?\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|^(?:\w+ )?(?:\d{{1,2}} )?{_MONTH} (?:\d{{1,2}}, )?\d{{4}}$|^(?:https?://|www\.)\S+(?:\s\d{{1,4}}(?:/\d{{1,4}})?)?$"
)
Row = Sequence[Word]


def text_rows(pages: Sequence[Sequence[Word]]) -> list[list[list[Word]]]:
    """Give the rows of each page from the top down, without running heads, feet and line numbers.

    >>> def line(text, y): return Word(text, 50, y, 90, y + 9, 10, False)
    >>> pages = [[line("ALS-21", 800), line("One", 700)], [line("ALS-22", 800), line("two", 640)], [line("ALS-23", 800)]]
    >>> [[[word.text for word in row] for row in rows] for rows in text_rows(pages)]
    [[['One']], [['two']], []]
    """
    gathered = [gather_rows(words) for words in without_line_numbers(pages)]
    running = _running(gathered)
    counting = _counting(gathered)
    body = text_size(gathered)
    return _without_lone_heads(
        [
            _without_edges(_without_running(rows, running, own), body)
            for rows, own in zip(gathered, counting, strict=True)
        ]
    )


def _counting(pages: Sequence[Sequence[Row]]) -> list[tuple[bool, bool]]:
    """Say of each page whether its first and its last row stand apart and start or end with a number that counts the pages.

    >>> def line(y, *texts): return [Word(t, 50 + 50 * i, y, 90 + 50 * i, y + 9, 10, False) for i, t in enumerate(texts)]
    >>> text = [line(700 - 12 * i, "One", "two.") for i in range(5)]
    >>> _counting([text, [line(730, "22", "Group"), *text], [line(730, "Tea", "23"), *text]])
    [(False, False), (True, False), (True, False)]
    """
    found = [tuple(_counted(end, i) for end in (rows, rows[::-1])) for i, rows in enumerate(pages)]
    met = Counter(key for first, last in found for key in (*first, *last))
    counting = {key for key, n in met.items() if n > 1}
    return [(bool(first & counting), bool(last & counting)) for first, last in found]


def _counted(rows: Sequence[Row], page: int) -> set[tuple[int, int]]:
    """Give what the numbers at the ends of the first row are ahead of the page, each with the height, if it stands apart."""
    steps = [abs(a[0].bottom - b[0].bottom) for a, b in itertools.pairwise(rows)]
    if len(steps) <= _EDGE_ROWS or steps[0] <= _APART * median(steps):
        return set()
    height = round(rows[0][0].bottom / _SAME_HEIGHT)
    numbers = [word.text for word in (rows[0][0], rows[0][-1]) if re.fullmatch(rf"\d{{1,{_MOST_DIGITS}}}", word.text)]
    return {(int(number) - page, near) for number in numbers for near in (height, height + 1)}


def _without_lone_heads(pages: Sequence[list[list[Word]]]) -> list[list[list[Word]]]:
    """Leave out what stands above or below the text of other pages on one page only. The first page has its own head and foot.

    >>> def line(text, y): return [Word(text, 50, y, 90, y + 9, 10, False), Word("end.", 92, y, 350, y + 9, 10, False)]
    >>> text = [line("One", 700 - 12 * i) for i in range(9)]
    >>> head = [Word("Head", 50, 740, 90, 749, 10, False)]
    >>> [len(rows) for rows in _without_lone_heads([text, [head, *text], text])]
    [9, 9, 9]
    """
    tops = [rows[0][0].bottom for rows in pages[1:] if rows]
    feet = [rows[-1][0].bottom for rows in pages if rows]
    if len(feet) < len(pages):
        return list(pages)
    out = list(pages[:1])
    for i, rows in enumerate(pages[1:], 1):
        others = [*tops[: i - 1], *tops[i:]]
        first = _lone_rows(rows, max(others)) if others else 0
        lowest = min([*feet[:i], *feet[i + 1 :]])
        last = _lone_rows([[word._replace(bottom=-word.bottom) for word in row] for row in rows[::-1]], -lowest)
        out.append(rows[first : len(rows) - last])
    return out


def _lone_rows(rows: Sequence[Row], edge: float) -> int:
    """Give how many of the first rows stand apart above the ``edge`` of the text, and are no part of a sentence."""
    steps = [a[0].bottom - b[0].bottom for a, b in itertools.pairwise(rows)]
    if len(steps) <= _EDGE_ROWS:
        return 0
    usual = median(steps)
    width = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    for n, step in enumerate(steps[:_LONE_ROWS], 1):
        if rows[n - 1][0].bottom < edge + usual / 2 or not _may_be_head(rows[n - 1], width):
            return 0
        if step > _APART * usual:
            return n
    return 0


def _may_be_head(row: Row, width: float) -> bool:
    ink = sum(word.right - word.left for word in row)
    return (
        ink < width / 2 and row[-1].text[-1] not in _STOPS and not is_known_heading(" ".join(word.text for word in row))
    )


def _without_running(
    rows: Sequence[list[Word]], running: set[tuple[str, int]], counting: tuple[bool, bool]
) -> list[list[Word]]:
    """Leave out those rows that stand apart at the edges of a page and are ``running`` heads or feet, or count the pages."""
    head, foot, end = _set_apart(rows), _set_apart(rows[::-1]), len(rows) - 1
    return [
        row
        for i, row in enumerate(rows)
        if not (
            ((i < head or i > end - foot) and _keys(row) & running)
            or (counting[0] and i == 0)
            or (counting[1] and i == end)
        )
    ]


def _set_apart(rows: Sequence[Row]) -> int:
    """Give how many of the first rows stand apart from the others: all before the first wide gap, else the first alone."""
    steps = [abs(a[0].bottom - b[0].bottom) for a, b in itertools.pairwise(rows)]
    usual = median(steps) if steps else 0.0
    return next((i for i, step in enumerate(steps[:_EDGE_ROWS], 1) if step > _APART * usual), 1)


def _keys(row: Row) -> set[tuple[str, int]]:
    """Give what a row says and where it stands: two neighbouring heights, so that a small difference parts no equal rows."""
    shape = re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(word.text for word in row).casefold())
    height = round(row[0].bottom / _SAME_HEIGHT)
    return {(shape, height), (shape, height + 1)}


def _running(pages: Sequence[Sequence[Row]]) -> set[tuple[str, int]]:
    """Find what stands at the edge of several pages; of two pages on both."""
    met = Counter(
        key for rows in pages for key in set().union(*map(_keys, [*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]]), set())
    )
    return {key for key, n in met.items() if n > 1}


def _without_edges(rows: Sequence[list[Word]], usual: float = 0.0) -> list[list[Word]]:
    """Leave out the first and the last lines of a page that stand apart from the text and hold its number, a date, or whose it is.

    >>> def line(y, *texts): return [Word(t, 50 + 200 * i, y, 90 + 200 * i, y + 9, 10, False) for i, t in enumerate(texts)]
    >>> rows = [line(800, "Head", "21"), line(770, "One", "2"), line(758, "two."), line(746, "three."), line(700, "©")]
    >>> [row[0].text for row in _without_edges(rows)]
    ['One', 'two.', 'three.']
    """
    steps = [a[0].bottom - b[0].bottom for a, b in itertools.pairwise(rows)]
    if len(steps) < 2:
        return list(rows)
    apart = _APART * median(steps)
    body = max(usual, median([word.size for row in rows for word in row]))
    first = 0
    while first < min(_EDGE_ROWS, len(steps)) and _is_furniture(rows[first], body):
        first += 1
    while first and steps[first - 1] <= apart:
        first -= 1
    last = len(rows)
    while last > first and len(rows) - last < _FOOT_ROWS and _is_furniture(rows[last - 1], body):
        last -= 1
    while last < len(rows) and (last == 0 or steps[last - 1] <= apart):
        last += 1
    return list(rows[first:last])


def _is_furniture(row: Row, body: float) -> bool:
    text = " ".join(word.text for word in row)
    largest = max(word.size for word in row)
    if (
        len(row) == 1
        and row[0].text.isdigit()
        and len(row[0].text) <= _MOST_DIGITS
        and largest <= _NUMBER_LARGER * body
    ):
        return True
    return largest <= _NO_LARGER * body and (_holds_page_number(row, body) or _FURNITURE.search(text) is not None)


def _holds_page_number(row: Row, body: float) -> bool:
    number = any(re.fullmatch(r"\d{1,4}(?:/\d{1,4})?", word.text) for word in (row[0], row[-1]))
    gaps = [b.left - a.right for a, b in itertools.pairwise(row)]
    return number and (len(row) == 1 or max(gaps) > _WIDE_GAP * body)
