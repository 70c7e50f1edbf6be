"""A network as an arc diagram: its nodes below each other with their whole names, an arc for each edge on the left.

Names stay readable whatever the network looks like, and the same network gives the same picture. Groups are communities that an
algorithm finds (greedy modularity: Clauset, Newman and Moore 2004); they are numbered, so that no colour stands alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from alsu_kg.answers.drawing_marks import MARGIN, Caption, close_page, write_heading, write_notes
from alsu_kg.answers.drawing_page import GREY, Box, Font, Line, Page, Rect, wrap
from alsu_kg.answers.network import Network

_NAME: Final = Font(9)
_COUNT: Final = Font(8.5, colour="#3a3a3a")
_GROUP: Final = Font(8.5, bold=True)
_LEGEND: Final = Font(8.5, colour=GREY)
_NAMES: Final = 430.0
_WIDEST_ARC: Final = 210.0
_ROW_GAP: Final = 5.0
_GROUP_GAP: Final = 10.0
_THINNEST: Final = 0.8
_THICKEST: Final = 6.0
_BETWEEN: Final = "#b9b9b9"
_ARCS: Final = 4
"""Arcs that are drawn for each node on average: more of them cover each other."""
# Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), dark enough for lines on white.
_COLOURS: Final = ("#0072B2", "#B24500", "#00735A", "#8F4A73", "#7A5C00", "#3A3A3A")


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture calls things: an edge attribute, what it counts, and what the size of a node counts."""

    weight: str
    edge: str
    node: str


@dataclass(frozen=True, slots=True)
class _Row:
    node: str
    group: int
    top: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.top + _NAME.leading / 2


def strongest(network: Network, most: int, weight: str) -> Network:
    """Give the ``most`` nodes with the strongest edges, and the edges among them; nodes without an edge left go too.

    >>> network = nx.Graph([("a", "b", {"works": 3}), ("b", "c", {"works": 1}), ("d", "e", {"works": 1})])
    >>> sorted(strongest(network, 2, "works"))
    ['a', 'b']
    """
    strength = {str(node): float(total) for node, total in network.degree(weight=weight)}
    kept = sorted((node for node in strength if strength[node]), key=lambda node: (-strength[node], node))[:most]
    drawn: Network = network.subgraph(kept).copy()
    drawn.remove_nodes_from([node for node in kept if not drawn.degree(node)])
    return drawn


def draw_arcs(network: Network, caption: Caption, words: Words) -> Page:
    """Lay out a network as a page; nodes have ``label`` and ``count``, edges the attribute ``words.weight``."""
    page, width = Page(caption.title), _WIDEST_ARC + 24 + _NAMES
    top = write_heading(page, caption, width)
    if not network:
        top = write_notes(page, ["Nothing is shared here: not known, or none."], top, width)
        return close_page(page, write_notes(page, caption.notes, top + 8, width), width)
    groups = find_groups(network, words.weight)
    rows, bottom = _place(page, network, groups, top)
    _draw_edges(page, network, rows, words.weight)
    for row in rows.values():
        _draw_row(page, network, row, words)
    y = _draw_legend(page, network, words, bottom + 12)
    return close_page(page, write_notes(page, caption.notes, y + 4, width), width)


def find_groups(network: Network, weight: str) -> list[list[str]]:
    """Find communities; the strongest comes first, and in each the strongest node."""
    strength = {str(node): float(total) for node, total in network.degree(weight=weight)}
    found = nx.community.greedy_modularity_communities(network, weight=weight)
    groups = [sorted(map(str, group), key=lambda node: (-strength[node], node)) for group in found]
    return sorted(groups, key=lambda group: (-sum(strength[node] for node in group), group))


