"""Summary pages of the reviewers' website: dated grades, changes of grade, trial numbers and links."""

import re
from collections.abc import Iterator
from typing import Literal

from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.evidence_table import category_of
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import (
    Category,
    Grade,
    Place,
    RelatedWork,
    Review,
    ReviewRecord,
    Source,
    SourceFile,
    Treatment,
)

_GRADE = re.compile(
    r"^\W*(?P<category>Mechanisms?|Pre[\s‐-]?clinical(?:\s+(?:Trials?|Models?|Studies|Data))?|Cases?"
    r"|(?:Clinical\s+)?Trials?|Risks?)\s+Grade\s*[:–—-]?\s*[\"“‘']?(?P<letter>[ABCDFU](?:\s?/\s?[ABCDFU])?)?"
    r"[\"”’']?\W*$",
    re.IGNORECASE,
)
_LETTER_ONLY = re.compile(r"^\W*(?P<letter>[ABCDFU](?:\s?/\s?[ABCDFU])?)\W*$")
_PUBLISHED = re.compile(
    r"^\W*(?:Published|Publication date|Date published|Posted)\s*(?:on|in|:)?\s*(?P<date>.{4,40})$", re.IGNORECASE
)
_UPDATED = re.compile(
    r"^\W*(?:Updated Review|Review Update|Updated|Last updated|Update)\b\s*(?:on|in|:|[-–—(])?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"(?P<category>pre[\s‐-]?clinical(?:\s+\w+)?|mechanisms?|cases?|(?:clinical\s+)?trials?|risks?)\s+(?:TOE\s+)?g"
    r"rades?\b[^.;]{0,80}?\bfrom\s+(?:an?\s+)?[\"“‘']?(?P<old>[ABCDFU])[\"”’']?\s+to\s+(?:an?\s+)?[\"“‘']?(?P<new>"
    r"[ABCDFU])[\"”’']?(?![\w’'])"
    r"|grades?\s+(?:for|of|in)\s+(?:the\s+)?[\"“‘']?(?P<category2>pre[\s‐-]?clinical(?:\s+\w+)?"
    r"|mechanisms?|cases?|(?:clinical\s+)?trials?|risks?)\b[^.;]{0,80}?\bfrom\s+(?:an?\s+)?[\"“‘']?(?P<old2>"
    r"[ABCDFU])[\"”’']?\s+to\s+(?:an?\s+)?[\"“‘']?(?P<new2>[ABCDFU])[\"”’']?(?![\w’'])",
    re.IGNORECASE,
)
_TRIAL_ID = re.compile(r"\bNCT\d{8}\b")
_NUMBER = re.compile(r"ALS\s?Untangled\s*(?:(?:No|Number)\.?\s*|#\s*)?(?P<number>\d{1,3})\b", re.IGNORECASE)


def is_summary_page(document: Document) -> bool:
    r"""Say whether ``document`` is a summary page: at least three lines such as ``Mechanism Grade: B``.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = "Aspirin\n\nMechanism Grade: B\n\nCases Grade: U\n\nTrials Grade: D\n\nRisks Grade: C"
    >>> is_summary_page(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    True
    """
    if document.form == "jats":
        return False
    return len({category for category, _, _ in _graded(list(_lines(document)))}) >= 3


def _lines(document: Document) -> Iterator[tuple[Block, Text]]:
    for block in document.blocks:
        if block.kind == "table":
            for row in block.rows:
                for cell in row:
                    if cell.text:
                        yield block, cell
        elif block.text.text:
            yield block, block.text


def _graded(lines: list[tuple[Block, Text]]) -> list[tuple[Category, str, Text]]:
    """Lines that give a letter, or name a category right before a line that is a letter; several may stand in one line."""
    found: list[tuple[Category, str, Text]] = []
    for i, (_, text) in enumerate(lines):
        if "grade" not in text.text.casefold():
            continue
        for part in _split_grades(text):
            match = _GRADE.match(part.text)
            if match is None:
                continue
            letter = match["letter"]
            if letter is None and i + 1 < len(lines) and (alone := _LETTER_ONLY.match(lines[i + 1][1].text)):
                letter = alone["letter"]
            category = category_of(match["category"])
            if letter is not None and category is not None:
                found.append((category, re.sub(r"\s", "", letter).upper(), part))
    return found


def _split_grades(text: Text) -> list[Text]:
    if text.text.casefold().count("grade") < 2:
        return [text]
    starts = [
        m.start()
        for m in re.finditer(
            r"(?:Mechanisms?|Pre[\s‐-]?clinical(?:\s+\w+)?|(?<!Preclinical )(?<!Pre-clinical )(?<!Pre-Clinical )(?<!Clinic"
            r"al )(?:Clinical )?Trials?|Cases?|Risks?)\s+Grade\b",
            text.text,
        )
    ]
    if len(starts) < 2:
        return [text]
    return [text.cut(a, b).strip() for a, b in zip(starts, [*starts[1:], len(text.text)], strict=True)]


