"""Where the entries of a list start that has no numbers: at the edge of a column, the lines that go on indented; or the reverse.

Either is told by the lines that are left short: a line on which the first word of the next one had found room ends an entry.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import NEAR, Line, commonest_place
from alsu_kg.readers.reference_lines import is_new_reference

_LEAST: Final = 0.2  # in sizes of the type, as is the next
_MOST: Final = 8.0
_EDGE: Final = 0.45  # of the indent: labels of a list may be set to the right
_MOSTLY: Final = 0.9
_FEWEST_VOTES: Final = 2
_CLEARLY: Final = 3
_SPACE: Final = 0.25  # in sizes of the type
_LEVEL: Final = 3.0
_APART: Final = 3.0  # in sizes of the type
_OUTSIDE: Final = 20  # one line of so many may reach out of a column
_SAME_SIZE: Final = 0.5
_DIGIT: Final = 0.6  # in sizes of the type
_LETTER: Final = 0.5  # in sizes of the type: how wide letters are
_LABEL = re.compile(r"[\[(]?\d{1,3}\b")
_ENDED = re.compile(r"[.!?:)\]”\"\d]$")


class Form(NamedTuple):
    """How the entries of a list are set: how far the lines that go on are indented, the size of the type, how wide lines are."""

    indent: float
    size: float
    width: float


class Entries(NamedTuple):
    """Of the lines of a column, by their numbers: those that start an entry, and those that go on with one."""

    starts: frozenset[int]
    rest: frozenset[int]


class _Run(NamedTuple):
    """Lines below each other, ``start`` to ``end``, and how far each is indented from their edge."""

    start: int
    end: int
    indents: Sequence[float]
    indent: float
    size: float


def list_forms(columns: Iterable[tuple[Sequence[Line], frozenset[int]]]) -> list[Form]:
    """Give the forms of the hanging lists in columns, each with the numbers of its headings; the commonest first.

    >>> def line(text, left, right, y): return Line(text, left, right, y, 10, False)
    >>> some = [line("Ay B. One of many", 50, 250, 90), line("cells", 60, 90, 78), line("Cee D. Two of many", 50, 250, 66)]
    >>> list_forms([([*some, line("of them", 60, 120, 54), line("Eff G. Three", 50, 150, 42)], frozenset())])
    [Form(indent=10, size=10, width=200)]
    """
    widths: dict[tuple[float, float], list[float]] = {}
    for lines, headings in columns:
        for run in _runs(lines, headings):
            if run.indent and _is_clear(*_votes(lines, run)):
                width = _right(lines[run.start : run.end]) - min(line.left for line in lines[run.start : run.end])
                widths.setdefault((round(run.indent, 1), round(run.size, 1)), []).append(width)
    return [Form(*key, max(own)) for key, own in sorted(widths.items(), key=lambda item: -len(item[1]))]


def find_entries(
    lines: Sequence[Line], headings: frozenset[int], known: Sequence[Form] = (), listed: int | None = None
) -> Entries:
    """Find where entries start in a column; a few lines follow a form ``known`` from other columns.

    From line ``listed`` on they are references: there short lines also end entries that have no indent.

    >>> def line(text, left, right, y): return Line(text, left, right, y, 10, False)
    >>> some = [line("goes on.", 60, 100, 90), line("Ay B. One of many", 50, 250, 78), line("cells and of", 60, 250, 66)]
    >>> sorted(find_entries(some, frozenset()).starts), find_entries(some, frozenset(), [Form(10.0, 10.0, 200)])
    ([], Entries(starts=frozenset({1}), rest=frozenset({0, 2})))
    """
    starts: set[int] = set()
    rest: set[int] = set()
    for run in _runs(lines, headings):
        numbers = range(run.start, run.end)
        form = _form_of(lines, run, known)
        at_edge = {i for i, own in zip(numbers, run.indents, strict=True) if own < _EDGE * run.indent}
        hanging, first = _votes(lines, run, form.width if form and run.indent else 0)
        if not run.indent:
            starts |= set(numbers) if form and hanging and not first else set()  # each a line of its own
            if listed is not None and run.start >= listed:
                starts |= set(_flush_starts(lines, run))
        elif (form and _has_begun(run, hanging, first)) or _is_clear(hanging, first):
            starts |= at_edge
            rest |= set(numbers) - at_edge
        elif _is_clear(first, hanging):
            starts |= {i for i in numbers if i not in at_edge and (i == 0 or _ENDED.search(lines[i - 1].text))}
            rest |= at_edge & {0}
    return Entries(frozenset(starts), frozenset(rest))


def _flush_starts(lines: Sequence[Line], run: _Run) -> Iterator[int]:
    """Give the lines of a list of references without indents that start one.

    >>> def line(text, right, y): return Line(text, 50, right, y, 10, False)
    >>> some = [line("Ay B. One of many", 250, 90), line("cells. 2001;2:3.", 125, 78), line("Cee D. Two of", 250, 66)]
    >>> list(_flush_starts(some, _Run(0, 3, (0, 0, 0), 0, 10)))
    [2]
    """
    right = _right(lines[run.start : run.end])
    for i in range(run.start + 1, run.end):
        before, line = lines[i - 1], lines[i]
        if is_new_reference(before.text, line.text, short=_has_room(before, line, right)):
            yield i


def _is_clear(votes: int, against: int) -> bool:
    return votes >= max(_FEWEST_VOTES, _CLEARLY * against)


def starts_with_list(lines: Sequence[Line], headings: frozenset[int], known: Sequence[Form]) -> bool:
    """Say whether a column starts with entries of a form ``known`` from other columns.

    >>> some = [Line("Ay B. One of many", 50, 250, 78, 8, False), Line("cells", 60, 90, 66, 8, False)]
    >>> starts_with_list(some, frozenset(), [Form(10.0, 8.0, 200)]), starts_with_list(some, frozenset(), [])
    (True, False)
    """
    run = next(_runs(lines, headings), None) if known else None
    if run is None or run.start or not run.indent or (form := _form_of(lines, run, known)) is None:
        return False
    return _has_begun(run, *_votes(lines, run, form.width))


def _form_of(lines: Sequence[Line], run: _Run, known: Sequence[Form]) -> Form | None:
    """Give the form that a run follows; numbers of two digits may stand further left than those of one."""
    near = _DIGIT * run.size if _LABEL.match(lines[run.start].text) else NEAR
    return next(
        (
            form
            for form in known
            if abs(run.size - form.size) < _SAME_SIZE and (not run.indent or abs(run.indent - form.indent) < near)
        ),
        None,
    )


def _has_begun(run: _Run, votes: int, against: int) -> bool:
    return votes >= _CLEARLY * against and (votes > 0 or run.indents[0] < _EDGE * run.indent)


def _runs(lines: Sequence[Line], headings: frozenset[int]) -> Iterator[_Run]:
    """Give the runs of lines of one size that stand below each other at two places only, no heading among them."""
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or i in headings or i - 1 in headings or not _is_below(lines[i - 1], lines[i]):
            if i - start >= 2 and start not in headings and (run := _run(lines, start, i)) is not None:
                yield run
            start = i


def _is_below(line: Line, other: Line) -> bool:
    step = line.bottom - other.bottom
    return _LEVEL < step < _APART * max(line.size, other.size) and abs(line.size - other.size) < 1


def _run(lines: Sequence[Line], start: int, end: int) -> _Run | None:
    some = lines[start:end]
    edge = min(line.left for line in some)
    indents = [line.left - edge for line in some]
    size = median(line.size for line in some)
    indent, n = commonest_place(own for own in indents if own > _LEAST * size)
    if not n and max(indents) < NEAR:
        return _Run(start, end, indents, 0.0, size)
    if not n or indent > _MOST * size:
        return None
    alike = sum(own < _EDGE * indent or abs(own - indent) < NEAR for own in indents)
    return _Run(start, end, indents, indent, size) if alike >= _MOSTLY * len(some) else None


def _votes(lines: Sequence[Line], run: _Run, width: float = 0.0) -> tuple[int, int]:
    """Count what tells that entries start at the edge, and what tells that their first lines are indented.

    An entry starts after a line that is left short, and none after a full line that stands at the same place.
    """
    some = lines[run.start : run.end]
    right = max(_right(some), min(line.left for line in some) + width)
    votes = [0, 0]
    at_edge = [not run.indent or own < _EDGE * run.indent for own in run.indents]
    for i, (a, b) in enumerate(itertools.pairwise(some)):
        if _has_room(a, b, right):
            votes[not at_edge[i + 1]] += 1
        elif at_edge[i] == at_edge[i + 1]:
            votes[at_edge[i]] += 1
    return votes[0], votes[1]


def _right(lines: Sequence[Line]) -> float:
    """Give where lines end at most, but for the few that reach out of their column."""
    rights = sorted(line.right for line in lines)
    return rights[-1 - len(rights) // _OUTSIDE]


def room_left(lines: Sequence[Line]) -> float:
    """Give how many letters had found room at the end of the last line of a column.

    >>> some = [Line("Ay B. One of many", 50, 250, 78, 8, False), Line("cells", 60, 90, 66, 8, False)]
    >>> room_left(some), room_left(some[:1])
    (40.0, 0.0)
    """
    return (_right(lines) - lines[-1].right) / (_LETTER * lines[-1].size) if lines else 0.0


def _has_room(line: Line, following: Line, right: float) -> bool:
    """Say whether the first word of the ``following`` line had found room at the end of a line."""
    word = following.text.partition(" ")[0]
    width = (following.right - following.left) * len(word) / max(1, len(following.text))
    return line.right + _SPACE * line.size + width < right - _SPACE * line.size
