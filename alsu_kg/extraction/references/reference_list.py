"""The reference list of a document -> references with fields, numbered as printed or by position."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.references.blocks import has_reference, without_links
from alsu_kg.extraction.references.citation_words import CitationWords
from alsu_kg.extraction.references.labels import numbered_starts
from alsu_kg.extraction.references.reference_string import parse_reference
from alsu_kg.model.document import Block, Document, Text, join_texts
from alsu_kg.model.review import Place, Reference
from alsu_kg.readers.headings import is_known_heading
from alsu_kg.readers.line_breaks import end_of_line
from alsu_kg.readers.reference_lines import ends_reference, starts_with_author
from alsu_kg.readers.text_cleaning import clean_text

_MOST_LINES_OF_ONE: Final = 12
_WIDEST: Final = 130
_LAST_WORD: Final = 14
_BULLET = re.compile(r"\s*[-*•‣▪◦]\s+")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One printed reference; ``number`` is the printed one, if any."""

    text: Text
    number: int | None


def segment(blocks: Sequence[Block]) -> list[Entry]:
    """Tell the references of a list apart: by printed numbers that count up, else by blocks, blank lines or indents.

    >>> lines = [Block("item", Text(t)) for t in ("1. Ay B. One", "2001;2:3.", "2. Cee D.")]
    >>> [(e.number, e.text.text) for e in segment(lines)]
    [(1, 'Ay B. One 2001;2:3.'), (2, 'Cee D.')]
    """
    if "table" in [block.kind for block in blocks]:
        blocks = [part for block in blocks for part in (_rows(block) if block.kind == "table" else [block])]
    blocks = [block for block in blocks if block.kind in ("item", "paragraph") and block.text.text]
    if blocks and blocks[0].region != "references":
        blocks = without_links(blocks)
    if any(block.number is not None for block in blocks):
        return _numbered(blocks)
    if blocks and blocks[0].region != "references" and _LABEL_CELL.fullmatch(blocks[0].text.text):
        blocks = _labels_joined(blocks)
    if (bulleted := _by_bullets(blocks)) is not None:
        return _by_numbers(bulleted) or [Entry(block.text, None) for block in bulleted]
    if by_number := _by_numbers(blocks):
        return by_number
    if any(block.region == "references" for block in blocks):
        return [Entry(text, None) for text in _by_layout(blocks)]
    return [Entry(block.text, None) for block in blocks]


_ALL_ONE: Final = 3  # items with the number 1, as Markdown allows for each of a list: no reference has three paragraphs
_LABEL = re.compile(r"[\[(]?(\d{1,4})[\])]?\s?[.:)]?\s*(?=\D)")
_LABEL_CELL = re.compile(r"[\[(]?\d{1,4}[\])]?[.:]?")


def _numbered(blocks: Sequence[Block]) -> list[Entry]:
    """Give the items of a numbered list; what stands between them without a number counts only if it looks like a reference."""
    entries: list[Entry] = []
    if [block.number for block in blocks if block.number is not None][:_ALL_ONE] == [1] * _ALL_ONE:
        return [Entry(_without_label(b), None) for b in blocks if b.number is not None or has_reference(b.text.text)]
    for block in blocks:
        text = _without_label(block)
        if entries and block.number is not None and entries[-1].number == block.number:
            entries[-1] = Entry(_join([entries[-1].text, text]), block.number)
        elif block.number is not None or not entries or has_reference(text.text):
            entries.append(Entry(text, block.number))
    return entries


def _rows(table: Block) -> list[Block]:
    """Give the rows of a table that holds a reference list, a number of its own cell before the words."""
    rows = [[cell for cell in row if cell.text] for row in table.rows]
    return [Block("paragraph", join_texts(cells)) for cells in rows if cells]


def _without_label(block: Block) -> Text:
    """Give an item of a numbered list without the number, where its words start with the same number again."""
    label = _LABEL.match(block.text.text)
    if label is None or int(label[1]) != block.number:
        return block.text
    return block.text.cut(label.end(), len(block.text.text))


