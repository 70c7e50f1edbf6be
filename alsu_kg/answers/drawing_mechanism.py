"""The picture of how a treatment is thought to act: each mechanism path a row of boxes, read from left to right.

Paths that begin with the same boxes share them. Every arrow is a claim, with its status, context and references below it;
the weakest hop of a path says why it is the weakest, a hop whose context differs from the hop before says in what, and below
each path stands what it would do if every hop held.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from alsu_kg.answers.drawing_marks import (
    MARGIN,
    STATUS_MARKS,
    WARNING,
    Caption,
    close_page,
    draw_arrow,
    draw_status_legend,
    write_heading,
    write_notes,
)
from alsu_kg.answers.drawing_page import Box, Font, Line, Page, Rect, wrap
from alsu_kg.answers.network import DirectedNetwork

Hop = Mapping[str, Any]

_LABEL: Final = Font(9.5)
_TREATMENT: Final = Font(10.5, bold=True, colour="white")
_PREDICATE: Final = Font(8.5)
_STATUS: Final = Font(8.5, bold=True)
_CONTEXT: Final = Font(7.5, colour="#4a4a4a")
_WEAK: Final = Font(8, bold=True, colour=WARNING)
_REASON: Final = Font(8, italic=True, colour=WARNING)
_EFFECT: Final = Font(8, colour="#4a4a4a")
_EFFECTS: Final = {
    "beneficial": "If every hop held, this path would be beneficial.",
    "harmful": "If every hop held, this path would be harmful.",
    "unknown": "Whether this path would be beneficial or harmful if every hop held is not known.",
}
_NOT_CITED: Final = "no reference recorded"
_NO_CLAIMS: Final = "This graph holds no claim about its mechanism: not known, which is not the same as none."
_WIDEST_REASON: Final = 620.0
_LEAST_BOX: Final = 36.0
_ROW_GAP: Final = 20.0
_PADDING: Final = 8.0
_NARROWEST_PAGE: Final = 620.0
_WIDTHS: Final = {2: (150.0, 250.0), 3: (140.0, 180.0)}
_USUAL_WIDTHS: Final = (108.0, 134.0)


@dataclass(slots=True)
class _Row:
    """One path: its boxes by column, the hops between them (``None`` where two hops do not join), and its place."""

    labels: list[str]
    hops: list[Hop | None]
    arrow_y: float = 0
    half: float = 0
    bottom: float = 0
    merged: int = 0


@dataclass(frozen=True, slots=True)
class _Sizes:
    box: float
    arrow: float

    def left(self, column: int) -> float:
        return MARGIN + column * (self.box + self.arrow)


@dataclass(slots=True)
class _Label:
    above: list[str]
    status: list[str]
    context: list[str] = field(default_factory=list)
    change: list[str] = field(default_factory=list)
    is_weak: bool = False

    def height_above(self) -> float:
        return len(self.above) * _PREDICATE.leading + 8

    def height_below(self) -> float:
        weak = _WEAK.leading if self.is_weak else 0
        lines = len(self.context) + len(self.change)
        return 8 + len(self.status) * _STATUS.leading + lines * _CONTEXT.leading + weak


def draw_mechanism(network: DirectedNetwork, caption: Caption) -> Page:
    """Lay out the network of ``alsu_kg.answers.network.make_mechanism_network`` as a page."""
    page, rows = Page(caption.title), _make_rows(network)
    columns = max((len(row.labels) for row in rows), default=1)
    sizes = _Sizes(*_WIDTHS.get(columns, _USUAL_WIDTHS))
    width = max(_NARROWEST_PAGE, sizes.left(columns) - sizes.arrow - MARGIN)
    y = write_heading(page, caption, width)
    if not rows:
        return close_page(page, write_notes(page, (_NO_CLAIMS, *caption.notes), y, width), width)
    for row in rows:
        y = _place_row(page, row, y, sizes, width)
    _draw_boxes(page, rows, sizes)
    for row, above in zip(rows, [None, *rows], strict=False):
        _draw_hops(page, row, above, sizes)
    y = draw_status_legend(page, y + 4, width, has_heads=True)
    return close_page(page, write_notes(page, caption.notes, y + 4, width), width)


def _make_rows(network: DirectedNetwork) -> list[_Row]:
    paths: dict[str, list[Hop]] = {}
    for subject, target, hop in network.edges(data=True):
        paths.setdefault(str(hop["path"]), []).append({**hop, "subject": subject, "object": target})
    rows = [
        _make_row(sorted(paths[path], key=lambda hop: hop["position"])) for path in sorted(paths, key=_in_number_order)
    ]
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        for end in range(1, len(row.labels) + 1):
            seen.setdefault(tuple(row.labels[:end]), len(seen))
    rows.sort(key=lambda row: [seen[tuple(row.labels[:end])] for end in range(1, len(row.labels) + 1)])
    for above, row in pairwise(rows):
        row.merged = _count_equal(above.labels, row.labels)
    return rows


def _in_number_order(path: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", path)]


def _make_row(hops: Sequence[Hop]) -> _Row:
    row = _Row([hops[0]["subject"]], [])
    for hop in hops:
        if hop["subject"] != row.labels[-1]:
            row.labels.append(hop["subject"])
            row.hops.append(None)
        row.labels.append(hop["object"])
        row.hops.append(hop)
    return row


def _count_equal(one: Sequence[str], other: Sequence[str]) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def _label_hop(hop: Hop, sizes: _Sizes) -> _Label:
    room = sizes.arrow - 18
    predicate = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", hop["predicate"]).lower()
    direction = f" ({hop['polarity']})" if hop["polarity"] in ("increases", "decreases") else ""
    cited = f" · ref. {', '.join(hop['references'])}" if hop["references"] else ""
    context = wrap(hop["context"], room, _CONTEXT) if hop["context"] else []
    return _Label(
        wrap(predicate + direction, room, _PREDICATE),
        wrap(hop["status"] + cited, room, _STATUS),
        context if cited else [_NOT_CITED, *context],
        wrap(f"changes — {change}", room, _CONTEXT) if (change := hop.get("context_change")) else [],
        bool(hop["why_weak"]),
    )


def _place_row(page: Page, row: _Row, y: float, sizes: _Sizes, width: float) -> float:
    """Find where the boxes and arrows of ``row`` stand, write why its weakest hop is weak, and give the y of the next row."""
    heights = [
        len(_wrap_label(label, column, sizes)) * _font(column).leading + 2 * _PADDING
        for column, label in enumerate(row.labels)
        if column >= row.merged
    ]
    labels = [_label_hop(hop, sizes) for hop in row.hops if hop]
    row.half = max([_LEAST_BOX, *heights]) / 2
    row.arrow_y = y + max([row.half, *(label.height_above() for label in labels)])
    row.bottom = row.arrow_y + row.half
    below = row.arrow_y + max([row.half, *(label.height_below() for label in labels)])
    for column, hop in enumerate(row.hops):
        if hop and hop["why_weak"]:
            below = _write_reason(page, hop, sizes.left(column) + sizes.box, below + 8, width)
    effect = next((str(hop["effect_if_true"]) for hop in row.hops if hop and hop.get("effect_if_true")), None)
    if effect:
        after_shared = sizes.left(max(row.merged - 1, 0)) + sizes.box + 10
        below += page.write((after_shared, below + 4), [_EFFECTS[effect]], _EFFECT).height + 4
    return below + _ROW_GAP


def _write_reason(page: Page, hop: Hop, x: float, y: float, width: float) -> float:
    room = min(_WIDEST_REASON, max(260.0, MARGIN + width - x - 8))
    x = min(x + 10, MARGIN + width - room)
    lines = wrap(f"Weakest hop, {hop['subject']} → {hop['object']}: {hop['why_weak']}", room - 8, _REASON)
    height = page.write((x + 8, y), lines, _REASON).height
    page.shapes.append(Line(((x, y), (x, y + height)), WARNING, width=2))
    return y + height


def _font(column: int) -> Font:
    return _LABEL if column else _TREATMENT


def _wrap_label(label: str, column: int, sizes: _Sizes) -> list[str]:
    return wrap(label, sizes.box - 2 * _PADDING, _font(column), most=12)


def _draw_boxes(page: Page, rows: Sequence[_Row], sizes: _Sizes) -> None:
    """Draw each box once, over all the rows that share it."""
    for number, row in enumerate(rows):
        for column in range(row.merged, len(row.labels)):
            last = row
            for below in rows[number + 1 :]:
                if below.merged <= column:
                    break
                last = below
            top = row.arrow_y - row.half
            rect = Rect(sizes.left(column), top, sizes.box, last.bottom - top)
            face, edge = ("#f3f6f9", "#5b6b7a") if column else ("#0b3c5d", "#0b3c5d")
            page.shapes.append(Box(rect, face, edge, rounding=5))
            page.write_in(rect, _wrap_label(row.labels[column], column, sizes), _font(column))


def _draw_hops(page: Page, row: _Row, above: _Row | None, sizes: _Sizes) -> None:
    for column, hop in enumerate(row.hops):
        is_drawn = above is not None and column + 1 < row.merged and _same_claim(above.hops[column], hop)
        if not is_drawn:
            start, end = sizes.left(column) + sizes.box + 3, sizes.left(column + 1) - 3
            if hop is None:
                page.shapes.append(Line(((start, row.arrow_y), (end, row.arrow_y)), "#bbbbbb", (1.0, 4.0)))
            else:
                draw_arrow(page, start, end, row.arrow_y, status=hop["status"], polarity=hop["polarity"])
                _write_label(page, _label_hop(hop, sizes), hop["status"], (start + end) / 2, row.arrow_y)


def _same_claim(one: Hop | None, other: Hop | None) -> bool:
    names = ("predicate", "status", "polarity", "context", "references")
    return one is other or bool(one and other and all(one[name] == other[name] for name in names))


def _write_label(page: Page, label: _Label, status: str, middle: float, y: float) -> None:
    page.write((middle, y - label.height_above()), label.above, _PREDICATE, align=0.5)
    colour = "#5f5f5f" if STATUS_MARKS[status].denied else STATUS_MARKS[status].colour
    font = replace(_STATUS, colour=colour)
    y += 8
    y += page.write((middle, y), label.status, font, align=0.5).height
    y += page.write((middle, y), label.context, _CONTEXT, align=0.5).height
    y += page.write((middle, y), label.change, replace(_CONTEXT, colour=WARNING), align=0.5).height
    if label.is_weak:
        page.write((middle, y), "weakest hop", _WEAK, align=0.5)
