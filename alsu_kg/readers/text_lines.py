"""Lines of bare text with their places: without line numbers, and with the running heads of pages told apart."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from alsu_kg.readers.headings import is_known_heading, role_of
from alsu_kg.readers.text_columns import Line, set_columns
from alsu_kg.readers.text_quotes import bare_mail

_NUMBERED = re.compile(r"\s{0,8}(\d{1,4})(?:\s{1,8}(?=\S)|\s*$)")
_LEAST_LINES: Final = 12
_LONGEST_NAME: Final = 60
_FEWEST_LISTED: Final = 4
_TAB = re.compile(r"[A-Z][a-z]+(?: (?:(?:&|and) )?[A-Z]?[a-z]+)?")
_MOSTLY: Final = 0.7
_MOST_STEP: Final = 5
_LONGEST_HEAD: Final = 90
_OFTEN: Final = 3
_LEAST_APART: Final = 10
_FEWEST_WORDS: Final = 3
_PAGE_NUMBER = re.compile(
    r"(?:Page\s)?(?P<first>\d{1,5})(?:\s+of\s+\d{1,4})?\s+(?=\S)|(?<=\S)\s+(?:Page\s|[|–—-]\s*)?(?P<last>\d{1,5})$",
    re.IGNORECASE,
)
_WIDE_NUMBER = re.compile(r"\d{1,5}\s{2,}\S|\S.*\s{2,}\d{1,5}$")
_CAPTION = re.compile(r"(?:Table|Figure|Fig|Box|Appendix|Section|Chapter|Part|Grade)\b", re.IGNORECASE)
_FRAMED = re.compile(r"(?P<sign>[=*~#_-])(?P=sign)+\s*(?P<words>[^\W_].*?)\s*(?P=sign){2,}")
_STRESSED = re.compile(
    r"(?P<sign>[*_])(?=\S)(?P<words>[^*_]+)(?<=\S)(?P=sign)"
)  # how mail programs write bold type and italics
# What AsciiDoc and TeX write before a heading, and reStructuredText before a reference.
_MARKED = re.compile(
    r"={1,6}\s+(?P<words>[^\W_].*)|\\(?:title|(?:sub)*section)\*?\{(?P<braced>[^{}]+)\}|\.\.\s+(?P<noted>\[[#\w-]{1,20}\]\s.*)"
)
_TWO_ITEMS = re.compile(r"(?P<left>[\[(]?\d{1,3}[\].)]+\s+\S[^\t]*)\t+(?P<right>[\[(]?\d{1,3}[\].)]+\s+\S[^\t]*)")
_FEWEST_ROWS: Final = 3
_MAIL = re.compile(r"^(?:>|From:\s)", re.MULTILINE)
_BARE_NUMBER = re.compile(r"(?:[–—-]\s?|Page\s|p\.\s?)?(\d{1,4})(?:\s?[–—-]|\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_PRINTED_AT = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d\d(?:\s?[AP]\.?M\.?)?(?=\s|$)")
_PRINT_STARTS: Final = frozenset("0123456789hf")
_PRINTED_FROM = re.compile(r"(?:https?|file)://\S+\s+\d{1,3}/\d{1,3}")
_ADDRESS, _PAGE_OF = re.compile(r"(?:https?|file)://\S+"), re.compile(r"\d{1,3}/\d{1,3}")
_ENDED = re.compile(r"[.!?:][\"”’')\]]*$")
_SHORT: Final = 30
_FULL: Final = 40
_LAST_WORD: Final = 14
_WIDEST: Final = 130
_NEARLY_ALL: Final = 0.9
_DOUBLE: Final = 2  # line ends from one line of a manuscript to the next
_RULE = re.compile(r"([=*~_-])\1{3,}")
_SENTENCE_END = re.compile(r"[.;,]$")


def find_lines(raw: str) -> list[Line]:
    r"""Give the lines of ``raw`` that hold something; where nearly all are numbered line by line, without these numbers.

    >>> [(line.text, line.after_blank) for line in find_lines("One\n\n  two\nthree")]
    [('One', True), ('two', True), ('three', False)]
    """
    lines = _without_double_spacing(raw, [_bared(line, raw) for line in set_columns(raw, list(_lines(raw)))])
    lines = list(_one_column(lines)) if "\t" in raw else lines
    labels = [_NUMBERED.match(raw, line.start, line.end) for line in lines] if len(lines) >= _LEAST_LINES else []
    numbers = [int(label[1]) for label in labels if label is not None]
    if len(numbers) < _MOSTLY * len(lines) or not _counts_up(numbers):
        return lines
    return list(_without_numbers(raw, lines, labels))


def _one_column(lines: Sequence[Line]) -> Iterator[Line]:
    """Set lists whose items stand in two columns, parted by tabs, one column below the other."""
    for paired, group in itertools.groupby(lines, lambda line: _TWO_ITEMS.fullmatch(line.text) is not None):
        rows = list(group)
        if not paired or len(rows) < _FEWEST_ROWS:
            yield from rows
            continue
        for side in ("left", "right"):
            for line in rows:
                item = _TWO_ITEMS.fullmatch(line.text)
                words = item[side] if item else line.text
                start = line.start + line.indent + (item.start(side) if item else 0)
                yield Line(start, start + len(words), words, line.after_blank and side == "left", 0)


def _without_double_spacing(raw: str, lines: list[Line]) -> list[Line]:
    """Where an empty line stands after every line, as in manuscripts, only more than one parts paragraphs."""
    if len(lines) < _LEAST_LINES or sum(line.after_blank for line in lines) < _NEARLY_ALL * len(lines):
        return lines
    width = sorted(len(line.text) for line in lines)[len(lines) * 19 // 20]
    full = [line for line in lines if len(line.text) > max(_FULL, width - _LAST_WORD)]
    if (
        width > _WIDEST
        or len(full) * 3 < len(lines)
        or sum(not _ENDED.search(line.text) for line in full) * 2 < len(full)
    ):
        return lines
    gaps = [0, *(raw.count("\n", a.end, b.start) for a, b in itertools.pairwise(lines))]
    return [
        line._replace(after_blank=i == 0 or gap > _DOUBLE)
        for i, (line, gap) in enumerate(zip(lines, gaps, strict=True))
    ]


def _bared(line: Line, raw: str) -> Line:
    """Give a line without the signs around its words: ``=== Risks ===``, ``== Risks``, ``.. [1] Ay B.``."""
    match = _FRAMED.fullmatch(line.text) if line.text[0] in "=*~#_-" else None
    match = match or (_STRESSED.fullmatch(line.text) if line.text[0] in "*_" else None)
    match = match or (_MARKED.fullmatch(line.text) if line.text[0] in "=\\." else None)
    if match is None:
        return line
    words = match[match.lastgroup or 0]
    start = raw.index(words, line.start)
    return Line(start, start + len(words), words, line.after_blank, 0)


def _counts_up(numbers: Sequence[int]) -> bool:
    steps = [0 < b - a <= _MOST_STEP or b == 1 for a, b in itertools.pairwise(numbers)]
    return sum(steps) >= 0.9 * len(steps) and len(numbers) >= _LEAST_LINES


def _without_numbers(raw: str, lines: Sequence[Line], labels: Sequence[re.Match[str] | None]) -> Iterator[Line]:
    blank = False
    last = 0
    for line, label in zip(lines, labels, strict=True):
        number = int(label[1]) if label else 0
        if last and number != 1 and not 0 < number - last <= _MOST_STEP:  # the number of a page or in a sentence
            label = None
        last = number if label else last
        start = label.end() if label else line.start
        text = raw[start : line.end].strip()
        if not text:
            blank = True
            continue
        yield Line(start, line.end, text, line.after_blank or blank, 0)
        blank = False


def _lines(raw: str) -> Iterator[Line]:
    blank = True
    printed = list(re.finditer(r"[^\n\x0c\u2028\u2029]*", raw))
    mail = bare_mail([match[0] for match in printed]) if _MAIL.search(raw) else None
    for i, match in enumerate(printed):
        start, end = match.span()
        if mail is not None:
            start += mail[i].at
            end = end if mail[i].kept else start
        text = raw[start:end].strip()
        if not text or (text[0] in "=*~_-" and _RULE.fullmatch(text)):
            blank = blank or bool(text)
            if end > match.start() or (match.start() > 0 and raw[match.start() - 1] == "\n"):
                blank = True
            continue
        yield Line(start, end, text, blank, end - start - len(raw[start:end].lstrip()))
        blank = False


def part_furniture(raw: str, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    r"""Part the lines of the text from those that pages repeat: page numbers, running heads.

    A line is furniture if it stands beside a form feed with a page number, or comes again and again, with rising numbers or alone.
    The text goes on behind it without an empty line, unless its last sentence had ended.

    >>> raw = "Some text goes\n12   A. Author\n\x0con here."
    >>> [[line.text for line in part] for part in part_furniture(raw, find_lines(raw))]
    [['Some text goes', 'on here.'], ['12   A. Author']]
    """
    heads = _running_heads(raw, lines)
    kept: list[Line] = []
    gap = False
    for i, line in enumerate(lines):
        if i in heads:
            gap = True
            continue
        goes_on = gap and kept and not _ENDED.search(kept[-1].text) and not is_known_heading(line.text)
        kept.append(line._replace(after_blank=False) if goes_on and len(kept[-1].text) > _SHORT else line)
        gap = False
    return kept, [lines[i] for i in sorted(heads)]


def listed_parts(lines: Sequence[Line]) -> frozenset[int]:
    """Find lines of a table of contents: four or more names of parts in a row that stand again further down, over their texts.

    A journal's page also names its list of references among the tabs above the text.

    >>> find = [Line(0, 1, name, False, 0) for name in ("Mechanism", "Cases", "Trials", "Risks")]
    >>> text = Line(0, 1, "What is written there.", False, 0)
    >>> sorted(listed_parts([*find, *(line for part in find for line in (part, text))]))
    [0, 1, 2, 3]
    """
    places: dict[str, int] = {line.text: i for i, line in enumerate(lines) if len(line.text) <= _LONGEST_NAME}
    again = [i for i, line in enumerate(lines) if places.get(line.text, i) > i and is_known_heading(line.text)]
    if not again:
        return frozenset()
    tabs = {
        i
        for i in again
        if role_of(lines[i].text) == "references" and i and all(_TAB.fullmatch(lines[n].text) for n in (i - 1, i + 1))
    }
    runs = [[again[0]]]
    for i in again[1:]:
        if i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return frozenset(tabs.union(*(run for run in runs if len(run) >= _FEWEST_LISTED)))


def _running_heads(raw: str, lines: Sequence[Line]) -> set[int]:
    short = [i for i, line in enumerate(lines) if len(line.text) <= _LONGEST_HEAD and not _CAPTION.match(line.text)]
    at_edge = {i for i in short if _at_edge(raw, lines, i)} if "\x0c" in raw else set()
    pages: dict[str, list[tuple[int, int]]] = {}
    same: dict[str, list[int]] = {}
    for i in short:
        text = lines[i].text
        alone = lines[i].after_blank and (i + 1 == len(lines) or lines[i + 1].after_blank)
        if alone and len(text.split()) >= _FEWEST_WORDS and not is_known_heading(text):
            same.setdefault(text, []).append(i)
        if (number := _page_number(text, alone=alone)) is not None:
            pages.setdefault(" ".join(text.replace(str(number), "", 1).split()), []).append((i, number))
    heads = {i for i in at_edge if _WIDE_NUMBER.match(lines[i].text)} | set(_print_marks(lines))
    for found in pages.values():
        rising = all(b - a >= _LEAST_APART and n > m for (a, m), (b, n) in itertools.pairwise(found))
        if rising and (len(found) >= _OFTEN or (len(found) > 1 and any(i in at_edge for i, _ in found))):
            heads |= {i for i, _ in found}
    for places in same.values():
        if len(places) >= _OFTEN and all(b - a >= _LEAST_APART for a, b in itertools.pairwise(places)):
            heads |= set(places[1:])  # the first may be the title
    return heads


def _print_marks(lines: Sequence[Line]) -> Iterator[int]:
    """Find what browsers print above and below a page: the time with the title, the address with the page's number."""
    titles = Counter(lines[i + 1].text for i in range(len(lines) - 1) if _PRINTED_AT.fullmatch(lines[i].text))
    for i, line in enumerate(lines):
        if not titles and line.text[0] not in _PRINT_STARTS:
            continue
        before, after = lines[i - 1].text if i else "", lines[i + 1].text if i + 1 < len(lines) else ""
        if (
            _PRINTED_AT.match(line.text)
            or _PRINTED_FROM.fullmatch(line.text)
            or (_PRINTED_AT.fullmatch(before) and titles[line.text] > 1)
            or (_ADDRESS.fullmatch(line.text) and _PAGE_OF.fullmatch(after))
            or (_PAGE_OF.fullmatch(line.text) and _ADDRESS.fullmatch(before))
        ):
            yield i


def _page_number(text: str, *, alone: bool) -> int | None:
    """Give the number before or behind the words of a line that may be a running head, or that is all of a line of its own."""
    if alone and (bare := _BARE_NUMBER.fullmatch(text)):
        return int(bare[1])
    match = _PAGE_NUMBER.search(text)
    if match is None or "\t" in text or len(text.split()) < _FEWEST_WORDS or _SENTENCE_END.search(text):
        return None
    return int(match["first"] or match["last"]) if match["last"] or match.start() == 0 else None


def _at_edge(raw: str, lines: Sequence[Line], i: int) -> bool:
    """Say whether a form feed stands between line ``i`` and the line before or after it."""
    before = lines[i - 1].end if i else 0
    after = lines[i + 1].start if i + 1 < len(lines) else len(raw)
    return "\x0c" in raw[before : lines[i].start] or "\x0c" in raw[lines[i].end : after]
