"""A Document: the words of a file in reading order, each character tied to its place in the raw file.

``Text`` is clean text (markup, entities and line breaks resolved) with a map back to the raw characters, in the sense of
the Web Annotation text position selector (section 4.2.5): positions are 0-based, ends are open.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, Literal

import msgspec

from alsu_kg.model.review import Reference, RelatedWork, Review

Form = Literal["markdown", "text", "html", "jats", "pdf", "references"]
BlockKind = Literal["heading", "paragraph", "item", "table", "caption", "footnote"]
Region = Literal["front", "body", "back", "menu", "references"]
MarkKind = Literal["citation", "superscript", "link", "strong", "emphasis"]


class Segment(msgspec.Struct, frozen=True, gc=False):
    """``length`` clean characters from ``start`` stand for ``raw_length`` raw characters from ``raw_start``.

    Equal lengths mean that the characters correspond one to one.
    """

    start: int
    length: int
    raw_start: int
    raw_length: int

    def raw_at(self, position: int) -> int:
        """Give the raw place of clean character ``position``: that of the segment, if its characters do not correspond.

        >>> Segment(4, 3, 10, 3).raw_at(5), Segment(4, 1, 10, 7).raw_at(4)
        (11, 10)
        """
        offset = position - self.start
        if self.length != self.raw_length or offset < 0:
            return self.raw_start
        return self.raw_start + (offset if offset < self.length else self.length - 1)


_start_of: Final = attrgetter("start")


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A marked span of clean text: a tagged citation, a superscript, a link (``target`` says to what) or stress."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


class Text(msgspec.Struct, frozen=True, gc=False):
    """Clean text with its raw places and marks."""

    text: str
    segments: tuple[Segment, ...] = ()
    marks: tuple[Mark, ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw characters that clean characters ``start`` to ``end`` stand for.

        Text that goes back in the raw file, from the end of a column to the start of the next one, ends where it goes back.

        >>> Text("ab", (Segment(0, 1, 9, 1), Segment(1, 1, 3, 1))).raw_span(0, 2)
        (9, 10)
        >>> Text("NF-κB", (Segment(0, 3, 10, 3), Segment(3, 1, 13, 10), Segment(4, 1, 24, 1))).raw_span(0, 5)
        (10, 25)
        """
        segments = self.segments
        if not segments:
            return (0, 0)
        segment = segments[0] if len(segments) == 1 else self._segment_at(start)
        last = end - 1 if end > start else start
        begins, length = segment.start, segment.length
        if begins <= start and last < begins + length and length == segment.raw_length:  # as most of what is asked for
            ahead = segment.raw_start - begins
            return (start + ahead, last + 1 + ahead)
        low = segment.raw_at(start)
        if last >= begins + length:
            segment = self._segment_at(last)
        whole = segment.length != segment.raw_length
        high = segment.raw_start + segment.raw_length if whole else segment.raw_at(last) + 1
        return (low, high) if high > low else (low, self._end_in_order(start))

    def _end_in_order(self, start: int) -> int:
        """Give the raw end of what follows clean character ``start`` without going back, as text in columns does."""
        end = 0
        for segment in self.segments:
            if segment.start + segment.length > start:
                if segment.raw_start < end:
                    break
                end = segment.raw_start + segment.raw_length
        return end

    def _segment_at(self, position: int) -> Segment:
        """Give the last segment that starts at clean character ``position`` or before it, else the first one."""
        return self.segments[bisect_right(self.segments, position, 1, key=_start_of) - 1]

    def cut(self, start: int, end: int) -> "Text":
        """Give the part from ``start`` to ``end`` with its places and marks.

        >>> Text("one two", (Segment(0, 7, 5, 7),)).cut(4, 7)
        Text(text='two', segments=(Segment(start=0, length=3, raw_start=9, raw_length=3),), marks=())
        """
        segments = []
        for s in self.segments:
            low, high = max(s.start, start), min(s.start + s.length, end)
            if low >= high:
                continue
            if s.length == s.raw_length:
                segments.append(Segment(low - start, high - low, s.raw_start + low - s.start, high - low))
            else:
                segments.append(Segment(low - start, high - low, s.raw_start, s.raw_length))
        marks = tuple(
            Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.target)
            for m in self.marks
            if m.start < end and m.end > start
        )
        return Text(self.text[start:end], tuple(segments), marks)

    def moved(self, by: int) -> "Text":
        """Give the same text with places ``by`` characters further on: of a part that was read by itself.

        >>> Text("a", (Segment(0, 1, 5, 1),)).moved(10).raw_span(0, 1)
        (15, 16)
        """
        return Text(
            self.text,
            tuple([Segment(s.start, s.length, s.raw_start + by, s.raw_length) for s in self.segments]),
            self.marks,
        )

    def strip(self) -> "Text":
        """Give the text without white space at its ends."""
        text = self.text
        size = len(text.strip())
        if size == len(text):
            return self
        start = len(text) - len(text.lstrip())
        return self.cut(start, start + size)


