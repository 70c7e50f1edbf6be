"""Strings that hold more than one reference: found by their form, so that none of them is taken for the whole.

Chemists print several under one number (``a) … b) …``), and lists that were copied lose their line ends.
"""

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from alsu_kg.model.candidate import ScoredCandidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

LinkParts = Callable[[list[Reference]], list[ReferenceLink]]
"""Links the parts of a string, each by itself."""

_NAME: Final = r"[A-Z](?=[^\s,.;:]{0,20}[a-z])[\w'’´`-]{1,30}"
_STATES: Final = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    "|W[AIVY]|U[KS]"
)
_AUTHOR: Final = (
    rf"(?:{_NAME}(?: {_NAME})?,? (?:[A-Z]\.?[ -]?){{1,3}}(?=[,;:. (&]|and\b)|(?:[A-Z]\. ?-?){{1,3}} ?{_NAME}(?=[,;. ]))"
)
_PLACE: Final = rf"(?:{_NAME} ){{0,3}}{_NAME},? (?:{_STATES})\b[,:]"
_LABEL: Final = r"(?:\(?(?:[b-z]|\d{1,3})[.)] ?|\[\d{1,3}\] ?)"
_BORDER: Final = re.compile(
    rf"(?<=[\d)\]])[.;,]?\s*[.;]?\s+(?!{_PLACE})(?={_LABEL}?{_AUTHOR})|(?<=[\d)\].;])\s+(?={_LABEL}{_AUTHOR})"
)
_POSSIBLE: Final = re.compile(rf"(?<=[\d)\]])[.;,]?\s*[.;]?\s+(?={_LABEL}?[^\W\d_][^\W\d_])")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_NUMBER: Final = re.compile(r"(?<![\w.])[A-Za-z]?\d{1,6}(?![\w])")
_IDENTIFIER: Final = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+|\bPMID\S* ?\d+")
_LEAST: Final = 25
"""Characters of the shortest text that can be a reference of its own."""
_NUMBERS: Final = 2
"""Numbers besides the year (volume and page) that make a text a reference of its own."""
MOST: Final = 6
"""References that are looked for in one string."""
LONGEST: Final = 6_000


def judge_several(reference: Reference, link: ReferenceLink, link_parts: LinkParts) -> ReferenceLink:
    """Give ``link``, unless the string holds several references: then no single work is what it means.

    Plain forms are enough where a part links; otherwise both parts must link, to different works.
    """
    text = reference.unstructured
    if not text or link.decision == "could-not-check":
        return link
    plain = split_references(text)
    if plain:
        found = _works(link_parts(_parts(reference, plain)))
        if found and not _is_repeated(plain):
            return _several(link, len(plain), found)
        return link
    for pair in split_in_two(text):
        found = _works(link_parts(_parts(reference, pair)))
        if len(found) == len(pair):
            return _several(link, len(pair), found)
    return link


def _parts(reference: Reference, texts: Iterable[str]) -> list[Reference]:
    return [Reference(id=reference.id, unstructured=text) for text in texts]


def _is_repeated(parts: tuple[str, ...]) -> bool:
    """Tell whether the parts are one reference printed again."""
    words = [set(re.findall(r"\w{4,}", part.lower())) for part in parts]
    return len(words[0] & words[1]) * 2 > min(len(words[0]), len(words[1]))


def _works(links: Iterable[ReferenceLink]) -> list[ScoredCandidate]:
    found = {link.best.candidate.id: link.best for link in links if link.best and link.work}
    return list(found.values())


def _several(link: ReferenceLink, count: int, found: list[ScoredCandidate]) -> ReferenceLink:
    works = ", ".join(scored.candidate.id for scored in found)
    number = "two" if count == len("ab") else str(count)
    reason = f"{number} references in one string: give each a line of its own ({works})"
    return ReferenceLink(
        id=link.id, decision="ambiguous", reason=reason, method=link.method, best=found[0], others=tuple(found[1:3])
    )


def split_references(text: str) -> tuple[str, ...]:
    """Give the references that a string plainly holds, if it holds more than one whole one; else nothing.

    >>> split_references("Liu T. Signals. Nature 2017;2:17-23. Doe J, Roe B. Salt. Lancet 1999;12:345.")
    ('Liu T. Signals. Nature 2017;2:17-23', 'Doe J, Roe B. Salt. Lancet 1999;12:345.')
    >>> split_references("Liu T. Signals. Nature 2017;2:17-23.")
    ()
    """
    bare = _bare(text)
    parts: list[str] = []
    start = 0
    for border in _BORDER.finditer(bare):
        if len(parts) < MOST and _is_whole(bare[start : border.start()]) and _is_whole(bare[border.end() :]):
            parts.append(text[start : border.start()])
            start = border.end()
    return (*parts, text[start:]) if parts else ()


def split_in_two(text: str) -> list[tuple[str, str]]:
    """Give the ways in which a string might be two references: only what they link to can tell.

    >>> split_in_two("Kay Small genes Genome Res. 16 365 2006 Lejeune Common ground Curr Opin Cell Biol 23 258 2011")
    [('Kay Small genes Genome Res. 16 365 2006', 'Lejeune Common ground Curr Opin Cell Biol 23 258 2011')]
    """
    bare = _bare(text)
    borders = (
        border
        for border in _POSSIBLE.finditer(bare)
        if _is_whole(bare[: border.start()]) and _is_whole(bare[border.end() :])
    )
    return [(text[: border.start()], text[border.end() :]) for border in islice(borders, MOST)]


def _bare(text: str) -> str:
    """Blank out identifiers, whose digits are no pages; a text too long for a few references holds none to be found."""
    return _IDENTIFIER.sub(lambda match: "_" * len(match.group()), text) if len(text) <= LONGEST else ""


def _is_whole(text: str) -> bool:
    """Tell whether a text has what a reference has: a length, a year, a volume and a page."""
    year = _YEAR.search(text)
    return bool(year) and len(text) >= _LEAST and len(_NUMBER.findall(text)) > _NUMBERS
