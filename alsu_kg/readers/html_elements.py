"""What an HTML element is to a reader of text: inline, left out, a menu, a table that only arranges the page."""

import re
from typing import Final

from alsu_kg.readers.headings import role_of
from alsu_kg.readers.markup import Node

INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "math",
        "mi",
        "mo",
        "mn",
        "mrow",
        "msub",
        "msup",
    ]
)
DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "template",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
        "title",
        "canvas",
        "audio",
        "video",
        "img",
        "picture",
        "map",
    ]
)
_MENU_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "dialog"})
# One class or id of an element, in the way page builders name theirs: not ``has-sidebar`` or ``elementor-widget``.
_MENU_NAME = re.compile(
    r"(?!(?:has|no|with|without|content|is)[_-])(?:[a-z0-9]+[_-])*?(?:nav(?:bar|igation|menu)?|menus?|footer|sidebar|cookie[a-z]*|gdpr"
    r"|consent|bread-?crumbs?|languages?|lang[_-]switch\w*|g?translate|share|sharing|sharedaddy|social|related[a-z]*|comments?|search|skip"
    r"|pagination|toolbar|masthead|banner|legend|newsletter|subscribe|toc|table-?of-?contents|widget[_-]area|announcement)(?:[_-][a-z0-9_-]+)?",
    re.IGNORECASE,
)
_TOOLTIP = re.compile(r"(?:^|\s)tool-?tip[_-]?(?:text|content|inner|body|box)(?:$|\s)", re.IGNORECASE)
_MOSTLY: Final = 0.6
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What a click shows: the closed panels of tabs and accordions are part of the page.
_PANEL = re.compile(
    r"(?:^|[\s_-])(?:tabs?|tab-?pane|tabpanel|accordion|toggle|collaps\w*|panel|expand\w*|faq)(?:$|[\s_-])",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
_RAISED_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*?vertical-align\s*:\s*super\b", re.IGNORECASE)
_NOTES: Final = frozenset(
    {"footnotes", "endnotes", "doc-endnotes", "footnotes-list", "wp-block-footnotes", "easy-footnotes"}
)
_NOTE = re.compile(r"sd(?:end|foot)note\d+")  # as LibreOffice writes them
_WAYS_BACK: Final = frozenset(
    {"mw-cite-backlink", "mw-editsection", "rev-xref-ref"}
    | {"footnote-back", "footnote-backref", "footnote-return", "reversefootnote", "data-footnote-backref"}
)
_LONGEST_NAME: Final = 100
_MENU_WORD = re.compile(r"\b(?:menu|search|navigation|close|share|more|less|languages?|all)\b", re.IGNORECASE)
_FEWEST_PARTS: Final = 3
_MANY_PARAGRAPHS: Final = 5
_MANY_LINES: Final = 12


def is_menu(node: Node, words: int) -> bool:
    """Say whether ``node`` holds menus and the like, by its tag, role or class; what holds most of the page does not.

    >>> is_menu(Node("div", {"class": "main-menu"}, None, 0), 100), is_menu(Node("div", {"class": "has-sidebar"}, None, 0), 100)
    (True, False)
    """
    return _looks_like_menu(node) and len(node.words()) <= _MOSTLY * words


def is_tooltip(node: Node) -> bool:
    """Say whether an element holds what shows only while somebody points at its neighbour.

    >>> is_tooltip(Node("span", {"role": "tooltip"}, None, 0)), is_tooltip(Node("span", {"class": "tooltip"}, None, 0))
    (True, False)
    """
    return node.get("role") == "tooltip" or _TOOLTIP.search(node.get("class")) is not None


def is_hidden(node: Node) -> bool:
    """Say whether an element is never shown; the closed panels of tabs and accordions are, after a click.

    >>> panel = Node("div", {"role": "tabpanel", "hidden": ""}, None, 0)
    >>> is_hidden(panel), is_hidden(Node("p", {"hidden": ""}, None, 0)), is_hidden(Node("p", {"style": "display: none"}, None, 0))
    (False, True, True)
    """
    if "hidden" not in node.attributes and not _HIDDEN.search(node.get("style")):
        return False
    return node.get("role") != "tabpanel" and not _PANEL.search(f"{node.get('class')} {node.get('id')}")


def is_notes(node: Node) -> bool:
    """Say whether ``node`` holds the footnotes of the text, by its role or class.

    >>> is_notes(Node("section", {"role": "doc-endnotes"}, None, 0)), is_notes(Node("div", {"class": "page-footnote-x"}, None, 0))
    (True, False)
    """
    if node.tag not in ("section", "div", "ol", "ul", "aside"):
        return False
    names = f"{node.get('class')} {node.get('id')} {node.get('role')}".lower().split()
    return any(name in _NOTES for name in names) or _NOTE.fullmatch(node.get("id")) is not None


def is_way_back(node: Node) -> bool:
    """Say whether a link leads from a note back into the text, or from a heading to its editor.

    >>> is_way_back(Node("a", {"role": "doc-backlink"}, None, 0)), is_way_back(Node("a", {"href": "#x"}, None, 0))
    (True, False)
    """
    return node.tag in ("a", "span", "sup") and (
        node.get("role") == "doc-backlink" or any(name in _WAYS_BACK for name in node.get("class").split())
    )


def _looks_like_menu(node: Node) -> bool:
    if node.tag == "aside" and ("note" in node.get("epub:type") or "note" in node.get("role")):
        return False  # a footnote of an electronic book
    if node.tag in _MENU_TAGS or node.get("role") in ("navigation", "search", "banner", "contentinfo", "complementary"):
        return True
    if node.tag in ("body", "html", "main", "article", "h1", "h2", "h3") or "page" in node.get("role"):
        return False
    names = f"{node.get('class')} {node.get('id')}".split()
    return node.tag in ("div", "ul", "section", "header", "li", "p", "span", "table") and any(
        _MENU_NAME.fullmatch(name) for name in names
    )


def mark_raised(root: Node) -> None:
    """Make ``sup`` of every ``span`` that a style sets as raised, as word processors on the web write numbers of references.

    >>> from alsu_kg.readers.html_tree import parse_html
    >>> root = parse_html("<style>.c9{vertical-align:super}</style><p>Seen<span class='c0 c9'>3</span>")
    >>> mark_raised(root); [node.words() for node in root.iter("sup")]
    ['3']
    """
    styles = " ".join(run.text for node in root.iter("style") for run in node.runs())
    raised = set(_RAISED_CLASS.findall(styles))
    for node in list(root.iter("span")):
        if _RAISED.search(node.get("style")) or not raised.isdisjoint(node.get("class").split()):
            node.tag = "sup"


def is_letter(node: Node) -> bool:
    """Say whether a button is labelled with a letter, which then is part of the text that it explains, or is a heading.

    >>> heading = Node("h2", {}, None, 0)
    >>> is_letter(Node("button", {}, heading, 4)), is_letter(Node("button", {}, None, 0))
    (True, False)
    """
    if node.tag != "button":
        return False
    in_heading = node.parent is not None and re.fullmatch(r"h[1-6]", node.parent.tag) is not None
    return in_heading or (len(words := node.words()) == 1 and words.isalpha())


def opens_panel(node: Node) -> bool:
    """Say whether a button is the heading of a panel that it opens, as in an accordion; none of a menu or of more text.

    >>> from alsu_kg.readers.markup import Run
    >>> button = Node("button", {"class": "accordion-button"}, None, 0)
    >>> button.children.append(Run("Risks", 33, 5)); opens_panel(button)
    True
    """
    if node.tag != "button":
        return False
    words = " ".join(node.words().split())
    if not 1 < len(words) <= _LONGEST_NAME or _MENU_WORD.search(words):
        return False
    names = f"{node.get('class')} {node.parent.get('class') if node.parent else ''}".lower()
    toggles = "collapse" in (node.get("data-toggle"), node.get("data-bs-toggle"))
    return toggles or "accordion" in names or ("aria-expanded" in node.attributes and role_of(words) != "other")


def _nested(table: Node) -> "list[Node]":
    return [node for node in table.iter("table") if node is not table]


def _holds_parts(table: Node) -> bool:
    """Say whether each row has the name of a part of a review and its text, up to the list of references."""
    rows = [[cell for cell in row.nodes() if cell.tag in ("td", "th")] for row in table.iter("tr")]
    roles = {role_of(cells[0].words()) for cells in rows if len(cells) == 2}
    return len(roles) > _FEWEST_PARTS and "references" in roles


def is_layout(table: Node) -> bool:
    """Say whether a table only arranges the page: its cells hold headings, tables, or one of them many paragraphs.

    >>> table = Node("table", {}, None, 0)
    >>> is_layout(table), table.children.append(Node("h2", {}, table, 7)), is_layout(table)
    (False, None, True)
    """
    if _holds_parts(table):
        return True
    if _nested(table) or any(True for _ in table.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        return True
    return any(
        sum(1 for _ in cell.iter("p")) >= _MANY_PARAGRAPHS or sum(1 for _ in cell.iter("br")) >= _MANY_LINES
        for cell in table.iter("td")
    )


def has_blocks(node: Node) -> bool:
    """Say whether an element holds others that stand on lines of their own.

    >>> span = Node("span", {}, None, 0)
    >>> span.children.append(Node("p", {}, span, 6)); has_blocks(span)
    True
    """
    stack = list(node.nodes())
    while stack:
        child = stack.pop()
        if child.tag not in INLINE and child.tag not in DROPPED:
            return True
        stack.extend(child.nodes())
    return False
