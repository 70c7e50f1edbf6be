"""The parts of a review: its sections with their roles, and its passages (paragraphs made whole) in reading order."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from alsu_kg.extraction.bylines import names_of_byline
from alsu_kg.extraction.references.blocks import are_references, last_entries, last_list, with_addresses
from alsu_kg.extraction.references.reference_list import segment
from alsu_kg.extraction.review_titles import NUMBERED
from alsu_kg.model.document import Block, Document, Text, join_texts
from alsu_kg.model.review import Section, SectionRole
from alsu_kg.readers.headings import is_back_matter, is_furniture, is_label, role_of
from alsu_kg.readers.likely_headings import likely_role_of

_CAPTION = re.compile(r"(?:Table|Figure|Fig\.?|TABLE|FIGURE|Box)\s+(?:\d{1,2}|[IVX]{1,4})\b\s*(?:[.:|–—]|\.\.|$|[A-Z])")
_TAIL: Final = 300
_PROSE: Final = 100
_BEHIND_STOP: Final = " 0123456789,()[]–-\"”’'"
_ENDED = re.compile(r"[.!?:;]\s*[\"”’')\]]*\s*(?:[\[(]?\d[\d,\s–-]*[\])]?)?$")


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A whole paragraph, list item, caption, footnote or table cell; ``heading`` and ``role`` are its section's."""

    text: Text
    heading: str
    role: SectionRole
    kind: str


