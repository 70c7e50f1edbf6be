"""Features by which a reading of a reference without punctuation is judged: which words are name, title and container.

Each function gives (feature name, value) pairs. The weights of the names are learned (``alsu_kg.train_references``); a name that
was never weighted counts nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alsu_kg.extraction.references.citation_words import WordOdds

Feature = tuple[str, float]

_WORD = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "et",
        "und",
        "der",
        "to",
        "an",
        "a",
        "with",
        "at",
        "by",
        "from",
        "le",
        "des",
        "du",
        "del",
        "da",
        "do",
        "y",
        "e",
        "&",
        "fur",
        "für",
        "as",
        "or",
        "via",
    ]
)
_LIMIT: Final = 4.0


def shape_of(token: str) -> str:
    """Name the shape of a token.

    >>> [shape_of(token) for token in ("Biol.", "cells", "of", "12", "N", "DNA", "p53")]
    ['abbreviated', 'lower', 'small', 'number', 'letter', 'capitals', 'lower']
    """
    letters = "".join(_WORD.findall(token))
    if not letters:
        return "number" if any(char.isdigit() for char in token) else "sign"
    if token.lower() in _SMALL:
        return "small"
    dotted = token.rstrip("),").endswith(".")
    if token[0].islower() or (token[0] in "(\"“‘'[" and token[1:2].islower()):
        return "lower-dotted" if token.endswith(".") else "lower"
    if len(letters) == 1:
        return "letter-dotted" if dotted else "letter"
    if letters.isupper():
        return "capitals"
    if any(char.isdigit() for char in token):
        return "mixed"
    if dotted:
        return "abbreviated" if len(letters) < 9 else "long-dotted"
    return "capitalised"


def known(token: str, odds: Mapping[str, WordOdds]) -> list[WordOdds]:
    """Give what is known of the words of a token."""
    return [odds[word] for word in _WORD.findall(token.lower()) if word in odds]


def inside_container(token: str, odds: Mapping[str, WordOdds]) -> Iterator[Feature]:
    """Give the features of a token that stands in the container."""
    shape, words = shape_of(token), known(token, odds)
    yield f"in container: {shape}", 1.0
    if words:
        mean = sum(word.container for word in words) / len(words)
        yield "in container: odds", max(-_LIMIT, min(_LIMIT, mean))
    elif shape not in ("number", "sign", "small"):
        yield "in container: unknown", 1.0


def first_of_container(token: str, odds: Mapping[str, WordOdds]) -> Iterator[Feature]:
    """Give the features of a token that the container starts with."""
    words = known(token, odds)
    yield f"first: {shape_of(token)}", 1.0
    if words:
        yield "first: odds", words[0].first
    else:
        yield "first: unknown", 1.0
    if token == "The":  # noqa: S105 - a word of text
        yield "first: The", 1.0


def last_of_title(token: str, odds: Mapping[str, WordOdds]) -> Iterator[Feature]:
    """Give the features of a token that the title ends with, where a container follows."""
    words = known(token, odds)
    yield f"last: {shape_of(token)}", 1.0
    if words:
        yield "last: odds", words[-1].last
    else:
        yield "last: unknown", 1.0
    if token[-1] in "?!" or (token[-1] == "." and len(token) > 4):
        yield "last: stop", 1.0
    elif token[-1] == ",":
        yield "last: comma", 1.0
    elif token[-1] in ":-–—;":
        yield "last: open", 1.0


def sizes(title: int, container: int, *, numbered: bool) -> Iterator[Feature]:
    """Give the features of the numbers of words; ``numbered`` tells whether a volume or page follows."""
    if container:
        yield f"title of {min(title, 3)}", 1.0
    yield f"container of {_class(container)}", 1.0
    if not numbered and container == 0:
        yield "no container, no numbers", 1.0
    if not numbered and title == 0:
        yield "no title, no numbers", 1.0


def _class(container: int) -> str:
    return str(container) if container < 3 else "3 to 6" if container < 7 else "7 or more"


def author_features(
    form: str, family: str, tokens: Sequence[str], taken: int, odds: Mapping[str, WordOdds]
) -> Iterator[Feature]:
    """Give the features of a name of ``taken`` tokens in the order ``form``; ``form`` is "none" where no name is taken."""
    yield f"name: {form}", 1.0
    if taken == 0:
        words = known(tokens[0], odds)
        if words:
            yield "no name: surname odds", words[0].surname
        elif not known(tokens[0], odds):
            yield "no name: unknown", 1.0
        return
    parts = [part for part in _WORD.findall(family.lower()) if len(part) > 2]
    if parts and parts[-1] in odds:
        yield "name: surname odds", odds[parts[-1]].surname
    else:
        yield "name: unknown", 1.0
    if taken < len(tokens):
        if tokens[taken][0].islower():
            yield "name: then lower", 1.0
        if tokens[taken - 1] == "A":
            yield "name: ends with A", 1.0


def title_start(token: str, odds: Mapping[str, WordOdds]) -> Iterator[Feature]:
    """Give the features of a token that the title starts with."""
    if words := known(token, odds):
        yield "title starts: odds", words[0].opening
