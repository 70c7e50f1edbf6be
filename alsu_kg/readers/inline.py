"""Inline markup of Markdown and of recognised (OCR) text: emphasis, links, math, entities -> clean text with places."""

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from alsu_kg.model.document import Segment, Text, TextBuilder
from alsu_kg.readers.raised_numbers import SUPERSCRIPTS, is_citing

_GREEK_NAMES: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
    " Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega varepsilon"
)
_GREEK: Final = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩε", strict=True))
_SYMBOLS: Final = _GREEK | {
    "pm": "±",
    "times": "×",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "sim": "~",
    "approx": "≈",
    "rightarrow": "→",
    "to": "→",
    "cdot": "·",
    "degree": "°",
    "circ": "°",
    "infty": "∞",
    "neq": "≠",
    "ldots": "…",
    "dots": "…",
    "prime": "′",
    "beta": "β",
}

# What every mark starts with; the first may have a space right before it that is part of the mark.
_AFTER_SPACE: Final = frozenset("$\t\r\n\x0b\x0c\xa0\u2028\u2029")
_STARTS: Final = (
    (_AFTER_SPACE - {"\n"})
    | frozenset("\\<^![&*_`⁰¹²³⁴⁵⁶⁷⁸⁹\xad\u202f\ufeff")
    | frozenset(
        chr(code)
        for first, last in ((0, 8), (0x0E, 0x1F), (0x2002, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069))
        for code in range(first, last + 1)
    )
)
_NO_STARTS: Final = bytes(code for code in range(128) if chr(code) not in _STARTS)
# What a mark may be, in the order in which it is tried, each with what it may start with.
_HIDDEN: Final = r"\x00-\x08\x0e-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS: Final = (
    (
        r"[*_`]",
        r"(?P<star>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![A-Za-z0-9])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9])|`+)",
    ),
    (r"\\", r"(?P<escape>\\[!-/:-@\[-`{-~])"),
    (
        r"[ $]",
        r"(?P<pre>[ ]?)(?P<math>\$\$?[^$\n]*[\\^_][^$\n]{0,300}?\$\$?|\$\\[a-zA-Z]+\$)(?P<post>[ ](?=[A-Z](?![a-zA-Z]))|)",
    ),
    (r"<", r"<sup>(?P<sup>.{1,200}?)</sup>"),
    (r"\^", r"\^(?P<caret>[0-9][0-9,\s–-]{0,60})\^"),
    (r"<", r"<(?P<auto>(?:https?://|mailto:)[^>\s]{1,2000})>"),
    (
        r"[!\[]",
        r"!?\[(?P<label>[^\]\[]{0,1000})\]\((?P<href>[^)\s]{0,600})(?:\s+(?:\"[^\"]{0,200}\"|'[^']{0,200}'|\([^()]{0,200}\))\s*)?\)",
    ),
    (r"\[", r"\[(?P<span>[^\]\[]{0,1000})\]\{[.#][^{}\n]{0,200}\}"),
    (r"\[", r"\[[\^#](?P<note>[A-Za-z0-9_:.-]{1,40})\](?!:)"),
    (r"<", r"(?P<tag></?[A-Za-z][^<>]{0,1000}>|<!--.{0,2000}?-->)"),
    (r"&", r"(?P<entity>&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", r"(?P<superscripts>[⁰¹²³⁴⁵⁶⁷⁸⁹](?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,–-]*[⁰¹²³⁴⁵⁶⁷⁸⁹])?)"),
    (
        r"[ \xa0\t\r\n\x0b\x0c\u2028\u2029\u2002-\u200a\u202f]",
        r"(?P<space>[ \xa0]*[\t\r\n\x0b\x0c\u2028\u2029][\s]*(?:>(?<=\n>)[ \t>]*)?|[ ]{2,}|[\xa0\u2002-\u200a\u202f])",
    ),
    (rf"[{_HIDDEN}]", rf"(?P<hidden>[{_HIDDEN}])"),
)
_NO_MARK = re.compile("(?!)")