class Outline(NamedTuple):
    """A document taken apart: ``title`` is the heading or line that names the review, if the document has one."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[tuple[str, Block], ...]
    references: tuple[Block, ...]
    front: tuple[Block, ...]
    title: Text | None


def outline(document: Document) -> Outline:
    r"""Take ``document`` apart into sections, passages, tables and the lines of its reference list.

    >>> from alsu_kg.readers.markdown import read_markdown
    >>> raw = "# Risks\n\nIt is not\n\n(yet) known.\n\n# References\n\n- Ay B."
    >>> found = outline(Document("x.md", "markdown", raw, "", read_markdown(raw)))
    >>> [s.role for s in found.sections], [p.text.text for p in found.passages], len(found.references)
    (['risks', 'references'], ['It is not (yet) known.'], 1)
    """
    headings, title_index = _headings_and_title(document)
    title = document.blocks[title_index].text if title_index is not None else None
    numbered = title is not None and NUMBERED.search(title.text) is not None
    sections: list[Section] = []
    passages: list[Passage] = []
    tables: list[tuple[str, Block]] = []
    references: list[Block] = []
    front: list[Block] = []
    heading = caption = ""
    tagged = document.form == "jats"
    article = (
        next((_name(b) for b in document.blocks if b.kind == "heading" and b.region == "front"), "") if tagged else ""
    )
    role: SectionRole = "other"
    roles: list[tuple[int, SectionRole]] = []
    roles_by_name: dict[str, SectionRole] = {}
    noted = _noted_references(document, headings)
    for i, block in enumerate(document.blocks):
        if i in headings:
            heading = _name(block)
            role = roles_by_name[heading] = _role(block, roles, numbered=numbered)
            _close(sections, block)
            sections.append(Section(heading=heading, role=role, start=_start(block)))
            passages += _cited_heading(block, heading, role)
            continue
        if block.region == "menu":
            continue
        if (title_index is not None and i < title_index) or not sections:
            front.append(block)
        if (role == "references" and not (tagged and document.references)) or i in noted:
            references.append(block)
            continue
        name = block.section or article if tagged else heading  # not in the section before it
        if tagged:
            own = role_of(name)
            role = own if own != "other" else roles_by_name.get(name, "other")
        if block.kind == "table":
            tables.append((caption, block))
            passages += [Passage(cell, name, role, "cell") for row in block.rows for cell in row if cell.text]
        elif block.kind != "heading" or is_label(block.text.text):
            kind = "paragraph" if block.kind == "footnote" and role == "disclosures" else _kind(block)
            caption = block.text.text if kind == "caption" else caption
            passages.append(Passage(block.text, name, role, kind))
    if sections:
        _close(sections, None, end=_end(document))
    if noted:
        references = with_addresses(references)
    whole = tuple(whole_passages(passages, document.form))
    return Outline(tuple(sections), whole, tuple(tables), tuple(references), tuple(front), title)


def _noted_references(document: Document, headings: frozenset[int]) -> frozenset[int]:
    """Find references that no heading announces: footnotes, or a list at the end of the text."""
    blocks = document.blocks
    if document.form not in ("markdown", "html", "text", "pdf") or any(
        role_of(blocks[i].text.text) == "references" for i in headings
    ):
        return frozenset()
    notes = [i for i, block in enumerate(blocks) if block.region == "references"] or last_list(blocks)
    if not notes and document.form == "pdf":
        notes = last_entries(blocks)
    entries = segment([blocks[i] for i in notes])
    return frozenset(notes if are_references([entry.text.text for entry in entries]) else ())


def _name(block: Block) -> str:
    """Give the words of a heading as its section is called: without the gap that parts a raised number from a word."""
    printed = block.text.text.replace("\u2060", "")
    own = block.section
    return own if own is not None and own.replace(" ", "") == printed.replace(" ", "") else printed


def _cited_heading(block: Block, name: str, role: SectionRole) -> list[Passage]:
    """Give a heading as a passage if it cites something."""
    cites = bool(block.text.marks) and any(mark.kind == "citation" for mark in block.text.marks)
    return [Passage(block.text, name, role, "heading")] if cites else []


def _start(block: Block) -> int | None:
    return block.text.segments[0].raw_start if block.text.segments else None


def _end(document: Document) -> int:
    """Give the raw end of the words; Markdown is read in the order in which it is written."""
    texts = [block.text.segments for block in document.blocks if block.text.segments]
    texts = texts[-1:] if document.form == "markdown" else texts
    return max([texts[-1].raw_start + texts[-1].raw_length for texts in texts], default=len(document.raw))


def _close(sections: list[Section], following: Block | None, end: int | None = None) -> None:
    if sections and sections[-1].end is None:
        last = sections[-1]
        stop = _start(following) if following is not None else end
        stop = None if stop is not None and stop < (last.start or 0) else stop  # in columns
        sections[-1] = Section(heading=last.heading, role=last.role, start=last.start, end=stop)


def _role(block: Block, roles: list[tuple[int, SectionRole]], *, numbered: bool) -> SectionRole:
    """Give the role of a heading; one that says nothing of itself inherits from the heading above it.

    In a ``numbered`` review one of its words is enough; other articles have other parts.
    """
    role = likely_role_of(block.text.text) if numbered else role_of(block.text.text)
    while roles and roles[-1][0] >= block.level:
        roles.pop()
    above = roles[-1][1] if roles else "other"
    if (
        role == "other"
        and above not in ("background", "references", "conclusion")
        and not is_back_matter(block.text.text)
    ):
        role = above
    roles.append((block.level, role))
    return role


def _headings_and_title(document: Document) -> tuple[frozenset[int], int | None]:
    """Positions of the headings that open a section, and of the title."""
    named = _named_titles(document)
    headings = _section_headings(document, named)
    return headings, _title_index(document, headings, named)


def _section_headings(document: Document, named: Sequence[int]) -> frozenset[int]:
    """Positions of headings that open a section: not bylines, running heads or the publisher's cover page."""
    blocks = document.blocks
    positions = [i for i, block in enumerate(blocks) if block.kind == "heading" and block.region != "menu"]
    if document.form == "jats":
        return frozenset(positions)
    positions = [i for i in positions if not is_label(blocks[i].text.text)]
    title = _title_index(document, frozenset(positions), named)
    chosen = set()
    last = title  # of the headings that follow the title one upon another, before one that names a part
    for i in positions:
        names_part = role_of(blocks[i].text.text) != "other"
        if title is not None and i < title and (not names_part or _is_menu(blocks[:title])):
            continue
        if last is not None and i == last + 1:
            last = None if names_part else i
            if not names_part:
                continue
        chosen.add(i)
    return frozenset(chosen)


