"""HTML -> blocks. Menus, language lists, footers and the like are kept apart as region ``menu``."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from alsu_kg.model.document import Block, BlockKind, Region, Text, TextBuilder
from alsu_kg.model.review import Review
from alsu_kg.readers.html_elements import (
    DROPPED,
    INLINE,
    has_blocks,
    is_hidden,
    is_layout,
    is_letter,
    is_menu,
    is_notes,
    is_tooltip,
    is_way_back,
    mark_raised,
    opens_panel,
)
from alsu_kg.readers.html_letters import FEWEST_LETTERS, letter_drawn, letter_pictured, letter_shown, marked_letter
from alsu_kg.readers.html_meta import stated_authors, stated_date
from alsu_kg.readers.html_tree import parse_html
from alsu_kg.readers.markup import Node, Run, add_run
from alsu_kg.readers.raised_numbers import is_citing

_SUMMARY_LEVEL: Final = 6
# In text that keeps its lines: what ends a paragraph, and what starts a line of its own.
_PART_OF_PRE = re.compile(r"\n[ \t]*(?=\n)|\n(?=\s{0,8}(?:\[?\d{1,3}[.)\]]|[-*•])\s)")
_DOI_NAMES: Final = ("citation_doi", "dc.identifier.doi", "dc.identifier", "prism.doi")
_SHORT_TEXT: Final = 12
_MOST_SPANNED: Final = 20
_MANY_BREAKS: Final = 8
_WRAPPED: Final = 0.25
_AFTER_BREAK = re.compile(r"<br\s*/?>\s*(?:<[^<>]{0,200}>\s*){0,5}([^\s<])", re.IGNORECASE)
_LETTER = re.compile(r"(?i:(?:TOE )?(?:grade )?)[A-DFU]")
# The text of a picture of all grades: "Mechanism B, Preclinical C, Cases D".
_NAMED_LETTERS = re.compile(
    r"\b(?i:mechanism|pre-?clinical|cases|trials|risks)\b(?: \w+)?\s?[:=–-]?\s[A-DFU](?=[,;.|]|$)"
)
_FEWEST_NAMED: Final = 3
_NAMES_LETTER = re.compile(r"[\w -]{3,40}?\b(?i:grade)\s?:?\s?[A-F U]")


def read_html(raw: str) -> tuple[tuple[Block, ...], Review]:
    """Read a page into blocks, and its title and own address.

    >>> blocks, front = read_html("<title>Aspirin</title><nav><a href='/'>Home</a></nav><h1>Risks</h1><p>Seen<sup>3</sup>.")
    >>> [(b.kind, b.region, b.text.text) for b in blocks], front.title
    ([('paragraph', 'menu', 'Home'), ('heading', 'body', 'Risks'), ('paragraph', 'body', 'Seen 3.')], 'Aspirin')
    """
    root = parse_html(raw)
    if "super" in raw:
        mark_raised(root)
    walker = _Walker(len(root.words()), wrapped=_is_wrapped(raw))
    walker.walk(root, "body", "paragraph")
    walker.flush("body", ("paragraph", 0, None))
    return tuple(walker.blocks), _front(root)


def _is_wrapped(raw: str) -> bool:
    """Say whether breaks end the lines of a printed page and not lines that the author made: many go on in small letters."""
    firsts = _AFTER_BREAK.findall(raw) if raw.count("<br") >= _MANY_BREAKS else []
    return len(firsts) >= _MANY_BREAKS and sum(first.islower() for first in firsts) >= _WRAPPED * len(firsts)


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
        msgspec.structs.replace(
            block,
            text=block.text.moved(start),
            rows=tuple(tuple(cell.moved(start) for cell in row) for row in block.rows),
        )
        for block in walker.blocks
    ]


def _front(root: Node) -> Review:
    title = root.first("title")
    address = next((n.get("href") for n in root.iter("link") if n.get("rel").lower() == "canonical"), None)
    address = address or next((n.get("content") for n in root.iter("meta") if n.get("property") == "og:url"), None)
    doi = next(
        (
            stated
            for n in root.iter("meta")
            if n.get("name").lower() in _DOI_NAMES
            and (stated := n.get("content").lower().removeprefix("doi:").strip())[:3] == "10."
        ),
        None,
    )
    return Review(
        title=title.words() or None if title is not None else None,
        url=address or None,
        published=stated_date(root),
        doi=doi,
        authors=stated_authors(root),
    )


class _Walker:
    """Walks the tree and collects blocks; inline content gathers in ``loose`` until a block begins or ends."""

    def __init__(self, words: int, *, wrapped: bool = False) -> None:
        self.words = words
        self.wrapped = wrapped
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
            elif child.tag in ("img", "svg"):
                self._picture(child)
            elif child.tag == "br" and self.wrapped and self.loose.last not in ("", " "):
                if self.loose.last != "-":
                    self.loose.add(" ", child.start, max(child.end - child.start, 1))
            elif child.attributes and (letter := letter_shown(child)):
                self._letter(child, letter)
            elif (child.tag in INLINE or is_letter(child)) and not has_blocks(child):
                self._inline(child)
            elif (child.tag not in DROPPED or opens_panel(child)) and not is_hidden(child) and not is_tooltip(child):
                self.flush(region, own)
                position += child.tag == "li"
                if child.tag != "br":
                    self._block(child, self._region(child, region), (kind, position, number))

    def _region(self, node: Node, region: Region) -> Region:
        if region == "body" and is_notes(node):
            return "references"
        return "menu" if region != "menu" and is_menu(node, self.words) else region

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
        if node.tag == "table" and not is_layout(node):
            self._table(node, region)
            return
        if (letter := marked_letter(node)) is not None:
            if letter:
                self._letter(node, letter)
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
        if node.attributes:
            if is_way_back(node) or is_tooltip(node):
                return
            if letter := letter_shown(node):
                self._letter(node, letter)
                return
        if node.tag == "span" and len(node.children) >= FEWEST_LETTERS and (letter := marked_letter(node)) is not None:
            if letter:
                self._letter(node, letter)
            return
        if node.tag == "sup" and (self.loose.is_raised() or is_citing(node.words(), self.loose.ending())):
            self.loose.gap()
        at = self.loose.length
        for child in node.children:
            if isinstance(child, Run):
                add_run(self.loose, child)
            elif child.tag in ("img", "svg"):
                self._picture(child)
            elif child.tag not in DROPPED or is_letter(child):
                self._inline(child)
        if node.tag == "sup":
            self.loose.mark(at, "superscript")
        elif node.tag == "a" and node.get("href"):
            self.loose.mark(at, "link", node.get("href"))

    def _picture(self, node: Node) -> None:
        """Take the short text of a picture that stands for a letter or a word."""
        text = " ".join((node.get("alt") or node.get("aria-label")).split())
        if not text:
            text = (letter_pictured(node) if node.tag == "img" else letter_drawn(node)) or ""
        if (
            (0 < len(text) <= _SHORT_TEXT and (node.tag == "img" or _LETTER.fullmatch(text)))
            or _NAMES_LETTER.fullmatch(text)
            or len(_NAMED_LETTERS.findall(text)) >= _FEWEST_NAMED
        ):
            self._letter(node, text)

    def _letter(self, node: Node, shown: str) -> None:
        """Take a letter or word that an element shows without holding it."""
        self.loose.gap()
        self.loose.add(shown, node.start, max(node.end - node.start, 1))

    def _table(self, table: Node, region: Region) -> None:
        caption = table.first("caption")
        if caption is not None:
            self.walk(caption, region, "caption")
            self.flush(region, ("caption", 0, None))
        rows = []
        open_cells: dict[int, int] = {}  # column -> rows that a cell from above still takes
        for row in table.iter("tr"):
            cells: list[Text] = []
            for cell in row.nodes():
                if cell.tag in ("td", "th"):
                    _pass_over(cells, open_cells)
                    across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                    open_cells |= dict.fromkeys(range(len(cells), len(cells) + across), down) if down > 1 else {}
                    cells += [_cell(cell), *[Text("")] * (across - 1)]
            _pass_over(cells, open_cells)
            open_cells = {column: left - 1 for column, left in open_cells.items() if left > 1}
            rows.append(tuple(cells))
        self.blocks.append(Block("table", Text(""), rows=tuple(rows), region=region))


def _span(cell: Node, attribute: str) -> int:
    given = cell.get(attribute)
    return min(max(int(given), 1), _MOST_SPANNED) if given.isdigit() else 1


def _pass_over(cells: list[Text], open_cells: Mapping[int, int]) -> None:
    """Leave empty what cells of rows above take of this row."""
    while len(cells) in open_cells:
        cells.append(Text(""))


def _own_kind(node: Node, kind: BlockKind, number: int | None) -> tuple[BlockKind, int, int | None]:
    if re.fullmatch(r"h[1-6]", node.tag):
        return "heading", int(node.tag[1]), None
    if node.tag in ("summary", "button"):
        return "heading", _SUMMARY_LEVEL, None
    return kind, 0, number


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
