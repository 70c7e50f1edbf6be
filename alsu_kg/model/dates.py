"""Dates as exact as they are known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (EDTF level 0, ISO 8601-2)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = re.compile(r"([12][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?:[T ].*)?")


def edtf(parts: Sequence[int]) -> str | None:
    """Give the date of year, month and day (any tail may be missing); what no calendar holds is cut off.

    >>> edtf((2020, 5)), edtf((2020, 2, 30)), edtf((2020, 13)), edtf(()), edtf((0,))
    ('2020-05', '2020-02', '2020', None, None)
    """
    if not parts or not 1000 <= parts[0] <= 2999:
        return None
    year, month, day = (*parts, 0, 0)[:3]
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"


def parse_date(text: str | None) -> str | None:
    """Give the date in the text of an index (``2014-02-11T00:00:00Z``, ``2014/2``, ``12/31/2020 0:00``), or ``None``.

    A date with the year last is read month first, as Retraction Watch writes it.

    >>> parse_date("2014-02-11T10:00:00Z"), parse_date("2014/2"), parse_date("6/5/2020 0:00"), parse_date("n.d.")
    ('2014-02-11', '2014-02', '2020-06-05', None)
    """
    text = (text or "").strip()
    american = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([12][0-9]{3})(?: .*)?", text)
    if american:
        month, day, year = american.groups()
        return edtf((int(year), int(month), int(day)))
    match = _FORMS.fullmatch(text)
    return edtf([int(part) for part in match.groups() if part]) if match else None


def month_number(text: str | None) -> int:
    """Give the number of a month from its English name, abbreviation or digits; 0 if it is none.

    >>> month_number("Feb"), month_number("November"), month_number("06"), month_number("Jan-Mar"), month_number("Winter")
    (2, 11, 6, 1, 0)
    """
    text = (text or "").strip().lower()
    if text.isdecimal():
        return int(text)
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def date_parts(text: str) -> list[int]:
    """Give a date as CSL ``date-parts``.

    >>> date_parts("2020-05")
    [2020, 5]
    """
    return [int(part) for part in text.split("-")]
