"""The picture of what treatments share: mechanisms in the middle, treatments on both sides, a line for each claim.

Lines have the style of their claim's status, so a mechanism that two reviews only suppose is met by two broken lines.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from alsu_kg.answers.drawing_marks import (
    MARGIN,
    STATUS_MARKS,
    Caption,
    close_page,
    draw_status_legend,
    write_heading,
    write_notes,
)
from alsu_kg.answers.drawing_page import Box, Font, Line, Page, Rect, text_width, wrap
from alsu_kg.answers.network import STATUSES, SharedNetwork

_NAME: Final = Font(9)
_CHOSEN: Final = Font(11, bold=True)
_MECHANISM: Final = Font(9, bold=True)
_COUNTS: Final = Font(7.5, colour="#4a4a4a")
_BOX_WIDTH: Final = 164.0
_ROOM_FOR_LINES: Final = 170.0
_WIDEST_NAME: Final = 190.0
_NAME_GAP: Final = 6.0
_BOX_GAP: Final = 12.0
_PORT: Final = 5.0
_ROUNDS: Final = 8
_MOST_FAN: Final = 3.4
_NOTES: Final = (
    "Two treatments meet at a mechanism that both reviews name. What they share is as sure as the less sure of their two "
    "lines: a shared hypothesis is no shared fact. Claims that a review denies or found no evidence for are left out, "
    "and in what each was seen (species, model, disease) is not shown.",
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A treatment or mechanism with its lines of text, between ``top`` and ``top + height``; ``counts`` by status."""

    node: str
    lines: tuple[str, ...]
    height: float
    counts: tuple[str, ...] = ()
    top: float = 0

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw_shared_mechanisms(network: SharedNetwork, caption: Caption, *, chosen: str | None = None) -> Page:
    """Lay out the network of ``make_shared_mechanism_network`` as a page.

    ``chosen`` is the label of the treatment that alone stands on the left; without it treatments stand on both sides.
    """
    page = Page(caption.title)
    left, mechanisms, right = _arrange(network, chosen)
    columns = [_make_names(network, left, chosen), _make_boxes(network, mechanisms), _make_names(network, right, None)]
    heights = [sum(item.height for item in column) for column in columns]
    names = [max((text_width(line, _font(i, chosen)) for i in c for line in i.lines), default=0) for c in columns[::2]]
    width = sum(names) + _BOX_WIDTH + 2 * _ROOM_FOR_LINES
    top = write_heading(page, caption, width)
    placed = [_spread(column, top, max(heights)) for column in columns]
    if not mechanisms:
        top = write_notes(
            page, ["No two treatments of this graph share a mechanism here: not known, or none."], top, width
        )
    box_left = MARGIN + names[0] + _ROOM_FOR_LINES
    _draw_lines(page, network, placed, (box_left - _ROOM_FOR_LINES, box_left, box_left + _BOX_WIDTH + _ROOM_FOR_LINES))
    _draw_items(page, placed, chosen, box_left)
    y = draw_status_legend(page, top + max(heights) + 16, width, has_heads=False)
    return close_page(page, write_notes(page, (*_NOTES, *caption.notes), y + 4, width), width)


def _nodes(network: SharedNetwork, kind: str) -> list[str]:
    found = [node for node in network if network.nodes[node]["kind"] == kind]
    return sorted(found, key=lambda node: (node.casefold(), node))


def _arrange(network: SharedNetwork, chosen: str | None) -> tuple[list[str], list[str], list[str]]:
    """Share treatments between the sides and put neighbours near each other (barycentre method of Sugiyama)."""
    mechanisms, treatments = _nodes(network, "mechanism"), _nodes(network, "treatment")
    mechanisms.sort(key=network.degree, reverse=True)
    for _ in range(_ROUNDS):
        treatments = _by_neighbours(network, treatments, mechanisms)
        mechanisms = _by_neighbours(network, mechanisms, treatments)
    if chosen is not None:
        return (
            [t for t in treatments if t == f"treatment:{chosen}"],
            mechanisms,
            [t for t in treatments if t != f"treatment:{chosen}"],
        )
    return treatments[::2], mechanisms, treatments[1::2]


def _by_neighbours(network: SharedNetwork, nodes: Sequence[str], others: Sequence[str]) -> list[str]:
    place = {node: index for index, node in enumerate(others)}
    middle = {node: sum(place[n] for n in network[node]) / max(1, len(network[node])) for node in nodes}
    return sorted(nodes, key=lambda node: (middle[node], node))


def _font(item: _Item, chosen: str | None) -> Font:
    return _CHOSEN if item.node == f"treatment:{chosen}" else _NAME


