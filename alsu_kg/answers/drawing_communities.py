"""The picture of treatments that act alike: a panel for each community, with what its members share.

A panel has the treatments on the left and what at least two of them share on the right; each line has the style of its
claim's status. Panels are numbered, so that no colour stands alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alsu_kg.analysis.mechanism_communities import Community
from alsu_kg.analysis.mechanism_profiles import Scheme
from alsu_kg.answers.drawing_marks import (
    MARGIN,
    STATUS_MARKS,
    Caption,
    close_page,
    draw_status_legend,
    write_heading,
    write_notes,
)
from alsu_kg.answers.drawing_page import Box, Font, Line, Page, Rect, wrap

_TITLE: Final = Font(10.5, bold=True)
_SHARE: Final = Font(8.5, colour="#3a3a3a")
_NAME: Final = Font(9)
_MECHANISM: Final = Font(8.5, bold=True)
_OPPOSITE: Final = Font(7.5, italic=True, colour="#4a4a4a")
_NUMBER: Final = Font(11, bold=True, colour="white")
_PANEL: Final = 440.0
_GAP: Final = 22.0
_PAD: Final = 10.0
_NAMES: Final = 158.0
_BOXES: Final = 158.0
_BADGE: Final = 20.0
_ROW_GAP: Final = 5.0
_PORT: Final = 5.5
_ROUNDS: Final = 6
# Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), those that white figures can be read on.
_COLOURS: Final = ("#0072B2", "#B24500", "#00735A", "#8F4A73", "#7A5C00", "#3A3A3A")
_NOTES: Final = (
    "Each panel is one community of the similarity network: treatments with more information in common with each other than "
    "with the rest. A line is what the reviews of a treatment say; it ends at the most particular mechanism that another "
    "treatment of the panel has too. In what each was seen (species, model, disease) is not shown: an asserted effect in a mouse "
    "is none in people. Similar is no statement that a treatment works.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of text of a treatment or mechanism with the room they take; ``top`` counts from the top of the panel's body."""

    key: str
    lines: tuple[str, ...]
    height: float
    top: float = 0
    note: str = ""

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class _Panel:
    """A laid out community: its heading and the rows of its two columns."""

    number: int
    title: tuple[str, ...]
    share: tuple[str, ...]
    names: tuple[_Row, ...]
    boxes: tuple[_Row, ...]

    @property
    def head(self) -> float:
        return len(self.title) * _TITLE.leading + len(self.share) * _SHARE.leading + 8

    @property
    def body(self) -> float:
        return max(sum(row.height for row in rows) for rows in (self.names, self.boxes))

    @property
    def height(self) -> float:
        return self.head + self.body + 2 * _PAD


def draw_communities(communities: Sequence[Community], scheme: Scheme, caption: Caption) -> Page:
    """Lay out communities of two or more treatments as a page of panels in two columns."""
    page = Page(caption.title)
    width = 2 * _PANEL + _GAP
    top = write_heading(page, caption, width)
    bottoms = [top, top]
    if not communities:
        bottoms = [write_notes(page, ["No two treatments here are similar: not known, or none."], top, width)] * 2
    for number, community in enumerate(communities, 1):
        panel = _lay_out(number, community, scheme)
        column = bottoms.index(min(bottoms))
        _draw(page, panel, community, Rect(MARGIN + column * (_PANEL + _GAP), bottoms[column], _PANEL, panel.height))
        bottoms[column] += panel.height + _GAP
    y = draw_status_legend(page, max(bottoms) + 4, width, has_heads=False)
    return close_page(page, write_notes(page, (*_NOTES, *caption.notes), y + 4, width), width)


def _lay_out(number: int, community: Community, scheme: Scheme) -> _Panel:
    shares = [f"{scheme.label(one.feature)} ({one.members} of {len(community.members)})" for one in community.common]
    names, boxes = _order(community)
    room = _PANEL - 2 * _PAD - _BADGE - 8
    return _Panel(
        number,
        tuple(wrap(shares[0] if shares else "similar in several ways", room, _TITLE)),
        tuple(wrap("and " + ", ".join(shares[1:]), room, _SHARE)) if shares[1:] else (),
        tuple(_name_row(community, position) for position in names),
        tuple(_box_row(community, feature, scheme) for feature in boxes),
    )


def _order(community: Community) -> tuple[list[int], list[str]]:
    """Put neighbours near each other (barycentre method of Sugiyama)."""
    names = sorted(range(len(community.members)), key=lambda i: community.members[i].label.casefold())
    features = sorted({link.feature for links in community.links for link in links})
    held = {i: [link.feature for link in community.links[i]] for i in names}
    holders = {feature: [i for i in names if feature in held[i]] for feature in features}
    features.sort(key=lambda feature: -len(holders[feature]))
    for _ in range(_ROUNDS):
        names.sort(key=lambda i: (_mean([features.index(f) for f in held[i]]), community.members[i].label.casefold()))
        features.sort(key=lambda feature: (_mean([names.index(i) for i in holders[feature]]), feature))
    return names, features


