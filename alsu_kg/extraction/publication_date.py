"""When a review was published: after a word such as *published*, in a line of its own, or in the line by which it is cited."""

import re
from typing import Final

from alsu_kg.extraction.dates import find_date, whole_date
from alsu_kg.extraction.near import search_near
from alsu_kg.extraction.sections import Outline
from alsu_kg.model.document import Document
from alsu_kg.readers.headings import role_of

_PUBLISHED = re.compile(
    r"[PpFfVvDdAa](?=[UuIiEeAaVvOo][BbRrTtAaSs])(?i:(?<=p)ublished(?: online)?|(?<=p)osted on|(?<=p)ublication date"
    r"|(?<=f)irst published|(?<=v)ersion of record|(?<=a)vailable online|(?<=d)ate)\s*:?\s*(?P<date>[^.;\n]{4,40})"
)
_OF_DATES: Final = (
    "ublished",
    "UBLISHED",
    "osted on",
    "OSTED ON",
    "ublication",
    "UBLICATION",
    "ersion of",
    "ERSION OF",
    "lable online",
    "LABLE ONLINE",
    "date",
    "Date",
    "DATE",
)
_MOST_BEFORE_DATE: Final = 20  # characters of "First published"
_PROSE_DATE = re.compile(r"\W*(?:in|on|by|as|at|from|a|an|the|and|or|since|between|until|before|after)\b|\W*\(")
_NEAR_TITLE: Final = 5
_BEHIND_DATE = re.compile(r"\s*[,;·|•–—-]\s*(?:doi\b|https?:).*$", re.IGNORECASE | re.DOTALL)
_LONGEST_CITED: Final = 300
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_CITED_DATE = re.compile(
    rf"(?P<date>\b(?:(?:\d{{1,2}}\s+)?{_MONTH}\s+(?:19|20)\d\d|(?:19|20)\d\d\s+{_MONTH}(?:\s+\d{{1,2}})?))"
    r"(?:\s*[,;]\s*\d{1,3}\s*(?:\([\d–-]{1,7}\))?\s*:\s*[A-Z]?\d|:\d{1,4}[-–]\d)"
)
_STATED_FIRST = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
_GROUP_AHEAD = re.compile(r"(?:by\s+)?(?:the\s+)?ALS\s?Untangled\s+Group\s*[,;·|–—-]\s*", re.IGNORECASE)


def find_published(words: str) -> str | None:
    r"""Give the date of publication; within a line ``published in 2009`` is said of something else.

    >>> find_published("Available online at https://example.org.\nAvailable online 3 May 2021")
    '2021-05-03'
    >>> find_published("One, published in 2009, came first.\nPublished online: 20 Aug 2020")
    '2020-08-20'
    >>> find_published("Published in May 2016")
    '2016-05'
    """
    at = 0
    while match := search_near(_PUBLISHED, _OF_DATES, words, _MOST_BEFORE_DATE, at):
        at = match.end()
        starts = match.start() == 0 or words[match.start() - 1] == "\n"
        date = find_date(match["date"] if starts or not _PROSE_DATE.match(match["date"]) else "")
        if date is not None:
            return date
    return None


def bare_date(document: Document, outline: Outline) -> str | None:
    r"""Give the date that is a line of its own right below the title.

    >>> from alsu_kg.extraction.sections import outline
    >>> from alsu_kg.readers.markdown import read_markdown
    >>> raw = "# ALSUntangled 99: Aspirin\n\n3 May 2021\n\n# Risks\n\nNone."
    >>> document = Document("x.md", "markdown", raw, "", read_markdown(raw))
    >>> bare_date(document, outline(document))
    '2021-05-03'
    """
    start = next((i for i, block in enumerate(document.blocks) if block.text is outline.title), None)
    for block in document.blocks[start + 1 : start + 1 + _NEAR_TITLE] if start is not None else ():
        if block.kind == "heading" and role_of(block.text.text) != "other":
            return None
        if "doi" in block.text.text.lower() and (stated := _STATED_FIRST.match(block.text.text)):
            return stated[0]
        bare = _BEHIND_DATE.sub("", _GROUP_AHEAD.sub("", block.text.text))
        if date := whole_date(bare.split(" | ")[0]):
            return date
    return None


def cited_date(document: Document, outline: Outline) -> str | None:
    r"""Give the date that stands before volume and pages in the line by which the review is cited: ``2021 Sep 29;22(7-8):615``.

    >>> from alsu_kg.extraction.sections import outline
    >>> from alsu_kg.readers.markdown import read_markdown
    >>> raw = "# ALSUntangled 99: Aspirin\n\nJ Things. 2021 Sep 29;22(7-8):615-620.\n\n# Risks\n\nNone."
    >>> document = Document("x.md", "markdown", raw, "", read_markdown(raw))
    >>> cited_date(document, outline(document))
    '2021-09-29'
    """
    start = next((i for i, block in enumerate(document.blocks) if block.text is outline.title), len(document.blocks))
    for block in (*outline.front, *document.blocks[start + 1 : start + 1 + _NEAR_TITLE]):
        if ":" in block.text.text and (match := _CITED_DATE.search(block.text.text[:_LONGEST_CITED])):
            date = find_date(match["date"])
            return date if date is not None and len(date) > len("2021") else None
    return None
