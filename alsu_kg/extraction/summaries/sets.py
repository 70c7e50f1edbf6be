"""Which letters of a page are those of its own treatment, and which are those of others that it also shows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alsu_kg.extraction.summaries.grade_forms import ENOUGH, Graded
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.names import bare_name
from alsu_kg.extraction.summaries.updates import publication_date
from alsu_kg.model.document import Block, Text

Lines = Sequence[tuple[Block, Text]]


class Shown(NamedTuple):
    """A letter that the page shows now, and when its review was published; ``of_treatment`` where it shows several treatments."""

    graded: Graded
    of_treatment: str | None
    published: str | None


class _Set(NamedTuple):
    """Letters in a row that name no category twice, the position and text of the heading above them that names something."""

    letters: list[Graded]
    head: int | None
    name: str | None


def letters_shown(lines: list[tuple[Block, Text]], label: str | None, published: str | None) -> list[Shown]:
    """Take the first letter of each category; a legend further down does not count, another treatment's letters do.

    The letters of another treatment are three or more that start again under a heading that names something else. Where that
    heading is a link and the page's own is none, they are those of another page, which this one only points at.

    >>> told = ("Cases Grade: B", "Risks Grade: C", "Risks Grade: D")
    >>> lines = [(Block("paragraph", Text(line)), Text(line)) for line in told]
    >>> [(shown.graded.letter, shown.published) for shown in letters_shown(lines, None, "2016")]
    [('B', '2016'), ('C', '2016')]
    """
    sets = list(_sets(lines))
    several = {one.name for one in sets if one.name and len(one.letters) >= ENOUGH}
    shown: list[Shown] = []
    told: set[str | None] = set()
    for i, (letters, head, name) in enumerate(sets):
        if i and (len(letters) < ENOUGH or name is None or name in told or _points_elsewhere(lines, sets[0], head)):
            continue
        told.add(name)
        other = name if name != label and (len(several) > 1 or label is None) else None
        date = published if other is None else _date_of_set(lines, sets, i)
        shown += [Shown(item, other, date) for item in letters]
    return shown


def _sets(lines: list[tuple[Block, Text]]) -> Iterator[_Set]:
    sets: list[list[Graded]] = [[]]
    for item in graded_lines(lines):
        if any(item.category == known.category for known in sets[-1]):
            sets.append([])
        sets[-1].append(item)
    for letters in sets:
        head = _head_above(lines, letters[0].at) if letters else None
        yield _Set(letters, head, bare_name(lines[head][1].text) if head is not None else None)


def _head_above(lines: Lines, at: int) -> int | None:
    """Give the position of the nearest heading above line ``at`` that names a thing and not a part of the page."""
    return next(
        (i for i in range(at - 1, -1, -1) if lines[i][0].kind == "heading" and bare_name(lines[i][1].text)), None
    )


def _points_elsewhere(lines: Lines, first: _Set, head: int | None) -> bool:
    return (
        head is not None
        and _is_link(lines[head][1])
        and not (first.head is not None and _is_link(lines[first.head][1]))
    )


def _is_link(text: Text) -> bool:
    return any(mark.kind == "link" and mark.start == 0 and mark.end == len(text.text) for mark in text.marks)


def _date_of_set(lines: Lines, sets: Sequence[_Set], i: int) -> str | None:
    """Give the date of publication that stands with a set of letters, or with all sets: above the first or below the last."""
    starts = [one.head if one.head is not None else one.letters[0].at for one in sets if one.letters]
    end = starts[i + 1] if i + 1 < len(starts) else len(lines)
    own = publication_date(lines[starts[i] : end])
    outside = [*lines[: starts[0]], *lines[starts[-1] :]] if len(starts) > 1 else ()
    dates = [
        date
        for low, high in zip(starts, [*starts[1:], len(lines)], strict=True)
        if (date := publication_date(lines[low:high]))
    ]
    return own or (publication_date(outside) if len(dates) <= 1 else None)
