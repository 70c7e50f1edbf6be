"""Aligning a record's title and container with the words of a reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from alsu_kg.linking.normalisation import STOP_WORDS

_MOST_COUNTED: Final = 8
_DAMAGED: Final = 0.7
"""Share of a container's letters below which the damaged words are compared letter by letter."""

_SHORTEST_NAME: Final = 8
_SIMILAR: Final = 0.75
"""Similarity from which two words of a title count as one word, mistyped."""


class ScoreOpcode(Protocol):
    """A run of words that both have: where it starts and ends in each (as rapidfuzz gives it)."""

    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


@dataclass(frozen=True, slots=True)
class TitleAlignment:
    """How a title lies in a string: shares of its letters found, and words missing or put in, by where.

    ``after`` are the content words of the string that follow the last word of the title, as many as are missing there.
    """

    in_order: float
    any_order: float
    missing_head: int
    missing_middle: int
    missing_tail: int
    inserted: int
    substituted: int
    words: frozenset[str]
    after: tuple[str, ...] = ()


NOTHING: Final = TitleAlignment(0.0, 0.0, 0, 0, 0, 0, 0, frozenset())


def content_words(tokens: Sequence[str]) -> tuple[str, ...]:
    """Leave out stop words, unless there is nothing else.

    >>> content_words(["the", "cat"]), content_words(["on", "the"])
    (('cat',), ('on', 'the'))
    """
    return tuple([token for token in tokens if token not in STOP_WORDS]) or tuple(tokens)


def align_title(title: Sequence[str], tokens: Sequence[str], vocabulary: frozenset[str]) -> TitleAlignment:
    """Align the content words of a title with those of a string (longest common subsequence of words).

    >>> tokens = "liu t nf kappab signaling in mice nature 2017".split()
    >>> found = align_title("reply to nf kappab signaling".split(), tokens, frozenset(tokens))
    >>> found.missing_head, found.missing_tail, round(found.in_order, 2)
    (2, 0, 0.71)
    """
    total = sum(map(len, title))
    if not total or not tokens:
        return NOTHING
    present = vocabulary.intersection(title)
    if len(present) < len(title):
        tokens = _as_in_title(title, tokens, vocabulary)
        present = present.union(tokens).intersection(title)
    if not present:
        return TitleAlignment(0.0, 0.0, min(len(title), _MOST_COUNTED), 0, 0, 0, 0, frozenset())
    blocks = [b for b in LCSseq.opcodes(title, tokens) if b.tag == "equal"]
    first, last = blocks[0], blocks[-1]
    places = {place for b in blocks for place in range(b.src_start, b.src_end)}
    matched = sum([len(title[place]) for place in places])
    missing = [place for place in range(len(title)) if place not in places]
    if missing and matched * 2 >= total:
        near = [token for token in tokens[first.dest_start : last.dest_end + 2] if token not in title]
        missing = [place for place in missing if not _has_similar(title[place], near)]
    return TitleAlignment(
        in_order=matched / total,
        any_order=sum([len(word) for word in title if word in present]) / total,
        missing_head=_count([p for p in missing if p < first.src_start]),
        missing_middle=_count([p for p in missing if first.src_start <= p < last.src_end]),
        missing_tail=_count([p for p in missing if p >= last.src_end]),
        inserted=min(max(last.dest_end - first.dest_start - len(places), 0), _MOST_COUNTED),
        substituted=_substituted(blocks, missing) if missing else 0,
        words=present,
        after=tuple(tokens[last.dest_end : last.dest_end + len(title) - last.src_end]),
    )


def _as_in_title(title: Sequence[str], tokens: Sequence[str], vocabulary: frozenset[str]) -> Sequence[str]:
    """Part or join words of the string as the title has them: hyphens and line ends come and go between them.

    >>> _as_in_title(["side", "chain", "rotamers"], ["sidechain", "rota", "mers"], frozenset({"sidechain", "rota", "mers"}))
    ['side', 'chain', 'rotamers']
    """
    parted = {one + two: (one, two) for one, two in pairwise(title)}
    wanted = set(title).difference(vocabulary)
    joined = {place for place, (one, two) in enumerate(pairwise(tokens)) if one + two in wanted}
    if not joined and vocabulary.isdisjoint(parted):
        return tokens
    found: list[str] = []
    for place, token in enumerate(tokens):
        if place - 1 in joined:
            found[-1] += token
        else:
            found += parted.get(token, (token,))
    return found


