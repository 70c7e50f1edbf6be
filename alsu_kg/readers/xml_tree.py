"""XML -> a tree with places. lxml knows lines only, so expat is used: it gives the place of every event.

expat never fetches anything by itself; entities that a file declares itself are refused, which ends expansion attacks.
Only names of a DTD and of pictures may be declared: neither has a text of its own.
"""

import codecs
import html
import re
from bisect import bisect_left
from typing import Final
from xml.parsers import expat

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.markup import MAX_DEPTH, Node, Run

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_FORBIDDEN_ENTITY: Final = "it declares entities of its own, which articles do not need and attacks use"
_TAG = re.compile(r"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_PIECE = re.compile(r"&[^;&<]{1,40};|\r\n?|[^&\r]+|&")
# How each kind of markup ends; a tag needs ``_TAG`` because attributes may hold ``>``.
_ENDS: Final = {"comment": "-->", "instruction": "?>", "cdata": "[CDATA[", "cdata-end": "]]>", "entity": ";"}


_new_tuple = tuple.__new__  # a named tuple's own constructor takes twice as long, and there are tens of thousands


def parse_xml(raw: str) -> Node:
    """Parse XML into a tree with places; external entities and DTDs are never read.

    Raises ``WorkError`` for XML that is not well formed, declares entities, or nests too deep.

    >>> parse_xml("<a>x <b>y</b></a>").first("b").words()
    'y'
    """
    return parse_elements(raw)[0]


def parse_elements(raw: str) -> tuple[Node, dict[str, list[Node]]]:
    """Parse XML as ``parse_xml`` does; give also all its elements by tag, in document order.

    >>> [node.words() for node in parse_elements("<a><b>x</b><c><b>y</b></c></a>")[1]["b"]]
    ['x', 'y']
    """
    parser = expat.ParserCreate("utf-16", None)
    data = raw.encode("utf-16-le", "surrogatepass")
    tree = _TreeBuilder(raw, parser, is_wide=len(data) > 2 * len(raw))

    def declared(name: str, *rest: object) -> None:
        is_parameter, value, *_names, notation = rest
        if value is None and (is_parameter or notation):  # names a DTD or a picture, which is never fetched
            return
        raise WorkError(
            f"{_FORBIDDEN_ENTITY} ({name})",
            place=f"line {parser.CurrentLineNumber}",
            repair="remove the document type declaration",
        )

    parser.buffer_text = True  # else every line is an event of its own
    parser.buffer_size = 1 << 20
    parser.StartElementHandler = tree.open
    parser.EndElementHandler = tree.close
    parser.CharacterDataHandler = tree.text
    parser.SkippedEntityHandler = tree.skipped
    parser.EntityDeclHandler = declared
    parser.CommentHandler = lambda _text: tree.pass_over("comment")
    parser.ProcessingInstructionHandler = lambda _target, _data: tree.pass_over("instruction")
    parser.StartCdataSectionHandler = lambda: tree.pass_over("cdata")
    parser.EndCdataSectionHandler = lambda: tree.pass_over("cdata-end")
    parser.UseForeignDTD(True)  # noqa: FBT003 - undefined entities become skipped ones instead of errors
    parser.ExternalEntityRefHandler = lambda *_: 1
    try:
        parser.Parse(codecs.BOM_UTF16_LE + data, True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise WorkError(
            f"it is not well-formed XML: {expat.ErrorString(error.code)}",
            place=f"line {error.lineno}, column {error.offset + 1}",
            repair="correct it there",
        ) from None
    return tree.root, tree.by_tag()


class _TreeBuilder:
    """Builds the tree from expat's events.

    expat gives text in one piece when the markup after it starts, so a text ends where that markup starts; ``_at`` and
    ``_kind`` say where the markup before it starts and how that ends. Places count bytes of UTF-16 after a byte order mark,
    in which a character beyond the basic plane counts twice.
    """

    __slots__ = ("_at", "_kind", "_parser", "_raw", "_stack", "_tags", "_top", "_wide", "root")

    def __init__(self, raw: str, parser: expat.XMLParserType, *, is_wide: bool) -> None:
        self.root = self._top = Node("#root", {}, None, 0)
        self._raw = raw
        self._parser = parser
        wide = [match.start() for match in _WIDE.finditer(raw)] if is_wide else []
        self._wide = [i + n for n, i in enumerate(wide)]
        self._stack: list[Node] = []
        self._at = 0
        self._kind = "end"  # of what stands at ``_at``; "end": the markup ended right there
        self._tags: dict[str, tuple[str, list[Node]]] = {}  # for each name its tag and its elements

    def _place(self) -> int:
        units = self._parser.CurrentByteIndex // 2 - 1
        return units - bisect_left(self._wide, units) if self._wide else units

    def open(self, name: str, attributes: dict[str, str]) -> None:
        place = self._parser.CurrentByteIndex // 2 - 1
        if self._wide:
            place -= bisect_left(self._wide, place)
        self._at = place
        self._kind = "open"
        if len(self._stack) >= MAX_DEPTH:
            raise WorkError(
                f"elements are nested more than {MAX_DEPTH} deep",
                place=f"character {place}",
                repair="give an article, not a constructed file",
            )
        if attributes:
            for key in attributes:
                if ":" in key:
                    attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
                    break
        known = self._tags.get(name)
        if known is None:
            known = self._tags[name] = (name.rpartition(":")[2].lower(), [])
        top = self._top
        self._stack.append(top)
        self._top = node = Node(known[0], attributes, top, place)
        known[1].append(node)
        top.children.append(node)

    def close(self, _name: str) -> None:
        place = self._parser.CurrentByteIndex // 2 - 1
        if self._wide:
            place -= bisect_left(self._wide, place)
        top = self._top
        top.end = place
        empty = self._kind == "open" and not top.children and self._raw.startswith("/>", place - 2)
        self._kind = "end" if empty else "tag"
        self._at = place
        self._top = self._stack.pop()

    def by_tag(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for tag, nodes in self._tags.values():
            found[tag] = sorted((*found[tag], *nodes), key=lambda node: node.start) if tag in found else nodes
        return found

    def pass_over(self, kind: str) -> None:
        self._at = self._place()
        self._kind = kind

    def skipped(self, name: str, is_parameter: bool) -> None:
        if is_parameter:
            return
        place = self._place()
        end = self._raw.find(";", place) + 1
        self._top.children.append(Run(html.unescape(f"&{name};"), place, end - place))
        self._at, self._kind = place, "entity"

    def text(self, text: str) -> None:
        end = self._parser.CurrentByteIndex // 2 - 1
        if self._wide:
            end -= bisect_left(self._wide, end)
        size = len(text)
        start = end - size
        raw = self._raw
        simple = start == self._at if self._kind == "end" else raw.find(">", self._at) == start - 1
        if simple and raw.startswith(text, start):
            children = self._top.children
            if children and children[-1].__class__ is Run:
                self._join(text, start)
            else:
                children.append(_new_tuple(Run, (text, start, size)))
        else:
            self._add_pieces(text, end)
        self._at, self._kind = end, "end"

    def _join(self, text: str, start: int) -> None:
        """Append text that corresponds to the raw characters from ``start`` one to one, joined to such text before it."""
        children = self._top.children
        last = children[-1] if children else None
        if isinstance(last, Run) and len(last.text) == last.raw_length and last.raw_start + last.raw_length == start:
            children[-1] = Run(last.text + text, last.raw_start, last.raw_length + len(text))
        else:
            children.append(Run(text, start, len(text)))

    def _add_pieces(self, text: str, end: int) -> None:
        """Append text that holds entities or line ends of other systems: a run for each, so that places stay exact."""
        start = self._end_of_markup()
        inside = self._kind == "cdata"
        pieces = [(m[0], m.start()) for m in _PIECE.finditer(self._raw, start, end)]
        told = [("\n" if p[0] == "\r" else p if inside or p[0] != "&" else html.unescape(p), p, at) for p, at in pieces]
        if "".join([clean for clean, _, _ in told]) != text:
            self._top.children.append(Run(text, start, end - start))
            return
        for clean, printed, at in told:
            if len(clean) == len(printed):
                self._join(clean, at)
            else:
                self._top.children.append(Run(clean, at, len(printed)))

    def _end_of_markup(self) -> int:
        if self._kind == "end":
            return self._at
        mark = _ENDS.get(self._kind)
        if mark is not None:
            return self._raw.find(mark, self._at) + len(mark)
        tag = _TAG.match(self._raw, self._at)
        return tag.end() if tag else self._at