def _mean(places: Sequence[int]) -> float:
    return sum(places) / max(1, len(places))


def _name_row(community: Community, position: int) -> _Row:
    lines = tuple(wrap(community.members[position].label, _NAMES, _NAME, most=3))
    return _Row(str(position), lines, len(lines) * _NAME.leading + _ROW_GAP)


def _box_row(community: Community, feature: str, scheme: Scheme) -> _Row:
    lines = tuple(wrap(scheme.label(feature), _BOXES - 12, _MECHANISM, most=5))
    note = "said to move both ways" if feature in community.opposite else ""
    ports = sum(link.feature == feature for links in community.links for link in links)
    text = len(lines) * _MECHANISM.leading + (_OPPOSITE.leading if note else 0) + 8
    return _Row(feature, lines, max(text, ports * _PORT) + _ROW_GAP, note=note)


def _draw(page: Page, panel: _Panel, community: Community, place: Rect) -> None:
    colour = _COLOURS[(panel.number - 1) % len(_COLOURS)]
    page.shapes.append(Box(place, "#ffffff", colour, rounding=6, width=1.2))
    badge = Rect(place.x + _PAD, place.y + _PAD, _BADGE, _BADGE)
    page.shapes.append(Box(badge, colour, colour, rounding=4))
    page.write_in(badge, [str(panel.number)], _NUMBER)
    left, y = badge.x + _BADGE + 8, place.y + _PAD
    y += page.write((left, y), panel.title, _TITLE).height
    page.write((left, y), panel.share, _SHARE)
    body = Rect(place.x + _PAD, place.y + _PAD + panel.head, _PANEL - 2 * _PAD, panel.body)
    names, boxes = _spread(panel.names, body), _spread(panel.boxes, body)
    _draw_lines(page, community, names, boxes, (body.x + _NAMES + 5, body.x + body.width - _BOXES))
    for row in names:
        top = row.middle - len(row.lines) * _NAME.leading / 2
        page.write((body.x + _NAMES, top), row.lines, _NAME, align=1)
    for row in boxes:
        _draw_box(page, row, Rect(body.x + body.width - _BOXES, row.top, _BOXES, row.height - _ROW_GAP))


def _draw_box(page: Page, row: _Row, rect: Rect) -> None:
    page.shapes.append(Box(rect, "#f3f6f9", "#5b6b7a", rounding=4))
    text = len(row.lines) * _MECHANISM.leading + (_OPPOSITE.leading if row.note else 0)
    y = rect.y + (rect.height - text) / 2
    y += page.write((rect.x + rect.width / 2, y), row.lines, _MECHANISM, align=0.5).height
    if row.note:
        page.write((rect.x + rect.width / 2, y), row.note, _OPPOSITE, align=0.5)


def _spread(rows: Sequence[_Row], body: Rect) -> list[_Row]:
    spare = (body.height - sum(row.height for row in rows)) / max(1, len(rows))
    y, placed = body.y + spare / 2, []
    for row in rows:
        placed.append(_Row(row.key, row.lines, row.height, y, row.note))
        y += row.height + spare
    return placed


def _draw_lines(
    page: Page, community: Community, names: Sequence[_Row], boxes: Sequence[_Row], xs: tuple[float, float]
) -> None:
    """Draw a curve for each link; the curves of a box reach it one below the other."""
    ports = _find_ports(community, names, boxes)
    for row in names:
        links = community.links[int(row.key)]
        ends = sorted((ports[row.key, link.feature], link.status) for link in links)
        for position, (end, status) in enumerate(ends):
            start = row.middle + (position - (len(ends) - 1) / 2) * min(3.0, 9.0 / len(ends))
            mark, bend = STATUS_MARKS[status], (xs[1] - xs[0]) * 0.5
            points = ((xs[0], start), (xs[0] + bend, start), (xs[1] - bend, end), (xs[1], end))
            page.shapes.append(Line(points, mark.colour, mark.dashes, width=1.2, curved=True))


def _find_ports(community: Community, names: Sequence[_Row], boxes: Sequence[_Row]) -> Mapping[tuple[str, str], float]:
    ports: dict[tuple[str, str], float] = {}
    for box in boxes:
        keys = [row.key for row in names if any(link.feature == box.key for link in community.links[int(row.key)])]
        room = (box.height - _ROW_GAP - 6) / max(1, len(keys))
        for position, key in enumerate(keys):
            ports[key, box.key] = box.top + 3 + (position + 0.5) * room
    return ports
