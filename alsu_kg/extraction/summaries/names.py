"""What a page of the reviewers' website calls its treatment; which of its lines are names, and which are parts of the page."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.dates import whole_date
from alsu_kg.extraction.review_titles import NUMBERED, is_listing
from alsu_kg.extraction.summaries.grade_forms import GRADE, SHORT
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.lines import KEY, PUBLISHED, UPDATED, legend_of
from alsu_kg.model.document import Block, Document, Text

_LONGEST: Final = 120
_MOST_WORDS: Final = 12
_PARTS = re.compile(
    r"(?:Key (?:Information|Facts)|Informaci[oó]n|Revisi[oó]n|Conclusi[oó]n|Updated?|Updates?|Published|Menu"
    r"|Home|Search|Reviews?|ALS\s?Untangled|Skip|Conclusion|As of|Download|Click|You can|Read|Archives?|Posted"
    r"|(?:TOE\s+)?Grades?|Table of Evidence|About|Contact|Share|Languages?|Related|Comments?|All Reviews|Treatment|https?:"
    r"|www\.)(?:\b|(?<=:))",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\s+(?:[-–—|:»·]\s+ALS\s?Untangled\W*|<https?://\S*>)$", re.IGNORECASE
)  # what titles of pages and mails add
# "Title: Aspirin URL: …", "Review: Aspirin [published …]"
_PROPERTY = re.compile(
    r"(?:Title|Name|Treatment|Review)\s*:\s*(?P<name>\S.*?)(?=\s+(?:URL|Link|Date|Source|Author|Published|Tags?)\s*:|\s*[\[(]\s*published\b|$)",
    re.IGNORECASE,
)
# "ALSUntangled Review: Aspirin", "ALSUntangled – Aspirin"
_OF_GROUP = re.compile(
    r"ALS\s?Untangled(?:\s+(?:Review|Summary|Report))?\s*(?:\bof\s+|[:–—|-]\s+)(?=\S)", re.IGNORECASE
)
_CATEGORIES: Final = "|".join(names for _, names in CATEGORY_NAMES)
_CATEGORY = re.compile(rf"\W*(?:{_CATEGORIES})\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[a-z)\]”\"’'][.!?]$|[,;]$")
_TITLE_OF_PAGE = re.compile(r"(?:title:\s*)?(?P<name>[^|\n]{2,100}?)\s+[-–—|]\s+ALS\s?Untangled\b", re.IGNORECASE)
_FIRST_GRADE = re.compile(
    rf"(?P<name>[^|;:]{{2,80}}?)\s*[|;:–—-]\s+(?:TOE\s+)?(?:{_CATEGORIES})(?:\s+Grade)?\s?[:=–—-]\s?[ABCDFU]\b",
    re.IGNORECASE,
)
_PART_ALONE = re.compile(r"\W*(?:Updated Review|Key Information)\W*", re.IGNORECASE)
_FIRST: Final = 3
_MOST_WORDS_OF_LINE: Final = 8
# Names of files and last parts of addresses that name no treatment.
_NO_SLUGS: Final = frozenset(
    ["index", "page", "pages", "review", "reviews", "document", "summary", "text", "file", "download", "html", "home", "stdin"]
)  # fmt: skip


def review_number(lines: Sequence[tuple[Block, Text]]) -> int | None:
    """Give the number of the review that one of the first lines names.

    >>> review_number([(Block("paragraph", Text("x")), Text("ALSUntangled No. 26: Lunasin"))])
    26
    """
    return next((int(m["number"]) for _, text in lines[:40] if (m := NUMBERED.search(text.text))), None)


def bare_name(text: str) -> str | None:
    """Give the name that a heading or line is, without the number of the review; none for a part of the page or a sentence.

    >>> bare_name("ALSUntangled 26: Lunasin"), bare_name("Key Information"), bare_name("As of July 2023 nothing is new")
    ('Lunasin', None, None)
    >>> bare_name("ALSUntangled Review: Lunasin"), bare_name("Trials")
    ('Lunasin', None)
    """
    property_ = _PROPERTY.match(text)
    name = _OF_GROUP.sub("", _SITE.sub("", property_["name"] if property_ else text), count=1)
    name = NUMBERED.sub("", name).strip(" :.–—-|*_#")
    if not name or len(name) > _LONGEST or len(name.split()) > _MOST_WORDS or _SENTENCE_END.search(text.strip()):
        return None
    known = _PARTS.match(name) or GRADE.match(name) or SHORT.match(name) or UPDATED.match(name) or PUBLISHED.match(name)
    return None if known or _CATEGORY.fullmatch(name) or legend_of(name) or whole_date(name) else name


def treatment_name(document: Document, lines: Sequence[tuple[Block, Text]]) -> str | None:
    """Give the page's main heading, else the page title without the site's name, else the first line before the grades.

    Where the page title has the main heading and another one over the grades, the latter is the name: the former is that of a blog.

    A page that says none of these is named by its address or file, where its own text has those words.

    >>> page = Document("green-tea.txt", "text", "", "", (Block("paragraph", Text("Green tea has not been tried.")),))
    >>> treatment_name(page, [(block, block.text) for block in page.blocks])
    'Green tea'
    """
    at = _first_part(lines)
    above = [block.text.text for block, _ in reversed(lines[:at]) if block.kind == "heading"]
    headings = [
        b.text.text
        for b in document.blocks
        if b.kind == "heading"
        and b.region not in ("menu", "front")
        and b.level <= 2
        and document.form not in ("text", "pdf")
    ]
    tops = [b.text.text for b in document.blocks if b.kind == "heading" and b.level == 1 and b.region != "menu"]
    page_title = re.split(r"\s+[-–—|»:]\s+", document.front.title or _title_of_text(document) or "")[0]
    if any(is_listing(title) for title in (*tops, page_title)):
        return None
    titles = re.split(r"\s+[-–—|»]\s+|:\s+", document.front.title or "")
    named = [name for name in above if name in titles and bare_name(name)] if tops and tops[0] in titles else []
    for candidate in (*named[:1], *tops, page_title, *above, *headings):
        if name := bare_name(candidate):
            return name
    before = [text.text for block, text in lines[:at] if block.kind != "table"] or [text.text for _, text in lines[:at]]
    short = (name for text in reversed(before) if len(text.split()) <= 8 and (name := bare_name(text)))
    return next(short, None) or _before_grades(lines) or _line_above_parts(document) or _name_of_file(document, lines)


def _before_grades(lines: Sequence[tuple[Block, Text]]) -> str | None:
    """Give what stands in front of the first grade of a line that has several: ``Aspirin | Mechanism Grade: B; Cases Grade: U``.

    >>> line = Text("Aspirin | Mechanism Grade: B; Cases Grade: U")
    >>> _before_grades([(Block("paragraph", line), line)])
    'Aspirin'
    """
    for _, text in lines:
        found = _FIRST_GRADE.match(text.text)
        if found is not None:
            return bare_name(found["name"]) if len(found["name"].split()) <= _MOST_WORDS_OF_LINE else None
    return None


def _title_of_text(document: Document) -> str | None:
    """Give the title of a page that is at hand as text: one of its first lines starts with a name and that of the website."""
    if document.form not in ("text", "pdf"):
        return None
    starts = (_TITLE_OF_PAGE.match(block.text.text) for block in document.blocks[:_FIRST])
    return next((match["name"] for match in starts if match), None)


def _line_above_parts(document: Document) -> str | None:
    r"""Give the line of a text that stands above its first update or the key information, where the reader joined it to others.

    >>> _line_above_parts(Document("a.txt", "text", "Home\nGreen tea\nUpdated Review\nPublished: May 2021", "", ()))
    'Green tea'
    """
    if document.form != "text":
        return None
    raw = [line.strip() for line in document.raw.splitlines() if line.strip()]
    at = next((i for i, line in enumerate(raw) if _PART_ALONE.fullmatch(line)), 0)
    return bare_name(raw[at - 1]) if at and len(raw[at - 1].split()) <= _MOST_WORDS_OF_LINE else None


def _first_part(lines: Sequence[tuple[Block, Text]]) -> int:
    """Give the position of the first line that opens a part of the page: an update, the key information, a grade."""
    return next(
        (
            i
            for i, (block, text) in enumerate(lines)
            if block.region != "menu"
            and (GRADE.match(text.text) or SHORT.match(text.text) or UPDATED.match(text.text) or KEY.match(text.text))
        ),
        min((item.at for item in graded_lines(list(lines))), default=0),
    )


def _name_of_file(document: Document, lines: Sequence[tuple[Block, Text]]) -> str | None:
    """Give the words of the address or the file name as the page's own text prints them."""
    address = unquote(urlsplit(document.front.url or "").path).rstrip("/").rsplit("/", 1)[-1]
    for slug in (address, document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]):
        words = [word for word in re.split(r"[\W_]+", slug) if word]
        if not words or len("".join(words)) < 3 or set(words) <= _NO_SLUGS or not re.search(r"[A-Za-z]", slug):
            continue
        in_a_row = r"[\s/-]+".join(re.escape(word) for word in words)
        printed = re.compile(rf"(?<!\w){in_a_row}(?!\w)", re.IGNORECASE)
        for _, text in lines:
            if found := printed.search(text.text):
                return found[0][0].upper() + found[0][1:]
    return None
