"""XML and HTML -> a light tree whose every character run knows its place in the raw file.

lxml gives line numbers only, and columns are needed for places, so the two event parsers of the standard library are
used: expat (which also stops entity expansion attacks and never fetches anything) and ``html.parser``.
"""

import html
import html.parser
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.parsers import expat

from alsu_kg.model.document import Text, TextBuilder
from alsu_kg.model.errors import WorkError

MAX_DEPTH: Final = 400


_WIDE = re.compile("[\U00010000-\U0010ffff]")
_UNEVEN = re.compile(r"[\t\n\r\x0b\x0c\u2028]\s*|[ ]\s+")


class Run(NamedTuple):
    """Characters as the parser gives them, standing for ``raw_length`` raw characters from ``raw_start``."""

    text: str
    raw_start: int
    raw_length: int


class Node:
    """An element: its tag in lower case without namespace prefix, attributes, children, and raw place."""

    __slots__ = ("attributes", "children", "end", "parent", "start", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None", start: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | Run] = []
        self.parent = parent
        self.start = start
        self.end = start

    def get(self, name: str) -> str:
        """Give an attribute, or an empty string."""
        return self.attributes.get(name, "")

    def nodes(self) -> "Iterator[Node]":
        """Give the child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def iter(self, *tags: str) -> "Iterator[Node]":
        """Give this element and all below it with one of ``tags``, in document order."""
        stack: list[Node | Run] = [self]
        while stack:
            node = stack.pop()
            if node.__class__ is Node:
                if node.tag in tags:
                    yield node
                if node.children:
                    stack += node.children[::-1]

    def by_tag(self) -> "dict[str, list[Node]]":
        """Give all elements below, in document order, by tag."""
        found: dict[str, list[Node]] = {}
        stack = self.children[::-1]
        while stack:
            node = stack.pop()
            if node.__class__ is Node:
                found.setdefault(node.tag, []).append(node)
                if node.children:
                    stack += node.children[::-1]
        return found

    def find(self, *path: str) -> "Node | None":
        """Give the first descendant reached through child tags ``path``."""
        node: Node | None = self
        for tag in path:
            node = next((n for n in node.nodes() if n.tag == tag), None) if node is not None else None
        return node

    def first(self, tag: str) -> "Node | None":
        """Give the first descendant with ``tag``."""
        return next(self.iter(tag), None)

    def runs(self) -> list[Run]:
        """Give all character runs below, in document order."""
        found: list[Run] = []
        stack = self.children[::-1]
        while stack:
            item = stack.pop()
            if isinstance(item, Run):
                found.append(item)
            else:
                stack += item.children[::-1]
        return found

    def words(self) -> str:
        """Give all characters below with white space collapsed."""
        if len(self.children) == 1 and isinstance(only := self.children[0], Run):
            return " ".join(only.text.split())
        return " ".join("".join([run.text for run in self.runs()]).split())


def add_run(builder: TextBuilder, run: Run) -> None:
    """Append a run with white space collapsed; a no-break space becomes a space.

    >>> builder = TextBuilder(); add_run(builder, Run("a \\n  b", 10, 6)); builder.build().raw_span(2, 3)
    (15, 16)
    """
    if run.raw_length != len(run.text):
        text = " ".join(run.text.split()) if not run.text.isspace() else " "
        if text != " " or builder.last not in (" ", ""):
            builder.add(text, run.raw_start, run.raw_length)
        return
    text = run.text.replace("\xa0", " ")
    at = 0
    if builder.last in (" ", "") and text[:1].isspace():
        at = len(text) - len(text.lstrip())
    for match in _UNEVEN.finditer(text, at):
        builder.add(text[at:match.start()], run.raw_start + at)
        builder.add(" ", run.raw_start + match.start(), match.end() - match.start())
        at = match.end()
    builder.add(text[at:], run.raw_start + at)


def printed_span(runs: list[Run]) -> tuple[int, int]:
    """Give the raw place from the first to the last printed character of ``runs``.

    >>> printed_span([Run(" a", 3, 2), Run("b ", 9, 2)])
    (4, 10)
    """
    inked = [run for run in runs if not run.text.isspace()]
    if not inked:
        return (runs[0].raw_start, runs[0].raw_start) if runs else (0, 0)
    first, last = inked[0], inked[-1]
    skip = len(first.text) - len(first.text.lstrip()) if first.raw_length == len(first.text) else 0
    drop = len(last.text) - len(last.text.rstrip()) if last.raw_length == len(last.text) else 0
    return first.raw_start + skip, last.raw_start + last.raw_length - drop


def flow_text(node: Node) -> Text:
    """Give all words below ``node`` as one Text."""
    builder = TextBuilder()
    stack: list[Node | Run] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Run):
            add_run(builder, item)
        else:
            stack.extend(reversed(item.children))
    return builder.build().strip()


class _Tree:
    """Builds the tree from parser events that carry raw positions."""

    def __init__(self) -> None:
        self.root = Node("#root", {}, None, 0)
        self.top = self.root
        self.depth = 0
        self.pending: tuple[str, int] | None = None

    def flush(self, position: int) -> None:
        if self.pending is not None:
            text, start = self.pending
            children = self.top.children
            last = children[-1] if children else None
            if (isinstance(last, Run) and position - start == len(text) and last.raw_length == len(last.text)
                    and last.raw_start + last.raw_length == start):
                children[-1] = Run(last.text + text, last.raw_start, last.raw_length + len(text))
            else:
                children.append(Run(text, start, position - start))
            self.pending = None

    def open(self, tag: str, attributes: dict[str, str], position: int) -> None:
        self.flush(position)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WorkError(f"elements are nested more than {MAX_DEPTH} deep", place=f"character {position}",
                            repair="give an article, not a constructed file")
        node = Node(tag, attributes, self.top, position)
        self.top.children.append(node)
        self.top = node

    def close(self, position: int) -> None:
        self.flush(position)
        self.top.end = position
        if self.top.parent is not None:
            self.top = self.top.parent
            self.depth -= 1

    def text(self, text: str, position: int) -> None:
        self.flush(position)
        self.pending = (text, position)


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

    def skipped(name: str, is_parameter: bool) -> None:  # noqa: FBT001 - signature of expat
        if not is_parameter:
            add(("text", None, html.unescape(f"&{name};"), parser.CurrentByteIndex))

    def declared(name: str, *_rest: object) -> None:
        raise WorkError(f"{_FORBIDDEN_ENTITY} ({name})", place=f"line {parser.CurrentLineNumber}",
                        repair="remove the document type declaration")

    parser.StartElementHandler = lambda name, attributes: add(("open", attributes, name, parser.CurrentByteIndex))
    parser.EndElementHandler = lambda name: add(("close", None, name, parser.CurrentByteIndex))
    parser.CharacterDataHandler = lambda text: add(("text", None, text, parser.CurrentByteIndex))
    parser.SkippedEntityHandler = skipped
    parser.EntityDeclHandler = declared
    parser.CommentHandler = parser.ProcessingInstructionHandler = lambda *_: add(("other", None, "", parser.CurrentByteIndex))
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = lambda: add(("other", None, "", parser.CurrentByteIndex))
    parser.UseForeignDTD(True)  # noqa: FBT003 - undefined entities become skipped ones instead of errors
    parser.ExternalEntityRefHandler = lambda *_: 1
    try:
        parser.Parse(("\ufeff" + raw).encode("utf-16-le", "surrogatepass"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise WorkError(f"it is not well-formed XML: {expat.ErrorString(error.code)}",
                        place=f"line {error.lineno}, column {error.offset + 1}", repair="correct it there") from None
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
                raise WorkError(f"elements are nested more than {MAX_DEPTH} deep", place=f"character {position}",
                                repair="give an article, not a constructed file")
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
    if (last.__class__ is Run and length == len(text) and last.raw_length == len(last.text)  # type: ignore[union-attr]
            and last.raw_start + last.raw_length == start):  # type: ignore[union-attr]
        children[-1] = Run(last.text + text, last.raw_start, last.raw_length + length)  # type: ignore[union-attr]
    else:
        children.append(Run(text, start, length))


_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY: Final = {
    "p": frozenset("address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
                   "main nav ol p pre section table ul li td th tr".split()),
    "li": frozenset({"li"}), "td": frozenset({"td", "th", "tr"}), "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
}


class _HtmlEvents(html.parser.HTMLParser):
    """Feeds a tree from ``html.parser`` and repairs what HTML lets authors leave out."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tree = _Tree()
        self._starts = [0]
        at = raw.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = raw.find("\n", at + 1)

    def _position(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tree, position = self.tree, self._position()
        if tag in _CLOSED_BY.get(tree.top.tag, ()):
            tree.close(position)
        if tag in _VOID:
            tree.open(tag, {k: v or "" for k, v in attrs}, position)
            tree.close(position)
        elif tree.depth < MAX_DEPTH:
            tree.open(tag, {k: v or "" for k, v in attrs}, position)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tree, position = self.tree, self._position()
        node: Node | None = tree.top
        steps = 0
        while node is not None and node.tag != tag and steps < 12:
            node, steps = node.parent, steps + 1
        if node is None or node.tag != tag:
            tree.flush(position)
            return
        while tree.top is not node:
            tree.close(position)
        tree.close(position)

    def handle_data(self, data: str) -> None:
        self.tree.text(data, self._position())

    def handle_entityref(self, name: str) -> None:
        self.tree.text(html.unescape(f"&{name};"), self._position())

    def handle_charref(self, name: str) -> None:
        self.tree.text(html.unescape(f"&#{name};"), self._position())

    def handle_comment(self, _data: str) -> None:
        self.tree.flush(self._position())

    def handle_decl(self, _decl: str) -> None:
        self.tree.flush(self._position())


def parse_html(raw: str) -> Node:
    """Parse HTML, well formed or not, into a tree with places.

    >>> [n.words() for n in parse_html("<ul><li>a<li>b &amp; c</ul>").iter("li")]
    ['a', 'b & c']
    """
    events = _HtmlEvents(raw)
    events.feed(raw)
    events.close()
    events.tree.flush(len(raw))
    return events.tree.root
