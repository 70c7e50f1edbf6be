"""Summary pages of the reviewers' website: dated grades, changes of grade, trial numbers and links."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.grade_changes import Change, find_changes
from alsu_kg.extraction.summary_lines import ENOUGH, GRADE, PUBLISHED, SHORT, UPDATED, Graded, graded_lines, own_lines
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import (
    Grade,
    Place,
    RelatedWork,
    Review,
    ReviewRecord,
    SectionRole,
    Source,
    SourceFile,
    Treatment,
)
from alsu_kg.readers.headings import role_of

_SHORT_LINE: Final = 60
_SHORTEST_CHANGE: Final = 12
_REVIEWED: Final[frozenset[SectionRole]] = frozenset({"mechanism", "preclinical", "cases", "trials", "risks"})
_GRADE_WORD = re.compile(r"\bgrades?\b|\bcalificaci", re.IGNORECASE)
_TRIAL_ID = re.compile(r"\bNCT\d{8}\b")
_KEY = re.compile(r"^\W*(?:Key Information|Informaci[oó]n clave|Key Facts)\b", re.IGNORECASE)
_NUMBER = re.compile(r"ALS\s?Untangled\s*(?:(?:No|Number)\.?\s*|#\s*)?(?P<number>\d{1,3})\b", re.IGNORECASE)


def is_summary_page(document: Document) -> bool:
    r"""Say whether ``document`` is a summary page: lines such as ``Mechanism Grade: B`` for three categories, and no full review.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Aspirin\n\nMechanism Grade: B\n\nCases Grade: U\n\nTrials Grade: D\n\nRisks Grade: C"
    >>> is_summary_page(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    True
    """
    if document.form in ("jats", "references", "pdf"):
        return False
    roles = {role_of(block.text.text) for block in document.blocks if block.kind == "heading"}
    if "references" in roles and len(roles & _REVIEWED) >= len(_REVIEWED) - 1:
        return False
    return len({item.category for item in graded_lines(own_lines(document))}) >= ENOUGH


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
    published = _published(lines)
    label = _treatment(document, lines)
    updated, changes = _updates(lines, label)
    grades = [grade for shown in _current(lines, label) for grade in _assessments(shown, changes, published)]
    number = next((int(m["number"]) for _, t in lines[:40] if (m := _NUMBER.search(t.text))), None)
    key = "-".join(re.findall(r"[a-z0-9]+", (label or document.name.rsplit(".", 1)[0]).casefold())) or "page"
    address = document.front.url
    return ReviewRecord(
        record=key,
        sources=(
            Source(
                key="page",
                kind="review-page",
                url=address,
                date=updated or published,
                title=label,
                sha256=document.sha256,
            ),
        ),
        review=Review(
            number=number,
            title=label,
            url=address,
            published=published,
            updated=updated,
            source=SourceFile(file=document.name, sha256=document.sha256),
        ),
        treatment=Treatment(label=label) if label else None,
        grades=tuple(grades),
        related_works=tuple(_related(lines)),
    )


def _published(lines: list[tuple[Block, Text]]) -> str | None:
    for i, (_, text) in enumerate(lines):
        match = PUBLISHED.match(text.text)
        if match is None:
            continue
        following = lines[i + 1][1].text[:40] if i + 1 < len(lines) else ""
        date = find_date(match["date"]) or (find_date(following) if not match["date"].strip(" :") else None)
        if date is not None:
            return date
    return None


class _Shown(NamedTuple):
    """A letter that the page shows now; ``of_treatment`` where it shows several treatments."""

    graded: Graded
    of_treatment: str | None


def _current(lines: list[tuple[Block, Text]], label: str | None) -> list[_Shown]:
    """Take the first letter of each category; a legend further down does not count, another treatment's letters do.

    The letters of another treatment are three or more that start again under a heading that names something else.
    """
    sets: list[list[Graded]] = [[]]
    for item in graded_lines(lines):
        if any(item.category == known.category for known in sets[-1]):
            sets.append([])
        sets[-1].append(item)
    names = [_name_above(lines, group[0].at) if group else None for group in sets]
    shown: list[_Shown] = []
    several = {name for name, group in zip(names, sets, strict=True) if name and len(group) >= ENOUGH}
    told: set[str | None] = set()
    for i, (name, group) in enumerate(zip(names, sets, strict=True)):
        if i and (len(group) < ENOUGH or name is None or name in told):
            continue
        told.add(name)
        shown += [_Shown(item, name if len(several) > 1 and name != label else None) for item in group]
    return shown


def _name_above(lines: list[tuple[Block, Text]], at: int) -> str | None:
    """Give the nearest heading above line ``at`` that names a thing and not a part of the page."""
    return next((name for b, t in reversed(lines[:at]) if b.kind == "heading" and (name := _bare_name(t.text))), None)


def _assessments(shown: _Shown, changes: Sequence[Change], published: str | None) -> Iterator[Grade]:
    """Give the letters of a category in the order of time; the last one is the one that holds."""
    item = shown.graded
    flags: tuple[Literal["combined-letter"], ...] = ("combined-letter",) if "/" in item.letter else ()
    own = [c for c in changes if c.category == item.category] if shown.of_treatment is None else []
    own = list({(c.new, c.date): c for c in reversed(own)}.values())[::-1]
    own.sort(key=lambda change: change.date or "")
    first = Grade(
        category=item.category, letter=item.letter, as_of=published, place=_place(item.text), stated_in="page", flags=flags,
        of_treatment=shown.of_treatment,
    )  # fmt: skip
    if not own:
        yield first
        return
    dates = [change.date for change in own]
    if own[0].old is not None:
        yield Grade(
            category=item.category, letter=own[0].old, as_of=published, until=dates[0], superseded=True, place=_place(own[0].said),
            stated_in="page", quote=own[0].said.text,
        )  # fmt: skip
    for change, until in zip(own, [*dates[1:], None], strict=True):
        yield Grade(
            category=item.category, letter=change.new, as_of=change.date, until=until, superseded=change is not own[-1],
            place=_place(change.said), stated_in="page", quote=change.said.text, flags=("update",),
        )  # fmt: skip
    if item.letter not in {letter for change in own for letter in (change.old, change.new)}:
        yield msgspec.structs.replace(first, as_of=None, flags=("low-confidence",))


def _place(text: Text) -> Place | None:
    if not text.segments:
        return None
    start, end = text.raw_span(0, len(text.text))
    return Place(start=start, end=end)


def _updates(lines: list[tuple[Block, Text]], label: str | None) -> tuple[str | None, list[Change]]:
    """Give the date of the latest update and the changes that the page tells, each with the date of its update.

    An update goes from its heading (``Updated Review``, ``June 2021 update``) to the grades or the next part of the page.
    """
    dates: list[str] = []
    changes: list[Change] = []
    date: str | None = None
    inside = False
    for block, text in lines:
        match = UPDATED.match(text.text)
        if match is not None and _opens_update(match, text.text):
            inside, date = True, find_date(text.text[:80])
        elif inside and _ends_update(block, text.text):
            inside, date = False, None
        elif inside and date is None and (len(text.text) < _SHORT_LINE or UPDATED.match(text.text[:_SHORT_LINE])):
            date = find_date(text.text)
        elif inside and date is None:
            date = find_date(text.text[:_SHORT_LINE])
        found = list(find_changes(text, date)) if len(text.text) > _SHORTEST_CHANGE else []
        found = [change for change in found if _is_of(change.of_treatment, label)]
        changes += found
        dates += [date] if inside and date else []
        dates += [change.date for change in found if change.date]
    return max(dates, default=None), changes


def _is_of(name: str | None, label: str | None) -> bool:
    """Say whether a change speaks of the page's treatment: it names none, or one that the label holds."""
    return name is None or label is None or name.casefold() in label.casefold()


def _opens_update(match: re.Match[str], text: str) -> bool:
    if match["early"] is not None:
        return find_date(match["early"]) is not None
    return (
        len(text) < _SHORT_LINE or find_date(match["rest"][:_SHORT_LINE]) is not None or bool(_GRADE_WORD.search(text))
    )


def _ends_update(block: Block, text: str) -> bool:
    known = GRADE.match(text) or _KEY.match(text) or PUBLISHED.match(text) or SHORT.match(text)
    return bool(known) or (block.kind == "heading" and not UPDATED.match(text) and find_date(text) is None)


def _treatment(document: Document, lines: list[tuple[Block, Text]]) -> str | None:
    """Give the page's main heading, else the page title without the site's name, else the first line before the grades."""
    headings = [
        b.text.text
        for b in document.blocks
        if b.kind == "heading" and b.region not in ("menu", "front") and b.level <= 2
    ]
    tops = [b.text.text for b in document.blocks if b.kind == "heading" and b.level == 1 and b.region != "menu"]
    page_title = document.front.title or ""
    for candidate in (*tops, re.split(r"\s+[-–—|»:]\s+", page_title)[0], *headings):
        name = _bare_name(candidate)
        if name:
            return name
    before = [t.text for b, t in lines if b.region != "menu"]
    at = next(
        (
            i
            for i, text in enumerate(before)
            if GRADE.match(text) or SHORT.match(text) or UPDATED.match(text) or _KEY.match(text)
        ),
        0,
    )
    return next((name for text in reversed(before[:at]) if len(text.split()) <= 8 and (name := _bare_name(text))), None)


def _bare_name(text: str) -> str | None:
    name = _NUMBER.sub("", text).strip(" :.–—-|")
    bad = re.match(
        r"(?:Key (?:Information|Facts)|Informaci[oó]n|Revisi[oó]n|Conclusi[oó]n|Updated?|Updates?|Published|Menu"
        r"|Home|Search|Reviews?|ALS\s?Untangled|Skip|Conclusion"
        r"|Grades?|About|Contact|Share|Languages?|Related|Comments?|All Reviews|Treatment)\b",
        name,
        re.IGNORECASE,
    )
    return None if not name or bad or GRADE.match(name) or len(name) > 120 else name


def _related(lines: list[tuple[Block, Text]]) -> Iterator[RelatedWork]:
    """Trial numbers, and links to articles by DOI or PubMed number, in the text (not in menus)."""
    seen: set[str] = set()
    for block, text in lines:
        if block.region == "menu":
            continue
        for registry in _TRIAL_ID.findall(text.text + " ".join(m.target for m in text.marks if m.kind == "link")):
            if registry not in seen:
                seen.add(registry)
                yield RelatedWork(role="trials", registry_id=registry, stated_in="page", place=_place(text))
        for mark in text.marks:
            doi = re.search(r"doi\.org/(10\.\d{4,9}/[^\s?#]+)", mark.target)
            pmid = re.search(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{5,9})", mark.target)
            identifier = doi or pmid
            if identifier and identifier[1] not in seen:
                seen.add(identifier[1])
                yield RelatedWork(
                    role="update",
                    title=text.text[mark.start : mark.end] or None,
                    doi=doi[1].lower() if doi else None,
                    pmid=pmid[1] if pmid and not doi else None,
                    stated_in="page",
                    place=_place(text),
                )
