"""Parts of pages -> one text. What stands between the lines of a paragraph (notes, tables, boxes) is moved behind the paragraph."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from alsu_kg.readers.headings import is_known_heading, role_of
from alsu_kg.readers.numbered_lists import list_at_end
from alsu_kg.readers.pages.lines import Line
from alsu_kg.readers.reference_lines import is_new_reference

_SMALLER: Final = 0.93
_APART: Final = 1.25  # in sizes of the type
_LEVEL: Final = 3.0
_SURELY: Final = 4  # letters more than the word needs
_FOOT_LINES: Final = 2
_ENDED = re.compile(r"[.!?:;][\"”’')\]\d⁰¹²³⁴⁵⁶⁷⁸⁹,⁻–-]*$")
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.?|Box|TABLE|FIGURE|FIG\.?|BOX)\s+(?:\d{1,2}|[IVX]{1,4})\b")


class Flow(NamedTuple):
    """Lines of text, paragraphs parted by empty ones; ``floats`` says that they are no part of the running text.

    ``goes_on`` says that the first line goes on with the last entry of a list, by the place where it starts; ``room`` how many
    letters its last line is short of the edge, which tells in a list of references whether what follows goes on with it.
    """

    lines: Sequence[str]
    floats: bool
    new_page: bool = False
    goes_on: bool = False
    room: float = 0.0


def join_flows(flows: Iterable[Flow]) -> list[str]:
    """Give the lines of the text. A float that would part a paragraph comes after it, one in the list of references before it.

    >>> flows = [Flow(["It is not"], False), Flow(["A note."], True), Flow(["(yet) known.", "", "More."], False)]
    >>> join_flows(flows)
    ['It is not', '(yet) known.', '', 'A note.', '', 'More.']
    """
    out: list[str] = []
    waiting: list[Sequence[str]] = []
    room = 0.0
    for flow in flows:
        if not any(flow.lines):
            continue
        if flow.floats:
            if _is_open(out) or _references_at(out) is not None:
                waiting.append(flow.lines)
            else:
                _add_apart(out, [flow.lines])
            continue
        lines = list(flow.lines)
        if waiting and _references_at(out) is None:
            at = next((i for i, line in enumerate(lines) if not line), None)
            if at is not None:
                out += lines[:at]
                _add_apart(out, waiting)
                waiting, lines = [], lines[at + 1 :]
                flow = flow._replace(new_page=False)
        if out and out[-1] and lines and not flow.goes_on:
            short = room > len(lines[0].partition(" ")[0]) + _SURELY
            if _references_at(out) is not None:
                parted = is_new_reference(out[-1].rstrip(), lines[0], short=short)
            else:
                parted = not flow.new_page and _ENDED.search(out[-1].rstrip()) is not None
            if parted:
                out.append("")
        room = flow.room
        out += lines
    _insert_last(out, waiting)
    return out


def _insert_last(out: list[str], waiting: Sequence[Sequence[str]]) -> None:
    at = _references_at(out)
    apart: list[str] = []
    _add_apart(apart, waiting)
    if at is None:
        out += ["", *apart] if apart else []
    else:
        out[at:at] = apart


def _add_apart(out: list[str], several: Sequence[Sequence[str]]) -> None:
    for lines in several:
        out += [*([""] if out and out[-1] else []), *lines, ""]


def _is_open(out: Sequence[str]) -> bool:
    """Say whether the last line is in the middle of a sentence, or a heading."""
    last = next((line.rstrip() for line in reversed(out) if line), "")
    return is_known_heading(last) or (bool(out and out[-1]) and "\t" not in last and not _ENDED.search(last))


def _references_at(out: Sequence[str]) -> int | None:
    """Give the number of the last line that is the heading of a list of references, or of the first line of a list without one."""
    for i in range(len(out) - 1, -1, -1):
        if out[i] and len(out[i]) < 40 and (i == 0 or not out[i - 1]) and role_of(out[i]) == "references":
            return i
    return list_at_end(out)


def is_float(lines: Sequence[Line], size: float) -> bool:
    """Say whether lines across columns are a table, a figure or a note, and no text of this ``size`` or title."""
    return bool(lines) and (
        _has_cells(lines) or is_caption(lines[0]) or all(line.size < _SMALLER * size for line in lines)
    )


def is_caption(line: Line) -> bool:
    """Say whether a line starts as the caption of a table or figure does.

    >>> is_caption(Line("Table 2. Trials", 50, 250, 40, 10, False)), is_caption(Line("Tables of it", 50, 250, 40, 10, False))
    (True, False)
    """
    return _CAPTION.match(line.text) is not None


def is_line_below(lines: Sequence[Line]) -> bool:
    """Say whether lines below the columns of a page are no text: one or two that end no sentence.

    >>> def line(text): return Line(text, 50, 250, 40, 10, False)
    >>> is_line_below([line("A Journal of Examples")]), is_line_below([line("It is so.")])
    (True, False)
    """
    return len(lines) <= _FOOT_LINES and not any(_ENDED.search(line.text) and line.text[-1] in ".!?" for line in lines)


def split_floats(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line], list[Line]]:
    """Part the lines of a column, from the top down, into a table or figure on top, its text, and notes, a table or figure below.

    >>> def line(text, y, size): return Line(text, 50, 250, y, size, False)
    >>> found = split_floats([line("It is not", 90, 10), line("(yet)", 78, 10), line("1 A note.", 60, 8)], 10)
    >>> [[one.text for one in part] for part in found]
    [[], ['It is not', '(yet)'], ['1 A note.']]
    """
    rest = list(lines)
    low = _low_start(rest, size)
    below, rest = rest[low:], rest[:low]
    high = _high_end(rest, size)
    return rest[:high], rest[high:], below


def _low_start(lines: Sequence[Line], size: float) -> int:
    """Give the number of the line from which on a column holds notes or a captioned table."""
    small = len(lines)
    while small and lines[small - 1].size < _SMALLER * size:
        small -= 1
    for at in (small, *_captions(lines)):
        if 0 < at < len(lines) and _is_text(lines[at - 1], size) and _gap(lines, at) > _APART * size:
            after = lines[at:]
            if is_known_heading(lines[at - 1].text) or (len(after) == 1 and is_caption(after[0])):
                continue
            if at == small or all(line.size < _SMALLER * size or _is_level(line, after) for line in after[1:]):
                return at
    return len(lines)


def _high_end(lines: Sequence[Line], size: float) -> int:
    """Give the number of the line after a captioned table or figure on top of a column."""
    at = next(iter(_captions(lines)), None)
    if at is None or any(line.size >= _SMALLER * size and not _is_level(line, lines) for line in lines[:at]):
        return 0
    end = at + 1
    while end < len(lines) and (
        lines[end].size < _SMALLER * size
        or _is_level(lines[end], lines)
        or (_gap(lines, end) < _APART * size and not _has_cells(lines[:end]))
    ):
        end += 1
    return end if end < len(lines) else 0


def _captions(lines: Sequence[Line]) -> list[int]:
    return [i for i, line in enumerate(lines) if is_caption(line)]


def _gap(lines: Sequence[Line], at: int) -> float:
    return lines[at - 1].bottom - lines[at].bottom


def _is_text(line: Line, size: float) -> bool:
    return _SMALLER * size <= line.size <= size / _SMALLER and not line.bold


def _has_cells(lines: Sequence[Line]) -> bool:
    return any(_is_level(line, lines) for line in lines)


def _is_level(line: Line, lines: Sequence[Line]) -> bool:
    return any(other is not line and abs(other.bottom - line.bottom) < _LEVEL for other in lines)
