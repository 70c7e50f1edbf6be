"""Numbers, doses, times and lists as reviews print them."""

import re
from types import MappingProxyType
from typing import Final

from alsu_kg.extraction.near import after_gap, by_first_letter
from alsu_kg.extraction.stems import tree_pattern
from alsu_kg.model.review import Dose, Quantity, Range

_SMALL_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_SMALL: Final = MappingProxyType({word: n for n, word in enumerate(_SMALL_WORDS.split())})
_TENS: Final = MappingProxyType(
    {
        word: n * 10
        for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
    }
)
_DIGITS: Final = tree_pattern(list(_SMALL)[1:10], any_case=True)
_BELOW_HUNDRED: Final = (
    f"(?:{tree_pattern(_TENS, any_case=True)}(?:[- ]{_DIGITS})?|{tree_pattern(_SMALL, any_case=True)})"
)
# What every number starts with: few words that start with one of its letters go on with it. The ``i`` is one in any case.
_AHEAD: Final = (
    "(?-i:[0-9]|[tT](?:[wW]|[hH][iIİırR]|[eE][nN])|[oO][nN][eE]|[fF](?:[iIİı]|[oO][uUrR][rRtT])|[sS](?:[iIİı][xX]|[eE][vV])"
    "|[eE](?:[iIİı][gG]|[lL][eE])|[nN][iIİı][nN]|[zZ][eE])"
)
NUMBER: Final = (
    rf"(?={_AHEAD})(?:(?=\d)(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)"
    rf"|{_DIGITS} hundred(?: and {_BELOW_HUNDRED}|[ -]{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
)
_NUMBER_STARTS: Final = "0-9tfseonzTFSEONZ"
_UNIT = (
    r"(?:mg (?:per|a) kg|mg/kg|g/kg|mcg/kg|µg/kg|μg/kg|mg|mcg|µg|μg|g|grams?"
    r"|milligrams?|micrograms?|kg|IU|U|units?|mL|ml|milliliters?|mmol|mM|million cells|cells|capsules?|tablets?|drops?"
    r"|tablespoons?|teaspoons?"
    r"|cups?|puffs?|%)"
)
# What may stand between an amount and how often it is taken: ``50 mg of it orally, twice daily``.
_FILLED = (
    r"(?:[\s,]+(?:total|orally|by mouth|intravenously|subcutaneously|intramuscularly|intrathecally|sublingually|intranasally"
    r"|topically|PO|IV|SC|IM|\([^()]{1,25}\)"
    r"|p\.o\.|i\.v\.|capsules?|tablets?|pills?|injections?|infusions?|of (?!the\b|an?\b)[\w-]+|of the (?:tincture|extract"
    r"|oil|powder|syrup|solution|juice|tea|product|supplement|drug|mixture|suspension|liquid))){0,3},?"
)
_TIMES = r"(?:once|twice|thrice|(?:two|three|four|five|six|[2-6])\s+times)"
_PER = (
    rf"(?:{_FILLED}(?:\s*(?:/|\b(?:per|a|an|each|every)\s)\s*(?P<per>day|week|month|year|dose|hour|night|kg|session|infusion"
    rf"|injection|treatment)\b"
    rf"|\s*(?P<adverb>{_TIMES}[\s-]+(?:(?:a|per|each|every)[\s-]+)?(?:daily|day|week(?:ly)?|month(?:ly)?|year(?:ly)?)\b"
    r"|daily\b|weekly\b|monthly\b|nightly\b|yearly\b|every other (?:day|week)\b"
    rf"|every\s+(?:{NUMBER})\s+(?:hour|day|week|month)s?\b|(?:bid|tid|qid|qd|BID|TID|QID|QD)\b|[btq]\.i\.d\.?|q\.d\.?)))?"
)
_AMOUNT = r"\d+(?:,\d{3})*(?:\.\d+)?"
DOSE: Final = re.compile(
    r"(?P<amount>\d(?<![\w.$€£-]\d)\d*(?:,\d{3})*(?:\.\d+)?)\s*"  # an amount that starts with what the engine can look for
    rf"(?:(?:[-–—]|(?<=\s)to\s|(?<=\s)and\s)\s*(?P<high>{_AMOUNT})\s*)?-?(?P<unit>{_UNIT})(?!"
    rf"[A-Za-z])(?!\s*/\s*(?:d|m)?[lL]\b){_PER}"
)
_DAILY_DOSE = re.compile(
    r"\b(?P<per>daily|weekly|monthly)\s+(?:(?:oral|intravenous|total|target|standard|usual|maximum|recommended|average)\s+)*"
    r"(?:dos(?:e|es|age)|intake"
    r"|infusions?|injections?)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
_DOSE_AFTER = re.compile(r"\s+(?:total\s+)?(?P<per>daily|weekly|monthly)\s+dose", re.IGNORECASE)
_TIME = r"(?P<unit>day|week|month|year|hour)s?"
_STUDY = (
    r"(?:trial|study|studies|course|treatment|period|open[- ]label|double[- ]blind|randomi[sz]ed|placebo|pilot|phase|program"
    r"|protocol)"
)
_LASTING, _FOR = by_first_letter(
    *("for", "over", "during", "lasting", "lasted", "of", r"duration (?:of \w+ )?(?:was|is|will be|:)")
)
_LONG, _A_TIME = by_first_letter("day", "week", "month", "year")
DURATION: Final = after_gap(
    f"{_NUMBER_STARTS}{_LASTING}{_LONG}",
    rf"(?:{_FOR}\s+(?:a total of |up to |about |approximately |at least "
    rf"|the (?:first|full|whole|entire) |another )?(?P<amount>{NUMBER}|an?)[\s-]+{_TIME}\b(?!-old|[- ]+history)"
    rf"|(?P<length>{NUMBER})[\s-]+(?P<of>day|week|month|year)s?[,\s-]+(?:[\w-]+,?\s+){{0,3}}?{_STUDY}\b"
    rf"|(?P<long>{_A_TIME})-long\b)",
)
FOLLOW_UP: Final = re.compile(
    rf"follow(?:ed)?[\s-]?up\s+(?:periods?\s+)?(?:was\s+|were\s+|of\s+|for\s+|ranging\s+|ranged\s+"
    rf"|varied\s+)*(?:from\s+|between\s+)?(?P<low>{NUMBER})\s*(?:to|[-–]|and)\s*(?P<high>{NUMBER})\s+{_TIME}",
    re.IGNORECASE,
)


_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# Whether a word starts there is asked last: few letters are those of a word that joins.
_LISTED = re.compile(r",(?!\d{3}\b)|;|&|a(?:nd(?<=\band)|s well as(?<=\bas well as))\b|plus(?<=\bplus)\b")
_VITAMIN = re.compile(r"vitamins?\s+(\S{1,4})", re.IGNORECASE)
_LETTER = re.compile(r"[A-Z]\d{0,2}")
_COUNT: Final = MappingProxyType(
    {"once": "", "twice": "twice ", "thrice": "three times ", "two": "twice ", "2": "twice "}
    | {digit: f"{word} times " for digit, word in zip("3456", ("three", "four", "five", "six"), strict=True)}
)
_ABBREVIATED: Final = MappingProxyType(
    {"bid": "twice daily", "tid": "three times daily", "qid": "four times daily", "qd": "day", "daily": "day"}
    | {"weekly": "week", "monthly": "month", "yearly": "year", "nightly": "night"}
)
_UNITS: Final = MappingProxyType(
    {
        "mg per kg": "mg/kg",
        "mg a kg": "mg/kg",
        "gram": "g",
        "milligram": "mg",
        "microgram": "mcg",
        "milliliter": "mL",
        "ml": "mL",
    }
)
_COUNTED: Final = ("gram", "milligram", "microgram", "milliliter", "tablespoon", "teaspoon", "cup", "puff")


def at_number(pattern: str) -> re.Pattern[str]:
    """Make a pattern as ``near.after_gap`` whose matches start with a ``NUMBER``.

    >>> at_number(rf"{NUMBER} mice").search(" with ten mice")[0]
    ' ten mice'
    """
    return after_gap(_NUMBER_STARTS, pattern)


def number_of(word: str) -> float | None:
    """Give the number that ``word`` stands for.

    >>> number_of("Twenty-one"), number_of("1,200"), number_of("6.2"), number_of("few"), number_of("One hundred and ten")
    (21.0, 1200.0, 6.2, None, 110.0)
    """
    folded = word.strip().casefold().replace(",", "")
    if folded in _SMALL:
        return float(_SMALL[folded])
    if folded.isdecimal() or _DECIMAL.fullmatch(folded):
        return float(folded)
    if folded in ("a", "an"):
        return 1.0
    hundreds, found, rest = folded.partition(" hundred")
    if found:
        below = number_of(rest.removeprefix(" and").strip(" -")) if rest else 0.0
        return float(_SMALL.get(hundreds, 0) * 100) + (below or 0.0)
    tens, _, rest = folded.replace("-", " ").partition(" ")
    if tens in _TENS:
        return float(_TENS[tens] + _SMALL.get(rest, 0))
    return None


def _how_often(match: re.Match[str]) -> str | None:
    """Give how often a dose is taken: ``day``, ``twice daily``, ``14 days``."""
    if match["per"]:
        return match["per"].lower()
    if match["adverb"]:
        adverb = " ".join(match["adverb"].casefold().replace(".", "").replace("-", " ").split())
        if adverb in _ABBREVIATED:
            return _ABBREVIATED[adverb]
        if adverb.startswith("every "):
            return adverb.removeprefix("every ") if "other" not in adverb else adverb
        first, *others = adverb.split()
        period = "day" if others[-1].startswith("da") else others[-1].removesuffix("ly")
        count = _COUNT.get(first, f"{first} times ")
        return f"{count}{'daily' if period == 'day' else period + 'ly'}" if count else period
    named = _DOSE_AFTER.match(match.string, match.end()) or _DAILY_DOSE.search(
        match.string, max(0, match.start() - 60), match.start()
    )
    return _ABBREVIATED[named["per"].casefold()] if named else None


def dose_of(match: re.Match[str]) -> Dose:
    """Give the dose of a match of ``DOSE``, of a range the lower one.

    >>> [dose_of(m) for m in DOSE.finditer("2mg/kg/day of it, or 50 mg orally 3 times a day")]
    [Dose(amount=2.0, unit='mg/kg', per='day'), Dose(amount=50.0, unit='mg', per='three times daily')]
    >>> dose_of(DOSE.search("a daily oral dose of 5 grams")), dose_of(DOSE.search("100 mg every 14 days"))
    (Dose(amount=5.0, unit='g', per='day'), Dose(amount=100.0, unit='mg', per='14 days'))
    """
    unit = match["unit"]
    single = unit.removesuffix("s")
    unit = single if single in _COUNTED else unit
    return Dose(amount=float(match["amount"].replace(",", "")), unit=_UNITS.get(unit, unit), per=_how_often(match))


def doses_of(match: re.Match[str]) -> tuple[Dose, ...]:
    """Give the dose of a match of ``DOSE``, of a range both ends.

    >>> [d.amount for d in doses_of(DOSE.search("1,000–2,000 mg"))]
    [1000.0, 2000.0]
    """
    low = dose_of(match)
    if not match["high"]:
        return (low,)
    return low, Dose(amount=float(match["high"].replace(",", "")), unit=low.unit, per=low.per)


def duration_in(text: str) -> Quantity | None:
    """Give the first stretch of time that something lasted.

    >>> duration_in("treated for three weeks"), duration_in("for a year"), duration_in("a 12-month, double-blind trial")
    (Quantity(amount=3.0, unit='week'), Quantity(amount=1.0, unit='year'), Quantity(amount=12.0, unit='month'))
    """
    match = None
    for found in DURATION.finditer(f" {text}"):
        match = match or found
        if not found[0][1:].lower().startswith("of "):  # in ``on 14 of 28 days for 24 weeks`` it is the weeks
            match = found
            break
    if match is None:
        return None
    if match["long"]:
        return Quantity(amount=1.0, unit=match["long"].lower())
    amount = number_of(match["amount"] or match["length"])
    return Quantity(amount=amount, unit=(match["unit"] or match["of"]).lower()) if amount is not None else None


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
        if part[0] in "vV" and (started := _VITAMIN.fullmatch(part)):
            vitamin, part = True, started[1]
        elif vitamin:
            vitamin = _LETTER.fullmatch(part) is not None
        items.append(f"vitamin {part}" if vitamin else part)
    return items