def _substituted(blocks: Sequence[ScoreOpcode], missing: Sequence[int]) -> int:
    """Count the words of the title in whose place the string has other words, between words that both have."""
    found = 0
    for before, after in pairwise(blocks):
        gap = [place for place in missing if before.src_end <= place < after.src_start]
        found += min(len(gap), after.dest_start - before.dest_end)
    return min(found, _MOST_COUNTED)


def _has_similar(word: str, tokens: Sequence[str]) -> bool:
    """Tell whether a word stands there with a slip of the pen: another ending, a letter or two wrong."""
    return any(Levenshtein.normalized_similarity(word, token) >= _SIMILAR for token in tokens)


def _count(places: Sequence[int]) -> int:
    return min(len(places), _MOST_COUNTED)


def container_agreement(
    containers: Sequence[Sequence[str]], tokens: Mapping[str, Sequence[str]], *, capitals: frozenset[str], letters: str
) -> tuple[float, frozenset[str]]:
    """Give how much of a container's name stands in the string, and the words it accounts for.

    From -1 (nothing) to 1 (all): abbreviated, in full, as initials (``capitals``: words printed in capitals), or letter
    by letter when the words are damaged (``letters``: the string without spaces). ``tokens`` are the words of the string by
    their first letter.

    >>> tokens = {"a": ["acta"], "n": ["neurol"], "s": ["scand"], "2": ["2013"]}
    >>> container_agreement([("acta", "neurologica", "scandinavica")], tokens,
    ...                     capitals=frozenset(), letters="actaneurolscand2013")[0]
    1.0
    """
    if not containers:
        return 0.0, frozenset()
    best, explained = -1.0, frozenset[str]()
    for container in containers:
        initials = "".join(word[0] for word in container)
        if any(len(word) >= 3 and initials.startswith(word) for word in capitals):
            return 1.0, capitals
        share, held = _abbreviated_in(container, tokens)
        if share < _DAMAGED:
            joined = "".join(container)
            if _SHORTEST_NAME < len(joined) <= len(letters):
                share = max(share, fuzz.partial_ratio(joined, letters, score_cutoff=100 * _DAMAGED) / 100)
        if share * 2 - 1 > best:
            best, explained = share * 2 - 1, held
    return best, explained


def _abbreviated_in(container: Sequence[str], tokens: Mapping[str, Sequence[str]]) -> tuple[float, frozenset[str]]:
    held: set[str] = set()
    found = total = 0
    for word in container:
        total += len(word)
        partners = [token for token in tokens.get(word[0], ()) if token == word or _abbreviates(token, word)]
        if partners:
            found += len(word)
            held.update(partners)
    return (found / total if total else 0.0), frozenset(held)


def _abbreviates(first: str, second: str) -> bool:
    """Tell whether one word starts the other; of initials only J. is enough (ISO 4 abbreviations keep a stem, but for that)."""
    short, long = (first, second) if len(first) < len(second) else (second, first)
    return long.startswith(short) and (len(short) > 1 or long == "journal")


def starts_with_abbreviation(tagged: Sequence[str], container: Sequence[str]) -> float:
    """Give the share of words, in both names together, that have a partner in the other (initials count).

    >>> starts_with_abbreviation(["acta", "neurol"], ["acta", "neurologica", "scandinavica"])
    0.8
    """
    if not tagged or not container:
        return 0.5
    forward = sum(1 for word in tagged if any(_partner(word, other) for other in container))
    backward = sum(1 for word in container if any(_partner(word, other) for other in tagged))
    return (forward + backward) / (len(tagged) + len(container))


def _partner(first: str, second: str) -> bool:
    return first[0] == second[0] and (first.startswith(second) or second.startswith(first))
