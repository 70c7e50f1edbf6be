"""HTML -> blocks. Menus, language lists, footers and the like are kept apart as region ``menu``."""

import re
from typing import Final

from alsu_kg.model.document import Block, BlockKind, Region, Text, TextBuilder
from alsu_kg.model.review import Review
from alsu_kg.readers.html_tree import parse_html
from alsu_kg.readers.inline import is_citing
from alsu_kg.readers.markup import Node, Run, add_run

_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "math",
        "mi",
        "mo",
        "mn",
        "mrow",
        "msub",
        "msup",
    ]
)
_DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "template",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
        "title",
        "canvas",
        "audio",
        "video",
        "img",
        "picture",
        "map",
    ]
)
_MENU_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "dialog"})
# One class or id of an element, in the way page builders name theirs: not ``has-sidebar`` or ``elementor-widget``.
_MENU_NAME = re.compile(
    r"(?!(?:has|no|with|without|content|is)[_-])(?:[a-z0-9]+[_-])*?(?:nav(?:bar|igation|menu)?|menus?|footer|sidebar|cookies?|gdpr"
    r"|consent|breadcrumbs?|languages?|lang[_-]switch\w*|g?translate|share|sharing|social|related|comments?|search|skip"
    r"|pagination|toolbar|masthead|banner|legend|newsletter|subscribe|widget[_-]area|announcement)(?:[_-][a-z0-9_-]+)?",
    re.IGNORECASE,
)
_MOSTLY: Final = 0.6
_SUMMARY_LEVEL: Final = 6
_MANY_PARAGRAPHS: Final = 5
# In text that keeps its lines: what ends a paragraph, and what starts a line of its own.
_PART_OF_PRE = re.compile(r"\n[ \t]*(?=\n)|\n(?=\s{0,8}(?:\[?\d{1,3}[.)\]]|[-*•])\s)")
_SHORT_TEXT: Final = 12
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(raw: str) -> tuple[tuple[Block, ...], Review]:
    """Read a page into blocks, and its title and own address.

    >>> blocks, front = read_html("<title>Aspirin</title><nav><a href='/'>Home</a></nav><h1>Risks</h1><p>Seen<sup>3</sup>.")
    >>> [(b.kind, b.region, b.text.text) for b in blocks], front.title
    ([('paragraph', 'menu', 'Home'), ('heading', 'body', 'Risks'), ('paragraph', 'body', 'Seen 3.')], 'Aspirin')
    """
    root = parse_html(raw)
    walker = _Walker(len(root.words()))
    walker.walk(root, "body", "paragraph")
    walker.flush("body", ("paragraph", 0, None))
    return tuple(walker.blocks), _front(root)


def read_html_part(raw: str, start: int, end: int) -> list[Block]:
    """Read a piece of HTML inside another text; its places are those of the whole ``raw``.

    >>> block = read_html_part("Seen: <table><tr><td>C</td></tr></table>", 6, 39)[0]
    >>> block.kind, block.rows[0][0].raw_span(0, 1)
    ('table', (21, 22))
    """
    walker = _Walker(0)
    walker.walk(parse_html(raw[start:end]), "body", "paragraph")
    walker.flush("body", ("paragraph", 0, None))
    return [
        block._replace(
            text=block.text.moved(start), rows=tuple(tuple(cell.moved(start) for cell in row) for row in block.rows)
        )
        for block in walker.blocks
    ]


def _front(root: Node) -> Review:
    title = root.first("title")
    address = next((n.get("href") for n in root.iter("link") if n.get("rel").lower() == "canonical"), None)
    address = address or next((n.get("content") for n in root.iter("meta") if n.get("property") == "og:url"), None)
    doi = next(
        (n.get("content") for n in root.iter("meta") if n.get("name").lower() in ("citation_doi", "dc.identifier.doi")),
        None,
    )
    return Review(
        title=title.words() or None if title is not None else None,
        url=address or None,
        doi=doi.lower() if doi and doi.startswith("10.") else None,
    )


def _is_menu(node: Node, words: int) -> bool:
    """Say whether ``node`` holds menus and the like, by its tag, role or class; what holds most of the page does not."""
    return _looks_like_menu(node) and len(node.words()) <= _MOSTLY * words


def _looks_like_menu(node: Node) -> bool:
    if node.tag in _MENU_TAGS or node.get("role") in ("navigation", "search", "banner", "contentinfo", "complementary"):
        return True
    if node.tag in ("body", "html", "main", "article", "h1", "h2", "h3") or "page" in node.get("role"):
        return False
    names = f"{node.get('class')} {node.get('id')}".split()
    return node.tag in ("div", "ul", "section", "header", "li", "p", "span", "table") and any(
        _MENU_NAME.fullmatch(name) for name in names
    )


