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
_OTHER: Final = "|".join(dict.fromkeys((*_FRENCH, *_GERMAN)))
_M = (
    r"(?P<month{n}>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))\.?"
)
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
            rf"\b(?:(?P<day8>\d{{1,2}})\s+de\s+)?(?P<month8>{'|'.join(_SPANISH)})\s+(?:del?\s+)?(?P<year8>(?:19|20)\d\d)\b",
            r"\b(?P<year6>(?:19|20)\d\d)\b",
        )
    ),
    re.IGNORECASE,
)


def _number(month: str) -> int:
    if month.isdigit():
        return int(month)
    for names in (_SPANISH, _FRENCH, _GERMAN):
        if month in names:
            return names.index(month) + 1
    return _MONTHS.index(month[:3]) + 1


def find_date(text: str) -> str | None:
    """Give the first date in ``text`` as exactly as it is printed, or ``None``.

    >>> find_date("Published online: 20 Aug 2020."), find_date("Published: Nov 2016"), find_date("(2016)"), find_date("x")
    ('2020-08-20', '2016-11', '2016', None)
    >>> find_date("As of 7/5/22"), find_date("Publicado: 3 de mayo de 2021"), find_date("6/2021")
    ('2022-07-05', '2021-05-03', '2021-06')
    """
    match = _DATE.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    n = next(n for n in range(1, 13) if groups.get(f"year{n}"))
    year, month, day = groups[f"year{n}"], groups.get(f"month{n}"), groups.get(f"day{n}")
    year = year if len(year) == 4 else f"20{year}"
    if month is None:
        return year
    number = _number(month.lower())
    if not 1 <= number <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"
