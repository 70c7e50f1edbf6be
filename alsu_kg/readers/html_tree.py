"""HTML -> a tree with places, by the event parser of the standard library, with what authors leave out put in."""

import html
import html.parser
from typing import Final

from alsu_kg.readers.markup import MAX_DEPTH, Node, Run


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
            if (
                isinstance(last, Run)
                and position - start == len(text)
                and last.raw_length == len(last.text)
                and last.raw_start + last.raw_length == start
            ):
                children[-1] = Run(last.text + text, last.raw_start, last.raw_length + len(text))
            else:
                children.append(Run(text, start, position - start))
            self.pending = None

    def open(self, tag: str, attributes: dict[str, str], position: int) -> None:
        self.flush(position)
        self.depth += 1
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


_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSED_BY: Final = {
    "p": frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "details",
            "div",
            "dl",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul",
            "li",
            "td",
            "th",
            "tr",
        ]
    ),
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
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
            tree.close(position + len(self.get_starttag_text() or ""))
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

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![...>``: a bogus comment (HTML Standard, 13.2.5.42), on which the parser of the library may break."""
        if self.rawdata.startswith("<![CDATA[", i):
            return super().parse_marked_section(i, report)
        end = self.rawdata.find(">", i)
        if end >= 0:
            self.handle_comment(self.rawdata[i:end])
        return end + 1 if end >= 0 else -1


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
