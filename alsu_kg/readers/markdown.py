"""Markdown -> Document. Blocks come from markdown-it-py (CommonMark and pipe tables), inline text from ``inline``."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from alsu_kg.model.document import Block, BlockKind, Text, join_texts
from alsu_kg.readers.html import read_html_part
from alsu_kg.readers.inline import InlineReader
from alsu_kg.readers.markdown_lines import find_stretches
from alsu_kg.readers.markdown_references import footnotes, is_labelled, labelled_lines, number_notes
from alsu_kg.readers.text_tables import drawn_rows

_LINE_END = re.compile("\n")
# What may name a heading behind its words: "{#risks}" of pandoc, "^risks" of Obsidian, "[risks]" of MultiMarkdown.
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}\n]{0,200}\}$|\s+\^[A-Za-z0-9-]{1,40}$|\s*\[[A-Za-z][\w -]{0,40}\]$")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_BREAK = re.compile(r"(?:[ ]{2,}|\\)\r?\n[ \t>]*")  # a line that ends where its author wanted it to
_CLOSING = re.compile(r"\s+#+$")
_BREAK_SIGNS: Final = ("  \n", "  \r", "\\\n", "\\\r")
_LINE = re.compile(r"[^\r\n]+")
_METADATA = re.compile(
    r"\+\+\+[ \t]*\n(?:[\w-]+[ \t]*=.*\n|\n){1,100}?\+\+\+[ \t]*\n"  # of Hugo
    r"|---[ \t]*\n(?>[\w-]+[ \t]*:.*\n|[ \t]+.*\n|- .*\n|\n){1,100}?(?:---|\.\.\.)[ \t]*\n"
    r"|[Tt]itle:[ \t]*\S.*\n(?:[A-Za-z][\w -]{0,30}:.*\n|[ \t]+\S.*\n){1,40}(?=[ \t]*\n)"  # of MultiMarkdown
    r"|Title:[ \t]*\S.*\n\s*URL Source:.*\n"  # of a page that a program made Markdown of
    r"(?:[ \t]*\n|(?:Published Time|Warning|Number of Pages):.*\n)*Markdown Content:[ \t]*\n"
)
_FIELD = re.compile(
    r"^(?P<key>title|date|doi)(?::|[ \t]*=)[ \t]*[\"']?(?P<value>[^\n]*?)[\"']?[ \t\r]*$", re.MULTILINE | re.IGNORECASE
)
_AUTHORS = re.compile(
    r"^authors?:[ \t]*(?:\[(?P<listed>[^\]\n]{1,2000})\][ \t\r]*$"
    r"|(?P<items>(?:\s*\n[ \t]*-[ \t]+[^\n]{1,200}){1,100})|(?P<one>[^\n\[]+)$)",
    re.MULTILINE | re.IGNORECASE,
)
_AUTHOR = re.compile(r"-[ \t]+(?:name:[ \t]*)?[\"']?(?P<name>[^\n\r\"'{}]+)")
_SITE = re.compile(r"\s[-–—|]\s[^-–—|]*$")  # the name of the site behind that of its page
_NO_LINE_END = re.compile(r"[^\n]")
# HTML that is no mere tag around Markdown.
_STRUCTURED = re.compile(r"<(?:table|h[1-6]|[uod]l|li|p|tr|td)\b", re.IGNORECASE)


_Kind = tuple[BlockKind, int, int | None]
"""What a block is, the level of a heading, and the number of an item."""
_PARAGRAPH: Final[_Kind] = ("paragraph", 0, None)
_RawText = tuple[str, InlineReader]
"""The raw text and what reads stretches of it."""

_SIMPLE: Final = frozenset({"fence", "html_block"})  # without them nothing reaches over empty lines but lists
_OF_LISTS: Final = (
    " \t*+0123456789.)-"  # before a mark at the start of a line: the marks of lists, which it may stand in
)
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*")
_UNDERLINE_ENDS: Final = frozenset("=- \t")


def _idle_rules(source: str, lines: Sequence[str]) -> tuple[str, ...]:
    r"""Give the rules that can find nothing in ``source``, whose lines are ``lines``, so that no line is tried with them.

    >>> _idle_rules("> One\n---", ["> One", "---"])
    ('table', 'fence', 'html_block')
    """
    idle = (
        ("table", "|" not in source),
        ("fence", ("`" not in source or "```" not in source) and ("~" not in source or "~~~" not in source)),
        ("blockquote", ">" not in source or not _has_start(lines, ">", _OF_LISTS)),
        ("html_block", "<" not in source or not _has_start(lines, "<", _OF_LISTS + ">")),
        ("lheading", not _has_underline(lines)),
    )
    return tuple([rule for rule, is_idle in idle if is_idle])


def _has_start(lines: Sequence[str], mark: str, before: str) -> bool:
    """Say whether a line starts with ``mark``, but for the characters of ``before``.

    >>> _has_start(["One", "1. > Two"], ">", _OF_LISTS), _has_start(["One > two"], ">", _OF_LISTS)
    (True, False)
    """
    return any(line.lstrip(before).startswith(mark) for line in lines if mark in line)


def _has_underline(lines: Sequence[str]) -> bool:
    r"""Say whether one of ``lines`` may underline a heading: it follows on text.

    >>> _has_underline(["One", "---"]), _has_underline(["One", "", "---"])
    (True, False)
    """
    before = ""
    for line in lines:
        if line and line[-1] in _UNDERLINE_ENDS and _UNDERLINE.fullmatch(line) and before.strip(" \t"):
            return True
        before = line
    return False


@lru_cache(maxsize=32)
def _parser(without: tuple[str, ...]) -> MarkdownIt:
    """Blocks only: inline text is read by ``inline`` because its tokens carry no places; indented code is text here."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(["code", "reference", *without])
    parser.core.ruler.disable(["normalize", "inline", "text_join"])  # line ends are normal already
    return parser


