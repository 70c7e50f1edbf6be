"""How lines of a summary page give a category its letter: the forms, which lines and tables share."""

import re
from typing import Final, NamedTuple

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.model.document import Text
from alsu_kg.model.review import Category

ENOUGH: Final = 3
LONGEST_LINE: Final = 400
NAMES: Final = "|".join(names for _, names in CATEGORY_NAMES)
LETTER = r"(?:\[\d{1,3}\])?[\"“‘'(\[]?(?P<letter>[ABCDFU](?:\s?/\s?[ABCDFU])?)(?P<sign>[+–-]?)[\"”’')\]]?"
_WORD = r"(?:TOE\s+|evidence\s+)?(?:grade|calificaci[oó]n|not[ae]|gra[ud]o?|bewertung)"
_BETWEEN = r"(?:for|of|für|de(?:l(?:l[ao]|le)?|i|gli|s|\s+los|\s+las|\s+la)?|d[oau]s?)"
# "Mechanism Grade: B", "Grade for Mechanism – B", "Calificación de Mecanismo: B"; with the letter in the next line, none here.
GRADE = re.compile(
    rf"^\W*(?:What\s+is\s+(?:the|its|our)\s+)?(?:What\s+(?:TOE\s+)?grade\s[^?]{{3,60}}?\s(?:for|in|on)\s+(?:the\s+)?(?P<category3>{NAMES})"
    rf"(?=\s*\?)|(?:TOE\s+(?!.*\())?(?P<category>{NAMES})\s+{_WORD}|{_WORD}s?\s+(?:{_BETWEEN}\s+)?(?:the\s+)?"
    rf"(?P<category2>{NAMES}))\s*"
    rf"(?:::|[:=|,–—-]|(?:is|of)\b|\.{{2,}}|…+)?[*_]{{0,2}}\s*(?:(?:grade\s*)?{LETTER}(?:\s*\([^()]{{1,80}}\))?)?\W*$"
    rf"|^\W*(?P<category4>{NAMES})\s*[:–—-]\s[^()]{{2,120}}\((?:TOE\s+)?grade\s*:?\s*(?P<first>[ABCDFU])\)\W*$",
    re.IGNORECASE,
)
NAME_ALONE = re.compile(rf"^\W*(?P<category>{NAMES})\W*$", re.IGNORECASE)
NAME_IN_HEAD = re.compile(rf"^\W*(?P<category>{NAMES})(?:\s+grade)?\W*$", re.IGNORECASE)
# "Mechanism: B", which counts only where several such lines stand together.
# In "MechanismB" and "Mechanism B" the letter stood in a mark of its own; "B – Mechanism" and "B Mechanism" have it first.
SHORT = re.compile(
    rf"^\W*(?P<category>{NAMES})(?:\s*(?:::|[:=–—-]|\.{{2,}}|…+)\s*(?:grade\s+)?|\s?(?-i:(?=[ABCDFU]))|\s*,\s){LETTER}(?:\s*\([^()]{{1,80}}\))?\W*$"
    rf"|^\W*(?P<first>(?-i:[ABCDFU]))(?:[\])]?\s*[:=–—-]\s*|[\])]?\s+(?=(?-i:[A-Z])))(?P<category2>{NAMES})(?:\s+grade)?\W*$",
    re.IGNORECASE,
)
LETTER_ONLY = re.compile(
    rf"^\W*(?i:grade\s*:?\s*)?{LETTER}(?:\s*(?i:grade)\b)?\W*(?:\d{{1,3}}\s?%)?$"
)  # beside a bar may stand its length


class Graded(NamedTuple):
    """A line (its position) that gives a category its letter; ``date`` where a table says since when it has it."""

    category: Category
    letter: str
    text: Text
    at: int
    date: str | None = None


def category_in(match: re.Match[str]) -> Category | None:
    """Give the category that a match names in its group ``category`` (or ``category2``).

    >>> match = SHORT.match("Cases: B")
    >>> match and category_in(match)
    'cases'
    """
    groups = match.groupdict()
    named = (
        groups.get("category") or groups.get("category2") or groups.get("category3") or groups.get("category4") or ""
    )
    return next(
        (category for category, names in CATEGORY_NAMES if re.fullmatch(names, named.strip(), re.IGNORECASE)), None
    )
