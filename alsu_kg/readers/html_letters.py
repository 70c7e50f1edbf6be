"""Letters of grades that a page shows without words: by pictures, labels, styles, or as the marked one of all letters."""

import re
from typing import Final

from alsu_kg.readers.markup import Node

_LETTER_LABELS: Final = ("aria-label", "title", "data-grade", "data-letter")
_LETTER_LABEL = re.compile(r"(?i:(?:TOE )?(?:[\w-]{3,20} ){0,3}(?:grade|letter)\s?:?\s?)[A-DFU]")
FEWEST_LETTERS: Final = 4
_MOST_LETTERS: Final = 6
_MARKED_BY: Final = ("aria-current", "aria-selected", "aria-checked", "aria-pressed")
_ACTIVE = re.compile(r"(?:^|[\s_-])(?:active|current|selected|chosen|highlight(?:ed)?|is-on|on)(?:$|\s)", re.IGNORECASE)
_LETTER_DATA = re.compile(r"[A-DFU]")
# "grade-b", "grade-icon-b", "badge--grade-b", "grade_B"
_LETTER_CLASS = re.compile(
    r"(?:[a-z]+[_-]+)*(?:grades?|letter|rating|score|toe)(?:[_-]+[a-z]{2,}){0,2}[_-]+(?P<letter>[a-dfu])", re.IGNORECASE
)


def letter_shown(node: Node) -> str | None:
    """Give the letter of a grade that an element without words shows: by its label, or by its style, as its classes say.

    >>> letter_shown(Node("i", {"class": "icon grade-icon-b"}, None, 0)), letter_shown(Node("i", {"title": "Grade C"}, None, 0))
    ('B', 'Grade C')
    """
    if any(child.__class__ is not Node or child.children for child in node.children):
        return None
    for name in _LETTER_LABELS:
        label = node.get(name)
        if label and (_LETTER_LABEL if name[0] != "d" else _LETTER_DATA).fullmatch(label.strip()):
            return label.strip()
    found = {match["letter"].upper() for name in node.get("class").split() if (match := _LETTER_CLASS.fullmatch(name))}
    return found.pop() if len(found) == 1 else None


def letter_pictured(node: Node) -> str | None:
    """Give the letter of a grade that a picture shows whose alternative text is empty: by its title, or by the name of its file.

    >>> letter_pictured(Node("img", {"src": "/img/grade-b.png"}, None, 0)), letter_pictured(Node("img", {"src": "/b.png"}, None, 0))
    ('B', None)
    """
    file = node.get("src").split("?")[0].rsplit("/", 1)[-1].split(".")[0]
    for name in (node.get("title").strip(), file):
        if _LETTER_LABEL.fullmatch(name):
            return name
        if match := _LETTER_CLASS.fullmatch(name):
            return match["letter"].upper()
    return None


def letter_drawn(node: Node) -> str | None:
    """Give the letter that is all that a drawing writes.

    >>> from alsu_kg.readers.html_tree import parse_html
    >>> letter_drawn(next(parse_html("<svg><title>Grade</title><circle></circle><text>B</text></svg>").iter("svg")))
    'B'
    """
    written = {text.words() for text in node.iter("text")}
    return written.pop() if len(written) == 1 and all(_LETTER_DATA.fullmatch(text) for text in written) else None


def marked_letter(node: Node) -> str | None:
    """Give the one letter that is marked in a row of all letters, an empty string if none is; ``None`` for what is no such row.

    >>> from alsu_kg.readers.html_tree import parse_html
    >>> scale = "<ul><li>A<li class=active>B<li>C<li>D</ul>"
    >>> marked_letter(next(parse_html(scale).iter("ul"))), marked_letter(Node("ul", {}, None, 0))
    ('B', None)
    """
    parts = [child for child in node.nodes() if child.tag in ("li", "span", "div", "td", "b", "i", "em", "strong")]
    if not FEWEST_LETTERS <= len(parts) <= _MOST_LETTERS:
        return None
    letters = [part.words() for part in parts]
    if len(set(letters)) != len(letters) or not all(_LETTER_DATA.fullmatch(letter) for letter in letters):
        return None
    marked = [
        letter
        for part, letter in zip(parts, letters, strict=True)
        if any(part.get(name) not in ("", "false") for name in _MARKED_BY) or _ACTIVE.search(part.get("class"))
    ]
    return marked[0] if len(marked) == 1 else ""
