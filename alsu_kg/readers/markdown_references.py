"""References as Markdown has them outside lists: lines with labels in one paragraph, and definitions of footnotes."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.model.document import Block

_FOOTNOTE = re.compile(r"\[[\^#]([A-Za-z0-9_:.-]{1,40})\]:\s*")
# "[1] Ay B.", "(1) Ay B.", "<sup>1</sup> Ay B.", "1\. Ay B.", "1 Ay B.", "**1.** Ay B.": what CommonMark takes for no list.
_LABEL = re.compile(
    r"(?:\*\*)?"
    r"(?:\\?\[(\d{1,3})\\?\]|\((\d{1,3})\)|<sup>(\d{1,3})</sup>|(\d{1,3})\\[.)]|(\d{1,3})(?=[ ]+[A-ZÀ-Þ“\"])"
    r"|(\d{1,3})[.:]?(?=\*\*))"
    r"[.:]?(?:\*\*)?\s*(?=\S)"
)
_LINE_START = re.compile(r"(?<=\n)[ \t>]*")
_STARTS: Final = frozenset("[(<\\*0123456789")


def is_labelled(raw: str, start: int) -> bool:
    r"""Say whether a paragraph may start with the label of a reference.

    >>> is_labelled("[1] Ay B.", 0), is_labelled("Ay B.", 0)
    (True, False)
    """
    return raw[start : start + 1] in _STARTS


def labelled_lines(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Cut a paragraph at the lines that start with labels of one form that count up by one; whole if there are no two.

    >>> raw = "[1] Ay B. One.\nCell. 2001.\n[2] Cee D."
    >>> [raw[low:high].rstrip() for low, high in labelled_lines(raw, 0, len(raw))]
    ['[1] Ay B. One.\nCell. 2001.', '[2] Cee D.']
    """
    first = _LABEL.match(raw, start, end)
    if first is None:
        return [(start, end)]
    form = first.lastindex or 0
    starts, number = [start], int(first[form])
    for line in _LINE_START.finditer(raw, start, end):
        label = _LABEL.match(raw, line.end(), end)
        if label is not None and label.lastindex == form and int(label[form]) == number + 1:
            starts.append(line.end())
            number += 1
    return list(zip(starts, [*starts[1:], end], strict=True))


def footnotes(raw: str, start: int, end: int) -> list[tuple[str, int, int]]:
    r"""Give the definitions of footnotes that follow each other line by line: the name of each, where its words start and end.

    >>> footnotes("[^1]: Ay B.\n[^2]: Cee D.", 0, 25)
    [('1', 6, 12), ('2', 18, 25)]
    """
    if not raw.startswith(("[^", "[#"), start):
        return []
    notes = [
        note for note in _FOOTNOTE.finditer(raw, start, end) if note.start() == start or raw[note.start() - 1] == "\n"
    ]
    ends = [*(following.start() for following in notes[1:]), end] if notes else []
    return [(note[1], note.end(), last) for note, last in zip(notes, ends, strict=True)]


def number_notes(blocks: Sequence[Block]) -> list[Block]:
    """Give each footnote, whose name is in ``section``, its number: its name, or where a name is none its position.

    What points at a note by a name that is no number then points at its number.

    >>> from alsu_kg.model.document import Mark, Text
    >>> note = Block("item", Text("Ay B."), region="references", section="ay")
    >>> marked = Block("paragraph", Text("Seen ay", (), (Mark(5, 7, "citation", "ay"),)))
    >>> [(block.number, [mark.target for mark in block.text.marks]) for block in number_notes([marked, note])]
    [(None, ['1']), (1, [])]
    """
    names = list(dict.fromkeys(block.section for block in blocks if block.section is not None))
    numbers = {name: i for i, name in enumerate(names, 1)}
    if all(name.isdigit() for name in names):
        numbers = {name: int(name) for name in names}
    return [_numbered(block, numbers) for block in blocks]


def _numbered(block: Block, numbers: dict[str, int]) -> Block:
    if block.section is not None:
        block = msgspec.structs.replace(block, section=None, number=numbers[block.section])
    if all(mark.kind != "citation" for mark in block.text.marks):
        return block
    marks = [
        msgspec.structs.replace(mark, target=str(numbers.get(mark.target, mark.target)))
        if mark.kind == "citation"
        else mark
        for mark in block.text.marks
    ]
    return msgspec.structs.replace(block, text=msgspec.structs.replace(block.text, marks=tuple(marks)))
