"""In-text reference pointers: tagged citations, bracketed, parenthesised and raised numbers, names with years."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, Literal

from alsu_kg.extraction.author_year import find_author_years, index_references
from alsu_kg.extraction.bylines import names_of_byline
from alsu_kg.extraction.glued_numbers import find_glued
from alsu_kg.extraction.linked_numbers import find_linked
from alsu_kg.extraction.other_numbers import is_enumeration, is_interval, is_measure, is_power
from alsu_kg.extraction.pointer_groups import Found, expand_numbers, is_joined, join, join_neighbours
from alsu_kg.extraction.sections import Passage
from alsu_kg.model.document import Mark, Text
from alsu_kg.model.review import Place, Pointer, Reference

_NUMBERS = r"\d{1,3}(?:\s*(?:[,;]|[-‐‑–—−]{1,2})\s*\d{1,3})*"
# "[5, p. 20]", "[5: fig. 2]": where in the work.
_LOCATOR = r":\s[^\[\]]{1,60}|,\s*(?:pp?|figs?|ch|chap|chapters?|sec|sections?|tables?|eqs?)\b[^\[\]]{0,60}"
_STYLES: Final = {
    "bracket": re.compile(rf"\[\s*(?:[Rr]efs?\.?\s*)?(?P<n>{_NUMBERS})\s*(?:,|{_LOCATOR})?\]"),
    "parenthesis": re.compile(rf"\(\s*(?:[Rr]efs?\.?\s*)?(?P<n>{_NUMBERS})\s*\)"),
}
_NUMBER = re.compile(r"\d+")
# Publishers' pages say "Citation" before each number, to those who hear the page: "(Citation2–4,Citation9)".
_SAID_NUMBERS = re.compile(r"[\[(]?(?P<n>Citation\s?\d{1,3}(?:\s*(?:[,;]|[-‐‑–—−])\s*(?:Citation\s?)?\d{1,3})*)[\])]?")
_ALL_NUMBERS = re.compile(_NUMBERS)
_OPENS: Final = {"bracket": "[", "parenthesis": "("}
_ONLY_NUMBERS = re.compile(rf"\W*{_NUMBERS}\W*")
_BETWEEN = re.compile(r"[\s,;\[\]()–—‐‑−-]*(?:\d{1,3}[\s,;–—‐‑−-]+)*|\s(?:to|through)\s")
_RANGE = re.compile(r"[\s\[\]()]*[–—‐‑−-]{1,2}[\s\[\]()]*|\s(?:to|through)\s")  # "refs. 1 to 4" within one bracket
Style = Literal["bracket", "parenthesis", "glued", "superscript", "linked"]
_OTHER_STYLES: Final[tuple[tuple[Style, float], ...]] = (
    ("superscript", 1.0),
    ("parenthesis", 1.0),
    ("linked", 1.0),
    ("glued", 0.8),
)
_STOPS: Final = (".", ",", ";")
_BETTER: Final = 0.05
_ENOUGH_SAID: Final = 3
_SURE: Final = 0.9


def find_pointers(
    passages: Sequence[Passage], references: Sequence[Reference], targets: Mapping[str, int]
) -> list[tuple[Passage, list[Found]]]:
    """Find the pointers of each passage. ``targets`` gives the number for each id that tagged citations point at.

    >>> passage = Passage(Text("Seen in mice (3,4), not (2020) or (Table 1)."), "Risks", "risks", "paragraph")
    >>> find_pointers([passage], [Reference(number=n) for n in range(1, 6)], {})[0][1]
    [Found(start=13, end=18, numbers=(3, 4))]
    """
    if targets:
        return [(passage, list(_tagged(passage.text, targets))) for passage in passages]
    known = frozenset(reference.number for reference in references)
    if not known:
        return [(passage, []) for passage in passages]
    said = [list(_said(passage.text.text, known)) if "Citation" in passage.text.text else [] for passage in passages]
    if sum(map(len, said)) >= _ENOUGH_SAID:
        return list(zip(passages, said, strict=True))
    no_bylines = [p for p in passages if p.role != "other" or not names_of_byline(p.text.text)]
    found = _in_best_style(no_bylines, references, known)
    if len(no_bylines) == len(passages):
        return list(zip(passages, found, strict=True))
    by_passage = {id(passage): items for passage, items in zip(no_bylines, found, strict=True)}
    return [(passage, by_passage.get(id(passage), [])) for passage in passages]


def to_record(found: Sequence[tuple[Passage, Sequence[Found]]]) -> tuple[Pointer, ...]:
    """Give pointers in the shape of the record.

    >>> passage = Passage(Text("x (1)"), "Risks", "risks", "paragraph")
    >>> to_record([(passage, [Found(2, 5, (1,))])])[0].raw
    '(1)'
    """
    pointers: list[Pointer] = []
    for passage, items in found:
        text, heading = passage.text, passage.heading
        for item in items:
            start, end = text.raw_span(item.start, item.end)
            place = Place(section=heading, start=start, end=end)
            raw = text.text[item.start : item.end]
            pointers.append(Pointer(section=heading, raw=raw, numbers=item.numbers, place=place))
    return tuple(sorted(pointers, key=attrgetter("place.start")))


def _tagged(text: Text, targets: Mapping[str, int]) -> Iterator[Found]:
    """Group tagged citations that stand together and fill in the numbers of ranges."""
    marks = (
        sorted((m for m in text.marks if m.kind == "citation"), key=lambda m: (m.start, m.end)) if text.marks else ()
    )
    group: list[tuple[Mark, tuple[int, ...]]] = []
    cited: set[int] = set()
    known = frozenset(targets.values()) if marks else frozenset()
    for mark in marks:
        numbers = tuple(targets[key] for key in mark.target.split() if key in targets)
        if not numbers:
            continue
        printed = (
            expand_numbers(text.text[mark.start : mark.end])
            if _ONLY_NUMBERS.fullmatch(text.text, mark.start, mark.end)
            else ()
        )
        if len(printed) > len(numbers):
            counted = tuple(numbers[0] + n - printed[0] for n in printed)
            if known.issuperset(counted) and set(numbers) <= set(counted):
                numbers = counted
        # A pointer names a reference once: one that is cited again beside itself is a pointer of its own.
        again = not cited.isdisjoint(numbers)
        if group and (again or not _BETWEEN.fullmatch(text.text[group[-1][0].end : mark.start])):
            yield _group(text, group, targets)
            group = []
            cited = set()
        group.append((mark, numbers))
        cited.update(numbers)
    if group:
        yield _group(text, group, targets)


def _group(text: Text, group: Sequence[tuple[Mark, tuple[int, ...]]], targets: Mapping[str, int]) -> Found:
    known = frozenset(targets.values())
    numbers: list[int] = []
    previous_end = None
    for mark, own in group:
        between = text.text[previous_end : mark.start] if previous_end is not None else ""
        counts = _ONLY_NUMBERS.fullmatch(text.text, mark.start, mark.end) is not None
        if numbers and counts and _RANGE.fullmatch(between) and 1 < own[0] - numbers[-1] < 200:
            numbers += [n for n in range(numbers[-1] + 1, own[0]) if n in known]
        elif _NUMBER.search(between):
            numbers += [n for n in expand_numbers(between) if n in known]
        numbers += own
        previous_end = mark.end
    start, end = group[0][0].start, group[-1][0].end
    if text.text[start - 1 : start] in ("[", "(") and text.text[end : end + 1] in ("]", ")"):
        start, end = start - 1, end + 1
    return Found(start, end, tuple(dict.fromkeys(numbers)))


def _in_style(style: Style, passages: Sequence[Passage], known: frozenset[int]) -> list[list[Found]]:
    """Give what each passage cites in one style; most passages hold nothing that could be of it."""
    if style == "superscript":
        return [_raised(passage.text, known) if passage.text.marks else [] for passage in passages]
    if style == "linked":
        return find_linked([passage.text for passage in passages], known)
    opens = _OPENS[style]
    return [
        join_neighbours(text, _numeric(text, style, known), known) if opens in (text := passage.text.text) else []
        for passage in passages
    ]


def _glued(passages: Sequence[Passage], references: Sequence[Reference], known: frozenset[int]) -> list[list[Found]]:
    """Give the pointers of a document whose raised numbers came out glued to the words before them."""
    each = find_glued([passage.text.text for passage in passages], [reference.raw or "" for reference in references])
    return [
        [
            Found(item.start, item.end, numbers)
            for item in items
            if known.issuperset(numbers := expand_numbers(item.printed))
        ]
        for items in each
    ]


def _numeric(text: str, style: Style, known: frozenset[int]) -> Iterator[Found]:
    for match in _STYLES[style].finditer(text):
        printed = match["n"]
        numbers = expand_numbers(printed)
        if not numbers or not known.issuperset(numbers):
            continue
        start, end = match.span()
        if style == "parenthesis":
            # As most: one number before a comma or a full stop, which is neither an interval nor counts parts.
            cites = (text[end : end + 1] in _STOPS and printed.isdigit()) or not (
                is_enumeration(text, match) or is_interval(text, match)
            )
        else:
            cites = not is_measure(text, match)
        if cites:
            yield Found(start, end, numbers)


def _raised(text: Text, known: frozenset[int]) -> list[Found]:
    """Find raised numbers; those that stand together, each raised by itself, are one pointer."""
    found: list[Found] = []
    for mark in text.marks:
        printed = text.text[mark.start : mark.end].strip(" []()")
        if mark.kind != "superscript" or not _ALL_NUMBERS.fullmatch(printed):
            continue
        numbers = expand_numbers(printed)
        if not numbers or not known.issuperset(numbers):
            continue
        if found and is_joined(text.text, found[-1], mark.start):
            found[-1] = join(text.text, found[-1], Found(mark.start, mark.end, numbers), known)
        elif not is_power(text.text, mark.start, mark.end):
            found.append(Found(mark.start, mark.end, numbers))
    return found


def _in_best_style(
    passages: Sequence[Passage], references: Sequence[Reference], known: frozenset[int]
) -> list[list[Found]]:
    """Give what each passage cites in the style that fits the reference list best."""
    best = _in_style("bracket", passages, known)
    best_score = _score(best, known)
    if best_score <= _BETTER:
        best_score = 0.0
    for style, most in _OTHER_STYLES:
        if best_score + _BETTER >= most:  # it cannot fit better
            continue
        found = _glued(passages, references, known) if style == "glued" else _in_style(style, passages, known)
        score = _score(found, known) * most
        if score > best_score + _BETTER:
            best, best_score = found, score
    if best_score < _SURE:
        index = index_references(references)
        texts = [passage.text.text for passage in passages]
        named = [
            join_neighbours(text, itertools.starmap(Found, find_author_years(text, index)), known) for text in texts
        ]
        cited = {n for found in named for item in found for n in item.numbers}
        if len(cited) / len(known) > best_score + _BETTER:
            return named
    return best


def _said(text: str, known: frozenset[int]) -> Iterator[Found]:
    """Find pointers that say what they are: ``(Citation3)``.

    >>> list(_said("Seen (Citation2–4,Citation9).", frozenset(range(10))))
    [Found(start=5, end=28, numbers=(2, 3, 4, 9))]
    """
    for match in _SAID_NUMBERS.finditer(text):
        numbers = expand_numbers(match["n"])
        if known.issuperset(numbers):
            yield Found(match.start(), match.end(), numbers)


def _score(found: Sequence[Sequence[Found]], known: frozenset[int]) -> float:
    """Say how well pointers fit a reference list: the share that is cited, less what is out of order of first use."""
    first = list(dict.fromkeys([n for items in found if items for item in items for n in item.numbers]))
    if not first:
        return 0.0
    ascending = 1.0 if len(first) == 1 else sum(b > a for a, b in itertools.pairwise(first)) / max(len(first) - 1, 1)
    return len(first) / len(known) * (0.5 + 0.5 * ascending)