def _named_titles(document: Document) -> list[int]:
    """Positions of headings and paragraphs that name a numbered review."""
    named = []
    for i, block in enumerate(document.blocks):
        if block.kind not in ("heading", "paragraph") or block.region in ("menu", "references"):
            continue
        text = block.text.text
        if len(text) < 200 and text.lstrip()[:1] in ("A", "a") and NUMBERED.match(text.strip()):
            named.append(i)
    return named


def _title_index(document: Document, headings: frozenset[int], named: Sequence[int]) -> int | None:
    """Position of the title: the last heading that names a numbered review, else the first heading without a role."""
    first_role = next(
        (i for i in sorted(headings) if role_of(document.blocks[i].text.text) != "other"), len(document.blocks)
    )
    before = [i for i in named if i < first_role] or [i for i in named[:1] if _is_menu(document.blocks[:i])]
    if before:
        return before[-1]
    plain = [i for i in sorted(headings) if i < first_role and role_of(document.blocks[i].text.text) == "other"]
    return plain[0] if plain else None


def _is_menu(blocks: Sequence[Block]) -> bool:
    """Say whether blocks are nothing but short lines, as the menu of a printed web page is; it may name parts of a review."""
    return all(block.kind in ("heading", "paragraph", "item") and len(block.text.text) < _PROSE for block in blocks)


def _kind(block: Block) -> str:
    text = block.text.text
    starts = text.startswith(("Table", "Fig", "TABLE", "FIGURE", "Box"))
    may_be = starts and block.kind in ("paragraph", "heading") and len(text) < 400
    if block.kind == "caption" or (may_be and _CAPTION.match(text)):
        return "caption"
    if block.kind == "footnote" or is_furniture(text):
        return "footnote"
    return block.kind


def whole_passages(passages: Sequence[Passage], form: str) -> list[Passage]:
    """Join what page breaks, tables and footnotes have torn apart.

    >>> torn = [Passage(Text(part), "Risks", "risks", "paragraph") for part in ("It is not", "yet known.")]
    >>> [passage.text.text for passage in whole_passages(torn, "text")]
    ['It is not yet known.']
    """
    if form == "jats":
        return list(passages)
    whole: list[list[Passage]] = []  # the parts of each passage, joined at the end
    open_at: int | None = None
    for passage in passages:
        if passage.kind in ("cell", "caption", "footnote"):
            whole.append([passage])
            continue
        before = whole[open_at][-1] if open_at is not None else None
        if (
            before is not None
            and before.heading == passage.heading
            and passage.kind == before.kind == "paragraph"
            and open_at is not None
            and _continues(_tail(whole[open_at]), passage.text.text, adjacent=open_at == len(whole) - 1)
            and not (before.role == "other" and names_of_byline(before.text.text))
        ):
            whole[open_at].append(passage)
            continue
        open_at = len(whole)
        whole.append([passage])
    return [parts[0] if len(parts) == 1 else _joined(parts) for parts in whole]


def _joined(parts: Sequence[Passage]) -> Passage:
    return msgspec.structs.replace(parts[0], text=join_texts([part.text for part in parts], " "))


def _is_ended(text: str) -> bool:
    """Say whether a sentence ends at the end of ``text``: after the last mark that ends one only quotes and numbers may stand."""
    if text[-1] in '.!?:;"”':
        return True
    last = -1 if text.rstrip(_BEHIND_STOP)[-1:].isalpha() else max(map(text.rfind, ".!?:;"))
    return last >= 0 and _ENDED.match(text, last) is not None


def _tail(parts: Sequence[Passage]) -> str:
    """Give the last words of what ``parts`` make together: enough to see how it ends."""
    tail = parts[-1].text.text
    for part in parts[-2::-1]:
        if len(tail) > _TAIL:
            break
        tail = f"{part.text.text} {tail}"
    return tail


def _continues(before: str, after: str, *, adjacent: bool) -> bool:
    if not before or not after or _is_ended(before[-_TAIL:]):
        return False
    return adjacent or after[0].islower() or after[0] in "(,;[" or len(before) > 200
