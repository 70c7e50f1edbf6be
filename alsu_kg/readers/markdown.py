"""Markdown -> Document. Blocks come from markdown-it-py (CommonMark and pipe tables), inline text from ``inline``."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from alsu_kg.model.document import Block, BlockKind, Text
from alsu_kg.readers.inline import InlineReader
from alsu_kg.readers.markdown_lines import Stretch, find_stretches

_LINE_END = re.compile("\n")
_FOOTNOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,40})\]:\s*")


_Kind = tuple[BlockKind, int, int | None]
"""What a block is, the level of a heading, and the number of an item."""
_RawText = tuple[str, InlineReader]
"""The raw text and what reads stretches of it."""

_SIMPLE: Final = frozenset({"fence", "html_block"})  # without them nothing reaches over empty lines but lists
# How a line must start for a rule to find anything; what is before it in the line are marks of quotations and lists.
_LINE_START = r"[ \t>*+0-9.)-]*"
_QUOTED, _TAGGED = re.compile(f"{_LINE_START}>"), re.compile(f"{_LINE_START}<")
_RULES: Final = ("-", "=")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*")


def _idle_rules(source: str, lines: Sequence[str]) -> tuple[str, ...]:
    r"""Give the rules that can find nothing in ``source``, whose lines are ``lines``, so that no line is tried with them.

    >>> _idle_rules("> One\n---", ["> One", "---"])
    ('table', 'fence', 'html_block')
    """
    idle = (
        ("table", "|" not in source),
        ("fence", "```" not in source and "~~~" not in source),
        ("blockquote", ">" not in source or not _has_start(lines, ">", _QUOTED)),
        ("html_block", "<" not in source or not _has_start(lines, "<", _TAGGED)),
        ("lheading", not _has_underline(lines)),
    )
    return tuple([rule for rule, is_idle in idle if is_idle])


def _has_start(lines: Sequence[str], mark: str, start: re.Pattern[str]) -> bool:
    """Say whether a line starts as ``start`` says, which ends with ``mark``."""
    return any(start.match(line) for line in lines if mark in line)


def _has_underline(lines: Sequence[str]) -> bool:
    """Say whether a line may underline a heading: it follows on text."""
    before = ""
    for line in lines:
        bare = line.rstrip(" \t") if line else ""
        if bare.endswith(_RULES) and before and before.strip(" \t") and _UNDERLINE.fullmatch(bare):
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
    source = raw.replace("\r\n", " \n").replace("\r", "\n").replace("\x00", " ")
    lines = source.split("\n")
    idle = _idle_rules(source, lines)
    starts = [0, *accumulate([len(line) + 1 for line in lines])]
    blocks: list[Block] = []
    inline = InlineReader(raw)
    for first, last, shape in find_stretches(lines) if _SIMPLE.issubset(idle) else [Stretch(0, len(lines), None)]:
        if shape is None:
            blocks += _parsed((raw, inline), source, starts[first : last + 1], idle)
        else:
            blocks += _text_blocks(
                (raw, inline), starts[first] + shape.end(), min(starts[last] - 1, len(raw)), _shaped(shape)
            )
    return tuple([block for block in blocks if block.text.text or block.rows])


def _shaped(shape: re.Match[str]) -> _Kind:
    """Give the kind of a block from the shape of its only line."""
    name = shape.lastgroup
    if name == "heading":
        return "heading", shape[0].count("#"), None
    if name == "text":
        return "paragraph", 0, None
    return "item", 0, int(shape["number"]) if name == "number" else None


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
        elif token.map is not None and token.type in ("inline", "fence", "html_block"):
            kind = _kind(tokens[i - 1], items) if token.type == "inline" else ("paragraph", 0, None)
            start, end = starts[token.map[0]], min(starts[token.map[1]] - 1, len(raw))
            lead = token.content.split("\n", 1)[0][:40]
            blocks += _text_blocks(text, max(start, raw.find(lead, start, end)) if lead else start, end, kind)
        i += 1
    return blocks


def _kind(opener: Token, items: Sequence[int | None]) -> _Kind:
    if opener.type == "heading_open":
        return "heading", int(opener.tag[1]), None
    return ("item", 0, items[-1]) if items else ("paragraph", 0, None)


def _text_blocks(text: _RawText, start: int, end: int, kind: _Kind) -> list[Block]:
    name, level, number = kind
    raw, inline = text
    if name == "paragraph" and raw.count("\t", start, end) >= 2 and (rows := _tabbed_rows(text, start, end)):
        return [Block("table", Text(""), rows=rows)]
    if name == "paragraph" and raw.startswith("[^", start) and (note := _FOOTNOTE.match(raw, start, end)):
        number = int(note[1]) if note[1].isdigit() else None
        return [Block("item", inline.read(note.end(), end), number=number)]
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
