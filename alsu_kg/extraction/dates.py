"""Dates as documents print them -> EDTF (ISO 8601-2) level 0."""

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPANISH: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_FRENCH: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_GERMAN: Final = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_PORTUGUESE: Final = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
_ITALIAN: Final = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
    "dicembre",
)  # fmt: skip
_OTHER: Final = "|".join(dict.fromkeys((*_FRENCH, *_GERMAN, *_ITALIAN)))
_WITH_DE: Final = "|".join(dict.fromkeys((*_SPANISH, *_PORTUGUESE)))
ENGLISH_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_M: Final = rf"(?P<month{{n}}>{ENGLISH_MONTH})\.?"
_SLASHED: Final = 5
_DATE = re.compile(
    "|".join(
        (
            rf"\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-){_M.format(n=1)}(?:,?\s+|-)(?P<year1>(?:19|20)\d\d)\b",
            rf"\b{_M.format(n=2)}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b",
            rf"\b{_M.format(n=3)},?\s+(?P<year3>(?:19|20)\d\d)\b",
            r"\b(?P<year4>(?:19|20)\d\d)-(?P<month4>\d\d)(?:-(?P<day4>\d\d))?\b",
            r"(?<![\d/])(?P<year9>(?:19|20)\d\d)/(?P<month9>\d\d?)/(?P<day9>\d\d?)(?![\d/])",
            rf"\b(?P<year10>(?:19|20)\d\d),?\s+{_M.format(n=10)}\s+(?P<day10>\d{{1,2}})\b(?![.,]?\s*\d)",
            rf"\b(?P<day11>\d{{1,2}})\.?\s+(?P<month11>{_OTHER})\s+(?P<year11>(?:19|20)\d\d)\b",
            rf"\b(?P<month12>{_OTHER})\s+(?P<year12>(?:19|20)\d\d)\b",
            r"(?<![\d/])(?P<month5>\d{1,2})/(?P<day5>\d{1,2})/(?P<year5>(?:19|20)\d\d|\d\d(?![\d/]))\b",
            r"(?<![\d/])(?P<month7>\d{1,2})/(?P<year7>(?:19|20)\d\d)\b",
            rf"\b(?:(?P<day8>\d{{1,2}})\s+de\s+)?(?P<month8>{_WITH_DE})\s+(?:del?\s+)?(?P<year8>(?:19|20)\d\d)\b",
            rf"\b(?P<year13>(?:19|20)\d\d),?\s+{_M.format(n=13)}(?!\w|[.,]?\s*\d)",
            r"(?<![\d/])(?P<year14>(?:19|20)\d\d)/(?P<month14>\d\d?)(?![\d/])",
            r"(?<![\d.])(?P<day15>\d\d|1[3-9]|[23]\d)\.(?P<month15>\d\d|(?<=1[3-9]\.|[23]\d\.)\d)\.(?P<year15>(?:19|20)\d\d)(?!\d)",
            r"\b(?P<year6>(?:19|20)\d\d)\b",
        )
    ),
    re.IGNORECASE,
)

_DIGIT = re.compile(r"\d")  # stands in every date


def _number(month: str) -> int:
    if month.isdigit():
        return int(month)
    for names in (_SPANISH, _PORTUGUESE, _FRENCH, _GERMAN, _ITALIAN):
        if month in names:
            return names.index(month) + 1
    return _MONTHS.index(month[:3]) + 1


_LONGEST_DATE: Final = 30
_AHEAD = re.compile(r"[\s\W]{0,4}")
_BEHIND = re.compile(r"[)\]*_]{0,3}\s*(?:[:.–—]|-\s|$)")


def date_first(text: str, *, years: bool = False) -> str | None:
    """Give the date that a text starts with as a label, before a colon, a dash, a full stop; a year alone only with ``years``.

    >>> date_first("Nov. 2020: One died."), date_first("May 3, 2021. It"), date_first("May 2020 saw it"), date_first("2016. It")
    ('2020-11', '2021-05-03', None, None)
    """
    ahead = _AHEAD.match(text)
    match = _DATE.match(text, ahead.end() if ahead else 0)
    if match is None or not _BEHIND.match(text, match.end()):
        return None
    date = find_date(match[0])
    return date if date is not None and (years or len(date) > len("2016")) else None


def whole_date(text: str) -> str | None:
    """Give the date, with the month at least, that is all that a text says.

    >>> whole_date("(May 3, 2021)"), whole_date("2021"), whole_date("In May 2021")
    ('2021-05-03', None, None)
    """
    bare = text.strip(" \t()[].,:;*_–—-")
    match = _DATE.search(bare) if len(bare) <= _LONGEST_DATE else None
    if match is None or match.span() != (0, len(bare)):
        return None
    date = find_date(bare)
    return date if date is not None and len(date) > len("2016") else None


def find_date(text: str) -> str | None:
    """Give the first date in ``text`` as exactly as it is printed, or ``None``.

    >>> find_date("Published online: 20 Aug 2020."), find_date("Published: Nov 2016"), find_date("(2016)"), find_date("x")
    ('2020-08-20', '2016-11', '2016', None)
    >>> find_date("As of 7/5/22"), find_date("Publicado: 3 de mayo de 2021"), find_date("6/2021")
    ('2022-07-05', '2021-05-03', '2021-06')
    >>> find_date("2019 Dec"), find_date("24/12/2019"), find_date("maio de 2018"), find_date("02.11.2020")
    ('2019-12', '2019-12-24', '2018-05', '2020-11-02')
    """
    match = _DATE.search(text) if _DIGIT.search(text) else None
    if match is None:
        return None
    groups = match.groupdict()
    n = next(n for n in range(1, 16) if groups.get(f"year{n}"))
    year, month, day = groups[f"year{n}"], groups.get(f"month{n}"), groups.get(f"day{n}")
    year = year if len(year) == 4 else f"20{year}"
    if month is None:
        return year
    number = _number(month.lower())
    if n == _SLASHED and number > 12 and day is not None and int(day) <= 12:
        number, day = int(day), month  # where only one of the two can be the month
    if not 1 <= number <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"
