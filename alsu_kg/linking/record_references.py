"""References of a review record as the linker takes them, and the key under which each is known everywhere."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from alsu_kg.model.reference import Reference
from alsu_kg.model.review import Reference as PrintedReference
from alsu_kg.model.review import ReviewRecord

_LONGEST_INITIALS: Final = 4
_GLUED_YEAR: Final = re.compile(r"[A-Za-z](?:19|20)\d\d[A-Z]")


def reference_key(record: str, number: int) -> str:
    """Give the key of a reference: what stands after ``…/id/reference/`` in its IRI.

    >>> reference_key("azathioprine", 13)
    'azathioprine/13'
    """
    return f"{record}/{number}"


def references_of(record: ReviewRecord) -> list[Reference]:
    """Give the reference list of a record for the linker, in order."""
    return [printed_reference(record.record, printed) for printed in record.references]


def printed_reference(record: str, printed: PrintedReference) -> Reference:
    """Give a reference for the linker: the printed string where it is known, else its fields; identifiers with both.

    A tagged reference without a printed form (JATS ``element-citation``) gives its fields: its text is values without spaces.

    >>> printed = PrintedReference(number=2, authors=("Liu T",), year=2017, container="Nature", volume="2")
    >>> printed_reference("x", printed).text
    'Liu T Nature 2017 2'
    """
    key = reference_key(record, printed.number)
    if printed.raw and not _is_glued(printed.raw, printed.authors):
        bare = Reference(id=key, unstructured=printed.raw, kind=printed.kind)
    else:
        bare = _tagged(key, printed)
    return msgspec.structs.replace(bare, doi=printed.doi or "", pmid=printed.pmid or "", url=printed.url or "")


def _tagged(key: str, printed: PrintedReference) -> Reference:
    return Reference(
        id=key,
        title=printed.title or "",
        container=printed.container or "",
        year=str(printed.year or ""),
        volume=printed.volume or "",
        issue=printed.issue or "",
        first_page=printed.first_page or "",
        authors=tuple(_names(printed.authors)),
        kind=printed.kind,
    )


def _is_glued(raw: str, authors: Iterable[str]) -> bool:
    first = next(iter(authors), "")
    return bool(_GLUED_YEAR.search(raw)) or (" " in first and first.replace(" ", "") in raw)


def _names(authors: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Split "Liu T" and "Liu, Ting" into family and given name; a name that is neither stays whole."""
    for author in authors:
        family, comma, given = author.partition(",")
        if not comma:
            family, _, given = author.rpartition(" ")
            if not family or len(given) > _LONGEST_INITIALS or not given.isupper():
                family, given = author, ""
        yield family.strip(), given.strip()
