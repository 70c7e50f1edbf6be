"""Pages of the reviewers' website that list, under one category and letter, the treatments that were given that letter."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from alsu_kg.extraction.review_titles import NUMBERED
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.lines import KEY, Legend, legend_of, own_lines
from alsu_kg.extraction.summaries.links import place_of
from alsu_kg.extraction.summaries.names import bare_name
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import Category, Grade, Review, ReviewRecord, Source, SourceFile
from alsu_kg.readers.headings import role_of

_LONGEST_NAME: Final = 80
_MOST_WORDS: Final = 8
_SHORTEST_PROSE: Final = 80
_PROSE_END = re.compile(r"[.!?][”\"’')\]]*$")
_GRADE_LINE = re.compile(r"\W*grade\s+(?P<letter>[ABCDFU])\s*[:–—-]", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page|next|previous|older|newer|go to|continue|more|see|pages?|share|tags?|categor\w+|by|posted|filed)\b|[«»‹›\d]",
    re.IGNORECASE,
)
# The part of an address that names the category, before the part that is the letter: ``/pre-clinical/a/``.
_SEGMENTS: Final[tuple[tuple[Category, str], ...]] = (
    ("preclinical", r"pre-?clinical.*"), ("mechanism", r"mechanis.*"), ("cases", r"(?:patient-)?cases?.*"),
    ("trials", r"(?:patient-|clinical-)?trials?.*"), ("risks", r"risks?.*"),
)  # fmt: skip


# How the website names its categories, unlike the headings of articles: "Patient trials", "Risks (harms that occurred …)".
_OF_THE_SITE = re.compile(r"plausib|\bpatient\b|\(", re.IGNORECASE)


class _Listed(NamedTuple):
    """What a page lists: the category and letter, and the lines below."""

    legend: Legend
    below: Sequence[tuple[Block, Text]]


def is_grade_list(document: Document) -> bool:
    r"""Say whether ``document`` lists treatments under the one category that a heading such as ``Patient trials`` names.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Patient trials - D\n\nOne drug\n\nOne drug has had a trial. It showed no effect, so we do not advise it."
    >>> is_grade_list(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    True
    """
    return _listed(document) is not None


def read_grade_list(document: Document) -> ReviewRecord:
    r"""Read a list of treatments with one letter: an assessment without date for each. Without a letter on the page there are none.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Patient trials - D\n\nOne drug\n\nOne drug has had a trial. It showed no effect, so we do not advise it."
    >>> record = read_grade_list(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    >>> [(g.category, g.letter, g.of_treatment, g.as_of) for g in record.grades], record.treatment
    ([('trials', 'D', 'One drug', None)], None)
    """
    listed = _listed(document)
    category, letter = listed.legend if listed is not None else (None, None)
    title = f"{category} - {letter}" if letter else category
    grades: tuple[Grade, ...] = ()
    if listed is not None and category is not None and letter is not None:
        grades = tuple(
            Grade(category=category, letter=letter, of_treatment=name, place=place_of(text), stated_in="page")
            for name, text in list(_names(listed.below)) or _linked_names(listed.below)
        )
    address = document.front.url
    name = urlsplit(address).path if address else document.name.rsplit(".", 1)[0]
    key = "-".join(["grades", *re.findall(r"[a-z0-9]+", name.casefold())])[:80].strip("-")
    return ReviewRecord(
        record=key,
        sources=(Source(key="page", kind="grade-list", url=address, title=title, sha256=document.sha256),),
        review=Review(title=title, url=address, source=SourceFile(file=document.name, sha256=document.sha256)),
        grades=grades,
    )


def _listed(document: Document) -> _Listed | None:
    if document.form in ("jats", "references", "pdf"):
        return None
    if any(
        block.kind == "heading" and (role_of(block.text.text) == "references" or NUMBERED.match(block.text.text))
        for block in document.blocks
    ):
        return None
    if sum(block.kind != "table" and legend_of(block.text.text) is not None for block in document.blocks) != 1:
        return None
    lines = own_lines(document)
    found = [(i, legend) for i, (_, text) in enumerate(lines) if (legend := legend_of(text.text))]
    if len(found) != 1 or graded_lines(lines) or any(KEY.match(text.text) for _, text in lines):
        return None
    at, legend = found[0]
    below = lines[at + 1 :]
    defined = {m["letter"].upper() for _, text in below if (m := _GRADE_LINE.match(text.text))}
    letter = legend.letter or (defined.pop() if len(defined) == 1 else _letter_of_address(document, legend.category))
    told = letter is not None or _OF_THE_SITE.search(lines[at][1].text) is not None
    listed = letter is not None or next(_names(below), None) is not None
    return _Listed(Legend(legend.category, letter), below) if told and listed else None


def _letter_of_address(document: Document, category: Category) -> str | None:
    """Give the letter that the page's own address has right after the category."""
    parts = [part for part in urlsplit(document.front.url or "").path.casefold().split("/") if part]
    pattern = next(pattern for name, pattern in _SEGMENTS if name == category)
    for part, following in itertools.pairwise(parts):
        if re.fullmatch(pattern, part) and re.fullmatch(r"[abcdfu]", following):
            return following.upper()
    return None


def _names(below: Sequence[tuple[Block, Text]]) -> Iterator[tuple[str, Text]]:
    """Give the lines that are a name over prose."""
    for i, (_, text) in enumerate(below[:-1]):
        line, following = text.text, below[i + 1][1].text
        if (
            len(line) > _LONGEST_NAME
            or len(line.split()) > _MOST_WORDS
            or _GRADE_LINE.match(line)
            or _FURNITURE.match(line)
        ):
            continue
        prose = len(following) >= _SHORTEST_PROSE or (" " in following and _PROSE_END.search(following))
        if prose and not _GRADE_LINE.match(following) and (line[0].isupper() or line[0].isdigit()) and bare_name(line):
            yield line, text


def _linked_names(below: Sequence[tuple[Block, Text]]) -> list[tuple[str, Text]]:
    """Give the first two or more list items in a row that are nothing but a link with a name."""
    run: list[tuple[str, Text]] = []
    for block, text in below:
        link = next((mark for mark in text.marks if mark.kind == "link"), None)
        whole = block.kind == "item" and link is not None and (link.start, link.end) == (0, len(text.text))
        if whole and len(text.text.split()) <= _MOST_WORDS and not _FURNITURE.match(text.text) and bare_name(text.text):
            run.append((text.text, text))
        elif len(run) > 1:
            break
        else:
            run = []
    return run if len(run) > 1 else []
