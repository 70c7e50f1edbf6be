"""The sentence that says why a reference was linked, is ambiguous, or was left alone."""

import re
from typing import Final

from alsu_kg.linking.printed_identifiers import find_url
from alsu_kg.model.candidate import ScoredCandidate
from alsu_kg.model.reference import Reference

_FIELDS: Final = (
    ("title", ("title_in_order", "title_letters", "title_any_order")),
    ("first author", ("first_author",)),
    ("year", ("year",)),
    ("container", ("container",)),
    ("volume", ("volume",)),
    ("first page", ("page",)),
)
_AGREES: Final = 0.75
_BOOK: Final = re.compile(
    r"\b[A-Z][\w .]{2,30}(?: \([A-Z]{2}\))?: [A-Z][^.;:]{3,80}[;,] ?(?:19|20)\d\d"
    r"|\bISBN\b|\((?:eds?|Hrsg)\.?\)|\b[Ii]n: .{0,200}\beds?\b"
)
_JOURNAL: Final = re.compile(r"\d{1,4} ?(?:\(\d{1,4}\))? ?: ?[A-Za-z]?\d+")
"""A volume with a page: the mark of a journal article, whose address may be printed too."""


def agreeing_fields(scored: ScoredCandidate) -> list[str]:
    """Give the fields of the record that stand in the reference."""
    return [name for name, keys in _FIELDS if max(scored.evidence.get(key, 0.0) for key in keys) >= _AGREES]


def disagreeing_fields(scored: ScoredCandidate) -> list[str]:
    """Give the fields of the record that the reference contradicts or lacks."""
    found = [name for name, keys in _FIELDS[1:] if scored.evidence.get(keys[0], 0.0) < 0]
    title = max(scored.evidence.get(key, 0.0) for key in _FIELDS[0][1])
    return (["title"] if title < _AGREES else []) + found


def linked_reason(best: ScoredCandidate) -> str:
    """Say what agrees, and what does not."""
    agree = ", ".join(agreeing_fields(best)) or "the text"
    differ = ", ".join(disagreeing_fields(best))
    return f"{agree} agree" + (f"; {differ} not found or different" if differ else "")


def ambiguous_reason(best: ScoredCandidate, rival: ScoredCandidate | None) -> str:
    """Say what leaves the doubt."""
    if rival is not None:
        return f"two works fit about as well: {best.candidate.id} and {rival.candidate.id}"
    differ = ", ".join(disagreeing_fields(best)) or "too little to tell"
    return f"the best candidate is likely but not sure: {differ} not found or different"


def too_little_reason(best: ScoredCandidate) -> str:
    """Say that what agrees is shared with other works."""
    agree = ", ".join(agreeing_fields(best)) or "little"
    return f"{agree} agree, but no title, author or first page: other works share that"


def unlinked_reason(reference: Reference, best: ScoredCandidate | None) -> str:
    """Say what kind of thing it is, or how the best candidate differs.

    >>> unlinked_reason(Reference(id="1", unstructured="Drugs.com. https://www.drugs.com/x"), None)
    'a web page (https://www.drugs.com/x): no record of a work'
    >>> unlinked_reason(Reference(id="1", unstructured="  "), None)
    'the reference is empty'
    """
    text = reference.text.strip()
    if not text:
        return "the reference is empty"
    if _BOOK.search(text) or reference.kind in ("book", "book-chapter", "chapter"):
        return "a book or a chapter of one: no record of it in the index"
    url = reference.url or find_url(text)
    if url and not _JOURNAL.search(text):
        return f"a web page ({url}): no record of a work"
    if best is None:
        return "no record in the index shares rare words or numbers with it"
    differ = ", ".join(disagreeing_fields(best)) or "too little in common"
    return f"no record fits; the nearest ({best.candidate.id}) differs: {differ}"