def read_markdown(raw: str) -> tuple[Block, ...]:
    r"""Read Markdown into blocks in reading order.

    >>> [(b.kind, b.level, b.text.text) for b in read_markdown("# Risks\n\nSome *words*.\n\n- one")]
    [('heading', 1, 'Risks'), ('paragraph', 0, 'Some words.'), ('item', 0, 'one')]
    """
    inline = InlineReader(raw)
    text = raw, inline
    source = raw.replace("\x00", " ") if "\x00" in inline.rare else raw
    if "\r" in inline.rare:
        source = source.replace("\r\n", " \n").replace("\r", "\n")
    blocks: list[Block] = []
    if metadata := _METADATA.match(source):
        blocks += _metadata(text, metadata)
        source = _NO_LINE_END.sub(" ", metadata[0]) + source[metadata.end() :]
    lines = source.split("\n")
    idle = _idle_rules(source, lines)
    starts = [0, *accumulate([len(line) + 1 for line in lines])]
    for first, last, shape in find_stretches(lines) if _SIMPLE.issubset(idle) else [(0, len(lines), None)]:
        if shape is None:
            blocks += _parsed(text, source, starts[first : last + 1], idle)
        elif shape.lastgroup != "rule":
            start, end = starts[first], min(starts[last] - 1, len(raw))
            if last - first > 1:
                content = source[start:end].strip()
                blocks += _paragraph(text, content, _start_of(content, raw, start, end), end)
            else:
                blocks += _text_blocks(text, start + shape.end(), end, _shaped(shape))
    blocks = [block for block in blocks if block.text.text or block.rows]
    named = [block for block in blocks if block.section is not None]
    return tuple(number_notes(blocks) if named else blocks)


def _metadata(text: _RawText, metadata: re.Match[str]) -> Iterator[Block]:
    """Read title, date, DOI and, behind them, the authors of what stands before the text in YAML."""
    raw, inline = text
    for line in _FIELD.finditer(raw, metadata.start(), metadata.end()):
        if line["key"].lower() == "title":
            end = line.end("value")
            if "URL Source:" in metadata[0] and (site := _SITE.search(raw, line.start("value"), end)):
                end = site.start()
            yield Block("heading", inline.read(line.start("value"), end), 1)
        else:
            yield Block("paragraph", inline.read(line.start(), line.end()))
    if authors := _AUTHORS.search(raw, metadata.start(), metadata.end()):
        spans = [authors.span(authors.lastgroup or 0)]
        if authors["items"]:
            spans = [name.span("name") for name in _AUTHOR.finditer(raw, *authors.span("items"))]
        yield Block("paragraph", join_texts([inline.read(*span) for span in spans], ", "))


def _shaped(shape: re.Match[str]) -> _Kind:
    """Give the kind of a block from the shape of its only line."""
    name = shape.lastgroup
    if name == "text":
        return _PARAGRAPH
    if name == "number":
        return "item", 0, int(shape["number"])
    return ("heading", shape[0].count("#"), None) if name == "heading" else ("item", 0, None)