def _make_names(network: SharedNetwork, nodes: Sequence[str], chosen: str | None) -> list[_Item]:
    items = []
    for node in nodes:
        font = _CHOSEN if node == f"treatment:{chosen}" else _NAME
        lines = tuple(wrap(network.nodes[node]["label"], _WIDEST_NAME, font, most=4))
        items.append(_Item(node, lines, len(lines) * font.leading + _NAME_GAP))
    return items


def _make_boxes(network: SharedNetwork, nodes: Sequence[str]) -> list[_Item]:
    items = []
    for node in nodes:
        lines = wrap(network.nodes[node]["label"], _BOX_WIDTH - 14, _MECHANISM, most=6)
        counts = wrap(_count(network, node), _BOX_WIDTH - 14, _COUNTS)
        text = len(lines) * _MECHANISM.leading + len(counts) * _COUNTS.leading + 10
        height = max(text, network.degree[node] * _PORT / 1.6) + _BOX_GAP
        items.append(_Item(node, tuple(lines), height, tuple(counts)))
    return items


def _count(network: SharedNetwork, mechanism: str) -> str:
    counts = Counter(str(data["status"]) for _, _, data in network.edges(mechanism, data=True))
    return " · ".join(f"{counts[status]}\u00a0{status}" for status in STATUSES if counts[status])


def _spread(items: Sequence[_Item], top: float, height: float) -> list[_Item]:
    """Put items below each other with what is left of ``height`` shared out between them."""
    spare = (height - sum(item.height for item in items)) / max(1, len(items))
    tops = accumulate((item.height + spare for item in items), initial=top + spare / 2)
    return [replace(item, top=y) for item, y in zip(items, tops, strict=False)]


def _draw_lines(
    page: Page, network: SharedNetwork, placed: Sequence[Sequence[_Item]], xs: tuple[float, float, float]
) -> None:
    """Draw a curve from each treatment to its mechanisms; each curve has its own place at both of its ends."""
    left, boxes, right = placed
    for items, start, end in ((left, xs[0] + 6, xs[1]), (right, xs[2] - 6, xs[1] + _BOX_WIDTH)):
        ports = _find_ports(network, boxes, {item.node: item.middle for item in items})
        for item in items:
            claims = sorted(ports.get(item.node, ()))
            step = min(_MOST_FAN, 2 * _MOST_FAN / max(1, len(claims) - 1))
            for position, (port, status) in enumerate(claims):
                y = item.middle + (position - (len(claims) - 1) / 2) * step
                _draw_curve(page, (start, y), (end, port), status)


def _find_ports(
    network: SharedNetwork, boxes: Sequence[_Item], middles: Mapping[str, float]
) -> dict[str, list[tuple[float, str]]]:
    """Find for each treatment where its curves meet the sides of the boxes, with the status of each."""
    ports: dict[str, list[tuple[float, str]]] = {}
    for box in boxes:
        edges = [(other, str(data["status"])) for _, other, data in network.edges(box.node, data=True)]
        claims = sorted((middles[other], STATUSES.index(status), other) for other, status in edges if other in middles)
        room = (box.height - _BOX_GAP - 8) / max(1, len(claims))
        for position, (_, rank, other) in enumerate(claims):
            port = box.top + _BOX_GAP / 2 + 4 + (position + 0.5) * room
            ports.setdefault(other, []).append((port, STATUSES[rank]))
    return ports


def _draw_curve(page: Page, start: tuple[float, float], end: tuple[float, float], status: str) -> None:
    mark, bend = STATUS_MARKS[status], (end[0] - start[0]) * 0.5
    points = (start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end)
    page.shapes.append(Line(points, mark.colour, mark.dashes, width=1.1, curved=True))


def _draw_items(page: Page, placed: Sequence[Sequence[_Item]], chosen: str | None, box_left: float) -> None:
    left, boxes, right = placed
    edges: Mapping[float, tuple[Sequence[_Item], float]] = {
        1: (left, box_left - _ROOM_FOR_LINES),
        0: (right, box_left + _BOX_WIDTH + _ROOM_FOR_LINES),
    }
    for align, (items, x) in edges.items():
        for item in items:
            font = _font(item, chosen)
            page.write((x, item.middle - len(item.lines) * font.leading / 2), item.lines, font, align=align)
    for box in boxes:
        rect = Rect(box_left, box.top + _BOX_GAP / 2, _BOX_WIDTH, box.height - _BOX_GAP)
        page.shapes.append(Box(rect, "#f3f6f9", "#5b6b7a", rounding=5))
        y = box.middle - (len(box.lines) * _MECHANISM.leading + len(box.counts) * _COUNTS.leading) / 2
        y += page.write((box_left + _BOX_WIDTH / 2, y), box.lines, _MECHANISM, align=0.5).height
        page.write((box_left + _BOX_WIDTH / 2, y), box.counts, _COUNTS, align=0.5)
