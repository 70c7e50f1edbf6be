"""Headings that are not marked as such: bold or bare lines over their text, and names of parts at the start of a paragraph."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from alsu_kg.model.document import Block, Text
from alsu_kg.model.review import SectionRole
from alsu_kg.readers.headings import is_known_heading, looks_like_heading, role_of
from alsu_kg.readers.likely_headings import likely_role_of

_PARTS: Final[frozenset[SectionRole]] = frozenset(
    {"mechanism", "preclinical", "cases", "trials", "risks", "conclusion"}
)
_FEWEST: Final = 3  # parts of a review that headings of one form must name
_ENOUGH: Final = 4  # parts that marked headings name: then they are all
_PROSE: Final = 40
_LONGEST: Final = 70
_LEVEL: Final = 2
_TABLE: Final = re.compile(r"(?:table|figure|fig|box|grade|note)\b", re.IGNORECASE)
# "Risks. The most common …", "2. Mechanism: It …", "TRIALS — One trial …".
_RUN_IN = re.compile(
    r"(?P<head>(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s|[IVX]{1,4}[.)]\s)?[A-ZÀ-Þ][^.:;?!—–|\n]{2,60}?)\s*(?:[.:]\s*[—–-]?|\s[—–-]{1,2})"
    r"\s+(?=[\"“‘'(\[]?[A-ZÀ-Þ0-9])|(?P<asked>[A-ZÀ-Þ][^.:;?!—–|\n]{4,60}\?)(?:[.:]|\s?[–—-]{1,2})?\s+(?=[A-ZÀ-Þ])"
)
_FIRST = re.compile(r"[\[(]?1[\].)]\s+\S")
_BEFORE: Final = 200  # characters of the raw file in which marks of bold type may stand before a line
_BOLD = re.compile(
    r"(?:\*\*|__)$|<(?:b|strong)(?:\s[^<>]*)?>\s*(?:<(?:span|u|i|em|font|a)\b[^<>]*>\s*)*$", re.IGNORECASE
)


class _Split(NamedTuple):
    """A block as a heading, with what follows the heading in the same paragraph."""

    role: SectionRole
    heading: Text
    rest: Text | None


def imply_headings(raw: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    r"""Make headings of the lines that name parts of the review, where the headings that are marked as such do not.

    Lines and starts of paragraphs count only where they name at least three different parts; a bold line is then a heading too.

    >>> texts = ("Mechanism. It calms cells.", "Cases. None is known.", "Risks. It may cause harm.")
    >>> [(b.kind, b.text.text) for b in imply_headings("", [Block("paragraph", Text(text)) for text in texts])][:2]
    [('heading', 'Mechanism'), ('paragraph', 'It calms cells.')]
    """
    marked = {role_of(block.text.text) for block in blocks if block.kind == "heading" and block.region != "menu"}
    if len(marked & _PARTS) >= _ENOUGH:
        return tuple(blocks) if "references" in marked else _with_list(blocks)
    lines = {i: found for i in range(len(blocks)) if (found := _line(blocks, i))}
    starts = {i: found for i, block in enumerate(blocks) if i not in lines and (found := _run_in(block))}
    over_prose = {found.role for i, found in lines.items() if _is_over_text(blocks, i)}
    by_line = len(over_prose & _PARTS - marked) >= _FEWEST
    run_in = len({found.role for found in starts.values()} & _PARTS - marked) >= _FEWEST
    if not by_line and not run_in:
        return tuple(blocks) if "references" in marked else _with_list(blocks, numbered=True)
    likely = (
        {i: found for i in range(len(blocks)) if i not in lines and (found := _likely_line(blocks, i))}
        if by_line
        else {}
    )
    chosen = lines | likely | (starts if run_in else {})
    return tuple(_with_headings(raw, blocks, chosen))


def starts_with_part(line: str) -> bool:
    """Say whether a line starts with the name of a part and goes on with a sentence.

    >>> starts_with_part("Risks. The most common one is nausea."), starts_with_part("Risks are few. The most common one")
    (True, False)
    """
    match = _RUN_IN.match(line)
    return match is not None and is_known_heading(match["head"] or match["asked"])


def _with_list(blocks: Sequence[Block], *, numbered: bool = False) -> tuple[Block, ...]:
    """Make a heading of the last line that names the list of references; if it is to be numbered, only above number 1."""
    named = (i for i in range(len(blocks) - 2, -1, -1) if (found := _line(blocks, i)) and found.role == "references")
    last = next(named, None)
    if last is None or blocks[last + 1].kind == "heading":
        return tuple(blocks)
    if numbered and blocks[last + 1].number != 1 and not _FIRST.match(blocks[last + 1].text.text):
        return tuple(blocks)
    return (*blocks[:last], Block("heading", blocks[last].text, _LEVEL), *blocks[last + 1 :])


def _with_headings(raw: str, blocks: Sequence[Block], chosen: dict[int, _Split]) -> Iterator[Block]:
    for i, block in enumerate(blocks):
        found = chosen.get(i)
        if found is None:
            yield Block("heading", block.text, _LEVEL) if _is_bold_line(raw, block) else block
            continue
        yield Block("heading", found.heading, _LEVEL)
        if found.rest is not None:
            yield msgspec.structs.replace(block, text=found.rest)


def _line(blocks: Sequence[Block], i: int) -> _Split | None:
    """Read a paragraph that is nothing but the name of a part."""
    block = blocks[i]
    text = block.text.text
    if block.kind != "paragraph" or block.region != "body" or len(text) > _LONGEST:
        return None
    return _Split(role_of(text), block.text, None) if is_known_heading(text.rstrip(" .")) else None


def _likely_line(blocks: Sequence[Block], i: int) -> _Split | None:
    """Read a short line over text, one word of which tells what part it names, where others are headings by themselves."""
    block = blocks[i]
    text = block.text.text
    if block.kind != "paragraph" or block.region != "body" or len(text) > _LONGEST or _TABLE.match(text):
        return None
    role = likely_role_of(text) if looks_like_heading(text) and _is_over_text(blocks, i) else "other"
    return _Split(role, block.text, None) if role != "other" else None


def _run_in(block: Block) -> _Split | None:
    """Read a paragraph that starts with the name of a part."""
    if block.kind != "paragraph" or block.region != "body":
        return None
    match = _RUN_IN.match(block.text.text)
    head = match["head"] or match["asked"] if match else ""
    if match is None or not is_known_heading(head):
        return None
    rest = block.text.cut(match.end(), len(block.text.text))
    return _Split(role_of(head), block.text.cut(0, len(head)), rest)


def _is_over_text(blocks: Sequence[Block], i: int) -> bool:
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    if following is None or _TABLE.match(following.text.text):
        return False
    return following.kind in ("table", "item") or len(following.text.text) >= _PROSE


def _is_bold_line(raw: str, block: Block) -> bool:
    """Say whether a short paragraph starts in bold type and has the form of a heading."""
    if block.kind != "paragraph" or block.region != "body" or not block.text.segments:
        return False
    text = block.text.text
    if len(text) > _LONGEST or not looks_like_heading(text.rstrip(":")) or _TABLE.match(text):
        return False
    start, end = block.text.raw_span(0, len(text))
    after = raw[end : end + 40].lstrip(" :")
    ended = after.startswith(("**", "__", "</")) or raw[max(0, end - 2) : end] in ("**", "__")
    return ended and _BOLD.search(raw, max(0, start - _BEFORE), start) is not None
