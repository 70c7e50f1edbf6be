"""Grades of a review that only lines give, such as the items of a list: ``Mechanism: B``."""

from alsu_kg.extraction.summary_grades import ENOUGH, graded_lines
from alsu_kg.extraction.summary_lines import own_lines
from alsu_kg.extraction.summary_links import place_of
from alsu_kg.model.document import Document
from alsu_kg.model.review import Grade


def read_line_grades(document: Document, published: str | None) -> tuple[Grade, ...]:
    """Give the first letter of each category, if lines give three categories a letter.

    >>> from alsu_kg.model.document import Block, Text
    >>> lines = tuple(Block("item", Text(line)) for line in ("Mechanism = B", "Cases = C", "Trials = F"))
    >>> [(g.category, g.letter) for g in read_line_grades(Document("a", "html", "", "", lines), None)]
    [('mechanism', 'B'), ('cases', 'C'), ('trials', 'F')]
    """
    if document.form in ("jats", "references"):
        return ()
    found = {item.category: item for item in reversed(graded_lines(own_lines(document)))}
    if len(found) < ENOUGH:
        return ()
    ordered = sorted(found.values(), key=lambda item: item.at)
    return tuple(Grade(category=i.category, letter=i.letter, as_of=published, place=place_of(i.text)) for i in ordered)
