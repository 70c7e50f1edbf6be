"""The numbers of a reference: year, volume, issue, pages, in the orders that citation styles use."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_DASH = r"\s*(?:[-‐‑‒–—−~]|--|to)\s*"
_PAGE = r"(?:[A-Za-z]{1,3}[-.]?)?\d{1,7}(?:[A-Za-z]{1,2})?(?:\.e?\d+)?(?![\w])"
_PAGES = rf"(?P<fp>{_PAGE})(?:{_DASH}(?P<lp>{_PAGE}))?"
_VOL = (
    r"(?P<vol>(?:[A-Z]{1,3}-?)?\d{1,4}(?:[A-Z](?![a-z]))?(?:\s?[-–/]\s?\d{1,4}[A-Z]?)?|\d{4}|[IVXLC]{1,7}(?=[\s,(:]))"
)
_ISSUE = (
    r"(?:\s*[\(\[]\s*(?P<issue>[^()\[\]]{1,40}?)\s*[\)\]]"
    r"|,?\s*(?P<supplement>(?:[Ss]uppl(?:ement)?|[Pp]t|[Pp]art|[Ss]pec(?:ial)?)\.?\s*(?:No\.?\s*)?\w{0,4}))?"
)
_DIGITS = r"(?P<year>(?:1[6-9]|20)\d\d)"
_YEAR = rf"{_DIGITS}[a-z]?"
_LATE_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_NO_YEAR = r"(?!(?:19|20)\d\d\.?\s*$)"
_MONTH = (
    r"(?:[,.]?\s*(?:\(?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]*\.?)"
    r"(?:\s*[-–/]\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)?(?:\s+\d{1,2}(?:[-–]\d{1,2})?)?\)?)?"
)
# vol. 45, no. 2, May 2009, pp. 895-900
_MIDDLE_YEAR = rf"(?:{_MONTH}\s*,?\s*(?P<middle>(?:18|19|20)\d\d)(?=\s*,\s*(?:pp?\b|pages?\b|[Aa]rt)))?"
_PP = r"(?:(?:pp?|pages?|pgs?)\.?\s*:?\s*)?"
_VOLWORD = r"(?:(?:[Vv]ol(?:ume)?|[Vv]|[Bb]d)\.?\s*)?"
_NO = r"(?:\s*,?\s*(?:[Nn]o|[Nn]r|[Nn]um(?:ber)?|[Ii]ss(?:ue)?|[Nn]°|[Hh])\.?\s*(?P<issue{n}>[\w–/-]{{1,12}}))?"

_PATTERNS: Final = tuple(
    re.compile(p)
    for p in (
        # 2009;37(7):1467-74 | (2009); 6: e1000100 | 2013 May;12:3
        rf"\(?{_YEAR}\)?{_MONTH}\s*[;,]\s*{_VOLWORD}{_VOL}{_ISSUE}\s*(?:\([^)]*\)\s*)?[:;,]\s*{_PP}{_PAGES}",
        # 2012;(3):CD001447
        rf"(?P<vol>)\(?{_YEAR}\)?{_MONTH}\s*[;,]\s*\((?P<issue>[^()]{{1,12}})\)\s*:\s*{_PP}{_PAGES}",
        # 45.2 (2009): 895-900
        rf"(?<![\w(–-]){_VOL}\.(?P<issue>\w[\w/–-]{{0,11}}(?:\s\d{{1,2}})?)\s*\({_YEAR}\)(?::\s*{_PAGES})?",
        # vol. 45, no. 2, pp. 895-900, (May) 2009
        rf"\b[Vv]ol(?:ume)?\.?\s*{_VOL}{_ISSUE}{_NO.format(n=2)}{_MIDDLE_YEAR}\s*[,.:;]?\s*(?:[A-Za-z]+\.?\s*,\s*)?(?:pp?"
        rf"|pages?|[Aa]rt(?:icle)?)?\.?\s*(?:[Nn]o\.\s*)?{_PAGES}(?:\s*,?{_MONTH}\s*,?\s*\(?{_YEAR}\)?)?",
        # 45 (2), 895-900 (2009) | 13, 134-142 (2010) | 12: 3-4 (2010)
        rf"(?<![\w(–-]){_VOLWORD}{_VOL}{_ISSUE}{_NO.format(n=2)}\s*[,:.]?\s*{_PP}(?<!\d){_PAGES}\s*,?\s*[\(\[]{_MONTH}\s*"
        rf"{_YEAR}[\)\]]",
        # 70 (2010) 123-130 | 70, no. 2 (May 2010): 123-130
        rf"(?<![\w(–-]){_VOLWORD}{_VOL}{_ISSUE}{_NO.format(n=2)}\s*,?\s*[\(\[][A-Za-z.,\s]{{0,12}}{_YEAR}[\)\]]\s*[,:.]"
        rf"?\s*{_PP}{_PAGES}",
        # 45, 2009, 895-900 | 2009, 45 | 2009, 895-900 | 2009. 45. 2. 895-900, at the end
        rf"(?<![\w(–-]){_VOL}{_ISSUE},\s*{_LATE_YEAR},\s*{_NO_YEAR}{_PP}{_PAGES}\.?\s*$",
        rf"{_LATE_YEAR}(?<![\w?–-]\d{{4}}),\s*{_NO_YEAR}(?:(?P<vol>\d{{1,2}})|(?P<fp>\d{{1,6}})(?:{_DASH}(?P<lp>\d{{1,6}}))?)\.?\s*$",
        rf"{_YEAR}\.\s+(?P<vol>\w{{0,6}})\.\s*(?P<issue>\w{{0,6}})\.\s*(?:{_PAGES})?\.?\s*$",
        # 2009, 45, 895 | 2001, 20:1245-1258 | 2009, vol. 45, p. 895 | 2009 45 (2) 895-900
        rf"{_YEAR}\)?{_MONTH}\s*[,.]?\s+{_VOLWORD}{_VOL}{_ISSUE}{_NO.format(n=2)}\s*[,:]\s*{_PP}{_PAGES}",
        # 45(2):895-900 | 45:895 | 45 (2), 895-900
        rf"(?<![\w(–-]){_VOLWORD}{_VOL}{_ISSUE}\s*(?:\([^)]{{1,20}}\)\s*)?:\s*{_PP}{_PAGES}",
        rf"(?<![\w(–-]){_VOLWORD}{_VOL}{_ISSUE}{_NO.format(n=2)}\s*[,;]\s*{_PP}{_PAGES}(?:\s*[.,;]?\s*\(?{_YEAR}\)?)?",
        # 2009 45 895 900 with nothing between
        rf"(?<![\w(–-]){_VOL}\s+(?:(?P<issue>\d{{1,3}})\s+)?{_PAGES}[\s,.;]+{_YEAR}\W*$",
        rf"{_DIGITS}(?<!\w\d{{4}})[a-z]?\s+{_VOL}{_ISSUE}\s+{_PP}{_PAGES}",
        rf"(?<![\w(–-]){_VOL}{_ISSUE}\s+(?:pp?\.\s*)?(?P<fp>[A-Za-z]?\d{{1,6}})\s*[-–—]\s*(?P<lp>[A-Za-z]?\d{{1,6}})",
        # (2009) 45 | 2012;10. | 45 (2009) without pages
        rf"\(?{_YEAR}\)?{_MONTH}\s*[;]\s*{_VOL}{_ISSUE}(?P<fp>)(?P<lp>)",
        rf"(?<![\w(–-])(?<!pp\.)(?<!p\.)(?<!p\.\s){_VOLWORD}{_VOL}{_ISSUE},?\s*\({_YEAR}\)(?P<fp>)(?P<lp>)",
        # 45 (2) (May 20)
        rf"(?<![\w(–-]){_VOL}{_ISSUE}\s*\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{{1,2}})?\)\.?\s*$"
        r"(?P<fp>)(?P<lp>)",
        # a volume at the very end
        rf"[,.\s](?=\s*[VvBb\d])(?<=[a-z.].)(?<!\Wp\..)(?<!pp\..)(?:(?<=[,.])\s+|(?<=\s)\s*){_VOLWORD}(?P<vol>\d{{1,3}})"
        rf"{_ISSUE}\s*\.?\s*$(?P<fp>)(?P<lp>)",
        # (2009) 895 | , (26), 3352
        rf"\({_YEAR}\)\s*{_PAGES}\.?\s*$(?P<vol>)",
        rf",\s*\((?P<issue>[^()]{{1,12}})\)[,:]\s*{_PAGES}\.?\s*$(?P<vol>)",
        # pages alone
        rf"p(?<!\wp)(?:p?\.?\s*|ages?\s+){_PAGES}(?:\s*[,.]?\s*\(?{_YEAR}\)?)?(?P<vol>)(?P<issue>)",
        rf"[,:]\s+(?P<fp>\d{{1,5}}){_DASH}(?P<lp>\d{{1,5}})\.?\s*$(?P<vol>)",
    )
)
# The first of these patterns in its plainest shape, at the end of the text: 2009;37(7):1467-74. Most references have it.
_YEAR_STARTS = re.compile(r"(?:1[6-9]|20)\d\d")
_PLAIN = re.compile(
    r"(?P<year>(?:1[6-9]|20)\d\d);[ ]?(?P<vol>\d{1,4})(?:\((?P<issue>\d{1,3})\))?:[ ]?"
    r"(?P<first>[eS]?\d{1,7})(?:[-–](?P<last>[eS]?\d{1,7}))?\.?\Z"
)
_YEAR_ALONE = re.compile(r"(?=[(\[12])(?<![\w–-])[\(\[]?(?P<year>(?:1[6-9]|20)\d\d)[a-z]?[\)\]]?(?![\w–-])")


_WITH_CLOSED_YEAR: Final = (2, 4, 5, 16, 19)  # patterns that need a year before a closing bracket
# Patterns that start with a volume, or with a year that a bracket may open, are tried only where one may start.
_VOLUME_FIRST: Final = frozenset([2, 4, 5, 6, 10, 11, 12, 14, 16, 17])
_YEAR_FIRST: Final = frozenset([0, 1, 15])
_VOLUME_AHEAD = re.compile(
    r"[A-Zvb\d](?<![\w(–-].)(?:(?<=\d)|(?=[A-Z]{0,2}-?\d)|(?=(?<=[IVXLC])[IVXLC]{0,6}[\s,(:])"
    r"|(?=(?<=[VvBb])(?:ol(?:ume)?|d)?\.?\s*[A-Z\d]))"
)
_YEAR_AHEAD = re.compile(r"[(12](?:(?<=\()(?=[12][06-9]\d\d)|(?<=\d)(?=[06-9]\d\d))")
# What each pattern needs, of alternatives one, so that most patterns are not even tried.
_NEEDED: Final = tuple(
    [
        frozenset([frozenset(need.split("|")) for need in needs.split()])
        for needs in (
            *(";|, :|;|,", "( :", ". (", "Vol|vol", "(|[", "(|[", ",", ",", ".", ",|:", ":", ",|;", "", ""),
            *("-|–|—", ";", "(", "(J|(F|(M|(A|(S|(O|(N|(D", "", "(", "( ,", "p", ",|:"),
        )
    ]
)
_TOLD: Final = tuple(sorted(set().union(*[need for needs in _NEEDED for need in needs])))
_LAST_DIGITS = re.compile(r"\d+$")
_IN_BRACKETS = re.compile(r"(?:19|20)\d\d")
_CLOSED_YEAR = re.compile(r"\d\d\d\d[a-z]?[\)\]]")
_FIRST_NUMBER = re.compile(r"[\dIVXLC](?:(?<=\d)|(?<=\b[IVXLC])[IVXLC]{0,6}(?=[\s,(:]))")
_MOST_BEFORE: Final = 24  # characters of a pattern before its first number ("Volume ", "pages ", letters of a volume)


class Tail(NamedTuple):
    """Numbers and where they stand."""

    start: int
    end: int
    year: int | None
    volume: str | None
    issue: str | None
    first_page: str | None
    last_page: str | None


def find_tail(text: str, start: int = 0) -> Tail | None:
    """Find volume, pages and the year beside them from ``start`` on; ``None`` if there are none.

    >>> find_tail("Arch Neurol. 1983;40:752–3.")[2:]
    (1983, '40', None, '752', '753')
    >>> find_tail("Hum Fertil (Camb). 13, 134-142 (2010).")[2:]
    (2010, '13', None, '134', '142')
    """
    if plain := _plain_tail(text, start):
        return plain
    first = _FIRST_NUMBER.search(text, start)
    if first is None:
        return None
    start = max(start, first.start() - _MOST_BEFORE)  # no pattern starts earlier: words of a title cost time
    rest = text[start:]
    told = tuple([part for part in _TOLD if part in rest])
    volumes = [match.start() for match in _VOLUME_AHEAD.finditer(text, start)]
    years = [match.start() for match in _YEAR_AHEAD.finditer(text, start)]
    closes = ")" in rest or "]" in rest
    for place in _patterns_for(told, has_closed_year=closes and _CLOSED_YEAR.search(rest) is not None):
        pattern = _PATTERNS[place]
        if place in _VOLUME_FIRST:
            found = _matches_at(volumes, pattern, text)
        else:
            found = _matches_at(years, pattern, text) if place in _YEAR_FIRST else pattern.finditer(text, start)
        matches = [match for match in found if _sane(match)]
        if matches:
            return _tail(matches[-1])
    return None


def _matches_at(places: Sequence[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    r"""Give the matches of ``pattern``, which can start only at ``places``, as ``finditer`` would.

    >>> [match[0] for match in _matches_at([0, 2, 3], re.compile(r"\w{2}"), "abcdef")]
    ['ab', 'cd']
    """
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()


@lru_cache(maxsize=1_000)
def _patterns_for(told: tuple[str, ...], *, has_closed_year: bool) -> tuple[int, ...]:
    """Give the places in ``_PATTERNS`` of those that may match a text that holds of ``_TOLD`` the parts ``told`` and no others.

    >>> len(_patterns_for((), has_closed_year=False)), len(_patterns_for(_TOLD, has_closed_year=True)) == len(_PATTERNS)
    (3, True)
    """
    return tuple(
        [
            place
            for place, needs in enumerate(_NEEDED)
            if not any(need.isdisjoint(told) for need in needs) and (has_closed_year or place not in _WITH_CLOSED_YEAR)
        ]
    )


def _plain_tail(text: str, start: int) -> Tail | None:
    """Give numbers in their plainest shape, which the first pattern alone can match, and which it matches nowhere before them.

    >>> _plain_tail("Arch Neurol. 1983;40:752–3.", 0)[2:], _plain_tail("Arch Neurol. 1983;40:752–3, 2001;40:1", 0)
    ((1983, '40', None, '752', '753'), None)
    """
    at = text.rfind(";", start) - 4
    match = _PLAIN.match(text, at) if at >= start else None
    if match is None or text.startswith("(", at - 1):
        return None
    dated = text.find("1", start, at) >= 0 or text.find("2", start, at) >= 0
    if dated and _YEAR_STARTS.search(text, start, at):
        years = [year.start() for year in _YEAR_AHEAD.finditer(text, start, at)]
        if any(_matches_at(years, _PATTERNS[0], text)):
            return None
    printed, volume, issue, first, last = match.groups()
    end = match.end("last") if last else match.end("first")
    return Tail(at, end, int(printed), volume, issue, first, full_page(first, last) if last else None)


def _sane(match: re.Match[str]) -> bool:
    volume, page = match["vol"] or "", match["fp"] or ""
    return bool(page) or not (volume and _IN_BRACKETS.fullmatch(volume))


def _tail(match: re.Match[str]) -> Tail:
    groups = match.groupdict()
    first, last = groups.get("fp") or None, groups.get("lp") or None
    year = groups.get("year") or groups.get("middle")
    issue = groups.get("issue") or groups.get("issue2") or groups.get("supplement") or None
    if issue is not None and _IN_BRACKETS.fullmatch(issue):  # 45 (2009), 895: of this volume the year
        year, issue = year or issue, None
    return Tail(
        match.start(),
        match.end(),
        int(year) if year else None,
        groups.get("vol") or None,
        issue,
        first,
        full_page(first, last) if last else None,
    )


def full_page(first: str | None, last: str) -> str:
    """Give the last page in full where it is printed short.

    >>> full_page("752", "3"), full_page("S12", "9"), full_page("99", "104")
    ('753', 'S19', '104')
    """
    if first is None or not last.isdigit():
        return last
    digits = first if first.isdecimal() else "".join(_LAST_DIGITS.findall(first))
    if len(last) >= len(digits):
        return last
    return first[: len(first) - len(last)] + last


def find_year(text: str, start: int = 0) -> tuple[int, int, int] | None:
    """Find a year that stands alone: (year, start, end), one in brackets first, else the last one.

    >>> find_year("Smith J (2009) In 1980 and after. 2 pages")
    (2009, 8, 14)
    """
    found = list(_YEAR_ALONE.finditer(text, start)) if "1" in text or "2" in text else []
    bracketed = [m for m in found if m[0][0] in "(["]
    match = bracketed[0] if bracketed else (found[-1] if found else None)
    return (int(match["year"]), match.start(), match.end()) if match else None
