"""Terms: names of things, found in text by their words, the longest name first."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from alsu_kg.extraction.signs import WORDS_OF, find_words

_STOPS: Final = frozenset(",.;:()")


class Term(msgspec.Struct, frozen=True, gc=False):
    """A recognised thing: its label and what kind of thing it is.

    ``failing`` where the words name its failure, loss or lack; ``bad`` where more of it is bad for a person with ALS.
    """

    label: str
    kind: str
    failing: bool = False
    bad: bool = False


TermForm = tuple[tuple[str, ...], Term, bool]
"""The words of a form of a term, the term, and whether it is another word in lower case."""


class Branch(msgspec.Struct, frozen=True):
    """What forms have in common after some words: the terms that end here, and the words that may follow.

    With each term stands whether it is another word in lower case.
    """

    ends: list[tuple[Term, bool]]
    following: dict[str, "Branch"]


class TermForms(msgspec.Struct, frozen=True):
    """Forms that start with one word: ``alone`` those that are it, and ``longer`` ones as a tree of the words that follow it."""

    forms: tuple[TermForm, ...]
    alone: tuple[TermForm, ...]
    longer: Mapping[str, Branch]


TermIndex = Mapping[str, TermForms]
"""Forms by their first word."""


class TermMatch(msgspec.Struct, frozen=True, gc=False):
    """A term found at characters ``start`` to ``end``."""

    start: int
    end: int
    term: Term


def index_terms(
    entries: "Iterator[tuple[str, Term]] | list[tuple[str, Term]]",
) -> TermIndex:
    """Index (surface form, term) pairs by first word. Short all-capital forms must not match lower-case words.

    >>> list(index_terms([("ALS", Term("amyotrophic lateral sclerosis", "disease"))]))
    ['als']
    """
    index: dict[str, list[TermForm]] = {}
    for surface, term in entries:
        words = tuple(word.folded for word in find_words(surface))
        if words:
            index.setdefault(words[0], []).append((words, term, len(surface) <= 5 and surface.isupper()))
    return MappingProxyType({word: _as_tree(forms) for word, forms in index.items()})


def _as_tree(forms: Sequence[TermForm]) -> TermForms:
    longer: dict[str, Branch] = {}
    for words, term, exact in forms:
        following = longer
        for i, word in enumerate(words[1:], 2):
            branch = following.setdefault(word, Branch([], {}))
            following = branch.following
            if i == len(words):
                branch.ends.append((term, exact))
    return TermForms(tuple(forms), tuple(form for form in forms if len(form[0]) == 1), longer)


class Start(msgspec.Struct, frozen=True):
    """Where terms may start in a printed word: at which of its words (the last?), where that stands in it, and which terms.

    ``alone`` is the term that this word is by itself, ``longer`` are the words that go on.
    """

    position: int
    start: int
    end: int
    is_last: bool
    is_small: bool
    """Whether only its first letter may be a capital: such a word names no abbreviation."""
    alone: Term | None
    longer: Mapping[str, Branch]


def find_starts(printed: str, sources: Sequence[TermIndex]) -> tuple[Start, ...]:
    """Give where in a printed word a term may start, and which: those of the first of ``sources`` that knows the word there.

    >>> index = index_terms([("motor neuron", Term("motor neuron", "cell"))])
    >>> [(start.position, start.start, start.end, start.is_small) for start in find_starts("(Motor", [index])]
    [(0, 1, 6, True)]
    """
    starts = []
    words = find_words(printed)
    for k, word in enumerate(words):
        forms = next((source[word.folded] for source in sources if word.folded in source), None)
        if forms is not None:
            is_small = word.printed.islower() or (len(word.printed) > 1 and word.printed[1:].islower())
            alone = next((term for _, term, exact in forms.alone if not (exact and is_small)), None)
            is_last = k + 1 == len(words)
            starts.append(Start(k, word.start, word.end, is_last, is_small, alone, forms.longer))
    return tuple(starts)


Starting = Mapping[int, tuple[int, Sequence[Start]]]
"""The numbers of the printed words of a text in which terms may start, in order, with where each stands, and where in it which."""


def with_others(terms: TermIndex, others: TermIndex) -> TermIndex:
    """Add to ``terms`` those of ``others`` that start with the same words; of equal forms those of ``terms`` are tried first.

    >>> foo, more = index_terms([("foo", Term("Foo", "a"))]), index_terms([("foo bar", Term("Bar", "b")), ("x", Term("X", "b"))])
    >>> {word: [term.label for _, term, _ in found.forms] for word, found in with_others(foo, more).items()}
    {'foo': ['Foo', 'Bar']}
    """
    return {
        word: _as_tree([*found.forms, *others[word].forms]) if word in others else found
        for word, found in terms.items()
    }


def match_terms(text: str, words: Sequence[str], starting: Starting, *, is_even: bool) -> list[TermMatch]:
    """Find terms in ``text``, the longest first; ``words`` are those between its spaces, ``is_even`` if those are single ones.

    >>> index = index_terms([("motor neuron", Term("motor neuron", "cell"))])
    >>> starting = {1: (4, find_starts("motor", [index]))}
    >>> found = match_terms("All motor neurons", ["All", "motor", "neurons"], starting, is_even=True)
    >>> found[0].start, found[0].end
    (4, 17)
    """
    found: list[TermMatch] = []
    done = 0
    last = len(words) - 1
    for i, (place, starts) in starting.items():
        for start in starts:
            low = place + start.start
            if low < done:
                continue
            goes_on: object = start.longer
            if goes_on and start.is_last:  # with the next printed word, unless that has no letters, or does not
                following = WORDS_OF[words[i + 1]] if i < last else ()
                goes_on = not following or following[0].folded in start.longer
            longest = _longest(text, (words, i, place, is_even), start) if goes_on else None
            if longest is not None:
                done, term = longest
                found.append(TermMatch(low, done, term))
            elif start.alone is not None:
                done = place + start.end
                found.append(TermMatch(low, done, start.alone))
    return found


_At = tuple[Sequence[str], int, int, bool]
"""The printed words of a text, the number of one of them, where it starts, and whether single spaces part them."""


def _longest(text: str, at: _At, start: Start) -> tuple[int, Term] | None:
    """Give where the longest form of several words ends that starts at ``start`` of the printed word ``at``."""
    words, i, place, is_even = at
    found = None
    branches, end, k = start.longer, place + start.end, start.position + 1
    parts = WORDS_OF[words[i]]
    while branches:
        if k == len(parts):
            place, i, k = place + len(words[i]), i + 1, 0
            if i == len(words):
                break
            place = place + 1 if is_even else text.index(words[i], place)  # behind nothing but white space
            parts = WORDS_OF[words[i]]
            continue
        part = parts[k]
        branch = branches.get(part.folded)
        if branch is None:
            break
        between = text[end : place + part.start]
        if between != " " and not _STOPS.isdisjoint(between):
            break
        end = place + part.end
        for term, exact in branch.ends:
            if not (exact and start.is_small):
                found = end, term
                break
        branches, k = branch.following, k + 1
    return found
