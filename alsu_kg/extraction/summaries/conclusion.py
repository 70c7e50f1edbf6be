"""The conclusion of a summary page, which has no heading of its own: the paragraphs below the key information."""

from collections.abc import Sequence, Set
from typing import Final

from alsu_kg.extraction.dates import date_first
from alsu_kg.extraction.sections import Passage, whole_passages
from alsu_kg.extraction.summaries.grade_forms import GRADE, SHORT
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.lines import KEY, PUBLISHED, UPDATED, legend_of, own_lines
from alsu_kg.extraction.summaries.links import OWN_REVIEW
from alsu_kg.extraction.summaries.updates import is_update_date
from alsu_kg.model.document import Block, Document, Text

_SHORTEST: Final = 25


def conclusion_passages(document: Document) -> list[Passage]:
    r"""Give the paragraphs below grades and date of publication, down to a legend or a heading; without any, those above all parts.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Key Information\n\nCases Grade: B\n\nWe do not advise aspirin for this.\n\nPatient trials\n\nGrade A: Two."
    >>> [passage.text.text for passage in conclusion_passages(Document("a.txt", "text", raw, "", read_plain_text(raw)))]
    ['We do not advise aspirin for this.']
    """
    lines = own_lines(document)
    graded = {item.at for item in graded_lines(lines)}
    tables = {id(lines[at][0]) for at in graded if lines[at][0].kind == "table"}
    found: list[Passage] = []
    heading: str | None = None
    for i, (block, text) in enumerate(lines):
        line = text.text
        if KEY.match(line):
            heading, found = line, []
        elif (
            i in graded
            or (i - 1 in graded and len(line) < _SHORTEST)
            or GRADE.match(line)
            or SHORT.match(line)
            or (PUBLISHED.match(line) and not is_update_date(lines, i))
        ):
            heading, found = heading or "Key Information", []
        elif heading is None or id(block) in tables or (block.kind == "item" and date_first(line)):
            continue  # above the grades, or in a list of what changed when
        elif legend_of(line) or (block.kind == "heading" and found):
            break
        elif len(line) >= _SHORTEST and block.kind != "heading" and not OWN_REVIEW.fullmatch(line):
            found.append(Passage(text, heading, "conclusion", "paragraph"))
    return whole_passages(found or _above_parts(lines, graded), document.form)


def _above_parts(lines: Sequence[tuple[Block, Text]], graded: Set[int]) -> list[Passage]:
    """Give the paragraphs above the first line that grades, updates or opens the key information."""
    found = []
    for i, (block, text) in enumerate(lines):
        if i in graded or KEY.match(text.text) or UPDATED.match(text.text) or GRADE.match(text.text):
            break
        if block.kind == "paragraph" and len(text.text) >= _SHORTEST and not OWN_REVIEW.fullmatch(text.text):
            found.append(Passage(text, "Key Information", "conclusion", "paragraph"))
    return found