class _Walker:
    """Walks the tree and collects blocks; inline content gathers in ``loose`` until a block begins or ends."""

    def __init__(self, words: int) -> None:
        self.words = words
        self.blocks: list[Block] = []
        self.loose = TextBuilder()

    def flush(self, region: Region, kind: tuple[BlockKind, int, int | None]) -> None:
        text = self.loose.build().strip()
        self.loose = TextBuilder()
        if text.text:
            self.blocks.append(Block(kind[0], text, kind[1], region=region, number=kind[2]))

    def walk(self, node: Node, region: Region, kind: BlockKind, number: int | None = None) -> None:
        """Walk below ``node``; what stands loose there is of ``kind``."""
        own = _own_kind(node, kind, number)
        position = int(node.get("start")) - 1 if node.get("start").isdigit() else 0
        for child in node.children:
            if isinstance(child, Run):
                self._run(child, node, region, own)
            elif child.tag == "img":
                self._picture(child)
            elif (child.tag in _INLINE or _is_letter(child)) and not _has_blocks(child):
                self._inline(child)
            elif (
                child.tag not in _DROPPED
                and not _HIDDEN.search(child.get("style"))
                and "hidden" not in child.attributes
            ):
                self.flush(region, own)
                position += child.tag == "li"
                if child.tag != "br":
                    self._block(
                        child,
                        "menu" if region != "menu" and _is_menu(child, self.words) else region,
                        (kind, position, number),
                    )

    def _run(self, run: Run, node: Node, region: Region, own: tuple[BlockKind, int, int | None]) -> None:
        """Add characters; inside ``pre`` empty lines part paragraphs, and numbers at the start of lines part items."""
        if node.tag != "pre" or run.raw_length != len(run.text):
            add_run(self.loose, run)
            return
        start = 0
        for part in [*_PART_OF_PRE.finditer(run.text), None]:
            end = part.start() if part else len(run.text)
            add_run(self.loose, Run(run.text[start:end], run.raw_start + start, end - start))
            if part:
                self.flush(region, own)
            start = end

    def _block(self, node: Node, region: Region, given: tuple[BlockKind, int, int | None]) -> None:
        """Walk a block element; ``given`` is the kind of its parent, its position in a list, the number of the list item."""
        parent_kind, position, number = given
        if node.tag == "table" and not _nested(node) and not _is_layout(node):
            self._table(node, region)
            return
        kind: BlockKind = "caption" if node.tag in ("caption", "figcaption") else "paragraph"
        if node.tag == "li":
            kind = "item"
            number = int(node.get("value")) if node.get("value").isdigit() else position
            number = number if node.parent is not None and node.parent.tag == "ol" else None
        elif node.tag in ("p", "div", "span"):
            kind = parent_kind
        number = number if kind == "item" else None
        self.walk(node, region, kind, number)
        self.flush(region, _own_kind(node, kind, number))

    def _inline(self, node: Node) -> None:
        if node.tag == "sup" and (self.loose.is_raised() or is_citing(node.words(), self.loose.last)):
            self.loose.gap()
        at = self.loose.length
        for child in node.children:
            if isinstance(child, Run):
                add_run(self.loose, child)
            elif child.tag == "img":
                self._picture(child)
            elif child.tag not in _DROPPED or _is_letter(child):
                self._inline(child)
        if node.tag == "sup":
            self.loose.mark(at, "superscript")
        elif node.tag == "a" and node.get("href"):
            self.loose.mark(at, "link", node.get("href"))

    def _picture(self, node: Node) -> None:
        """Take the short text of a picture that stands for a letter or a word."""
        text = " ".join(node.get("alt").split())
        if 0 < len(text) <= _SHORT_TEXT:
            self.loose.gap()
            self.loose.add(text, node.start, max(node.end - node.start, 1))

    def _table(self, table: Node, region: Region) -> None:
        caption = table.first("caption")
        if caption is not None:
            self.walk(caption, region, "caption")
            self.flush(region, ("caption", 0, None))
        rows = []
        for row in table.iter("tr"):
            cells: list[Text] = []
            for cell in row.nodes():
                if cell.tag in ("td", "th"):
                    cells.append(_cell(cell))
                    span = cell.get("colspan")
                    cells += [Text("")] * (min(int(span), 20) - 1 if span.isdigit() and int(span) else 0)
            rows.append(tuple(cells))
        self.blocks.append(Block("table", Text(""), rows=tuple(rows), region=region))


def _is_letter(node: Node) -> bool:
    """Say whether a button is labelled with a letter, which then is part of the text that it explains, or is a heading."""
    if node.tag != "button":
        return False
    in_heading = node.parent is not None and re.fullmatch(r"h[1-6]", node.parent.tag) is not None
    return in_heading or (len(words := node.words()) == 1 and words.isalpha())


def _own_kind(node: Node, kind: BlockKind, number: int | None) -> tuple[BlockKind, int, int | None]:
    if re.fullmatch(r"h[1-6]", node.tag):
        return "heading", int(node.tag[1]), None
    if node.tag == "summary":
        return "heading", _SUMMARY_LEVEL, None
    return kind, 0, number


def _nested(table: Node) -> "list[Node]":
    return [node for node in table.iter("table") if node is not table]


def _is_layout(table: Node) -> bool:
    """Say whether a table only arranges the page: its cells hold headings, or one of them many paragraphs."""
    if any(True for _ in table.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        return True
    return any(sum(1 for _ in cell.iter("p")) >= _MANY_PARAGRAPHS for cell in table.iter("td"))


def _has_blocks(node: Node) -> bool:
    stack = list(node.nodes())
    while stack:
        child = stack.pop()
        if child.tag not in _INLINE and child.tag not in _DROPPED:
            return True
        stack.extend(child.nodes())
    return False


def _cell(cell: Node) -> Text:
    walker = _Walker(0)
    walker.walk(cell, "body", "paragraph")
    walker.flush("body", ("paragraph", 0, None))
    builder = TextBuilder()
    for block in walker.blocks:
        if builder.length:
            builder.add(" ", builder.raw_end, 0)
        builder.extend(block.text)
    return builder.build()
