"""What kind of work a printed reference is: an article, a book or a part of one, a preprint, a page of the web."""

import re
from collections.abc import Mapping

from alsu_kg.extraction.references.tail import Tail
from alsu_kg.model.review import ReferenceKind

_ONLINE = re.compile(
    r"\[(?:online|internet|web\s?page|website)\]|\bavailable (?:at|from|online)\b|\baccessed\b|\bretrieved\b",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"\b(?:bio|med|chem|psy)Rxiv\b|\barXiv\b|\bpreprint\b|\bResearch Square\b", re.IGNORECASE)
BOOKISH = re.compile(
    r"\b(?:Press|Verlag|Springer|Elsevier|Wiley|Publish(?:ers|ing)|Books|Academic|McGraw|Butterworth"
    r"|Saunders|Mosby|Routledge|Sage|CRC|edn?\.|edition|[Ee]ds?\.)\b"
)


def is_preprint(printed: str, letters: str) -> bool:
    """Say whether a reference names a server of preprints; its small ``letters`` tell of most that they do not.

    >>> is_preprint("Ay B. One. bioRxiv. 2021.", "ay b. one. biorxiv. 2021."), is_preprint("Ay B. Cell", "ay b. cell")
    (True, False)
    """
    may_be = "reprint" in letters or ("x" in letters and "xiv" in letters) or ("q" in letters and "square" in letters)
    return may_be and _PREPRINT.search(printed) is not None


def kind_of(
    reference: tuple[str, str], container: str | None, tail: Tail | None, ids: Mapping[str, str], *, is_book: bool
) -> ReferenceKind:
    """Give the kind of a ``reference`` as printed, with its small letters, from what was read of it.

    >>> kind_of(("Ay B. One. Exampleton University; 2001. Thesis", ""), None, None, {}, is_book=False)
    'other'
    """
    printed, letters = reference
    if is_book:
        return "book-chapter" if container else "book"
    if is_preprint(printed, letters):
        return "preprint"
    if container is not None and tail is not None and (tail.volume or tail.first_page):
        return "book-chapter" if "In:" in printed and re.search(r"\bIn:\s", printed) else "article"
    if "url" in ids and (tail is None or _ONLINE.search(printed)):
        return "web-page"
    if re.search(r"\b(?:thesis|dissertation)\b", printed, re.IGNORECASE):
        return "other"
    if container is not None:
        return "book-chapter" if re.search(r"\bIn:\s|\b[Ee]ds?\.", printed) else "article"
    return "book" if BOOKISH.search(printed) else "unknown"
