"""Author lists at the head of a reference: the ways in which styles order and mark names."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

_PARTICLE = (
    r"(?:[Vv]an(?:\s+(?:de[rn]?|het|'t))?|[Vv]on(?:\s+der)?|[Dd]e(?:\s+(?:la|los|las))?|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|"
    r"[Dd]as|[Dd]os|[Dd]o|[Dd]al|[Aa]f|[Aa]bu|[Dd]u|[Dd]en|[Dd]er|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Tt]er"
    r"|[Tt]en|[Bb]in|[Ii]bn|[Ss]t\.?|[Zz]u[mr]?|d'|D'|O')"
)
_U = "A-Z"
_L = "a-z'’`´"
# Letters with marks are folded to bare ones before matching, one for one, so that places stay and patterns stay small.
_FOLD: Final = {
    code: base[0]
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFD", chr(code))) and base[0].isascii() and base[0].isalpha()
} | {ord(a): b for a, b in zip("ØøŁłĐđÆæŒœßÐðÞþıŊŋŦŧ", "OoLlDdAaOosDdTtiNnTt", strict=True)}
_MARKED = re.compile("[\u00c0-\u024f]")
_DASH = r"[-‐‑–]"
_WORD = (
    rf"(?>(?:Ma?c|[Dd]['’]|O['’]|L['’]|[Dd]e|Di|Le|La|Van|Fitz)?[{_U}][{_L}{_U}]*[{_L}]|[{_U}]{{2,}}(?:['’][{_U}]+)?)"
)
_SURNAME = rf"(?:{_PARTICLE}\s+|{_PARTICLE}(?=[{_U}])){{0,2}}{_WORD}(?:{_DASH}\s?(?:{_WORD}|[{_L}]+)){{0,3}}"
_LONG_SURNAME = rf"{_SURNAME}(?:\s+(?:{_PARTICLE}\s+)?{_SURNAME}){{0,2}}"
_JUNIOR = r"(?:,?\s+(?:Jr|Sr|2nd|3rd|4th|II|III|IV)\b\.?)?"
_BARE = rf"[{_U}](?:{_DASH}?[{_U}]){{0,4}}(?:\s[{_U}](?![{_L}{_U}])){{0,2}}(?:\s(?:da|de|van|von|dos|der|den|do))?(?![{_L}{_U}])"
_DOTTED = rf"[{_U}][{_L}]?\.(?:\s?{_DASH}?\s?[{_U}][{_L}]?\.){{0,4}}"
_LOOSE = (  # after one with a full stop come only such: in "T. J. A fast test" the title starts with a letter
    rf"(?:[{_U}](?![{_L}])\.(?:\s?{_DASH}?\s?[{_U}](?![{_L}])(?:\.|(?=\s*(?:[,;:&()\[]|and\s|(?:19|20)\d\d|$)))){{0,4}}"
    rf"|[{_U}](?![{_L}])(?:\s?{_DASH}?\s?[{_U}](?![{_L}])){{0,4}}\.?)"
)
_FULL = (
    rf"[{_U}][{_L}]+(?:{_DASH}[{_U}]?[{_L}]+)?(?:\s+[{_U}](?:\.|(?![{_L}{_U}])))*"
    rf"(?:\s+[{_U}][{_L}]+(?:{_DASH}[{_U}]?[{_L}]+)?(?=\s+[{_U}][{_L}]))?"
)

_SEPARATOR = re.compile(
    r"\s*(?:;\s*(?:and\s|&\s?)?|,?\s+(?:and|und|et(?!\s*al)|y)\s+|,\s*(?:and\s+|&\s*|und\s+)?|\s*&\s*|\s*/\s*)\s*"
)
_ET_AL = re.compile(
    r"[\s,;]*(?:\bet\.?\s*al\b\.?(?:,?\s*i[nm]\b(?!\s(?-i:[a-z])))?|\band\s+(?:others|coworkers|colleagues)\b|\.\.\."
    r"|…|\b(?:u\.a\.|i wsp\.))"
    r"|\s*\[(?:et\s+al\.?)\]",
    re.IGNORECASE,
)
_AND_OTHERS: Final = ", et al. "
_OTHERS: Final = frozenset(["et", "an", "..", "…", "… ", "u.", "i ", "[e"])  # what "et al." and its like start with
_EDITORS = re.compile(r"\s*[,(]?\s*\(?(?:eds?|editors?)\b\.?\)?", re.IGNORECASE)


class _Form(NamedTuple):
    """A way to write a name; ``family`` and ``given`` name the groups of ``pattern``, ``opening`` is what it starts with."""

    name: str
    pattern: re.Pattern[str]
    opening: re.Pattern[str] | None


def _form(name: str, pattern: str, opening: str = "") -> _Form:
    return _Form(name, re.compile(pattern), re.compile(opening) if opening else None)


_F = rf"(?P<family>{_LONG_SURNAME})"
_FORMS: Final = (
    _form("surname-bare", rf"{_F}\s+(?P<given>{_BARE}|[a-z](?:\s?[{_U}])?(?=,\s(?![{_U}]\.))){_JUNIOR}"),
    _form("surname-dotted", rf"{_F}\s+(?P<given>{_DOTTED}){_JUNIOR}"),
    _form("surname-comma", rf"{_F},\s*(?P<given>{_LOOSE}){_JUNIOR}"),
    _form("initials-first", rf"(?P<given>{_DOTTED})\s*{_F}{_JUNIOR}", rf"[{_U}][{_L}]?\."),
    _form(
        "bare-first",
        rf"(?P<given>[{_U}](?:{_DASH}?[{_U}]){{0,3}}(?:\s[{_U}](?![{_L}])){{0,2}})\s+{_F}{_JUNIOR}",
        rf"[{_U}](?:[{_U}\s]|{_DASH})",
    ),
    _form("surname-full", rf"{_F},\s*(?P<given>{_FULL}(?:\s(?:van|von|de|du|di|der|den|la)\b){{0,2}}){_JUNIOR}"),
    _form("full-first", rf"(?P<given>(?:[{_U}]\.\s)?{_FULL})\s+{_F}{_JUNIOR}", rf"[{_U}][.{_L}]"),
)
# Names of one family name and initials, with commas between, that nothing else can be read from; most lists are no more than that.
_PLAIN_FAMILY = rf"(?!Et|And|Eds?\b|Editors?\b|[JS]r\b)[{_U}][A-Za-z]{{0,40}}[a-z](?:-[{_U}][A-Za-z]{{0,40}}[a-z])?"
_PLAIN_NAME = (
    rf"(?:(?:v[ao]n|d[ei]|van de[rn]?) )?{_PLAIN_FAMILY} (?:[{_U}]{{1,4}}(?![{_U}-])|[{_U}](?:-?[{_U}]){{0,3}})"
)
_PLAIN = re.compile(rf"{_PLAIN_NAME}(?:, {_PLAIN_NAME}){{0,60}}(?=[,.;])(?!,?\s+(?:Jr|Sr|2nd|3rd|4th|II|III|IV)\b)")
_BY_NAME: Final = {form.name: form for form in _FORMS}
_OF_NAMES = re.compile(rf"(?:[{_U}{_L}.\s]|{_DASH})+")  # the characters of names
_MAY_PART: Final = ";,&/234"  # and what the "2nd" and so on of a name starts with
_PARTING = re.compile(r"\s(?:and|und|et|y)\s")
_PARTED = re.compile(r"[\s,]")  # stands in every name but those whose initials come first
_COMMA_FORMS: Final = frozenset(["surname-comma", "surname-full"])  # a comma follows on the family name
_LONGEST_FAMILY: Final = 60
_UNPARTED_FORMS: Final = (_BY_NAME["initials-first"],)
_FOLLOWERS: Final = {
    first: tuple(_BY_NAME[name] for name in names)
    for first, names in (
        ("surname-comma", ("surname-comma", "initials-first", "surname-bare", "full-first")),
        ("surname-full", ("surname-full", "full-first")),
        ("surname-bare", ("surname-bare", "surname-comma")),
        ("surname-dotted", ("surname-dotted", "surname-comma", "initials-first")),
        ("initials-first", ("initials-first", "full-first")),
        ("bare-first", ("bare-first",)),
        ("full-first", ("full-first", "initials-first")),
    )
}
_AFTER = re.compile(r"\s*(?:[.:;,(\[]|[\"“‘]|(?:19|20)\d\d|$|[{_U}])".replace("{_U}", _U))
_SMALL_WORDS: Final = frozenset(["of", "for", "in", "the"])
_NUMBERS = re.compile(r"[\s,]*\(?(?!(?:1[6-9]|20)\d\d[a-z]?[).:,]*\s*[A-Za-z“\"«‘'])\d")
_LIST_GOES_ON = re.compile(
    r",?\s+and\s+(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+[.,]|,\s+(?:[A-Z][\w.'’-]*\s+){1,3}(?:[A-Z][\w'’-]+)[,.]"
    r"|[.,]?\s*\(?(?:1[6-9]|20)\d\d[a-z]?\)?\.\s|\.\s+[“\"]|,?\s+et\sal"
)
_NOT_NAMES: Final = frozenset((
    "Journal", "University", "Department", "Institute", "Proceedings", "Association", "Society", "Group", "The", "In",
    "Effect", "Effects", "Role", "Study", "Analysis", "Review", "Nature", "Science", "Available", "Clinical",
    "International", "National", "American", "European", "World", "Health", "Organization", "Organisation", "Committee",
    "Guideline", "Guidelines",
))  # fmt: skip


class Authors(msgspec.Struct, frozen=True, gc=False):
    """Names as ``Family Given``, the position in the string at which the list ends, its form, and where each name ends."""

    names: tuple[str, ...]
    end: int
    form: str = ""
    ends: tuple[int, ...] = ()


_NOBODY: Final = Authors((), 0)


def parse_authors(text: str) -> Authors:
    """Read the author list that ``text`` starts with; no names and ``end`` 0 if it starts with none.

    >>> parse_authors("Liu T, Zhang L, Sun SC. NF-κB signaling in inflammation.").names
    ('Liu T', 'Zhang L', 'Sun SC')
    >>> parse_authors("van Es, M. A., & Hardiman, O. (2017). Title").names
    ('van Es M. A.', 'Hardiman O.')
    """
    if plain := _plain_list(text, text):
        return plain
    best = _NOBODY
    printed, text = text, _fold(text)
    if text is not printed and (plain := _plain_list(text, printed)):
        return plain
    has_comma = "," in text[:_LONGEST_FAMILY]
    for form in _FORMS if _PARTED.search(text) else _UNPARTED_FORMS:
        if (form.opening is not None and not form.opening.match(text)) or (form.name in _COMMA_FORMS and not has_comma):
            continue
        found = _read(text, form, printed)
        if found.names and _rank(found, text) > _rank(best, text):
            best = found
        if form.name == "surname-bare" and _is_best(text, best):
            break
    return best


def _fold(text: str) -> str:
    """Give ``text`` without marks on its letters.

    >>> _fold("Łoś–Żak Ö")
    'Los–Zak O'
    """
    if text.isascii() or text.replace("–", "").isascii() or not _MARKED.search(text):
        return text
    return text.translate(_FOLD)


def _plain_list(text: str, printed: str) -> Authors | None:
    """Give the names of a list that is closed by a full stop or ``et al.`` and has only plain names: no form reads it better.

    >>> _plain_list("Liu T, Sun SC, et al. One", "Liu T, Sun SC, et al. One").names, _plain_list("Liu T. One", "Liu T. One")
    (('Liu T', 'Sun SC'), None)
    """
    names: list[str] = []
    ends: list[int] = []
    if not _take_plain(text, 0, (names, ends), printed) or len(names) < 2:
        return None
    end = ends[-1]
    if text.startswith(_AND_OTHERS, end):
        end += len(_AND_OTHERS) - 1
        if text.startswith(("i", "I"), end + 1):
            return None  # perhaps the "In" of a book, which is read with the words before it
    elif not text.startswith(". ", end):
        return None
    return Authors(tuple(names), end, "surname-bare", tuple(ends))


def _is_best(text: str, bare: Authors) -> bool:
    """Say whether no other form reads ``text`` better than as names with bare initials.

    >>> [_is_best(text, _read(text, _FORMS[0], text)) for text in ("Ay B. One (2)", "Ay B. Cee, Dee F. Gee", "Ay B: One")]
    [True, False, False]
    """
    if len(bare.names) > 1:
        return _is_closed(text, bare)
    if not bare.names or not text.startswith(".", bare.end) or "." in text[: bare.end]:
        return False
    # Names with full stops end later. Others only rank higher if there are several, with signs or words between them.
    ahead = _OF_NAMES.match(text)
    return ahead is not None and text[ahead.end() : ahead.end() + 1] not in _MAY_PART and not _PARTING.search(ahead[0])


def _is_closed(text: str, authors: Authors) -> bool:
    """Say whether a list ends as lists do: before a full stop or colon, or with words for the other authors."""
    return text[authors.end : authors.end + 1] in (".", ":") or authors.end > authors.ends[-1]


def _rank(authors: Authors, text: str) -> tuple[int, int]:
    if not authors.names:
        return (0, 0)
    after = text[authors.end : authors.end + 3].strip()
    clean = after[:1] in (".", ":", "(", "[", '"', "“", ",", ";") or after == ""
    weak = authors.form in ("full-first", "surname-full", "bare-first")
    return (2 * len(authors.names) + clean - (weak and len(authors.names) == 1), -authors.end)


def _read(text: str, first: _Form, printed: str) -> Authors:
    names: list[str] = []
    ends: list[int] = []
    position = end = 0
    while len(names) < 400:
        if not (first.name == "surname-bare" and _take_plain(text, position, (names, ends), printed)):
            match = _next_name(text, position, _FOLLOWERS[first.name] if names else (first,), first.name)
            if match is None:
                break
            names.append(_name(match, printed))
            ends.append(match.end())
        end = ends[-1]
        after = text[end : end + 10].lower()
        if "ed" in after and (editors := _EDITORS.match(text, end)) is not None and editors[0].strip():
            end = editors.end()
            break
        separator = _SEPARATOR.match(text, end)
        if separator is None or (after.lstrip(" ,;")[:2] in _OTHERS and _ET_AL.match(text, end)):
            break
        position = separator.end()
    if not names:
        return _NOBODY
    et_al = _ET_AL.match(text, end)
    if not (et_al or len(names) > 1 or _AFTER.match(text, end)):
        return _NOBODY
    return Authors(tuple(names), et_al.end() if et_al else end, first.name, tuple(ends))


def _take_plain(text: str, position: int, taken: tuple[list[str], list[int]], printed: str) -> bool:
    """Add the names from ``position`` on that are written plainly, as ``Liu T, Sun SC``; say whether there are any.

    They are what the form ``surname-bare`` finds one by one.
    """
    plain = _PLAIN.match(text, position)
    if plain is None:
        return False
    found = printed[position : plain.end()].split(", ")
    if not _NOT_NAMES.isdisjoint(plain[0].replace("-", " ").replace(", ", " ").split(" ")):
        return False
    names, ends = taken
    names += found
    for name in found:
        position += len(name)
        ends.append(position)
        position += 2
    return True


def _next_name(text: str, position: int, forms: Sequence[_Form], first: str) -> re.Match[str] | None:
    """Match the next name in one of ``forms``, in a list whose first name has the form ``first``."""
    for form in forms:
        match = form.pattern.match(text, position)
        if match is None or not _plausible(match):
            continue
        if not (form.name == "full-first" != first and _rather_title(first, text, match.end())):
            return match
    return None


def _rather_title(first: str, text: str, end: int) -> bool:
    """Tell whether two words are rather a container's name, which numbers follow, or part of a title, which no name follows."""
    if _NUMBERS.match(text, end):
        return True
    return first in ("surname-comma", "initials-first") and not _LIST_GOES_ON.match(text, end)


def _plausible(match: re.Match[str]) -> bool:
    family = match["family"]
    return (
        len(family) < _LONGEST_FAMILY
        and _NOT_NAMES.isdisjoint(family.replace("-", " ").split())
        and _SMALL_WORDS.isdisjoint(match[0].split())
    )


def _name(match: re.Match[str], printed: str) -> str:
    given = " ".join(printed[slice(*match.span("given"))].split()).rstrip("-‐ ")
    return f"{' '.join(printed[slice(*match.span('family'))].split())} {given}".strip()
