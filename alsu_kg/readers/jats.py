"""JATS and NLM journal XML (JATS 1.4, https://jats.nlm.nih.gov) -> blocks, citing cross-references, tagged references."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from alsu_kg.model.document import Block, BlockKind, Region, Segment, TaggedReference, Text, TextBuilder
from alsu_kg.model.review import RelatedWork, Review
from alsu_kg.readers.jats_front import read_front, read_related
from alsu_kg.readers.jats_reference import read_references
from alsu_kg.readers.markup import Node, Run, add_run
from alsu_kg.readers.raised_numbers import is_citing
from alsu_kg.readers.xml_tree import parse_elements

_SKIPPED: Final = frozenset(
    [
        "front",
        "front-stub",
        "tex-math",
        "inline-graphic",
        "alt-text",
        "long-desc",
        "object-id",
        "sub-article-id",
        "journal-meta",
        "label-alt",
        "processing-meta",
        "counts",
        "permissions",
        "ref-list",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "p",
        "title",
        "label-block",
        "disp-quote",
        "list",
        "list-item",
        "def-list",
        "disp-formula",
        "table-wrap",
        "fig",
        "fig-group",
        "graphic",
        "media",
        "alternatives",
        "boxed-text",
        "sec",
        "caption",
        "table-wrap-foot",
        "fn",
        "fn-group",
        "supplementary-material",
        "statement",
        "speech",
        "verse-group",
        "tr",
        "table-wrap-group",
        "floats-group",
        "ack",
        "app",
        "app-group",
        "notes",
        "glossary",
        "array",
        "back",
        "body",
        "abstract",
        "trans-abstract",
        "table",
        "thead",
        "tbody",
        "attrib",
        "sub-article",
        "response",
    ]
)
_CONFLICT: Final = re.compile(r"conflict|coi|interest|disclosure", re.IGNORECASE)


_ARTICLE = re.compile(r"<(?i:article)")


def looks_like_jats(raw: str) -> bool:
    """Say whether ``raw`` is a journal article in XML.

    >>> looks_like_jats("<?xml version='1.0'?><article><front/></article>")
    True
    """
    if _ARTICLE.search(raw, 0, 20000) is None:
        return False
    head = raw[:20000].lower()
    return "<article" in head and "<html" not in head and ("<front" in head or "<body" in head or "<?xml" in head)


def read_jats(raw: str) -> tuple[tuple[Block, ...], Review, tuple[TaggedReference, ...], tuple[RelatedWork, ...]]:
    """Read an article: blocks, what its front matter states, its references in order, and the works it relates to.

    Raises ``WorkError`` where the XML is broken or hostile.

    >>> xml = ('<article><body><sec><title>Risks</title><p>Known <xref rid="r1">1</xref>.</p></sec></body><back><ref-list>'
    ...        '<ref id="r1"><mixed-citation>Ay B. Cee. 2001.</mixed-citation></ref></ref-list></back></article>')
    >>> blocks, _front, references, _related = read_jats(xml)
    >>> blocks[1].text.marks, references[0].ids
    ((Mark(start=6, end=7, kind='citation', target='r1'),), ('r1',))
    """
    root, elements = parse_elements(raw)
    article = root.first("article") or root
    refs = elements.get("ref", [])
    if len(elements.get("article", ())) > 1:  # a collection: only its first article is read
        refs = [ref for ref in refs if article.start <= ref.start < article.end]
    references = read_references(refs)
    known = frozenset(key for reference in references for key in reference.ids)
    walker = _Walker(known, [xref.start for xref in elements.get("xref", ())])
    walker.walk_front(article)
    for part in article.nodes():
        if part.tag not in ("front", "front-stub"):
            walker.walk(part, _region(part.tag), None)
    related = read_related(article) if "related-article" in raw else ()
    return tuple(walker.blocks), read_front(article), references, related


def _region(tag: str) -> Region:
    return "back" if tag in ("back", "floats-group") else "body"


class _Walker:
    """Walks the tree in document order and collects blocks."""

    def __init__(self, known: frozenset[str], xrefs: list[int]) -> None:
        self.known = known
        self.xrefs = xrefs
        self.blocks: list[Block] = []
        self.level = 1

    def walk_front(self, article: Node) -> None:
        front = article.find("front") or article.find("front-stub")
        if front is None:
            return
        for title in front.iter("article-title"):
            self._leaf(title, "heading", "front", title.words())
            break
        for abstract in front.iter("abstract", "trans-abstract"):
            self.walk(abstract, "front", "Abstract")
        for note in front.iter("author-notes", "funding-statement", "notes", "custom-meta"):
            self.walk(note, "front", None)

    def walk(self, node: Node, region: Region, section: str | None) -> None:
        """Give the blocks of ``node``; ``section`` is the title of the nearest section that has one."""
        if node.tag == "ref-list":
            self._reference_list(node)
        if node.tag in _SKIPPED:
            return
        if node.tag in ("sec", "ack", "app", "abstract", "glossary", "notes", "fn-group", "sub-article"):
            title = node.find("title")
            section = title.words() if title is not None and title.words() else section or _default_title(node)
        self.level += node.tag == "sec"
        if node.tag == "fn" and _CONFLICT.search(node.get("fn-type")):
            section = "Declaration of interest"
            place = Segment(0, len(section), node.start, 0)
            self.blocks.append(Block("heading", Text(section, (place,)), 2, region="back", section=section))
        if node.tag == "table":
            self._table(node, region, section)
        elif node.tag in ("sub-article", "response"):
            self.walk_front(node)
            title = node.find("front-stub", "title-group", "article-title") or node.find(
                "front", "article-meta", "title-group", "article-title"
            )
            self._children(node, region, (title.words() if title is not None else "") or section)
        elif node.tag in ("fig", "table-wrap", "boxed-text") and not section:
            label = node.find("label")
            self._children(node, region, label.words() if label is not None else None)
        else:
            self._children(node, region, section)
        self.level -= node.tag == "sec"

    def _reference_list(self, node: Node) -> None:
        """Give the heading of a reference list, and what in it cites: notes that stand among references."""
        title = node.find("title")
        if title is not None:
            self._leaf(title, "heading", "references", None)
        for child in node.nodes():
            if child.tag == "ref-list":
                self._reference_list(child)
            elif (
                child.tag != "title" and self._may_cite(child) and any(self._cites(xref) for xref in child.iter("xref"))
            ):
                section = title.words() if title is not None else "References"
                self.blocks.append(
                    Block("footnote", _inline(child.children, self.known), region="back", section=section)
                )

    def _may_cite(self, node: Node) -> bool:
        """Say whether a cross-reference stands between the start and the end of ``node``."""
        at = bisect_left(self.xrefs, node.start)
        return at < len(self.xrefs) and self.xrefs[at] < node.end

    def _cites(self, xref: Node) -> bool:
        return not self.known.isdisjoint(xref.get("rid").split())

    def _children(self, node: Node, region: Region, section: str | None) -> None:
        loose: list[Node | Run] = []
        for child in node.children:
            if isinstance(child, Node) and (child.tag in _BLOCKS or child.tag == "ref-list"):
                self._flush(node, loose, region, section)
                self.walk(child, region, section)
            elif not (isinstance(child, Node) and child.tag in _SKIPPED):
                loose.append(child)
        self._flush(node, loose, region, section)

    def _flush(self, node: Node, loose: list[Node | Run], region: Region, section: str | None) -> None:
        if any(isinstance(item, Node) or item.text.strip() for item in loose):
            kind = _kind(node)
            text = _inline(loose, self.known)
            if text.text:
                self.blocks.append(Block(kind, text, self.level, region=region, section=section))
        loose.clear()

    def _leaf(self, node: Node, kind: BlockKind, region: Region, section: str | None) -> None:
        self.blocks.append(Block(kind, _inline(node.children, self.known), self.level, region=region, section=section))

    def _table(self, node: Node, region: Region, section: str | None) -> None:
        rows = []
        for row in _rows(node):
            cells = []
            for cell in row.nodes():
                text = _inline(cell.children, self.known)
                cells.append(text)
                cells += [Text("")] * (min(int(cell.get("colspan")), 20) - 1 if cell.get("colspan").isdigit() else 0)
            rows.append(tuple(cells))
        self.blocks.append(Block("table", Text(""), rows=tuple(rows), region=region, section=section))


def _rows(table: Node) -> Iterator[Node]:
    """Give the rows of an XHTML or OASIS (CALS) table; those of a table in a cell belong to the words of that cell."""
    stack = [table]
    while stack:
        node = stack.pop()
        if node.tag in ("tr", "row"):
            yield node
        elif node is table or node.tag != "table":
            stack += reversed(list(node.nodes()))


def _default_title(node: Node) -> str | None:
    return {"ack": "Acknowledgements", "abstract": "Abstract"}.get(node.tag)


def _kind(node: Node) -> BlockKind:
    parent = node.parent.tag if node.parent is not None else ""
    if node.tag == "title" and parent != "caption":
        return "heading"
    if node.tag in ("fig", "table-wrap") or parent == "caption" or node.tag == "caption":
        return "caption"
    if parent in ("fn", "table-wrap-foot", "author-notes"):
        return "footnote"
    return "item" if parent == "list-item" else "paragraph"


def _inline(children: list[Node | Run], known: frozenset[str]) -> Text:
    builder = TextBuilder()
    for child in children:
        _add(builder, child, known)
    return builder.build().strip()


def _add(builder: TextBuilder, item: Node | Run, known: frozenset[str]) -> None:
    if isinstance(item, Run):
        add_run(builder, item)
        return
    if item.tag in _SKIPPED:
        return
    if item.tag == "break" or item.tag in _BLOCKS:
        builder.add(" ", item.start, 0)
    if (
        item.tag == "xref"
        and not known.isdisjoint(item.get("rid").split())
        and is_citing(item.words(), builder.ending())
    ):
        builder.gap()
    if item.tag == "sup" and builder.last.isdigit() and is_citing(item.words(), builder.ending()):
        builder.gap()
    at = builder.length
    for child in item.children:
        _add(builder, child, known)
    if item.tag == "xref":
        targets = [key for key in item.get("rid").split() if key in known]
        if targets:
            if builder.length == at:
                builder.add("\u2060", item.start, item.end - item.start)
            builder.mark(at, "citation", " ".join(targets))
    elif item.tag == "sup":
        builder.mark(at, "superscript")
    elif item.tag == "ext-link":
        builder.mark(at, "link", item.get("href"))
