"""Tables drawn with spaces or signs in bare text and in Markdown -> rows of cells with places."""

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Final

from alsu_kg.model.document import Text, join_texts

_GAP = re.compile(r"(?<=\S)[ ]{3,}(?=\S)")
_FEWEST_ROWS: Final = 3
_RULE = re.compile(r"[ \t]*[+|:=-][+|:= -]*[=-]{2}[+|:= -]*")
BOXES: Final = "│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬"
# "====== =====": the runs of a rule say where the columns are (reStructuredText, pandoc).
_COLUMN_RULE = re.compile(r"[ \t]*(?:={2,}|-{2,})(?:[ ]+(?:={2,}|-{2,}))+[ \t]*")
_RUN = re.compile(r"[=-]+")
_BOXES: Final = str.maketrans(BOXES + "─━═", "|||" + "+" * (len(BOXES) - 3) + "---")
Rows = tuple[tuple[Text, ...], ...]
Read = Callable[[str, int, int], Text]


def drawn_rows(raw: str, spans: Sequence[tuple[int, int]], read: Read) -> Rows:
    """Read the lines at ``spans`` as rows of a table; none if they are no table. ``read`` makes a cell of a piece of ``raw``.

    >>> raw = "| Cases | B |"
    >>> drawn_rows(raw, [(0, 13)], lambda raw, a, b: Text(raw[a:b].strip()))[0][1].text
    'B'
    """
    if "│" in raw or "║" in raw or "┃" in raw:
        raw = raw.translate(_BOXES)
    spans = [(start, end) for start, end in spans if raw[start:end].strip()]
    if spans and all(raw[a:b].strip()[0] in "|+" and raw[a:b].strip()[-1] in "|+" for a, b in spans):
        return _framed(raw, spans, read)
    ruled = next((span for span in spans if _COLUMN_RULE.fullmatch(raw, *span)), None)
    spans = [(start, end) for start, end in spans if not _RULE.fullmatch(raw[start:end])]
    if ruled is not None and len(spans) >= _FEWEST_ROWS and (rows_below := _under_rule(raw, ruled, spans, read)):
        return rows_below
    if len(spans) < _FEWEST_ROWS:
        return ()
    rows = [_cells(raw, span, [match.span() for match in _GAP.finditer(raw, *span)], read) for span in spans]
    return tuple(rows) if len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows) else ()


def _under_rule(raw: str, rule: tuple[int, int], spans: Sequence[tuple[int, int]], read: Read) -> Rows:
    r"""Cut lines where the runs of a rule end; lines without a first cell go on with the row above. None if words cross the gaps.

    >>> raw, read = "===== = ===\nCases B one\nRisks D two\n        or", lambda raw, a, b: Text(raw[a:b].strip())
    >>> [[cell.text for cell in row] for row in _under_rule(raw, (0, 11), [(12, 23), (24, 35), (36, 46)], read)]
    [['Cases', 'B', 'one'], ['Risks', 'D', 'two or']]
    """
    runs = [(m.start() - rule[0], m.end() - rule[0]) for m in _RUN.finditer(raw, *rule)]
    gaps = [(end, start) for (_, end), (start, _) in itertools.pairwise(runs)]
    if any(raw[a + low : min(a + high, b)].strip() for a, b in spans for low, high in gaps):
        return ()
    groups: list[list[tuple[Text, ...]]] = []
    for a, b in spans:
        ends = [*(low for low, _ in gaps), b - a]
        cells = tuple(read(raw, min(a + low, b), min(a + high, b)) for (low, _), high in zip(runs, ends, strict=True))
        if cells[0].text or not groups:
            groups.append([])
        groups[-1].append(cells)
    return tuple(_merged(group) for group in groups)


def _framed(raw: str, spans: Sequence[tuple[int, int]], read: Read) -> Rows:
    """Read lines framed by bars; where rules part the rows, the lines between two rules are one row."""
    ruled = sum(raw[a:b].strip()[0] == "+" for a, b in spans) > 2
    groups: list[list[tuple[Text, ...]]] = [[]]
    for start, end in spans:
        if _RULE.fullmatch(raw[start:end]):
            groups.append([])
            continue
        bars = [(match.start(), match.end()) for match in re.finditer(r"\|", raw[start:end])]
        cells = _cells(raw, (start, end), [(start + a, start + b) for a, b in bars], read)[1:-1]
        if not ruled:
            groups.append([])
        groups[-1].append(cells)
    return tuple(_merged(group) for group in groups if group)


def _merged(group: Sequence[tuple[Text, ...]]) -> tuple[Text, ...]:
    width = max(len(cells) for cells in group)
    columns = [[cells[i] for cells in group if i < len(cells) and cells[i].text] for i in range(width)]
    return tuple(join_texts(parts) if parts else Text("") for parts in columns)


def _cells(raw: str, span: tuple[int, int], gaps: Sequence[tuple[int, int]], read: Read) -> tuple[Text, ...]:
    starts = [span[0], *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), span[1]]
    return tuple(read(raw, start, end) for start, end in zip(starts, ends, strict=True))
