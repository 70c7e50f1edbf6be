"""References whose parts are separated by nothing but spaces, as tagged parts are joined: author title container volume page year.

Nothing marks where the title ends, so every cut is scored by the log-odds of its words (data/lexicon/journal_words.tsv), as in
a two-state segmentation, and the best one is taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

_SPACED = re.compile(
    r"(?P<head>[^;]{4,}?)\s+(?P<numbers>(?:[A-Za-z]{0,3}-?\d[\w–/-]{0,9}\s+){1,3})(?P<year>(?:1[6-9]|20)\d\d)\s*\.?\s*$"
)
_LISTED = re.compile(r",\s+[A-Z]\.|\bet al\b|^(?:\S+\s){1,3}[A-Z]{1,3},\s[A-Z]|“|\"|\d{4}[.,)]")
_CAPITALISED = re.compile(r"[A-Z][a-z]+\.?")
_INITIALS = r"(?:[A-Z]\.?-?){1,4}"
_SURNAME = r"(?:(?:[Vv]an|[Vv]on|[Dd]e[lnr]?|[Dd]i|[Dd]u|[Ll]a|[Ll]e)\s+){0,2}[^\W\d_a-z][\w'’´-]+"
_AUTHORS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_INITIALS}(?:\s[A-Z]\.?)?\s{_SURNAME})\s",
        rf"(?P<name>{_SURNAME}\s{_INITIALS}(?:\s[A-Z]\.?){{0,2}})\s",
        rf"(?P<name>{_SURNAME})\s",
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset(
    ["of", "the", "and", "for", "in", "on", "de", "la", "et", "und", "der", "to", "an", "a", "with", "at", "by", "from"]
)


class SpacedReference(NamedTuple):
    """The parts of such a reference; an absent one is ``None``."""

    author: str | None
    title: str | None
    container: str | None
    volume: str
    issue: str | None
    page: str | None
    year: int


def parse_spaced(text: str, words: Mapping[str, float]) -> SpacedReference | None:
    """Read a reference of that form; ``None`` if ``text`` has another one.

    >>> words = {"j": 4.0, "org": 4.0, "chem": 4.0, "cells": -2.0}
    >>> parse_spaced("Lee Growth of cells in mice J Org Chem 55 101 1990", words)[:4]
    ('Lee', 'Growth of cells in mice', 'J Org Chem', '55')
    """
    match = _SPACED.match(text) if text.rstrip(" .")[-4:].isdigit() else None
    if match is None or _LISTED.search(match["head"]):
        return None
    head, numbers = match["head"], match["numbers"].split()
    best = max(_readings(head, words), key=lambda reading: reading[0], default=None)
    if best is None:
        return None
    _, author, cut = best
    title, container = head[len(author) : cut].strip(), head[cut:].strip(" ,")
    issue = numbers[1] if len(numbers) > 2 else None
    page = numbers[-1] if len(numbers) > 1 else None
    year = int(match["year"])
    return SpacedReference(
        author.strip() or None, title.strip(" ,") or None, container or None, numbers[0], issue, page, year
    )


def _readings(head: str, words: Mapping[str, float]) -> Iterator[tuple[float, str, int]]:
    """Give every reading: its score, the author as printed with what follows, and where the container starts."""
    tokens = [(m.start(), m[0]) for m in re.finditer(r"\S+", head)]
    for bonus, author in _author_choices(head, words):
        rest = [(start, token) for start, token in tokens if start >= len(author)]
        weights = [_weight(token, words) for _, token in rest]
        total = sum(weights)
        before = 0.0
        for i, (start, token) in enumerate(rest):
            score = bonus + (total - before) - before + _cut_score(rest, i, token)
            yield score, author, start
            before += weights[i]


def _author_choices(head: str, words: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    yield -2.0, ""
    for order, pattern in enumerate(_AUTHORS):
        match = pattern.match(head)
        if match is None:
            continue
        named = [_weight(word, words) for word in _WORD.findall(match["name"]) if len(word) > 2]
        yield (3.0 if order < len(_AUTHORS) - 1 else 1.0) - max(0.0, *named, 0.0), match[0]


def _weight(token: str, words: Mapping[str, float]) -> float:
    """Give the log-odds that ``token`` belongs to a container name rather than to a title."""
    parts = _WORD.findall(token)
    if not parts:
        return -0.5
    known = [words[part.lower()] for part in parts if part.lower() in words]
    weight = sum(known) / len(known) if known else (-0.5 if token[0].isupper() and len(parts) == 1 else -1.5)
    weight = max(-4.0, min(4.0, weight))
    if token.endswith(".") and known and weight > 0:
        weight += 1.0
    if _CAPITALISED.fullmatch(token):  # titles are mostly set in lower case, names of journals are not
        weight += 1.5
    return weight - (1.5 if token[0].islower() and token.lower() not in _SMALL else 0.0)


def _cut_score(tokens: Sequence[tuple[int, str]], i: int, word: str) -> float:
    """Say how well a container starts with ``word``, token ``i``: with a capital, not after ``of``, rather after a full stop."""
    score = 0.0 if word[0].isupper() or word[0].isdigit() else -5.0
    if word.lower() in _SMALL and word != "The":
        score -= 5.0
    if i:
        last = tokens[i - 1][1]
        score -= 5.0 if last.lower() in _SMALL else 0.0
        score += 2.0 if last[-1] in "?!" or (last[-1] == "." and len(last) > 4 and last[0].islower()) else 0.0
        score -= 3.0 if i == 1 else 1.5 if i == 2 else 0.0
    return score
