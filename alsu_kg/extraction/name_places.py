"""Where a name stands in a text, case ignored, without a pattern made for each name: making one costs as much as reading a page."""

import re
from collections.abc import Iterator

_EDGE = re.compile(r"\b")


def find_name(name: str, text: str) -> Iterator[int]:
    """Give where each occurrence of ``name`` in ``text`` that starts at the edge of a word ends, in order.

    >>> list(find_name("aza", "AZA (azathioprine) is no plaza."))
    [3, 8]
    """
    small, lower = name.lower(), text.lower()
    if len(small) != len(name) or len(lower) != len(text):  # some letter has no single one in lower case
        yield from [match.end() for match in re.finditer(rf"\b{re.escape(name)}", text, re.IGNORECASE)]
        return
    at = lower.find(small) if small else -1
    while at >= 0:
        end = at + 1
        if _EDGE.match(text, at):
            end = at + len(small)
            yield end
        at = lower.find(small, end)


def names_word(name: str, text: str) -> bool:
    """Say whether ``name`` stands in ``text`` as a word or words of its own.

    >>> names_word("aza", "Azathioprine"), names_word("aza", "Of AZA, some.")
    (False, True)
    """
    return any(_EDGE.match(text, end) for end in find_name(name, text))
