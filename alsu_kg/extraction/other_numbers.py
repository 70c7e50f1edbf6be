"""Numbers in brackets, or raised, that cite nothing: powers, parts of a sentence, intervals, measures of a test."""

import re

from alsu_kg.readers.raised_numbers import has_powers

_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{1,3})?)\s?%?\s?$")
_LETTER_NEXT = re.compile(r"\s+[A-Za-z]")
_UNIT = re.compile(r"(?<![’'])\b(?:[kcm]?m|s|g)$")
_NAME_WITH_NUMBER = re.compile(r"[A-Z][A-Za-z-]*\d{1,3}[A-Za-z]?\d{0,3}$")  # CYP3A4 has no powers
# "F[1,12] = 8.4": the letter of a measure, or what it is, beside the bracket.
_MEASURE_BEFORE = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]|\b(?:intervals?|ranges?|domain)(?:\s+(?:of|from))?\s)$")
_MEASURE_AFTER = re.compile(
    r"\s*[=<>≤≥≈]|\s?(?:[mcnkµμ]?m|[mµμnk]?g|[mµμ]?[lL]|[mn]?s|k?Hz|K|°C?|%|degrees?|years?|days?|weeks?|months?|hours?)(?![A-Za-z])"
)


def is_power(text: str, start: int, end: int) -> bool:
    """Say whether raised numbers are a power: of a number, or of a unit.

    >>> is_power("106 cells", 2, 3), is_power("in 20153", 7, 8), is_power("mice3", 4, 5), is_power("by CYP3A48", 9, 10)
    (True, False, False, False)
    >>> is_power("at 38 8.", 6, 7), is_power("5 cm2", 4, 5), is_power("of IL-6 3", 8, 9)
    (False, True, False)
    """
    before = text[max(0, start - 12) : start].rstrip()
    if _NAME_WITH_NUMBER.search(before):
        return False
    return has_powers(before) or _UNIT.search(before) is not None or text[start:end].startswith("-")


def is_enumeration(text: str, match: re.Match[str]) -> bool:
    r"""Say whether ``(1)`` counts the parts of a sentence, as in ``first, (1) this and (2) that``.

    >>> is_enumeration("It does (1) this, (2) that.", re.compile(r"\((?P<n>2)\)").search("It does (1) this, (2) that."))
    True
    """
    end = match.end()
    if not text[end : end + 1].isspace() or not match["n"].isdigit() or not _LETTER_NEXT.match(text, end):
        return False
    start = match.start()
    before = text[:start].rstrip()
    if before and before[-1] not in ":;," and not before.endswith((" and", " or")):
        return False
    number = int(match["n"])
    return text.find(f"({number + 1})", end, end + 600) >= 0 or text.find(f"({number - 1})", 0, start) >= 0


def is_interval(text: str, match: re.Match[str]) -> bool:
    r"""Say whether ``(8–12)`` is the interval around a number, as in ``10% (8–12)``, or an issue, as in ``25(1-2):1-6``.

    >>> is_interval("a mean of 10 (8–12)", re.compile(r"\((?P<n>8–12)\)").search("a mean of 10 (8–12)"))
    True
    """
    printed = match["n"]
    start, end = match.span()
    if text[end : end + 1] == ":" and text[start - 1 : start].isdigit():
        return True
    if printed.isdigit():
        return False
    counted = _COUNTED.search(text, max(0, start - 12), start)
    if counted is None:
        return False
    ends = [int(n) for n in _NUMBER.findall(printed)]
    return len(ends) == 2 and ends[0] <= float(counted[1]) <= ends[1]


def is_measure(text: str, match: re.Match[str]) -> bool:
    r"""Say whether several numbers in a bracket are degrees of freedom or the ends of a range, as the words beside them tell.

    >>> bracket = re.compile(r"\[(?P<n>[\d, ]+)\]")
    >>> texts = ("F[1,12] = 8", "on the interval [10, 20]", "at [10, 20] mm", "mice [1,2]")
    >>> [is_measure(text, bracket.search(text)) for text in texts]
    [True, True, True, False]
    """
    start, end = match.span()
    return not match["n"].isdigit() and bool(
        (text[max(0, start - 1) : start] == "[" and re.match(r"\](?!\()", text[end : end + 2]))  # [[7,1,3]], a code
        or _MEASURE_BEFORE.search(text, max(0, start - 20), start)
        or _MEASURE_AFTER.match(text, end)
    )