def bare_list(raw: str) -> list[Block]:
    r"""Give the lines of a text that is nothing but a list of references; none if it is anything else.

    >>> len(bare_list("Ay B. One thing. Cell. 2001;2:3.\nCee D. Two. Cell. 2002;3:4.")), bare_list("# Risks")
    (2, [])
    """
    blocks: list[Block] = []
    blank = True
    for match in re.finditer(r"[^\n]*", raw):
        if match[0].strip():
            bullet = _BULLET.match(raw, match.start(), match.end())
            start = bullet.end() if bullet else match.start()
            if raw[start : match.end()].lstrip().startswith("#"):
                return []
            level = int(blank) + 2 * (not bullet and match[0][:1].isspace())
            blocks.append(Block("item", clean_text(raw, start, match.end()), level, region="references"))
            blank = False
        elif match.end() < len(raw):
            blank = blank or raw[match.start() - 1 : match.start()] == "\n"
        if blocks and (blocks[-1].text.text.startswith("#") or is_known_heading(blocks[-1].text.text)):
            return []
    entries = segment(blocks) if blocks else []
    likely = sum(len(entry.text.text) < 800 and has_reference(entry.text.text) for entry in entries)
    covered = sum(len(entry.text.text) for entry in entries) >= 0.9 * sum(len(block.text.text) for block in blocks)
    return blocks if entries and covered and likely >= 0.8 * len(entries) else []


def _by_bullets(blocks: Sequence[Block]) -> list[Block] | None:
    """Join the lines of a list whose every reference has a bullet in front of it; none if it is no such list."""
    starts = [_BULLET.match(block.text.text) if block.region == "references" else None for block in blocks]
    if sum(start is not None for start in starts) < 2 or starts[0] is None:
        return None
    groups: list[list[Text]] = []
    for block, start in zip(blocks, starts, strict=True):
        if start is not None:
            groups.append([])
        groups[-1].append(block.text.cut(start.end() if start else 0, len(block.text.text)))
    return [Block("item", _join(group), 1, region="references") for group in groups]


def _labels_joined(blocks: Sequence[Block]) -> list[Block]:
    """Join labels that stand in blocks of their own, as columns of a page do, with the words that follow them."""
    alone = [_LABEL_CELL.fullmatch(block.text.text) is not None for block in blocks]
    if sum(alone) < 2 or alone[-1] or any(a and b for a, b in itertools.pairwise(alone)):
        return list(blocks)
    joined: list[Block] = []
    for i, block in enumerate(blocks):
        if not alone[i]:
            before = [blocks[i - 1].text] if alone[i - 1] else []
            joined.append(msgspec.structs.replace(block, text=join_texts([*before, block.text])))
    return joined


def _by_numbers(blocks: Sequence[Block]) -> list[Entry]:
    starts = numbered_starts(blocks)
    if len(starts) * _MOST_LINES_OF_ONE < len(blocks) - starts[0].block if starts else True:
        return []  # a few lines that go on with a number, not a list that counts
    if len(starts) < 2 and not (len(starts) == 1 and starts[0].block == 0 and len(blocks) <= _MOST_LINES_OF_ONE):
        return []
    if any(block.region != "references" for block in blocks) and len(starts) * 2 < len(blocks):
        return []
    ends = [start.block for start in starts[1:]] + [len(blocks)]
    entries = []
    for start, end in zip(starts, ends, strict=True):
        first = blocks[start.block].text
        parts = [first.cut(start.at, len(first.text)), *(block.text for block in blocks[start.block + 1 : end])]
        entries.append(Entry(_join(parts), start.number))
    return entries


def _by_layout(blocks: Sequence[Block]) -> list[Text]:
    """Tell references without numbers apart: by empty lines, by indents, else line by line."""
    blank = sum(block.level & 1 for block in blocks)
    indented = sum(block.level >= 2 for block in blocks)
    width = _wrapped_at(blocks)
    groups: list[list[Text]] = []
    for i, block in enumerate(blocks):
        if blank > 2 or (blank == len(blocks)):
            starts = bool(block.level & 1)
        elif indented > 1:
            starts = block.level < 2
        else:
            starts = i == 0 or width is None or _starts_reference(blocks[i - 1].text.text, block.text.text, width)
        if starts or not groups:
            groups.append([])
        groups[-1].append(block.text)
    return [_join(group) for group in groups]