def join_texts(parts: Iterable[Text], separator: str = " ") -> Text:
    """Join ``parts``; each separator stands for the raw characters between its neighbours, if they are in order.

    >>> join_texts([Text("re", (Segment(0, 2, 0, 2),)), Text("ad", (Segment(0, 2, 9, 2),))], "").raw_span(0, 4)
    (0, 11)
    """
    builder = TextBuilder()
    for i, part in enumerate(parts):
        if i and separator:
            builder.add(separator, builder.raw_end, 0)
        builder.extend(part)
    return builder.build()


_ENDING: Final = 5  # characters


class TextBuilder:
    """Collects clean text piece by piece, keeping the raw place of each piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._marks: list[Mark] = []
        self.length = 0
        self.raw_end = 0
        self.last = ""
        self._linear_end = -1

    def add(self, text: str, raw_start: int, raw_length: int | None = None) -> None:
        """Append ``text`` standing for ``raw_length`` characters (as many as ``text`` has, if not given)."""
        size = len(text)
        if not size:
            return
        if raw_length is not None and raw_length != size:
            self._segments.append(Segment(self.length, size, raw_start, raw_length))
            self._linear_end = -1
            self.raw_end = raw_start + raw_length
        else:
            if self._linear_end == raw_start:
                last = self._segments[-1]
                self._segments[-1] = Segment(last.start, last.length + size, last.raw_start, last.length + size)
            else:
                self._segments.append(Segment(self.length, size, raw_start, size))
            self._linear_end = self.raw_end = raw_start + size
        self._pieces.append(text)
        self.length += size
        self.last = text[-1]

    def extend(self, part: Text) -> None:
        """Append a Text with its places and marks."""
        base = self.length
        for mark in part.marks:
            self._marks.append(Mark(mark.start + base, mark.end + base, mark.kind, mark.target))
        if not part.segments:
            self.add(part.text, self.raw_end, 0)
        for s in part.segments:
            self.add(part.text[s.start : s.start + s.length], s.raw_start, s.raw_length)

    def gap(self) -> None:
        """Append a space of no raw length, so that a raised number does not run into the word before it."""
        if self.last not in ("", " ", "(", "["):
            self.add(" ", self.raw_end, 0)

    def ending(self) -> str:
        """Give the last character, or a few more if it is a digit: what number it is the last one of.

        >>> builder = TextBuilder()
        >>> builder.add("from 41 to 36", 0)
        >>> builder.ending()
        'to 36'
        """
        if not self.last.isdigit():
            return self.last
        tail = ""
        for piece in reversed(self._pieces):
            tail = piece[-_ENDING:] + tail
            if len(tail) >= _ENDING:
                break
        return tail[-_ENDING:]

    def is_raised(self) -> bool:
        """Say whether what was appended last is a superscript."""
        return any(mark.end == self.length and mark.kind == "superscript" for mark in self._marks[-2:])

    def mark(self, start: int, kind: MarkKind, target: str = "") -> None:
        """Mark everything from clean position ``start`` to here."""
        if self.length > start:
            self._marks.append(Mark(start, self.length, kind, target))

    def build(self) -> Text:
        """Give what was collected."""
        return Text("".join(self._pieces), tuple(self._segments), tuple(self._marks))


class Block(msgspec.Struct, frozen=True, gc=False):
    """A block of the document in reading order; a table has ``rows`` of cells and no text of its own."""

    kind: BlockKind
    text: Text
    level: int = 0
    rows: tuple[tuple[Text, ...], ...] = ()
    region: Region = "body"
    section: str | None = None
    number: int | None = None


class TaggedReference(msgspec.Struct, frozen=True, gc=False):
    """A reference that the file itself marks as one; ``ids`` are what citations in the text point at, ``printed`` its words."""

    ids: tuple[str, ...]
    printed: str
    fields: Reference
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: the raw text that all places count in, its blocks, and what its tags state outright."""

    name: str
    form: Form
    raw: str
    sha256: str
    blocks: tuple[Block, ...]
    front: Review = field(default_factory=Review)
    references: tuple[TaggedReference, ...] = ()
    related: tuple[RelatedWork, ...] = ()
    notes: tuple[str, ...] = ()

    def text_of(self, blocks: Sequence[Block] | None = None) -> str:
        """Give the words of ``blocks`` (all, if not given), one block a line."""
        lines = []
        for block in self.blocks if blocks is None else blocks:
            lines += ["\t".join(cell.text for cell in row) for row in block.rows] or [block.text.text]
        return "\n".join(lines)
