"""HTML elements as trees of the standard library: text is escaped when a tree is written, so no text can become markup."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree import ElementTree

Element = ElementTree.Element
Child = str | Element | None

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def clean(text: str) -> str:
    r"""Replace characters that no HTML text may hold (HTML, 13.1.4) by U+FFFD.

    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _CONTROL.sub("\ufffd", text)


def element(tag: str, *children: Child, **attributes: str | None) -> Element:
    """Make an element; ``class_`` and ``data_label`` become ``class`` and ``data-label``, ``None`` is left out.

    >>> ElementTree.tostring(element("p", "<script>", class_="a"), encoding="unicode")
    '<p class="a">&lt;script&gt;</p>'
    """
    named = {
        name.rstrip("_").replace("_", "-"): clean(value) for name, value in attributes.items() if value is not None
    }
    made = ElementTree.Element(tag, named)
    for child in children:
        _append(made, child)
    return made


def _append(parent: Element, child: Child) -> None:
    if isinstance(child, str):
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + clean(child)
        else:
            parent.text = (parent.text or "") + clean(child)
    elif child is not None:
        parent.append(child)


def link(words: str, address: str | None) -> Element:
    """Make a link if ``address`` is one of the web; any other address (``javascript:`` and the like) stays text.

    >>> link("here", "javascript:alert(1)").tag
    'span'
    """
    if address and address.startswith(("https://", "http://")):
        return element("a", words, href=address, rel="noreferrer")
    return element("span", words)


def items(tag: str, children: Iterable[Child | Sequence[Child]], **attributes: str | None) -> Element:
    """Make a list (``ul`` or ``ol``) with an item for each child."""
    return element(tag, *(element("li", *_as_children(child)) for child in children), **attributes)


def _as_children(child: Child | Sequence[Child]) -> Sequence[Child]:
    return (child,) if child is None or isinstance(child, str | ElementTree.Element) else child


Cell = Child | Sequence[Child]


def table(caption: str, columns: Sequence[str], rows: Iterable[tuple[str | None, Sequence[Cell]]]) -> Element:
    """Make a table: each row is a class (or ``None``) and its cells, of which the first is the row's heading.

    Roles are written out, because a narrow page shows rows as blocks, which takes a table's own meaning from it (ARIA 1.2, table).
    """
    head = element("tr", *(element("th", name, scope="col", role="columnheader") for name in columns), role="row")
    body = [_row(columns, name, cells) for name, cells in rows]
    return element(
        "table",
        element("caption", caption),
        element("thead", head, role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        role="table",
    )


def _row(columns: Sequence[str], name: str | None, cells: Sequence[Cell]) -> Element:
    made = element("tr", class_=name, role="row")
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        if place == 0:
            made.append(element("th", *_as_children(cell), scope="row", role="rowheader", data_label=column))
        else:
            made.append(element("td", *_as_children(cell), role="cell", data_label=column))
    return made


def write_document(title: str, style: str, body: Element) -> str:
    """Write a whole page that loads nothing: its style is inside, and its policy forbids everything else (CSP 3)."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", **{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light"),
        element("title", title),
    )
    head.append(ElementTree.Element("style"))
    head[-1].text = style
    page = element("html", head, body, lang="en")
    return "<!doctype html>\n" + ElementTree.tostring(page, encoding="unicode", method="html") + "\n"
