"""Lines of Markdown that can be only one thing, told apart from the stretches that need a parser.

Most lines of a review are a heading, a whole paragraph or a whole list item, with nothing around them that could make them
anything else. What CommonMark says of such lines is said here; all else goes to the parser, which would find the same in them
(``tests/readers/test_markdown_lines.py`` compares the two).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_SHAPE = re.compile(
    r"#{1,6}[ \t]+(?P<heading>(?=[^\W_]))|[-*+][ ]{1,4}(?P<bullet>(?=[^\W\d_\"“‘('\[]))"
    r"|(?P<number>\d{1,9})[.)][ ]{1,4}(?=[^\W\d_\"“‘('\[])|(?P<text>(?=[^\W\d_]|[\"“‘('\[]))"
)
_BLANK, _OTHER, _HEADING, _ITEM, _TEXT = range(5)
_KINDS: Final = {"heading": _HEADING, "bullet": _ITEM, "number": _ITEM, "text": _TEXT}


class Stretch(NamedTuple):
    """Lines ``first`` to ``last`` (open end): one line with the ``shape`` that it has, or lines for the parser."""

    first: int
    last: int
    shape: re.Match[str] | None


def find_stretches(lines: Sequence[str]) -> Iterator[Stretch]:
    """Cut a document into single lines that are one thing and stretches that need a parser; empty lines around them are left out.

    There must be neither fences nor HTML in the document, which reach over empty lines.

    >>> found = find_stretches(["# Risks", "It harms", "us.", "", "- some", "- all"])
    >>> [(s.first, s.last, s.shape and s.shape.lastgroup) for s in found]
    [(0, 1, 'heading'), (1, 3, None), (4, 5, 'bullet'), (5, 6, 'bullet')]
    """
    shapes = [_SHAPE.match(line) if line else None for line in lines]
    kinds = [_kind(line, shape) if line else _BLANK for line, shape in zip(lines, shapes, strict=True)]
    opened = closed = 0  # the lines for the parser that were met since the last stretch
    before = _BLANK
    for i, kind in enumerate(kinds):
        if kind != _BLANK and not _is_alone(before, lines, kinds, i):
            opened = opened if closed else i
            closed = i + 1
            kind = _OTHER
        elif kind != _BLANK:
            if closed:
                yield Stretch(opened, closed, None)
            closed = 0
            yield Stretch(i, i + 1, shapes[i])
        before = kind
    if closed:
        yield Stretch(opened, closed, None)


def _kind(line: str, shape: re.Match[str] | None) -> int:
    if shape is not None:
        return _KINDS[shape.lastgroup or "text"]
    return _OTHER if line.strip(" \t") else _BLANK


def _is_alone(before: int, lines: Sequence[str], kinds: Sequence[int], i: int) -> bool:
    """Say whether line ``i`` is a heading, paragraph or item of its own, after a line that was judged to be ``before``."""
    kind = kinds[i]
    after = kinds[i + 1] if i + 1 < len(kinds) else _BLANK
    if kind == _HEADING:
        return before != _OTHER
    if kind == _TEXT:
        return before in (_BLANK, _HEADING) and after in (_BLANK, _HEADING)
    if kind != _ITEM or before not in (_BLANK, _HEADING, _ITEM):
        return False
    return after in (_ITEM, _HEADING) or (after == _BLANK and not _goes_on(lines, kinds, i + 1))


def _goes_on(lines: Sequence[str], kinds: Sequence[int], i: int) -> bool:
    """Say whether the first line with text from ``i`` on is indented, and so may be part of the item before it."""
    while i < len(kinds) and kinds[i] == _BLANK:
        i += 1
    return i < len(kinds) and lines[i][0] in " \t"
