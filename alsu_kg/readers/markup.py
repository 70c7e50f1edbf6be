"""A light tree of elements whose every character run knows its place in the raw file; ``xml_tree`` and ``html_tree`` make it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from weakref import ref

from alsu_kg.model.document import Text, TextBuilder

MAX_DEPTH: Final = 400


_HIDDEN = re.compile(r"[\u200b\ufeff\xad]")  # what only says where a line may break
_UNEVEN = re.compile(r"[\t\n\r\x0b\x0c\u2028]\s*|[ ]\s+|(?P<hidden>[\u200b\ufeff\xad])")


class Run(NamedTuple):
    """Characters as the parser gives them, standing for ``raw_length`` raw characters from ``raw_start``."""

    text: str
    raw_start: int
    raw_length: int


class Node:
    """An element: its tag in lower case without namespace prefix, attributes, children, and raw place.

    It knows its parent weakly: a tree without cycles is freed at once when it is no longer used.
    """

    __slots__ = ("__weakref__", "_parent", "attributes", "children", "end", "start", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None", start: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | Run] = []
        self._parent = ref(parent) if parent is not None else None
        self.start = start
        self.end = start

    @property
    def parent(self) -> "Node | None":
        """The element that holds this one, as long as the tree is in use."""
        return self._parent() if self._parent is not None else None

    def get(self, name: str) -> str:
        """Give an attribute, or an empty string."""
        return self.attributes.get(name, "")

    def nodes(self) -> "Iterator[Node]":
        """Give the child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def iter(self, *tags: str) -> "Iterator[Node]":
        """Give this element and all below it with one of ``tags``, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            if node.tag in tags:
                yield node
            if node.children:
                stack += [child for child in node.children[::-1] if child.__class__ is Node]

    def by_tag(self) -> "dict[str, list[Node]]":
        """Give all elements below, in document order, by tag."""
        found: dict[str, list[Node]] = {}
        stack = [child for child in self.children[::-1] if child.__class__ is Node]
        while stack:
            node = stack.pop()
            if node.tag in found:
                found[node.tag].append(node)
            else:
                found[node.tag] = [node]
            if node.children:
                stack += [child for child in node.children[::-1] if child.__class__ is Node]
        return found

    def find(self, *path: str) -> "Node | None":
        """Give the first descendant reached through child tags ``path``."""
        node = self
        for tag in path:
            for child in node.children:
                if child.__class__ is Node and child.tag == tag:
                    node = child
                    break
            else:
                return None
        return node

    def first(self, tag: str) -> "Node | None":
        """Give the first descendant with ``tag``."""
        return next(self.iter(tag), None)

    def runs(self) -> list[Run]:
        """Give all character runs below, in document order."""
        found: list[Run] = []
        stack = self.children[::-1]
        while stack:
            item = stack.pop()
            if item.__class__ is Node:
                stack += item.children[::-1]
            elif isinstance(item, Run):
                found.append(item)
        return found

    def words(self) -> str:
        """Give all characters below with white space collapsed."""
        if len(self.children) == 1 and isinstance(only := self.children[0], Run):
            return " ".join(only.text.split())
        return " ".join("".join([run.text for run in self.runs()]).split())


def add_run(builder: TextBuilder, run: Run) -> None:
    r"""Append a run with white space collapsed; a no-break space becomes a space.

    >>> builder = TextBuilder(); add_run(builder, Run("a \n  b", 10, 6)); builder.build().raw_span(2, 3)
    (15, 16)
    """
    if run.raw_length != len(run.text):
        text = " ".join(run.text.split()) if not run.text.isspace() else " "
        text = text if text.isprintable() else _HIDDEN.sub("", text)
        if text != " " or builder.last not in (" ", ""):
            builder.add(text, run.raw_start, run.raw_length)
        return
    text = run.text.replace("\xa0", " ")
    at = 0
    if text[:1].isspace() and builder.last in (" ", ""):
        at = len(text) - len(text.lstrip())
    if text.isprintable() and "  " not in text:  # no white space but single spaces
        builder.add(text[at:] if at else text, run.raw_start + at)
        return
    for match in _UNEVEN.finditer(text, at):
        builder.add(text[at : match.start()], run.raw_start + at)
        if match["hidden"] is None:
            builder.add(" ", run.raw_start + match.start(), match.end() - match.start())
        at = match.end()
    builder.add(text[at:], run.raw_start + at)


def printed_span(runs: list[Run]) -> tuple[int, int]:
    """Give the raw place from the first to the last printed character of ``runs``.

    >>> printed_span([Run(" a", 3, 2), Run("b ", 9, 2)])
    (4, 10)
    """
    inked = [run for run in runs if not run.text.isspace()]
    if not inked:
        return (runs[0].raw_start, runs[0].raw_start) if runs else (0, 0)
    first, last = inked[0], inked[-1]
    skip = len(first.text) - len(first.text.lstrip()) if first.raw_length == len(first.text) else 0
    drop = len(last.text) - len(last.text.rstrip()) if last.raw_length == len(last.text) else 0
    return first.raw_start + skip, last.raw_start + last.raw_length - drop


def flow_text(node: Node) -> Text:
    """Give all words below ``node`` as one Text."""
    builder = TextBuilder()
    stack: list[Node | Run] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Run):
            add_run(builder, item)
        else:
            stack.extend(reversed(item.children))
    return builder.build().strip()