def read_summary_page(document: Document) -> ReviewRecord:
    r"""Read a summary page: the grades it shows now, and for each change the letter that was replaced and when.

    >>> from alsu_kg.readers.plain_text import read_plain_text
    >>> raw = ("Aspirin\n\nUpdated Review\n\nMay 2021\n\nWe change our TOE Cases grade from D to B.\n\nKey Information\n\n"
    ...        "Mechanism Grade: B\n\nCases Grade: B\n\nRisks Grade: C\n\nPublished: Nov 2016")
    >>> record = read_summary_page(Document("a.txt", "text", raw, "", read_plain_text(raw)))
    >>> [(g.category, g.letter, g.as_of, g.until) for g in record.grades if g.category == "cases"]
    [('cases', 'D', '2016-11', '2021-05'), ('cases', 'B', '2021-05', None)]
    """
    lines = list(_lines(document))
    published = next((d for _, t in lines if (m := _PUBLISHED.match(t.text)) and (d := find_date(m["date"]))), None)
    updated, update_texts = _update(lines)
    changes = {
        category: (old, new, text) for category, old, new, text in _changes(update_texts or [t for _, t in lines])
    }
    grades: list[Grade] = []
    for category, letter, text in _current(lines):
        grades += _assessments(category, letter, text, (changes.get(category), published, updated))
    label = _treatment(document, lines)
    number = next((int(m["number"]) for _, t in lines[:40] if (m := _NUMBER.search(t.text))), None)
    key = "-".join(re.findall(r"[a-z0-9]+", (label or document.name.rsplit(".", 1)[0]).casefold())) or "page"
    return ReviewRecord(
        record=key,
        sources=(
            Source(
                key="page",
                kind="review-page",
                url=_own_address(document),
                date=updated or published,
                title=label,
                sha256=document.sha256,
            ),
        ),
        review=Review(
            number=number,
            title=label,
            url=_own_address(document),
            published=published,
            updated=updated,
            source=SourceFile(file=document.name, sha256=document.sha256),
        ),
        treatment=Treatment(label=label) if label else None,
        grades=tuple(grades),
        related_works=tuple(_related(lines)),
    )


def _current(lines: list[tuple[Block, Text]]) -> list[tuple[Category, str, Text]]:
    """Take the first letter of each category; a legend of letters further down does not count."""
    seen: dict[Category, tuple[Category, str, Text]] = {}
    for item in _graded(lines):
        seen.setdefault(item[0], item)
    return list(seen.values())


def _assessments(
    category: Category, letter: str, text: Text, given: tuple[tuple[str, str, Text] | None, str | None, str | None]
) -> Iterator[Grade]:
    change, published, updated = given
    flags: tuple[Literal["combined-letter"], ...] = ("combined-letter",) if "/" in letter else ()
    if change is None:
        yield Grade(
            category=category, letter=letter, as_of=published, place=_place(text), stated_in="page", flags=flags
        )
        return
    old, new, said = change
    yield Grade(
        category=category,
        letter=old,
        as_of=published,
        until=updated,
        superseded=True,
        place=_place(said),
        stated_in="page",
        quote=said.text,
    )
    yield Grade(
        category=category,
        letter=new,
        as_of=updated,
        place=_place(said),
        stated_in="page",
        quote=said.text,
        flags=("update",),
    )
    if letter not in (old, new):
        yield Grade(category=category, letter=letter, place=_place(text), stated_in="page", flags=("low-confidence",))


def _place(text: Text) -> Place | None:
    if not text.segments:
        return None
    start, end = text.raw_span(0, len(text.text))
    return Place(start=start, end=end)


def _update(lines: list[tuple[Block, Text]]) -> tuple[str | None, list[Text]]:
    """Give the date of the update block and its lines: from its heading to the next known block."""
    for i, (_, text) in enumerate(lines):
        match = _UPDATED.match(text.text)
        if match is None or (len(text.text) > 400 and not find_date(match["rest"][:60])):
            continue
        body = [text]
        for _, following in lines[i + 1 : i + 40]:
            if (
                _GRADE.match(following.text)
                or re.match(r"\W*Key Information\b", following.text, re.IGNORECASE)
                or _PUBLISHED.match(following.text)
            ):
                break
            body.append(following)
        date = next((d for t in body if (d := find_date(t.text[:300]))), None)
        if date is not None or any(_CHANGE.search(t.text) for t in body):
            return date, body
    return None, []


def _changes(texts: list[Text]) -> Iterator[tuple[Category, str, str, Text]]:
    for text in texts:
        for match in _CHANGE.finditer(text.text):
            category = category_of(match["category"] or match["category2"])
            if category is not None:
                said = text.cut(match.start(), match.end())
                yield category, (match["old"] or match["old2"]).upper(), (match["new"] or match["new2"]).upper(), said


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
            if _GRADE.match(text) or _UPDATED.match(text) or re.match(r"\W*Key Information", text, re.IGNORECASE)
        ),
        0,
    )
    return next((name for text in reversed(before[:at]) if len(text.split()) <= 8 and (name := _bare_name(text))), None)


def _bare_name(text: str) -> str | None:
    name = _NUMBER.sub("", text).strip(" :.–—-|")
    bad = re.match(
        r"(?:Key Information|Updated?|Published|Menu|Home|Search|Reviews?|ALS\s?Untangled|Skip|Conclusion"
        r"|Grades?|About|Contact|Share|Languages?|Related|Comments?|All Reviews|Treatment)\b",
        name,
        re.IGNORECASE,
    )
    return None if not name or bad or _GRADE.match(name) or len(name) > 120 else name


def _own_address(document: Document) -> str | None:
    return document.front.url


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
