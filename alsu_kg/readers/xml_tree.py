"""XML -> a tree with places. lxml knows lines only, so expat is used: it gives the place of every event.

expat never fetches anything by itself; entities that a file declares itself are refused, which ends expansion attacks.
"""

import html
import re
from bisect import bisect_left
from typing import Final
from xml.parsers import expat

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.markup import MAX_DEPTH, Node, Run

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_FORBIDDEN_ENTITY: Final = "it declares entities of its own, which articles do not need and attacks use"
_Event = tuple[str, dict[str, str] | None, str, int]


def parse_xml(raw: str) -> Node:
    """Parse XML into a tree with places; external entities and DTDs are never read.

    Raises ``WorkError`` for XML that is not well formed, declares entities, or nests too deep.

    >>> parse_xml("<a>x <b>y</b></a>").first("b").words()
    'y'
    """
    parser = expat.ParserCreate("utf-16", None)
    events: list[_Event] = []
    add = events.append

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            add(("text", None, html.unescape(f"&{name};"), parser.CurrentByteIndex))

    def declared(name: str, *_rest: object) -> None:
        raise WorkError(
            f"{_FORBIDDEN_ENTITY} ({name})",
            place=f"line {parser.CurrentLineNumber}",
            repair="remove the document type declaration",
        )

    parser.StartElementHandler = lambda name, attributes: add(("open", attributes, name, parser.CurrentByteIndex))
    parser.EndElementHandler = lambda name: add(("close", None, name, parser.CurrentByteIndex))
    parser.CharacterDataHandler = lambda text: add(("text", None, text, parser.CurrentByteIndex))
    parser.SkippedEntityHandler = skipped
    parser.EntityDeclHandler = declared
    parser.CommentHandler = lambda _text: add(("other", None, "", parser.CurrentByteIndex))
    parser.ProcessingInstructionHandler = lambda _target, _data: add(("other", None, "", parser.CurrentByteIndex))
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = lambda: add(
        ("other", None, "", parser.CurrentByteIndex)
    )
    parser.UseForeignDTD(True)  # noqa: FBT003 - undefined entities become skipped ones instead of errors
    parser.ExternalEntityRefHandler = lambda *_: 1
    try:
        parser.Parse(("\ufeff" + raw).encode("utf-16-le", "surrogatepass"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise WorkError(
            f"it is not well-formed XML: {expat.ErrorString(error.code)}",
            place=f"line {error.lineno}, column {error.offset + 1}",
            repair="correct it there",
        ) from None
    return _build(raw, events)


def _build(raw: str, events: list[_Event]) -> Node:
    """Build the tree; expat counts bytes of UTF-16 after a byte order mark, so a character beyond it counts twice."""
    wide = [match.start() for match in _WIDE.finditer(raw)]
    wide_units = [i + n for n, i in enumerate(wide)]
    root = top = Node("#root", {}, None, 0)
    depth = 0
    events.append(("end", None, "", (len(raw) + len(wide) + 1) * 2))
    for i in range(len(events) - 1):
        kind, attributes, name, index = events[i]
        units = index // 2 - 1
        position = units - bisect_left(wide_units, units) if wide else units
        if kind == "text":
            following = events[i + 1][3] // 2 - 1
            if wide:
                following -= bisect_left(wide_units, following)
            _add_text(top.children, name, position, following - position)
        elif kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise WorkError(
                    f"elements are nested more than {MAX_DEPTH} deep",
                    place=f"character {position}",
                    repair="give an article, not a constructed file",
                )
            if attributes:
                attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            node = Node(name.rpartition(":")[2].lower(), attributes or {}, top, position)
            top.children.append(node)
            top = node
        elif kind == "close":
            top.end = position
            depth -= 1
            top = top.parent or root
    return root


def _add_text(children: "list[Node | Run]", text: str, start: int, length: int) -> None:
    last = children[-1] if children else None
    if (
        isinstance(last, Run)
        and length == len(text)
        and last.raw_length == len(last.text)
        and last.raw_start + last.raw_length == start
    ):
        children[-1] = Run(last.text + text, last.raw_start, last.raw_length + length)
    else:
        children.append(Run(text, start, length))
