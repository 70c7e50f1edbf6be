"""The updates that a summary page tells: their dates, the grades they change, the grades they leave as they were."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.dates import date_first, find_date, whole_date
from alsu_kg.extraction.summaries.grade_changes import Change, Kept, find_changes, find_kept
from alsu_kg.extraction.summaries.grade_forms import GRADE, SHORT
from alsu_kg.extraction.summaries.lines import KEY, PUBLISHED, PUBLISHED_FIRST, UPDATED
from alsu_kg.extraction.summaries.splits import joined_prose
from alsu_kg.extraction.summaries.tables import category_of_row, columns_of_change, dated_rows, letter_after, letter_in
from alsu_kg.extraction.summaries.told import Told
from alsu_kg.model.document import Block, Text, join_texts

_SHORT_LINE: Final = 60
_MOST_WORDS: Final = 3  # of a date
_NEAR: Final = 4
_SHORTEST_CHANGE: Final = 12
_GRADE_WORD = re.compile(r"\bgrades?\b|\bcalificaci", re.IGNORECASE)
_SHORT_END: Final = 120
_WORDED = r"(?:[\w.]+\s+){0,2}[\w.]+,?\s+(?:19|20)\d\d"
_ENDS_PUBLISHED = re.compile(
    rf"\breview\w*\b.*\bpublished:?\s+(?:(?:in|on)\s+)?(?P<date>{_WORDED}|(?:19|20)\d\d-\d\d(?:-\d\d)?)"
    r"(?:\s*[;,|]\s*(?:last\s+)?updated\b.*)?\W*$",
    re.IGNORECASE,
)
_SAID_PUBLISHED = re.compile(
    r"\b(?:our|the|this|original|first)\s+(?:\w+\s+)?review\s+(?:(?:of\s+\w+\s+)?(?:was\s+)?(?:first\s+|originally\s+)?"
    r"published\s+(?:in|on)|(?<=our review\s)of|(?<=first review\s)of|(?<=original review\s)of)"
    rf"\s+(?P<date>{_WORDED})",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\W*(?:Updated Review|Review Update)\W*", re.IGNORECASE)
_UPDATED_ON = re.compile(r"\b(?:updated?|revised|changed)\b", re.IGNORECASE)
_STAMP = re.compile(
    r"\W*(?:Last\s+|Page\s+)?(?:updated|modified)\s*(?:on|:)?:?\s*(?=[^\d]{0,12}\d)[A-Z\d][\w ,./-]{5,24}\W*",
    re.IGNORECASE,
)
Lines = Sequence[tuple[Block, Text]]


class Updates(NamedTuple):
    """When a page was last updated, what its updates change, and what they say is left as it was."""

    latest: str | None
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]
    told: tuple[Told, ...] = ()  # the lines of dated updates


def read_updates(lines: Lines, label: str | None) -> Updates:
    """Read the updates; ``label`` is the page's treatment, of which a change must speak.

    An update goes from its heading (``Updated Review``, ``June 2021 update``) to the grades or the next part of the page. The date
    may stand in the heading, in the line below it (``Published: May 3, 2021``) or at the start of the prose.

    >>> told = ("Updated Review", "Published: May 3, 2021", "We change our Cases grade to B.", "Key Information")
    >>> updates = read_updates([(Block("paragraph", Text(line)), Text(line)) for line in told], None)
    >>> updates.latest, [(change.category, change.new, change.date) for change in updates.changes]
    ('2021-05-03', [('cases', 'B', '2021-05-03')])
    """
    changes: list[Change] = []
    kept: list[Kept] = []
    dates: list[str] = []
    told: list[Told] = []
    date: str | None = None
    inside = False
    for i, (block, _) in enumerate(lines):
        if block.kind == "table" and (i == 0 or lines[i - 1][0] is not block):
            changes += _table_changes(block, _date_above(lines, i))
    lines = joined_prose(lines)
    named = any(_HEADING.fullmatch(text.text) for _, text in lines)
    for i, (block, text) in enumerate(lines):
        match = UPDATED.match(text.text)
        if named and _STAMP.fullmatch(text.text):
            continue  # when the page was changed, as themes print it; the reviewers' updates have headings
        if match is not None and _opens_update(match, text.text):
            inside, date = True, find_date(text.text[:80])
        elif is_update_date(lines, i):
            date = find_date(text.text)
        elif inside and _ends_update(block, text.text):
            inside, date = False, None
        elif inside and _is_date(block, text.text):
            date = find_date(text.text)
        elif inside and (first := date_first(text.text, years=block.kind in ("item", "heading"))):
            date = first
        elif inside and date is None:
            date = find_date(text.text if UPDATED.match(text.text[:_SHORT_LINE]) else text.text[:_SHORT_LINE])
        if len(text.text) > _SHORTEST_CHANGE:
            own = date if inside or i == 0 else whole_date(lines[i - 1][1].text)  # as on a line of time
            changes += [change for change in find_changes(text, own) if _is_of(change.of_treatment, label)]
            kept += find_kept(text, date)
            told += [Told(text, date)] if inside and date and block.kind != "table" else []
        dates += [date] if inside and date else []
    dates += [change.date for change in changes if change.date]
    dates += [item.date for item in kept if item.date]
    return Updates(max(dates, default=None), tuple(changes), tuple(kept), tuple(told))


def _date_above(lines: Lines, i: int) -> str | None:
    """Give the date of an update that the line above a table says: ``Grades (updated May 2021)``."""
    above = lines[i - 1][1].text if i else ""
    return find_date(above) if len(above) <= _SHORT_LINE and _UPDATED_ON.search(above) else None


def _table_changes(table: Block, since: str | None) -> Iterator[Change]:
    """Read the changes in a table that has the letters before and after an update in columns of their own."""
    for (_, old_cells), (date, cells) in itertools.pairwise(dated_rows(table)):
        for named, cell in cells.items():
            old, new = letter_in(old_cells[named]) if named in old_cells else None, letter_in(cell)
            if new is not None and old != new:
                yield Change(named, old, new, date, cell)
    columns = columns_of_change(table)
    if columns is None:
        return
    before, after = columns
    since = find_date(table.rows[0][after].text) or since
    for row in table.rows[1:]:
        category = category_of_row(row)
        if category is None or len(row) <= max(columns):
            continue
        old, new = letter_in(row[before]), letter_after(row[before], row[after])
        if old is not None and new is not None and old != new:
            own = next((found for cell in row[:before] if (found := find_date(cell.text))), None)
            said = join_texts([row[column] for column in sorted(columns)])  # the place of both letters
            yield Change(category, old, new, own or since, said)


def is_update_date(lines: Lines, i: int) -> bool:
    """Say whether line ``i`` is a line ``Published: …`` that dates the update whose heading is above or which the next line tells.

    >>> told = ("Updated Review", "Published: May 2021", "Published: 2016")
    >>> lines = [(Block("paragraph", Text(line)), Text(line)) for line in told]
    >>> is_update_date(lines, 1), is_update_date(lines, 2)
    (True, False)
    """
    if i == 0 or not PUBLISHED.match(lines[i][1].text):
        return False
    above = lines[i - 1][1].text
    match = UPDATED.match(above)
    if match is not None and _opens_update(match, above) and find_date(above) is None and len(above) < _SHORT_LINE:
        return True
    return (
        _tells_change(lines[i + 1][1]) and any(PUBLISHED.match(text.text) for _, text in lines[i + 2 :])
        if i + 2 < len(lines)
        else False
    )


def _tells_change(text: Text) -> bool:
    """Say whether a line tells a change of grade."""
    return len(text.text) > _SHORTEST_CHANGE and next(find_changes(text, None), None) is not None


def publication_date(lines: Lines, graded: Sequence[int] = ()) -> str | None:
    """Give the date of the line that says when the review was published; in the line itself or in the one below it.

    Of several such lines it is the first one below the lines ``graded``, which give letters, because there the reviewers say it;
    what stands elsewhere may say when the page was made.

    >>> publication_date([(Block("paragraph", Text(line)), Text(line)) for line in ("Published:", "Nov 2016")])
    '2016-11'
    """
    found: list[tuple[int, str]] = []
    for i, (_, text) in enumerate(lines):
        match = PUBLISHED.match(text.text) or PUBLISHED_FIRST.match(text.text)
        if match is None or is_update_date(lines, i):
            continue
        following = _cell_below(lines[i]) or (lines[i + 1][1].text[:40] if i + 1 < len(lines) else "")
        date = find_date(match["date"]) or (find_date(following) if not match["date"].strip(" :") else None)
        if date is not None:
            found.append((i, date))
    last = max(graded, default=len(lines))
    below = (date for i, date in found if last < i <= last + _NEAR)
    if found:
        return next(below, found[0][1])
    return _bare_date(lines, min(graded, default=0)) or _date_in_head(lines) or _date_in_prose(lines)


def _date_in_prose(lines: Lines) -> str | None:
    """Give the date of a sentence that says when the review was published: with the month at least, and one date only."""
    lines = [line for line in lines if "ublished" in line[1].text or "review of" in line[1].text]
    told = [match for _, text in lines for match in _SAID_PUBLISHED.finditer(text.text)]
    ends = (match for _, text in lines if len(text.text) < _SHORT_END and (match := _ENDS_PUBLISHED.search(text.text)))
    dates = {date for match in (*told, *ends) if len(date := find_date(match["date"]) or "") > len("2016")}
    return dates.pop() if len(dates) == 1 else None


def _date_in_head(lines: Lines) -> str | None:
    """Give the date in the head of the column that holds the letters before an update, or that of the first of dated rows."""
    tables = {id(block): block for block, _ in lines if block.kind == "table"}.values()
    if first := next((rows[0][0] for table in tables if (rows := dated_rows(table))), None):
        return first
    heads = (table.rows[0][columns[0]].text for table in tables if (columns := columns_of_change(table)))
    return next((date for head in heads if (date := find_date(head))), None)


def _bare_date(lines: Lines, end: int) -> str | None:
    """Give the date that stands alone right below the name of the page, above its grades."""
    for i in range(1, min(end, _NEAR)):
        above = lines[i - 1][1].text
        if (date := whole_date(lines[i][1].text)) and not UPDATED.match(above) and not KEY.match(above):
            return date
    return None


def _cell_below(line: tuple[Block, Text]) -> str | None:
    """Give the words of the cell below a cell of the first row of a table, if the table has no more than two rows."""
    block, text = line
    if block.kind != "table" or len(block.rows) != 2:
        return None
    at = next((i for i, cell in enumerate(block.rows[0]) if cell is text), None)
    return block.rows[1][at].text if at is not None and at < len(block.rows[1]) else None


def _is_of(name: str | None, label: str | None) -> bool:
    """Say whether a change speaks of the page's treatment: it names none, or one that the label holds."""
    return name is None or label is None or name.casefold() in label.casefold()


def _opens_update(match: re.Match[str], text: str) -> bool:
    if match["early"] is not None:
        return find_date(match["early"]) is not None
    return (
        len(text) < _SHORT_LINE or find_date(match["rest"][:_SHORT_LINE]) is not None or bool(_GRADE_WORD.search(text))
    )


def _is_date(block: Block, text: str) -> bool:
    """Say whether a line is nothing but the date of one of several updates."""
    few = len(text.split()) <= (_MOST_WORDS + 1 if block.kind == "heading" else _MOST_WORDS)
    return few and find_date(text) is not None


def _ends_update(block: Block, text: str) -> bool:
    known = GRADE.match(text) or KEY.match(text) or PUBLISHED.match(text) or SHORT.match(text)
    return bool(known) or (block.kind == "heading" and not UPDATED.match(text) and find_date(text) is None)
