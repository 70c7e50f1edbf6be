"""Numbers, doses, times and lists as reviews print them."""

import re
from typing import Final

from alsu_kg.model.review import Dose, Quantity, Range

_SMALL: Final = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: n * 10
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
NUMBER: Final = (
    r"(?=[0-9tfseonzTFSEONZ])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|(?:"
    + "|".join(_TENS)
    + r")(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:"
    + "|".join(sorted(_SMALL, key=len, reverse=True))
    + r"))"
)
_UNIT = (
    r"(?:mg/kg|g/kg|mcg/kg|µg/kg|μg/kg|mg|mcg|µg|μg|g|grams?"
    r"|milligrams?|kg|IU|U|units?|mL|ml|milliliters?|mmol|mM|million cells|cells|capsules?|tablets?|drops?|%)"
)
_PER = (
    r"(?:\s*(?:/|per|a|an|each|every)\s*(?P<per>day|week|month|year|dose|hour|night|kg|session|infusion)"
    r"|\s*(?P<adverb>(?:(?:once|twice|three times|four times)[ -](?:a[ -]|per[ -])?(?:daily|day|week(?:ly)?|month(?:ly)?)"
    r"|daily|weekly|monthly|nightly|every other day|bid|tid|qd|b\.i\.d\.?|t\.i\.d\.?)))?"
)
DOSE: Final = re.compile(
    rf"(?<![\w.$€£-])(?P<amount>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?:[-–]\s*\d+(?:\.\d+)?\s*)?(?P<unit>{_UNIT})(?!"
    rf"[A-Za-z]){_PER}"
)
_TIME = r"(?P<unit>day|week|month|year|hour)s?"
DURATION: Final = re.compile(
    rf"\b(?:for|over|during|lasting|of)\s+(?:a total of |up to |about |the first )?(?P<amount>{NUMBER}"
    rf"|an?)[\s-]+{_TIME}\b",
    re.IGNORECASE,
)
FOLLOW_UP: Final = re.compile(
    rf"follow(?:ed)?[\s-]?up\s+(?:periods?\s+)?(?:was\s+|were\s+|of\s+|for\s+|ranging\s+|ranged\s+"
    rf"|varied\s+)*(?:from\s+|between\s+)?(?P<low>{NUMBER})\s*(?:to|[-–]|and)\s*(?P<high>{NUMBER})\s+{_TIME}",
    re.IGNORECASE,
)


_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LISTED = re.compile(r",|;|\band\b|\bas well as\b|\bplus\b|&")
_VITAMIN = re.compile(r"vitamins?\s+(\S{1,4})", re.IGNORECASE)
_LETTER = re.compile(r"[A-Z]\d{0,2}")


def number_of(word: str) -> float | None:
    """Give the number that ``word`` stands for.

    >>> number_of("Twenty-one"), number_of("1,200"), number_of("6.2"), number_of("few")
    (21.0, 1200.0, 6.2, None)
    """
    folded = word.strip().casefold().replace(",", "")
    if _DECIMAL.fullmatch(folded):
        return float(folded)
    if folded in ("a", "an"):
        return 1.0
    tens, _, rest = folded.replace("-", " ").partition(" ")
    if tens in _TENS:
        return float(_TENS[tens] + _SMALL.get(rest, 0))
    return float(_SMALL[folded]) if folded in _SMALL else None


def dose_of(match: re.Match[str]) -> Dose:
    """Give the dose of a match of ``DOSE``.

    >>> [dose_of(m) for m in DOSE.finditer("2mg/kg/day of it, or 50 mg twice daily")]
    [Dose(amount=2.0, unit='mg/kg', per='day'), Dose(amount=50.0, unit='mg', per='twice daily')]
    """
    per = match["per"] or match["adverb"]
    if per is not None and per.casefold() in ("daily", "qd", "weekly", "monthly"):
        per = {"daily": "day", "qd": "day", "weekly": "week", "monthly": "month"}[per.casefold()]
    return Dose(amount=float(match["amount"].replace(",", "")), unit=match["unit"], per=per)


def duration_in(text: str) -> Quantity | None:
    """Give the first stretch of time that something lasted.

    >>> duration_in("treated for three weeks"), duration_in("for a year")
    (Quantity(amount=3.0, unit='week'), Quantity(amount=1.0, unit='year'))
    """
    match = DURATION.search(text)
    amount = number_of(match["amount"]) if match else None
    return Quantity(amount=amount, unit=match["unit"].lower()) if match and amount is not None else None


def follow_up_in(text: str) -> Range | None:
    """Give the range of follow-up times.

    >>> follow_up_in("over follow up periods ranging from 6.2 to 13 months")
    Range(low=6.2, high=13.0, unit='month')
    """
    match = FOLLOW_UP.search(text)
    return (
        Range(low=number_of(match["low"]), high=number_of(match["high"]), unit=match["unit"].lower()) if match else None
    )


def split_list(text: str) -> list[str]:
    """Split ``a, b and c``; ``vitamins A, B and E`` keep their noun.

    >>> split_list("riluzole, vitamins A, B and E, CBD oil and niagen")
    ['riluzole', 'vitamin A', 'vitamin B', 'vitamin E', 'CBD oil', 'niagen']
    """
    if "(" in text or "[" in text:
        text = _BRACKETED.sub("", text)
    parts = [part.strip(" .;:") for part in _LISTED.split(text)]
    items: list[str] = []
    vitamin = False
    for part in parts:
        if not part:
            continue
        started = _VITAMIN.fullmatch(part)
        vitamin = bool(started) or (vitamin and bool(_LETTER.fullmatch(part)))
        items.append(f"vitamin {started[1] if started else part}" if vitamin else part)
    return items
