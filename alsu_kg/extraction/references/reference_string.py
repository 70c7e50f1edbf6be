"""One printed reference -> its fields. Styles: Vancouver, APA, AMA, Harvard, Chicago, IEEE, ACS, and what OCR makes of them."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from alsu_kg.extraction.references.authors import find_authors
from alsu_kg.extraction.references.citation_words import NO_WORDS, CitationWords
from alsu_kg.extraction.references.identifiers import small_letters, take_identifiers
from alsu_kg.extraction.references.kind import BOOKISH, is_preprint, kind_of
from alsu_kg.extraction.references.quotations import opens_inside
from alsu_kg.extraction.references.spaced_reference import SpacedReference, parse_spaced
from alsu_kg.extraction.references.tail import Tail, find_tail, find_year
from alsu_kg.extraction.references.title_container import split_title
from alsu_kg.model.review import ReferenceKind
from alsu_kg.readers import line_breaks

_LABEL = re.compile(
    r"\s*(?:\[\s*\d{1,4}\s*\]|\(\s*\d{1,4}\s*\)|\d{1,4}\s*[.)]\s(?=\D)|\d{1,3}\s+(?=[A-Z])|\d{1,3}(?=[A-Z]\.\s?[A-Z]"
    r"|[A-Z][a-z]{2}))\s*"
)
_LEAD_IN = re.compile(r"(?:and|in|see|cf\.)\s+(?=[A-Z])")
_PUBLISHED = re.compile(r":\s*(?P<name>[A-Z][^:;.\d]{2,80}?)[;,.]\s*(?:c|\()?(?P<year>(?:19|20)\d\d)\)?")
_PUBLISHER = re.compile(
    rf"(?P<place>[A-Z][\w’'-]*(?:,?[ ][A-Z][\w.’'-]*){{0,4}}(?:\s?\([A-Z]{{2}}\))?)\s*{_PUBLISHED.pattern}"
)


class ReferenceFields(NamedTuple):
    """What a reference string states; absent fields are ``None`` or empty."""

    kind: ReferenceKind = "unknown"
    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    accessed: str | None = None


def parse_reference(text: str, words: CitationWords = NO_WORDS) -> ReferenceFields:
    """Read the fields of a printed reference. ``words`` tell the parts apart where punctuation does not (``citation_words``).

    Spelling is kept as printed; nothing is looked up or corrected.

    >>> found = parse_reference("5. Armon C. Somatic mutations trigger ALS. Muscle Nerve. 2016;53:842–9.")
    >>> found.authors, found.title, found.container, found.year, found.volume, found.first_page, found.last_page
    (('Armon C',), 'Somatic mutations trigger ALS', 'Muscle Nerve', 2016, '53', '842', '849')
    """
    printed = _strip_tags(join_lines(text[:4000]))
    letters = small_letters(printed)
    body, ids = take_identifiers(printed, letters)
    if (body[:1].isdigit() or body[:1] in "[(") and (label := _LABEL.match(body)):
        body = body[label.end() :]
    if body[:1].islower() and (lead_in := _LEAD_IN.match(body)):
        body = body[lead_in.end() :]
    spaced = parse_spaced(body, words)
    if spaced is not None:
        return _from_spaced(spaced, ids)
    authors, start = find_authors(body, words)
    year_first, start = _year_after_authors(body, start)
    tail = _with_year_as_volume(find_tail(body, start), body, year_first)
    book = _book(body, start, tail)
    if book is not None:
        title, container, year = book
        tail = _series_number(body, tail)
    else:
        year, title, container = _middle(body, start, tail, words, known_year=year_first)
    if (
        tail is not None
        and container is None
        and title is not None
        and tail.volume
        and not is_preprint(printed, letters)
    ):
        title, container = (title, None) if len(title.split()) > 8 else (None, title)
    kind = kind_of((printed, letters), container, tail, ids, is_book=book is not None)
    if kind == "web-page" and title is None and container is not None:
        title, container = container, None
    return ReferenceFields(
        kind,
        authors,
        title,
        container,
        year,
        *((tail.volume, tail.issue, tail.first_page, tail.last_page) if tail else (None, None, None, None)),
        *map(ids.get, ("doi", "pmid", "pmcid", "url", "accessed")),
    )


def _with_year_as_volume(tail: Tail | None, body: str, year: int | None) -> Tail | None:
    """Give the year that is printed again before the pages, in ``(2015). Title. Sarcoma, 2015, 1–6.``, as the volume that it is.

    >>> text = "Sarcoma, 2015, 1–6."
    >>> [_with_year_as_volume(find_tail(text), text, year).volume for year in (2015, None)]
    ['2015', None]
    """
    if tail is None or year is None or tail.year != year or tail.volume or not tail.first_page:
        return tail
    return tail._replace(volume=str(year)) if body.startswith(str(year), tail.start) else tail


def _from_spaced(parts: SpacedReference, ids: Mapping[str, str]) -> ReferenceFields:
    return ReferenceFields(
        kind="article" if parts.container and (parts.volume or parts.page) else "unknown",
        authors=(parts.author,) if parts.author else (),
        title=parts.title,
        container=parts.container,
        year=parts.year,
        volume=parts.volume,
        issue=parts.issue,
        first_page=parts.page,
        doi=ids.get("doi"),
        pmid=ids.get("pmid"),
        pmcid=ids.get("pmcid"),
        url=ids.get("url"),
        accessed=ids.get("accessed"),
    )


def join_lines(text: str) -> str:
    r"""Undo line breaks, and hyphens that stand at them.

    >>> join_lines("threshold-free enhance-\nment: a\n test")
    'threshold-free enhancement: a test'
    """
    if "\n" in text:
        text = line_breaks.join_lines(text)
    text = text.replace("\u00ad", "")
    if text.isprintable() and "  " not in text:  # of white space only the plain space is printable
        return text.strip(" ")
    return " ".join(text.split())


def _strip_tags(text: str) -> str:
    """Drop inline tags; italics right before numbers mark the container."""
    if "<" not in text:
        return text
    text = re.sub(r"(?<=[\w\])])\s*<(i|em)>([^<]{2,120})</\1>(?=[.,;]?\s*(?:<b>)?\(?\d)", r". \2", text)
    return re.sub(r"</?[A-Za-z]{1,8}>", "", text)


_YEAR_NEXT = re.compile(
    r"[\s.,;:]*(?:[\(\[]\s*(?:[A-Za-z]+,?\s+)?(?P<year>(?:1[6-9]|20)\d\d)[a-z]?(?:,?\s+[A-Z][a-z]+\.?(?:\s+\d{1,2}"
    r")?)?\s*[\)\]]|(?P<plain>(?:1[6-9]|20)\d\d)[a-z]?(?=[.,:;]\s|\s+[A-Z“\"]))[\s.,:;]*"
)
_YEAR_STARTS: Final = "([12"
_MOST_MARKS: Final = 8


def _year_after_authors(body: str, start: int) -> tuple[int | None, int]:
    first = body[start : start + _MOST_MARKS].lstrip(" .,:;")[:1]  # nothing if there are more marks
    match = _YEAR_NEXT.match(body, start) if start and first in _YEAR_STARTS else None
    if match is None:
        return None, start
    return int(match["year"] or match["plain"]), match.end()


def _middle(
    body: str, start: int, tail: Tail | None, words: CitationWords, *, known_year: int | None
) -> tuple[int | None, str | None, str | None]:
    """Find year, title and container between the authors and the numbers."""
    end = tail.start if tail is not None else len(body)
    year = known_year or (tail.year if tail is not None else None)
    if year is None and (found := find_year(body, tail.end if tail is not None else start)):
        year = found[0]
        if tail is None and found[1] > start:
            end = found[1]
    if year is None and tail is not None and (found := find_year(body, start)):
        year = found[0]
    start = _past_names_to_quote(body, start, end)
    segment = body[start:end]
    if start == 0 and "(" in segment and (dated := _DATED_TITLE.match(segment)):
        return int(dated["year"]), _tidy(dated["title"].rstrip(".")), _tidy(segment[dated.end() :])
    ending = segment[-16:]
    if year and ("1" in ending or "2" in ending) and (printed := _YEAR_AT_END.search(ending)):
        segment = segment[: len(segment) - len(ending) + printed.start()]
    if segment.rstrip(" .")[-6:].lower().endswith(_NUMBER_WORDS) and (
        word := _NUMBER_WORD_AT_END.search(segment, max(0, len(segment) - 16))
    ):
        segment = segment[: word.start()]
    split = split_title(segment, words, has_numbers=tail is not None and _is_article(body, tail))
    title = _tidy(segment[split.title[0] : split.title[1]]) if split.title else None
    container = segment[split.container[0] : split.container[1]] if split.container else None
    return year, title, _tidy(_bare_container(container))


_TO_QUOTE = re.compile(r"[^“]{2,400}?[.,)]\s(?=“[^”]{8,400}”)")
_LOWER_WORD = re.compile(r"(?<![A-Za-z'’-])(?!(?:and|van|von|der|den|del|della|dos|und|with|eds?)\b)[a-z]{3,}")


def _past_names_to_quote(body: str, start: int, end: int) -> int:
    """Step to a title in quotation marks where only names and a year stand before it."""
    ahead = _TO_QUOTE.match(body, start, end) if "“" in body else None
    return ahead.end() if ahead is not None and not _LOWER_WORD.search(ahead[0]) else start


_BEFORE_CONTAINER = re.compile(
    r"(?:[\s.,]*(?:\(?(?:19|20)\d\d[a-z]?\)?[.,:]\s+(?=[A-Z])|Edited by [^.]{3,200}\.\s+(?=[A-Z])))+"
)
_AFTER_CONTAINER = re.compile(r"\s*\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^()]{0,12}\)$")


def _bare_container(text: str | None) -> str | None:
    """Leave out a year and editors before the name of a container, and a month after it."""
    if text is None:
        return None
    if text[:1] in "(12E" and (before := _BEFORE_CONTAINER.match(text)):
        text = text[before.end() :]
    return _AFTER_CONTAINER.sub("", text) if text.endswith(")") else text


_DATED_TITLE = re.compile(
    r"(?P<title>[^()]{3,300}?[.?!])\s+\((?P<year>(?:1[6-9]|20)\d\d)[a-z]?\)\.\s+(?=[A-Z][^.]*[.,\s]*$)"
)


def _is_article(body: str, tail: Tail) -> bool:
    """Tell whether the numbers are those of an article in a container: a volume, or pages that no ``p.`` marks."""
    return bool(tail.volume or (tail.first_page and "p" not in body[tail.start : tail.start + 6]))


_YEAR_AT_END = re.compile(r"[\s.,;]*[\(\[]?(?:1[6-9]|20)\d\d[a-z]?[\)\]]?[\s.,;:]*$")
_NUMBER_WORDS: Final = ("vol", "volume", "p", "no")
_NUMBER_WORD_AT_END = re.compile(r"[\s,]*(?:\b(?:vol(?:ume)?|pp?|no)\.?)\s*$", re.IGNORECASE)
_QUOTES: Final = ("“", '"', "”")
_LEADING_IN = re.compile(r"[Ii]n:?\s+(?=[A-Z])")
_REMARK = re.compile(r"\s*[\[(](?:in [A-Z]\w+|abstract|letter|review|editorial)[\])]$")


def _tidy(text: str | None) -> str | None:
    if text is None:
        return None
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        text = _without_marks(text)
    if text.startswith(("In", "in")) and (inside := _LEADING_IN.match(text)):
        text = text[inside.end() :]
    return text.strip() or None


def _without_marks(text: str) -> str:
    """Leave out marks at the ends, and a remark in brackets."""
    text = text.strip(" ,;:")
    if text[:1] in _QUOTES and not opens_inside(text, 0, len(text)):
        text = text.lstrip(' ,;:"“”')
    text = text.rstrip(' ,;:"“' if "“" in text else ' ,;:"“”')
    if text[-1:] in ("]", ")"):
        text = _REMARK.sub("", text)
    return text.lstrip(" .")


def _book(body: str, start: int, tail: Tail | None) -> tuple[str | None, str | None, int | None] | None:
    """Read ``Title. Place: Publisher; year. (Series.) Chapter.``; ``None`` unless it has that form."""
    match = _PUBLISHER.search(body, start) if _PUBLISHED.search(body, start) else None
    if match is None or (tail is not None and tail.volume and tail.start < match.start()):
        return None
    if tail is not None and tail.volume and not BOOKISH.search(match["name"]) and "(" not in (match["place"] or ""):
        return None
    before = body[start : match.start()]
    inside = re.search(r"\bIn:?\s+", before)
    year = int(match["year"])
    if inside is not None and inside.start() > 5:
        return (
            _tidy(before[: inside.start()].rstrip(". ")),
            _tidy(re.sub(r"^.*?\b[Ee]d(?:itor)?s?\.?\)?[.,:]?\s+", "", before[inside.end() :]).rstrip(". ")),
            year,
        )
    series = re.match(
        r"[\s.;]*\((?P<series>[A-Z][^()]{5,160}?)(?:,?\s+(?:[Nn]o|[Vv]ol)\.?\s*(?P<number>\w{1,8}))?\.?\)",
        body[match.end() :],
    )
    title = _tidy(before.rstrip(". "))
    return title, series["series"].strip(" ,") if series else None, year


def _series_number(body: str, tail: Tail | None) -> Tail | None:
    """Give the number of a book in its series, which stands where an article has its volume."""
    match = re.search(r"\([A-Z][^()]{5,160}?,?\s+(?:[Nn]o|[Vv]ol)\.?\s*(\w{1,8})\.?\)", body)
    return Tail(match.start(), match.end(), None, match[1], None, None, None) if match else tail
