"""Grades of a review that only lines give, such as the items of a list: ``Mechanism: B``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.summaries.grade_forms import ENOUGH, Graded
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.lines import own_lines
from alsu_kg.extraction.summaries.links import place_of
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import Category, Grade
from alsu_kg.readers.headings import role_of

# "How might it work? (grade C)", "Side effects – Grade B"
_BEHIND = re.compile(
    r"(?P<name>.{3,80}?)\s*[(:–—-]\s*(?i:(?:TOE\s+)?grade)\s*[:=]?\s*[\"“]?(?P<letter>[ABCDFU])[\"”]?\s*\)?"
)
_CATEGORIES: Final[Mapping[str, Category]] = {category: category for category, _ in CATEGORY_NAMES}


def _in_headings(lines: Sequence[tuple[Block, Text]]) -> Iterator[Graded]:
    """Read the letters behind the headings of the parts that are graded."""
    for i, (block, text) in enumerate(lines):
        match = _BEHIND.fullmatch(text.text) if block.kind == "heading" else None
        category = _CATEGORIES.get(role_of(match["name"])) if match else None
        if match is not None and category is not None:
            yield Graded(category, match["letter"], text, i)


def read_line_grades(document: Document, published: str | None) -> tuple[Grade, ...]:
    """Give the first letter of each category, if lines give three categories a letter.

    >>> from alsu_kg.model.document import Block, Text
    >>> lines = tuple(Block("item", Text(line)) for line in ("Mechanism = B", "Cases = C", "Trials = F"))
    >>> [(g.category, g.letter) for g in read_line_grades(Document("a", "html", "", "", lines), None)]
    [('mechanism', 'B'), ('cases', 'C'), ('trials', 'F')]
    """
    if document.form in ("jats", "references"):
        return ()
    lines = own_lines(document)
    found = {item.category: item for item in reversed(graded_lines(lines))}
    if len(found) < ENOUGH:
        found = {item.category: item for item in reversed(list(_in_headings(lines)))}
    if len(found) < ENOUGH:
        return ()
    ordered = sorted(found.values(), key=lambda item: item.at)
    return tuple(Grade(category=i.category, letter=i.letter, as_of=published, place=place_of(i.text)) for i in ordered)