def _mark_at(char: str) -> re.Pattern[str]:
    """Give the pattern of the marks that may start with ``char``: few of them, so that the others need not be tried."""
    marks = [mark for start, mark in _MARKS if re.match(start, char)]
    return re.compile("|".join(marks), re.DOTALL) if marks else _NO_MARK


_MARK_AT: Final = MappingProxyType({char: _mark_at(char) for char in sorted(_STARTS | set(" \n"))})


_RAISED = re.compile(r"\^\{?([^{}]*)\}?")
_STYLED = re.compile(r"\\(?:mathrm|text|mathit|mathbf|rm|mathcal|operatorname)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")
_ESCAPED = re.compile(r"\\(.)")
_GROUPING: Final = str.maketrans("", "", "{}^_")


@lru_cache(maxsize=1_000)
def math_text(source: str) -> tuple[str, bool]:
    r"""Give a TeX fragment as plain characters, and whether all of it is a superscript.

    >>> math_text(r"\kappa"), math_text("^{3,4}"), math_text(r"2 \times 10^{6}")
    (('κ', False), ('3,4', True), ('2 × 106', False))
    """
    source = source.strip()
    raised = _RAISED.fullmatch(source)
    body = raised[1] if raised else source
    if "{" in body:
        body = _STYLED.sub(r"\1", body)
    if "\\" in body:
        body = _COMMAND.sub(lambda m: _SYMBOLS.get(m[1], "") + (" " if m[0].endswith(" ") else ""), body)
        body = _ESCAPED.sub(r"\1", body)
    body = body.translate(_GROUPING)
    return " ".join(body.split()), raised is not None


class InlineReader:
    """Reads stretches of a raw text as Markdown inline text; ``rare`` are the text's rare characters."""

    __slots__ = ("_places", "_raw", "rare")

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self.rare = rare_characters(raw)
        self._places = mark_places(raw, self.rare)

    def read(self, start: int, end: int) -> Text:
        r"""Read characters ``start`` to ``end``.

        >>> raw = r"NF- $\kappa$ B *in* vivo [see](http://x.org) 5\%"
        >>> InlineReader(raw).read(0, len(raw)).text
        'NF-κB in vivo see 5%'
        """
        raw, places = self._raw, self._places
        first = bisect_left(places, start)
        places = places[first : bisect_left(places, end, first)]
        if raw.find("\n", start, end) >= 0:
            places = sorted(places + _places_of("\n", raw, start, end))
        marks = _marks(raw, places, start, end) if places else None
        if not marks:
            return _plain(raw, start, end)
        if {mark.lastgroup for mark in marks} == {"star"}:
            return _unstressed(raw, marks, start, end)
        builder = TextBuilder()
        position = start
        for match in marks:
            kind, at = match.lastgroup, match.start()
            if at > position:
                builder.add(raw[position:at], position)
            if kind == "star":
                pass
            elif kind in ("href", "label"):
                self._add_link(builder, match)
            elif kind == "span":
                builder.extend(self.read(*match.span("span")))
            elif kind == "note" and match[0][1] == "#" and f"{match[0]}:" not in raw:
                builder.add(match[0], at)
            else:
                _add(builder, match)
            position = match.end()
        builder.add(raw[position:end], position)
        return builder.build().strip()

    def _add_link(self, builder: TextBuilder, match: re.Match[str]) -> None:
        at = builder.length
        builder.extend(self.read(*match.span("label")))
        builder.mark(at, "link", match["href"])


def rare_characters(raw: str) -> str:
    """Give what ``raw`` has of the characters that start marks, and all that is not of ASCII, in order.

    >>> rare_characters("a – b $x$ *c*")
    '–$$**'
    """
    return raw.encode("utf-8", "surrogatepass").translate(None, _NO_STARTS).decode("utf-8", "surrogatepass")