def _place(page: Page, network: Network, groups: Sequence[Sequence[str]], top: float) -> tuple[dict[str, _Row], float]:
    rows: dict[str, _Row] = {}
    y, x = top, MARGIN + _WIDEST_ARC + 24
    for number, group in enumerate(groups):
        heading = f"group {number + 1}"
        page.write((x, y), heading, Font(_GROUP.size, bold=True, colour=_colour(number)))
        y += _GROUP.leading + 2
        for node in group:
            lines = tuple(wrap(str(network.nodes[node]["label"]), _NAMES, _NAME, most=2))
            rows[node] = _Row(node, number, y, lines)
            y += (len(lines) + 1) * _NAME.leading + _ROW_GAP
        y += _GROUP_GAP
    return rows, y


def _colour(group: int) -> str:
    return _COLOURS[group % len(_COLOURS)]


def _draw_row(page: Page, network: Network, row: _Row, words: Words) -> None:
    x, count = MARGIN + _WIDEST_ARC + 8, int(network.nodes[row.node]["count"])
    largest = max(int(network.nodes[node]["count"]) for node in network)
    size = 4 + 9 * math.sqrt(count / largest)
    rect = Rect(x - size / 2, row.middle - size / 2, size, size)
    page.shapes.append(Box(rect, _colour(row.group), _colour(row.group), rounding=size / 2.01))
    page.write((x + 16, row.top), row.lines, _NAME)
    told = f"{words.node}: {network.nodes[row.node].get('told') or count}"
    page.write((x + 16, row.top + len(row.lines) * _NAME.leading), wrap(told, _NAMES, _COUNT, most=1), _COUNT)


def _draw_edges(page: Page, network: Network, rows: dict[str, _Row], weight: str) -> None:
    """Draw the weak arcs first, so that the strong ones stay whole; an arc between two groups is grey."""
    span = max(row.middle for row in rows.values()) - min(row.middle for row in rows.values()) or 1.0
    x = MARGIN + _WIDEST_ARC
    for first, second, data in drawn_edges(network, weight):
        one, two = sorted((rows[first], rows[second]), key=lambda row: row.top)
        bend = 14 + (_WIDEST_ARC / 0.75 - 14) * math.sqrt((two.middle - one.middle) / span)
        points = ((x, one.middle), (x - bend, one.middle), (x - bend, two.middle), (x, two.middle))
        inside = one.group == two.group
        width = thickness(float(data)) * (1 if inside else 0.5)
        page.shapes.append(Line(points, _colour(one.group) if inside else _BETWEEN, width=width, curved=True))


def drawn_edges(network: Network, weight: str) -> list[tuple[str, str, int]]:
    """Give the edges that are drawn, the strongest last: so many that they do not cover each other.

    >>> drawn_edges(nx.Graph([("a", "b", {"works": 3}), ("b", "c", {"works": 1})]), "works")
    [('b', 'c', 1), ('a', 'b', 3)]
    """
    edges = [(int(data[weight]), min(a, b), max(a, b)) for a, b, data in network.edges(data=True)]
    return [(first, second, count) for count, first, second in sorted(edges)[-_ARCS * len(network) :]]


def thickness(weight: float) -> float:
    """Give the width of an arc in points.

    >>> thickness(1) < thickness(2) < thickness(9) <= thickness(10_000)
    True
    """
    return min(_THICKEST, _THINNEST + 0.9 * math.log2(max(weight, 1)))


def _draw_legend(page: Page, network: Network, words: Words, y: float) -> float:
    weights = sorted({int(data[words.weight]) for _, _, data in network.edges(data=True)})
    x = MARGIN + page.write((MARGIN, y), f"Arc: {words.edge}", _LEGEND).width + 12
    for weight in dict.fromkeys((weights[0], weights[len(weights) // 2], weights[-1])):
        page.shapes.append(Line(((x, y + 6), (x + 30, y + 6)), _BETWEEN, width=thickness(weight)))
        x += 36 + page.write((x + 34, y), str(weight), _COUNT).width + 14
    y += _LEGEND.leading + 5
    page.write(
        (MARGIN, y), f"Dot: {words.node}; the larger the more. Grey arcs join two groups and are half as wide.", _LEGEND
    )
    return y + _LEGEND.leading + 4
