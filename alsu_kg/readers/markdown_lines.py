"""Lines of Markdown that can be only one thing, told apart from the stretches that need a parser.

Most lines of a review are a heading, a paragraph or a whole list item, with nothing around them that could make them
anything else. What CommonMark says of such lines is said here; all else goes to the parser, which would find the same in them
(``tests/readers/test_markdown_lines.py`` compares the two).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_SHAPE = re.compile(
    r"#{1,6}[ \t]+(?P<heading>(?=[^\W_]))|[-*+][ ]{1,4}(?P<bullet>(?=[^\W\d_\"“‘('\[]))"
    r"|(?P<number>\d{1,9})[.)][ ]{1,4}(?=[^\W\d_\"“‘('\[])|(?P<text>(?=[^\W\d_]|[\"“‘('\[]))"
    r"|(?P<rule>(?:-{3,}|\*{3,}|_{3,})[ \t]*\Z)"
)
_TEXT_SHAPE: Final = _SHAPE.match("a")  # that of each line that starts with a letter: it says nothing of what follows
_INDENTED_TEXT = re.compile(r"[ \t]+(?P<text>(?=[^\W\d_]))")
_BLANK, _OTHER, _HEADING, _ITEM, _TEXT, _RULE, _INDENTED = range(7)
_OF_TEXT: Final = (_TEXT, _INDENTED)
_KINDS: Final = {"heading": _HEADING, "bullet": _ITEM, "number": _ITEM, "text": _TEXT, "rule": _RULE}


def _is_alone(before: int, kind: int, after: int) -> bool:
    """Say whether a line of ``kind`` is a heading, paragraph, item or rule of its own between lines of these kinds."""
    if kind == _HEADING:
        return before != _OTHER
    if kind == _RULE:  # under text it would make a heading of it
        return before in (_BLANK, _HEADING, _RULE)
    if kind in _OF_TEXT:
        return before in (_BLANK, _HEADING, _RULE) and after in (_BLANK, _HEADING)
    return kind == _ITEM and before in (_BLANK, _HEADING, _RULE, _ITEM) and after in (_BLANK, _ITEM, _HEADING)


_ALL: Final = range(7)
_ALONE: Final = frozenset(
    [(before, kind, after) for before in _ALL for kind in _ALL for after in _ALL if _is_alone(before, kind, after)]
)
Stretch = tuple[int, int, re.Match[str] | None]
"""The first line and the one after the last: one thing with the shape of its first line, or lines for the parser."""


def find_stretches(lines: Sequence[str]) -> Iterator[Stretch]:
    """Cut a document into lines that are one thing and stretches that need a parser; empty lines around them are left out.

    There must be neither fences nor HTML in the document, which reach over empty lines.

    >>> found = find_stretches(["# Risks", "It harms", "us.", "", "- some", "- all", "- of", "us"])
    >>> [(first, last, shape and shape.lastgroup) for first, last, shape in found]
    [(0, 1, 'heading'), (1, 3, 'text'), (4, 5, 'bullet'), (5, 6, 'bullet'), (6, 8, None)]
    """
    shapes: dict[int, re.Match[str] | None] = {}  # of the lines that are not blank
    kinds = [_BLANK] * (len(lines) + 1)
    for i, line in enumerate(lines):
        if not line:
            continue
        if line[0].isalpha():
            shapes[i], kinds[i] = _TEXT_SHAPE, _TEXT
        elif line.strip(" \t"):
            if shape := _INDENTED_TEXT.match(line):
                shapes[i], kinds[i] = shape, _INDENTED
                continue
            shape = shapes[i] = _SHAPE.match(line)
            kinds[i] = _OTHER if shape is None else _KINDS[shape.lastgroup or "text"]
    opened = closed = 0  # the lines for the parser that were met since the last stretch
    end, before = 0, _BLANK
    in_item = False  # the last line with text is an item, or may be part of one
    for i, shape in shapes.items():
        if i < end:
            continue
        kind = kinds[i]
        if i > end:
            before = _BLANK
        end = i + 1
        if kind in _OF_TEXT:
            while kinds[end] in _OF_TEXT:
                end += 1
        after = kinds[end]
        alone = (before, kind, after) in _ALONE and not (kind == _INDENTED and in_item)
        if alone and not (kind == _ITEM and after == _BLANK and _goes_on(lines, kinds, end)):
            if closed:
                yield opened, closed, None
            closed = 0
            yield i, end, shape
            before = kind
            in_item = kind == _ITEM
        else:
            opened = opened if closed else i
            closed = end
            before = _OTHER
            in_item = True
    if closed:
        yield opened, closed, None


def _goes_on(lines: Sequence[str], kinds: Sequence[int], i: int) -> bool:
    """Say whether the first line with text from ``i`` on is indented, and so may be part of the item before it."""
    while i < len(lines) and kinds[i] == _BLANK:
        i += 1
    return i < len(lines) and lines[i][0] in " \t"