def mark_places(raw: str, rare: str) -> list[int]:
    """Give the places at which a mark may start, in order: what starts one, spaces right before it, and double spaces.

    Line ends are left out, of which most stand between what is read. ``rare`` are the rare characters of ``raw``.

    >>> mark_places("a  b $x$ *c*", "$$**")
    [1, 4, 5, 7, 9, 11]
    """
    places: list[int] = []
    at = -1
    for mark in rare:  # all of them, in order: each is found from the one before it on
        if mark in _STARTS:
            at = raw.find(mark, at + 1)
            if mark in _AFTER_SPACE and at and raw[at - 1] == " ":
                places.append(at - 1)
            places.append(at)
    if double := _places_of("  ", raw, 0, len(raw)):
        places = sorted(places + double)
    return places


def _places_of(mark: str, raw: str, start: int, end: int) -> list[int]:
    places = []
    may_follow = mark in _AFTER_SPACE
    at = raw.find(mark, start, end)
    while at >= 0:
        if may_follow and at and raw[at - 1] == " ":
            places.append(at - 1)
        places.append(at)
        at = raw.find(mark, at + 1, end)
    return places


def _marks(raw: str, places: Sequence[int], start: int, end: int) -> list[re.Match[str]]:
    marks = []
    for at in places:
        if at >= start and (match := _MARK_AT[raw[at]].match(raw, at, end)) is not None:
            start = match.end()
            marks.append(match)
    return marks


def _unstressed(raw: str, marks: Sequence[re.Match[str]], start: int, end: int) -> Text:
    """Give the words between marks of stress, which leave nothing in them."""
    segments: list[Segment] = []
    words = ""
    for stop, following in [*map(re.Match.span, marks), (end, end)]:
        if start < stop:
            segments.append(Segment(len(words), stop - start, start, stop - start))
            words += raw[start:stop]
        start = following
    return Text(words, tuple(segments)).strip()


def _plain(raw: str, start: int, end: int) -> Text:
    text = raw[start:end]
    bare = text.strip()
    if len(bare) < len(text):
        start += len(text) - len(text.lstrip())
    return Text(bare, (Segment(0, len(bare), start, len(bare)),)) if bare else Text("")


def _add(builder: TextBuilder, match: re.Match[str]) -> None:
    kind = match.lastgroup
    start, length = match.start(), match.end() - match.start()
    if kind == "escape":
        builder.add(match[0][1], start, length)
    elif kind in ("post", "math"):
        _add_math(builder, match)
    elif kind in ("sup", "caret", "superscripts"):
        inner = match[kind]
        if builder.is_raised() or is_citing(inner.translate(SUPERSCRIPTS), builder.ending()):
            builder.gap()
        at = builder.length
        builder.add(inner.translate(SUPERSCRIPTS), match.start(kind))
        builder.mark(at, "superscript")
    elif kind == "auto":
        at = builder.length
        builder.add(match["auto"], match.start("auto"))
        builder.mark(at, "link", match["auto"])
    elif kind == "note":
        if builder.last.isdigit():
            builder.gap()  # "$4,000[^2]" is not forty thousand and two
        at = builder.length
        builder.add(match["note"], match.start("note"))
        builder.mark(at, "citation", match["note"])
    elif kind == "entity":
        builder.add(html.unescape(match[0]), start, length)
    elif kind == "space" and builder.last not in (" ", ""):
        builder.add(" ", start, length)


def _add_math(builder: TextBuilder, match: re.Match[str]) -> None:
    text, raised = math_text(match["math"].strip("$"))
    if match["pre"] and builder.last not in ("-", "–", ""):
        builder.add(" ", match.start("pre"))
    if raised and is_citing(text, builder.ending()):
        builder.gap()
    at = builder.length
    builder.add(text, match.start("math"), match.end() - match.start("math"))
    if raised:
        builder.mark(at, "superscript")
