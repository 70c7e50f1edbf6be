"""Typed access to decoded JSON of unknown shape: a missing or wrongly typed value is ``None`` or empty, never an error."""

from collections.abc import Mapping
from typing import cast


def at(node: object, *path: str | int) -> object:
    """Follow ``path`` (keys and list positions) into ``node``; ``None`` where it breaks off.

    >>> at({"issued": {"date-parts": [[2020, 5]]}}, "issued", "date-parts", 0, 1)
    5
    """
    for step in path:
        if isinstance(step, str) and isinstance(node, dict):
            node = node.get(step)
        elif isinstance(step, int) and isinstance(node, list) and -len(node) <= step < len(node):
            node = node[step]
        else:
            return None
    return node


def text_at(node: object, *path: str | int) -> str | None:
    """Give the text at ``path`` without outer blanks; numbers become text, empty text is ``None``.

    >>> text_at({"volume": 12}, "volume"), text_at({"volume": " "}, "volume")
    ('12', None)
    """
    value = at(node, *path)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def number_at(node: object, *path: str | int) -> int | None:
    """Give the whole number at ``path`` (a number or its digits), or ``None``.

    >>> number_at({"count": "34"}, "count"), number_at({"count": None}, "count")
    (34, None)
    """
    text = text_at(node, *path)
    return int(text) if text is not None and text.isdecimal() else None


def list_at(node: object, *path: str | int) -> list[object]:
    """Give the list at ``path``; a single value is a list of one, nothing is an empty list.

    >>> list_at({"title": "A"}, "title"), list_at({}, "title")
    (['A'], [])
    """
    value = at(node, *path)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def texts_at(node: object, *path: str | int) -> tuple[str, ...]:
    """Give the non-empty texts of the list at ``path``.

    >>> texts_at({"ISSN": ["0140-6736", None, ""]}, "ISSN")
    ('0140-6736',)
    """
    return tuple(text for text in (text_at(item) for item in list_at(node, *path)) if text)


def mapping_at(node: object, *path: str | int) -> Mapping[str, object]:
    """Give the object at ``path``, or an empty one.

    >>> dict(mapping_at({"relation": None}, "relation"))
    {}
    """
    value = at(node, *path)
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
