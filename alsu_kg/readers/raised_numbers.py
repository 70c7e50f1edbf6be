"""Raised numbers: which cite, and which are powers of the number before them."""

import re
from typing import Final

SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBERS = re.compile(r"[\d,\s–-]*\d")
_POWER = re.compile(
    r"(?:^|[^\w.,$£€-]|\dx)(?:\d|10)$"
)  # what has one: a digit or ten, not the end of a name, a measure, a price or a year


def is_citing(raised: str, before: str) -> bool:
    """Say whether raised characters look like reference numbers rather than a power: numbers not after a digit or ten alone.

    >>> is_citing("3,4", "."), is_citing("6", "× 10"), is_citing("2+", "a")
    (True, False, False)
    >>> is_citing("3", " 2"), is_citing("23", "36"), is_citing("12", "IL-1"), is_citing("5", "1990")
    (False, True, True, True)
    """
    bare = raised.strip()
    return not has_powers(before) and bare[:1].isdigit() and _NUMBERS.fullmatch(bare) is not None


def has_powers(before: str) -> bool:
    """Say whether a text ends with a number that is printed with powers: a digit or ten that stands alone.

    >>> has_powers("2 × 10"), has_powers("a score of 38"), has_powers("IL-6"), has_powers("for $5")
    (True, False, False, False)
    """
    return _POWER.search(before) is not None
