"""Summary pages of the reviewers' website: dated grades, changes of grade, trial numbers and links."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from alsu_kg.extraction.evidence_table import read_table_grades
from alsu_kg.extraction.review_titles import NUMBERED, treatment_in
from alsu_kg.extraction.summaries.grade_changes import Change
from alsu_kg.extraction.summaries.grade_forms import ENOUGH
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.lines import KEY, own_lines
from alsu_kg.extraction.summaries.links import own_doi, place_of, read_links
from alsu_kg.extraction.summaries.names import review_number, treatment_name
from alsu_kg.extraction.summaries.sets import Shown, letters_shown
from alsu_kg.extraction.summaries.tables import is_of_several
from alsu_kg.extraction.summaries.told import previous_letters, told_changes
from alsu_kg.extraction.summaries.updates import Updates, publication_date, read_updates
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import (
    Category,
    Grade,
    Review,
    ReviewRecord,
    SectionRole,
    Source,
    SourceFile,
    Treatment,
)
from alsu_kg.readers.headings import role_of

_REVIEWED: Final[frozenset[SectionRole]] = frozenset({"mechanism", "preclinical", "cases", "trials", "risks"})
_LONGEST_KEY: Final = 25
_OF_THE_SITE = re.compile(r"ALS\s?Untangled|\bTOE\b|\bPALS\b")


def is_summary_page(document: Document) -> bool:
    r"""Say whether ``document`` is a summary page and no full review.

    It has lines such as ``Mechanism Grade: B`` for three categories, or a part ``Key Information`` in the words of the website.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Aspirin\n\nMechanism Grade: B\n\nCases Grade: U\n\nTrials Grade: D\n\nRisks Grade: C"
    >>> is_summary_page(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    True
    """
    if document.form in ("jats", "references"):
        return False
    roles = {role_of(block.text.text) for block in document.blocks if block.kind == "heading"}
    if "references" in roles and len(roles & _REVIEWED) >= len(_REVIEWED) - 1:
        return False
    if document.form == "pdf" and "references" in roles:
        return False
    lines = own_lines(document)
    numbered = any(block.kind == "heading" and NUMBERED.match(block.text.text) for block in document.blocks)
    reviewed = numbered or "references" in roles or len(roles & _REVIEWED) >= ENOUGH
    if document.form == "pdf" and reviewed and not any(KEY.match(text.text) for _, text in lines):
        return False  # an article, with letters in its table
    return len({item.category for item in graded_lines(lines, by_rows=not reviewed)}) >= ENOUGH or _has_key_information(
        lines
    )


def _has_key_information(lines: Sequence[tuple[Block, Text]]) -> bool:
    keys = any(len(text.text) < _LONGEST_KEY and KEY.fullmatch(text.text.rstrip(" :")) for _, text in lines)
    return keys and any(_OF_THE_SITE.search(text.text) for _, text in lines)


def read_summary_page(document: Document) -> ReviewRecord:
    r"""Read a summary page: the grades it shows now, and for each change the letter that was replaced and when.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = ("Aspirin\n\nUpdated Review\n\nMay 2021\n\nWe change our TOE Cases grade from D to B.\n\nKey Information\n\n"
    ...        "Mechanism Grade: B\n\nCases Grade: B\n\nRisks Grade: C\n\nPublished: Nov 2016")
    >>> record = read_summary_page(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    >>> [(g.category, g.letter, g.as_of, g.until) for g in record.grades if g.category == "cases"]
    [('cases', 'D', '2016-11', '2021-05'), ('cases', 'B', '2021-05', None)]
    """
    lines = own_lines(document)
    published = publication_date(lines, [item.at for item in graded_lines(lines)])
    label = treatment_name(document, lines)
    updates = read_updates(lines, label)
    shown = letters_shown(lines, label, published)
    if label is None and shown and all(item.of_treatment for item in shown):
        published = None  # a listing: its dates are those of the reviews it shows
    updates = _with_told(updates, lines, shown)
    doi = own_doi(lines)
    key = "-".join(re.findall(r"[a-z0-9]+", (label or document.name.rsplit(".", 1)[0]).casefold())) or "page"
    address = document.front.url
    return ReviewRecord(
        record=key,
        sources=(
            Source(
                key="page",
                kind="review-page",
                url=address,
                date=updates.latest or published,
                title=label,
                sha256=document.sha256,
            ),
        ),
        review=Review(
            number=review_number(lines),
            title=label,
            doi=doi,
            url=address,
            published=published,
            updated=updates.latest,
            source=SourceFile(file=document.name, sha256=document.sha256),
        ),
        treatment=Treatment(label=treatment_in(label)) if label else None,
        grades=(*_of_several(lines, published), *_grades(shown, updates, published)),
        related_works=tuple(read_links(lines, doi)),
    )


def _with_told(updates: Updates, lines: Sequence[tuple[Block, Text]], shown: Sequence[Shown]) -> Updates:
    """Add the changes that only the letters shown make clear."""
    own = [item.graded for item in shown if item.of_treatment is None]
    known = frozenset(change.category for change in updates.changes)
    letters = {item.category: item.letter for item in own}
    more = [*previous_letters(lines, [item for item in own if item.category not in known])]
    more += told_changes(updates.told, letters, known | {change.category for change in more}) if updates.told else ()
    dates = [date for date in (updates.latest, *(change.date for change in more)) if date]
    return updates._replace(latest=max(dates, default=None), changes=(*updates.changes, *more))


def _of_several(lines: Sequence[tuple[Block, Text]], published: str | None) -> Iterator[Grade]:
    """Give the letters of tables that show several treatments."""
    tables = {id(block): block for block, _ in lines if block.kind == "table" and is_of_several(block)}.values()
    for grade in read_table_grades([("", table) for table in tables], published):
        if grade.of_treatment is not None:
            yield msgspec.structs.replace(grade, stated_in="page")


def _grades(shown: Sequence[Shown], updates: Updates, published: str | None) -> Iterator[Grade]:
    """Give the assessments of each letter that the page shows, then of what only its updates tell."""
    for item in shown:
        yield from _assessments(item, updates, published)
    told = {item.graded.category for item in shown if item.of_treatment is None}
    for category in dict.fromkeys(change.category for change in updates.changes):
        if category not in told:
            yield from _history(_in_order(updates.changes, category), updates, published)


def _assessments(shown: Shown, updates: Updates, published: str | None) -> Iterator[Grade]:
    """Give the letters of a category in the order of time; the last one is the one that holds."""
    item = shown.graded
    flags: tuple[Literal["combined-letter"], ...] = ("combined-letter",) if "/" in item.letter else ()
    own = _in_order(updates.changes, item.category) if shown.of_treatment is None else []
    note = _confirmed(updates, item.category, published) if shown.of_treatment is None else None
    first = Grade(
        category=item.category, letter=item.letter, as_of=item.date or shown.published, place=place_of(item.text),
        stated_in="page", flags=flags, of_treatment=shown.of_treatment, note=note,
    )  # fmt: skip
    if not own:
        yield first
        return
    yield from _history(own, updates, published)
    if item.letter not in {letter for change in own for letter in (change.old, change.new)}:
        yield msgspec.structs.replace(first, as_of=None, flags=("low-confidence",))


def _history(own: Sequence[Change], updates: Updates, published: str | None) -> Iterator[Grade]:
    """Give the letters that changes replaced and set; what they replaced held from the publication on."""
    dates = [change.date for change in own]
    if own[0].old is not None:
        yield Grade(
            category=own[0].category, letter=own[0].old, as_of=published, until=dates[0], superseded=True,
            place=place_of(own[0].said), stated_in="page", quote=own[0].said.text,
        )  # fmt: skip
    for change, until in zip(own, [*dates[1:], None], strict=True):
        note = _confirmed(updates, change.category, change.date) if change is own[-1] else None
        yield Grade(
            category=change.category, letter=change.new, as_of=change.date, until=until, superseded=change is not own[-1],
            place=place_of(change.said), stated_in="page", quote=change.said.text, flags=("update",), note=note,
        )  # fmt: skip


def _in_order(changes: Sequence[Change], category: Category) -> list[Change]:
    """Give the changes of a category in the order of time; without dates, as each one's old letter was the new one before.

    A letter that an update only states again is no change.
    """
    own = [change for change in changes if change.category == category]
    own = list({(change.new, change.date): change for change in reversed(own)}.values())[::-1]
    own.sort(key=lambda change: change.date or "")
    if len({change.date for change in own}) == 1 and not _follows(own) and _follows(own[::-1]):
        own.reverse()
    return [c for i, c in enumerate(own) if i == 0 or c.old is not None or c.new != own[i - 1].new]


def _follows(changes: Sequence[Change]) -> bool:
    return all(after.old in (None, before.new) for before, after in itertools.pairwise(changes))


def _confirmed(updates: Updates, category: Category, since: str | None) -> str | None:
    """Give the note that a later update left the letter as it was."""
    dates = [kept.date for kept in updates.kept if kept.category in (None, category) and kept.date]
    latest = max(dates, default="")
    return f"confirmed {latest}" if latest > (since or "") else None
