"""Names of parts with their letter: ``Cases — Grade F`` as a heading, ``Cases = F`` as a line of a list."""

import re
from typing import Final

LETTERS: Final = frozenset("ABCDFU")
_CLOSING: Final = " )]\"”’'*_#"
_GRADE_BEHIND = re.compile(
    r"\s*(?:[(\[:=,–—-]\s*(?i:(?:TOE\s+)?grade)|(?i:(?:TOE\s+)?grade)\s*[:=–—-])\s*[:=–—-]?\s*[\"“‘']?[A-DFU][\"”’']?\s*[)\]]?$"
)
_LETTER_BEHIND = re.compile(r"(?P<name>[^=:–—]{3,30}?)\s?[=:–—]\s?[\"“‘']?[A-DFU][\"”’']?")


def without_grade(heading: str) -> str:
    """Give a heading without the grade behind it.

    >>> without_grade("Cases — Grade F"), without_grade("Risks (TOE grade: C)"), without_grade("Vitamin B")
    ('Cases', 'Risks', 'Vitamin B')
    """
    if heading.rstrip(_CLOSING)[-1:] not in LETTERS:
        return heading
    return _GRADE_BEHIND.sub("", heading.rstrip(" *_#"))


def name_with_letter(line: str) -> str | None:
    """Give what a line gives a letter, if it does so.

    >>> name_with_letter("Cases = D"), name_with_letter("Cases: D."), name_with_letter("Cases")
    ('Cases', None, None)
    """
    match = _LETTER_BEHIND.fullmatch(line) if line.rstrip(_CLOSING)[-1:] in LETTERS else None
    return match["name"] if match else None
