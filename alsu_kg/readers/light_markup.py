"""Wiki text, Textile, Jira, AsciiDoc and Org -> Markdown of the same length, so that every character keeps its place."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from alsu_kg.readers.headings import role_of

NOTHING: Final = "\u200b"  # stands for signs that are no text; whatever reads Markdown here passes over it
_FEWEST: Final = 3
_DEEPEST: Final = 5  # signs of equality that only DokuWiki writes, where more of them mean a higher level
_TITLE_SIGNS: Final = 6
_Rewrite = Callable[[re.Match[str]], str]

# "=== Risks ===" of MediaWiki, DokuWiki and XWiki; "== Risks" of AsciiDoc; "h2. Risks" of Textile and Jira; "** Risks" of Org.
_MAY_BE_HEADING = re.compile(r"\n(?:h[1-6]|[=*])")
_CLOSED = re.compile(r"^(?P<signs>={1,6})[ \t]*(?P<words>[^=\s][^\n]*?)[ \t]*(?P=signs)[ \t]*$", re.MULTILINE)
_OPEN = re.compile(r"^(?P<signs>={1,6})[ \t]+(?P<words>[^=\s][^\n=]*)$", re.MULTILINE)
_LETTERED = re.compile(r"^h(?P<level>[1-6])(?:\([^()\n]*\))?\.[ \t]+(?P<words>\S[^\n]*)$", re.MULTILINE)
_STARRED = re.compile(r"^(?P<signs>\*{1,6})[ \t]+(?P<words>\S[^\n]*)$", re.MULTILINE)
_OF_ORG = re.compile(
    r"^#\+(?:title|author|date|options|begin_\w+):|^[ \t]*:PROPERTIES:[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_ANCHOR = re.compile(
    r"\{anchor:[^{}\n]*\}|\{\{[^{}\n]*\}\}|(?:\[\[|\[#)[\w-]+\]\]?[ \t]*(?=\S)|[ \t]+(?::[\w@]+)+:[ \t]*$"
)
_ORG_FIELD = re.compile(r"^#\+(?P<key>title|date):[ \t]*", re.MULTILINE | re.IGNORECASE)
# Lines that say something to the program: drawers and keywords of Org, attributes and blocks of AsciiDoc, frames of wiki tables.
_NO_TEXT = re.compile(
    r"^(?:[ \t]*:[A-Za-z_]+:(?:[ \t][^\n]*)?|#\+\w+:?[^\n]*|\[[\w#.,= \"%^<>*|\[\]-]+\]|\|={3,}|<span id=[^<>\n]*></span>"
    r"|#[\w-]{3,}|\+"
    r"|\{\|[^\n]*|\|\}|<!--[^\n]*-->)[ \t]*$",
    re.MULTILINE,
)
_ITEM = re.compile(r"^(?:#|\.)(?=[ \t]+\S)", re.MULTILINE)
_ITEM_OR_FIRST = re.compile(r"^(?:#|\.|1\.)(?=[ \t]+\S)", re.MULTILINE)  # where every item has the number 1
_SECOND = re.compile(r"^[ \t]*2\.[ \t]", re.MULTILINE)
_CELL_OF_WIKI = re.compile(
    r"\n(?:(?P<row>\|-[^\n]*\n[|!])|[|!](?![-}|]))(?:[ \t]*(?:[\w-]+=\"[^\"\n]*\"[ \t]*)+\|)?", re.MULTILINE
)
_WIKI_TABLE = re.compile(r"^\{\|[^\n]*\n(?:(?!\{\||\|\})[^\n]*\n){0,5000}\|\}", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*(?:\|\||[|^])(?!\})[^\n]*$|^[ \t][^\n|]*(?:\|\|?[^\n|]*){1,12}$", re.MULTILINE)
_BAR = re.compile(r"\|\|?=?(?:[_<>=~^]{1,3}\.[ \t])?|(?<=\s)\^(?=\S)|\^(?=[ \t\n]|$)|^\^", re.MULTILINE)
_RULE = re.compile(r"[|+ \t-]*-{2}[|+ \t-]*")
INLINE: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"\{\^\}(?P<text>[^{}\n]{1,60})\{\^\}"), "^", "^"),  # Jira
    (re.compile(r"\^\{(?P<text>\d[\d,\s–-]{0,60})\}"), "^", "^"),  # Org
    (re.compile(r"^\[fn:(?P<text>\w{1,20})\][ \t]", re.MULTILINE), "[^", "]:"),
    (re.compile(r"\[fn:(?P<text>\w{1,20})\]"), "[^", "]"),
    (re.compile(r"'''(?P<text>[^'\n]+)'''"), "", ""),
    (re.compile(r"''(?P<text>[^'\n]+)''"), "", ""),
    (re.compile(r"\[\[(?:Category|File|Image):[^\[\]\n]*(?P<text>)\]\]"), "", ""),
    (re.compile(r"\[\[(?:[^\[\]|\n]*\|)?(?P<text>[^\[\]|\n]+)\]\]"), "", ""),
    (
        re.compile(r"\[\[#[^\[\]\n]+\]\[(?P<text>[^\[\]\n]+)\]\]"),
        "",
        "",
    ),  # a link to a part of the page: Org, AsciiDoc, Textile
    (re.compile(r"\blink:#[^\s\[\]]+\[(?P<text>[^\[\]\n]+)\]"), "", ""),
    (re.compile(r"\"(?:\([\w -]{1,40}\))?(?P<text>[^\"()\n]{1,80})\":#[\w-]+"), "", ""),
    (re.compile(r"\[(?:https?|mailto):(?![^\s\[\]]*\bNCT\d)[^\s\[\]]+ (?P<text>[^\[\]\n]+)\]"), "", ""),
    (re.compile(r"%%(?P<text>[^%\n]{1,300})%%"), "", ""),
    (re.compile(r"~(?P<text>/)"), "", ""),
)


def to_markdown(raw: str) -> str | None:
    r"""Give ``raw`` as Markdown of the same length if its headings are those of another light markup language, else ``None``.

    >>> to_markdown("== Risks ==\nNone.\n== Cases ==\nOne.\n== Trials ==\nNone.").split("\n")[::2]
    ['## Risks   ', '## Cases   ', '## Trials   ']
    >>> to_markdown("# Risks\n\nNone.") is None
    True
    """
    found = _headings(raw)
    if found is None:
        return None
    headings, rewrite = found
    starts = {match.start() for match in headings}
    item = _ITEM if _SECOND.search(raw) else _ITEM_OR_FIRST
    text = item.sub(lambda match: f"{'-':<{len(match[0])}}", raw)
    text = headings[0].re.sub(lambda match: rewrite(match) if match.start() in starts else match[0], text)
    text = _ORG_FIELD.sub(_field, text)
    text = _WIKI_TABLE.sub(lambda table: _wiki_rows(table[0]), text)
    text = _NO_TEXT.sub(lambda match: " " * len(match[0]), text)
    text = _ROW.sub(_row, text)
    for pattern, before, after in INLINE:
        text = replaced(pattern, before, after, text)
    return text


def replaced(pattern: re.Pattern[str], before: str, after: str, text: str) -> str:
    """Set other signs around the group ``text`` of each match, see ``padded``.

    >>> replaced(re.compile(r"_(?P<text>[a-z])_"), "*", "*", "_a_ b")
    '*a* b'
    """
    return pattern.sub(lambda match: padded(match, before, after), text)


def padded(match: re.Match[str], before: str, after: str) -> str:
    """Give the group ``text`` of a match at its place, with other signs around it; ``before`` and ``after`` are not longer.

    >>> padded(re.match(r"<sup>(?P<text>[0-9])</sup>", "<sup>1</sup>"), "^", "^").replace(NOTHING, ".")
    '....^1^.....'
    """
    left, right = match.start("text") - match.start() - len(before), match.end() - match.end("text") - len(after)
    if after.endswith(":"):  # a label of a line, which nothing may stand before
        return f"{before}{match['text']}{after}{' ' * (left + right)}"
    return f"{NOTHING * left}{before}{match['text']}{after}{NOTHING * right}"


def _headings(raw: str) -> tuple[list[re.Match[str]], _Rewrite] | None:
    """Find the headings of the one language that has at least three, and what to make of them."""
    signs = {line[1] for line in _MAY_BE_HEADING.findall(raw)}
    if "h" in signs and len(found := list(_LETTERED.finditer(raw))) >= _FEWEST:
        return found, _heading
    if "=" in signs:
        if len(found := list(_CLOSED.finditer(raw))) >= _FEWEST:
            deepest = max(len(match["signs"]) for match in found)
            return found, _reversed if deepest >= _DEEPEST else _heading
        if len(found := list(_OPEN.finditer(raw))) >= _FEWEST:
            return found, _heading
    if "*" in signs and (found := list(_starred(raw))):
        return found, _heading
    return None


def _starred(raw: str) -> Iterator[re.Match[str]]:
    """Find lines with stars that are headings and no items: most parts of a review are named so, and text follows each of them."""
    lines = list(_STARRED.finditer(raw))
    ends = [*(line.start() for line in lines[1:]), len(raw)]
    over_text = [line for line, end in zip(lines, ends, strict=False) if raw[line.end() : end].strip()]
    parts = {role_of(match["words"]) for match in over_text} - {"other"}
    if len(parts) >= _FEWEST or (over_text and _OF_ORG.search(raw)):
        yield from over_text


def _heading(match: re.Match[str]) -> str:
    level = int(match["level"]) if match.re is _LETTERED else len(match["signs"])
    return _with_level(match, level)


def _reversed(match: re.Match[str]) -> str:
    return _with_level(match, _TITLE_SIGNS + 1 - len(match["signs"]))


def _with_level(match: re.Match[str], level: int) -> str:
    words = _ANCHOR.sub(lambda anchor: NOTHING * len(anchor[0]), match["words"])
    before = match.start("words") - match.start()
    after = match.end() - match.end("words")
    return f"{'#' * level:<{before}}{words}{' ' * after}"


def _field(match: re.Match[str]) -> str:
    return f"{'#' if match['key'].lower() == 'title' else 'Date:':<{len(match[0])}}"


def _wiki_rows(table: str) -> str:
    """Set the cells of a table of MediaWiki, each of which has a line of its own, side by side."""
    return _CELL_OF_WIKI.sub(lambda cell: ("\n" if cell["row"] else "\t") + " " * (len(cell[0]) - 1), table)


def _row(match: re.Match[str]) -> str:
    """Set the cells of a row apart by tabs, with none at its ends: two spaces at the end of a line would part lines."""
    line = match[0]
    if _RULE.fullmatch(line):
        return NOTHING * len(line)
    if line.strip()[0] not in "|^" and line.count("|") < _FEWEST - 1:
        return line
    cells = _BAR.sub(lambda bar: "\t" + " " * (len(bar[0]) - 1), line)
    bare = cells.strip()
    start = cells.index(bare)
    return " " * start + bare + NOTHING * (len(cells) - start - len(bare))
