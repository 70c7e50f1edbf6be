"""Lines of a printed list of references: what they look like where a reference starts, ends, or goes on."""

import re
from typing import Final

_PARTICLES = r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ten|ter)\s+)"
_AUTHOR_FIRST = re.compile(
    rf"{_PARTICLES}{{0,3}}[A-ZÀ-ÞŁŚŞ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?"
    r"(?:,?\s+(?:[A-Z]\.?[\s-]?){1,4}(?:[.,;:&(]|and\b|et\b|$)|,\s+[A-Z]|[A-Z]{1,3},)"
    r"|(?:[A-Z]\.[\s-]?){1,3}\s?[A-ZÀ-Þ][\w’'-]+(?:,|\s+(?:and|&)\s)"
)
_ENDED = re.compile(r"(?:\d|\.|/|\))\s*\.?$")
_NAME_GOES_ON = re.compile(r"(?:\bet al|\b[A-Z])\.$")
_OPEN = re.compile(r"(?:[,;:&(–-]|\band)$")
_ADDRESS = re.compile(r"/\S*\w$")
_SIGNS: Final = 2  # of three
_GOES_ON = re.compile(
    r"(?i:doi\b|https?:|www\.|10\.\d{4}|PMC?ID\b|PMC\d|(?:Available|Accessed|Retrieved|Epub)\b|pp?\.|\d+\s?[–-]\s?\d|\((?!\d{1,3}\)))"
    rf"|(?!{_PARTICLES})[a-zß-ÿ]"
)

# What publishers' pages print below a reference list.
ENDS_REFERENCES: Final = re.compile(
    r"(?:Related (?:research|articles?|content|reading)|People also read|Recommended (?:articles|reading)|Cited by(?: \d+)?"
    r"|Citing articles?.{0,30}|Additional information|Information for|Supplement(?:al|ary) (?:data|materials?)"
    r"|Article metrics.{0,30}|Download (?:PDF|citation)|Reprints(?: (?:and|&) .{0,40})?|Author information"
    r"|About the authors?|Notes on contributors?"
    r"|Figures (?:and|&) (?:data|tables))",
    re.IGNORECASE,
)


def starts_with_author(line: str) -> bool:
    """Say whether a line starts with the name and the initials of an author.

    >>> starts_with_author("van der Ay, B. C., D"), starts_with_author("B. C. Ay and D. Eff, One"), starts_with_author("The cells")
    (True, True, False)
    """
    return _AUTHOR_FIRST.match(line) is not None


def ends_reference(line: str) -> bool:
    """Say whether a reference may end with a line: not after initials.

    >>> ends_reference("Cell. 2001;2:3."), ends_reference("Ay B, Cee D, et al."), ends_reference("Of the cells")
    (True, False, False)
    """
    return _ENDED.search(line) is not None and _NAME_GOES_ON.search(line) is None


def goes_on_with_reference(line: str) -> bool:
    """Say whether a line can start no reference: an address, a date of access, pages, small letters.

    >>> [goes_on_with_reference(line) for line in ("doi:10.1000/1", "12–19.", "of cells", "de Ay B. One", "12. Ay B", "Ay B. One")]
    [True, True, True, False, False, False]
    """
    return _GOES_ON.match(line) is not None


def is_new_reference(before: str, line: str, *, short: bool) -> bool:
    """Say whether ``line`` starts a reference: two of three signs tell, that the line ``before`` is ``short``, how each looks.

    >>> is_new_reference("Cell. 2001;2:3.", "Cee D. One", short=False), is_new_reference("Of cells", "Cell. 2001;2:3.", short=True)
    (True, False)
    >>> is_new_reference("Ay B, Dee E,", "Cee D. One", short=True), is_new_reference("Cell. 2001;2:3.", "doi:10.1000/1", short=True)
    (False, False)
    """
    if _OPEN.search(before) or goes_on_with_reference(line):
        return False
    return (
        sum((short, ends_reference(before) or _ADDRESS.search(before) is not None, starts_with_author(line))) >= _SIGNS
    )