def _wrapped_at(blocks: Sequence[Block]) -> int | None:
    """Give the width that lines are broken at; ``None`` if every line is a reference of its own."""
    lengths = sorted([len(block.text.text) for block in blocks])
    width = lengths[len(lengths) * 19 // 20] if lengths else 0  # a long web address may stand out
    full = sum(width - len(block.text.text) < _LAST_WORD for block in blocks)
    return width if width <= _WIDEST and full * 4 >= len(blocks) else None


def _starts_reference(before: str, line: str, width: int) -> bool:
    """Say whether ``line`` starts a reference: the line before has room for its first word, or both look like it.

    >>> _starts_reference("Cell. 2001;2:3.", "Cee D. Two.", 60), _starts_reference("Ay B. Of cells in the brain", "Cells go.", 30)
    (True, False)
    >>> _starts_reference("Of cells. Cell. 2001;2:3-19.", "Cee D. Two.", 30)
    True
    """
    first = line.split(maxsplit=1)[0]
    if len(before) + 1 + len(first) <= width and not _is_broken_address(before, line):
        return True
    return ends_reference(before) and starts_with_author(line)


_ADDRESS = re.compile(r"https?:|www\.|\b10\.\d{4,9}/", re.IGNORECASE)
_OF_ADDRESS = re.compile(
    r"(?!doi:|https?:|PMC?ID:|\d+[.,;]?(?:\s|$))(?=\S*[^\s\w(\[,;:'’\"“”][\w/]|\S*[/\d])\S", re.IGNORECASE
)


def _is_broken_address(line: str, following: str) -> bool:
    """Say whether a web address at the end of a line goes on in the next: its first word has what words have not.

    >>> _is_broken_address("Ay. https://x.org/reports", "2020/one.pdf"), _is_broken_address("https://x.org/a", "Accessed May 3")
    (True, False)
    """
    last = line.rsplit(maxsplit=1)[-1] if line else ""
    if last.endswith("/"):
        return True
    if not _ADDRESS.search(last) or last[-1] in ',;)]>”"':
        return False
    return last[-1] in "-_=?&%#~" or _OF_ADDRESS.match(following) is not None


def _join(parts: Sequence[Text]) -> Text:
    joined: list[Text] = []
    for part, below in itertools.zip_longest(parts, parts[1:], fillvalue=Text("")):
        if (broken := end_of_line(part.text, below.text)) is not None:
            joined.append(part.cut(0, len(broken)))
        elif not below.text or re.search(r"\d[-–]$", part.text) or _is_broken_address(part.text, below.text):
            joined.append(part)
        else:
            joined += [part, Text(" ")]
    return join_texts(joined, "")


def read_references(document: Document, blocks: Sequence[Block], words: CitationWords) -> tuple[Reference, ...]:
    """Read the references of ``document``; ``blocks`` are those of its reference section.

    >>> raw = "1. Ay B. One thing. Cell. 2001;2:3."
    >>> from alsu_kg.readers.text_cleaning import clean_text
    >>> from alsu_kg.extraction.references.citation_words import NO_WORDS
    >>> block = Block("item", clean_text(raw, 0, len(raw)), region="references")
    >>> [(r.number, r.container, r.raw_place.start) for r in read_references(Document("x", "text", raw, "", ()), [block], NO_WORDS)]
    [(1, 'Cell', 3)]
    """
    if document.form == "references" or (document.form == "jats" and document.references):
        return tuple(_tagged(document, words))
    entries = segment(blocks)
    printed = [entry.number for entry in entries]
    counted = all(n is not None for n in printed) and len(set(printed)) == len(printed)
    return tuple(
        _reference(entry, (entry.number if counted else None) or i, words) for i, entry in enumerate(entries, 1)
    )


def _reference(entry: Entry, number: int, words: CitationWords) -> Reference:
    raw = entry.text.text
    kind, authors, title, container, year, volume, issue, first, last, *ids = parse_reference(raw, words)
    start, end = entry.text.raw_span(0, len(raw))
    return Reference(
        number=number,
        raw_place=Place(section="References", start=start, end=end),
        raw=raw,
        kind=kind,
        authors=authors,
        title=title,
        container=container,
        year=year,
        volume=volume,
        issue=issue,
        first_page=first,
        last_page=last,
        doi=ids[0],
        pmid=ids[1],
        pmcid=ids[2],
        url=ids[3],
        accessed=ids[4],
    )


def _tagged(document: Document, words: CitationWords) -> list[Reference]:
    """Take the fields that tags give; where a file gives bare words, read those."""
    references = []
    for tagged in document.references:
        fields = tagged.fields
        values = {name: getattr(fields, name) for name in fields.__struct_fields__} | {"raw": tagged.printed or None}
        is_bare = not fields.authors and fields.container is None and fields.year is None
        if document.form == "jats" and is_bare and tagged.printed:
            parsed = parse_reference(tagged.printed, words)._asdict()
            values |= {name: value for name, value in parsed.items() if not values[name] or values[name] == "unknown"}
        references.append(Reference(**values))
    return references