def _parsed(text: _RawText, source: str, starts: Sequence[int], idle: tuple[str, ...]) -> list[Block]:
    """Read the lines that start at ``starts``, of which the last is the start of what follows them."""
    raw = text[0]
    blocks: list[Block] = []
    tokens = _parser(idle).parse(source[starts[0] : starts[-1] - 1])
    items: list[int | None] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.type == "table_open":
            end = next(j for j in range(i, len(tokens)) if tokens[j].type == "table_close")
            blocks.append(_table(text, starts, tokens[i:end]))
            i = end
        elif token.type == "list_item_open":
            items.append(int(token.info) if token.info.isdigit() else None)
        elif token.type == "list_item_close":
            items.pop()
        elif token.map is not None and token.type == "html_block" and _STRUCTURED.search(token.content):
            blocks += read_html_part(raw, starts[token.map[0]], min(starts[token.map[1]] - 1, len(raw)))
        elif token.map is not None and token.type in ("inline", "fence", "html_block"):
            kind = _kind(tokens[i - 1], items) if token.type == "inline" else _PARAGRAPH
            start, end = starts[token.map[0]], min(starts[token.map[1]] - 1, len(raw))
            start = _start_of(token.content, raw, start, end)
            if kind[0] == "paragraph":
                blocks += _paragraph(text, token.content, start, end)
            else:
                blocks += _text_blocks(text, start, end, kind)
        i += 1
    return blocks


def _start_of(content: str, raw: str, start: int, end: int) -> int:
    """Give where ``content`` starts between ``start`` and ``end``: behind the marks and spaces that stand before it."""
    lead = content.split("\n", 1)[0][:40]
    return max(start, raw.find(lead, start, end)) if lead else start


def _paragraph(text: _RawText, content: str, start: int, end: int) -> Iterator[Block]:
    """Read a paragraph with the lines ``content``: a drawn table, or the parts that its author set on lines of their own."""
    raw, inline = text
    if content[:1] == "+" or "   " in content:
        spans = [(start + line.start(), start + line.end()) for line in _LINE.finditer(raw[start:end])]
        if rows := drawn_rows(raw, spans, lambda _, low, high: inline.read(low, high)):
            yield Block("table", Text(""), rows=rows)
            return
    broken = any(raw.find(sign, start, end) >= 0 for sign in _BREAK_SIGNS)
    for line_end in _BREAK.finditer(raw, start, end) if broken else ():
        yield from _text_blocks(text, start, line_end.start(), _PARAGRAPH)
        start = line_end.end()
    yield from _text_blocks(text, start, end, _PARAGRAPH)


def _kind(opener: Token, items: Sequence[int | None]) -> _Kind:
    if opener.type == "heading_open":
        return "heading", int(opener.tag[1]), None
    return ("item", 0, items[-1]) if items else _PARAGRAPH


def _text_blocks(text: _RawText, start: int, end: int, kind: _Kind) -> list[Block]:
    name, level, number = kind
    raw, inline = text
    if (
        name == "heading"
        and (raw[end - 1] in "}]" or "^" in raw[start:end])
        and (attributes := _ATTRIBUTES.search(raw, start, end))
    ):
        end = attributes.start()
    if name == "heading" and raw[end - 1] == "#" and (closing := _CLOSING.search(raw, start, end)):
        end = closing.start()
    if name == "paragraph" and raw.count("\t", start, end) >= 2 and (rows := _tabbed_rows(text, start, end)):
        return [Block("table", Text(""), rows=rows)]
    if name == "paragraph" and is_labelled(raw, start):
        if notes := footnotes(raw, start, end):
            return [Block("item", inline.read(low, high), region="references", section=key) for key, low, high in notes]
        return [Block(name, inline.read(low, high)) for low, high in labelled_lines(raw, start, end)]
    if name == "item" and raw.startswith("[", start) and (task := _TASK.match(raw, start, end)):
        start = task.end()
    return [Block(name, inline.read(start, end), level, number=number)]


def _tabbed_rows(text: _RawText, start: int, end: int) -> tuple[tuple[Text, ...], ...]:
    """Read lines of cells separated by tabs, as a table copied from a page comes out; nothing unless most lines have them."""
    raw, inline = text
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", raw[start:end])]
    rows = []
    for low, high in spans:
        cells = []
        position = start + low
        for part in raw[start + low : start + high].split("\t"):
            cells.append(inline.read(position, position + len(part)))
            position += len(part) + 1
        rows.append(tuple(cells))
    return tuple(rows) if sum(len(row) > 1 for row in rows) * 2 > len(rows) else ()


def _table(text: _RawText, starts: Sequence[int], tokens: Sequence[Token]) -> Block:
    raw, inline = text
    rows: list[tuple[Text, ...]] = []
    cells: list[Text] = []
    position = 0
    for i, token in enumerate(tokens):
        if token.type == "tr_open" and token.map is not None:
            cells, position = [], starts[token.map[0]]
        elif token.type == "tr_close":
            rows.append(tuple(cells))
        elif token.type == "inline" and tokens[i - 1].type in ("td_open", "th_open"):
            content = token.content.replace("|", "\\|") if "|" in token.content else token.content
            found = raw.find(content, position) if content else -1
            cells.append(inline.read(found, found + len(content)) if found >= 0 else Text(""))
            position = found + len(content) if found >= 0 else position
    return Block("table", Text(""), rows=tuple(rows))
