"""Names with years in running text, ``(Ay et al., 2004a; Cee and Dee 2010)``, and the references that they stand for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from alsu_kg.model.review import Reference

_NAME: Final = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnls]?|[Dd]el?la|[Dd]i|[Dd]a|[Dd]os|[Dd]u|[Ll][aei]|[Tt]e[nr]|[Ee]l|[Aa]l|[Bb]in|St\.?)[\s-]){0,3}"
    r"[A-ZÀ-ÞĀ-Ž][\w’'‐‑-]{0,30}\w"
)
_INITIALS: Final = r"(?:[A-Z]\.(?:[\s-]?[A-Z]\.){0,2}\s)?"
_YEAR: Final = r"(?:1[89]|20)\d\d[a-z]?"
_CITED = re.compile(
    rf"(?<![\w.’'‐‑-])(?P<names>{_INITIALS}{_NAME}(?:\s{_NAME}){{0,3}}"
    rf"(?:,\s{_INITIALS}{_NAME}(?:\s{_NAME})?){{0,6}}"
    rf"(?:,?\s(?:and|&|und|et|y)\s{_INITIALS}{_NAME}(?:\s{_NAME})?)?"
    r"(?P<more>,?\s(?:and\s(?:colleagues|co-?workers|others)|et\.?\sal\b\.?)(?:[’']s)?)?(?:[’']s?)?)"
    rf"(?:,?\s?[(\[]\s?|,\s?|\s)(?P<years>{_YEAR}(?:(?:\s?[,;&]\s?|\sand\s)(?:{_YEAR}|[a-z])\b(?!\.\w)){{0,20}})(?!\d)"
)
_ONE_YEAR = re.compile(rf"(?P<year>{_YEAR})|(?<![^\s,;&])(?P<letter>[a-z])(?![^\s,;&)\]])")
_PARTS = re.compile(r",?\s(?:and|&|und|et|y)\s|,\s")
_AFTER_NAME = re.compile(r"(?:,?\s+(?:[A-Z]\.?[\s-]?)+|(?<=[a-zà-ÿ])[A-Z]{1,3}|\s+(?:Jr|Sr|[IV]{2,3})\.?)+$")
_FIRST = re.compile(rf"\W*(?P<name>{_NAME}(?:\s[A-ZÀ-Þ][\w’'‐‑-]*[a-zà-ÿ]\w*)?)")
_LETTER = re.compile(rf"\b{_YEAR}\b")
_NOT_IN_KEY = re.compile(r"[^\w]+")


class _Known(NamedTuple):
    number: int
    names: tuple[str, ...]
    letter: str
    printed: str


Index = Mapping[tuple[str, int], tuple[_Known, ...]]


def index_references(references: Sequence[Reference]) -> Index:
    """Index ``references`` by the family name of the first author and the year.

    >>> sorted(index_references([Reference(number=3, authors=("de Ay BC", "Dee E"), year=2004)]))
    [('ay', 2004), ('deay', 2004)]
    """
    index: dict[tuple[str, int], list[_Known]] = {}
    for reference in references:
        if not reference.year:
            continue
        authors = [name for author in reference.authors for name in author.split(", ")]
        names = tuple([_key(_AFTER_NAME.sub("", name)) for name in authors])
        raw = reference.raw or ""
        printed = _LETTER.search(raw)
        letter = printed[0][4:] if printed and printed[0].startswith(str(reference.year)) else ""
        known = _Known(reference.number, names, letter, _key(raw[:500]))
        for key in _first_names(reference):
            index.setdefault((key, reference.year), []).append(known)
    return {key: tuple(dict.fromkeys(found)) for key, found in index.items()}


def _key(name: str) -> str:
    return _NOT_IN_KEY.sub("", name).casefold()


def _first_names(reference: Reference) -> set[str]:
    """Give the names under which the first author may be cited: as read, as printed first, without what stands before it."""
    found = set()
    first = _FIRST.match(reference.raw or "")
    for name in (*reference.authors[:1], *((first["name"],) if first else ())):
        family = _AFTER_NAME.sub("", name).strip(" ,")
        found |= {_key(family), _key(family.split()[-1])} if family else set()
    return found - {""}


def find_author_years(text: str, index: Index) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Find where ``text`` cites by names and years: start, end and reference numbers of each.

    >>> index = index_references([Reference(number=1, authors=("Ay B", "Cee D"), year=2004), Reference(number=2, authors=("Dee E",),
    ...     year=2010)])
    >>> list(find_author_years("It was seen (Ay and Cee, 2004; Dee 2010), and Dee (2010) agrees.", index))
    [(13, 29, (1,)), (31, 39, (2,)), (46, 56, (2,))]
    """
    for match in _CITED.finditer(text):
        numbers = _numbers(match, index)
        if not numbers:
            continue
        start = match.start() + numbers[0]
        end = match.end() + int(text[match.end() : match.end() + 1] == ")" and "(" in match[0])
        yield start, end, numbers[1]


def _numbers(match: re.Match[str], index: Index) -> tuple[int, tuple[int, ...]] | None:
    """Give where the names start that an author is known by, and the references of all years after them."""
    years = [(m["year"] or "", m["letter"] or "") for m in _ONE_YEAR.finditer(match["years"])]
    printed = match["names"]
    starts = [0, *(m.end() for m in re.finditer(r"\s", printed) if printed[m.end() : m.end() + 1].isalpha())]
    for at in starts:
        names = [part for part in _PARTS.split(printed[at : len(printed) - len(match["more"] or "")]) if part]
        if not names:
            continue
        found = _of_years(names, years, index, more=bool(match["more"]))
        if found:
            return at, found
    return None


def _of_years(names: Sequence[str], years: Sequence[tuple[str, str]], index: Index, *, more: bool) -> tuple[int, ...]:
    keys = [_key(_AFTER_NAME.sub("", re.sub(r"^(?:[A-Z]\.\s?)+|[’']s?$", "", name))) for name in names]
    found: list[int] = []
    year = 0
    for printed, letter in years:
        year = int(printed[:4]) if printed else year
        known = index.get((keys[0], year), ())
        number = _choose(known, keys, printed[4:] or letter, more=more)
        if number is not None:
            found.append(number)
    return tuple(dict.fromkeys(found))


def _choose(known: Sequence[_Known], keys: Sequence[str], letter: str, *, more: bool) -> int | None:
    """Choose among references with the same first name and year: by letter, then by the other names."""
    if not known:
        return None
    fitting = [one for one in known if _fits(one, keys, more=more)] or ([] if len(keys) > 1 else list(known))
    fitting.sort(key=lambda one: more and len(one.names) < 3)  # one name may be all that was read of several
    if letter:
        lettered = [one for one in fitting if one.letter == letter] or [one for one in known if one.letter == letter]
        if lettered:
            return lettered[0].number
        at = ord(letter) - ord("a")
        return fitting[at].number if at < len(fitting) else None
    return fitting[0].number if fitting else None


def _fits(known: _Known, keys: Sequence[str], *, more: bool) -> bool:
    """Say whether the names that are cited are those of the reference, as far as these could be read."""
    if len(keys) > 1:
        if len(known.names) > 1:
            return keys[1] == known.names[1] and not (more and len(known.names) == 2)
        return keys[1] in known.printed or not known.printed
    return len(known.names) != 2 if more else len(known.names) < 2
