"""Numbers that cite by nothing but a link to an entry of the list: ``seen in mice [1](#ref-1)`` of Markdown."""

import re
from collections import defaultdict
from collections.abc import Sequence

from alsu_kg.extraction.pointer_groups import Found, expand_numbers, join_neighbours
from alsu_kg.model.document import Text

_TARGET = re.compile(r"#(?P<kind>.{0,60}?)0*(?P<number>\d{1,3})")
_NUMBERS = re.compile(r"[\s\[(]*(?P<numbers>\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[\s\])]*")


def find_linked(texts: Sequence[Text], known: frozenset[int]) -> list[list[Found]]:
    """Give the linked numbers of each text whose links lead to places named alike, as those of a list of references are.

    A figure has a link and a number too, but its place has another name, so of all names the one that most numbers have is taken.

    >>> from alsu_kg.model.document import Mark
    >>> marks = Mark(8, 9, "link", "#r1"), Mark(11, 12, "link", "#r2"), Mark(19, 20, "link", "#f1")
    >>> find_linked([Text("In mice 1, 2 (Fig. 1).", (), marks)], frozenset({1, 2}))
    [[Found(start=8, end=12, numbers=(1, 2))]]
    """
    by_kind: dict[str, list[tuple[int, Found]]] = defaultdict(list)
    for i, text in enumerate(texts):
        for mark in text.marks:
            target = _TARGET.fullmatch(mark.target) if mark.kind == "link" else None
            printed = _NUMBERS.fullmatch(text.text, mark.start, mark.end) if target else None
            if target is None or printed is None:
                continue
            numbers = expand_numbers(printed["numbers"])
            if numbers[0] == int(target["number"]) and known.issuperset(numbers):
                by_kind[target["kind"]].append((i, Found(mark.start, mark.end, numbers)))
    own = max(by_kind.values(), key=lambda found: len({n for _, item in found for n in item.numbers}), default=[])
    cited: list[list[Found]] = [[] for _ in texts]
    for i, item in own:
        cited[i].append(item)
    return [join_neighbours(text.text, items, known) for text, items in zip(texts, cited, strict=True)]
