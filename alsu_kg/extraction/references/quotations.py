"""Quotation marks at the ends of a title: those that enclose all of it, and those that are part of it."""

from typing import Final

_CLOSING: Final = {"“": "”", '"': '"', "„": "“", "«": "»"}


def opens_inside(text: str, start: int, end: int) -> bool:
    """Say whether a quotation that starts at ``start`` ends inside, before other words: its mark is part of the title.

    A comma or full stop before the closing mark ends the whole title.

    >>> opens_inside("“Cures” and hope", 0, 16), opens_inside("“Cures and hope”.", 0, 17), opens_inside("“Cures,” Cell", 0, 13)
    (True, False, False)
    """
    closing = _CLOSING.get(text[start])
    at = text.find(closing, start + 1, end) if closing else -1
    return at > start + 1 and text[at - 1] not in ",." and any(char.isalnum() for char in text[at + 1 : end])


def closes_inside(text: str, start: int, end: int) -> bool:
    """Say whether the last mark ends a quotation that starts inside.

    >>> closes_inside("On “cures”", 0, 10), closes_inside("Cures”", 0, 6)
    (True, False)
    """
    return text[end - 1] == "”" and text.count("“", start, end) >= text.count("”", start, end)
