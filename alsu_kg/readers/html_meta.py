"""What the head of a journal's page states for search engines: the date of publication and the authors."""

import re
from typing import Final

from alsu_kg.readers.markup import Node

_STATED_DATE = re.compile(r"((?:19|20)\d\d)(?:[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?)?")
_WORDED_DATE = re.compile(
    r"((?:19|20)\d\d)\s(?i:(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?:\s(0?[1-9]|[12]\d|3[01]))?"
)
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"


def stated_date(root: Node) -> str | None:
    """Give the date of publication that a journal's page states for search engines, as far as it is a date: 2024/02/14.

    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing

    >>> from alsu_kg.readers.html_tree import parse_html
    >>> stated_date(parse_html("<meta name='citation_date' content='2024/2/14'>"))
    '2024-02-14'
    """
    stated = {node.get("name").lower(): node.get("content") for node in root.iter("meta") if node.get("content")}
    for name in ("citation_online_date", "citation_publication_date", "citation_date"):
        if date := _STATED_DATE.fullmatch(stated.get(name, "").strip()):
            return "-".join(part.zfill(2) for part in date.groups() if part)
        if date := _WORDED_DATE.fullmatch(stated.get(name, "").strip()):
            month = _MONTHS.index(date[2].lower()) // 3 + 1
            return "-".join([date[1], f"{month:02}", *([date[3].zfill(2)] if date[3] else [])])
    return None


def stated_authors(root: Node) -> tuple[str, ...]:
    """Give the authors that a journal's page states for search engines, each with the family name last.

    >>> from alsu_kg.readers.html_tree import parse_html
    >>> stated_authors(parse_html("<meta name='citation_author' content='Ay, Bea'><meta name='citation_author' content='Cy Dee'>"))
    ('Bea Ay', 'Cy Dee')
    """
    found = [n.get("content").strip() for n in root.iter("meta") if n.get("name").lower() == "citation_author"]
    return tuple(" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in found if name)
